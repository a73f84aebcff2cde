import Foundation

/// What something cost.
struct Cost: Codable {
    /// Seconds that passed.
    var wall: Double
    /// Seconds of processor time, of all threads, in user and system mode.
    var cpu: Double
    /// The most memory that was resident; nil where the process did other things too.
    var peakBytes: Int?
}

/// Something with a name and what it cost.
struct Measurement: Codable {
    let name: String
    let cost: Cost
}

/// Collects what parts of this process cost.
struct Stopwatch {
    private(set) var measurements: [Measurement] = []

    mutating func add(_ measurement: Measurement) { measurements.append(measurement) }

    /// Runs a part and notes it.
    mutating func measure<Result>(
        _ name: String,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        let start = (ContinuousClock.now, Self.cpu)
        let result = try await body()
        let wall = (ContinuousClock.now - start.0).seconds
        measurements.append(
            Measurement(name: name, cost: Cost(wall: wall, cpu: Self.cpu - start.1))
        )
        return result
    }

    /// Hands the measurements to the process that asked for them.
    func write() throws {
        FileHandle.standardOutput.write(try JSONEncoder().encode(measurements))
    }

    private static var cpu: Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.cpuSeconds
    }
}

extension [Measurement] {
    subscript(name: String) -> Cost? { first { $0.name == name }?.cost }
}

extension [Cost] {
    /// The one whose wall time is in the middle.
    var median: Cost? { isEmpty ? nil : sorted { $0.wall < $1.wall }[count / 2] }
}

extension rusage {
    var cpuSeconds: Double { ru_utime.seconds + ru_stime.seconds }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
