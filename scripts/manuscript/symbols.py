"""What faces of symbols draw for the codes of a text: a ü in Wingdings is printed as ✓."""

import tomllib
from pathlib import Path

PRIVATE = 0xF000  # such codes may stand higher by this
UNKNOWN = {code: chr(PRIVATE + code) for code in range(0x21, 0x100) if code != 0xA0}
PRINTED = "printed symbol"  # in a PDF, where all other codes are Unicode
FACES: dict[str, dict[int, str]] = {}
for face, rows in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items():
    known = {
        code: sign
        for first, signs in rows.items()
        for code, sign in enumerate(signs, int(first, 16))
        if sign != " "
    }
    high = {PRIVATE + code: sign for code, sign in known.items()}
    FACES[face] = UNKNOWN | known | high if face else high
FACES[PRINTED] = {code: sign for code, sign in FACES["symbol"].items() if code >= PRIVATE}


def drawn(text: str, face: str = "") -> str:
    """What is printed of a text in this face; where its table has no character, a private one that
    will be told.
    """
    return text.translate(FACES.get(face.lower(), FACES[""]))
