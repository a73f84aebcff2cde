/// The elements of all collections that are being read, innermost last.
///
/// How many elements a collection has is known only at its end. Collecting them here and moving
/// them into an array of the right size costs one allocation per collection, where growing an array
/// costs several and leaves slack in a tree that is kept.
struct ElementStack<Element>: ~Copyable {
    /// Enough for any manifest; more doubles it.
    private static var initialCapacity: Int { 64 }

    private var storage = UnsafeMutablePointer<Element>.allocate(capacity: Self.initialCapacity)
    private var capacity = Self.initialCapacity
    private(set) var count = 0

    deinit {
        storage.deinitialize(count: count)
        storage.deallocate()
    }

    mutating func push(_ element: consuming Element) {
        if count == capacity { grow() }
        (storage + count).initialize(to: element)
        count += 1
    }

    /// Moves everything from position `start` on into an array.
    mutating func pop(from start: Int) -> [Element] {
        var array: [Element] = []
        // `Array(unsafeUninitializedCapacity:)` looks up its type at run time on each call.
        array.reserveCapacity(count - start)
        for index in start..<count { array.append((storage + index).move()) }
        count = start
        return array
    }

    /// The elements from position `start` on; valid until the stack changes.
    func elements(from start: Int) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: storage + start, count: count - start)
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: storage, count: count)
        storage.deallocate()
        storage = larger
        capacity *= 2
    }
}
