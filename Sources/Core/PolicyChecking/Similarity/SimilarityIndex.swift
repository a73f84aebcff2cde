import ClaraModel

/// A question for the most similar text.
struct SimilarityQuery {
    let kind: Kind
    /// The field that is compared, such as `system`.
    let field: String
    let text: String
    /// How alike a text must be to count.
    let threshold: Double
    /// The tenant that asks; its own texts do not count.
    let tenant: String?

    /// Four fifths of all runs of words: a text with a name exchanged, or a sentence.
    static let usualThreshold = 0.8
}

/// Finds, among many texts, the one that is most like another, without comparing all.
///
/// It is exact. Of a text with n runs, one that is alike by t must share at least one of its
/// n − ⌈t·n⌉ + 1 rarest runs (prefix filtering: Bayardo, Ma and Srikant, "Scaling up all pairs
/// similarity search", 2007), so only texts that hold one of those are compared.
struct SimilarityIndex {
    /// How alike texts may be asked to be: below a half, hardly any text could be left out.
    static let thresholds = 0.5...1.0

    /// Texts with the same runs, by the addresses of those that have them, sorted.
    private var groups: [(shingles: Shingles, owners: [ResourceAddress])] = []
    /// For each run, the groups that hold it.
    private var holders: [UInt64: [Int32]] = [:]
    /// The group of texts without a word, which no run leads to.
    private var wordless: Int32?

    /// A text that is alike.
    struct Found {
        let address: ResourceAddress
        let similarity: Double
    }

    init(_ texts: [(ResourceAddress, String)]) {
        var places: [Shingles: Int] = [:]
        for (address, text) in texts.sorted(by: { $0.0 < $1.0 }) {
            let shingles = Shingles(text)
            if let place = places[shingles] {
                groups[place].owners.append(address)
                continue
            }
            places[shingles] = groups.count
            if shingles.hashes.isEmpty { wordless = Int32(groups.count) }
            for hash in shingles.hashes { holders[hash, default: []].append(Int32(groups.count)) }
            groups.append((shingles, [address]))
        }
    }

    /// The text of another tenant that is most alike, the first by address of several; and how much
    /// was looked at, in runs.
    func best(for query: SimilarityQuery) -> (found: Found?, compared: Int) {
        let shingles = Shingles(query.text)
        var best: Found?
        var compared = 0
        for place in candidates(shingles, query.threshold).sorted() {
            let group = groups[Int(place)]
            compared += group.shingles.hashes.count + shingles.hashes.count
            let similarity = shingles.similarity(to: group.shingles)
            guard similarity >= query.threshold, similarity >= best?.similarity ?? 0,
                let owner = group.owners.first(where: { $0.tenant != query.tenant })
            else { continue }
            if let best, best.similarity == similarity, best.address < owner { continue }
            best = Found(address: owner, similarity: similarity)
        }
        return (best, compared)
    }

    private func candidates(_ shingles: Shingles, _ threshold: Double) -> Set<Int32> {
        let count = shingles.hashes.count
        if count == 0 { return Set(wordless.map { [$0] } ?? []) }
        let rarest = shingles.hashes.sorted { left, right in
            let (a, b) = (holders[left]?.count ?? 0, holders[right]?.count ?? 0)
            return (a, left) < (b, right)
        }
        let shared = Int((threshold * Double(count)).rounded(.up))
        let sizes = threshold * Double(count)...Double(count) / threshold
        var found: Set<Int32> = []
        for hash in rarest.prefix(count - shared + 1) {
            for place in holders[hash] ?? [] {
                let size = Double(groups[Int(place)].shingles.hashes.count)
                if sizes.contains(size) { found.insert(place) }
            }
        }
        return found
    }
}
