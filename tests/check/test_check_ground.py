"""check: what it does not understand of a project it says in one line, and judges the pages all the
same."""

from pathlib import Path

import pytest

from proofreader.run import read_project, run_check

PAGE = "# Home\n\n[x](gone.md) [y](#nowhere) ![z](gone.png) [a][b]\n"
EXTENSIONS = "[abbr, admonition, attr_list, footnotes, md_in_html, tables]"


def write(root: Path, settings: str, pages: dict[str, str]) -> Path:
    """A project of some pages below docs/."""
    for name, content in pages.items():
        (root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / name).write_text(content, "utf-8")
    (root / "mkdocs.yml").write_text(f"site_name: x\n{settings}\n", "utf-8")
    return root


def told(root: Path) -> list[str]:
    """What is found, as `code path:line level`."""
    found = run_check(root, "any", cache=None).problems
    return [f"{one.code} {one.path.removeprefix('docs/')}:{one.line} {one.level}" for one in found]


def codes(root: Path, text: str, settings: str = "", **pages: str) -> list[str]:
    """The codes of what is found in a project of one page, and more."""
    more = {f"{name.replace('_', '.')}": content for name, content in pages.items()}
    write(root, f"markdown_extensions: {EXTENSIONS}\n{settings}", {"index.md": text, **more})
    return sorted(line.split()[0] for line in told(root))


@pytest.mark.parametrize(
    ("settings", "remark"),
    [
        ("plugins: [search, nobody-knows-it]", "the plugin nobody-knows-it"),
        ("hooks: [hook.py]", "the hook hook.py"),
        ("markdown_extensions: [mdx_nobody_has]", "the extension mdx_nobody_has"),
        (
            "markdown_extensions: [toc, material.extensions.preview, tables]",
            "the extension material.extensions.preview",  # it needs the page that MkDocs is at
        ),
        ("INHERIT: base.yml", "INHERIT: base.yml"),
        ("plugins: [i18n: {default_language: en}]", "i18n as it was before 1.0"),
    ],
)
def test_what_is_not_understood_is_told_and_all_is_judged(tmp_path, settings, remark):
    """One line for each thing; what it could explain is a note, never silence."""
    report = run_check(write(tmp_path, settings, {"index.md": PAGE}), "any", cache=None)
    assert [said.split(" is not understood")[0] for said in report.remarks] == [remark]
    assert {(one.code, one.level) for one in report.problems} == {
        (code, "note") for code in ("F01", "L01", "L02", "L08")
    }


@pytest.mark.parametrize("plugin", ["search", "material/social", "blog", "macros"])
def test_what_is_understood_excuses_nothing(tmp_path, plugin):
    """A plugin that makes nothing of what is judged, or acts on braces where there are none,
    changes no level."""
    report = run_check(write(tmp_path, f"plugins: [{plugin}]", {"index.md": PAGE}), "any", None)
    assert report.remarks == []
    assert {one.level for one in report.problems} == {"error"}


RIGHT = {
    "a comment": "[//]: # (nothing of this shows)\n[//]: # (nor of this)",
    "a row of brackets": "The text [a][b][c] is sent.",
    "escaped brackets": "Write \\[x\\](y.md) for a link.",
    "a notice of its kind": "!!! note\n    One.\n\n**Note** this.\n\n!!! note\n    Two.",
    "an address over two lines": "see [it](https://example.org/\nissues/12) there",
    "a text fragment": "[a](other.md#other:~:text=word)",
    "code with pipes in a table": "| a | b |\n|---|---|\n| `x|y` | ``c`|`d`` |",
    "an empty cell too many": "| a | b |\n|---|---|\n| one | two |     |",
    "a merge in a fence": "```\n<<<<<<< HEAD\n=======\n>>>>>>> x\n```",
    "dialects in code": "`~~x~~` and `{{ y }}` and\n\n    ==z==",
    "a time and a price": "At 12:30:45 it was $5 and then $6_000.",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_passed_over(tmp_path, text):
    """What is usual elsewhere, and shows as it is meant, is no fault."""
    assert codes(tmp_path, f"# Home\n\n{text}\n\n[o](other.md)\n", other_md="# Other\n") == []


WRONG = {
    "L01 Markdown at an address": ("[a](/other.md)", "site_url: https://x.example/"),
    "L01 nowhere on the site": ("[a](/no/such/)", "site_url: https://x.example/"),
    "L01 absolute, and forbidden": ("[a](/other/)", "validation: {absolute_links: warn}"),
    "L01 a draft": ("[a](draft.md)", "draft_docs: draft.md"),
    "L04 an image without words": ("[![](p.png)][d]\n\n[d]: https://x.example/", ""),
    "L13 a blank": ("[a](<https://x.example/a b>)", ""),
    "L13 a bare host": ("[a](www.x.example)", ""),
    "L13 a scheme mistyped": ("[a](https//x.example)", ""),
    "F01 srcset": ('<img srcset="no.webp 2x" src="p.png" alt="p">', ""),
    "F01 poster": ('<video poster="no.png" src="p.png"></video>', ""),
    "F01 video": ('<video src="no.mp4"></video>', ""),
    "F01 iframe": ('<iframe src="no.html" title="x"></iframe>', ""),
    "F01 object": ('<object data="no.svg"></object>', ""),
    "F01 embed": ('<embed src="no.pdf">', ""),
    "MD032 a list of code": ("Allowed are:\n- `one`\n- `two`\n\nThen:\n\n- first", ""),
    "X11 a PDF in the nav": ("x", "nav: [index.md, other.md, Slides: slides.pdf]"),
    "X12 beside a PDF in the nav": ("x", "nav: [index.md, Sign: p.png]"),
}


@pytest.mark.parametrize(("text", "settings"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told(tmp_path, request, text, settings):
    """Kinds that a checker easily passes over."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/p.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    more = (
        {"other_md": "# Other\n", "draft_md": "# Draft\n"}
        if "draft" in settings
        else {"other_md": "# Other\n"}
    )
    link = "" if "nav" in settings else "\n\n![p](p.png)"
    found = codes(tmp_path, f"# Home\n\n{text}{link}\n", settings, **more)
    wanted = request.node.callspec.id.split()[0]
    assert wanted in found
    assert set(found) <= {wanted, "F02", "F03"}


NEAR = {
    "beside a page that is a folder": ("guide.md", "[the other](other)", "Write other.md"),
    "in other letters": ("guide.md", "[c](OTHER.md)", "Write other.md"),
    "from another folder": ("a/b.md", "[c](../othr.md)", "Did you mean ../other.md?"),
}


@pytest.mark.parametrize(("name", "text", "cure"), NEAR.values(), ids=NEAR)
def test_the_nearest_is_offered(tmp_path, name, text, cure):
    """A path that leads nowhere is told with the one that was meant, seen from the page's file."""
    write(tmp_path, "", {"index.md": "# H\n", "other.md": "# O\n", name: f"# G\n\n{text}\n"})
    found = run_check(tmp_path, "any", cache=None).problems
    assert [(one.code, one.hint) for one in found] == [("L01", cure)]


SUFFIX = """plugins:
  - i18n:
      docs_structure: {}
      languages:
        - {{locale: zh, name: 中文, default: true, build: true}}
        - {{locale: en, name: English, build: true}}
"""


def test_links_across_languages(tmp_path):
    """What the build of the default language cannot reach is told, and nothing of what works."""
    pages = {
        "index.md": "# 首页\n\n[中](course.md)，[EN](course.en.md)。\n",
        "index.en.md": "# Home\n\n[course](course.md)\n",
        "course.md": "# 课程\n",
        "course.en.md": "# Course\n",
    }
    assert told(write(tmp_path / "a", SUFFIX.format("suffix"), pages)) == ["L01 index.md:3 error"]
    pages = {
        "zh/index.md": "# 首页\n\n[英](../en/index.md)\n",
        "en/index.md": "# Home\n\n[zh](../zh/index.md)\n",
    }
    assert told(write(tmp_path / "b", SUFFIX.format("folder"), pages)) == [
        "L01 zh/index.md:3 error"
    ]
    pages = {"zh/index.md": "# 首页\n", "en/index.md": "# Home\n\n[x](en/index.md)\n"}
    assert told(write(tmp_path / "c", SUFFIX.format("folder"), pages)) == [
        "L01 en/index.md:3 error"
    ]


def test_a_file_that_all_pages_would_include(tmp_path):
    """What the settings append to each page, and is not there, is told once: where they name it."""
    snippets = "markdown_extensions:\n  - pymdownx.snippets: {auto_append: [includes/abbr.md]}"
    write(tmp_path, snippets, {"index.md": "# Home\n\n[o](other.md)\n", "other.md": "# Other\n"})
    found = [(one.code, one.path, one.line) for one in run_check(tmp_path, "any", None).problems]
    assert found == [("X06", "mkdocs.yml", 3)]


OWN_NAV = """nav: [a.md, b.md, c.md]
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: zh, name: 中文, default: true}
        - {locale: en, name: English, nav: [c.md, b.md, a.md]}
"""


def test_a_language_is_judged_by_its_own_nav(tmp_path):
    """Where a language has a nav of its own, chapters count in its order, and that of the others
    is not theirs."""
    pages = {
        "zh/a.md": "# 1. 甲\n",
        "zh/b.md": "# 2. 乙\n",
        "zh/c.md": "# 3. 丙\n",
        "en/a.md": "# 3. A\n",
        "en/b.md": "# 2. B\n",
        "en/c.md": "# 1. C\n",
    }

    def numbers_amiss() -> list[str]:
        found = run_check(tmp_path, "book", cache=None).problems
        return [one.path for one in found if one.code == "H07"]

    write(tmp_path, OWN_NAV, pages)
    assert numbers_amiss() == []
    write(tmp_path, OWN_NAV.replace("[c.md, b.md", "[b.md, c.md"), pages)
    assert numbers_amiss() == ["docs/en/a.md"]


@pytest.mark.parametrize("address", ["http://[", "[1]", "''"])
def test_an_address_that_is_none(tmp_path, address):
    """A site_url that cannot be read keeps no page from being judged."""
    settings = f"site_url: {address}"
    write(tmp_path, settings, {"index.md": "# Home\n\n[a](/gone.md)\n[b](gone.md)\n"})
    assert told(tmp_path) == ["L01 index.md:3 error", "L01 index.md:4 error"]


def test_a_file_is_used_by_its_whole_name(tmp_path):
    """An image whose name ends that of another, which is used, is not used by that; one in a style
    is, also where its name is written as addresses are."""
    write(tmp_path, "", {"index.md": "# Home\n\n![A wide view](overview.png)\n"})
    for name in ("overview.png", "view.png", "my map.png", "图一.png"):
        (tmp_path / "docs" / name).write_bytes(b"")
    style = "a { background: url(my%20map.png) } b { background: url(图一.png) }"
    (tmp_path / "docs/style.css").write_text(style, "utf-8")
    found = [one.path for one in run_check(tmp_path, "any", None).problems if one.code == "F03"]
    assert found == ["docs/view.png"]


def test_markdown_in_raw_html(tmp_path):
    """A link that raw HTML keeps from being read is told with what would let it be read."""
    text = "# Home\n\n<details><summary>More</summary>\n\nSee [it](https://x.example/).\n\n</details>\n"
    write(tmp_path, "", {"index.md": text})
    found = run_check(tmp_path, "any", cache=None).problems
    assert [(one.code, one.line) for one in found] == [("L07", 5)]
    assert 'markdown="1"' in found[0].hint


def test_places(tmp_path):
    """A finding stands at its own line: empty targets, references in use, notices that fell out."""
    text = "# Home\n\nOne [a](b.md)\nand [c]() there.\n\n!!! note\n    In.\n\n!!! note\nOut.\n"
    assert codes(tmp_path, text, b_md="# B\n") == ["L04", "X21"]
    assert told(tmp_path) == ["L04 index.md:4 error", "X21 index.md:9 error"]


def test_code_of_signs_has_its_place(tmp_path):
    """What stands below code that begins with a mere bracket is found where it is."""
    code = '```json\n{\n  "a": 1\n}\n```\n'
    write(tmp_path, "", {"index.md": f"# Home {{#h}}\n\n{code}\n## Below\n\nThen {{ x }} ends.\n"})
    found = [(one.code, one.line) for one in run_check(tmp_path, "book", None).problems]
    assert ("H02", 9) in found


def test_rows_in_a_fence_are_no_table(tmp_path):
    """Rows without a head are told where they are text, not in code, however its fence is given."""
    rows = "| a | b |\n    | c | d |"
    text = f"# Home\n\n??? note\n    ```{{ .yaml .no-copy }}\n    {rows}\n    ```\n\n    {rows}\n"
    settings = "markdown_extensions: [pymdownx.details, pymdownx.superfences, tables]"
    assert told(write(tmp_path, settings, {"index.md": text})) == ["MD075 index.md:9 error"]


def test_a_caption_is_read_once(tmp_path):
    """A caption in a paragraph of its own is told where it stands, in its own words."""
    text = "# Home {#h}\n\n![](p.png)\n\n/// caption\nA view\n///\n"
    write(tmp_path, "markdown_extensions: [attr_list, pymdownx.blocks.caption]", {"index.md": text})
    found = [one for one in run_check(tmp_path, "book", None).problems if one.code == "F05"]
    assert [(one.line, one.message.rpartition(": ")[2]) for one in found] == [(6, "A view")]


def test_the_caption_of_a_table_is_that_of_no_figure(tmp_path):
    """A table with a caption is a table, whose cells are read, and no figure that wants a number."""
    table = "| a | b |\n| - | - |\n| c | d |\n\n/// caption\n表一\n///\n"
    settings = "markdown_extensions: [tables, pymdownx.blocks.caption]"
    write(tmp_path, settings, {"index.md": f"# Home {{#h}}\n\n{table}"})
    blocks = read_project(tmp_path).pages["index.md"].blocks
    assert [(one.kind, one.line) for one in blocks] == [
        ("table", 3),
        *(("cell", line) for line in (3, 3, 5, 5)),
        ("caption", 8),
    ]


def test_what_is_nowhere_moves_nothing(tmp_path):
    """Formulas, and code that is included and begins as other code does, have what follows at its
    line all the same."""
    formula = "$E$，因此如此。\n\n## Here\n\n因此而去。\n\n"
    included = '```c\n--8<-- "a.c"\n```\n\n## There\n\n```c\n#include <a>\nint g;\n```\n'
    settings = "markdown_extensions: [pymdownx.arithmatex, pymdownx.snippets, pymdownx.superfences]"
    write(tmp_path, settings, {"index.md": f"# Home {{#h}}\n\n{formula}{included}"})
    (tmp_path / "a.c").write_text("#include <a>\nint f;\n", "utf-8")
    found = run_check(tmp_path, "book", None).problems
    assert [one.line for one in found if one.code == "H02"][-2:] == [5, 13]


def test_each_use_has_its_own_place(tmp_path):
    """What stands twice on a page is told twice, each at its line, whatever stands before it:
    addresses in angle brackets, code, fences within lists."""
    lines = [
        "# Home",
        "",
        "- At <https://x.example/a>: [one](gone.md)",
        "- `code` and [two](gone.md)",
        "",
        "    ```python",
        "    x = 1  # [no](gone.md)",
        "    ```",
        "",
        '<figure markdown="1">',
        "![](p.png)",
        "</figure>",
        "",
        "Words [three](gone.md) and",
        "more [four](gone.md).",
        "",
        '<figure markdown="1">',
        "![](p.png)",
        "</figure>",
        "",
    ]
    write(tmp_path, f"markdown_extensions: {EXTENSIONS}", {"index.md": "\n".join(lines)})
    (tmp_path / "docs/p.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    found = [line for line in told(tmp_path) if line.startswith(("L01", "F02"))]
    assert found == [
        "L01 index.md:3 error",
        "L01 index.md:4 error",
        "F02 index.md:11 note",
        "L01 index.md:14 error",
        "L01 index.md:15 error",
        "F02 index.md:18 note",
    ]


def test_one_language_may_have_its_folder(tmp_path):
    """A nav names pages as they are called inside the folder, also where there is one alone."""
    one = "{docs_structure: folder, languages: [{locale: en, name: English, default: true}]}"
    settings = f"plugins: [{{i18n: {one}}}]\nnav: [index.md, more.md]"
    pages = {"en/index.md": "# Home\n\n[More](more.md)\n", "en/more.md": "# More\n"}
    assert told(write(tmp_path, settings, pages)) == []
