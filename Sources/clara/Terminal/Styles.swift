import Foundation
import ManifestLoading
import Planning

extension PlanFormat {
    /// A plan in this format.
    func plan(_ report: PlanReport) -> String {
        switch self {
        case .text: TextPlanRenderer(style: Terminal.resultStyle).render(report)
        case .json: JSONPlanRenderer().render(report)
        case .markdown: MarkdownPlanRenderer().render(report)
        }
    }
}

extension Terminal {
    /// Takes what is on the screen away (ECMA-48: erase, then home).
    static let clear = "\u{1B}[2J\u{1B}[H"

    /// How results are emphasised.
    static var resultStyle: TextStyle {
        isColoured(isInteractiveOutput) ? .coloured : .plain
    }
    /// How messages on stderr are emphasised.
    static var messageStyle: TextStyle {
        isColoured(isInteractiveError) ? .coloured : .plain
    }

    /// Colour is only for a person, and never with `NO_COLOR` (no-color.org).
    private static func isColoured(_ isInteractive: Bool) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        let isRefused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return isInteractive && !isRefused && environment["TERM"] != "dumb"
    }
}
