/// Where in a document a check is. It is kept as steps and becomes text only where something is
/// wrong, which is rare.
struct FieldPath {
    /// One step down.
    enum Step {
        case name(String)
        case index(Int)
    }

    /// What the path starts from: `metadata`, or the kind for its spec.
    let root: String
    private var taken: [Step] = []

    init(root: String = "") { self.root = root }

    mutating func push(_ step: Step) { taken.append(step) }
    mutating func pop() { taken.removeLast() }

    var isRoot: Bool { taken.isEmpty }

    /// The steps as texts.
    var steps: [String] {
        taken.map { step in
            switch step {
            case .name(let name): name
            case .index(let index): "\(index)"
            }
        }
    }

    /// `slots[1]`, `misfire.grace`, `metadata.labels.tier`.
    var text: String {
        let start = root == "metadata" || taken.isEmpty ? root : ""
        return taken.reduce(start) { text, step in
            switch step {
            case .name(let name): text.isEmpty ? name : "\(text).\(name)"
            case .index(let index): "\(text)[\(index)]"
            }
        }
    }
}
