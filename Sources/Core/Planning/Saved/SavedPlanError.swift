import ClaraModel

/// Why a saved plan cannot be made, read or applied. In every case nothing was changed.
public enum SavedPlanError: Error, Hashable {
    /// The file does not begin as a saved plan does.
    case notAPlan
    /// The file ends before a saved plan does.
    case truncated
    /// The file has more bytes than `SavedPlan.fileLimit`.
    case tooLarge(bytes: Int)
    /// An earlier version of Clara has written it, in a form that this one no longer applies.
    case olderFormat(Int)
    /// A later version of Clara has written it.
    case newerFormat(Int)
    /// It was planned on another store.
    case otherStore(planned: String, here: String)
    /// It was planned for another fleet.
    case otherFleet(planned: String, here: String)
    /// It is not, byte for byte, what this store's Clara has written.
    case tampered
    /// It was written by this store's Clara, and yet a part of it cannot be read.
    case damaged(place: String)
    /// Another revision was applied since.
    case overtaken(by: String?)
    /// The fleet was pinned since, by this order, or is no longer.
    case pinMoved(String?)
    /// A freeze would hold back a part of it.
    case frozen(String, until: Instant)
    /// A policy exempted something of it until a day that has passed.
    case exemptionEnded(CivilDate)
    /// What it was planned on is no longer so.
    case moved([Misfit])
    /// A content that would have to stand in the file in full looks as if it held a key.
    case holdsKey(ResourceAddress)
    /// The plan and the live state that it is to be saved with are not of one observation.
    case otherObservation(ResourceAddress)
}

extension SavedPlanError: CustomStringConvertible {
    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .notAPlan: "this is no saved plan; `clara plan --out FILE` writes one"
        case .truncated: "the saved plan is cut short; \(Self.planAgain)"
        case .tooLarge(let bytes):
            "the saved plan has \(Quantity.bytes(bytes)), more than the "
                + "\(Quantity.bytes(SavedPlan.fileLimit)) that are read; plan with --target"
        case .olderFormat(let version):
            "the saved plan is of format \(version), and this version of Clara applies format "
                + "\(SavedPlan.formatVersion); \(Self.planAgain)"
        case .newerFormat(let version):
            "the saved plan is of format \(version), which a later version of Clara has written; "
                + "apply it with that version, or plan again with this one"
        case .otherStore(let planned, let here):
            "the saved plan is for the store \(VisibleText.line(planned)), and this is \(here); "
                + "name the other with --store, or plan again"
        case .otherFleet(let planned, let here):
            "the saved plan is for the fleet \(VisibleText.line(planned)), and this is "
                + "\(VisibleText.line(here)); \(Self.planAgain)"
        case .tampered:
            "the saved plan is not what Clara has written for this store; \(Self.planAgain)"
        case .damaged(let place): "the saved plan cannot be read at \(place); \(Self.planAgain)"
        case .overtaken, .pinMoved, .frozen, .exemptionEnded: standing
        case .moved(let misfits): Self.words(misfits)
        case .holdsKey(let address):
            "\(VisibleText.line(address.description)) holds what looks like a key, which is not "
                + "written to a file; apply without a saved plan, or remove the key first"
        case .otherObservation(let address):
            "\(VisibleText.line(address.description)) is not as it was planned on; "
                + Self.planAgain
        }
    }

    /// What has become of the fleet that the plan was made for.
    private var standing: String {
        switch self {
        case .overtaken(let revision):
            "\(revision ?? "nothing") is applied now, which was not so when the plan was saved; "
                + Self.planAgain
        case .pinMoved(let pin?):
            "the fleet was pinned since the plan was saved, at \(VisibleText.line(pin)); lift the pin "
                + "with clara unpin, and plan again"
        case .pinMoved(nil): "the fleet is no longer pinned as it was; \(Self.planAgain)"
        case .frozen(let tenant, let until):
            "\(VisibleText.line(tenant)) is frozen until \(until.inWords), and a saved plan is applied "
                + "as a whole or not at all; wait, or plan again for the others with --target"
        case .exemptionEnded(let day):
            "the plan was saved under an exemption from a policy that ended with \(day); "
                + Self.planAgain
        default: Self.planAgain
        }
    }

    private static let planAgain = "plan again"

    private static func words(_ misfits: [Misfit]) -> String {
        let shown = misfits.prefix(RenderingLimits.elements).map { "\n  \($0)" }.joined()
        let rest = misfits.count - RenderingLimits.elements
        let more = rest > 0 ? "\n  … \(Quantity(rest, "more object"))" : ""
        return "the saved plan no longer fits what is live, so nothing of it is applied; "
            + "\(planAgain):\(shown)\(more)"
    }
}

/// An object that is no longer as it was when the plan was made.
public struct Misfit: Sendable, Hashable, CustomStringConvertible {
    /// The object; a tenant's own address for what holds for all of it.
    public let address: ResourceAddress
    /// What became of it.
    public let movement: Movement

    /// What can become of an object.
    public enum Movement: Sendable, Hashable {
        /// There was no row, and now there is one.
        case appeared
        /// There was a row, and now there is none.
        case gone
        /// The row has another content.
        case changed
        /// Another apply has noted another content, revision or fleet.
        case reapplied
        /// Somebody added, moved or removed slot rows.
        case slotsMoved
        /// Protections were put on the tenant or its resources, or taken off.
        case protectionsChanged
        /// Overrides began or ended.
        case overridesChanged
        /// The tenant was retired or restored.
        case retirementChanged
    }

    /// Names an object and what became of it.
    public init(_ address: ResourceAddress, _ movement: Movement) {
        self.address = address
        self.movement = movement
    }

    /// `acme/Quota/default was changed since`
    public var description: String {
        let what =
            switch movement {
            case .appeared: "exists now, and did not"
            case .gone: "was deleted since"
            case .changed: "was changed since"
            case .reapplied: "was applied again since"
            case .slotsMoved: "has other slots since, changed by hand"
            case .protectionsChanged: "has other protections since"
            case .overridesChanged: "has other overrides since"
            case .retirementChanged: "was retired or restored since"
            }
        return "\(VisibleText.line(address.description)) \(what)"
    }
}
