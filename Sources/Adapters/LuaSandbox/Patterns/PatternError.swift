/// Why a pattern cannot be matched; the texts are Lua's own.
enum PatternError: Error, Sendable, Hashable {
    case endsWithPercent
    case missingBracket
    case missingFrontierSet
    case missingBalanceArguments
    case tooComplex
    case tooManyCaptures
    case badPatternCapture
    case unfinishedCapture
    case badCaptureIndex(Int)
    /// The steps are used up.
    case spent

    var message: String {
        switch self {
        case .endsWithPercent: "malformed pattern (ends with '%')"
        case .missingBracket: "malformed pattern (missing ']')"
        case .missingFrontierSet: "missing '[' after '%f' in pattern"
        case .missingBalanceArguments: "malformed pattern (missing arguments to '%b')"
        case .tooComplex: "pattern too complex"
        case .tooManyCaptures: "too many captures"
        case .badPatternCapture: "invalid pattern capture"
        case .unfinishedCapture: "unfinished capture"
        case .badCaptureIndex(let index): "invalid capture index %\(index)"
        case .spent: "the search takes too long"
        }
    }
}
