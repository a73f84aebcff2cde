/// The room in a comment, and what is left of it.
struct MarkdownBudget {
    /// The most characters of a report. GitHub takes 65,536 in a comment, other forges more; the
    /// difference is for the words that a bot puts around it.
    static let characters = 60_000
    /// What a section beside the tenants' details may take, so that these keep most of the room.
    static let section = 9_000

    private(set) var left: Int

    /// Forges count UTF-16 code units or Unicode characters; there are never fewer of the former.
    static func length(_ text: String) -> Int { text.utf16.count }

    /// Takes the room for a text; false, and nothing taken, where it does not fit.
    mutating func take(_ text: String) -> Bool {
        let length = Self.length(text)
        guard length <= left else { return false }
        left -= length
        return true
    }
}

extension [Line] {
    /// As many lines as fit a section; what was cut is counted on one more.
    func fitting(_ room: Int) -> [Line] {
        var budget = MarkdownBudget(left: room)
        let kept = prefix { budget.take($0.text(.plain) + "\n") }
        return kept.count == count ? self : cut(to: Swift.max(1, kept.count - 1))
    }
}
