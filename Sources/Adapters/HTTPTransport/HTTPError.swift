internal import CCurl

/// Why a request got no whole answer. An answer with a status such as 404 is no error here.
public struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What happened, for code that decides by it.
    public enum Reason: Sendable, Equatable {
        /// The host's, or the proxy's, name has no address.
        case nameNotResolved
        /// No connection could be made.
        case unreachable
        /// The certificate is not trusted, or TLS could not be agreed on.
        case notTrusted
        /// The file of authorities cannot be read.
        case caFileUnusable
        /// The connection, or the next byte, took longer than allowed.
        case timedOut
        /// The connection broke, or the answer ended early.
        case interrupted
        /// The body is larger than allowed.
        case tooLarge
        /// The answer breaks the protocol, or the request cannot be made.
        case malformed
        /// The caller gave up.
        case cancelled
    }

    /// What happened.
    public let reason: Reason
    /// libcurl's code (`CURLE_…`); 0 where libcurl did not fail.
    public let code: Int
    /// libcurl's words for this failure.
    public let message: String

    /// libcurl's words and code.
    public var description: String {
        code == 0 ? message : "\(message) (libcurl \(code))"
    }

    static let cancelled = HTTPError(
        reason: .cancelled,
        code: 0,
        message: "the request was given up"
    )

    init(reason: Reason, code: Int, message: String) {
        self.reason = reason
        self.code = code
        self.message = message
    }

    /// The error for a libcurl code; `detail` is what libcurl wrote for this very transfer, which
    /// may be empty.
    init(_ code: CURLcode, detail: String) {
        let general = String(cString: curl_easy_strerror(code))
        self.init(
            reason: Reason(code),
            code: Int(code.rawValue),
            message: detail.isEmpty ? general : detail
        )
    }
}

extension HTTPError.Reason {
    /// Sorts libcurl's codes (libcurl-errors(3)) by what the caller can do about them.
    init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameNotResolved
            case CURLE_COULDNT_CONNECT, CURLE_PROXY: .unreachable
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ISSUER_ERROR,
                CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
                .notTrusted
            case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE: .caFileUnusable
            case CURLE_OPERATION_TIMEDOUT: .timedOut
            case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE,
                CURLE_HTTP2_STREAM, CURLE_SSL_SHUTDOWN_FAILED:
                .interrupted
            case CURLE_FILESIZE_EXCEEDED: .tooLarge
            case CURLE_ABORTED_BY_CALLBACK: .cancelled
            default: .malformed
            }
    }
}
