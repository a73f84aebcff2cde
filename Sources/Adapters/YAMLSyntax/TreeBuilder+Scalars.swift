internal import CYAML

extension TreeBuilder {
    /// Reads the current scalar.
    mutating func readScalar() throws(YAMLError) -> YAMLNode {
        let scalar = events.scalar
        try spend(nodes: 1, textBytes: scalar.text.count)
        if let tag = scalar.tag {
            return try readTagged(scalar, tag: String(cString: tag))
        }
        if scalar.isPlain { return try readPlain(scalar) }
        if scalar.isDoubleQuoted { try checkEscapes(in: scalar) }
        return YAMLNode(value: .string(scalar.string), location: location)
    }

    private mutating func readPlain(_ scalar: ScalarEvent) throws(YAMLError) -> YAMLNode {
        let text = scalar.string
        guard let value = CoreSchema.resolve(scalar.text) else {
            return YAMLNode(plain: text, location: location)
        }
        if hidesBareTag(scalar) { try report(unknownTagError()) }
        return YAMLNode(value: value, location: location, plainText: text)
    }

    /// Whether a `!` stands before a number, a boolean or null.
    ///
    /// YAML 1.2 makes such a scalar text, libyaml drops the tag; only the place that the event
    /// takes up shows it. (With an anchor the place cannot tell, and the tag goes unseen.)
    private func hidesBareTag(_ scalar: ScalarEvent) -> Bool {
        events.anchor == nil && events.end.index - events.start.index > scalar.text.count
    }

    private mutating func readTagged(
        _ scalar: ScalarEvent,
        tag: String
    ) throws(YAMLError) -> YAMLNode {
        if scalar.isDoubleQuoted { try checkEscapes(in: scalar) }
        let plainText = scalar.isPlain ? scalar.string : nil
        guard let tag = CoreTag(rawValue: tag) else {
            try report(unknownTagError())
            return YAMLNode(
                value: .string(scalar.string),
                location: location,
                plainText: plainText
            )
        }
        guard let value = tag.value(of: scalar.text) else {
            try report(mismatchError(tag))
            return YAMLNode(
                value: .string(scalar.string),
                location: location,
                plainText: plainText
            )
        }
        let isText = tag == .string
        return YAMLNode(value: value, location: location, plainText: isText ? nil : plainText)
    }

    /// Refuses an escaped NUL, which passes for text here but not in databases and C libraries.
    private mutating func checkEscapes(in scalar: ScalarEvent) throws(YAMLError) {
        guard scalar.text.contains(0) else { return }
        try report(
            YAMLError(
                .forbiddenCharacter,
                "this text holds an escaped NUL character",
                at: location,
                hint: "remove the \\0, \\x00 or \\u0000"
            )
        )
    }

    /// Checks the tag of the collection that begins at the current event.
    mutating func checkCollectionTag(expects expected: CoreTag) throws(YAMLError) {
        guard let text = events.collectionTag else { return }
        guard let tag = CoreTag(rawValue: String(cString: text)) else {
            return try report(unknownTagError())
        }
        if tag != expected { try report(mismatchError(tag)) }
    }

    private func unknownTagError() -> YAMLError {
        YAMLError(
            .unknownTag,
            "this tag is not known",
            at: location,
            hint: "remove the tag, or put text that begins with '!' in quotes; "
                + "known are !!str, !!int, !!float, !!bool, !!null, !!seq and !!map"
        )
    }

    private func mismatchError(_ tag: CoreTag) -> YAMLError {
        YAMLError(
            .tagMismatch,
            "the tag \(tag.shorthand) asks for \(tag.expectation), which this value is not",
            at: location,
            hint: "correct the value or remove the tag"
        )
    }
}
