/// A mapping that is being read: where its entries begin on the stack, and what is found by key.
///
/// Keys are compared as Swift compares text, so that two spellings of one accented letter are the
/// same key.
struct MappingFrame {
    /// What a `<<` brings in. It waits for the end of the mapping, as own keys win wherever they
    /// stand.
    struct Merge {
        let location: SourceLocation
        let sources: [[YAMLEntry]]
    }

    /// Up to this many keys a search from the front is faster than hashing, and most mappings have
    /// fewer.
    private static let linearSearchLimit = 12

    let start: Int
    var merge: Merge?
    /// Positions on the stack by key, once there are more entries than are worth searching.
    private var positions: [String: Int]?

    init(start: Int) {
        self.start = start
    }

    /// Where `key` stands in this mapping already.
    func location(of key: String, in stack: borrowing ElementStack<YAMLEntry>) -> SourceLocation? {
        let entries = stack.elements(from: start)
        if let positions {
            return positions[key].map { entries[$0 - start].keyLocation }
        }
        for index in entries.indices where entries[index].key == key {
            return entries[index].keyLocation
        }
        return nil
    }

    /// Makes the entry on top of the stack findable.
    mutating func indexTop(of stack: borrowing ElementStack<YAMLEntry>) {
        let entries = stack.elements(from: start)
        guard entries.count > Self.linearSearchLimit else { return }
        if positions == nil {
            let pairs = entries.indices.map { (entries[$0].key, start + $0) }
            positions = Dictionary(uniqueKeysWithValues: pairs)
        } else {
            positions?[entries[entries.count - 1].key] = stack.count - 1
        }
    }
}
