import ClaraModel
import Foundation
import Planning
import Testing

@testable import LiveSystem

/// Who may write: one holder at a time, and nobody who is late.
@Suite struct LockTests {
    private let protection = Protection(reason: "launch", by: "dana", since: .testNow)

    /// What an attempt to write was refused with; nil where it was written.
    private func loss(of locked: LockedStore) async throws -> LockLoss? {
        do {
            try await locked.protect(.client, protection)
            return nil
        } catch {
            guard case .lockLost(let loss) = error else { throw error }
            return loss
        }
    }

    @Test("a second holder is told who holds the lock, on which host and since when")
    func held() async throws {
        try await TemporaryStore.with { temporary, first in
            temporary.clock.advance(TimeSpan(seconds: 30))
            guard case .held(let holder) = try await temporary.open().lock(.test(2)) else {
                Issue.record("two hold the lock")
                return
            }
            #expect(holder.holder == "person-1" && holder.host == "host-1")
            #expect(holder.since == .testNow)
            #expect(holder.token == first.token)
            #expect(try await first.store.lockHolder() == holder)
            #expect("\(holder)".contains("person-1 on host-1 since 2026-11-23T14:00:00Z (token 1"))
        }
    }

    @Test("a lock that was released is free, and its next token is higher")
    func release() async throws {
        try await TemporaryStore.with { temporary, first in
            #expect(try await first.release())
            #expect(try await first.release() == false)
            #expect(try await first.store.lockHolder() == nil)
            let second = try await temporary.lock(.test(2))
            #expect(second.token == first.token + 1)
            #expect(try await loss(of: first)?.holder?.token == second.token)
            #expect(try await loss(of: second) == nil)
        }
    }

    @Test("a lease that is over is taken over, and the former holder writes nothing")
    func takeover() async throws {
        try await TemporaryStore.with { temporary, first in
            temporary.clock.advance(.minutes(1))
            #expect(try await first.store.lockHolder() == nil, "it could not write any more")
            let second = try await temporary.lock(.test(2))
            #expect(second.token == first.token + 1)
            let loss = try #require(try await loss(of: first))
            #expect(loss.holder?.holder == "person-2")
            #expect("\(StoreError.lockLost(loss))".contains("person-2 on host-2"))
            #expect(try await temporary.rows("SELECT * FROM protections").isEmpty)
            await #expect(throws: StoreError.lockLost(loss)) { try await first.renew() }
        }
    }

    @Test("a lease that is over ends writing, also where nobody has taken the lock")
    func lateWriter() async throws {
        try await TemporaryStore.with { temporary, locked in
            temporary.clock.advance(TimeSpan(seconds: 59))
            let early = try await loss(of: locked)
            #expect(early == nil)
            temporary.clock.advance(.minutes(1))
            let late = try await loss(of: locked)
            #expect(late == LockLoss(token: locked.token, holder: nil))
        }
    }

    @Test(
        "a process that is stopped in the middle of a commit keeps nothing of it",
        arguments: [1, 2],
        [TimeSpan.zero, TimeSpan(seconds: 30)]
    )
    func stoppedInside(_ askings: Int, _ age: TimeSpan) async throws {
        try await TemporaryStore.with { temporary, locked in
            temporary.clock.advance(age)
            temporary.clock.leap(.hours(1), afterAskings: askings)
            let loss = try await loss(of: locked)
            #expect(loss != nil)
            let rows = try await temporary.rows("SELECT * FROM protections")
            #expect(rows.isEmpty)
        }
    }

    @Test("a renewed lease counts from its renewal")
    func renewal() async throws {
        try await TemporaryStore.with { temporary, locked in
            temporary.clock.advance(TimeSpan(seconds: 50))
            let lease = try await locked.renew()
            #expect(lease.end == Instant.testNow + TimeSpan(seconds: 110))
            #expect(try await locked.store.lockHolder()?.expiresAt == lease.end)
            temporary.clock.advance(TimeSpan(seconds: 50))
            #expect(try await loss(of: locked) == nil)
        }
    }

    @Test("whoever goes on writing keeps the lock, and a lock that is lost is not renewed")
    func renewalByWriting() async throws {
        try await TemporaryStore.with { temporary, locked in
            for _ in 0..<10 {
                temporary.clock.advance(TimeSpan(seconds: 50))
                let loss = try await loss(of: locked)
                #expect(loss == nil)
            }
            temporary.clock.advance(.minutes(1))
            let (first, second) = (try await loss(of: locked), try await loss(of: locked))
            #expect(first != nil && second != nil)
        }
    }

    @Test("work that writes nothing for longer than a lease keeps the lock")
    func renewalMeanwhile() async throws {
        try await TemporaryStore.with { temporary, locked in
            let clock = temporary.clock
            try await locked.keepingAlive(
                sleep: { span in
                    try Task.checkCancellation()
                    clock.advance(span)
                },
                {
                    while clock.now < Instant.testNow + .minutes(10) { await Task.yield() }
                    let loss = try await loss(of: locked)
                    #expect(loss == nil)
                }
            )
            let end = locked.lease.end
            #expect(end > Instant.testNow + .minutes(10))
            #expect(try await locked.store.lockHolder()?.expiresAt == end)
        }
    }

    @Test(
        "a lease is due for renewal after a third of it and over at its end",
        arguments: [(0, false, false), (19, false, false), (20, true, false), (60, true, true)]
    )
    func lease(_ seconds: Int64, _ isDue: Bool, _ isOver: Bool) {
        let lease = Lease(renewedAt: .testNow, duration: .minutes(1))
        let now = Instant.testNow + TimeSpan(seconds: seconds)
        #expect(lease.isDue(at: now) == isDue)
        #expect(lease.isOver(at: now) == isOver)
    }

    @Test("the lock of a process that is gone is taken over at once")
    func goneProcess() async throws {
        try await TemporaryStore.with { temporary, first in
            let store = try await temporary.open(gone: [.test(1)])
            #expect(try await store.lockHolder() == nil)
            let second = try await store.acquired(.test(2))
            #expect(second.token == first.token + 1)
            #expect(try await loss(of: first) != nil)
            await #expect(throws: LiveStore.Held.self) {
                try await temporary.open(gone: [.test(1)]).acquired(.test(3))
            }
        }
    }

    @Test("unlocking needs the token that holds the lock")
    func unlock() async throws {
        try await TemporaryStore.with { _, locked in
            let wrong = try await locked.store.unlock(token: locked.token + 1)
            #expect(wrong == false)
            #expect(try await loss(of: locked) == nil)
            #expect(try await locked.store.unlock(token: locked.token))
            #expect(try await locked.store.unlock(token: locked.token) == false)
            #expect(try await loss(of: locked) != nil)
        }
    }

    @Test("tokens only grow, whatever happens between two holders")
    func tokens() async throws {
        try await TemporaryStore.with { temporary, first in
            var tokens = [first.token]
            _ = try await first.release()
            for number in Int32(2)..<8 {
                let locked = try await temporary.lock(.test(number))
                tokens.append(locked.token)
                switch number % 3 {
                case 0: _ = try await locked.release()
                case 1: temporary.clock.advance(.hours(1))
                default: _ = try await locked.store.unlock(token: locked.token)
                }
            }
            #expect(tokens == tokens.sorted() && Set(tokens).count == tokens.count)
        }
    }

    @Test("this process runs, its id under another start time does not")
    func processes() throws {
        let own = ProcessIdentity.current()
        #expect(!own.isGone())
        #expect(try ProcessIdentity(parsing: own.description) == own)
        func changed(boot: String? = nil, namespace: String? = nil) -> ProcessIdentity {
            ProcessIdentity(
                boot: boot ?? own.boot,
                namespace: namespace ?? own.namespace,
                id: own.id,
                startTime: own.startTime + 1
            )
        }
        #expect(changed().isGone())
        #expect(!changed(boot: "another").isGone(), "another machine's processes are not known")
        #expect(!changed(namespace: "pid:[0]").isGone(), "another container's are not, either")
        #expect(throws: FormatError.self) { try ProcessIdentity(parsing: "host 7") }
    }

    @Test("a process that the kernel hides runs as long as a signal would reach it")
    func hiddenProcesses() throws {
        let nothing = FileManager.default.temporaryDirectory.path + "/clara-no-processes"
        let own = ProcessIdentity.current()
        #expect(!own.isGone(showing: nothing))
        let child = try Process.run(URL(fileURLWithPath: "/bin/true"), arguments: [])
        child.waitUntilExit()
        let ended = ProcessIdentity(
            boot: own.boot,
            namespace: own.namespace,
            id: child.processIdentifier,
            startTime: own.startTime
        )
        #expect(ended.isGone(showing: nothing))
    }
}
