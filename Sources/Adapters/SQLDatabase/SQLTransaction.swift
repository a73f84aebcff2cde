/// How many rows a statement must meet: rows changed, or rows found where it is a query.
public enum ExpectedRows: Sendable, Hashable {
    /// Whatever is there.
    case any
    /// This many; anything else means that the database is not as it was when this was planned.
    case exactly(Int64)
    /// This many or fewer.
    case atMost(Int64)

    /// Whether a count fits.
    public func admits(_ count: Int64) -> Bool {
        switch self {
        case .any: true
        case .exactly(let expected): count == expected
        case .atMost(let most): count <= most
        }
    }
}

/// A statement that is refused, and its transaction with it, where it meets an unexpected number
/// of rows.
public struct GuardedStatement: Sendable, Hashable {
    /// What to run.
    public let statement: SQLStatement
    /// How many rows it must meet.
    public let expects: ExpectedRows
    /// What it is about, in the words of the person who reads the refusal.
    public let subject: String

    /// Guards a statement.
    public init(_ statement: SQLStatement, expects: ExpectedRows, subject: String) {
        self.statement = statement
        self.expects = expects
        self.subject = subject
    }
}

/// Statements that all happen or none does. It is a value: every driver runs it the same way.
public struct SQLTransaction: Sendable, Hashable {
    /// What it is for, in messages.
    public let label: String
    /// The statements, in order.
    public let statements: [GuardedStatement]
    /// What is written in their place, in the same commit, where one of them is refused.
    public let onRefusal: [SQLStatement]
    /// What is written in their place, in the same commit, where one of them fails.
    public let onFailure: [SQLStatement]

    /// Gathers statements.
    public init(
        label: String,
        statements: [GuardedStatement],
        onRefusal: [SQLStatement] = [],
        onFailure: [SQLStatement] = []
    ) {
        self.label = label
        self.statements = statements
        self.onRefusal = onRefusal
        self.onFailure = onFailure
    }

    /// What is written in place of the statements.
    func replacement(after outcome: TransactionOutcome) -> [SQLStatement] {
        switch outcome {
        case .committed: []
        case .refused: onRefusal
        case .failed: onFailure
        }
    }
}

/// What became of a transaction.
public enum TransactionOutcome: Sendable, Equatable {
    /// It is durable.
    case committed
    /// A statement met rows that it did not expect; nothing of the transaction was kept.
    case refused(Refusal)
    /// The database refused a statement; nothing of the transaction was kept.
    case failed(SQLError)

    /// A guard that did not hold.
    public struct Refusal: Sendable, Hashable {
        /// The statement's position in its transaction.
        public let index: Int
        /// What the statement is about.
        public let subject: String
        /// How many rows it should have met.
        public let expected: ExpectedRows
        /// How many rows it met.
        public let found: Int64

        /// Describes a guard that did not hold.
        public init(index: Int, subject: String, expected: ExpectedRows, found: Int64) {
            self.index = index
            self.subject = subject
            self.expected = expected
            self.found = found
        }
    }
}
