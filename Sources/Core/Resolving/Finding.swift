import ClaraModel
import ManifestLoading
import Scheduling

/// What a rule objects to, before it is known where the field was declared.
struct Finding {
    let severity: Diagnostic.Severity
    let code: Diagnostic.Code
    let message: String
    let hint: String?
    /// The field, outermost first.
    let path: [String]

    init(
        _ severity: Diagnostic.Severity,
        _ code: Diagnostic.Code,
        _ message: String,
        hint: String? = nil,
        _ path: [String]
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.hint = hint
        self.path = path
    }

    init(_ problem: SpecProblem) {
        self.init(.error, .invalidSpec, problem.message, hint: problem.hint, problem.path)
    }

    func diagnostic(at place: Place) -> Diagnostic {
        Diagnostic(severity, code, message, hint: hint, at: place)
    }
}

/// Whether a time zone exists.
enum ZoneCheck {
    static func findings(_ zone: TimeZoneName, _ path: [String]) -> [Finding] {
        if ZoneCatalogue.rules(of: zone) != nil { return [] }
        let hint = Suggestion.hint(for: zone.identifier, among: ZoneCatalogue.known)
        return [
            Finding(
                .error,
                .badFormat,
                "there is no time zone `\(zone)`",
                hint: hint ?? "write an IANA name such as Europe/Paris",
                path
            )
        ]
    }
}
