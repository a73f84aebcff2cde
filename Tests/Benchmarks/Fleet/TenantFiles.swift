/// The files of one made-up tenant: seven resources in three manifests, and two documents.
struct TenantFiles {
    let name: String
    /// What distinguishes the tenant from its neighbours, from 0.
    let number: Int
    /// How often the tenant was changed: another one gives another prompt and other slots.
    let edition: Int

    init(number: Int, edition: Int = 0) {
        self.number = number
        self.edition = edition
        let digits = String(number)
        let trade = Self.trades[number % Self.trades.count].name
        name = "\(trade)-\(String(repeating: "0", count: 5 - digits.count))\(digits)"
    }

    /// Resources in every tenant.
    static let resources = 7

    /// The files by their path below the fleet's root, sorted.
    var files: [(path: String, text: String)] {
        [
            ("knowledge/about.md", about), ("knowledge/products.md", products),
            ("schedule.yaml", schedule + "---\n" + quota), ("tenant.yaml", tenant + credentials),
            ("voice.yaml", prompt + "---\n" + knowledgeBase),
        ].map { ("tenants/\(name)/\($0.0)", $0.1) }
    }

    private static let trades: [(name: String, goods: String)] = [
        ("roasters", "single-origin coffee"), ("books", "second-hand books"),
        ("kayaks", "sea kayak tours"), ("museum", "the clock collection"),
        ("bakery", "rye bread and pastry"), ("gardens", "seeds and cuttings"),
        ("cinema", "repertory screenings"), ("cycles", "repairs and used bicycles"),
    ]
    private static let zones = [
        "America/New_York", "Europe/Paris", "Asia/Tokyo", "Europe/London", "America/Sao_Paulo",
        "Australia/Sydney",
    ]

    private var goods: String { Self.trades[number % Self.trades.count].goods }
    private var zone: String { Self.zones[number % Self.zones.count] }
    private var variable: String { name.uppercased().replacing("-", with: "_") }

    private func header(_ kind: String, _ name: String) -> String {
        "apiVersion: clara.dev/v1\nkind: \(kind)\nmetadata:\n  name: \(name)\n"
    }

    private var tenant: String {
        header("Tenant", name) + """
              labels: {tier: \(number % 3 == 0 ? "gold" : "silver"), sector: retail}
            spec:
              displayName: House No. \(number) for \(goods)
              timezone: \(zone)
              profile: \(number % 3 == 0 ? "gold" : "silver")
              owners: [desk-\(number % 40)@agency.example]
            ---

            """
    }

    private var credentials: String {
        header("Credential", "x-main") + """
            spec:
              provider: x
              account: "@house_\(number)"
              # The keys of the app are the customer's own.
              oauth1:
                consumerKey: {env: \(variable)_X_KEY}
                consumerSecret: {env: \(variable)_X_SECRET}
                accessToken: {file: x-token}
                accessTokenSecret: {env: \(variable)_X_TOKEN_SECRET}
            ---

            """ + header("Credential", "openai-main") + """
                spec:
                  provider: openai
                  apiKey: {env: \(variable)_OPENAI_KEY}

                """
    }
}

extension TenantFiles {
    private var prompt: String {
        header("Prompt", "daily-note") + """
            spec:
              system: >-
                You write for house no. \(number), who are known for \(goods). Tell one thing from the
                notes that a regular would like to know, plainly and with the fact that makes it true.
                Prices, names and opening hours exactly as noted, never a guess; no hype and no
                exclamation marks. One post, at most two sentences, at most one link. Posts are drafted
                with AI help, and the people in the shop read what is said about \(goods) before it
                goes out. This is edition \(edition) of the brief, kept short on purpose.
              template: >-
                Write one post about {{topic}} from these notes:
                {{#context}}{{text}} {{/context}}
              variables:
                topic: what is new in \(goods)
              model:
                name: gpt-4o-mini
                credential: openai-main
              output: {language: en, bannedPhrases: ["hidden gem", "must-have"]}
              knowledge: {base: notes, topK: 4, minScore: 0.2}

            """
    }

    private var knowledgeBase: String {
        header("KnowledgeBase", "notes") + """
            spec:
              sources:
                - glob: "knowledge/**/*.md"
                  metadata: {kind: note}

            """
    }

    /// Two slots a day on weekdays and one on Saturdays.
    private var schedule: String {
        let minute = 10 + (number + 7 * edition) % 50
        return header("Schedule", "weekdays") + """
            spec:
              slots: ["Mon-Fri 09:\(minute)", "Mon-Fri 17:\(minute)", "Sat 11:\(minute)"]
              quietHours: ["22:00-07:00"]
              blackout: ["2026-12-25"]
              prompt: daily-note
              credential: x-main

            """
    }

    private var quota: String {
        header("Quota", "default") + """
            spec:
              posts: {perHour: 1, perDay: \(3 + number % 3), perMonth: \(60 + number % 30)}

            """
    }

    private var about: String {
        """
        # About house no. \(number)

        Opened in \(1960 + number % 60) and run by the same family since. The shop is known for
        \(goods); the workshop behind it can be visited on the first Saturday of a month.

        """
    }

    private var products: String {
        let lines = (1...6).map {
            "- Lot \(number * 7 + $0): \(goods), \(12 + (number + $0) % 30) in stock"
        }
        return "# What there is\n\n" + lines.joined(separator: "\n") + "\n"
    }
}
