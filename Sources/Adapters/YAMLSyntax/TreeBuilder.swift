internal import CYAML

/// Composes libyaml's events into trees, one file at a time.
///
/// Every reading function starts on the first event of what it reads and leaves the reader on the
/// last. It throws only what ends the file; other mistakes are collected, and the tree goes on with
/// the most harmless value.
struct TreeBuilder: ~Copyable {
    var events: EventReader
    let source: SourceText
    let limits: YAMLLimits
    var anchors = AnchorTable()
    var usage = Usage()
    var items = ElementStack<YAMLNode>()
    var entries = ElementStack<YAMLEntry>()
    private var documents: [YAMLNode] = []
    private var errors: [YAMLError] = []

    init(events: consuming EventReader, source: SourceText, limits: YAMLLimits) {
        self.events = events
        self.source = source
        self.limits = limits
    }

    /// Reads the whole file.
    mutating func readStream() -> YAMLStream {
        do throws(YAMLError) {
            try readDocuments()
        } catch {
            errors.append(error)
        }
        return YAMLStream(documents: documents, errors: errors)
    }

    private mutating func readDocuments() throws(YAMLError) {
        try advance()
        while true {
            try advance()
            if events.kind == YAML_STREAM_END_EVENT { return }
            let root = try readDocument()
            documents.append(root)
        }
    }

    private mutating func readDocument() throws(YAMLError) -> YAMLNode {
        guard documents.count < limits.documents else {
            throw limitError(
                "the file has more than \(limits.documents) documents",
                hint: "split it into several files"
            )
        }
        try checkVersion()
        anchors.removeAll()
        try advance()
        let root = try readNode(depth: 1)
        try advance()
        return root
    }

    /// Refuses YAML 1.1, under which the same text means other values; libyaml refuses all but 1.1
    /// and 1.2.
    private mutating func checkVersion() throws(YAMLError) {
        guard let version = events.version, version != (1, 2) else { return }
        try report(
            YAMLError(
                .version,
                "the file asks for YAML \(version.major).\(version.minor); it is read as YAML 1.2",
                at: location,
                hint: "remove the %YAML line"
            )
        )
    }

    // MARK: Nodes

    /// Reads the node that begins at the current event.
    mutating func readNode(depth: Int) throws(YAMLError) -> YAMLNode {
        guard depth <= limits.depth else { throw depthError() }
        guard let anchor = events.anchor else { return try readContent(depth: depth) }
        let name = String(cString: anchor)
        if events.kind == YAML_ALIAS_EVENT { return try expandAlias(name, depth: depth) }
        return try readAnchored(name, depth: depth)
    }

    private mutating func readContent(depth: Int) throws(YAMLError) -> YAMLNode {
        usage.enter(depth: depth)
        switch events.kind {
        case YAML_SCALAR_EVENT: return try readScalar()
        case YAML_SEQUENCE_START_EVENT: return try readSequence(depth: depth)
        case YAML_MAPPING_START_EVENT: return try readMapping(depth: depth)
        default:
            // libyaml's grammar lets nothing else stand here.
            throw YAMLError(.syntax, "a value is expected here", at: location)
        }
    }

    private mutating func readSequence(depth: Int) throws(YAMLError) -> YAMLNode {
        let start = location
        try spend(nodes: 1, textBytes: 0)
        try checkCollectionTag(expects: .sequence)
        let first = items.count
        while true {
            try advance()
            if events.kind == YAML_SEQUENCE_END_EVENT { break }
            items.push(try readNode(depth: depth + 1))
        }
        return YAMLNode(value: .sequence(items.pop(from: first)), location: start)
    }

    private mutating func readAnchored(
        _ name: String,
        depth: Int
    ) throws(YAMLError) -> YAMLNode {
        let before = usage
        usage.deepest = depth
        anchors.open(name)
        let node = try readContent(depth: depth)
        anchors.close(name, node: node, cost: usage.cost(since: before, depth: depth))
        usage.deepest = max(usage.deepest, before.deepest)
        return node
    }

    private mutating func expandAlias(
        _ name: String,
        depth: Int
    ) throws(YAMLError) -> YAMLNode {
        switch anchors.state(of: name) {
        case .closed(let node, let cost):
            let deepest = depth + cost.height - 1
            guard deepest <= limits.depth else { throw depthError() }
            usage.enter(depth: deepest)
            try spend(nodes: cost.nodes, textBytes: cost.textBytes)
            return node
        case .open: try report(recursiveAliasError())
        case nil: try report(unknownAliasError())
        }
        try spend(nodes: 1, textBytes: 0)
        return YAMLNode(value: .null, location: location)
    }

    // MARK: Position, errors and bounds

    /// Where the current event begins.
    var location: SourceLocation { location(of: events.start) }

    private func location(of mark: yaml_mark_t) -> SourceLocation {
        SourceLocation(file: source, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    mutating func advance() throws(YAMLError) {
        do throws(SyntaxProblem) {
            try events.advance()
        } catch {
            throw error.explained(in: source)
        }
    }

    /// Collects an error; throws where the file has too many of them.
    mutating func report(_ error: YAMLError) throws(YAMLError) {
        guard errors.count < limits.errors else {
            throw YAMLError(
                .limit,
                "the file has more than \(limits.errors) errors; the rest is not shown",
                at: error.location
            )
        }
        errors.append(error)
    }

    /// Whether the last error stands at this place, so that its stand-in value needs no second one.
    func isReported(at place: SourceLocation) -> Bool {
        errors.last?.location == place
    }

    /// Takes from the file's allowance what a node, or all that an alias stands for, needs.
    mutating func spend(nodes: Int, textBytes: Int) throws(YAMLError) {
        usage.nodes += nodes
        usage.textBytes += textBytes
        guard usage.nodes <= limits.nodes else {
            throw limitError(
                "the file has more than \(limits.nodes) keys and values, aliases expanded",
                hint: "split the file, or use fewer aliases"
            )
        }
        guard usage.textBytes <= limits.textBytes else {
            throw limitError(
                "the file's text is longer than \(limits.textBytes) bytes, aliases expanded",
                hint: "use fewer aliases to long text"
            )
        }
    }

    func limitError(_ message: String, hint: String) -> YAMLError {
        YAMLError(.limit, message, at: location, hint: hint)
    }

    private func depthError() -> YAMLError {
        limitError(
            "values are nested more than \(limits.depth) levels deep",
            hint: "manifests nest about eight levels; look for a bracket or an indentation too many"
        )
    }

    private func recursiveAliasError() -> YAMLError {
        YAMLError(
            .recursiveAlias,
            "this alias stands inside the value that it stands for",
            at: location,
            hint: "a value cannot contain itself; write out what is meant"
        )
    }

    private func unknownAliasError() -> YAMLError {
        YAMLError(
            .unknownAlias,
            "no anchor of this name stands before this alias in the document",
            at: location,
            hint: "text that begins with '*' must be in quotes"
        )
    }
}
