import ManifestLoading
import TestSupport
import Testing

/// Plants random secrets in random places of manifests and looks for them in everything that is
/// shown.
@Suite("No rendering ever shows a secret")
struct SecretsNeverShownTests {
    private static let renderers: [any DiagnosticRenderer] = [
        DiagnosticText(style: .plain), DiagnosticText(style: .coloured), DiagnosticJSON(),
        DiagnosticGitHub(), DiagnosticSARIF(version: "0"),
    ]

    /// Places of a Credential, where any text must be taken for a secret.
    private static let credentialPlaces = [
        "  apiKey: @\n", "  apiKey: \"@\"\n", "  apiKey: |\n    @\n", "  apiKey: >-\n    text: @\n",
        "  apiKey: {env: \"@ @\"}\n", "  apiKey: {file: \"../@\"}\n", "  apiKey: {value: @}\n",
        "  apiKey: {@: x, y: z}\n", "  apiKey: [@, @]\n", "  apikey: @\n", "  password: @\n",
        "  oauth1: {consumerKey: @, consumerSecret: {env: \"@ \"}}\n", "  oauth1: @\n",
        "  oauth2: {clientID: @, unknown: @}\n", "  @: {env: NAME}\n",
        "  baseURL: http://me:@@host\n",
        "  apiKey: \"@\n", "  apiKey: @\n  apiKey: @\n", "  @: 1\n  @: 2\n", "\tapiKey: @\n",
        "  apiKey: {env: @\n", "  apiKey: !secret @\n", "  apiKey: *@\n", "  provider: [@]\n",
        "  oauth1:\n    consumerKey:\n      @\n    consumerSecret:\n      - @\n",
        "  labels: {\"@\": x}\n", "  extra: {a: 1, clientID: @, provider: wrong}\n",
        "  account: {x: @}\n", "  apiKey: \"a\\qb @\"\n",
    ]

    /// Places of any document, where a secret shows by its look.
    private static let openPlaces = [
        "  system: @\n", "  system: [@]\n", "  template: \"see @ for more\n",
        "  model: {name: 5, x: @}\n",
        "  variables: {topic: @}\n", "  variables: {@: 1}\n", "  variables: {topic: yes} # @\n",
        "  @: unknown\n", "  output: {maxLinks: many, bannedPhrases: [\"@\"]}\n",
        "  model:\n    name: 1 # @\n", "  system: |\n    one\n  \t@\n",
        "  knowledge: {base: \"@\"}\n",
        "  apiKey: @\n", "  system: ok\n  system: @\n", "  @: 1\n  @: 2\n",
        "  model: {temperature: @}\n",
    ]

    @Test("in a credential, whatever it looks like", arguments: PlantedSecret.Form.allCases)
    func credentials(_ form: PlantedSecret.Form) {
        let heads = [
            "kind: Credential\nmetadata: {name: a}\n", "kind: Credentials\nmetadata: {name: a}\n",
            "metadata: {name: a}\n", "kind: Credential\n",
            "kind:\n  Credential: a\nmetadata: {name: a}\n",
        ]
        plant(form, in: Self.credentialPlaces, below: heads.map { $0 + "spec:\n" })
    }

    @Test(
        "in a profile's credential, whatever it looks like",
        arguments: PlantedSecret.Form.allCases
    )
    func profiles(_ form: PlantedSecret.Form) {
        let places = Self.credentialPlaces.map { place in
            place.split(separator: "\n").map { "  \($0)\n" }.joined()
        }
        plant(
            form,
            in: places,
            below: ["kind: Profile\nmetadata: {name: a}\nspec:\n  Credential:\n"]
        )
    }

    @Test("anywhere else, if it looks like one", arguments: PlantedSecret.Form.allCases)
    func elsewhere(_ form: PlantedSecret.Form) {
        guard form != .password else { return }
        let heads = [
            "kind: Prompt\nmetadata: {name: a}\nspec:\n", "kind: Prompt\nspec:\n", "spec:\n",
        ]
        plant(form, in: Self.openPlaces, below: heads)
    }

    private func plant(_ form: PlantedSecret.Form, in places: [String], below heads: [String]) {
        var random = SplitMix64(seed: SplitMix64.seed)
        for head in heads {
            for place in places {
                let secret = Self.recognisable(form, &random)
                let spec = place.split(separator: "@", omittingEmptySubsequences: false)
                    .joined(separator: secret.text)
                let text = "apiVersion: clara.dev/v1\n" + head + spec
                let file = ManifestReader.read(Array(text.utf8), path: "f.yaml")
                #expect(!file.diagnostics.isEmpty, "nothing wrong with:\n\(text)")
                for renderer in Self.renderers {
                    let shown = renderer.render(file.diagnostics)
                    #expect(
                        !shown.contains(secret.text),
                        "seed \(SplitMix64.seed), \(text)\nshows\n\(shown)"
                    )
                }
            }
        }
    }

    /// A secret that the scan finds; how often it does not is `SecretScanTests`' matter.
    private static func recognisable(
        _ form: PlantedSecret.Form,
        _ random: inout SplitMix64
    ) -> PlantedSecret {
        while true {
            let secret = PlantedSecret(form, using: &random)
            if form == .password || SecretScan.looksLikeKey(secret.text) { return secret }
        }
    }
}
