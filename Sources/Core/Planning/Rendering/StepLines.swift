import ClaraModel
import Diffing

/// One step as lines: what happens, why, and field by field.
struct StepLines {
    let step: Step

    /// The step with everything that changes.
    func lines(indent: Int) -> [Line] {
        [heading(indent)] + body(indent + 2).cut(to: RenderingLimits.linesOfStep)
    }

    /// The step as drift: what was applied last and what is live.
    func driftLines(indent: Int) -> [Line] {
        let reason = step.before == nil ? "  deleted by hand" : "  changed by hand"
        let heading = Line(indent, "! ", .drifted).then(address, .heading).then(reason).then(
            origin,
            .note
        )
        if step.before == nil { return [heading] }
        return [heading] + drift(indent + 2).cut(to: RenderingLimits.linesOfStep)
    }

    // MARK: Heading

    private func heading(_ indent: Int) -> Line {
        let reason = StepWords.reason(step)
        return Line(indent, step.glyph + " ", step.ink).then(address, .heading)
            .then(reason.isEmpty ? "" : "  \(reason)").then(origin, .note)
    }

    private var address: String { VisibleText.line(step.address.description) }

    private var origin: String {
        step.origin.map { "  (\(VisibleText.line($0.file)):\($0.line))" } ?? ""
    }

    // MARK: Body

    private func body(_ indent: Int) -> [Line] {
        fields(indent) + handwork(indent) + slots(indent)
    }

    private func fields(_ indent: Int) -> [Line] {
        switch step.reason {
        case .drifted: []
        case .removed: step.action == .retire ? changes(step.changes, .change, indent) : []
        case .added, .changed, .conflict, .adopted, .restored, .overridden, .overrideEnded:
            if let content = step.createdContent {
                ContentLines(kind: step.address.kind).lines(content, indent: indent)
            } else {
                changes(step.changes, .change, indent)
            }
        }
    }

    /// What somebody changed by hand, where that is still there to be seen.
    private func handwork(_ indent: Int) -> [Line] {
        guard step.isDrifted, step.before != nil else { return [] }
        if step.reason == .drifted { return drift(indent) }
        return [Line(indent, "changed by hand:", .drifted)] + drift(indent + 1)
    }

    private func drift(_ indent: Int) -> [Line] {
        let (slots, fields) = step.drift.parted(by: SlotLines.isSlot)
        let isWhole = fields.contains { $0.path == .root }
        let unreadable = "the live row cannot be read as a \(step.address.kind.rawValue)"
        return
            (isWhole
            ? [Line(indent, unreadable, .drifted)] : changes(fields, .drift, indent))
            + SlotLines.lines(slots, indent: indent)
    }

    private func slots(_ indent: Int) -> [Line] {
        guard let slots = step.slots else { return [] }
        let zone = step.timezone.map(VisibleText.line)
        return SlotLines.summary(slots, timezone: zone).map { [Line(indent, $0)] } ?? []
    }

    private func changes(
        _ changes: [FieldChange],
        _ perspective: FieldLines.Perspective,
        _ indent: Int
    ) -> [Line] {
        let shown = changes.map { HiddenSecrets.hiding($0, of: step.address.kind) }
        let (documents, fields) = shown.parted(by: DocumentLines.isDocument)
        let renderer = FieldLines(perspective: perspective, indent: indent)
        return fields.flatMap(renderer.lines)
            + DocumentLines(indent: indent).lines(documents, perspective)
    }
}

extension Array {
    /// The elements that satisfy the condition, and the others.
    fileprivate func parted(by condition: (Element) -> Bool) -> (are: [Element], areNot: [Element])
    {
        (filter(condition), filter { !condition($0) })
    }
}

extension Step {
    /// What the step does, as a sign.
    var glyph: String {
        if reason == .drifted { return "!" }
        return switch action {
        case .create: "+"
        case .update: "~"
        case .delete, .retire: "-"
        case .replace: "-/+"
        }
    }

    fileprivate var ink: Ink {
        if reason == .drifted { return .drifted }
        return switch action {
        case .create: .added
        case .update: .changed
        case .delete, .replace, .retire: .removed
        }
    }

    /// The whole content, where all of it is new.
    fileprivate var createdContent: JSONValue? {
        changes.first { $0.path == .root && $0.before == nil }?.after
    }

    /// The schedule's zone.
    fileprivate var timezone: String? {
        if let created = createdContent { return created["timezone"]?.text }
        return after?.lenientValue["timezone"]?.text
    }
}
