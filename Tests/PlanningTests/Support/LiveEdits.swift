import ClaraModel

/// What somebody did to live state by hand, as `live.json` spells it.
struct LiveEdits: Decodable {
    var set: [FieldEdit]?
    /// Rows that go while their marks stay.
    var delete: [String]?
    /// Marks that go while their rows stay.
    var unmark: [String]?
    /// Rows that appear without a mark.
    var unmanaged: [Row]?
    /// Tenants whose rows another fleet owns.
    var owners: [String: String]?
    var slots: [SlotEdit]?
    /// By address.
    var protections: [String: ProtectionOrder]?

    struct FieldEdit: Decodable {
        let address: String
        /// Names with dots between; absent for the whole row.
        let field: String?
        /// Absent where the field goes.
        let value: JSONValue?
        /// Text in place of the row, such as what is no JSON.
        let text: String?
    }

    struct Row: Decodable {
        let address: String
        let content: JSONValue
    }

    struct SlotEdit: Decodable {
        enum Action: String, Decodable { case add, move, remove, arm }
        let schedule: String
        let action: Action
        let localTime: String
        let firesAt: String?
    }

    struct ProtectionOrder: Decodable {
        let reason: String
        let by: String
        let since: String
    }

    struct Mistake: Error {
        let text: String
    }
}

extension LiveEdits {
    func make(in live: inout LiveState) throws {
        for edit in set ?? [] { try apply(edit, to: &live) }
        for address in delete ?? [] {
            try change(address, in: &live) { LiveResource($0, content: nil, applied: $0.applied) }
        }
        for address in unmark ?? [] {
            try change(address, in: &live) { LiveResource($0, content: $0.content, applied: nil) }
        }
        for row in unmanaged ?? [] {
            let address = try Self.address(row.address)
            live.tenants[address.tenant, default: LiveTenant()].resources[address] = LiveResource(
                address: address,
                content: CanonicalJSON(row.content),
                applied: nil
            )
        }
        for (tenant, fleet) in owners ?? [:] { live.tenants[tenant]?.giveAway(to: fleet) }
        for edit in slots ?? [] { try apply(edit, to: &live) }
        for (text, protection) in protections ?? [:] {
            let address = try Self.address(text)
            live.tenants[address.tenant]?.protections[address] = Protection(
                reason: protection.reason,
                by: protection.by,
                since: try Instant(parsing: protection.since)
            )
        }
    }

    private func apply(_ edit: FieldEdit, to live: inout LiveState) throws {
        try change(edit.address, in: &live) { row in
            if let text = edit.text {
                return LiveResource(
                    row,
                    content: CanonicalJSON(trusting: text),
                    applied: row.applied
                )
            }
            guard let field = edit.field, let content = row.content else {
                throw Mistake(text: "\(edit.address): name a field of a row that is there")
            }
            let path = field.split(separator: ".").map(String.init)
            let value = try content.value().setting(path[...], to: edit.value)
            return LiveResource(row, content: CanonicalJSON(value), applied: row.applied)
        }
    }

    private func change(
        _ address: String,
        in live: inout LiveState,
        _ body: (LiveResource) throws -> LiveResource
    ) throws {
        let address = try Self.address(address)
        guard let row = live.tenants[address.tenant]?.resources[address] else {
            throw Mistake(text: "\(address) is not live")
        }
        live.tenants[address.tenant]?.resources[address] = try body(row)
    }

    private static func address(_ text: String) throws -> ResourceAddress {
        guard let address = ResourceAddress(parsing: text) else {
            throw Mistake(text: "\(text) is no address")
        }
        return address
    }

    // MARK: Slots

    private func apply(_ edit: SlotEdit, to live: inout LiveState) throws {
        let address = try Self.address(edit.schedule)
        let key = SlotKey(localTime: try LocalDateTime(parsing: edit.localTime), occurrence: 0)
        guard var slots = live.tenants[address.tenant]?.slots[address.name] else {
            throw Mistake(text: "\(address) has no slots")
        }
        let old = slots.rows.first { $0.key == key }
        if edit.action != .add, old == nil { throw Mistake(text: "\(address) has no slot \(key)") }
        slots.rows.removeAll { $0.key == key }
        let firesAt = try edit.firesAt.map { try Instant(parsing: $0) } ?? old?.firesAt
        if edit.action != .remove {
            guard let firesAt else { throw Mistake(text: "an added slot needs firesAt") }
            slots.rows.append(
                LiveSlot(key: key, firesAt: firesAt, isPlanned: edit.action != .arm)
            )
            slots.rows.sort { $0.key < $1.key }
        }
        // The engine's own progress leaves the fingerprint as it is.
        if edit.action != .arm { slots.isTouched = true }
        live.tenants[address.tenant]?.slots[address.name] = slots
    }
}

extension LiveTenant {
    fileprivate mutating func giveAway(to fleet: String) {
        resources = resources.mapValues { row in
            LiveResource(
                row,
                content: row.content,
                applied: row.applied.map {
                    AppliedMark(content: $0.content, revision: $0.revision, fleet: fleet)
                }
            )
        }
    }
}

extension LiveResource {
    init(_ row: LiveResource, content: CanonicalJSON?, applied: AppliedMark?) {
        self.init(address: row.address, content: content, applied: applied)
    }
}

extension JSONValue {
    /// The value with a member set, or removed where there is no value.
    func setting(_ path: ArraySlice<String>, to value: JSONValue?) -> JSONValue {
        guard let name = path.first else { return value ?? .null }
        var members = members ?? [:]
        members[name] =
            path.count == 1
            ? value : (members[name] ?? [:]).setting(path.dropFirst(), to: value)
        return .object(members)
    }
}
