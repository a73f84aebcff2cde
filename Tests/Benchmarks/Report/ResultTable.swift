/// What was measured of one fleet, as a table of at most 100 columns.
struct ResultTable {
    private let result: FleetResult

    init(_ result: FleetResult) { self.result = result }

    var text: String {
        let blocks = [contents, cases, peer, stages, floor, rates].filter { !$0.isEmpty }
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private static let nameWidth = 43
    private static let width = 9

    private static func row(_ name: String, _ cells: [String?]) -> String {
        let cells = cells.map { ($0 ?? "–").padded(to: width, onTheLeft: true) }
        return name.padded(to: nameWidth) + cells.joined()
    }

    private var contents: [String] {
        let contents = result.contents
        return [
            "\(contents.tenants.grouped) tenants, \(contents.resources.grouped) resources, "
                + "\(contents.manifestBytes.megabytes) of manifests; "
                + "\(contents.liveRows.grouped) live rows, \(contents.storeBytes.megabytes)"
        ]
    }

    private var cases: [String] {
        let heads = ["wall", "CPU", "peak", "§8 floor", "ratio", "own", "ratio"]
        return [Self.row("clara, as a new process", heads)]
            + result.cases.map { found in
                let wall = found.cost.wall
                return Self.row(
                    found.name,
                    [
                        wall.time, found.cost.cpu.time, found.cost.peakBytes?.megabytes,
                        found.floor?.time, found.floor.map { (wall / $0).ratio },
                        found.ownFloor.time, (wall / found.ownFloor).ratio,
                    ]
                )
            }
    }

    /// What the peer costs, what Clara costs beside it, and how many times as long the peer takes.
    private var peer: [String] {
        guard let peer = result.peer else { return [] }
        let heads = ["wall", "CPU", "peak", "clara", "peak", "ratio"]
        return [Self.row("\(peer.name), as a new process", heads)]
            + peer.cases.map { found in
                let own = result.cases.first { $0.name == found.name }?.cost
                return Self.row(
                    found.name,
                    [
                        found.cost.wall.time, found.cost.cpu.time, found.cost.peakBytes?.megabytes,
                        own?.wall.time, own?.peakBytes?.megabytes,
                        own.map { (found.cost.wall / $0.wall).ratio },
                    ]
                )
            }
    }

    private var stages: [String] {
        [Self.row("stages, in one process", ["wall", "CPU", "a tenant"])]
            + result.stages.map { stage in
                let each = stage.cost.wall / Double(result.contents.tenants)
                return Self.row(stage.name, [stage.cost.wall.time, stage.cost.cpu.time, each.time])
            }
    }

    private var floor: [String] {
        [Self.row("floor, C libraries", ["wall", "", "a tenant"])]
            + result.floor.map { part in
                let each = part.cost.wall / Double(result.contents.tenants)
                return Self.row(part.name, [part.cost.wall.time, "", each.time])
            }
    }

    private var rates: [String] {
        guard let apply = result.stages[StageRun.Stage.apply],
            let insert = result.floor[InsertFloor.part]
        else { return [] }
        let rows = Double(result.contents.writtenRows)
        return [
            "apply: \(Int(rows / apply.wall).grouped) rows a second, plain inserts: "
                + "\(Int(rows / insert.wall).grouped); ratio \((insert.wall / apply.wall).ratio)"
        ]
    }
}

extension Double {
    /// Seconds with three digits that mean something.
    fileprivate var time: String {
        switch self {
        case 10...: "\(decimals(1)) s"
        case 1...: "\(decimals(2)) s"
        case 1e-1...: "\((self * 1e3).decimals(0)) ms"
        case 1e-3...: "\((self * 1e3).decimals(1)) ms"
        default: "\((self * 1e6).decimals(0)) µs"
        }
    }

    var ratio: String { "\(decimals(2)) ×" }

    private func decimals(_ count: Int) -> String {
        var scale = 1.0
        for _ in 0..<count { scale *= 10 }
        let scaled = Int((self * scale).rounded())
        guard count > 0 else { return "\(scaled)" }
        let fraction = String(scaled % Int(scale))
        return "\(scaled / Int(scale))." + String(repeating: "0", count: count - fraction.count)
            + fraction
    }
}

extension Int {
    fileprivate var megabytes: String {
        let tenths = (self + 50_000) / 100_000
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) MB" : "\((tenths + 5) / 10) MB"
    }

    /// With a comma after every third digit from the right.
    fileprivate var grouped: String {
        let digits = Array(String(self))
        return digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : "\(digit)"
        }.joined()
    }
}

extension String {
    fileprivate func padded(to width: Int, onTheLeft: Bool = false) -> String {
        let blanks = String(repeating: " ", count: Swift.max(width - count, 0))
        return onTheLeft ? blanks + self : self + blanks
    }
}
