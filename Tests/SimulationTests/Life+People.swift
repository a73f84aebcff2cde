import Applying
import ClaraModel
import Planning
import SQLDatabase

@testable import LiveSystem

/// What people do past git.
extension Life {
    /// Changes rows with a shell, or as the engine does.
    ///
    /// - Parameter tenants: one of these; none for anybody's.
    func editByHand(of tenants: [String] = []) async throws {
        let tenant = tenants.randomElement(using: &random) ?? someTenant
        let edit = HandEdit.all.randomElement(using: &random) ?? HandEdit.all[0]
        tell("by hand, \(tenant): \(edit.what)")
        let values = [SQLValue.text(tenant), .text(clock.now.description)]
        let statements = edit.statements.map { sql in
            let count = sql.contains("$2") ? 2 : 1
            return GuardedStatement(
                SQLStatement(sql, Array(values.prefix(count))),
                expects: .any,
                subject: "a shell"
            )
        }
        _ = try await driver.commit(TransactionGroup(opening: statements, transactions: []))
    }

    func protectSomething() async throws {
        let image = try await StoreImage.take(driver)
        guard let address = image.addresses.randomElement(using: &random) else { return }
        let isProtected = image.rows.keys.contains { $0 == .init(protectionOf: address) }
        tell("\(isProtected ? "unprotect" : "protect") \(address)")
        try await underLock { life, locked in
            if isProtected {
                _ = try await locked.unprotect(address)
            } else {
                let order = Protection(reason: "", by: "person", since: life.clock.now)
                try await locked.protect(address, order)
            }
        }
    }

    func overrideSomething() async throws {
        let image = try await StoreImage.take(driver)
        let tenants = image.rows.keys.filter { $0.table == "quotas" }.map(\.tenant).sorted()
        guard let tenant = tenants.randomElement(using: &random) else { return }
        let address = ResourceAddress(tenant: tenant, kind: .quota, name: "default")
        let value = Int.random(in: 1...4, using: &random)
        tell("override \(address) posts.perDay=\(value)")
        try await underLock { _, locked in
            _ = try await BreakGlass(locked, by: "person").override(
                address,
                try OverrideAssignment(parsing: "posts.perDay=\(value)"),
                for: .hours(2),
                reason: "simulated"
            )
        }
    }

    func restoreSomeone() async throws {
        let image = try await StoreImage.take(driver)
        guard let tenant = image.purges.keys.sorted().first else { return }
        tell("restore \(tenant)")
        try await underLock { _, locked in
            try await BreakGlass(locked, by: "person").restore(tenant, reason: "simulated")
        }
    }

    /// Gives an order while nothing fails; who holds the lock, or what the order is for, may stand
    /// in its way.
    func underLock(_ work: (Life, LockedStore) async throws -> Void) async throws {
        passes += 1
        let request = LockRequest(
            holder: "person",
            host: "host",
            process: ProcessIdentity(boot: "b", namespace: "n", id: passes, startTime: 1),
            operation: OperationID(at: clock.now, random: UInt32(passes))
        )
        guard case .acquired(let locked) = try await store(on: driver).lock(request) else {
            return tell("somebody holds the lock")
        }
        do {
            try await work(self, locked)
        } catch {
            tell("the order is refused: \(error)")
        }
        _ = try await locked.release()
    }
}

/// An edit of a tenant's rows. `$1` is the tenant, `$2` the time.
private struct HandEdit {
    let what: String
    let statements: [String]

    static let all = [
        HandEdit("rename", "UPDATE clients SET display_name = 'by hand' WHERE tenant = $1"),
        HandEdit("activate", "UPDATE clients SET state = 'active' WHERE tenant = $1"),
        HandEdit("quota", "UPDATE quotas SET posts_per_day = 99 WHERE tenant = $1"),
        HandEdit("text", "UPDATE prompts SET system = 'by hand' WHERE tenant = $1"),
        HandEdit("delete a prompt", "DELETE FROM prompts WHERE tenant = $1 AND name = 'main'"),
        HandEdit("delete schedules", "DELETE FROM schedules WHERE tenant = $1"),
        HandEdit("delete documents", "DELETE FROM knowledge_documents WHERE tenant = $1"),
        HandEdit(
            "a row of nobody's",
            "INSERT INTO prompts (tenant, name, system, template) "
                + "SELECT tenant, 'stray', 's', 't' FROM clients WHERE tenant = $1 "
                + "ON CONFLICT DO NOTHING"
        ),
        HandEdit(
            "forget marks",
            "DELETE FROM applied_resources WHERE tenant = $1 AND kind = 'Prompt'"
        ),
        HandEdit(
            "delete slots",
            "DELETE FROM slots WHERE tenant = $1 AND fires_at > $2 AND state = 'planned'"
        ),
        HandEdit(
            "move slots",
            "UPDATE slots SET fires_at = substr(fires_at, 1, 17) || '07Z' "
                + "WHERE tenant = $1 AND fires_at > $2"
        ),
        HandEdit(
            "post",
            "UPDATE slots SET state = 'posted' WHERE tenant = $1 AND fires_at <= $2"
        ),
        HandEdit(
            "take the next slots",
            "UPDATE slots SET state = 'claimed' WHERE tenant = $1 AND fires_at = "
                + "(SELECT min(fires_at) FROM slots WHERE tenant = $1 AND fires_at > $2)"
        ),
        HandEdit(
            "delete everything",
            StoreImage.resourceTables.map { "DELETE FROM \($0) WHERE tenant = $1" }
        ),
    ]

    init(_ what: String, _ statements: [String]) {
        self.what = what
        self.statements = statements
    }

    init(_ what: String, _ statement: String) { self.init(what, [statement]) }
}

extension StoreImage {
    /// Every resource that has a mark.
    var addresses: [ResourceAddress] {
        marks.keys.compactMap { key in
            let parts = key.name.split(separator: " ")
            return Kind(rawValue: String(parts[0])).map {
                ResourceAddress(tenant: key.tenant, kind: $0, name: String(parts[1]))
            }
        }.sorted()
    }
}

extension StoreImage.Key {
    init(protectionOf address: ResourceAddress) {
        self.init(address.tenant, "protections", "\(address.kind.rawValue) \(address.name)")
    }
}
