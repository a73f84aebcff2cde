/// What was measured of a peer: another program that plans and applies, given as much to do.
struct PeerResult: Codable {
    /// Its name and version.
    let name: String
    /// Its runs, named as Clara's are.
    let cases: [Measurement]
}
