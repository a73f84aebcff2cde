internal import CCurl

/// One request at a time, on the thread that calls; connections are kept for the next request.
///
/// A caller sends with ``begin(_:while:)``, which blocks until the head of the answer is there, and
/// then takes the body with ``read(into:while:)`` as it arrives. What is not read is not received:
/// the server waits. Beginning a request abandons the one before it.
public final class HTTPSession {
    private let settings: HTTPSettings
    private let easy: EasyHandle
    private let multi: MultiHandle
    private let intake: Intake
    /// Whether `easy` is in `multi`.
    private var isActive = false

    /// Makes a session without connecting to anything.
    /// - Throws: ``HTTPError/Reason/malformed`` when libcurl cannot be started.
    public init(_ settings: HTTPSettings) throws(HTTPError) {
        guard HTTPTransport.started == CURLE_OK else {
            throw HTTPError(HTTPTransport.started, detail: "")
        }
        self.settings = settings
        easy = try EasyHandle()
        multi = try MultiHandle()
        intake = Intake(limit: settings.largestBody)
    }

    deinit {
        finish()
    }

    /// Sends a request and blocks until the head of its answer has arrived.
    /// - Parameter goOn: Asked several times a second; false gives up.
    /// - Throws: ``HTTPError``. A status of any kind is no error.
    public func begin(
        _ request: HTTPRequest,
        while goOn: () -> Bool = { true }
    ) throws(HTTPError) -> HTTPHead {
        finish()
        intake.reset()
        try easy.prepare(request, settings, intake)
        curl_multi_add_handle(multi.pointer, easy.pointer)
        isActive = true
        try advance(while: goOn) { $0.headIsComplete }
        guard intake.headIsComplete else {
            throw HTTPError(CURLE_GOT_NOTHING, detail: "")
        }
        return intake.head
    }

    /// Takes the next bytes of the body, blocking until there are some; 0 at the end.
    /// - Parameter goOn: Asked several times a second; false gives up.
    /// - Throws: ``HTTPError``, also when the answer ends before its announced length.
    public func read(
        into buffer: UnsafeMutableRawBufferPointer,
        while goOn: () -> Bool = { true }
    ) throws(HTTPError) -> Int {
        guard !buffer.isEmpty else { return 0 }
        while !intake.hasBody {
            guard isActive else { return 0 }
            if intake.isPaused { try resume() }
            try advance(while: goOn) { $0.hasBody || $0.isPaused }
        }
        return intake.take(into: buffer)
    }

    /// Sends a request and hands its body over piece by piece.
    /// - Throws: ``HTTPError``.
    public func perform(
        _ request: HTTPRequest,
        while goOn: () -> Bool = { true },
        receiving: (UnsafeRawBufferPointer) -> Void
    ) throws(HTTPError) -> HTTPHead {
        let head = try begin(request, while: goOn)
        let piece = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Intake.highWater,
            alignment: 1
        )
        defer { piece.deallocate() }
        while true {
            let count = try read(into: piece, while: goOn)
            if count == 0 { return head }
            receiving(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
    }

    /// How long one wait for the network lasts before `goOn` is asked again, in milliseconds.
    private static let pollInterval: Int32 = 200

    /// Lets libcurl work, and waits for the network where it must, until something has come in or
    /// the transfer ends.
    private func advance(while goOn: () -> Bool, until: (Intake) -> Bool) throws(HTTPError) {
        while isActive, !until(intake) {
            guard goOn() else {
                finish()
                throw .cancelled
            }
            var running: Int32 = 0
            let code = curl_multi_perform(multi.pointer, &running)
            guard code == CURLM_OK else { throw failed(CURLE_FAILED_INIT) }
            if try takeResult() || until(intake) { return }
            curl_multi_poll(multi.pointer, nil, 0, Self.pollInterval, nil)
        }
    }

    private func resume() throws(HTTPError) {
        intake.isPaused = false
        let code = curl_easy_pause(easy.pointer, CURLPAUSE_CONT)
        guard code == CURLE_OK else { throw failed(code) }
    }

    /// Whether the transfer has ended.
    private func takeResult() throws(HTTPError) -> Bool {
        var result = CURLE_OK
        guard curlNextResult(multi.pointer, &result) == 1 else { return false }
        finish()
        guard result == CURLE_OK else { throw failed(result) }
        return true
    }

    private func failed(_ code: CURLcode) -> HTTPError {
        finish()
        return intake.refusal ?? HTTPError(code, detail: easy.detail)
    }

    private func finish() {
        guard isActive else { return }
        isActive = false
        curl_multi_remove_handle(multi.pointer, easy.pointer)
    }
}
