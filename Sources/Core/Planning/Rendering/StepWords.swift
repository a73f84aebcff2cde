import ClaraModel

/// Why a step is there, where its sign does not say it.
enum StepWords {
    static func reason(_ step: Step) -> String {
        [cause(step), replacement(step)].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: "; ")
    }

    private static func cause(_ step: Step) -> String {
        switch step.reason {
        case .added, .changed: ""
        case .drifted: drift(step)
        case .conflict:
            step.before == nil
                ? "changed in git and deleted by hand; git wins"
                : "changed in git and by hand; git wins"
        case .adopted: adoption(step)
        case .removed: retirement(step) ?? removal(step)
        case .restored: "back in git; it was retired"
        case .overridden: "overridden by hand, for a while"
        case .overrideEnded: "an override has ended; git's version comes back"
        }
    }

    private static func drift(_ step: Step) -> String {
        switch (step.before, step.origin) {
        case (nil, _): "deleted by hand; git's version comes back"
        // What git does not declare and is put back all the same is a retired tenant.
        case (_?, nil) where step.address.kind == .tenant:
            "set active by hand; a retired tenant stays paused"
        case (_?, _): "changed by hand; git's version comes back"
        }
    }

    private static func adoption(_ step: Step) -> String {
        if !step.drift.isEmpty { return "changed by hand to what git now says; nothing else to do" }
        return step.changes.isEmpty
            ? "exists already and is equal; it becomes managed"
            : "exists already and differs; it becomes managed, and git wins"
    }

    private static func retirement(_ step: Step) -> String? {
        let deed = step.before == nil ? "made again and paused now" : "paused now"
        return step.retirement.map {
            "retire: \(deed), purged after \($0.purgeAfter.inWords); \(removal(step))"
        }
    }

    private static func removal(_ step: Step) -> String {
        switch (step.before, step.drift.isEmpty) {
        case (nil, _): "no longer in git; deleted by hand already"
        case (_?, true): "no longer in git"
        case (_?, false): "no longer in git; changed by hand since it was applied"
        }
    }

    /// Why a resource is replaced; nil where it is not.
    static func replacement(_ step: Step) -> String? {
        guard step.action == .replace else { return nil }
        let names = step.changes.compactMap { change -> String? in
            step.address.kind.isImmutable(change.path) ? change.path.components.first?.name : nil
        }
        let fields = Set(names).sorted().map { "`\($0)`" }.joined(separator: ", ")
        return "replaced because \(fields) cannot change"
    }
}
