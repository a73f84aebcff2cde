import TestSupport

/// A random secret of a form that services use.
struct PlantedSecret {
    enum Form: CaseIterable {
        case consumerKey, accessToken, openAI, base64, pem
        /// A word that nothing gives away but the field that it stands in.
        case password
    }

    let form: Form
    let text: String

    init(_ form: Form, using random: inout SplitMix64) {
        self.form = form
        text =
            switch form {
            case .consumerKey: Self.draw(25, from: Self.base62, &random)
            case .accessToken:
                Self.draw(18, from: Array("123456789"), &random) + "-"
                    + Self.draw(40, from: Self.base62, &random)
            case .openAI: "sk-" + Self.draw(48, from: Self.base62, &random)
            case .base64: Self.draw(43, from: Self.base64, &random) + "="
            case .pem: "-----BEGIN PRIVATE KEY-----"
            case .password: "Pw" + Self.draw(12, from: Self.base62, &random)
            }
    }

    private static let base62 = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    )
    private static let base64 = base62 + ["+", "/"]

    private static func draw(
        _ count: Int,
        from alphabet: [Character],
        _ random: inout SplitMix64
    ) -> String {
        String(
            (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
        )
    }
}
