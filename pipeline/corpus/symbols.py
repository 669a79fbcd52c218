"""The signs of Word's symbol fonts as Unicode characters.

The Symbol font follows Adobe's published encoding, Wingdings Microsoft's own table of nearest characters.
"""

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""What stands in the text for a sign without a known character."""

_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
    "\N{REPLACEMENT CHARACTER}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_WINGDINGS = {
    0x20: " ",
    0x21: "🖉",
    0x22: "✂",
    0x23: "✁",
    0x25: "🔔",
    0x26: "🕮",
    0x28: "☎",
    0x29: "✆",
    0x2A: "✉",
    0x36: "⌛",
    0x37: "⌨",
    0x3E: "✇",
    0x3F: "✍",
    0x41: "✌",
    0x42: "👌",
    0x43: "👍",
    0x44: "👎",
    0x45: "☜",
    0x46: "☞",
    0x47: "☝",
    0x48: "☟",
    0x49: "✋",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x4D: "💣",
    0x4E: "☠",
    0x4F: "⚐",
    0x51: "✈",
    0x52: "☼",
    0x53: "💧",
    0x54: "❄",
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x73: "⬧",
    0x74: "⧫",
    0x75: "◆",
    0x76: "❖",
    0x77: "⬥",
    0x78: "⌧",
    0x7B: "❀",
    0x7C: "✿",
    0x7D: "❝",
    0x7E: "❞",
    0x80: "⓪",
    **{0x81 + step: chr(0x2460 + step) for step in range(10)},
    0x8B: "⓿",
    **{0x8C + step: chr(0x2776 + step) for step in range(10)},
    0x9E: "·",
    0x9F: "•",
    0xA0: "▪",
    0xA1: "○",
    0xA4: "◉",
    0xA5: "◎",
    0xA7: "▪",
    0xA8: "◻",
    0xAA: "✦",
    0xAB: "★",
    0xAC: "✶",
    0xAD: "✴",
    0xD5: "⌫",
    0xD6: "⌦",
    0xD8: "➢",
    0xDC: "➲",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE3: "↖",
    0xE4: "↗",
    0xE5: "↙",
    0xE6: "↘",
    0xE8: "➔",
    0xEF: "⇦",
    0xF0: "⇨",
    0xF1: "⇧",
    0xF2: "⇩",
    0xF3: "⬄",
    0xF4: "⇳",
    0xFB: "✗",
    0xFC: "✔",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {
    0x20: " ",
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x2A: "□",
    0x30: "☑",
    0x96: "•",
    0x97: "●",
    0xA3: "□",
    0xA2: "■",
}
_WINGDINGS_3 = {0x20: " ", 0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x7D: "▶", 0x7C: "◀", 0x70: "▲", 0x71: "▼"}
_WEBDINGS = {0x20: " ", 0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗", 0x34: "▶", 0x33: "◀"}

_FONTS: dict[str, dict[int, str]] = {
    "symbol": {
        **{0x20 + at: sign for at, sign in enumerate(_SYMBOL)},
        **{0xA0 + at: sign for at, sign in enumerate(_SYMBOL_HIGH)},
    },
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def is_symbol_font(font: str) -> bool:
    """Say whether a font shows signs instead of the letters its text holds."""
    return font.casefold() in _FONTS


def symbol_text(font: str, code: int) -> str:
    """Return the Unicode character that shows what a font shows at a place.

    Args:
        font: The font's name.
        code: The character's number, from Word's private range (F020 to F0FF) or below.

    Returns:
        One character; ``UNKNOWN`` where a symbol font's sign has none here.
    """
    signs = _FONTS.get(font.casefold())
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if signs is not None and 0x20 <= low <= 0xFF:
        return signs.get(low, UNKNOWN)
    if 0xF020 <= code <= 0xF07E:
        return chr(low)
    if 0xF000 <= code <= 0xF0FF:
        return "•" if low == 0xB7 else UNKNOWN
    if 0xD800 <= code <= 0xDFFF or not 0x20 <= code <= 0x10FFFF:
        return UNKNOWN
    return chr(code)
