import ClaraModel
import Planning
import Reconciling

@testable import LiveSystem

/// What git says at one commit, found without looking at anything live: what a plan for an empty
/// store would create.
struct Wishes: Sendable {
    /// The contents, by the key of their mark.
    let contents: [StoreImage.Key: String]
    /// The tenants whose folders have errors.
    let broken: Set<String>
    /// Every tenant that has a folder.
    let tenants: Set<String>
}

extension Life {
    /// What git says at a commit.
    func wishes(at commit: Int) async throws -> Wishes {
        if let known = wishes[commit] { return known }
        let empty = LiveStore(driver: nil, environment: store(on: driver).environment)
        let pass = ReconcileOnce(source: history.tree(at: commit), store: empty, now: clock.now)
        let plan = try await pass.plan().report.plan
        let contents = plan.steps.compactMap { step in
            step.after.map { (StoreImage.Key(markOf: step.address), $0.text) }
        }
        let found = Wishes(
            contents: Dictionary(contents) { first, _ in first },
            broken: Set(plan.tenants.filter { $0.blocked != nil }.map(\.tenant)),
            tenants: Set(history.fleets[commit].tenants.keys)
        )
        wishes[commit] = found
        return found
    }
}
