import YAMLSyntax

/// Something that a person should mend, with the place and what to do.
public struct Diagnostic: Sendable, Hashable {
    /// How bad it is.
    public enum Severity: String, Sendable, CaseIterable {
        /// The tenant is blocked until it is mended.
        case error
        /// It works, but probably not as meant.
        case warning
    }

    /// How bad it is.
    public let severity: Severity
    /// A stable identifier, such as `unknown-field`.
    public let code: String
    /// What is wrong.
    public let message: String
    /// What to do.
    public let hint: String?
    /// Where it is.
    public let place: Place
    /// The tenant that it concerns; nil for the fleet's own files.
    public var tenant: String?

    /// Describes a problem.
    public init(
        _ severity: Severity,
        _ code: Code,
        _ message: String,
        hint: String? = nil,
        at place: Place,
        tenant: String? = nil
    ) {
        self.init(severity, code.rawValue, message, hint: hint, at: place, tenant: tenant)
    }

    /// Describes a problem that another library has named. Messages quote names from files, so
    /// whatever is not plainly visible in them is made so.
    public init(
        _ severity: Severity,
        _ code: String,
        _ message: String,
        hint: String? = nil,
        at place: Place,
        tenant: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = VisibleText.of(message)
        self.hint = hint.map(VisibleText.of)
        self.place = place
        self.tenant = tenant
    }
}

extension Diagnostic: Comparable {
    /// By place; of one place errors come first.
    public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        if left.place != right.place { return left.place < right.place }
        if left.severity != right.severity { return left.severity == .error }
        return (left.code, left.message) < (right.code, right.message)
    }
}

/// A place in the fleet's files, with the line that a person sees there.
public struct Place: Sendable, Hashable {
    /// The path below the fleet's root.
    public let file: String
    /// The line, counted from 1; 0 where the whole file or folder is meant.
    public let line: Int
    /// The column, counted from 1 in Unicode scalars; 0 where the whole file or folder is meant.
    public let column: Int
    /// The source line, fit to be shown; nil where there is none.
    public let excerpt: Excerpt?

    /// A place in a file that was read.
    init(_ location: SourceLocation, _ masking: Excerpt.Masking) {
        file = location.file.path
        line = location.line
        column = location.column
        excerpt = Excerpt(location, masking)
    }

    /// A whole file or folder, or a place whose source line is not at hand.
    public init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
        excerpt = nil
    }
}

extension Place: CustomStringConvertible {
    /// `file:line:column`, or the file alone.
    public var description: String { line == 0 ? file : "\(file):\(line):\(column)" }
}

extension Place: Comparable {
    /// By file, line and column.
    public static func < (left: Place, right: Place) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}
