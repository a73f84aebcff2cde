import ManifestLoading
import Testing

@Suite("Did you mean")
struct SuggestionTests {
    static let near: [(word: String, meant: String?)] = [
        ("jiter", "jitter"), ("Jitter", "jitter"), ("tempalte", "template"), ("promt", "prompt"),
        ("xyz", nil), ("", nil), (String(repeating: "a", count: 5000), nil),
    ]

    @Test("finds the nearest word, if one is near", arguments: near)
    func nearest(_ example: (word: String, meant: String?)) {
        let words = ["jitter", "template", "prompt", "timezone"]
        #expect(Suggestion.nearest(to: example.word, among: words) == example.meant)
    }
}
