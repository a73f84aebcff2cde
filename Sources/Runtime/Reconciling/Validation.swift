import ClaraModel
import GitSource
import ManifestLoading
import Planning

/// Checks every manifest of a fleet, without looking at what is live.
public struct Validation: Sendable {
    private let source: any SourceTree
    private let targets: TargetSelection
    private let now: Instant

    /// - Parameter now: the moment as of which schedules are judged to have ended.
    public init(source: any SourceTree, targets: TargetSelection = .all, now: Instant) {
        self.source = source
        self.targets = targets
        self.now = now
    }

    /// Reads everything and reports everything.
    ///
    /// - Throws: `ReconcileError` where the source cannot be read or holds no fleet. Errors in
    ///   manifests are in the report.
    public func run() async throws(ReconcileError) -> ValidationReport {
        do throws(ReconcileError) {
            let index = try await FleetIndex.read(source, now: now)
            let unknown = targets.unmatched(by: index.tenantNames)
            if !unknown.isEmpty { throw ReconcileError.unknownTargets(unknown) }
            let loaded = await TenantLoading(index, source, now: now).load()
            return ValidationReport(
                diagnostics: index.diagnostics + loaded.diagnostics(of: targets),
                tenants: index.tenantNames.count(where: targets.mayCover)
            )
        } catch .brokenFleet(let diagnostics) {
            return ValidationReport(diagnostics: diagnostics, tenants: 0)
        }
    }
}

/// What is wrong with a fleet's manifests.
public struct ValidationReport: Sendable, CustomStringConvertible {
    /// Everything that is wrong, by place.
    public let diagnostics: [Diagnostic]
    /// How many tenants were looked at.
    public let tenants: Int

    /// Whether anything has to be mended.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// `7 tenants are valid.`, or in how many of them there are errors.
    public var description: String {
        let errors = diagnostics.filter { $0.severity == .error }
        let broken = Set(errors.compactMap(\.tenant)).count
        if errors.isEmpty {
            return "\(tenants) \(tenants == 1 ? "tenant is" : "tenants are") valid."
        }
        if tenants == 0 {
            return "The fleet's own files have errors; its tenants were not looked at."
        }
        if broken == 0 { return "The fleet's own files have errors; its tenants have none." }
        return "\(broken) of \(tenants) tenants have errors."
    }
}
