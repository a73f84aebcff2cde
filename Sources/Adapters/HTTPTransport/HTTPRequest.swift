/// A field of a message's head. Names are compared without regard to case (RFC 9110, 5.1).
public struct HTTPField: Sendable, Equatable {
    /// The name, as it was given or received.
    public var name: String
    /// The value, without the blanks around it.
    public var value: String

    /// Names a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What is asked of a server.
public struct HTTPRequest: Sendable {
    /// The methods that are used.
    public enum Method: Sendable {
        /// Asks for the resource.
        case get
        /// Sends these bytes; the length is announced, as they are all known.
        case post([UInt8])
    }

    /// What is done.
    public var method: Method
    /// The absolute URL, `https` or `http`, without user information.
    public var url: String
    /// Fields beside those that libcurl sets itself. A field with an empty value is not sent at
    /// all.
    public var fields: [HTTPField]
    /// What identifies the caller; nil for an anonymous request.
    public var credential: HTTPCredential?

    /// Describes a request.
    public init(
        _ method: Method,
        _ url: String,
        fields: [HTTPField] = [],
        credential: HTTPCredential? = nil
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.credential = credential
    }
}

/// A user name and a password for basic authentication (RFC 7617), sent with the first request
/// already.
public struct HTTPCredential: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    let username: String
    let password: String

    /// Wraps a credential.
    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }

    /// A placeholder.
    public var description: String { "<hidden>" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The head of an answer.
public struct HTTPHead: Sendable, Equatable {
    /// The status code (RFC 9110, 15).
    public var status: Int
    /// The fields, in the order received.
    public var fields: [HTTPField]

    /// The value of the first field with this name.
    public subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }
}

/// What holds for every request of a session.
public struct HTTPSettings: Sendable {
    /// How long a connection may take, name resolution and TLS included.
    public var connectTimeout: Duration
    /// How long an answer may pause.
    public var stallTimeout: Duration
    /// The largest body that is accepted, in bytes.
    public var largestBody: Int
    /// A file of PEM certificates in place of the system's authorities.
    public var caFile: String?
    /// Sent as `User-Agent`.
    public var userAgent: String

    /// Settings with the defaults of each field: 10 s, 60 s, and 1 GiB, which is more than a fleet
    /// can be.
    public init(
        connectTimeout: Duration = .seconds(10),
        stallTimeout: Duration = .seconds(60),
        largestBody: Int = 1 << 30,
        caFile: String? = nil,
        userAgent: String = "clara"
    ) {
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.largestBody = largestBody
        self.caFile = caFile
        self.userAgent = userAgent
    }
}
