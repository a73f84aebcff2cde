internal import CCurl

/// What libcurl's callbacks have received for the current request, until the caller takes it.
///
/// The callbacks run inside calls of ``HTTPSession`` on the same thread, so nothing here is shared.
final class Intake {
    /// Bytes that may wait to be taken before libcurl is told to pause: some tens of network reads,
    /// so that memory stays flat and the connection busy.
    static let highWater = 256 << 10

    /// Bytes of a head: many times the largest that servers send (they themselves refuse 8 to 32
    /// KiB).
    private static let headLimit = 256 << 10

    private(set) var head = HTTPHead(status: 0, fields: [])
    private(set) var headIsComplete = false
    /// Why a callback refused to go on; nil while nothing is wrong.
    private(set) var refusal: HTTPError?
    var isPaused = false

    private let limit: Int
    private var headSize = 0
    private var received = 0
    private var body: [UInt8] = []
    private var taken = 0

    init(limit: Int) {
        self.limit = limit
    }

    func reset() {
        head = HTTPHead(status: 0, fields: [])
        (headIsComplete, isPaused, refusal) = (false, false, nil)
        (headSize, received, taken) = (0, 0, 0)
        body.removeAll(keepingCapacity: true)
    }

    var hasBody: Bool { taken < body.count }

    func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, body.count - taken)
        body.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[taken..<taken + count])) }
        taken += count
        if taken == body.count {
            body.removeAll(keepingCapacity: true)
            taken = 0
        }
        return count
    }

    /// Takes a line of a head; false refuses it.
    func receive(headLine line: UnsafeRawBufferPointer) -> Bool {
        headSize += line.count
        guard headSize <= Self.headLimit else {
            return refuse("the head of the answer is too large")
        }
        let text = String(decoding: line, as: UTF8.self).trimmingBlanks
        if text.hasPrefix("HTTP/") {
            let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            head = HTTPHead(status: status ?? 0, fields: [])
        } else if text.isEmpty {
            // An interim answer (1xx) is followed by the real one.
            headIsComplete = head.status >= 200
        } else if let colon = text.firstIndex(of: ":") {
            let value = String(text[text.index(after: colon)...]).trimmingBlanks
            head.fields.append(HTTPField(String(text[..<colon]), value))
        }
        return true
    }

    /// Takes a piece of the body, which libcurl sends again after a pause.
    func receive(body piece: UnsafeRawBufferPointer) -> Int {
        if body.count - taken >= Self.highWater {
            isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        received += piece.count
        guard received <= limit else {
            _ = refuse("the answer is larger than \(limit) bytes", .tooLarge)
            return 0
        }
        body.append(contentsOf: piece)
        return piece.count
    }

    private func refuse(_ why: String, _ reason: HTTPError.Reason = .malformed) -> Bool {
        refusal = HTTPError(reason: reason, code: 0, message: why)
        return false
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let isBlank = { (character: Character) in character.isWhitespace || character.isNewline }
        let start = drop(while: isBlank)
        return String(start.reversed().drop(while: isBlank).reversed())
    }
}
