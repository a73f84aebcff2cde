import ClaraModel

/// A value within a saved plan, and where it stands, for the error that says what cannot be read.
///
/// It is used only on what the authentication code has vouched for. An error here means that
/// another build of the same format version wrote it otherwise, so it stops the whole file.
struct SavedValue {
    let json: JSONValue?
    let place: String

    init(_ json: JSONValue?, at place: String) {
        self.json = json
        self.place = place
    }

    var error: SavedPlanError { .damaged(place: place) }

    /// A member; absent where there is none.
    subscript(_ name: String) -> SavedValue {
        SavedValue(json?[name], at: place.isEmpty ? name : "\(place).\(name)")
    }

    /// The value, whatever it is.
    func any() throws(SavedPlanError) -> JSONValue {
        guard let json else { throw error }
        return json
    }

    func text() throws(SavedPlanError) -> String {
        guard let text = json?.text else { throw error }
        return text
    }

    func integer() throws(SavedPlanError) -> Int64 {
        guard case .integer(let number)? = json else { throw error }
        return number
    }

    func count() throws(SavedPlanError) -> Int {
        guard let count = Int(exactly: try integer()) else { throw error }
        return count
    }

    func flag() throws(SavedPlanError) -> Bool {
        guard case .bool(let flag)? = json else { throw error }
        return flag
    }

    /// A value that is written as one text.
    func parsed<Value: TextRepresentable>() throws(SavedPlanError) -> Value {
        let text = try text()
        do {
            return try Value(parsing: text)
        } catch {
            throw self.error
        }
    }

    /// One of a few words.
    func choice<Value: RawRepresentable<String>>() throws(SavedPlanError) -> Value {
        guard let value = Value(rawValue: try text()) else { throw error }
        return value
    }

    func address() throws(SavedPlanError) -> ResourceAddress {
        guard let address = ResourceAddress(parsing: try text()) else { throw error }
        return address
    }

    func digest() throws(SavedPlanError) -> Digest {
        guard let digest = Digest(parsing: try text()) else { throw error }
        return digest
    }

    /// The elements of a list; an absent list is empty.
    func list<Element>(
        _ read: (SavedValue) throws(SavedPlanError) -> Element
    ) throws(SavedPlanError) -> [Element] {
        guard let json else { return [] }
        guard let elements = json.elements else { throw error }
        var list: [Element] = []
        list.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            list.append(try read(SavedValue(element, at: "\(place)[\(index)]")))
        }
        return list
    }

    /// The members of an object, in the order of their names; an absent object has none.
    func members<Element>(
        _ read: (String, SavedValue) throws(SavedPlanError) -> Element
    ) throws(SavedPlanError) -> [Element] {
        guard let json else { return [] }
        guard let members = json.members else { throw error }
        var list: [Element] = []
        for name in members.keys.sorted() { list.append(try read(name, self[name])) }
        return list
    }

    /// What is read, or nil where the value is absent.
    func optional<Value>(
        _ read: (SavedValue) throws(SavedPlanError) -> Value
    ) throws(SavedPlanError) -> Value? {
        json == nil ? nil : try read(self)
    }
}

extension JSONValue {
    /// An object of those members that are there.
    static func present(_ members: [String: JSONValue?]) -> JSONValue {
        .object(members.compactMapValues(\.self))
    }

    static func text(_ value: some CustomStringConvertible) -> JSONValue {
        .string(value.description)
    }

    static func count(_ value: Int) -> JSONValue { .integer(Int64(value)) }
}

extension Array {
    /// The elements as a list; nil for none, so that the empty list is left out.
    func saved(_ write: (Element) -> JSONValue) -> JSONValue? {
        isEmpty ? nil : .array(map(write))
    }
}
