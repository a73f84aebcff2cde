/// How text is emphasised. Whether a terminal shows colour is for the caller to know.
public enum TextStyle: Sendable, Hashable, CaseIterable {
    /// Without any escape sequence.
    case plain
    /// With ANSI colours (ECMA-48, Select Graphic Rendition).
    case coloured
}
