/// The cost of work that is done in pieces between other work. All of it is on one thread, so that
/// the time that passes is what counts; processor time is too coarse to be read for every piece.
struct PartialCost {
    private var begin = ContinuousClock.now
    private var wall = Duration.zero

    mutating func start() { begin = .now }

    mutating func stop() { wall += .now - begin }

    /// Seconds that passed between starts and stops.
    var seconds: Double { wall.seconds }
}

extension Stopwatch {
    /// Notes work that was measured in pieces.
    mutating func add(_ name: String, _ cost: PartialCost) {
        add(Measurement(name: name, cost: Cost(wall: cost.seconds, cpu: cost.seconds)))
    }
}
