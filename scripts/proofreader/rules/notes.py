"""What the parser itself noticed of a page: one law for each kind of note."""

from proofreader.rule import Findings, View, rule

ONE = "Rename or take out one of the two"
PATH = "Mend the path, or add the file"
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
            "reference-repeated": ("[{}] must be defined once", ONE),
            "footnote-repeated": ("[^{}] must be defined once", ONE),
        },
    ),
    "L12": (
        "error",
        "A footnote must be referred to in the text.",
        {
            "footnote-unused": (
                "the footnote [^{}] must be referred to",
                "Set its mark in the text, or take it out",
            )
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
            "include-missing": ("an included file must exist: {}", PATH),
            "include-outside": ("an included file must be inside its base_path: {}", PATH),
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
            used = f"[^{note.name}]"  # where a mark stands in what is not rendered here
            if note.kind in kinds and (code != "L12" or view.source.masked.count(used) < 2):
                said, hint = kinds[note.kind]
                yield view.at(note, said.format(note.name), note.hint or hint)

    check.__doc__ = law
    rule(code, any=any_project)(check)


for code in NOTES:
    _file(code)
