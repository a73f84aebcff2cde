/// # TestSupport
///
/// What tests of several targets share: a seeded generator and a way to run programs. It holds
/// nothing that knows Clara.
public enum TestSupport {}
