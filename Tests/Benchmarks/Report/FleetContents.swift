import Foundation

/// How much there is to read and to write.
struct FleetContents: Codable {
    let tenants: Int
    let resources: Int
    let manifestBytes: Int
    /// Rows that an observation reads.
    let liveRows: Int
    /// Rows that an apply into an empty store writes.
    let writtenRows: Int
    let storeBytes: Int

    init(_ fleet: FleetRepository, store: String) throws {
        tenants = fleet.tenants
        resources = fleet.tenants * TenantFiles.resources
        manifestBytes = (0..<fleet.tenants).reduce(0) { sum, number in
            let files = TenantFiles(number: number).files
            return sum
                + files.reduce(0) { $0 + ($1.path.hasSuffix(".yaml") ? $1.text.utf8.count : 0) }
        }
        liveRows = try Self.rows(in: RowFloor.tables, of: store)
        writtenRows = try Self.rows(in: InsertFloor.tables, of: store)
        // What was committed last may still stand in the write-ahead log.
        storeBytes = Self.size(of: store) + Self.size(of: store + "-wal")
    }

    private static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private static func rows(in tables: [String], of store: String) throws -> Int {
        let file = try SQLiteFile(store)
        return try tables.reduce(0) { sum, table in
            let count = try file.prepare("SELECT count(*) FROM \(table)")
            return try count.step() ? sum + (Int(count.text(0)) ?? 0) : sum
        }
    }
}
