import ClaraModel

extension DocumentKind {
    /// What the kind is for, in one or two sentences.
    public var summary: String {
        switch self {
        case .fleet: "What holds for all tenants: defaults, safety limits, freezes and allow-lists."
        case .profile:
            "Defaults that tenants extend: for every kind, values merged under each resource of it."
        case .policy:
            "A rule that resources or whole plans must keep to, written in Lua, with its own tests."
        case .resource(let kind): kind.summary
        }
    }

    /// Where documents of this kind stand.
    var home: String {
        switch self {
        case .fleet: "`fleet.yaml`, exactly one."
        case .profile: "`profiles/*.yaml`, any number."
        case .policy: "`policies/*.yaml`, any number."
        case .resource(let kind): "`tenants/<tenant>/*.yaml`, \(kind.cardinality.words)."
        }
    }

    /// A document that the loader accepts as it stands.
    var example: String {
        let (metadata, spec) = exampleParts
        return "apiVersion: \(ClaraModel.apiVersion)\nkind: \(name)\nmetadata: {\(metadata)}\n"
            + spec
    }

    private var exampleParts: (metadata: String, spec: String) {
        switch self {
        case .fleet: ("name: acme-agency", KindExamples.fleet)
        case .profile: ("name: gold", KindExamples.profile)
        case .policy: ("name: posts-per-day", KindExamples.policy)
        case .resource(.tenant): ("name: acme, labels: {tier: gold}", KindExamples.tenant)
        case .resource(.credential): ("name: x-main", KindExamples.credential)
        case .resource(.quota): ("name: default", KindExamples.quota)
        case .resource(.knowledgeBase): ("name: facts", KindExamples.knowledgeBase)
        case .resource(.prompt): ("name: launch-notes", KindExamples.prompt)
        case .resource(.schedule): ("name: weekday-mornings", KindExamples.schedule)
        }
    }
}

extension Kind {
    fileprivate var summary: String {
        switch self {
        case .tenant: "A client of the agency: whose account it is and where its day begins."
        case .credential: "Access to one account of an outside service, by references to secrets."
        case .quota: "How much the tenant may post, call and spend."
        case .knowledgeBase: "The documents that posts may draw on, and how they are indexed."
        case .prompt: "What the model is asked to write, and within which bounds."
        case .schedule: "When the tenant posts, with which prompt and to which account."
        }
    }
}

extension Kind.Cardinality {
    fileprivate var words: String {
        switch self {
        case .exactlyOne: "exactly one"
        case .atMostOne: "at most one"
        case .any: "any number"
        }
    }
}

/// The examples of the reference page, from `spec:` on. Tests load them.
private enum KindExamples {
    static let fleet = """
        spec:
          defaults: {timezone: UTC}
          horizon: 14d
          loop: {interval: 60s, drift: report}
          limits:
            deletions: {share: 0.1, count: 10}
            updates: {share: 0.5}
            perTenant:
              deletions: {share: 0.5}
          freeze:
            - cron: "0 18 * * 5"
              for: 62h
              tenants: ["*"]
              allow: [pause]
              reason: Nobody watches at the weekend.
          secrets:
            env: ["AGENCY_*"]
            perTenant:
              acme: ["ACME_*"]
          hosts: [api.openai.com]

        """

    static let profile = """
        spec:
          Quota:
            posts: {perDay: 8}
          Schedule:
            jitter: 10m
            quietHours: ["22:00-07:00"]
          Prompt:
            model: {name: gpt-4o-mini}

        """

    static let policy = """
        spec:
          description: Silver tenants post at most four times a day.
          match:
            kinds: [Quota]
            labels: {tier: silver}
          enforcement: deny
          message: "{{tenant}} may post {{result.count}} times a day, and silver allows 4"
          rule: |
            local count = resource.spec.posts and resource.spec.posts.perDay
            if count and count > 4 then return {count = count, field = "posts.perDay"} end
          exemptions:
            - tenants: [acme]
              until: "2026-12-31"
              reason: The advent campaign, agreed with the client.
          tests:
            - name: four posts are fine
              given:
                resource: {kind: Quota, spec: {posts: {perDay: 4}}}
                tenant: {labels: {tier: silver}}
              expect: pass
            - name: five are not
              given:
                resource: {kind: Quota, spec: {posts: {perDay: 5}}}
                tenant: {labels: {tier: silver}}
              expect: violation
              says: may post 5 times a day

        """

    static let tenant = """
        spec:
          displayName: Acme Coffee
          timezone: America/New_York
          state: active
          profile: gold
          owners: [ops@acme.example]
          retention: 30d

        """

    static let credential = """
        spec:
          provider: x
          account: "@acmecoffee"
          oauth1:
            consumerKey: {env: ACME_X_KEY}
            consumerSecret: {env: ACME_X_SECRET}
            accessToken: {file: x-token}
            accessTokenSecret: {env: ACME_X_TOKEN_SECRET}

        """

    static let quota = """
        spec:
          posts: {perHour: 2, perDay: 8, perMonth: 200}
          requests: {rate: 1/s, burst: 5}
          tokens: {perDay: 50000}
          budget: {usdPerMonth: 40}

        """

    static let knowledgeBase = """
        spec:
          sources:
            - glob: "knowledge/**/*.md"
              metadata: {kind: product}
          chunking: {tokens: 300, overlap: 40}
          embedding: {provider: local}

        """

    static let prompt = """
        spec:
          system: You write for a small roastery. No hype.
          template: "One post about {{topic}}, using: {{#context}}{{text}} {{/context}}"
          variables: {topic: the autumn blend}
          model: {name: gpt-4o-mini, temperature: 0.7, maxOutputTokens: 200}
          output: {language: en, maxLinks: 1, bannedPhrases: ["game changer"]}
          variants:
            - {name: warm, weight: 3, system: You write warmly for a small roastery.}
            - {name: dry, weight: 1, system: You write drily for a small roastery.}
          knowledge: {base: facts, topK: 4, minScore: 0.2, filter: {kind: product}}

        """

    static let schedule = """
        spec:
          timezone: Europe/Paris
          slots: ["Mon-Fri 09:00", "Mon-Fri 17:30"]
          jitter: 10m
          quietHours: ["22:00-07:00"]
          blackout: ["2026-12-25", "2026-12-24T12:00/2026-12-26"]
          prompt: launch-notes
          credential: x-main
          approval: required
          misfire: {grace: 15m, catchUp: none}

        """
}
