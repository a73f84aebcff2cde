import Foundation
import Planning
import Testing

/// Plans as people and programs read them, compared with the files beside the fixtures.
///
/// `CLARA_RECORD=1` rewrites what is expected and still fails, so that no recording passes unread.
@Suite("Golden plans")
struct GoldenPlanTests {
    private static let isRecording = ProcessInfo.processInfo.environment["CLARA_RECORD"] == "1"

    @Test("read as expected", arguments: PlanFixture.all)
    func golden(_ fixture: PlanFixture) throws {
        let report = try fixture.report()
        for output in [PlanFixture.Output.plan] + (try fixture.settings().also) {
            let text = try output.render(report, fixture.settings().drift)
            let file = fixture.expectation(output)
            if Self.isRecording {
                try Data(text.utf8).write(to: file)
                Issue.record("recorded \(file.lastPathComponent); run again without CLARA_RECORD")
            } else {
                let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
                #expect(text == expected, "\(file.path): CLARA_RECORD=1 rewrites it")
            }
        }
    }

    @Test("are there, with a file for every output that a case asks for")
    func cases() throws {
        #expect(PlanFixture.all.count >= 25)
        for fixture in PlanFixture.all {
            let outputs = [PlanFixture.Output.plan] + (try fixture.settings().also)
            let wanted = Set(outputs.map { "expected.\($0.rawValue)" })
            let found = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
                .filter { $0.hasPrefix("expected.") }
            #expect(Set(found) == wanted, "\(fixture)")
        }
    }

    @Test("never hold an escape sequence unless colours are asked for", arguments: PlanFixture.all)
    func escapes(_ fixture: PlanFixture) throws {
        let report = try fixture.report()
        for output in PlanFixture.Output.allCases {
            let text = try output.render(report)
            #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        }
    }
}
