import ClaraModel
import GitSource
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
    /// - Throws: `ReconcileError.savedPlan` where anything that it stands on has moved, or where a
    ///   freeze would hold back a part of it.
    public func plan(now: Instant) async throws(ReconcileError) -> Reconciliation {
        let course = try await course()
        let (live, census) = try await observe(now)
        let plan: Plan
        do {
            try saved.course.check(applied: course.notedRevisions, pin: course.pin?.name, at: now)
            plan = try saved.refit(onto: live, now: now, key: key)
        } catch {
            throw .savedPlan(error)
        }
        return Reconciliation(
            report: PlanReport(
                plan: plan,
                diagnostics: saved.report.diagnostics,
                policies: saved.report.policies,
                admission: try admission(of: plan, census, now)
            ),
            upkeep: Upkeep([]),
            settings: saved.settings,
            course: PassCourse(
                applied: course.lastRevision,
                objection: nil,
                // The pin is that of then, and a plan that it held back was not saved.
                overtaken: course.pin.flatMap { saved.leaves($0) ? $0 : nil }
            )
        )
    }

    /// Exactly the plan, or nothing.
    private func admission(
        of plan: Plan,
        _ census: LiveCensus,
        _ now: Instant
    ) throws(ReconcileError) -> Admission {
        let admission = Admission.judge(
            plan,
            by: SafetyRules(saved.settings),
            census: census,
            declaredTenants: saved.course.declaredTenants,
            allowances: allowances,
            now: now
        )
        if !admission.isRefused, let frozen = admission.frozen.first {
            throw .savedPlan(.frozen(frozen.tenant, until: frozen.until))
        }
        return admission
    }

    private func course() async throws(ReconcileError) -> Course {
        do {
            return try await Course.read(saved.settings.name, in: store)
        } catch {
            throw .store(error)
        }
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

extension SavedPlan {
    /// Whether the plan goes to another commit than the one that an order holds the fleet at.
    fileprivate func leaves(_ pin: Pin) -> Bool {
        Revision(parsing: report.plan.revision)?.commit?.description != pin.commit
    }
}
