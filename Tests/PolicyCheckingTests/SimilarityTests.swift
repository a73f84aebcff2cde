import ClaraModel
import TestSupport
import Testing

@testable import PolicyChecking

@Suite("Similar texts")
struct SimilarityTests {
    private static let pairs: [(left: String, right: String, similarity: Double)] = [
        ("", "", 1), ("one", "", 0), ("one", "One!", 1), ("one two", "one three", 0),
        ("a b c d", "a b c d", 1), ("a b c d", "a b c e", 1.0 / 3), ("a b c d e", "a b c d f", 0.5),
        ("Élan vital du CADRAN", "élan vital du cadran", 1), ("柿帳の使い方", "柿帳の使い方", 1),
        ("柿帳の使い方", "柿帳の使い人", 0.6),
    ]

    @Test("the share of runs of three words that both have", arguments: pairs)
    func share(_ pair: (left: String, right: String, similarity: Double)) {
        let (left, right) = (Shingles(pair.left), Shingles(pair.right))
        #expect(abs(left.similarity(to: right) - pair.similarity) < 1e-9)
        #expect(left.similarity(to: right) == right.similarity(to: left))
    }

    @Test("the index finds what a comparison with every text finds")
    func matchesComparison() throws {
        var generator = SplitMix64(seed: SplitMix64.seed)
        for round in 0..<200 {
            let texts = (0..<40).map { number in
                (
                    ResourceAddress(tenant: "t\(number % 9)", kind: .prompt, name: "p\(number)"),
                    Self.text(using: &generator)
                )
            }
            let query = SimilarityQuery(
                kind: .prompt,
                field: "system",
                text: Self.text(using: &generator),
                threshold: Double.random(in: 0.5...1, using: &generator),
                tenant: "t\(round % 11)"
            )
            let found = SimilarityIndex(texts).best(for: query).found
            let expected = Self.best(texts, query)
            #expect(
                found?.address == expected?.address && found?.similarity == expected?.similarity,
                "round \(round), seed \(SplitMix64.seed)"
            )
        }
    }

    /// Few different words, so that texts are often alike.
    private static func text(using generator: inout SplitMix64) -> String {
        let start = Int.random(in: 0...3, using: &generator)
        let words = (start..<start + Int.random(in: 0...14, using: &generator)).map { place in
            Int.random(in: 0...9, using: &generator) == 0 ? "odd" : "word\(place)"
        }
        return words.joined(separator: " ")
    }

    private static func best(
        _ texts: [(ResourceAddress, String)],
        _ query: SimilarityQuery
    ) -> SimilarityIndex.Found? {
        let shingles = Shingles(query.text)
        var best: SimilarityIndex.Found?
        for (address, text) in texts.sorted(by: { $0.0 < $1.0 })
        where address.tenant != query.tenant {
            let similarity = shingles.similarity(to: Shingles(text))
            if similarity >= query.threshold, similarity > best?.similarity ?? -1 {
                best = SimilarityIndex.Found(address: address, similarity: similarity)
            }
        }
        return best
    }
}
