import ClaraModel
import ManifestLoading
import Scheduling

/// Whether a schedule ever posts, as far as its own fields tell.
enum ScheduleCheck {
    static func findings(
        _ spec: ScheduleSpec,
        _ address: ResourceAddress,
        _ now: Instant
    ) -> [Finding] {
        var spec = spec
        // A zone that does not exist was reported; in another one the rest can be judged.
        if ZoneCatalogue.rules(of: spec.timezone ?? .utc) == nil { spec.timezone = .utc }
        guard let pattern = SchedulePattern(spec, tenant: address.tenant, name: address.name) else {
            return []
        }
        return pattern.validate(at: now).map { problem in
            Finding(
                problem.severity == .error ? .error : .warning,
                problem.code,
                problem.message,
                problem.path(isCron: spec.cron != nil)
            )
        }
    }
}

extension ScheduleProblem {
    fileprivate var code: Diagnostic.Code {
        switch self {
        case .neverFires: .neverFires
        case .endsBeforeStart: .invalidSpec
        case .jitterTooLong: .outOfRange
        case .hasEnded, .duplicate, .alwaysQuiet: .unused
        case .dense: .overQuota
        }
    }

    fileprivate func path(isCron: Bool) -> [String] {
        switch self {
        case .endsBeforeStart, .hasEnded: ["end"]
        case .jitterTooLong: ["jitter"]
        case .neverFires, .dense, .duplicate, .alwaysQuiet: [isCron ? "cron" : "slots"]
        }
    }
}
