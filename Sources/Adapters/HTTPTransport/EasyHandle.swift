internal import CCurl

/// The one owner of a libcurl easy handle, and the options that a request becomes.
struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private let fields = FieldList()

    init() throws(HTTPError) {
        guard let pointer = curl_easy_init() else { throw HTTPError(CURLE_FAILED_INIT, detail: "") }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        errorText.deallocate()
    }

    /// What libcurl wrote about the transfer that failed.
    var detail: String { String(cString: errorText) }

    /// Forgets the last request and takes the next one. Connections are kept.
    borrowing func prepare(
        _ request: HTTPRequest,
        _ settings: HTTPSettings,
        _ intake: Intake
    ) throws(HTTPError) {
        curl_easy_reset(pointer)
        errorText.pointee = 0
        try take(settings)
        try take(request)
        try deliver(to: intake)
    }

    private borrowing func take(_ settings: HTTPSettings) throws(HTTPError) {
        try check(curlSet(pointer, CURLOPT_ERRORBUFFER, pointer: errorText))
        // Timeouts must not use signals in a program with threads.
        try check(curlSet(pointer, CURLOPT_NOSIGNAL, long: 1))
        try check(curlSet(pointer, CURLOPT_PROTOCOLS_STR, string: "https,http"))
        try check(curlSet(pointer, CURLOPT_SSL_VERIFYPEER, long: 1))
        try check(curlSet(pointer, CURLOPT_SSL_VERIFYHOST, long: 2))
        try check(curlSet(pointer, CURLOPT_SSLVERSION, long: Int(CURL_SSLVERSION_TLSv1_2)))
        if let caFile = settings.caFile {
            try check(curlSet(pointer, CURLOPT_CAINFO, string: caFile))
            // Debian's libcurl also looks into a folder of authorities, and a file that is named
            // replaces them all.
            try check(curlSet(pointer, CURLOPT_CAPATH, string: nil))
        }
        try check(curlSet(pointer, CURLOPT_FOLLOWLOCATION, long: 0))
        let connect = settings.connectTimeout.milliseconds
        try check(curlSet(pointer, CURLOPT_CONNECTTIMEOUT_MS, long: connect))
        // Fewer than one byte a second, for so many seconds.
        try check(curlSet(pointer, CURLOPT_LOW_SPEED_LIMIT, long: 1))
        let stall = max(1, settings.stallTimeout.milliseconds / 1_000)
        try check(curlSet(pointer, CURLOPT_LOW_SPEED_TIME, long: stall))
        try check(curlSet(pointer, CURLOPT_USERAGENT, string: settings.userAgent))
        // The answer of a proxy to CONNECT is not the answer.
        try check(curlSet(pointer, CURLOPT_SUPPRESS_CONNECT_HEADERS, long: 1))
    }

    private borrowing func take(_ request: HTTPRequest) throws(HTTPError) {
        try check(curlSet(pointer, CURLOPT_URL, string: request.url))
        if case .post(let body) = request.method {
            try check(curlSet(pointer, CURLOPT_POSTFIELDSIZE_LARGE, size: curl_off_t(body.count)))
            try check(
                body.withUnsafeBytes {
                    curlSet(
                        pointer,
                        CURLOPT_COPYPOSTFIELDS,
                        pointer: $0.baseAddress ?? .init(pointer)
                    )
                }
            )
        }
        if let credential = request.credential {
            try check(curlSet(pointer, CURLOPT_HTTPAUTH, long: CLARA_CURLAUTH_BASIC))
            try check(curlSet(pointer, CURLOPT_USERNAME, string: credential.username))
            try check(curlSet(pointer, CURLOPT_PASSWORD, string: credential.password))
        }
        guard request.fields.allSatisfy(\.isSafe) else {
            throw HTTPError(
                reason: .malformed,
                code: 0,
                message: "a header field holds a control character"
            )
        }
        // Without `Expect`, which costs a round trip and which some servers do not answer.
        fields.replace(with: request.fields + [HTTPField("Expect", "")])
        try check(curlSet(pointer, CURLOPT_HTTPHEADER, list: fields.first))
    }

    private borrowing func deliver(to intake: Intake) throws(HTTPError) {
        let context = UnsafeRawPointer(Unmanaged.passUnretained(intake).toOpaque())
        try check(curlSet(pointer, CURLOPT_HEADERDATA, pointer: context))
        try check(curlSet(pointer, CURLOPT_WRITEDATA, pointer: context))
        try check(
            curlSet(pointer, CURLOPT_HEADERFUNCTION) { bytes, _, count, context in
                guard let context else { return 0 }
                let intake = Unmanaged<Intake>.fromOpaque(context).takeUnretainedValue()
                let line = UnsafeRawBufferPointer(start: bytes, count: count)
                return intake.receive(headLine: line) ? count : 0
            }
        )
        try check(
            curlSet(pointer, CURLOPT_WRITEFUNCTION) { bytes, _, count, context in
                guard let context else { return 0 }
                let intake = Unmanaged<Intake>.fromOpaque(context).takeUnretainedValue()
                return intake.receive(body: UnsafeRawBufferPointer(start: bytes, count: count))
            }
        )
    }

    private borrowing func check(_ code: CURLcode) throws(HTTPError) {
        if code != CURLE_OK { throw HTTPError(code, detail: detail) }
    }
}

/// The one owner of a libcurl multi handle, which keeps the connections.
struct MultiHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    init() throws(HTTPError) {
        guard let pointer = curl_multi_init() else {
            throw HTTPError(CURLE_FAILED_INIT, detail: "")
        }
        self.pointer = pointer
    }

    deinit {
        curl_multi_cleanup(pointer)
    }
}

/// The header fields in libcurl's form, which must outlive the transfer.
private final class FieldList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    func replace(with fields: [HTTPField]) {
        curl_slist_free_all(first)
        first = fields.reduce(nil) { list, field in
            // The list stays as it was when memory ends.
            curl_slist_append(list, "\(field.name):\(field.value.isEmpty ? "" : " \(field.value)")")
                ?? list
        }
    }

    deinit {
        curl_slist_free_all(first)
    }
}

extension HTTPField {
    /// Whether the field is one line, and so cannot smuggle in another.
    fileprivate var isSafe: Bool {
        (Array(name.utf8) + Array(value.utf8)).allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }
}

extension Duration {
    /// Whole milliseconds, as libcurl counts.
    fileprivate var milliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
