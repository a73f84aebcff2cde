import ClaraModel
import SQLDatabase

/// An observation under way: what has been read so far, by tenant.
///
/// Rows are read in the order in which they lie, which costs least, and are put with their tenant
/// by name.
struct Observation {
    private var names: [String] = []
    private var tenants: [LiveTenant] = []
    private var positions: [String: Int] = [:]
    private var last = 0

    /// The position of the tenant that a column names; a tenant that was not seen before appears.
    mutating func position(of row: borrowing SQLRow, _ column: Int) -> Int {
        // Rows of one tenant mostly lie together.
        if last < names.count, row.holds(names[last], in: column) { return last }
        let name = row.text(column) ?? ""
        last = positions[name] ?? add(name)
        return last
    }

    private mutating func add(_ name: String) -> Int {
        positions[name] = names.count
        names.append(name)
        tenants.append(LiveTenant())
        return names.count - 1
    }

    /// The name of the tenant at a position.
    func name(_ position: Int) -> String { names[position] }

    /// Adds a resource without its mark.
    mutating func add(_ address: ResourceAddress, content: String, at position: Int) {
        tenants[position].resources[address] = LiveResource(
            address: address,
            content: CanonicalJSON(trusting: content),
            applied: nil
        )
    }

    /// The content of a resource that was read.
    func content(_ address: ResourceAddress, at position: Int) -> CanonicalJSON? {
        tenants[position].resources[address]?.content
    }

    /// Adds a mark, to its row or alone.
    mutating func mark(_ address: ResourceAddress, _ mark: AppliedMark, at position: Int) {
        tenants[position].resources[address] = LiveResource(
            address: address,
            content: content(address, at: position),
            applied: mark
        )
    }

    /// Adds the slots of one schedule.
    mutating func add(_ slots: LiveSlots, of schedule: String, at position: Int) {
        tenants[position].slots[schedule] = slots
    }

    /// Notes what is settled.
    mutating func settle(_ inputs: String?, at position: Int) {
        tenants[position].settlement = inputs
    }

    /// Notes that a tenant is retired.
    mutating func retire(_ retirement: Retirement, at position: Int) {
        tenants[position].retirement = retirement
    }

    /// Notes that a resource must not go away.
    mutating func protect(
        _ address: ResourceAddress,
        _ protection: Protection,
        at position: Int
    ) {
        tenants[position].protections[address] = protection
    }

    /// Adds an override.
    mutating func add(_ override: Override, at position: Int) {
        tenants[position].overrides.append(override)
    }

    /// Everything that was read.
    consuming func finish() -> LiveState {
        LiveState(tenants: Dictionary(uniqueKeysWithValues: zip(names, tenants)))
    }
}

extension SQLRow {
    /// Whether a column holds exactly this text.
    borrowing func holds(_ text: String, in column: Int) -> Bool {
        let own = text.utf8Span.span
        return withText(column) { bytes in
            guard bytes.count == own.count else { return false }
            return bytes.withUnsafeBufferPointer { left in
                own.withUnsafeBufferPointer { left.elementsEqual($0) }
            }
        } ?? false
    }
}

extension SQLRow {
    /// A hash of two texts (FNV-1a), good enough where equality is checked after it.
    borrowing func hash(of first: Int, _ second: Int) -> UInt64 {
        withText(second) {
            $0.hash(from: withText(first) { $0.hash(from: 0xCBF2_9CE4_8422_2325) } ?? 0)
        }
            ?? 0
    }
}

extension Span<UInt8> {
    fileprivate func hash(from start: UInt64) -> UInt64 {
        var hash = start
        for index in indices { hash = (hash ^ UInt64(self[index])) &* 0x100_0000_01B3 }
        return (hash ^ 0xFF) &* 0x100_0000_01B3  // where the text ends
    }
}
