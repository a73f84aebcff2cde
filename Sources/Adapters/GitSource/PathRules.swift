/// Which names may stand in a path of the fleet.
///
/// A tree object can hold any bytes, so a repository made by hand can hold names that mean another
/// place to whoever joins them to a path, or another line to whoever prints them.
enum PathRules {
    /// Why a name is refused; nil for one that is fine.
    static func refusal(of name: some Collection<UInt8>) -> String? {
        if name.isEmpty { return "a name in it is empty" }
        if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) {
            return "it leads out of its folder"
        }
        if name.count == 4, isGitFolder(name) { return "'.git' is git's own" }
        if name.contains(where: { $0 < 0x20 || $0 == 0x7f || $0 == UInt8(ascii: "/") }) {
            return "a name in it holds a control character or a slash"
        }
        return nil
    }

    /// Splits a path of the caller into names that are fine; the empty path has none.
    static func names(of path: String) throws(GitError) -> [Substring] {
        if path.isEmpty { return [] }
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        for name in names {
            if let why = refusal(of: name.utf8) {
                throw GitError(.refusedPath(path: path, why: why))
            }
        }
        return names
    }

    /// The path of a child, or why it is refused.
    static func child(
        _ name: some Collection<UInt8>,
        of folder: String
    ) throws(GitError) -> String {
        let text = String(validating: name, as: UTF8.self)
        let prefix = folder.isEmpty ? "" : folder + "/"
        guard let text else {
            let shown = String(decoding: name, as: UTF8.self)
            throw GitError(.refusedPath(path: prefix + shown, why: "its name is not UTF-8"))
        }
        if let why = refusal(of: name) {
            throw GitError(.refusedPath(path: prefix + printable(text), why: why))
        }
        return prefix + text
    }

    private static func isGitFolder(_ name: some Collection<UInt8>) -> Bool {
        // Folders on other systems ignore case, and git refuses every spelling there.
        name.elementsEqual(".git".utf8) { ($0 | 0x20) == ($1 | 0x20) }
    }

    private static func printable(_ name: String) -> String {
        name.unicodeScalars.map {
            $0.value < 0x20 || $0.value == 0x7f ? $0.escaped(asASCII: true) : String($0)
        }
        .joined()
    }
}

/// The reasons for refusing a kind of entry, said the same for a commit and for a work tree.
enum Refusal {
    static let symlink = "it is a symbolic link; put the file itself there"
    static let submodule = "it is a submodule or a repository of its own; put its files there"
    static let notAFolder = "it is not a folder"
    static let notAFile = "it is neither a file nor a folder"
    static let tooDeep = "folders are nested deeper than \(SourceLimits.depth)"
    static let tooManyFiles = "it holds more than \(SourceLimits.filesPerFolder) files"
    static let tooManyNames = "it holds more than \(SourceLimits.namesPerFolder) names"
    static let tooManyBytes =
        "its files are larger than \(SourceLimits.bytesPerFolder) bytes together"

    static func tooLarge(_ size: Int, limit: Int) -> String {
        "it is \(size) bytes, and the limit is \(limit)"
    }
}

/// Counts what one folder takes against ``SourceLimits``.
struct FolderBudget {
    private let folder: String
    private var files = 0
    private var bytes = 0

    init(folder: String) {
        self.folder = folder
    }

    mutating func countFile() throws(GitError) {
        files += 1
        if files > SourceLimits.filesPerFolder { throw refused(folder, Refusal.tooManyFiles) }
    }

    mutating func countRead(_ size: Int, of path: String) throws(GitError) {
        guard size <= SourceLimits.bytesPerFile else {
            throw refused(path, Refusal.tooLarge(size, limit: SourceLimits.bytesPerFile))
        }
        bytes += size
        if bytes > SourceLimits.bytesPerFolder { throw refused(folder, Refusal.tooManyBytes) }
    }

    private func refused(_ path: String, _ why: String) -> GitError {
        GitError(.refusedPath(path: path.isEmpty ? "the fleet" : path, why: why))
    }
}
