import ClaraModel
import Diffing
import Testing

/// Three contents, each a letter or `-` for none, and how they stand to each other.
struct StandingCase: Sendable, CustomTestStringConvertible {
    let desired: String
    let applied: String
    let live: String
    let standing: Standing?

    var testDescription: String { "git \(desired), applied \(applied), live \(live)" }

    init(_ desired: String, _ applied: String, _ live: String, _ standing: Standing?) {
        (self.desired, self.applied, self.live) = (desired, applied, live)
        self.standing = standing
    }
}

@Suite("Git, the last apply and the live row")
struct StandingTests {
    @Test("stand to each other in one way for each combination", arguments: StandingCase.table)
    func standing(_ row: StandingCase) {
        #expect(
            Standing.of(
                desired: Self.content(row.desired),
                applied: Self.content(row.applied),
                live: Self.content(row.live)
            ) == row.standing
        )
    }

    @Test("are covered by the table in every combination of presence and equality")
    func everyCombination() {
        let letters = ["-", "A", "B", "C"]
        let all = letters.flatMap { desired in
            letters.flatMap { applied in letters.map { [desired, applied, $0] } }
        }
        let table = Set(StandingCase.table.map { Self.normal([$0.desired, $0.applied, $0.live]) })
        #expect(Set(all.map(Self.normal)) == table)
        #expect(table.count == StandingCase.table.count)
    }

    private static func content(_ letter: String) -> CanonicalJSON? {
        letter == "-" ? nil : CanonicalJSON(["value": .string(letter)])
    }

    /// The same pattern of equal and different letters, in the first letters of the alphabet.
    private static func normal(_ letters: [String]) -> [String] {
        var names: [String: String] = ["-": "-"]
        return letters.map { letter in
            let name = names[letter] ?? ["A", "B", "C"][names.count - 1]
            names[letter] = name
            return name
        }
    }
}

extension StandingCase {
    static let table: [StandingCase] = [
        StandingCase("-", "-", "-", nil),
        StandingCase("A", "-", "-", .new),
        StandingCase("A", "-", "A", .unclaimed),
        StandingCase("A", "-", "B", .unclaimed),
        StandingCase("-", "-", "A", .unmanaged),
        StandingCase("-", "A", "-", .vanished),
        StandingCase("-", "A", "A", .removed),
        StandingCase("-", "A", "B", .removedAfterDrift),
        StandingCase("A", "A", "A", .inSync),
        StandingCase("A", "A", "B", .drifted),
        StandingCase("A", "A", "-", .drifted),
        StandingCase("A", "B", "B", .changed),
        StandingCase("A", "B", "A", .converged),
        StandingCase("A", "B", "C", .conflicting),
        StandingCase("A", "B", "-", .conflicting),
    ]
}
