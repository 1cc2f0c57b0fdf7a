//! Texts that nobody should send, and how to see whether one got through.
#![allow(unreachable_pub)]

/// What may steer a terminal, hide, pile up or be taken for something else: alone, inside a word, and unterminated.
pub fn payloads() -> Vec<String> {
    let bare = [
        "\u{1b}[2J",
        "\u{1b}[31m",
        "\u{1b}[?1049h",
        "\u{1b}[?25l",
        "\u{1b}[6n",
        "\u{1b}[200~",
        "\u{1b}c",
        "\u{1b}(0",
        "\u{1b}]0;title\u{7}",
        "\u{1b}]8;;http://x\u{1b}\\",
        "\u{1b}]52;c;eA==\u{7}",
        "\u{1b}]0;open",
        "\u{1b}P+q\u{1b}\\",
        "\u{1b}_apc\u{1b}\\",
        "\u{1b}^pm\u{1b}\\",
        "\u{1b}X",
        "\u{1b}",
        "\u{9b}2J",
        "\u{9d}0;x\u{9c}",
        "\u{90}q\u{9c}",
        "\u{9f}x\u{9c}",
        "\u{98}",
        "\u{85}",
        "\u{84}",
        "\u{8d}",
        "\u{0}",
        "\u{7}",
        "\u{8}\u{8}\u{8}",
        "\r",
        "\n",
        "\t",
        "\u{b}",
        "\u{c}",
        "\u{e}",
        "\u{f}",
        "\u{7f}",
        "\u{202e}abc",
        "\u{202a}",
        "\u{202d}",
        "\u{2066}",
        "\u{2069}",
        "\u{61c}",
        "\u{200e}",
        "\u{200b}",
        "\u{2060}",
        "\u{feff}",
        "\u{ad}",
        "\u{e0041}\u{e007f}",
        "\u{e000}",
        "\u{10fffd}",
        "\u{fffe}",
        "\u{2028}",
        "\u{2029}",
        "z\u{301}\u{302}\u{303}\u{304}\u{305}",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "%s%n",
        "$(reboot)",
        "`reboot`",
        "'; drop table runs; --",
    ];
    let wrapped =
        |bare: &&str| [(*bare).to_owned(), format!("a{bare}b"), format!("{bare}{bare} x"), format!("x\n{bare}")];
    bare.iter().flat_map(wrapped).collect()
}

/// What steers a terminal or hides.
pub fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{200b}' | '\u{200e}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}')
}
