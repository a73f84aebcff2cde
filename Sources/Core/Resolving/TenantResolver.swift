import ClaraModel
import ManifestLoading

/// A tenant's folder: its manifests with their contents, its other files without.
public struct TenantFolder: Sendable {
    /// The folder's name, which is the tenant's.
    public let name: String
    /// The folder's path below the fleet's root.
    public let path: String
    /// Every file below it.
    public let files: [FleetFile]

    /// Describes a folder.
    public init(name: String, path: String, files: [FleetFile]) {
        self.name = name
        self.path = path
        self.files = files
    }

    /// The path of one of its files below the folder.
    func relativePath(of file: FleetFile) -> Substring {
        Substring(file.path.utf8.dropFirst(path.utf8.count + 1))
    }
}

/// What became of a tenant's folder.
public struct ResolvedTenant: Sendable {
    /// The resources by address, or how many errors block them.
    public let outcome: DesiredTenant.Outcome
    /// Errors and warnings, in the order of files and lines.
    public let diagnostics: [Diagnostic]

    /// Describes an outcome.
    public init(outcome: DesiredTenant.Outcome, diagnostics: [Diagnostic]) {
        self.outcome = outcome
        self.diagnostics = diagnostics
    }
}

/// Turns one tenant's folder into its desired resources.
public struct TenantResolver: Sendable {
    private let context: FleetContext
    private let now: Instant

    /// - Parameter now: the moment as of which schedules are judged to have ended.
    public init(_ context: FleetContext, now: Instant) {
        self.context = context
        self.now = now
    }

    /// Resolves a folder. All errors are found in one go; with any, the tenant is blocked.
    public func resolve(_ folder: TenantFolder) -> ResolvedTenant {
        var work = TenantWork(folder, context, now: now)
        let resources = work.run()
        let diagnostics = work.diagnostics.map { $0.concerning(folder.name) }.sorted()
        let errors = diagnostics.count { $0.severity == .error }
        return ResolvedTenant(
            outcome: errors > 0 ? .blocked(errors: errors) : .resolved(resources),
            diagnostics: diagnostics
        )
    }
}

extension Diagnostic {
    fileprivate func concerning(_ tenant: String) -> Diagnostic {
        var copy = self
        copy.tenant = tenant
        return copy
    }
}

/// A declared resource on its way to being desired.
struct Declaration {
    let manifest: Manifest
    let kind: Kind
    let completion: SpecCompletion
    var spec: ResourceSpec

    func address(in tenant: String) -> ResourceAddress {
        ResourceAddress(tenant: tenant, kind: kind, name: manifest.name)
    }

    /// Takes over a time zone where it names none itself.
    mutating func inherit(_ timezone: TimeZoneName) {
        switch spec {
        case .tenant(var tenant) where tenant.timezone == nil:
            tenant.timezone = timezone
            spec = .tenant(tenant)
        case .schedule(var schedule) where schedule.timezone == nil:
            schedule.timezone = timezone
            spec = .schedule(schedule)
        default: break
        }
    }
}
