/// The fleet's own files.
enum FleetFiles {
    /// `fleet.yaml`.
    ///
    /// - Parameter hosts: part of the inputs of every tenant: another list has all of them read
    ///   again, and changes nothing in them.
    static func fleet(hosts: [String]) -> String {
        """
        apiVersion: clara.dev/v1
        kind: Fleet
        metadata:
          name: bench
        spec:
          defaults: {timezone: UTC}
          horizon: 14d
          loop: {interval: 60s, drift: report}
          hosts: [\(hosts.joined(separator: ", "))]

        """
    }

    /// The profiles by their path.
    static let profiles = ["gold", "silver"].map { name in
        (path: "profiles/\(name).yaml", text: profile(name))
    }

    private static func profile(_ name: String) -> String {
        """
        apiVersion: clara.dev/v1
        kind: Profile
        metadata:
          name: \(name)
        spec:
          Tenant:
            retention: \(name == "gold" ? 90 : 30)d
          Quota:
            requests: {rate: 1/s, burst: 5}
            tokens: {perDay: 60000}
            budget: {usdPerMonth: \(name == "gold" ? 60 : 30)}
          Schedule:
            jitter: 10m
            misfire: {grace: 30m, catchUp: none}
          Prompt:
            model: {temperature: 0.7, maxOutputTokens: 220}
            output: {maxLinks: 1}
          KnowledgeBase:
            chunking: {tokens: 300, overlap: 40}
            embedding: {provider: local}

        """
    }
}
