/// The files that a new tenant begins with; they validate as they are.
struct TenantScaffold {
    let name: String
    let timezone: String
    let account: String

    /// Everything below the fleet's root.
    var files: [(path: String, text: String)] {
        let folder = "tenants/\(name)"
        return [
            ("\(folder)/tenant.yaml", tenant), ("\(folder)/credentials.yaml", credentials),
            ("\(folder)/posting.yaml", posting), ("\(folder)/knowledge/about.md", about),
        ]
    }

    /// `acme-coffee` → `Acme Coffee`.
    private var displayName: String {
        name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined(separator: " ")
    }

    /// `acme-coffee` → `ACME_COFFEE`.
    private var prefix: String { name.uppercased().split(separator: "-").joined(separator: "_") }

    private var tenant: String {
        """
        apiVersion: clara.dev/v1
        kind: Tenant
        metadata: {name: \(name)}
        spec:
          displayName: \(displayName)
          timezone: \(timezone)
          state: paused                     # set to active once the credentials are in place
          profile: standard
        ---
        apiVersion: clara.dev/v1
        kind: Quota
        metadata: {name: default}
        spec:
          posts: {perDay: 2}

        """
    }

    private var credentials: String {
        """
        # References only: the values are environment variables of the controller.
        apiVersion: clara.dev/v1
        kind: Credential
        metadata: {name: x-main}
        spec:
          provider: x
          account: "\(account)"
          oauth1:
            consumerKey: {env: \(prefix)_X_CONSUMER_KEY}
            consumerSecret: {env: \(prefix)_X_CONSUMER_SECRET}
            accessToken: {env: \(prefix)_X_ACCESS_TOKEN}
            accessTokenSecret: {env: \(prefix)_X_ACCESS_TOKEN_SECRET}
        ---
        apiVersion: clara.dev/v1
        kind: Credential
        metadata: {name: openai}
        spec:
          provider: openai
          apiKey: {env: \(prefix)_OPENAI_KEY}

        """
    }

    private var posting: String {
        """
        apiVersion: clara.dev/v1
        kind: KnowledgeBase
        metadata: {name: facts}
        spec:
          sources: [{glob: "knowledge/**/*.md"}]
        ---
        apiVersion: clara.dev/v1
        kind: Prompt
        metadata: {name: daily-note}
        spec:
          system: You write for \(displayName). Plain words, no hype, one idea a post.
          template: "One post about {{topic}}, using: {{#context}}{{text}} {{/context}}"
          variables: {topic: what is new this week}
          knowledge: {base: facts, topK: 4}
        ---
        apiVersion: clara.dev/v1
        kind: Schedule
        metadata: {name: weekday-mornings}
        spec:
          slots: ["Mon-Fri 09:00"]
          prompt: daily-note
          credential: x-main
          approval: required

        """
    }

    private var about: String {
        """
        # \(displayName)

        What every post may draw on: who they are, what they sell, what must be right.

        """
    }
}
