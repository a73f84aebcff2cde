internal import CGit2
import Glibc

/// The references of a mirror, all in one `packed-refs` file (gitrepository-layout(5)).
///
/// Writing them as one file, moved into place, changes all of them at one instant: a reader never
/// sees half of a fetch, a killed process leaves none, a branch `a/b` can take the place of a
/// branch `a`, and a forge's thousands of pull requests cost one write.
struct ReferenceTable {
    private var lines: [String] = []

    /// Takes what the remote has announced. Names that git does not allow are left out, and with
    /// them `HEAD` and the targets of tags (`refs/tags/v1^{}`).
    init(_ heads: UnsafeBufferPointer<UnsafePointer<git_remote_head>?>) {
        for case let head? in heads {
            guard let name = head.pointee.name.map({ String(cString: $0) }),
                name.hasPrefix("refs/"), Self.isAllowed(name)
            else { continue }
            lines.append("\(ObjectID(head.pointee.oid)) \(name)")
        }
        // By name, as the header promises; the ids before the names are all of one length.
        lines.sort {
            $0.utf8.dropFirst(Self.nameOffset).lexicographicallyPrecedes(
                $1.utf8.dropFirst(Self.nameOffset)
            )
        }
    }

    private static let nameOffset = 2 * ObjectID.byteCount + 1
    private static let header = "# pack-refs with: sorted \n"

    /// Puts the table into a mirror, durably. A table that is there already is left: a loop asks a
    /// source that has not moved every minute.
    func write(to mirror: String) throws(GitError) {
        let text = Self.header + lines.map { $0 + "\n" }.joined()
        let (draft, path) = ("\(mirror)/packed-refs.new", "\(mirror)/packed-refs")
        if Self.holds(text, at: path) { return }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw RemoteMirror.unusable(path) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw RemoteMirror.unusable(path) }
            rest = rest.dropFirst(max(0, count))
        }
        guard fsync(descriptor) == 0, rename(draft, path) == 0 else {
            throw RemoteMirror.unusable(path)
        }
    }

    /// Whether a file has exactly this content. One that is missing, larger or unreadable has not,
    /// and is written anew.
    private static func holds(_ text: String, at path: String) -> Bool {
        do {
            let file = try DiskFile(at: path, shownAs: path)
            return try file.contents(limit: text.utf8.count) == Array(text.utf8)
        } catch {
            return false
        }
    }

    private static func isAllowed(_ name: String) -> Bool {
        var valid: Int32 = 0
        return git_reference_name_is_valid(&valid, name) == 0 && valid == 1
    }
}
