/// The arrows of `Package.swift`, read from its text.
struct PackageArrows {
    /// What each target depends on: targets, and products by their module's name.
    let dependencies: [String: Set<String>]
    /// The names of packages, as their addresses end.
    let packages: Set<String>
    /// The system libraries, as pkg-config calls them.
    let libraries: Set<String>

    /// Reads a manifest.
    init(_ manifest: String) {
        let products = Self.products(in: manifest)
        var dependencies: [String: Set<String>] = [:]
        for declaration in Self.targets(in: manifest) {
            guard let name = Self.quoted(after: "name:", in: declaration).first else { continue }
            dependencies[name] = Self.arrows(of: declaration, products)
        }
        self.dependencies = dependencies
        let addresses = Self.quoted(after: ".package(url:", in: manifest)
        packages = Set(addresses.compactMap { $0.split(separator: "/").last.map(String.init) })
        libraries = Set(Self.quoted(after: "pkgConfig:", in: manifest))
    }

    /// The targets below `Sources/`, one piece of text each.
    private static func targets(in manifest: String) -> [Substring] {
        let starts = [".systemLibrary(", ".target(", ".executableTarget(", ".testTarget("]
        let lines = manifest.split(separator: "\n", omittingEmptySubsequences: false)
        var pieces: [[Substring]] = []
        for line in lines {
            let text = line.drop { $0 == " " }
            if starts.contains(where: { text.hasPrefix($0) }) { pieces.append([]) }
            if !pieces.isEmpty, !text.hasPrefix("/**"), !text.hasPrefix("//") {
                pieces[pieces.count - 1].append(text)
            }
        }
        return pieces.filter { !($0.first?.hasPrefix(".testTarget(") ?? true) }
            .map { Substring($0.joined(separator: " ")) }
    }

    private static func arrows(of declaration: Substring, _ products: [String: String]) -> Set<
        String
    > {
        guard let start = declaration.firstRange(of: "dependencies: [") else { return [] }
        let list = declaration[start.upperBound...].prefix { $0 != "]" }
        let names = list.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\"" } }
        return Set(names.filter { !$0.isEmpty }.map { products[$0] ?? $0 })
    }

    /// `let crypto: Target.Dependency = .product(name: "Crypto", …)` → `crypto: Crypto`.
    private static func products(in manifest: String) -> [String: String] {
        let declarations = manifest.split(separator: "let ").filter {
            $0.contains("Target.Dependency")
        }
        let pairs = declarations.compactMap { declaration in
            quoted(after: "name:", in: declaration).first.map {
                (String(declaration.prefix { $0.isLetter }), $0)
            }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The texts in quotation marks that follow a label.
    private static func quoted(after label: String, in text: some StringProtocol) -> [String] {
        String(text).split(separator: label, omittingEmptySubsequences: false).dropFirst()
            .compactMap {
                let parts = $0.split(separator: "\"", omittingEmptySubsequences: false)
                return parts.count > 2 ? String(parts[1]) : nil
            }
    }
}
