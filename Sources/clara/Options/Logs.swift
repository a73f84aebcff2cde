import Foundation
import Logging

/// Sets up logging to stderr.
enum Logs {
    /// Starts logging at a level and in a format; the default is warnings as text.
    static func start(level: String?, format: String?) throws {
        let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        guard let chosen = Logger.Level(rawValue: level?.lowercased() ?? "warning") else {
            throw CommandFailure.error("the log level must be one of \(known)")
        }
        switch format ?? "text" {
        case "text":
            LoggingSystem.bootstrap { label in
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = chosen
                return handler
            }
        case "json": LoggingSystem.bootstrap { JSONLogHandler(label: $0, logLevel: chosen) }
        default: throw CommandFailure.error("the log format must be text or json")
        }
    }
}

/// One JSON object a line, for log collectors.
private struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(label: String, logLevel: Logger.Level) {
        self.label = label
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var entry = ["label": label, "level": event.level.rawValue, "message": "\(event.message)"]
        entry["time"] = Date().formatted(.iso8601)
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
            entry[key] = "\(value)"
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            Console.note(String(decoding: try encoder.encode(entry), as: UTF8.self))
        } catch {
            Console.note("\(event.level) \(event.message)")  // text always encodes as UTF-8
        }
    }
}
