/// One row of a result, readable until the next one is fetched. Columns are counted from 0.
///
/// Texts lie in the driver's memory and are lent, not copied: a full observation reads millions of
/// them.
public struct SQLRow: ~Copyable {
    @usableFromInline enum Cell {
        case null
        case integer(Int64)
        case real(Double)
        case bytes(UnsafeBufferPointer<UInt8>)
    }

    @usableFromInline let cells: UnsafeBufferPointer<Cell>

    /// - Parameter cells: owned by the driver, valid for as long as the row is lent.
    init(lending cells: UnsafeBufferPointer<Cell>) { self.cells = cells }

    /// How many columns there are.
    @inlinable public var count: Int { cells.count }

    /// Whether the column is NULL.
    @inlinable public func isNull(_ column: Int) -> Bool {
        if case .null = cells[column] { true } else { false }
    }

    /// The integer in a column; nil where it holds anything else.
    @inlinable public func integer(_ column: Int) -> Int64? {
        if case .integer(let value) = cells[column] { value } else { nil }
    }

    /// The number in a column, integers too; nil where it holds anything else.
    @inlinable public func real(_ column: Int) -> Double? {
        switch cells[column] {
        case .real(let value): value
        case .integer(let value): Double(value)
        case .null, .bytes: nil
        }
    }

    /// The text in a column; nil where it holds anything else. What is not UTF-8 in it is replaced
    /// by U+FFFD.
    @inlinable public func text(_ column: Int) -> String? {
        withText(column) { bytes in
            bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Lends the bytes of the text in a column; nil where it holds anything else.
    @inlinable public func withText<Result>(
        _ column: Int,
        _ body: (Span<UInt8>) -> Result
    ) -> Result? {
        guard case .bytes(let bytes) = cells[column] else { return nil }
        return body(Span(_unsafeElements: bytes))
    }
}
