import Foundation
import Planning

/// A saved plan on disk.
struct PlanFile {
    let path: String

    /// Writes a file for its owner alone. It appears whole or not at all: it is written beside its
    /// place, made durable, and renamed.
    func write(_ bytes: [UInt8]) throws {
        let temporary = "\(path).\(getpid()).new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("cannot be written") }
        do {
            defer { close(file) }
            try Self.writeAll(bytes, to: file) { failure("cannot be written") }
            guard fsync(file) == 0 else { throw failure("cannot be made durable") }
            guard rename(temporary, path) == 0 else { throw failure("cannot be put in place") }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Reads a file, of which nothing is believed yet.
    func read() throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("cannot be read") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("cannot be read") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure.error("\(path) is not a file")
        }
        guard status.st_size <= SavedPlan.fileLimit else {
            throw CommandFailure.refused(
                "\(SavedPlanError.tooLarge(bytes: Int(status.st_size)))"
            )
        }
        guard let data = try FileHandle(fileDescriptor: file).readToEnd() else { return [] }
        return Array(data)
    }

    private static func writeAll(
        _ bytes: [UInt8],
        to file: Int32,
        failure: () -> CommandFailure
    ) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            rest = rest.dropFirst(count)
        }
    }

    private func failure(_ what: String) -> CommandFailure {
        .error("\(path) \(what): \(String(cString: strerror(errno)))")
    }
}
