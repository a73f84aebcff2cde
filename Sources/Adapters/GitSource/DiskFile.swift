import Glibc

/// What a path on disk is, without following a link.
struct DiskStatus {
    enum Kind {
        case file, folder, symlink, other
    }

    let kind: Kind
    let isExecutable: Bool

    init(of disk: String, shownAs path: String) throws(GitError) {
        var status = stat()
        guard lstat(disk, &status) == 0 else { throw FilePath.unreadable(path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .symlink
        default: kind = .other
        }
        isExecutable = status.st_mode & S_IXUSR != 0
    }
}

/// The names in a folder on disk.
enum DiskFolder {
    /// The names, without `.` and `..`, in no order.
    static func names(at disk: String, shownAs path: String) throws(GitError) -> [[UInt8]] {
        let descriptor = open(disk, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw FilePath.unreadable(shown(disk, path)) }
        guard let stream = fdopendir(descriptor) else {
            let error = FilePath.unreadable(shown(disk, path))
            close(descriptor)
            throw error
        }
        defer { closedir(stream) }
        return try names(in: stream, shownAs: shown(disk, path))
    }

    private static func names(
        in stream: OpaquePointer,
        shownAs path: String
    ) throws(GitError) -> [[UInt8]] {
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { [UInt8]($0.prefix { $0 != 0 }) }
            if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
            names.append(name)
            guard names.count <= SourceLimits.namesPerFolder else {
                throw GitError(.refusedPath(path: path, why: Refusal.tooManyNames))
            }
            errno = 0
        }
        if errno != 0 { throw FilePath.unreadable(path) }
        return names
    }

    private static func shown(_ disk: String, _ path: String) -> String {
        path.isEmpty ? disk : path
    }
}

/// An open regular file on disk; closed when it goes.
struct DiskFile: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private let size: Int

    /// Opens a file, refusing a link at its last name.
    init(at disk: String, shownAs path: String) throws(GitError) {
        // Without O_NONBLOCK, a pipe that took the file's place would block for ever.
        descriptor = open(disk, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else {
            size = 0
            throw FilePath.unreadable(path)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            size = 0
            throw GitError(.refusedPath(path: path, why: Refusal.notAFile))
        }
        size = Int(status.st_size)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The whole contents.
    /// - Throws: ``GitError/Reason/refusedPath(path:why:)`` for more bytes than the limit.
    borrowing func contents(limit: Int) throws(GitError) -> [UInt8] {
        guard size <= limit else {
            throw GitError(.refusedPath(path: path, why: Refusal.tooLarge(size, limit: limit)))
        }
        // One byte more than the file had, so that one that grows is noticed and not cut.
        var bytes = [UInt8](repeating: 0, count: size + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw FilePath.unreadable(path) }
            if count == 0 { break }
            filled += count
        }
        guard filled <= size else { throw GitError(.changedWhileReading(path: path)) }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    /// The bytes that a symbolic link holds.
    static func linkTarget(at disk: String, shownAs path: String) throws(GitError) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(disk, &buffer, buffer.count)
        guard count >= 0 else { throw FilePath.unreadable(path) }
        return buffer.prefix(count).map { UInt8(bitPattern: $0) }
    }
}
