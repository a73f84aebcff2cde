import ClaraModel
import Planning
import SQLDatabase
import TestSupport
import Testing

@testable import LiveSystem

/// Content → row → content must be the identity: otherwise a plan after an apply is not empty.
@Suite struct RoundTripTests {
    @Test("what was applied is observed, to the byte", arguments: SplitMix64.seeds(8))
    func throughTheStore(_ seed: UInt64) async throws {
        var contents = RandomContent(random: SplitMix64(seed: seed))
        var plans: [TenantPlan] = []
        for number in 0..<20 {
            let tenant = "tenant-\(number)"
            let steps = Kind.allCases.map { kind in
                let name = kind == .tenant ? tenant : "some-\(kind)"
                return Step.create(
                    ResourceAddress(tenant: tenant, kind: kind, name: name),
                    contents.content(kind)
                )
            }
            plans.append(TenantPlan(tenant: tenant, steps: steps))
        }
        try await TemporaryStore.with { _, store in
            let outcomes = try await store.perform(plans, by: .first)
            #expect(outcomes.allSatisfy { $0.outcome == .done }, "seed \(seed): \(outcomes)")
            let live = try await store.observe(now: .testNow)
            for step in plans.flatMap(\.steps) {
                let found = live.tenants[step.address.tenant]?.resources[step.address]
                #expect(isSame(found?.content, step.after), "seed \(seed)")
                #expect(isSame(found?.applied?.content, step.after), "seed \(seed)")
            }
        }
    }

    @Test("every observed content can be guarded and replaced", arguments: SplitMix64.seeds(4))
    func updates(_ seed: UInt64) async throws {
        var contents = RandomContent(random: SplitMix64(seed: seed))
        try await TemporaryStore.with { _, store in
            let client = try await store.perform(.create(.client, Sample.tenant))
            #expect(client == .done)
            for kind in Kind.allCases where kind != .tenant {
                let address = ResourceAddress(tenant: "acme", kind: kind, name: "one")
                var before = contents.content(kind)
                #expect(try await store.perform(.create(address, before)) == .done, "seed \(seed)")
                for _ in 0..<10 {
                    let after = contents.content(kind)
                    let step = Step.update(address, from: before, to: after)
                    #expect(try await store.perform(step) == .done, "seed \(seed): \(address)")
                    let found = try await store.resource(address)
                    #expect(isSame(found?.content, after), "seed \(seed)")
                    before = after
                }
                #expect(try await store.perform(.delete(address, before)) == .done, "seed \(seed)")
                let left = try await store.resource(address)
                #expect(left == nil, "seed \(seed)")
            }
        }
    }

    /// Byte for byte: Swift's strings are equal where only their normal form differs.
    private func isSame(_ left: CanonicalJSON?, _ right: CanonicalJSON?) -> Bool {
        guard let left, let right else { return false }
        return Array(left.text.utf8) == Array(right.text.utf8)
    }

    @Test(
        "text that is not canonical JSON is told from text that is",
        arguments: [
            ("[]", true), ("{}", true), (#"["a",1,true,null,{"b":-5}]"#, true),
            (#"{"a":{"b":[0.5]},"c":"\n\u0001"}"#, true), (#"{"é":1,"日":2}"#, true),
            ("", false), ("a", false), (#""a""#, false), ("1", false), ("[", false), ("[]]", false),
            ("[1, 2]", false), (#"{"b":1,"a":2}"#, false), (#"{"a":1,"a":1}"#, false),
            ("[01]", false), ("[-0]", false), ("[1.0]", false), ("[1e2]", false), ("[nul]", false),
            (#"["\/"]"#, false), (#"["\u0041"]"#, false), ("[\"\n\"]", false), (#"{"a"}"#, false),
            (String(repeating: "[", count: 100_000), false),
        ]
    )
    func canonical(_ text: String, _ expected: Bool) {
        #expect(CanonicalScanner.isList(orMapping: text.utf8Span.span) == expected)
    }

    @Test(
        "a content that was not made by this program is refused, not misread",
        arguments: [
            "", "[]", "{", #"{"state":"active""#, #"{"unknown":1}"#, #"{"state":}"#,
            #"{"state":"active","displayName":"out of order"}"#, #"{"state":"\x"}"#, "{}x",
        ]
    )
    func malformed(_ text: String) {
        #expect(throws: ContentReader.Malformed.self) {
            try ContentReader.read(CanonicalJSON(trusting: text), .of(.tenant))
        }
    }
}
