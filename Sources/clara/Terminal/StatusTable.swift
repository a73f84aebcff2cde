import ClaraModel
import LiveSystem
import ManifestLoading
import Planning
import Reconciling

/// The status as columns.
struct StatusTable {
    private let status: FleetStatus

    init(_ status: FleetStatus) { self.status = status }

    /// The table, with what was last applied below it.
    var text: String {
        if status.tenants.isEmpty { return "The store holds no tenant." }
        let header = ["TENANT", "STATE", "READY", "DRIFTED", "REVISION", "NEXT POST"]
        let lines = Columns(rows: [header] + status.tenants.map(row)).lines
        return (lines + messages + orders + [""] + fleet).joined(separator: "\n")
    }

    /// Rows of the store are edited by hand, so that nothing in them may act on the terminal.
    private func row(_ tenant: TenantStatus) -> [String] {
        cells(tenant).map(Self.harmless)
    }

    private func cells(_ tenant: TenantStatus) -> [String] {
        [
            tenant.tenant, tenant.standing, tenant.status(.ready),
            tenant.drifted.isEmpty ? "False" : "True (\(tenant.drifted.count))",
            tenant.revision.map(Self.short) ?? "-", tenant.nextPost.map(Self.describe) ?? "-",
        ]
    }

    private var messages: [String] {
        let stalled = status.tenants.flatMap { tenant in
            tenant.conditions.filter { $0.type == .stalled && $0.status == .yes }
                .map { "\(tenant.tenant): \($0.reason): \($0.message)" }
        }
        return stalled.isEmpty ? [] : [""] + stalled
    }

    private var orders: [String] {
        let orders = status.tenants.flatMap(\.orders)
        return orders.isEmpty ? [] : ["", "By order:"] + orders.map { "  \(Self.harmless($0))" }
    }

    /// What is to be said of the fleet as a whole.
    private var fleet: [String] {
        let marks = status.fleets.sorted { $0.key < $1.key }.map { name, mark in
            "Fleet \(name): \(mark.revision), applied \(mark.appliedAt)."
        }
        let pins = status.pins.values.sorted { $0.fleet < $1.fleet }.map { pin in
            "Fleet \(pin.fleet) is pinned at \(pin.revision) since \(pin.since) by \(pin.by): "
                + "\(pin.reason.isEmpty ? "no reason given" : pin.reason) (clara unpin)"
        }
        let lock = status.lock.map {
            "\($0.holder) on \($0.host) holds the lock since \($0.since), for \($0.operation)"
        }
        let warnings = status.warnings.map { "\($0.last) \($0.note.reason): \($0.note.message)" }
        return (marks + pins + [lock].compactMap(\.self) + warnings).map(Self.harmless)
    }

    private static func harmless(_ text: String) -> String {
        SecretScan.looksLikeKey(text) ? "(hidden)" : VisibleText.line(text)
    }

    private static func describe(_ post: TenantStatus.NextPost) -> String {
        "\(post.localTime.date) \(post.localTime.time) \(post.timezone) (\(post.schedule))"
    }

    /// `main@sha1:0123456789ab…` → `main@0123456`, as git shortens.
    private static func short(_ revision: String) -> String {
        guard let range = revision.firstRange(of: "sha1:") else { return revision }
        return String(revision[..<range.lowerBound] + revision[range.upperBound...].prefix(7))
    }
}

extension TenantStatus {
    /// `paused, retired`
    fileprivate var standing: String {
        (state ?? "-") + (retirement == nil ? "" : ", retired")
    }

    /// What is otherwise than git says, or must stay, because a person said so.
    fileprivate var orders: [String] {
        let kept = retirement.map {
            "\(tenant) is retired since \($0.since), and purged after \($0.purgeAfter)"
        }
        let protected = protections.sorted { $0.key < $1.key }.map { address, order in
            "\(address) is protected since \(order.since) by \(order.by): \(order.reason)"
        }
        let overridden = overrides.map { order in
            let value = order.value.map { "= \(CanonicalJSON($0).text)" } ?? "is absent"
            return "\(order.address): \(order.path.joined(separator: ".")) \(value) until "
                + "\(order.until) by \(order.by): \(order.reason)"
        }
        return [kept].compactMap(\.self) + protected + overridden
    }

    fileprivate func status(_ type: Condition.Kind) -> String {
        conditions.first { $0.type == type }?.status.rawValue ?? "Unknown"
    }
}

/// Rows of text in columns as wide as their widest cell.
struct Columns {
    let rows: [[String]]

    var lines: [String] {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
