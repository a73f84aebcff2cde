internal import CCurl

/// Speaks HTTP for whoever needs it: one request after another on the caller's thread, over
/// connections that are kept.
///
/// Owns libcurl and what is always true of our connections: certificates are checked, TLS is 1.2 at
/// least, redirects are the caller's decision, every wait has an end, and an answer larger than the
/// caller allows is an error. It never retries, never logs, and never puts a header, a body or a
/// credential into an error.
enum HTTPTransport {
    /// Starts libcurl once for the process; the result says whether it could be.
    static let started: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}
