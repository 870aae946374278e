"""What the parser itself noticed of a page: one law for each kind of note."""

from proofreader.rule import Findings, Found, View, rule

NOTES = {  # code: its level in any project, the law, and by kind of note what must be, and the cure
    "L10": (
        "note",
        "A link definition must be used.",
        {"reference-unused": ("the definition [{}] must be used", "Take it out, or refer to it")},
    ),
    "L11": (
        "error",
        "A name must be defined once: the later link definition or footnote hides the earlier.",
        {
            "reference-repeated": (
                "[{}] must be defined once",
                "Rename or take out one of the two",
            ),
            "footnote-repeated": (
                "[^{}] must be defined once",
                "Rename or take out one of the two",
            ),
        },
    ),
    "X01": (
        "",
        "A file must begin with its text, not with a byte order mark.",
        {"bom": ("the file must not begin with a byte order mark", "Save it as UTF-8 without BOM")},
    ),
    "X02": (
        "",
        "Lines must end in LF alone.",
        {"ends": ("lines must end in LF, not CR or CRLF", "Save it with Unix line ends")},
    ),
    "X03": (
        "error",
        "A file must be UTF-8.",
        {"bytes": ("the file must be UTF-8: byte {} is not", "Save it as UTF-8")},
    ),
    "X06": (
        "error",
        "A file that a page includes must exist, inside the folders that may be included from.",
        {
            "include-missing": (
                "an included file must exist: {}",
                "Mend the path, or add the file",
            ),
            "include-outside": (
                "an included file must be inside its base_path: {}",
                "Mend the path, or add the file",
            ),
        },
    ),
    "X10": (
        "error",
        "Markdown and its extensions must be able to render a page.",
        {"crash": ("the page must render: {}", "Halve the page until it does, to find the place")},
    ),
    "X28": (
        "error",
        "The front matter of a page must be valid YAML.",
        {
            "front": (
                "the front matter must be valid YAML: {}",
                "Write key: value, one a line; put quotes round a value with special signs",
            )
        },
    ),
}


def _file(code: str) -> None:
    any_project, law, kinds = NOTES[code]

    def check(view: View) -> Findings:
        for note in view.page.notes:
            if note.kind in kinds:
                said, hint = kinds[note.kind]
                path = note.file or view.page.path
                yield Found(path, note.line, said.format(note.name), note.hint or hint)

    check.__doc__ = law
    rule(code, any=any_project)(check)


for code in NOTES:
    _file(code)


@rule("L12", any="error")
def footnote_is_used(view: View) -> Findings:
    """A footnote must be referred to in the text."""
    for note in view.page.notes:
        marks = view.source.masked.count(f"[^{note.name}]")
        if note.kind == "footnote-unused" and marks < 2:
            law, hint = (
                f"the footnote [^{note.name}] must be referred to",
                "Set its mark in the text, or take it out",
            )
            yield view.at(note.line, law, hint)
