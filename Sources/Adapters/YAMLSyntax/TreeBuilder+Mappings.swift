internal import CYAML

extension TreeBuilder {
    /// Reads the mapping that begins at the current event.
    mutating func readMapping(depth: Int) throws(YAMLError) -> YAMLNode {
        let start = location
        try spend(nodes: 1, textBytes: 0)
        try checkCollectionTag(expects: .mapping)
        var mapping = MappingFrame(start: entries.count)
        while true {
            try advance()
            if events.kind == YAML_MAPPING_END_EVENT { break }
            try readEntry(of: &mapping, depth: depth + 1)
        }
        merge(into: &mapping)
        return YAMLNode(value: .mapping(entries.pop(from: mapping.start)), location: start)
    }

    private mutating func readEntry(
        of mapping: inout MappingFrame,
        depth: Int
    ) throws(YAMLError) {
        let place = location
        let key = try readKey(depth: depth)
        try advance()
        let value = try readNode(depth: depth)
        switch key {
        case .name(let name):
            if let first = mapping.location(of: name, in: entries) {
                return try report(duplicateError(name, at: place, first: first))
            }
            entries.push(YAMLEntry(key: name, keyLocation: place, value: consume value))
            mapping.indexTop(of: entries)
        case .merge: try noteMerge(of: value, at: place, in: &mapping)
        case .invalid: break
        }
    }

    // MARK: Keys

    private mutating func readKey(depth: Int) throws(YAMLError) -> MappingKey {
        if let name = try readPlainKey(depth: depth) { return .name(name) }
        let place = location
        let node = try readNode(depth: depth)
        switch node.value {
        case .string(let text):
            guard text.utf8.count <= limits.keyBytes else { throw keyLengthError(at: place) }
            return node.plainText == "<<" ? .merge : .name(text)
        case .bool, .integer, .float:
            if let text = node.plainText { return .name(text) }
        case .null, .sequence, .mapping: break
        }
        if !isReported(at: place) { try report(invalidKeyError(node.value, at: place)) }
        return .invalid
    }

    /// Reads the most frequent kind of key, a plain word, without making a node of it; `nil`, with
    /// nothing read, where it is another kind.
    private mutating func readPlainKey(depth: Int) throws(YAMLError) -> String? {
        guard events.kind == YAML_SCALAR_EVENT, events.anchor == nil else { return nil }
        let scalar = events.scalar
        guard scalar.isPlain, scalar.tag == nil, scalar.text.count <= limits.keyBytes,
            depth <= limits.depth, let first = scalar.text.first, first != UInt8(ascii: "<"),
            CoreSchema.resolve(scalar.text) == nil
        else { return nil }
        usage.enter(depth: depth)
        try spend(nodes: 1, textBytes: scalar.text.count)
        return scalar.string
    }

    private func keyLengthError(at place: SourceLocation) -> YAMLError {
        YAMLError(
            .limit,
            "this key is longer than \(limits.keyBytes) bytes",
            at: place,
            hint: "a key is a short name; perhaps a ':' is missing"
        )
    }

    private func invalidKeyError(_ value: YAMLNode.Value, at place: SourceLocation) -> YAMLError {
        switch value {
        case .sequence, .mapping:
            YAMLError(
                .invalidKey,
                "a key must be text, and this is a list or a mapping",
                at: place,
                hint: "text that begins with '{' or '[', such as a template, must be in quotes"
            )
        default:
            YAMLError(
                .invalidKey,
                "a key must be text, and this one is null",
                at: place,
                hint: "write the key before the ':', or put it in quotes"
            )
        }
    }

    private func duplicateError(
        _ name: String,
        at place: SourceLocation,
        first: SourceLocation
    ) -> YAMLError {
        YAMLError(
            .duplicateKey,
            "the key '\(Excerpt.short(name))' is already set at line \(first.line), "
                + "column \(first.column)",
            at: place,
            hint: "keep one of the two",
            related: first
        )
    }

    // MARK: Merges (YAML 1.1 "merge" type, https://yaml.org/type/merge.html)

    private mutating func noteMerge(
        of value: YAMLNode,
        at place: SourceLocation,
        in mapping: inout MappingFrame
    ) throws(YAMLError) {
        if let first = mapping.merge?.location {
            return try report(secondMergeError(at: place, first: first))
        }
        let sources = try mergeSources(of: value)
        mapping.merge = MappingFrame.Merge(location: place, sources: sources)
    }

    /// Adds what the mapping's `<<` brings in and no key before it sets.
    private mutating func merge(into mapping: inout MappingFrame) {
        guard let merge = mapping.merge else { return }
        for entry in merge.sources.joined()
        where mapping.location(of: entry.key, in: entries) == nil {
            entries.push(entry)
            mapping.indexTop(of: entries)
        }
    }

    /// The mappings that a `<<` brings in, first ones winning.
    private mutating func mergeSources(of value: YAMLNode) throws(YAMLError) -> [[YAMLEntry]] {
        switch value.value {
        case .mapping(let entries):
            return [entries]
        case .sequence(let items):
            var sources: [[YAMLEntry]] = []
            for item in items {
                if case .mapping(let entries) = item.value {
                    sources.append(entries)
                } else {
                    try reportInvalidMerge(at: item.location)
                }
            }
            return sources
        default:
            try reportInvalidMerge(at: value.location)
            return []
        }
    }

    private mutating func reportInvalidMerge(at place: SourceLocation) throws(YAMLError) {
        if !isReported(at: place) { try report(invalidMergeError(at: place)) }
    }

    private func invalidMergeError(at place: SourceLocation) -> YAMLError {
        YAMLError(
            .invalidMerge,
            "'<<' takes a mapping or a list of mappings",
            at: place,
            hint: "write '<<: *name' or '<<: [*first, *second]'"
        )
    }

    private func secondMergeError(at place: SourceLocation, first: SourceLocation) -> YAMLError {
        YAMLError(
            .duplicateKey,
            "the key '<<' is already set at line \(first.line), column \(first.column)",
            at: place,
            hint: "merge several mappings with '<<: [*first, *second]'",
            related: first
        )
    }
}

/// What stands before a `:`.
private enum MappingKey {
    case name(String)
    case merge
    /// Reported already; its value is read and dropped.
    case invalid
}

/// Names as they may stand in a message.
private enum Excerpt {
    /// Longer names are cut: enough to recognise one, and a message stays a line.
    static let longestName = 40

    static func short(_ name: String) -> String {
        name.count <= longestName ? name : name.prefix(longestName) + "…"
    }
}
