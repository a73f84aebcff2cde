import Foundation

@testable import GitSource

/// nginx with TLS under a certificate authority of its own, in front of `git http-backend`.
///
/// `/open/…` is for everybody, `/private/…` wants a token, `/forbidden/…` refuses every token,
/// `/moved/…` redirects to `/open/…`, `/away/…` to another host, `/broken/…` fails, and `/page/…`
/// is a web page.
struct HTTPSServer {
    static let token = "sesame-0f4c"

    let scratch: Scratch
    let port: Int
    private let backend: Server
    private let server: Server

    init(serving root: String, in scratch: Scratch) throws {
        self.scratch = scratch
        let authority = try CertificateAuthority(in: scratch, named: "ca")
        try authority.issue("server", names: "DNS:localhost,IP:127.0.0.1")
        _ = try CertificateAuthority(in: scratch, named: "stranger")
        try scratch.write("x-access-token:{PLAIN}\(Self.token)\n", to: "htpasswd")
        let port = try Loopback.freePort()
        self.port = port
        let file = try scratch.write(
            Self.configuration(port: port, root: root, scratch),
            to: "nginx.conf"
        )
        let socket = scratch("cgi")
        backend = try Server(.fcgiwrap, ["-s", "unix:\(socket)"], log: scratch("cgi.log")) {
            FileManager.default.fileExists(atPath: socket)
        }
        let arguments = ["-p", scratch.path, "-c", file, "-e", "stderr"]
        server = try Server(.nginx, arguments, log: scratch("nginx.log")) { Loopback.accepts(port) }
    }

    var caFile: String { scratch("ca.pem") }

    func address(_ path: String) -> String { "https://localhost:\(port)/\(path)" }

    private static func configuration(port: Int, root: String, _ scratch: Scratch) throws -> String
    {
        """
        \(getuid() == 0 ? "user root;" : "")
        daemon off; worker_processes 1; pid \(scratch("nginx.pid"));
        error_log stderr;
        events {}
        http {
            access_log \(scratch("access.log"));
            client_body_temp_path \(scratch("t1")); proxy_temp_path \(scratch("t2"));
            fastcgi_temp_path \(scratch("t3")); uwsgi_temp_path \(scratch("t4"));
            scgi_temp_path \(scratch("t5"));
            server {
                listen 127.0.0.1:\(port) ssl;
                ssl_certificate \(scratch("server.pem"));
                ssl_certificate_key \(scratch("server.key"));
                \(locations(port: port, backend: try backend(root: root, scratch), scratch))
            }
        }
        """
    }

    private static func locations(port: Int, backend: String, _ scratch: Scratch) -> String {
        """
        location ~ ^/open(/.*)$ { \(backend) }
        location ~ ^/private(/.*)$ {
            auth_basic fleet; auth_basic_user_file \(scratch("htpasswd")); \(backend)
        }
        location /forbidden/ { return 403; }
        location /broken/ { return 503; }
        location /page/ { default_type text/html; return 200 "<h1>Sign in</h1>"; }
        location ~ ^/moved(/.*)$ {
            return 301 https://localhost:\(port)/open$1$is_args$args;
        }
        location ~ ^/away(/.*)$ { return 302 https://example.org$1$is_args$args; }
        location /circle/ { return 302 $request_uri; }
        """
    }

    private static func backend(root: String, _ scratch: Scratch) throws -> String {
        """
        include /etc/nginx/fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \(try Tool.git.run(["--exec-path"]))/git-http-backend;
        fastcgi_param GIT_HTTP_EXPORT_ALL 1;
        fastcgi_param GIT_CONFIG_NOSYSTEM 1;
        fastcgi_param GIT_CONFIG_GLOBAL /nonexistent/gitconfig;
        fastcgi_param GIT_PROJECT_ROOT \(root);
        fastcgi_param PATH_INFO $1;
        fastcgi_param REMOTE_USER $remote_user;
        fastcgi_pass unix:\(scratch("cgi"));
        """
    }
}

/// A certificate authority for one test, made by openssl.
struct CertificateAuthority {
    private let scratch: Scratch
    private let name: String

    /// Makes `<name>.pem` and `<name>.key`.
    init(in scratch: Scratch, named name: String) throws {
        self.scratch = scratch
        self.name = name
        try Tool.openssl.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=\(name)", "-keyout", scratch("\(name).key"),
            "-out", scratch("\(name).pem"),
        ])
    }

    /// Makes `<file>.pem` and `<file>.key` for a server with these names.
    func issue(_ file: String, names: String) throws {
        try Tool.openssl.run([
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-subj", "/CN=server", "-keyout", scratch("\(file).key"), "-out",
            scratch("\(file).csr"),
        ])
        let extensions = try scratch.write("subjectAltName=\(names)\n", to: "\(file).ext")
        try Tool.openssl.run([
            "x509", "-req", "-days", "2", "-in", scratch("\(file).csr"), "-CA",
            scratch("\(name).pem"),
            "-CAkey", scratch("\(name).key"), "-CAcreateserial", "-extfile", extensions,
            "-out", scratch("\(file).pem"),
        ])
    }
}
