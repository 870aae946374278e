"""What Word sets above and below a line, in one: equations in the form that it takes back,
(a+b)/c, x_i^2, √(1−x), and how a word is spoken behind it, 彧（yù）.
"""

import re
from typing import Any

# Parts in the order in which they are read, with the sign before each.
FORMS = {
    "f": "num /den",
    "sSub": "e _sub",
    "sSup": "e ^sup",
    "sSubSup": "e _sub ^sup",
    "sPre": "_sub ^sup e",
    "nary": "chr _sub ^sup e",
    "rad": "^deg √e",
    "limLow": "e _lim",
    "limUpp": "e ^lim",
    "acc": "e chr",
    "bar": "e chr",
    "groupChr": "e chr",
}
SIGNS = {"nary": "∫", "acc": "\u0302", "bar": "\u0305", "groupChr": "⏟"}  # where none is named
JOINED = {"d": "|", "m": "; ", "eqArr": "; ", "mr": ", ", "func": " "}
UNSAID = re.compile(r"\w+Pr|del|moveFrom")
SIMPLE = re.compile(r"\d+|[A-Za-z]+|.[\u0300-\u036f]?|\([^()]*\)")


def in_line(element: Any) -> str:
    """What an equation or a word with its sounds, or a part of one, says."""
    kind = _name(element)
    if kind == "t":
        return element.text or ""
    inner = [(_name(part), in_line(part)) for part in element if not UNSAID.fullmatch(_name(part))]
    if kind == "ruby":
        return "{rubyBase}（{rt}）".format(**dict(inner))
    named = {
        _name(at): value
        for part in element
        if _name(part) == f"{kind}Pr"
        for at in part
        for value in at.attrib.values()
    }
    if kind in JOINED:
        said = named.get("sepChr", JOINED[kind]).join(text for _, text in inner if text)
        return named.get("begChr", "(") + said + named.get("endChr", ")") if kind == "d" else said
    if kind not in FORMS:
        return "".join(text for _, text in inner)
    parts = {"chr": named.get("chr", SIGNS.get(kind, ""))} | dict(inner)
    said = ""
    for form in FORMS[kind].split():
        name = form.strip("/_^√")
        if text := parts.get(name, ""):
            said += form.removesuffix(name) + (text if SIMPLE.fullmatch(text) else f"({text})")
    return said


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2]
