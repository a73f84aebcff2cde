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
        return (lines + messages + [""] + marks).joined(separator: "\n")
    }

    /// Rows of the store are edited by hand, so that nothing in them may act on the terminal.
    private func row(_ tenant: TenantStatus) -> [String] {
        cells(tenant).map { SecretScan.looksLikeKey($0) ? "(hidden)" : VisibleText.line($0) }
    }

    private func cells(_ tenant: TenantStatus) -> [String] {
        [
            tenant.tenant, tenant.state ?? "-", tenant.status(.ready),
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

    private var marks: [String] {
        status.fleets.sorted { $0.key < $1.key }.map { name, mark in
            "Fleet \(name): \(mark.revision), applied \(mark.appliedAt)."
        }
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
