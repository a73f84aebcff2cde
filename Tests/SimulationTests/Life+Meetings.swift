import ClaraModel

@testable import LiveSystem

/// What somebody else left while a pass waited for a commit.
actor Meeting {
    private(set) var image: StoreImage?
    private(set) var tookTheLock = false

    func end(_ image: StoreImage, tookTheLock: Bool) {
        self.image = image
        self.tookTheLock = tookTheLock
    }
}

extension Life {
    /// Somebody acts while a pass waits for the commit with this number.
    func meet(_ meeting: Meeting, before commit: Int) async {
        let token = try? await store(on: driver).lockHolder()?.token
        do {
            try await actMeanwhile()
            let holder = try await store(on: driver).lockHolder()
            let isOver = holder.map { clock.now >= $0.expiresAt } ?? true
            let isLost = token != nil && (holder?.token != token || isOver)
            await meeting.end(try await StoreImage.take(driver), tookTheLock: isLost)
        } catch {
            expect(false, "whoever acts meanwhile meets no error: \(error)")
        }
    }

    private func actMeanwhile() async throws {
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            clock.jump(.minutes(2))
            tell("meanwhile the lease ends")
        case 1...3:
            tell("meanwhile somebody edits rows")
            try await editByHand(of: underway)
        case 4:
            tell("meanwhile somebody unlocks and applies")
            if let token = try await store(on: driver).lockHolder()?.token {
                _ = try await store(on: driver).unlock(token: token)
            }
            try await pass(.person)
        case 5:
            tell("meanwhile another applier is at work")
            try await pass(Bool.random(using: &random) ? .person : .loop)
        default:
            tell("meanwhile the lease ends, a commit comes, and another applier is at work")
            clock.jump(.minutes(2))
            commit()
            try await pass(.person)
        }
    }
}
