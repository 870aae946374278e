"""Characters that PDFs and cards cannot show."""

from collections.abc import Iterator

from proofreader import Found, Project, rule
from whitepaper.glyphs import find_lacking


@rule("T18")
def characters_have_a_face(project: Project) -> Iterator[Found]:
    """A character must be in one of the book's faces, or PDFs and cards cannot show it."""
    pages = {project.tree.files[uri].path: page.path for uri, page in project.pages.items()}
    ours = "whitepaper.extension" in project.settings.extensions
    for path, text in project.texts() if ours else ():
        odd = find_lacking(text) - {"\ufffd"} if path in pages else set()
        for number, line in enumerate(text.split("\n") if odd else (), 1):
            for column, char in enumerate(line, 1):
                if char in odd:
                    odd.remove(char)  # told once: a formula may have it a hundred times
                    law = f"the book's faces must have {char} (U+{ord(char):04X})"
                    hint = "Write it another way: another form of the character, or a picture of it"
                    yield Found(pages[path], number, law, hint, column)
