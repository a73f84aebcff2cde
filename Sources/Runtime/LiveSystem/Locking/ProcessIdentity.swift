import ClaraModel
import Glibc

/// What tells one process from every other that ever ran: a process id is used again, its start
/// time, in ticks since the machine started, is not.
public struct ProcessIdentity: TextRepresentable {
    /// The id of the machine's current run, from the kernel.
    public let boot: String
    /// The namespace in which the id counts: two containers of one machine do not share it.
    public let namespace: String
    /// The process id.
    public let id: Int32
    /// When it started, in clock ticks since the machine did.
    public let startTime: UInt64

    /// Describes a process.
    public init(boot: String, namespace: String, id: Int32, startTime: UInt64) {
        self.boot = boot
        self.namespace = namespace
        self.id = id
        self.startTime = startTime
    }

    /// Reads the text form.
    ///
    /// - Throws: `FormatError` where it is another text.
    public init(parsing text: String) throws(FormatError) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 4, let id = Int32(parts[2]), let startTime = UInt64(parts[3]) else {
            throw FormatError(expected: "a process: boot, namespace, id and start time")
        }
        self.init(
            boot: String(parts[0]),
            namespace: String(parts[1]),
            id: id,
            startTime: startTime
        )
    }

    /// Boot id, namespace, process id and start time, separated by blanks.
    public var description: String { "\(boot) \(namespace) \(id) \(startTime)" }
}

extension ProcessIdentity {
    /// This process.
    public static func current() -> ProcessIdentity {
        let id = getpid()
        return ProcessIdentity(
            boot: currentBoot,
            namespace: currentNamespace,
            id: id,
            startTime: ProcessStatus(of: id, in: processes)?.startTime ?? 0
        )
    }

    /// Whether the process is known to have ended. That can be told of processes of this machine
    /// and namespace only; of any other it is false.
    public func isGone() -> Bool { isGone(showing: Self.processes) }

    /// - Parameter processes: the folder in which the kernel shows processes. It may hide those of
    ///   other users (`hidepid`), so that one which is not to be seen there may well run.
    func isGone(showing processes: String) -> Bool {
        guard !boot.isEmpty, !namespace.isEmpty, boot == Self.currentBoot,
            namespace == Self.currentNamespace
        else { return false }
        if let status = ProcessStatus(of: id, in: processes) {
            return status.hasEnded || status.startTime != startTime
        }
        // Whoever may not send a signal to a process is told so, and not that there is none.
        return kill(id, 0) != 0 && errno == ESRCH
    }

    private static var currentBoot: String {
        let text = read("/proc/sys/kernel/random/boot_id") ?? ""
        return String(text.prefix { !$0.isWhitespace })
    }

    private static var currentNamespace: String {
        var buffer = [CChar](repeating: 0, count: 64)
        let count = readlink("/proc/self/ns/pid", &buffer, buffer.count)
        guard count > 0 else { return "" }
        return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static let processes = "/proc"

    /// The text of a small file of the kernel's; nil where it cannot be read.
    fileprivate static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(file, &buffer, buffer.count)
        return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}

/// What `/proc/PID/stat` says (proc_pid_stat(5)).
private struct ProcessStatus {
    /// Field 3: a zombie runs no more, though its parent has not noticed.
    let hasEnded: Bool
    /// Field 22.
    let startTime: UInt64

    /// Nil where no such process is to be seen.
    init?(of id: Int32, in processes: String) {
        // The name, in parentheses, may hold blanks and parentheses.
        guard let text = ProcessIdentity.read("\(processes)/\(id)/stat"),
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[end...].dropFirst(2).split(separator: " ")
        guard fields.count > 19, let startTime = UInt64(fields[19]) else { return nil }
        hasEnded = ["Z", "X", "x"].contains(fields[0])
        self.startTime = startTime
    }
}
