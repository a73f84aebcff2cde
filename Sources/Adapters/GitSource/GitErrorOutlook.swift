extension GitError {
    /// Whether the failure may mend itself, so that trying again later makes sense. The others last
    /// until a person changes something: an address, a key, a permission, the repository.
    public var isTransient: Bool {
        switch reason {
        case .unreachable, .dnsFailure, .timedOut, .unexpectedAnswer: true
        case .cacheBusy, .changedWhileReading, .cancelled: true
        // A full disk, or too many open files.
        case .cacheUnusable, .failed: true
        // A mirror was made anew already before this is reported; a push may be under way.
        case .corrupt: true
        case .invalidAddress, .notARepository, .emptyRepository, .referenceNotFound,
            .referenceAmbiguous, .folderNotFound:
            false
        case .denied, .repositoryNotFound, .certificateRefused, .hostKeyUnknown, .hostKeyChanged:
            false
        case .refusedPath, .unreadable: false
        }
    }
}
