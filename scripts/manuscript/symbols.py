"""What faces of symbols draw for the codes of a text: a ü in Wingdings is printed as ✓."""

NONE = "◌"  # stands for what Unicode does not have, or nobody uses
ROWS = [  # (face, first code, what it draws for that code and those behind it)
    ("symbol", 0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    ("symbol", 0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    ("symbol", 0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…◌◌↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈"),
    ("symbol", 0xE2, "®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪◌〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
    ("wingdings", 0x21, "✏✂✁◌◌◌◌☎✆✉◌◌◌◌◌◌◌◌◌◌◌⌛⌨◌◌◌◌◌◌✇✍✎✌◌◌◌☜☞☝☟✋☺◌☹◌☠⚐⚑✈☼◌❄✝✞◌✠✡☪☯◌☸"),
    ("wingdings", 0x5E, "♈♉♊♋♌♍♎♏♐♑♒♓◌&●❍■□❐❑❒⬧⧫◆❖⬥⌧⍓⌘❀✿❝❞◌⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    ("wingdings", 0x9E, "·•◌○◌◌◉◎◌▪□◌✦★✶✴✹✵◌⌖✧◌◌✪✰"),
    ("wingdings", 0xD5, "⌫⌦◌➢◌◌◌➲◌◌←→↑↓↖↗↙↘⬅➔⬆⬇⬉⬈⬋⬊⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂▭▫✗✓☒☑"),
    ("wingdings 2", 0x4F, "✗✓☒☑☒☒"),
    ("wingdings 2", 0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    ("wingdings 2", 0x97, "●"),
    ("wingdings 2", 0xA3, "□"),
    ("wingdings 3", 0x21, "←→↑↓"),
    ("wingdings 3", 0x70, "▲▼△▽◀▶◁▷"),
    ("wingdings 3", 0x7D, "▶"),
    ("webdings", 0x33, "◀▶▲▼"),
    ("webdings", 0x61, "✓◌□"),
    ("webdings", 0x67, "■"),
    ("webdings", 0x6E, "●"),
    ("webdings", 0x72, "✕"),
]
PRIVATE = 0xF000  # such codes may stand higher by this
UNKNOWN = {code: chr(PRIVATE + code) for code in range(0x21, 0x100) if code != 0xA0}
# where no face is known
USUAL = str.maketrans("\uf06c\uf06e\uf075\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc", "●■◆❖▪□•➢→✓")
FACES = {face: dict(UNKNOWN) for face, _, _ in ROWS}
for face, first, signs in ROWS:
    known = {code: sign for code, sign in enumerate(signs, first) if sign != NONE}
    FACES[face] |= known | {PRIVATE + code: sign for code, sign in known.items()}


def drawn(text: str, face: str = "") -> str:
    """What is printed of a text in this face; where its table has no character, a private one that
    will be told.
    """
    return text.translate(FACES.get(face.lower(), USUAL))
