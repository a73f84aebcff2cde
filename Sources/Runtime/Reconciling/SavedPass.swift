import ClaraModel
import LiveSystem
import Planning

/// The pass of a saved plan: it decides nothing but whether the plan still fits.
public struct SavedPass: Sendable {
    private let saved: SavedPlan
    private let key: AuthenticationKey
    private let store: LiveStore
    private let allowances: Allowances

    /// - Parameters:
    ///   - key: the one that the plan was sealed with.
    ///   - store: the one that it was made on.
    public init(
        _ saved: SavedPlan,
        key: AuthenticationKey,
        store: LiveStore,
        allowances: Allowances
    ) {
        self.saved = saved
        self.key = key
        self.store = store
        self.allowances = allowances
    }

    /// Fits the plan onto what is live.
    ///
    /// - Throws: `ReconcileError.savedPlan` where anything that it touches has moved.
    public func plan(now: Instant) async throws(ReconcileError) -> Reconciliation {
        let (live, census) = try await observe(now)
        let plan: Plan
        do {
            plan = try saved.refit(onto: live, now: now, key: key)
        } catch {
            throw .savedPlan(error)
        }
        let admission = Admission.judge(
            plan,
            by: SafetyRules(saved.settings),
            census: census,
            declaredTenants: nil,
            allowances: allowances,
            now: now
        )
        return Reconciliation(
            report: PlanReport(
                plan: plan,
                diagnostics: saved.report.diagnostics,
                policies: saved.report.policies,
                admission: admission
            ),
            upkeep: Upkeep([]),
            settings: saved.settings,
            course: PassCourse(applied: nil, objection: nil, overtaken: nil)
        )
    }

    private func observe(
        _ now: Instant
    ) async throws(ReconcileError) -> (LiveState, LiveCensus) {
        let tenants = Set(saved.report.plan.tenants.map(\.tenant))
        do {
            let live = try await store.observe(tenants: tenants, now: now)
            return (live, try await store.census(of: saved.settings.name))
        } catch {
            throw .store(error)
        }
    }
}
