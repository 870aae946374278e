"""check: what a plugin would add to a project is no fault of its pages."""

from pathlib import Path

import pytest

from proofreader.command import check_book
from proofreader.plugins import EFFECTS

LISTED = [name for names in EFFECTS.values() for name in names.split()]
INCLUDED = "{% include 'x.md' %}"


def codes(root: Path, settings: str, text: str, more: dict[str, str] | None = None) -> set[str]:
    """The codes of all that is found in a project of one page, with more files below docs/."""
    for name, content in {"index.md": f"# Home\n\n{text}\n", **(more or {})}.items():
        (root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / name).write_text(content, "utf-8")
    extensions = "markdown_extensions: [abbr, admonition, attr_list, footnotes, tables, pymdownx.tabbed: {alternate_style: true}, pymdownx.snippets: {base_path: docs}]\n"
    (root / "mkdocs.yml").write_text(f"site_name: x\n{extensions}{settings}\n", "utf-8")
    return {problem.code for problem in check_book(root, "any", cache=None)}


ADDED = {
    "a footnote": ("L09", "include-markdown", "Text[^1]."),
    "a mark of a footnote": ("L12", "macros", f"{INCLUDED}\n\n[^1]: Note."),
    "a use of a definition": ("L10", "macros", f"{INCLUDED}\n\n[x]: https://x.example/"),
    "a use of an abbreviation": ("X27", "macros", f"{INCLUDED}\n\n*[AI]: artificial"),
    "an anchor": ("L02", "mkdocstrings", "[x](#package.x)"),
    "a definition": ("L08", "autorefs", "[x][package.x]"),
    "a page": ("L01", "gen-files", "[reference](reference.md)"),
    "a page in a group": ("L01", "group: {plugins: [gen-files]}", "[reference](reference.md)"),
    "the body of a tab": ("X22", "macros", f'=== "A"\n\n{INCLUDED}\n\n=== "B"\n\n    b'),
    "the body of a notice": ("X21", "macros", f"!!! note\n{INCLUDED}"),
    "the body of a notice in an included file": ("X21", "macros", '--8<-- "part.md"'),
    "headings": ("H04", "macros", f"{INCLUDED}\n\n### Deep"),
    "one of two ids": (
        "H01",
        "macros",
        "{% if x %}\n\n## A {#a}\n\n{% else %}\n\n## B {#a}\n\n{% endif %}",
    ),
    "the lines of a list": (
        "X23",
        "macros",
        "{% for x in y %}\n- {{ x }}\n- {{ x }}\n{% endfor %}",
    ),
    "a way to find pages": ("L01", "ezlinks", "[x](Other.md)"),
    "attribute lists": ("H03", "techdocs-core", "Text {#here"),
}


@pytest.mark.parametrize("code, plugin, text", ADDED.values(), ids=ADDED)
def test_what_a_plugin_may_add_is_not_missed(tmp_path, code, plugin, text):
    """Without the plugin it is a fault; where the plugin may add it, nothing is said."""
    more = {
        "guide/other.md": "# Other\n",
        "other.md": "# Other\n",
        "part.md": f"# Part\n\n!!! note\n{INCLUDED}\n",
    }
    assert code in codes(tmp_path, "", text, more)
    assert code not in codes(tmp_path, f"plugins: [search, {plugin}]", text, more)


def test_an_unknown_plugin_may_do_anything(tmp_path):
    """Of a plugin that nobody has listed, pages, anchors and definitions are expected."""
    text = "[a](a.md) [b](#b) [c][c] [d](other) d[^1]"
    assert codes(tmp_path, "", text, {"other.md": "# Other\n"}) == {"L01", "L02", "L08", "L09"}
    assert codes(tmp_path, "plugins: [nobody-knows-it]", text) == set()


@pytest.mark.parametrize(
    "plugin", ["search", "material/social", "git-revision-date-localized", "mkdocstrings"]
)
def test_a_known_plugin_excuses_nothing_else(tmp_path, plugin):
    """What no listed plugin could add is a fault beside it too."""
    assert codes(tmp_path, f"plugins: [{plugin}]", "[a](a.md) d[^1]") == {"L01", "L09"}


def test_what_the_plugin_exclude_leaves_out_is_no_page(tmp_path):
    """Files that `exclude` takes away by glob or expression are not judged, and links to them are broken."""
    settings = "plugins: [search, exclude: {glob: ['parts/*'], regex: ['.*draft']}]"
    assert (
        codes(
            tmp_path,
            settings,
            "Text.",
            {"parts/a.md": "[x](../gone.md)", "a.draft.md": "[x](gone.md)"},
        )
        == set()
    )
    assert codes(tmp_path, settings, "[a](parts/a.md)") == {"L01"}


def test_a_plugin_is_listed_once():
    """Only what both makes pages and writes into others stands in two lists."""
    assert {name for name in LISTED if LISTED.count(name) > 1} == {"macros", "api-autonav"}


STRANGE = {
    "a comment": "[//]: # (nothing of this shows)\n[//]: # (nor of this)",
    "a row of brackets": "The text [a][b][c] is sent.",
    "a table from another file": '| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n\n--8<-- "part.md"',
    "a notice that names its kind": "!!! note\n    First.\n\n**Note** that this is none.\n\n!!! note\n    Second.",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_usual_ways_to_write_are_passed_over(tmp_path, text):
    """What other projects write, and what shows as they mean it, is no fault."""
    assert (
        codes(
            tmp_path,
            "exclude_docs: part.md",
            text,
            {"part.md": "| a | b |\n|---|---|\n| 1 | 2 |\n"},
        )
        == set()
    )


def test_a_notice_is_found_where_it_stands(tmp_path):
    """An empty notice is told at its own line, though the title that its kind gave it stands elsewhere too."""
    codes(
        tmp_path,
        "",
        "!!! note\n    First.\n\n!!! note\nFallen out.\n\nNote this.\n\n!!! note\n    Third.",
    )
    assert [
        (problem.code, problem.line) for problem in check_book(tmp_path, "any", cache=None)
    ] == [("X21", 6)]
