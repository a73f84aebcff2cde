/// The files that a new fleet begins with.
enum FleetScaffold {
    /// A fleet without tenants.
    static func files(name: String) -> [(path: String, text: String)] {
        [
            ("fleet.yaml", fleet(name)), ("profiles/standard.yaml", profile),
            ("tenants/README.md", tenants), (".gitignore", ignored),
        ]
    }

    private static func fleet(_ name: String) -> String {
        """
        apiVersion: clara.dev/v1
        kind: Fleet
        metadata: {name: \(name)}
        spec:
          defaults: {timezone: UTC}
          horizon: 14d                      # how far ahead slots are materialised
          loop: {interval: 60s, drift: report}
          hosts: ["api.openai.com"]         # where a credential may be sent
          # A tenant may name the environment variables that begin with its own name:
          # tenants/acme-coffee/ may name ACME_COFFEE_*. Add shared ones here:
          # secrets: {env: ["AGENCY_OPENAI_KEY"]}

        """
    }

    private static let profile = """
        apiVersion: clara.dev/v1
        kind: Profile
        metadata: {name: standard}
        spec:                               # merged under every resource of that kind
          Quota: {posts: {perDay: 4, perMonth: 90}, requests: {rate: 1/s, burst: 5}}
          Schedule: {jitter: 10m, quietHours: ["22:00-07:00"], misfire: {grace: 15m}}
          Prompt: {model: {name: gpt-4o-mini, maxOutputTokens: 200}}

        """

    private static let tenants = """
        One folder a tenant. `clara tenant new NAME` makes one.

        """

    private static let ignored = """
        clara.db
        clara.db-*

        """
}
