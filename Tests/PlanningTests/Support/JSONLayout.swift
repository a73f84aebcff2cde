/// JSON with a line for each value, so that a change of an expected document can be reviewed. Every
/// character of the document is kept; white space is all that is added.
enum JSONLayout {
    static func readable(_ json: String) -> String {
        var (text, depth) = ("", 0)
        var (isInString, isEscaped) = (false, false)
        for character in json.unicodeScalars {
            let isStructure = !isInString
            if isInString {
                isInString = isEscaped || character != "\""
                isEscaped = !isEscaped && character == "\\"
            } else if character == "\"" {
                isInString = true
            }
            switch character {
            case "{" where isStructure, "[" where isStructure:
                depth += 1
                text += "\(character)" + line(depth)
            case "}" where isStructure, "]" where isStructure:
                depth -= 1
                text += line(depth) + "\(character)"
            case "," where isStructure: text += "," + line(depth)
            case ":" where isStructure: text += ": "
            default: text.unicodeScalars.append(character)
            }
        }
        return text.replacing(/([\[{])\n\s*([\]}])/) { "\($0.1)\($0.2)" }
    }

    private static func line(_ depth: Int) -> String {
        "\n" + String(repeating: "  ", count: depth)
    }
}
