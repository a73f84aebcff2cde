import Testing

@testable import GitSource

@Suite("An address")
struct SourceAddressTests {
    @Test(
        "is read into place and folder, and prints as it was meant",
        arguments: [
            (".", ".", ""), ("./fleet", "./fleet", ""), ("/srv/fleet.git", "/srv/fleet.git", ""),
            ("./fleet.git//examples/", "./fleet.git//examples", "examples"),
            ("/tmp//fleet", "/tmp//fleet", ""),
            ("//srv/fleet.git//a/./b", "//srv/fleet.git//a/b", "a/b"),
            ("C:odd/but/local".replacing(":", with: "/"), "C/odd/but/local", ""),
            ("./a:b", "./a:b", ""),
            ("file:///srv/fleet.git", "file:///srv/fleet.git", ""),
            ("file:///srv/fleet.git//deep/er", "file:///srv/fleet.git//deep/er", "deep/er"),
            ("https://Git.Example.org/a/b.git", "https://git.example.org/a/b.git", ""),
            ("https://git.example.org:8443/a.git//x", "https://git.example.org:8443/a.git//x", "x"),
            ("ssh://git@host/a.git", "ssh://git@host/a.git", ""),
            ("ssh://git@[::1]:2222/a.git", "ssh://git@[::1]:2222/a.git", ""),
            ("git@host:team/a.git//x", "ssh://git@host/team/a.git//x", "x"),
        ]
    )
    func reading(text: String, shown: String, folder: String) throws {
        let address = try SourceAddress(parsing: text)
        #expect(address.description == shown)
        #expect(address.folder == folder)
    }

    @Test("never shows the password or token that it holds")
    func secret() throws {
        let address = try SourceAddress(parsing: "https://me:hunter%402@host/a.git")
        #expect(address.description == "https://host/a.git")
        guard case .remote(let remote) = address.place else { return }
        #expect(remote.user == "me")
        #expect(remote.password == "hunter@2")
    }

    @Test(
        "that cannot be meant is an error without its secret",
        arguments: [
            "", "http://me:hunter2@host/a.git", "git://host/a", "ftp://me:hunter2@host/a",
            "https://me:hunter2@host", "https://me:hunter2@/a", "https://host:99999/a",
            "https://host/a?ref=x", "ssh://-oProxyCommand=x/a", "./a.git//../b", "./a.git//.git",
            "file://relative", "https://[::1/a", "./a\nb",
        ]
    )
    func refused(text: String) throws {
        let error = #expect(throws: GitError.self) { _ = try SourceAddress(parsing: text) }
        let found = try #require(error)
        guard case .invalidAddress = found.reason else {
            Issue.record("\(text) gave \(found)")
            return
        }
        #expect(!found.description.contains("hunter2"))
    }

    @Test("an id is 40 hexadecimal digits and nothing else")
    func objectID() {
        let hex = "0123456789abcdef0123456789abcdef01234567"
        #expect(ObjectID(hex: hex)?.description == hex)
        #expect(ObjectID(hex: String(hex.dropLast())) == nil)
        #expect(ObjectID(hex: hex.replacing("0", with: "g")) == nil)
        #expect(ObjectID(hex: hex)?.bytes.count == 20)
        #expect(ObjectID(bytes: ObjectID(hex: hex)?.bytes ?? []) == ObjectID(hex: hex))
    }

    @Test("a token never appears in a description, an interpolation or a dump")
    func token() {
        let token = AccessToken("hunter2")
        var dumped = ""
        dump(GitOptions(cacheDirectory: "/", token: token), to: &dumped)
        #expect(!dumped.contains("hunter2"))
        #expect(!"\(token)\(String(reflecting: token))".contains("hunter2"))
    }

    @Test(
        "no error about an address shows what may be a password or a token",
        arguments: [
            "https://host/r.git?private_token=hunter2", "https://me:pa/hunter2@host/r",
            "https:/me:hunter2@host/r", "https://host:hunter2/r", "http://me:hunter2@host/r",
            "https://host/r#hunter2",
        ]
    )
    func hidden(text: String) {
        do {
            _ = try SourceAddress(parsing: text)
            Issue.record("accepted")
        } catch {
            #expect(!"\(error)".contains("hunter2"), "\(error)")
        }
    }
}
