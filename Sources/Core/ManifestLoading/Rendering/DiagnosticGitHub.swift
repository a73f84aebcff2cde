/// Diagnostics as workflow commands of GitHub Actions, which shows them beside the lines of a pull
/// request (docs.github.com, "Workflow commands": `error` and `warning`).
public struct DiagnosticGitHub: DiagnosticRenderer {
    private let pathPrefix: String

    /// - Parameter pathPrefix: the fleet's root below the repository's, such as `examples`; GitHub
    ///   wants paths below the repository's root.
    public init(pathPrefix: String = "") {
        self.pathPrefix =
            pathPrefix.isEmpty || pathPrefix.hasSuffix("/") ? pathPrefix : pathPrefix + "/"
    }

    /// One command a diagnostic, and the count as an ordinary line of the log.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.sorted().map { command($0) + "\n" }.joined()
            + "\(DiagnosticCount(diagnostics))\n"
    }

    private func command(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.place
        var properties = [("file", pathPrefix + place.file)]
        if place.line > 0 {
            properties += [("line", "\(place.line)"), ("col", "\(place.column)")]
        }
        properties.append(("title", diagnostic.code))
        let list = properties.map { "\($0)=\(Self.escape(property: $1))" }.joined(separator: ",")
        let text = diagnostic.message + (diagnostic.hint.map { "\n\($0)" } ?? "")
        return "::\(diagnostic.severity.rawValue) \(list)::\(Self.escape(text))"
    }

    /// As `@actions/core` escapes a command's data.
    private static func escape(_ data: String) -> String {
        data.unicodeScalars.map { scalar in
            switch scalar {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            default: String(scalar)
            }
        }.joined()
    }

    /// As `@actions/core` escapes a command's property.
    private static func escape(property: String) -> String {
        escape(property).unicodeScalars.map { scalar in
            switch scalar {
            case ":": "%3A"
            case ",": "%2C"
            default: String(scalar)
            }
        }.joined()
    }
}
