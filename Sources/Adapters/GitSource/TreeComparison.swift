import Glibc

/// Compares two tree objects as they lie in the database.
///
/// Git keeps the records of a tree in one fixed order, so one walk over both finds what differs.
/// Records that are equal, which are nearly all of them, are compared as bytes and never built: ten
/// thousand tenants cost one pass over half a megabyte.
struct TreeComparison {
    private(set) var changed: [TreeRecord] = []
    private(set) var removed: [[UInt8]] = []

    /// Walks both; nil where one of them is malformed.
    init?(from old: UnsafeRawBufferPointer, to new: UnsafeRawBufferPointer) {
        var (left, right) = (TreeCursor(old), TreeCursor(new))
        while let before = left.peek(), let after = right.peek() {
            if before.isIdentical(to: after) {
                left.advance()
                right.advance()
            } else if !step(before, after, &left, &right) {
                return nil
            }
        }
        while let before = left.peek() {
            removed.append(before.name)
            left.advance()
        }
        while let after = right.peek() {
            guard let record = after.record else { return nil }
            changed.append(record)
            right.advance()
        }
        if left.isMalformed || right.isMalformed { return nil }
        // A file that became a folder stands in two places of the order, under one name.
        let names = Set(changed.map(\.name))
        removed.removeAll(where: names.contains)
    }

    /// Takes in one difference; false for a malformed record.
    private mutating func step(
        _ before: RawRecord,
        _ after: RawRecord,
        _ left: inout TreeCursor,
        _ right: inout TreeCursor
    ) -> Bool {
        guard let old = before.record, let new = after.record else { return false }
        if TreeRecord.precedes(old, new) {
            removed.append(old.name)
            left.advance()
            return true
        }
        changed.append(new)
        right.advance()
        if !TreeRecord.precedes(new, old) { left.advance() }
        return true
    }
}

/// One record of a raw tree, where it lies.
private struct RawRecord {
    let bytes: UnsafeRawBufferPointer

    func isIdentical(to other: RawRecord) -> Bool {
        guard let own = bytes.baseAddress, let its = other.bytes.baseAddress else { return false }
        return bytes.count == other.bytes.count && memcmp(own, its, bytes.count) == 0
    }

    /// The record with a name of its own; nil when it is malformed.
    var record: TreeRecord? { TreeRecord.parse(bytes)?.first }

    var name: [UInt8] { record?.name ?? [] }
}

/// A place in a raw tree.
private struct TreeCursor {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var next = 0
    private(set) var isMalformed = false

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        find()
    }

    /// The record here; nil at the end.
    func peek() -> RawRecord? {
        next > position
            ? RawRecord(bytes: UnsafeRawBufferPointer(rebasing: bytes[position..<next])) : nil
    }

    mutating func advance() {
        position = next
        find()
    }

    /// Finds where the record here ends: its id follows the zero behind its name.
    private mutating func find() {
        guard position < bytes.count, let start = bytes.baseAddress else { return }
        let here = start + position
        guard let zero = memchr(here, 0, bytes.count - position) else { return isMalformed = true }
        let end = position + (UnsafeRawPointer(zero) - here) + 1 + ObjectID.byteCount
        if end > bytes.count { isMalformed = true } else { next = end }
    }
}
