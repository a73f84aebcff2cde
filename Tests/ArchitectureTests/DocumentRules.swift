/// What documents promise: links that lead somewhere, and a reason for every dependency.
enum DocumentRules {
    /// Links to files that are not there.
    ///
    /// - Parameters:
    ///   - path: the document, below the project's root.
    ///   - exists: whether there is a file or folder at a path below the root.
    static func deadLinks(
        in text: String,
        at path: String,
        exists: (String) -> Bool
    ) -> [Violation] {
        let folder = path.split(separator: "/").dropLast().map(String.init)
        return numbered(text).flatMap { number, line in
            line.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }.filter { link in
                !link.hasPrefix("#") && !link.contains("://") && !link.hasPrefix("mailto:")
                    && !exists(resolve(link, from: folder))
            }.map {
                Violation(
                    file: path,
                    line: number,
                    message: "there is no \($0); mend or remove the link"
                )
            }
        }
    }

    /// Documents that code or scripts name, such as `docs/architecture.md`, and that are not there.
    static func deadMentions(
        in text: String,
        at path: String,
        exists: (String) -> Bool
    ) -> [Violation] {
        numbered(text).flatMap { number, line in
            line.matches(of: /\bdocs\/[\w\/-]+\.md\b/).map { String($0.0) }.filter { !exists($0) }
                .map {
                    Violation(
                        file: path,
                        line: number,
                        message: "there is no \($0); write it or name another"
                    )
                }
        }
    }

    /// The names in a list of dependencies: ``- `name`: reason``.
    static func listedDependencies(in text: String) -> [(name: String, line: Int, reason: String)] {
        numbered(text).compactMap { number, line in
            line.prefixMatch(of: /- `([^`]+)`:? ?(.*)/).map { (String($0.1), number, String($0.2)) }
        }
    }

    /// What is used without a line, listed without use, or listed without a reason.
    static func dependencyViolations(
        in text: String,
        at path: String,
        used: Set<String>
    ) -> [Violation] {
        let listed = listedDependencies(in: text)
        let missing = used.subtracting(listed.map(\.name)).sorted().map {
            Violation(
                file: path,
                line: 1,
                message: "\($0) is used; add a line with the reason for it"
            )
        }
        let wrong = listed.compactMap { entry -> Violation? in
            if !used.contains(entry.name) {
                return Violation(
                    file: path,
                    line: entry.line,
                    message: "\(entry.name) is not used; take the line out"
                )
            }
            guard entry.reason.count < shortestReason else { return nil }
            return Violation(
                file: path,
                line: entry.line,
                message: "say what \(entry.name) is needed for"
            )
        }
        return missing + wrong
    }

    /// Fewer characters do not hold a reason.
    private static let shortestReason = 20

    /// The packages that `scripts/setup` installs.
    static func installedPackages(in script: String) -> Set<String> {
        Set(
            script.matches(of: /packages\+?=\(([^)]*)\)/).flatMap { match in
                match.1.split(separator: " ").map(String.init)
            }
        )
    }

    private static func resolve(_ link: String, from folder: [String]) -> String {
        var parts = folder
        for part in link.prefix(while: { $0 != "#" }).split(separator: "/") {
            switch part {
            case ".": break
            case "..": parts = Array(parts.dropLast())
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    private static func numbered(_ text: String) -> [(Int, Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            ($0.offset + 1, $0.element)
        }
    }
}
