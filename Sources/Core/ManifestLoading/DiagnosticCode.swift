extension Diagnostic {
    /// The problems that manifests can have, beside those of YAML itself.
    public enum Code: String, Sendable, CaseIterable {
        case unknownField = "unknown-field"
        case missingField = "missing-field"
        case wrongType = "wrong-type"
        case outOfRange = "out-of-range"
        case badFormat = "bad-format"
        case notAChoice = "not-a-choice"
        case ambiguousScalar = "ambiguous-scalar"
        case secretLiteral = "secret-literal"
        case secretNotAllowed = "secret-not-allowed"
        case hostNotAllowed = "host-not-allowed"
        case invalidSpec = "invalid-spec"
        case invalidRule = "invalid-rule"
        case unknownKind = "unknown-kind"
        case wrongPlace = "wrong-place"
        case duplicateResource = "duplicate-resource"
        case missingResource = "missing-resource"
        case danglingReference = "dangling-reference"
        case neverFires = "never-fires"
        case unreadable = "unreadable"
        case emptyFile = "empty-file"
        case unused = "unused"
        case overQuota = "over-quota"
        case unsupported = "unsupported"
        case tooMany = "too-many"
    }
}

extension Diagnostic.Code {
    /// What the code stands for, in one sentence for the reference page and for SARIF viewers.
    public var summary: String {
        switch self {
        case .unknownField: "A field that the kind does not have."
        case .missingField: "A required field that neither the manifest nor its profile has."
        case .wrongType: "A value of another type than the field takes."
        case .outOfRange: "A number outside the field's bounds."
        case .badFormat: "Text that is not in the field's format."
        case .notAChoice: "A word that is none of those the field takes."
        case .ambiguousScalar:
            "A plain scalar that YAML readers disagree about, such as yes or 0x1F."
        case .secretLiteral: "A secret, or what looks like one, instead of a reference."
        case .secretNotAllowed: "A reference to a variable that the fleet does not allow here."
        case .hostNotAllowed: "An address on a host that the fleet does not list."
        case .invalidSpec: "Fields that contradict each other or that need each other."
        case .invalidRule: "The rule of a policy that is not Lua."
        case .unknownKind: "A kind that this version does not know."
        case .wrongPlace: "A document in a folder, or under a name, where it does not belong."
        case .duplicateResource: "A second declaration of the same resource."
        case .missingResource: "A resource that must be there and is not."
        case .danglingReference: "A name that no resource bears."
        case .neverFires: "A schedule without a single post."
        case .unreadable: "A file that could not be read."
        case .emptyFile: "A file that declares nothing."
        case .unused: "Something that is declared and has no effect."
        case .overQuota: "More posts than the quota allows."
        case .unsupported: "Something that this version refuses because it would ignore it."
        case .tooMany: "More problems in one file than are listed."
        }
    }
}
