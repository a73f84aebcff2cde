import ArgumentParser
import ClaraModel
import Foundation
import LiveSystem

/// The options of a command that changes what is live.
struct LockOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How long to wait for whoever holds the lock. Default: 0s.",
            valueName: "duration"
        )
    )
    var lockTimeout: String?

    @Option(help: "Who orders this, for the journal. Default: the user.")
    var actor: String?

    /// Prepares to take the lock of a store.
    ///
    /// - Parameter store: open for writing.
    func locking(_ store: LiveStore, _ settings: Settings) throws -> Locking {
        Locking(
            store: store,
            actor: settings.value("actor", flag: actor) ?? Self.user(settings),
            patience: try patience(settings)
        )
    }

    private func patience(_ settings: Settings) throws -> TimeSpan {
        guard let text = settings.value("lock-timeout", flag: lockTimeout) else { return .zero }
        do {
            return try TimeSpan(parsing: text)
        } catch {
            throw CommandFailure.error("--lock-timeout: \(error)")
        }
    }

    /// Who is logged in; behind `sudo`, who called it.
    static func user(_ settings: Settings) -> String {
        ["SUDO_USER", "USER", "LOGNAME"].lazy.compactMap { settings.variables[$0] }
            .first { !$0.isEmpty } ?? NSUserName()
    }
}

/// Takes a store's lock for one operation and gives it back.
struct Locking {
    let store: LiveStore
    let actor: String
    let patience: TimeSpan

    /// How long to sleep between two attempts: a person does not notice it, and a database not
    /// either.
    private static let pause = Duration.milliseconds(250)

    /// Runs work under the lock.
    ///
    /// - Throws: `CommandFailure.refused` where somebody else holds it for longer than we wait.
    func perform<Result>(
        _ work: (LockedStore) async throws -> Result
    ) async throws -> Result {
        let locked = try await acquire()
        do {
            let result = try await locked.keepingAlive(
                sleep: { try await Task.sleep(for: .seconds($0.seconds)) },
                { try await work(locked) }
            )
            await release(locked)
            return result
        } catch {
            // The first error is the one to tell; a lock that stays behind runs out by itself.
            _ = try? await locked.release()
            throw error
        }
    }

    /// What was done is done, whatever becomes of the lock, which runs out by itself.
    private func release(_ locked: LockedStore) async {
        do {
            _ = try await locked.release()
        } catch {
            Console.note("the lock could not be given back, and ends by itself: \(error)")
        }
    }

    /// The machine, for the journal.
    var host: String { ProcessInfo.processInfo.hostName }

    private func acquire() async throws -> LockedStore {
        let deadline = ContinuousClock.now + .seconds(patience.seconds)
        while true {
            switch try await store.lock(request) {
            case .acquired(let locked): return locked
            case .held(let holder):
                guard ContinuousClock.now < deadline else {
                    throw CommandFailure.refused(holder.explanation)
                }
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    private var request: LockRequest {
        LockRequest(
            holder: actor,
            host: host,
            process: .current(),
            operation: OperationID(at: store.now(), random: .random(in: .min ... .max))
        )
    }
}

extension LockHolder {
    /// Who holds the lock, since when, and what to do about it.
    var explanation: String {
        "\(holder) on \(host) has held the lock since \(since), for operation \(operation), and may "
            + "keep it until \(expiresAt); nothing was changed. Wait for it (--lock-timeout 5m) or, "
            + "where that process is gone for good: clara unlock \(token)"
    }
}
