/// What a tenant that is completely applied is known by: what its resources were made from, and
/// what was applied as them.
///
/// Both count. Two applies of different revisions, one after the other, can each be complete in
/// its own view; only where the marks of *all* resources are those of the inputs is the tenant
/// settled on them.
public enum Settlement {
    /// The digest of a tenant's inputs and of everything applied, in the order of addresses.
    public static func of(
        inputs: Digest,
        applied: some Sequence<(address: ResourceAddress, content: CanonicalJSON)>
    ) -> Digest {
        var builder = DigestBuilder()
        builder.add(inputs.description)
        for (address, content) in applied.sorted(by: { $0.address < $1.address }) {
            builder.add(address.kind.rawValue)
            builder.add(address.name)
            builder.add(content.text)
        }
        return builder.finish()
    }
}
