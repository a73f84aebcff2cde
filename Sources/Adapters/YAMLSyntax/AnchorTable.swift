/// What a file has used of its allowance so far.
struct Usage {
    /// Keys and values, aliases expanded.
    var nodes = 0
    /// Bytes of scalar text, aliases expanded.
    var textBytes = 0
    /// The deepest level reached since this was last reset.
    var deepest = 0

    mutating func enter(depth: Int) {
        deepest = max(deepest, depth)
    }

    /// What was read since `start`, where `deepest` was set to the `depth` at which reading began.
    func cost(since start: Usage, depth: Int) -> ExpansionCost {
        ExpansionCost(
            nodes: nodes - start.nodes,
            textBytes: textBytes - start.textBytes,
            height: deepest - depth + 1
        )
    }
}

/// What each alias to a value costs.
///
/// Expanded values share memory, yet whoever walks or writes them pays for each copy, so each
/// counts.
struct ExpansionCost {
    let nodes: Int
    let textBytes: Int
    /// The number of levels, 1 for a scalar. Without it, aliases within aliases would build a tree
    /// deeper than any text nests.
    let height: Int
}

/// The anchors of one document. A name may be used again; an alias means the last use before it.
struct AnchorTable {
    enum State {
        /// Its value is still being read.
        case open
        case closed(YAMLNode, ExpansionCost)
    }

    private var states: [String: State] = [:]

    func state(of name: String) -> State? {
        states[name]
    }

    mutating func open(_ name: String) {
        states[name] = .open
    }

    mutating func close(_ name: String, node: YAMLNode, cost: ExpansionCost) {
        states[name] = .closed(node, cost)
    }

    /// Forgets everything at the start of a document.
    mutating func removeAll() {
        guard !states.isEmpty else { return }
        states = [:]
    }
}
