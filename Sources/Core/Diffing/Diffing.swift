/// # Diffing
///
/// Says in which fields two canonical contents differ, and what three of them (git, last applied,
/// live) mean together.
///
/// This target must never decide what to do about a difference; that is Planning's.
///
/// - `Diff.swift`: two contents, field by field.
/// - `Standing.swift`: three contents, as one of a few situations.
public enum Diffing {}
