import ClaraModel

/// A 64-bit hash that is the same in every process and on every machine, unlike `Hasher`.
///
/// FNV-1a (Fowler, Noll, Vo) over the bytes, then the finaliser of SplitMix64 (Steele, Lea, Flood,
/// 2014), because FNV alone leaves the high bits of short, similar inputs similar. Values that were
/// stored depend on it: it must not change.
struct StableHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func combine(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// Adds the text with its end, so that ("ab", "c") and ("a", "bc") differ.
    mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
        combine(UInt8(0xFF))  // occurs in no UTF-8 text
    }

    /// Adds a local time as four bytes, the lowest first.
    mutating func combine(_ local: LocalDateTime) {
        let bits = UInt32(bitPattern: local.minutes)
        for shift: UInt32 in [0, 8, 16, 24] { combine(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    /// Adds a number as eight bytes, the lowest first.
    mutating func combine(_ number: UInt64) {
        for shift: UInt64 in stride(from: 0, to: 64, by: 8) {
            combine(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// The hash of all that was added.
    var value: UInt64 {
        var z = state &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
