import Foundation
import Testing

/// A file below `Expected/` that a text is compared with.
///
/// `CLARA_RECORD=1` rewrites it and still fails, so that no recording passes unread.
struct Golden {
    private static let isRecording = ProcessInfo.processInfo.environment["CLARA_RECORD"] == "1"
    private let file: URL

    init(_ name: String) {
        file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Expected/\(name)")
    }

    func expect(_ text: String) throws {
        if Self.isRecording {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(file.lastPathComponent); run again without CLARA_RECORD")
        } else {
            let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            #expect(text == expected, "\(file.path): CLARA_RECORD=1 rewrites it")
        }
    }
}
