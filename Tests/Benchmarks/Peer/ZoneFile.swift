/// One made-up DNS zone: as many records as a tenant has resources.
struct ZoneFile {
    private let tenant: TenantFiles

    /// The zone of a tenant. Another edition differs in as many records as that of the tenant does
    /// in resources: two.
    init(_ tenant: TenantFiles) { self.tenant = tenant }

    /// The file as octoDNS's YamlProvider looks for it.
    var name: String { "\(tenant.name).example.yaml" }

    /// Keys are in the order that octoDNS demands, which is that of the alphabet.
    var text: String {
        """
        ---
        ? ''
        : - ttl: 300
            type: A
            values: [192.0.2.\(address), 198.51.100.\(1 + tenant.number % 250)]
          - type: MX
            values:
            - {exchange: mx1.agency.example., preference: 10}
            - {exchange: mx2.agency.example., preference: 20}
          # octoDNS warns of every zone that has no name servers of its own.
          - type: NS
            values: [ns1.agency.example., ns2.agency.example.]
          - type: TXT
            value: house no. \(tenant.number), edition \(tenant.edition)
        _sip._tcp:
          type: SRV
          value: {port: 5060, priority: 10, target: sip.agency.example., weight: \(weight)}
        api:
          type: AAAA
          value: 2001:db8::\(String(tenant.number % 65_536, radix: 16))
        www:
          type: CNAME
          value: \(tenant.name).example.

        """
    }

    private var address: Int { 1 + (tenant.number + 7 * tenant.edition) % 250 }
    private var weight: Int { tenant.number % 50 }
}
