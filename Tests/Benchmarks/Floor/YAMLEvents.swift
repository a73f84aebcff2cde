import CYAML

/// The events of a YAML text, made by libyaml and thrown away.
enum YAMLEvents {
    static func walk(_ bytes: UnsafeRawBufferPointer) throws {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw FloorFailure(library: "libyaml", code: 0)
        }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_input_string(
            &parser,
            bytes.assumingMemoryBound(to: UInt8.self).baseAddress,
            bytes.count
        )
        var event = yaml_event_t()
        var isAtEnd = false
        while !isAtEnd {
            guard yaml_parser_parse(&parser, &event) == 1 else {
                throw FloorFailure(library: "libyaml", code: Int32(parser.error.rawValue))
            }
            isAtEnd = event.type == YAML_STREAM_END_EVENT
            yaml_event_delete(&event)
        }
    }
}
