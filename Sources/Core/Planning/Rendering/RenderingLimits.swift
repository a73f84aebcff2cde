/// What keeps a report readable whatever the size of the fleet. Everything beyond a limit is
/// counted, never silently left out.
enum RenderingLimits {
    /// Tenants whose steps are shown: some screens of scrolling. Beyond that nobody reads line by
    /// line, and programs read JSON.
    static let tenantsInFull = 50
    /// Tenants in the impact section: one screen.
    static let tenantsOfImpact = 20
    /// Tenants on the list of the blocked, and rows on the list of the unmanaged.
    static let listed = 50
    /// Errors or warnings that are listed. `clara validate` shows them all, with their source.
    static let diagnostics = 50
    /// Steps shown of one tenant; a tenant with more is being set up, not reviewed line by line.
    static let stepsOfTenant = 60
    /// Lines shown of one step.
    static let linesOfStep = 40
    /// Documents or slots listed one by one.
    static let elements = 10
    /// Collisions shown of one tenant.
    static let collisions = 3
    /// Characters of a value that fits beside its name.
    static let shortValue = 72
    /// Characters of two values that fit beside each other.
    static let shortPair = 100
    /// Characters of a line of text within a comparison.
    static let comparedLine = 120
    /// Characters shown around the place where two long lines differ.
    static let context = 24
    /// Lines of two texts that are compared with each other. The comparison takes time in
    /// proportion to length × differences; a prompt has fewer.
    static let comparedLines = 400
    /// Slots that JSON lists one by one; a plan in full has 14 days of every schedule.
    static let slotsInJSON = 20
    /// The bytes of a message, such as a diagnostic's.
    static let message = 400
}
