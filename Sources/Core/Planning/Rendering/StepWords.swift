import ClaraModel

/// Why a step is there, where its sign does not say it.
enum StepWords {
    static func reason(_ step: Step) -> String {
        [cause(step), replacement(step)].filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private static func cause(_ step: Step) -> String {
        switch step.reason {
        case .added, .changed: ""
        case .drifted:
            step.before == nil
                ? "deleted by hand; git's version comes back"
                : "changed by hand; git's version comes back"
        case .conflict:
            step.before == nil
                ? "changed in git and deleted by hand; git wins"
                : "changed in git and by hand; git wins"
        case .adopted: adoption(step)
        case .removed: removal(step)
        case .restored: "restored; it was retired"
        case .overridden: "overridden by hand, for a while"
        case .overrideEnded: "its override has ended; git's version comes back"
        }
    }

    private static func adoption(_ step: Step) -> String {
        if !step.drift.isEmpty { return "changed by hand to what git now says; nothing else to do" }
        return step.changes.isEmpty
            ? "exists already and is equal; it becomes managed"
            : "exists already and differs; it becomes managed, and git wins"
    }

    private static func removal(_ step: Step) -> String {
        switch (step.before, step.drift.isEmpty) {
        case (nil, _): "no longer in git; deleted by hand already"
        case (_?, true): "no longer in git"
        case (_?, false): "no longer in git; changed by hand since it was applied"
        }
    }

    private static func replacement(_ step: Step) -> String {
        guard step.action == .replace else { return "" }
        let names = step.changes.compactMap { change -> String? in
            step.address.kind.isImmutable(change.path) ? change.path.components.first?.name : nil
        }
        let fields = Set(names).sorted().map { "`\($0)`" }.joined(separator: ", ")
        return "replaced because \(fields) cannot change"
    }
}
