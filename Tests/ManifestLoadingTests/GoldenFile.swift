import Foundation
import Testing

/// A file with what people are to read. `CLARA_RECORD=1` rewrites it, and the test fails all the
/// same: what was recorded has to be looked at.
struct GoldenFile {
    let url: URL

    /// Fails where the file holds another text.
    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        if ProcessInfo.processInfo.environment["CLARA_RECORD"] == "1" {
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(url.lastPathComponent)", sourceLocation: sourceLocation)
            return
        }
        let expected = try String(contentsOf: url, encoding: .utf8)
        #expect(
            text == expected,
            "\(url.lastPathComponent) differs; CLARA_RECORD=1 rewrites it",
            sourceLocation: sourceLocation
        )
    }
}
