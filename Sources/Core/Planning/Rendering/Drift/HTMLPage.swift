import ClaraModel

/// A page with its style and with a policy that forbids it everything else: no script, no frame, no
/// request (Content Security Policy Level 3).
struct HTMLPage {
    let title: String
    /// Markup.
    let body: String

    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex">
        <title>\(HTMLText.of(title))</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        \(body)</body>
        </html>

        """
    }

    /// The one style sheet is allowed by its hash, so that not even a style can be slipped in.
    private static let policy =
        "default-src 'none'; style-src 'sha256-\(Base64.text(ofHex: hash))'; "
        + "base-uri 'none'; form-action 'none'"

    private static let hash = Digest(of: style).description.dropFirst("sha256:".count)

    /// Colours have a contrast of at least 4.5 to 1 on their ground, in light and in dark (WCAG
    /// 2.2, 1.4.3), and never say anything alone.
    private static let style = """

        :root { color-scheme: light dark; --ground: #fff; --text: #1c2126; --quiet: #57606a;
          --line: #d0d7de; --panel: #f6f8fa; --drifted: #8a2be2; --blocked: #b42318;
          --unmanaged: #8a5300; --held: #0a5cad; --retired: #57606a; --good: #1a7f37;
          --gone: #b42318; --come: #1a7f37; }
        @media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --text: #e6edf3;
          --quiet: #9da7b1; --line: #343b44; --panel: #161b22; --drifted: #c297ff;
          --blocked: #ff8a80; --unmanaged: #e3b341; --held: #79c0ff; --retired: #9da7b1;
          --good: #56d364; --gone: #ff8a80; --come: #56d364; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 64rem; color: var(--text);
          background: var(--ground); font: 1rem/1.5 system-ui, sans-serif; }
        h1 { margin: 0; font-size: 1.75rem; }
        h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; }
        h3 { margin: 1.75rem 0 .5rem; font-size: 1.05rem; }
        header p, footer, .quiet { color: var(--quiet); }
        header p { margin: .25rem 0 0; overflow-wrap: anywhere; }
        footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line);
          font-size: .875rem; }
        a { color: inherit; }
        code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
        .verdict { margin: 1.5rem 0 1rem; font-size: 1.25rem; font-weight: 600; }
        dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
          gap: .75rem; margin: 0; }
        dl div { display: flex; flex-direction: column-reverse; justify-content: flex-end;
          padding: .75rem 1rem; border: 1px solid var(--line); border-left: .3rem solid var(--retired);
          border-radius: .4rem; background: var(--panel); }
        dt { color: var(--quiet); font-size: .875rem; }
        dd { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.2; }
        dl .drifted { border-left-color: var(--drifted); }
        dl .good { border-left-color: var(--good); }
        dl .blocked { border-left-color: var(--blocked); }
        dl .unmanaged { border-left-color: var(--unmanaged); }
        dl .held { border-left-color: var(--held); }
        .coverage { margin: 1.25rem 0 0; }
        .coverage svg { display: block; width: 100%; height: .75rem; margin-top: .35rem;
          border-radius: .375rem; }
        .coverage .all { fill: var(--line); }
        .coverage .part { fill: var(--good); }
        table { width: 100%; border-collapse: collapse; }
        caption { padding: 0 0 .35rem; text-align: left; overflow-wrap: anywhere; }
        caption .quiet { display: block; font-size: .875rem; }
        th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line);
          text-align: left; vertical-align: top; overflow-wrap: break-word; }
        thead th { color: var(--quiet); font-size: .8125rem; font-weight: 600; }
        tbody th { font-weight: 500; }
        .fields { margin: 0 0 1.25rem; table-layout: fixed; }
        .fields th:first-child { width: 30%; }
        pre { margin: 0; padding: .5rem .75rem; background: var(--panel); white-space: pre-wrap;
          overflow-wrap: anywhere; }
        del { color: var(--gone); text-decoration: none; }
        ins { color: var(--come); text-decoration: none; }
        ul { margin: 0; padding-left: 1.25rem; }
        li { overflow-wrap: anywhere; }
        .mark { font-weight: 600; white-space: nowrap; }
        .mark.drifted { color: var(--drifted); }
        .mark.blocked { color: var(--blocked); }
        .mark.unmanaged { color: var(--unmanaged); }
        .mark.held, .mark.withheld { color: var(--held); }
        .mark.retired { color: var(--retired); }
        @media (max-width: 40rem) { th, td { padding-right: .5rem; font-size: .875rem; } }
        @media print { body { max-width: none; padding: 0; font-size: 10pt; }
          h2, h3, caption { break-after: avoid; } tr, dl div { break-inside: avoid; }
          thead { display: table-header-group; } a { text-decoration: none; } }

        """
}

/// Base 64 (RFC 4648 §4) of bytes in hexadecimal digits.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    )

    static func text(ofHex digits: some StringProtocol) -> String {
        let bytes = digits.compactMap(\.hexDigitValue)
        let bits = bytes.flatMap { digit in (0..<4).reversed().map { digit >> $0 & 1 } }
        let letters = stride(from: 0, to: bits.count, by: 6).map { start in
            let six = bits[start..<min(start + 6, bits.count)]
            let padded = Array(six) + Array(repeating: 0, count: 6 - six.count)
            return alphabet[padded.reduce(0) { $0 << 1 | $1 }]
        }
        let padding = (4 - letters.count % 4) % 4
        return String(letters) + String(repeating: "=", count: padding)
    }
}
