extension PerformOutcome {
    /// Why nothing was changed, as a sentence without a full stop; nil where it is done.
    public var obstacle: String? {
        switch self {
        case .done: nil
        case .stale(let address, let found):
            "\(address) moved since the plan was made: \(found)"
        case .failed(let error): "\(error)"
        }
    }
}
