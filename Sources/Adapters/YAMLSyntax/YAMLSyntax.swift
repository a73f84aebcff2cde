/// Owns the way from a file's bytes to a tree of located YAML nodes, through libyaml's event
/// parser: encoding, syntax, the scalars of YAML 1.2's core schema, anchors, aliases and merge
/// keys, and a bound on everything that a file could ask for.
///
/// It must never know what a manifest is, read a file itself, or let a libyaml type out. Reading
/// any bytes whatsoever ends in a ``YAMLStream``, never in a crash and never in unbounded work.
///
/// Where YAML 1.1 and 1.2 readers disagree about a plain scalar (`yes`, `010`, `12:30:45`) the node
/// is a string that still tells how it was written, see ``YAMLNode/plainText``.
public enum YAMLParser {
    /// Reads all documents of a file.
    ///
    /// Mistakes of meaning (duplicate keys, unknown tags and aliases, …) are collected throughout
    /// the file; a mistake of syntax, of encoding, or a passed limit ends the reading, as what
    /// follows it cannot be told.
    public static func parse(_ source: SourceText, limits: YAMLLimits = .standard) -> YAMLStream {
        if let error = InputCheck(source: source, limits: limits).firstError() {
            return YAMLStream(documents: [], errors: [error])
        }
        return source.bytes.withUnsafeBufferPointer { bytes in
            // A mark would shift the columns of the first line.
            let mark = ByteOrderMark.utf8.length(at: source.bytes)
            let content = UnsafeBufferPointer(rebasing: bytes.dropFirst(mark))
            guard let events = EventReader(content) else {
                return YAMLStream(documents: [], errors: [.outOfMemory(in: source)])
            }
            var builder = TreeBuilder(events: events, source: source, limits: limits)
            return builder.readStream()
        }
    }
}

extension YAMLError {
    fileprivate static func outOfMemory(in source: SourceText) -> YAMLError {
        YAMLError(
            .outOfMemory,
            "there is not enough memory to read this file",
            at: SourceLocation(file: source, line: 1, column: 1)
        )
    }
}
