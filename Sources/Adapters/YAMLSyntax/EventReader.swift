internal import CYAML

/// Owns a libyaml parser over bytes in memory, and the event that it stands on.
///
/// Pointers that it hands out live until the next ``advance()``. The bytes must outlive it.
struct EventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>

    /// Starts before the first event; `nil` where there is no memory for libyaml's buffers.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        // Told rather than guessed: a file that begins with "a" and NUL is not UTF-16.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        self.parser = parser
        self.event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
        self.event.initialize(to: yaml_event_t())
    }

    deinit {
        yaml_event_delete(event)
        yaml_parser_delete(parser)
        event.deallocate()
        parser.deallocate()
    }

    /// Moves to the next event and frees the last one.
    ///
    /// - Throws: what libyaml found wrong; the reader must not be advanced after that, nor after
    /// the
    ///   end of the stream.
    mutating func advance() throws(SyntaxProblem) {
        yaml_event_delete(event)
        guard yaml_parser_parse(parser, event) == 1 else {
            throw SyntaxProblem(parser.pointee)
        }
    }

    /// The kind of the current event.
    var kind: yaml_event_type_t { event.pointee.type }

    /// Where the current event begins; libyaml counts from 0.
    var start: yaml_mark_t { event.pointee.start_mark }

    /// Where the current event ends.
    var end: yaml_mark_t { event.pointee.end_mark }

    /// The current scalar; only on a scalar event.
    var scalar: ScalarEvent {
        let scalar = event.pointee.data.scalar
        return ScalarEvent(
            text: UnsafeBufferPointer(start: scalar.value, count: scalar.length),
            style: scalar.style,
            tag: scalar.tag
        )
    }

    /// The anchor that the current node defines or, as an alias, asks for.
    var anchor: UnsafeMutablePointer<yaml_char_t>? {
        switch event.pointee.type {
        case YAML_SCALAR_EVENT: event.pointee.data.scalar.anchor
        case YAML_SEQUENCE_START_EVENT: event.pointee.data.sequence_start.anchor
        case YAML_MAPPING_START_EVENT: event.pointee.data.mapping_start.anchor
        case YAML_ALIAS_EVENT: event.pointee.data.alias.anchor
        default: nil
        }
    }

    /// The tag of the collection that begins here.
    var collectionTag: UnsafeMutablePointer<yaml_char_t>? {
        switch event.pointee.type {
        case YAML_SEQUENCE_START_EVENT: event.pointee.data.sequence_start.tag
        case YAML_MAPPING_START_EVENT: event.pointee.data.mapping_start.tag
        default: nil
        }
    }

    /// The version that the document's `%YAML` directive names; only on the start of a document.
    var version: (major: Int, minor: Int)? {
        guard let directive = event.pointee.data.document_start.version_directive else {
            return nil
        }
        return (Int(directive.pointee.major), Int(directive.pointee.minor))
    }
}

/// A scalar as libyaml holds it; valid until its reader advances.
struct ScalarEvent {
    let text: UnsafeBufferPointer<UInt8>
    let style: yaml_scalar_style_t
    let tag: UnsafeMutablePointer<yaml_char_t>?

    var isPlain: Bool { style == YAML_PLAIN_SCALAR_STYLE }
    var isDoubleQuoted: Bool { style == YAML_DOUBLE_QUOTED_SCALAR_STYLE }
    var string: String { String(decoding: text, as: UTF8.self) }
}

/// What libyaml says about text that is not YAML, with marks counted from 0.
struct SyntaxProblem: Error {
    typealias Mark = (line: Int, column: Int)

    let code: UInt32
    let problem: String
    let mark: Mark
    let context: String?
    let contextMark: Mark?

    var isOutOfMemory: Bool { code == YAML_MEMORY_ERROR.rawValue }

    init(_ parser: yaml_parser_t) {
        code = parser.error.rawValue
        problem = parser.problem.map { String(cString: $0) } ?? "unknown problem"
        mark = (Int(parser.problem_mark.line), Int(parser.problem_mark.column))
        context = parser.context.map { String(cString: $0) }
        contextMark = parser.context.map { _ in
            (Int(parser.context_mark.line), Int(parser.context_mark.column))
        }
    }
}
