import ClaraModel
import GitSource
import ManifestLoading
import PolicyChecking
import Resolving

/// The policies of a fleet, as its `policies/` folder holds them.
public enum PolicyFiles {
    /// The folder, below the fleet's root.
    static let folder = "policies"

    /// Reads the policies.
    ///
    /// - Throws: `ReconcileError.brokenFleet` where one has an error: a rule that cannot be
    ///   evaluated is not left out silently.
    public static func read(_ source: any SourceTree) async throws(ReconcileError) -> PolicySet {
        let (set, diagnostics) = try await load(source)
        guard diagnostics.allSatisfy({ $0.severity == .warning }) else {
            throw .brokenFleet(diagnostics)
        }
        return set
    }

    /// Reads the policies and what is wrong with them.
    static func load(
        _ source: any SourceTree
    ) async throws(ReconcileError) -> (set: PolicySet, diagnostics: [Diagnostic]) {
        let results = await source.files(
            in: try await source.children(folder),
            reading: FleetFile.isManifest
        )
        var files: [FleetFile] = []
        for result in results {
            switch result {
            case .success(let found):
                files += found.filter { FleetFile.isManifest($0.path) }.map { FleetFile($0) }
            case .failure(let error): throw .source(error)
            }
        }
        return PolicySet.read(files)
    }
}
