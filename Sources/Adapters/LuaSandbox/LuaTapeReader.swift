/// Reads values that Lua has spelled (`CLua`'s `tape.h`).
struct LuaTapeReader {
    private var bytes: UnsafeRawBufferPointer.SubSequence

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes[...] }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func value() -> LuaValue {
        switch bytes.popFirst() {
        case LuaTape.Tag.yes: .bool(true)
        case LuaTape.Tag.no: .bool(false)
        case LuaTape.Tag.integer: .integer(number(Int64.self))
        case LuaTape.Tag.number: .number(number(Double.self))
        case LuaTape.Tag.text: .text(text())
        case LuaTape.Tag.table: .table(table())
        case LuaTape.Tag.other: .other(text())
        default: .none
        }
    }

    private mutating func table() -> LuaTable {
        var table = LuaTable()
        for _ in 0..<number(UInt32.self) { table.elements.append(value()) }
        for _ in 0..<number(UInt32.self) {
            let name = text()
            table.fields[name] = value()
        }
        return table
    }

    private mutating func text() -> String {
        let count = Int(number(UInt32.self))
        defer { bytes = bytes.dropFirst(count) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    private mutating func number<Number: BitwiseCopyable>(_ type: Number.Type) -> Number {
        let size = MemoryLayout<Number>.size
        defer { bytes = bytes.dropFirst(size) }
        return UnsafeRawBufferPointer(rebasing: bytes.prefix(size)).loadUnaligned(as: type)
    }
}
