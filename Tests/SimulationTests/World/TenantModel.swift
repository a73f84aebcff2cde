/// A tenant as its folder says: a few numbers that make manifests.
struct TenantModel: Hashable, Sendable {
    let name: String
    var title = 0
    var isPaused = false
    /// Days.
    var retention = 10
    /// No quota where there is none.
    var perDay: Int?
    /// Prompts beside the one that schedules name: number → version of its text.
    var prompts: [Int: Int] = [:]
    /// Number → hour of the day.
    var schedules: [Int: Int] = [0: 9]
    /// Documents of its knowledge base: number → version. No base where there are none.
    var documents: [Int: Int] = [:]
    var breakage: Breakage?

    /// What is wrong with a folder.
    enum Breakage: CaseIterable, Sendable {
        case syntax, unknownField, danglingReference
    }

    /// The folder's files, by their path in it.
    var files: [String: String] {
        var files = ["tenant.yaml": tenant, "posting.yaml": posting]
        if !documents.isEmpty { files["knowledge.yaml"] = base }
        for (number, version) in documents {
            files["knowledge/document-\(number).md"] = "# Document \(number), version \(version)\n"
        }
        files["broken.yaml"] = breakage?.manifest
        return files
    }

    private var tenant: String {
        let state = isPaused ? "paused" : "active"
        let spec = "{displayName: Client \(title), state: \(state), retention: \(retention)d}"
        let quota = perDay.map {
            "---\n" + resource("Quota", "default", "{posts: {perDay: \($0)}}")
        }
        return resource("Tenant", name, spec) + (quota ?? "")
    }

    private var posting: String {
        let key = "{env: \(name.uppercased())_KEY}"
        let oauth =
            "{consumerKey: \(key), consumerSecret: \(key), accessToken: \(key), "
            + "accessTokenSecret: \(key)}"
        let credential = "{provider: x, account: \"@\(name)\", oauth1: \(oauth)}"
        let parts =
            [resource("Credential", "x-main", credential), prompt("main", 0)]
            + prompts.sorted { $0.key < $1.key }.map { prompt("extra-\($0.key)", $0.value) }
            + schedules.sorted { $0.key < $1.key }.map { schedule($0.key, $0.value) }
        return parts.joined(separator: "---\n")
    }

    private var base: String {
        resource("KnowledgeBase", "facts", "{sources: [{glob: \"knowledge/**/*.md\"}]}")
    }

    private func prompt(_ name: String, _ version: Int) -> String {
        resource(
            "Prompt",
            name,
            "{system: Be brief., template: Text \(version), model: {name: gpt-4o-mini}}"
        )
    }

    private func schedule(_ number: Int, _ hour: Int) -> String {
        let time = (hour < 10 ? "0" : "") + "\(hour):00"
        let slots = "[\"Mon-Sun \(time)\"]"
        return resource(
            "Schedule",
            "daily-\(number)",
            "{slots: \(slots), prompt: main, credential: x-main}"
        )
    }

    private func resource(_ kind: String, _ name: String, _ spec: String) -> String {
        "apiVersion: clara.dev/v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: \(spec)\n"
    }
}

extension TenantModel.Breakage {
    fileprivate var manifest: String {
        let head = "apiVersion: clara.dev/v1\nkind: Schedule\nmetadata: {name: broken}\n"
        return switch self {
        case .syntax: "kind: [Schedule\n"
        case .unknownField: head + "spec: {slot: [\"Mon 09:00\"]}\n"
        case .danglingReference:
            head + "spec: {slots: [\"Mon 09:00\"], prompt: nowhere, credential: x-main}\n"
        }
    }
}
