internal import CGit2

/// A name that was followed to a commit and its top folder.
struct ResolvedReference {
    let revision: Revision
    let tree: ObjectID
}

/// Follows `--ref` to a commit: a branch, a tag, a full reference name, a commit by its id, or a
/// revision as it is shown (`main@sha1:…`), which means its commit.
struct ReferenceLookup: ~Copyable {
    private let repository: OpaquePointer
    private let location: String

    /// Looks in a repository that outlives this value.
    init(in repository: borrowing GitHandle<RepositoryKind>, location: String) {
        self.repository = repository.pointer
        self.location = location
    }

    /// The commit that a name means; nil means HEAD. Behind a name may stand how many commits to go
    /// back along first parents, as git writes it (gitrevisions(7)): `main~3`, `HEAD^`, `@~1`.
    func resolve(_ name: String?) throws(GitError) -> ResolvedReference {
        guard let name else { return try head() }
        let steps = AncestorSteps(in: name)
        guard steps.isWritten else { return try named(name) }
        return try ancestor(of: try named(steps.start), steps)
    }

    private func named(_ name: String) throws(GitError) -> ResolvedReference {
        guard try !isEmpty() else { throw GitError(.emptyRepository(location: location)) }
        if let id = Revision.commitText(in: name) { return try commit(named: String(id)) }
        for candidate in ["refs/heads/\(name)", "refs/tags/\(name)", "refs/\(name)", name] {
            if let found = try reference(candidate) { return found }
        }
        return try commit(named: name)
    }

    /// Goes back along first parents: what the branch itself was, and not what was merged into it.
    private func ancestor(
        of start: ResolvedReference,
        _ steps: AncestorSteps
    ) throws(GitError) -> ResolvedReference {
        guard let id = start.revision.commit else { throw try notFound(steps.start) }
        let pointer = repository
        let commit = try GitHandle<ObjectKind>(orThrow: .corrupt(what: "commit \(id)")) {
            var oid = id.oid
            return git_object_lookup(&$0, pointer, &oid, GIT_OBJECT_COMMIT)
        }
        let older = try GitHandle<ObjectKind>(
            orThrow: .referenceNotFound(name: steps.text, near: [])
        ) { git_commit_nth_gen_ancestor(&$0, commit.pointer, steps.count) }
        return try resolved(older, named: start.revision.name)
    }

    private func isEmpty() throws(GitError) -> Bool {
        try names().isEmpty && git_repository_head_unborn(repository) == 1
    }

    private func head() throws(GitError) -> ResolvedReference {
        let code = git_repository_head_unborn(repository)
        if code == 1 { throw try unbornHead() }
        try LibGit2.check(code, .corrupt(what: "HEAD of \(location)"))
        let pointer = repository
        let head = try GitHandle<ReferenceKind>(orThrow: .corrupt(what: "HEAD of \(location)")) {
            git_repository_head(&$0, pointer)
        }
        let detached = git_repository_head_detached(repository) == 1
        let name = String(cString: git_reference_name(head.pointer))
        return try peel(head, named: detached ? nil : name)
    }

    /// HEAD names a branch without a commit: either nothing was ever committed, or the branch is
    /// another one.
    private func unbornHead() throws(GitError) -> GitError {
        let branches = try names().filter { $0.hasPrefix("refs/heads/") }.map(Self.short)
        if branches.isEmpty { return GitError(.emptyRepository(location: location)) }
        return GitError(.referenceNotFound(name: "HEAD", near: Array(branches.prefix(3))))
    }

    /// Follows a full reference name; nil when there is no such reference.
    private func reference(_ name: String) throws(GitError) -> ResolvedReference? {
        if name == "HEAD" || name == "@" { return try head() }
        guard name.hasPrefix("refs/"), isValid(name) else { return nil }
        var found: OpaquePointer?
        let code = git_reference_lookup(&found, repository, name)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        let handle = try GitHandle<ReferenceKind>(orThrow: .corrupt(what: name)) { out in
            out = found
            return code
        }
        return try peel(handle, named: name)
    }

    private func isValid(_ name: String) -> Bool {
        var valid: Int32 = 0
        return git_reference_name_is_valid(&valid, name) == 0 && valid == 1
    }

    /// Follows tags and symbolic references to the commit.
    private func peel(
        _ reference: borrowing GitHandle<ReferenceKind>,
        named name: String?
    ) throws(GitError) -> ResolvedReference {
        let what = "the commit of \(name.map(Self.short) ?? "HEAD")"
        let pointer = reference.pointer
        let commit = try GitHandle<ObjectKind>(orThrow: .corrupt(what: what)) {
            git_reference_peel(&$0, pointer, GIT_OBJECT_COMMIT)
        }
        return try resolved(commit, named: name.map(Self.short))
    }

    /// A commit by its id, whole or abbreviated; a tag object's id gives the tagged commit.
    private func commit(named name: String) throws(GitError) -> ResolvedReference {
        let digits = name.allSatisfy { $0.isHexDigit && $0.isASCII }
        guard digits, name.count >= Self.fewestDigits else { throw try notFound(name) }
        var found: OpaquePointer?
        let code = git_revparse_single(&found, repository, name)
        if code == GIT_ENOTFOUND.rawValue { throw try notFound(name) }
        if code == GIT_EAMBIGUOUS.rawValue { throw GitError(.referenceAmbiguous(name: name)) }
        let object = try GitHandle<ObjectKind>(orThrow: .corrupt(what: name)) { out in
            out = found
            return code
        }
        let pointer = object.pointer
        let commit = try GitHandle<ObjectKind>(orThrow: .referenceNotFound(name: name, near: [])) {
            git_object_peel(&$0, pointer, GIT_OBJECT_COMMIT)
        }
        return try resolved(commit, named: nil)
    }

    /// Git itself takes no abbreviation below four digits (`core.abbrev`).
    private static let fewestDigits = 4

    private func resolved(
        _ commit: borrowing GitHandle<ObjectKind>,
        named name: String?
    ) throws(GitError) -> ResolvedReference {
        guard let id = git_commit_id(commit.pointer), let tree = git_commit_tree_id(commit.pointer)
        else { throw GitError(.corrupt(what: "the commit of \(name ?? "HEAD")")) }
        let revision = Revision(name: name, commit: ObjectID(id.pointee))
        return ResolvedReference(revision: revision, tree: ObjectID(tree.pointee))
    }

    private func notFound(_ name: String) throws(GitError) -> GitError {
        let known = try names().filter { $0.hasPrefix("refs/heads/") || $0.hasPrefix("refs/tags/") }
        let near = NearMiss.candidates(for: name, among: known.map(Self.short))
        return GitError(.referenceNotFound(name: name, near: near))
    }

    /// Every reference's full name.
    private func names() throws(GitError) -> [String] {
        var list = git_strarray()
        let code = git_reference_list(&list, repository)
        try LibGit2.check(code, .corrupt(what: "the list of branches and tags"))
        defer { git_strarray_dispose(&list) }
        return (0..<list.count).compactMap { list.strings[$0].map { String(cString: $0) } }
    }

    private static func short(_ name: String) -> String {
        for prefix in ["refs/heads/", "refs/tags/", "refs/"] where name.hasPrefix(prefix) {
            return String(name.dropFirst(prefix.count))
        }
        return name
    }
}

/// A name with the number of commits to go back from it.
private struct AncestorSteps {
    /// The whole text.
    let text: String
    /// The name.
    let start: String
    /// How many commits.
    let count: UInt32

    /// Whether the text is more than a name.
    var isWritten: Bool { start != text }

    /// Reads `name`, `name~3`, `name^`, `name^1`, `name^^`. No name of a branch
    /// or tag has these signs.
    init(in text: String) {
        self.text = text
        let name = text.prefix { $0 != "~" && $0 != "^" }
        let marks = text.dropFirst(name.count)
        let isReadable = !name.isEmpty && marks.wholeMatch(of: /(\^1?|~[0-9]{1,6})+/) != nil
        start = isReadable ? String(name) : text
        count =
            isReadable
            ? marks.matches(of: /\^1?|~([0-9]{1,6})/).reduce(0) { count, match in
                count + (match.output.1.flatMap { UInt32($0) } ?? 1)
            } : 0
    }
}

/// Finds the names that a mistyped one may have meant.
enum NearMiss {
    /// How many names an error offers.
    private static let offered = 3
    /// Names that are compared, so that an error in a repository with very many branches stays
    /// quick.
    private static let compared = 2_000

    /// The known names within an edit distance of half the name, nearest first.
    static func candidates(for name: String, among known: [String]) -> [String] {
        let limit = name.count / 2
        let scored = known.prefix(compared).map { ($0, distance(Array(name), Array($0))) }
        return scored.filter { $0.1 <= limit }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            .prefix(offered).map(\.0)
    }

    /// The Levenshtein distance.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (line, wanted) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, given) in right.enumerated() {
                let replaced = diagonal + (wanted == given ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
