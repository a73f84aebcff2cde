/// A way to show diagnostics. Rendering is a pure function: equal diagnostics, equal text, whatever
/// order they come in.
public protocol DiagnosticRenderer: Sendable {
    /// The diagnostics, sorted by place, as one text that ends with a line break.
    func render(_ diagnostics: [Diagnostic]) -> String
}

/// How many diagnostics there are.
struct DiagnosticCount {
    let errors: Int
    let warnings: Int
    let tenants: Int

    init(_ diagnostics: [Diagnostic]) {
        errors = diagnostics.count { $0.severity == .error }
        warnings = diagnostics.count - errors
        tenants = Set(diagnostics.compactMap(\.tenant)).count
    }
}

extension DiagnosticCount: CustomStringConvertible {
    /// "3 errors and 1 warning in 2 tenants."
    var description: String {
        let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }.map(Self.spell)
        if counts.isEmpty { return "No errors and no warnings." }
        let place = tenants > 0 ? " in \(Self.spell(tenants, "tenant"))" : ""
        return counts.joined(separator: " and ") + place + "."
    }

    private static func spell(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
