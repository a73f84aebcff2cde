import Foundation
import Synchronization

/// SIGTERM and SIGINT as a request to stop.
///
/// The first one asks; the second one ends the process at once, which is safe: an apply that is
/// killed leaves nothing half done.
struct StopSignals {
    /// What tells whether a signal has come.
    let request: StopRequest
    private let sources: [any DispatchSourceSignal]

    /// Listens for as long as the value lives.
    ///
    /// - Parameter asked: is told of the first signal.
    init(asked: @escaping @Sendable () -> Void) {
        let request = StopRequest()
        self.request = request
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if request.ask() { return asked() }
                // The default action, so that the parent sees what ended it.
                signal(number, SIG_DFL)
                kill(getpid(), number)
            }
            source.resume()
            return source
        }
    }
}

/// Whether a stop was asked for.
final class StopRequest: Sendable {
    private let asked = Mutex(false)

    /// Whether it was.
    var isAsked: Bool { asked.withLock { $0 } }

    /// Asks.
    ///
    /// - Returns: whether this was the first time.
    func ask() -> Bool {
        asked.withLock { asked in
            defer { asked = true }
            return !asked
        }
    }
}
