/// One search for a Lua pattern in a text, which counts its steps and ends once they are used up:
/// a pattern such as `a*a*a*b` would try for as long as one cares to wait.
///
/// Patterns are those of the Lua 5.4 manual, §6.4.1; `^` means nothing special here, as the library
/// takes it off. Classes are those of the C locale.
struct PatternSearch {
    let subject: UnsafeBufferPointer<UInt8>
    let pattern: UnsafeBufferPointer<UInt8>
    private(set) var captures: [Capture] = []
    private var stepsTaken = 0
    private let steps: Int
    private var depth = 0

    /// What a parenthesis caught.
    struct Capture {
        let start: Int
        var extent: Extent

        enum Extent: Equatable {
            case open
            case position
            case closed(Int)
        }
    }

    /// A part of the subject; the count is -1 for a position.
    struct Span: Equatable {
        let start: Int
        let count: Int
    }

    /// How many captures a pattern may have (`LUA_MAXCAPTURES`).
    static let mostCaptures = 32
    /// How deep matching may call itself (`MAXCCALLS` in lstrlib.c).
    static let deepest = 200
    /// Steps of matching for the price of one instruction: they are shorter.
    private static let stepsAnInstruction = 4

    /// How many steps of matching so many instructions pay for.
    static func steps(for instructions: Int64) -> Int {
        Int(min(max(0, instructions), .max / Int64(stepsAnInstruction))) * stepsAnInstruction
    }

    /// What was done so far, in instructions.
    var cost: Int64 { Int64(stepsTaken / Self.stepsAnInstruction) + 1 }

    init(
        _ subject: UnsafeBufferPointer<UInt8>,
        _ pattern: UnsafeBufferPointer<UInt8>,
        steps: Int
    ) {
        self.subject = subject
        self.pattern = pattern
        self.steps = steps
    }

    /// The first match from a place on: the whole of it, then its captures.
    ///
    /// - Parameters:
    ///   - onlyHere: whether it must begin at `from`.
    ///   - notEndingAt: a match that ends there is passed over; the empty match at the end of the
    ///     last one is none.
    mutating func first(
        from: Int,
        onlyHere: Bool = false,
        notEndingAt: Int = -1
    ) throws(PatternError) -> [Span]? {
        var start = from
        while start <= subject.count {
            captures.removeAll(keepingCapacity: true)
            if let end = try match(start, 0), end != notEndingAt {
                return try spans(from: start, to: end)
            }
            if onlyHere { return nil }
            start += 1
        }
        return nil
    }

    private func spans(from start: Int, to end: Int) throws(PatternError) -> [Span] {
        var spans = [Span(start: start, count: end - start)]
        for capture in captures {
            switch capture.extent {
            case .open: throw .unfinishedCapture
            case .position: spans.append(Span(start: capture.start, count: -1))
            case .closed(let count): spans.append(Span(start: capture.start, count: count))
            }
        }
        return spans
    }

    private mutating func step(_ count: Int = 1) throws(PatternError) {
        stepsTaken += count
        if stepsTaken > steps { throw .spent }
    }

    // MARK: Items

    /// Where the match ends that begins at `s` and fits the pattern from `p` on.
    private mutating func match(_ s: Int, _ p: Int) throws(PatternError) -> Int? {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw .tooComplex }
        var (s, p) = (s, p)
        while p < pattern.count {
            try step()
            switch try item(s, p) {
            case .ended(let end): return end
            case .goOn(let subject, let pattern): (s, p) = (subject, pattern)
            }
        }
        return s
    }

    private enum Progress {
        case ended(Int?)
        case goOn(Int, Int)
    }

    private mutating func item(_ s: Int, _ p: Int) throws(PatternError) -> Progress {
        switch pattern[p] {
        case UInt8(ascii: "("):
            let isPosition = p + 1 < pattern.count && pattern[p + 1] == UInt8(ascii: ")")
            return .ended(
                isPosition
                    ? try open(s, p + 2, .position) : try open(s, p + 1, .open)
            )
        case UInt8(ascii: ")"): return .ended(try close(s, p + 1))
        case UInt8(ascii: "$") where p + 1 == pattern.count:
            return .ended(s == subject.count ? s : nil)
        case UInt8(ascii: "%") where p + 1 < pattern.count: return try escape(s, p)
        default: return try single(s, p)
        }
    }

    private mutating func escape(_ s: Int, _ p: Int) throws(PatternError) -> Progress {
        switch pattern[p + 1] {
        case UInt8(ascii: "b"): return try balance(s, p + 2)
        case UInt8(ascii: "f"): return try frontier(s, p + 2)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return try backReference(s, p)
        default: return try single(s, p)
        }
    }

    /// A class of one character, with what may follow it: `?`, `+`, `*` or `-`.
    private mutating func single(_ s: Int, _ p: Int) throws(PatternError) -> Progress {
        let end = try endOfClass(p)
        // A long set takes as long to look through.
        try step(end - p)
        let suffix = end < pattern.count ? pattern[end] : 0
        guard fits(s, p, end) else {
            return Self.mayBeAbsent(suffix) ? .goOn(s, end + 1) : .ended(nil)
        }
        switch suffix {
        case UInt8(ascii: "?"):
            if let found = try match(s + 1, end + 1) { return .ended(found) }
            return .goOn(s, end + 1)
        case UInt8(ascii: "+"): return .ended(try most(s + 1, p, end))
        case UInt8(ascii: "*"): return .ended(try most(s, p, end))
        case UInt8(ascii: "-"): return .ended(try least(s, p, end))
        default: return .goOn(s + 1, end)
        }
    }

    private static func mayBeAbsent(_ suffix: UInt8) -> Bool {
        suffix == UInt8(ascii: "*") || suffix == UInt8(ascii: "?") || suffix == UInt8(ascii: "-")
    }

    /// As many as fit, then fewer until the rest of the pattern fits too.
    private mutating func most(_ s: Int, _ p: Int, _ end: Int) throws(PatternError) -> Int? {
        var count = 0
        while fits(s + count, p, end) {
            count += 1
            try step(end - p)
        }
        while count >= 0 {
            if let found = try match(s + count, end + 1) { return found }
            count -= 1
        }
        return nil
    }

    /// As few as possible.
    private mutating func least(_ s: Int, _ p: Int, _ end: Int) throws(PatternError) -> Int? {
        var s = s
        while true {
            if let found = try match(s, end + 1) { return found }
            guard fits(s, p, end) else { return nil }
            s += 1
            try step(end - p)
        }
    }

    // MARK: Captures

    private mutating func open(
        _ s: Int,
        _ p: Int,
        _ extent: Capture.Extent
    ) throws(PatternError) -> Int? {
        if captures.count >= Self.mostCaptures { throw .tooManyCaptures }
        let level = captures.count
        captures.append(Capture(start: s, extent: extent))
        if let end = try match(s, p) { return end }
        captures.removeSubrange(level...)
        return nil
    }

    private mutating func close(_ s: Int, _ p: Int) throws(PatternError) -> Int? {
        guard let level = captures.lastIndex(where: { $0.extent == .open }) else {
            throw .badPatternCapture
        }
        captures[level].extent = .closed(s - captures[level].start)
        if let end = try match(s, p) { return end }
        captures[level].extent = .open
        return nil
    }

    /// `%1`: the same text that the capture holds.
    private mutating func backReference(_ s: Int, _ p: Int) throws(PatternError) -> Progress {
        let index = Int(pattern[p + 1]) - Int(UInt8(ascii: "1"))
        guard captures.indices.contains(index), captures[index].extent != .open else {
            throw .badCaptureIndex(index + 1)
        }
        let start = captures[index].start
        guard case .closed(let count) = captures[index].extent else {
            // As in Lua: a position's length is no length, and so never fits.
            return .ended(nil)
        }
        try step(count)
        guard subject.count - s >= count,
            (0..<count).allSatisfy({ subject[start + $0] == subject[s + $0] })
        else { return .ended(nil) }
        return .goOn(s + count, p + 2)
    }

    // MARK: %b and %f

    /// `%bxy`: from an x to the y that balances it.
    private mutating func balance(_ s: Int, _ p: Int) throws(PatternError) -> Progress {
        guard p + 1 < pattern.count else { throw .missingBalanceArguments }
        let (opening, closing) = (pattern[p], pattern[p + 1])
        guard s < subject.count, subject[s] == opening else { return .ended(nil) }
        var open = 1
        var place = s + 1
        while place < subject.count {
            try step()
            let byte = subject[place]
            place += 1
            if byte == closing {
                open -= 1
                if open == 0 { return .goOn(place, p + 2) }
            } else if byte == opening {
                open += 1
            }
        }
        return .ended(nil)
    }

    /// `%f[set]`: the place between a byte outside of the set and one inside; the ends of the text
    /// count as `\0`.
    private mutating func frontier(_ s: Int, _ p: Int) throws(PatternError) -> Progress {
        guard p < pattern.count, pattern[p] == UInt8(ascii: "[") else { throw .missingFrontierSet }
        let end = try endOfClass(p)
        try step(end - p)
        let before = s == 0 ? 0 : subject[s - 1]
        let here = s < subject.count ? subject[s] : 0
        let isFrontier =
            !PatternClass.set(pattern, p, end - 1, holds: before)
            && PatternClass.set(pattern, p, end - 1, holds: here)
        return isFrontier ? .goOn(s, end) : .ended(nil)
    }

    // MARK: Classes

    private func fits(_ s: Int, _ p: Int, _ end: Int) -> Bool {
        guard s < subject.count else { return false }
        switch pattern[p] {
        case UInt8(ascii: "."): return true
        case UInt8(ascii: "%"): return PatternClass.escape(pattern[p + 1], holds: subject[s])
        case UInt8(ascii: "["): return PatternClass.set(pattern, p, end - 1, holds: subject[s])
        case let byte: return byte == subject[s]
        }
    }

    private func endOfClass(_ p: Int) throws(PatternError) -> Int {
        switch pattern[p] {
        case UInt8(ascii: "%"):
            if p + 1 >= pattern.count { throw .endsWithPercent }
            return p + 2
        case UInt8(ascii: "["): return try endOfSet(p + 1)
        default: return p + 1
        }
    }

    /// Behind the bracket that ends a set; a bracket right at its beginning does not.
    private func endOfSet(_ start: Int) throws(PatternError) -> Int {
        var p = start
        if p < pattern.count, pattern[p] == UInt8(ascii: "^") { p += 1 }
        repeat {
            if p >= pattern.count { throw .missingBracket }
            let byte = pattern[p]
            p += 1
            if byte == UInt8(ascii: "%") { p += 1 }
        } while p >= pattern.count || pattern[p] != UInt8(ascii: "]")
        return p + 1
    }
}
