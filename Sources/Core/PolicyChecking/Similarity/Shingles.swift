import ClaraModel

/// The runs of three neighbouring words that a text holds: two texts are as alike as these are the
/// same (Broder, "On the resemblance and containment of documents", 1997).
///
/// Words are runs of letters and digits, whatever their case. Scripts that put no space between
/// words count each character as one.
struct Shingles: Hashable {
    /// 64-bit hashes of the runs, sorted, each once.
    let hashes: [UInt64]

    /// Words in a run. Two would find every idiom alike, four hardly anything that was edited.
    private static let length = 3

    init(_ text: String) {
        let words = Self.words(text)
        guard words.count > Self.length else {
            hashes = words.isEmpty ? [] : [Self.hash(words[...])]
            return
        }
        let runs = (0...(words.count - Self.length)).map { start in
            Self.hash(words[start..<start + Self.length])
        }
        hashes = Array(Set(runs)).sorted()
    }

    /// The share of runs that both have among those that either has (Jaccard), 0 to 1; two texts
    /// without a word are alike.
    func similarity(to other: Shingles) -> Double {
        let common = self.common(with: other)
        let all = hashes.count + other.hashes.count - common
        return all == 0 ? 1 : Double(common) / Double(all)
    }

    private func common(with other: Shingles) -> Int {
        var (left, right, count) = (0, 0, 0)
        while left < hashes.count, right < other.hashes.count {
            if hashes[left] == other.hashes[right] {
                count += 1
                (left, right) = (left + 1, right + 1)
            } else if hashes[left] < other.hashes[right] {
                left += 1
            } else {
                right += 1
            }
        }
        return count
    }

    // MARK: Words

    /// The hash of each word.
    private static func words(_ text: String) -> [UInt64] {
        var words: [UInt64] = []
        var current: UInt64?
        for scalar in text.unicodeScalars {
            let standsAlone = isWordByItself(scalar)
            if standsAlone || !isPartOfWord(scalar) {
                if let word = current { words.append(word) }
                current = nil
            }
            if standsAlone {
                words.append(mix(seed, UInt64(scalar.value)))
            } else if isPartOfWord(scalar) {
                current = lowered(scalar).reduce(current ?? seed) { mix($0, UInt64($1.value)) }
            }
        }
        if let word = current { words.append(word) }
        return words
    }

    private static func lowered(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        scalar.isASCII
            ? String(Character(scalar)).lowercased().unicodeScalars
            : scalar.properties.lowercaseMapping.unicodeScalars
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// Han, kana and Thai are written without spaces between words.
    private static func isWordByItself(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0E7F, 0x3040...0x30FF: isPartOfWord(scalar)
        default: scalar.properties.isIdeographic
        }
    }

    // MARK: Hashes: the same on every machine and in every run, which Swift's own are not

    /// FNV's offset basis for 64 bits.
    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func hash(_ words: ArraySlice<UInt64>) -> UInt64 {
        words.reduce(seed, mix)
    }

    /// One round of SplitMix64's finalizer over both.
    private static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        var word = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return word ^ (word >> 27)
    }
}
