/// Finds the word that somebody probably meant.
package enum Suggestion {
    /// The nearest of the words, or nil where none is near: at most a third of the letters differ.
    package static func nearest(to word: String, among words: some Sequence<String>) -> String? {
        let lowered = Array(word.lowercased().unicodeScalars)
        let most = max(1, lowered.count / 3)
        let ranked = words.compactMap { candidate -> (word: String, distance: Int)? in
            let distance = editDistance(lowered, Array(candidate.lowercased().unicodeScalars))
            return distance <= most ? (candidate, distance) : nil
        }
        return ranked.min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// "did you mean …?" for the nearest of the words.
    package static func hint(for word: String, among words: some Sequence<String>) -> String? {
        nearest(to: word, among: words).map { "did you mean `\($0)`?" }
    }

    /// The longest word that is compared; a longer one is no misspelling of a field's name.
    private static let longestWord = 64

    /// Insertions, deletions, substitutions and swaps of neighbours between two words: the optimal
    /// string alignment distance (Damerau 1964).
    static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        guard left.count <= longestWord, right.count <= longestWord else { return .max }
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var older: [Int] = []
        var previous = Array(0...right.count)
        for i in 1...left.count {
            var row = [i]
            for j in 1...right.count {
                let cost = left[i - 1] == right[j - 1] ? 0 : 1
                var best = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    best = min(best, older[j - 2] + 1)
                }
                row.append(best)
            }
            (older, previous) = (previous, row)
        }
        return previous[right.count]
    }
}
