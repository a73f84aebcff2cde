/// A value on its way into Lua, spelled once and handed in as often as it is asked for. The form is
/// described in `CLua`'s `tape.h`.
public struct LuaTape: Sendable, Hashable {
    let bytes: [UInt8]

    /// No value.
    public static let none = LuaTape(bytes: [Tag.none])

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Spells a value by means of a writer.
    public init(_ spell: (inout LuaTapeWriter) -> Void) {
        var writer = LuaTapeWriter()
        spell(&writer)
        bytes = writer.bytes
    }

    /// The first byte of a value.
    enum Tag {
        static let none = UInt8(ascii: "N")
        static let yes = UInt8(ascii: "T")
        static let no = UInt8(ascii: "F")
        static let integer = UInt8(ascii: "I")
        static let number = UInt8(ascii: "D")
        static let text = UInt8(ascii: "S")
        static let table = UInt8(ascii: "A")
        static let function = UInt8(ascii: "C")
        static let other = UInt8(ascii: "O")
    }
}

/// Spells values, one after the other; a tape holds exactly one.
public struct LuaTapeWriter {
    private(set) var bytes: [UInt8] = []

    /// Writes the absence of a value.
    public mutating func none() { bytes.append(LuaTape.Tag.none) }

    /// Writes true or false.
    public mutating func bool(_ flag: Bool) {
        bytes.append(flag ? LuaTape.Tag.yes : LuaTape.Tag.no)
    }

    /// Writes a whole number.
    public mutating func integer(_ number: Int64) {
        bytes.append(LuaTape.Tag.integer)
        append(number)
    }

    /// Writes a number.
    public mutating func number(_ number: Double) {
        bytes.append(LuaTape.Tag.number)
        append(number)
    }

    /// Writes a text.
    public mutating func text(_ text: String) {
        bytes.append(LuaTape.Tag.text)
        name(text)
    }

    /// Writes a function of the host's, which the program calls like any other.
    public mutating func function(_ text: String) {
        bytes.append(LuaTape.Tag.function)
        name(text)
    }

    /// Writes a value that was spelled before.
    public mutating func tape(_ tape: LuaTape) { bytes += tape.bytes }

    /// Writes a list.
    public mutating func list<Elements: Collection>(
        _ elements: Elements,
        _ spell: (inout LuaTapeWriter, Elements.Element) -> Void
    ) {
        bytes.append(LuaTape.Tag.table)
        append(UInt32(elements.count))
        for element in elements { spell(&self, element) }
        append(UInt32(0))
    }

    /// Writes a table of named fields, which `spell` writes one by one with `field`.
    public mutating func fields(_ spell: (inout LuaFieldWriter) -> Void) {
        bytes.append(LuaTape.Tag.table)
        append(UInt32(0))
        let mark = bytes.count
        append(UInt32(0))
        var fields = LuaFieldWriter(writer: self)
        // Two owners would copy the bytes at the next write.
        bytes = []
        spell(&fields)
        bytes = fields.writer.bytes
        withUnsafeBytes(of: fields.count) { bytes.replaceSubrange(mark..<mark + 4, with: $0) }
    }

    fileprivate mutating func name(_ text: String) {
        append(UInt32(text.utf8.count))
        bytes += text.utf8
    }

    private mutating func append(_ number: some BitwiseCopyable) {
        withUnsafeBytes(of: number) { bytes += $0 }
    }
}

/// Writes the fields of a table.
public struct LuaFieldWriter {
    fileprivate var writer: LuaTapeWriter
    fileprivate var count: UInt32 = 0

    /// Writes one field; the names must differ.
    public mutating func field(_ name: String, _ spell: (inout LuaTapeWriter) -> Void) {
        writer.name(name)
        spell(&writer)
        count += 1
    }

    /// Writes a field that holds a text.
    public mutating func field(_ name: String, _ text: String) {
        field(name) { $0.text(text) }
    }
}
