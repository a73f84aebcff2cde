internal import CGit2

/// One name in a git tree object: `<mode in octal> <name>\0<20 bytes of id>`, as `git-cat-file(1)`
/// prints raw trees.
struct TreeRecord {
    /// The modes that git writes, as in `git-fast-import(1)`; historic files carry 100664.
    enum Mode: UInt32 {
        case file = 0o100644
        case executable = 0o100755
        case symlink = 0o120000
        case submodule = 0o160000
        case folder = 0o40000

        init?(bits: UInt32) {
            switch bits & 0o170000 {
            case 0o100000: self = bits & 0o100 == 0 ? .file : .executable
            case 0o120000: self = .symlink
            case 0o160000: self = .submodule
            case 0o040000: self = .folder
            default: return nil
            }
        }

        var kind: SourceEntry.Kind {
            switch self {
            case .file, .executable: .file
            case .symlink: .symlink
            case .submodule: .submodule
            case .folder: .folder
            }
        }
    }

    let mode: Mode
    let name: [UInt8]
    let id: ObjectID

    /// The records of a raw tree; nil when it is malformed.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> [TreeRecord]? {
        var records: [TreeRecord] = []
        var position = 0
        while position < bytes.count {
            guard let record = parseOne(bytes, &position) else { return nil }
            records.append(record)
        }
        return records
    }

    private static func parseOne(
        _ bytes: UnsafeRawBufferPointer,
        _ position: inout Int
    ) -> TreeRecord? {
        var bits: UInt32 = 0
        while position < bytes.count, bytes[position] != UInt8(ascii: " ") {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 8, bits < 0o1000000 else { return nil }
            bits = bits << 3 | UInt32(digit)
            position += 1
        }
        let start = position + 1
        guard let mode = Mode(bits: bits), start < bytes.count,
            let end = bytes[start...].firstIndex(of: 0), end + ObjectID.byteCount < bytes.count
        else { return nil }
        position = end + 1 + ObjectID.byteCount
        let id = bytes.loadUnaligned(fromByteOffset: end + 1, as: git_oid.self)
        return TreeRecord(mode: mode, name: [UInt8](bytes[start..<end]), id: ObjectID(id))
    }

    /// The id that git gives to a tree of these records.
    static func treeID(_ records: [TreeRecord]) -> ObjectID {
        var bytes: [UInt8] = []
        for record in records.sorted(by: precedes) {
            bytes += Array(String(record.mode.rawValue, radix: 8).utf8)
            bytes.append(UInt8(ascii: " "))
            bytes += record.name
            bytes.append(0)
            bytes += record.id.bytes
        }
        return hash(bytes, as: GIT_OBJECT_TREE)
    }

    /// The id that git gives to a file of these contents.
    static func blobID(_ bytes: [UInt8]) -> ObjectID {
        hash(bytes, as: GIT_OBJECT_BLOB)
    }

    /// Git orders a folder as if its name ended with a slash, so that a walk yields whole paths in
    /// byte order.
    static func precedes(_ left: TreeRecord, _ right: TreeRecord) -> Bool {
        left.sortingName.lexicographicallyPrecedes(right.sortingName)
    }

    private var sortingName: [UInt8] {
        mode == .folder ? name + [UInt8(ascii: "/")] : name
    }

    private static func hash(_ bytes: [UInt8], as kind: git_object_t) -> ObjectID {
        var oid = git_oid()
        // Hashing memory fails only when the library is not started or memory ends; the zero id
        // then equals nothing.
        let code = git_odb_hash(&oid, bytes, bytes.count, kind)
        return code == 0 ? ObjectID(oid) : .zero
    }
}
