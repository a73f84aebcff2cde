import ClaraModel
import ManifestLoading
import Testing

@testable import Resolving

@Suite("The rules of a fleet's base")
struct FleetRulesTests {
    @Test("hold the zone in which freezes begin, and not the zone of tenants")
    func zone() throws {
        let base = TestFleet([
            "fleet.yaml": document("Fleet", "fleet", "{defaults: {timezone: Europe/London}}")
        ])
        let proposal = TestFleet([
            "fleet.yaml": document("Fleet", "fleet", "{defaults: {timezone: Asia/Tokyo}}")
        ])
        let rules = try #require(
            FleetRules.read(try base.fleetFile(), tenants: base.tenantNames).rules
        )
        let (context, _) = FleetContext.read(
            fleet: try proposal.fleetFile(),
            profiles: [],
            tenants: proposal.tenantNames,
            rules: rules
        )
        let settings = try #require(context?.settings)
        #expect(settings.freezeTimezone.identifier == "Europe/London")
        #expect(settings.timezone.identifier == "Asia/Tokyo")
    }
}

extension TestFleet {
    fileprivate func fleetFile() throws -> FleetFile {
        try #require(listed.first { $0.path == "fleet.yaml" })
    }
}
