"""check: whatever stands in a file, a tree or the settings, it ends with findings or one line.

CHECK_FUZZ=50 runs fifty times as many cases.
"""

import os
import random
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import proofreader.command as check
import whitepaper.laws  # noqa: F401
from proofreader.faults import CheckError
from proofreader.parse import Parser
from proofreader.record import Page
from proofreader.rule import RULES, View
from proofreader.run import run_check
from proofreader.settings import read_settings
from proofreader.source import Source, decode
from whitepaper.book import ROOT

FIXTURES = Path(__file__).parents[1] / "fixtures"
MORE = int(os.environ.get("CHECK_FUZZ", "1"))
PIECES = [
    "# ",
    "## ",
    "{#a}",
    "{:",
    "}",
    "[",
    "](",
    ")",
    "![",
    "[^",
    "]: ",
    "*[",
    "`",
    "```\n",
    "~~~",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "- ",
    "1. ",
    "> ",
    "|",
    "| - |",
    "!!! note\n",
    "??? x",
    '=== "a"\n',
    "<div markdown>",
    "</div>",
    "<a href=",
    '"',
    "'",
    "<!--",
    "-->",
    "<script>",
    "&amp;",
    "&#0;",
    "**",
    "_",
    "\\",
    "$",
    "硬科技",
    "，",
    "。",
    "（",
    "“",
    "”",
    "图一",
    "2010年",
    "70 million",
    "a.md",
    "#a",
    "http://",
    "mailto:",
    '--8<-- "x"',
    "\x00",
    "\x02",
    "\x03",
    "\x02wzxhzdk:0\x03",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\r",
    "---\n",
    ": ",
    "{{ x }}",
    "[TOC]",
    "///",
    "<",
    ">",
    "=",
    "%E4%",
    "é",
    "👩‍🔬",
]


@pytest.fixture(scope="module")
def parser() -> Parser:
    os.chdir(FIXTURES / "checked")
    return Parser(read_settings(FIXTURES / "checked"))


@settings(
    max_examples=300 * MORE,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60).map("".join))
def test_any_text_is_read_and_judged(parser, text):
    """A page of any text gets a record, and every rule for pages comes to an end on it."""
    text = text.encode("utf-8", "replace").decode()
    page, source = Page("docs/zh/x.md", "zh/x.md", "zh", "x.md"), Source(text)
    parser.read(page, source)
    view = View(page, source, "zh")
    for rule in RULES.values():
        if rule.scope == "page":
            assert all(found.line >= 1 for found in rule.check(view))


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The bytes after a few cuts, doublings, swaps and strange insertions."""
    for _ in range(dice.randint(1, 6)):
        at, to = sorted(dice.randint(0, len(data)) for _ in range(2))
        piece = dice.choice(PIECES).encode("utf-8", "replace")
        changed = [
            data[:at] + data[to:],
            data[:to] + data[at:],
            data[:at] + piece + data[at:],
            data[:at] + bytes([dice.randint(0, 255)]) + data[at:],
            data[to:] + data[:at],
            data.replace(b"\n\n", b"\n", dice.randint(1, 9)),
            data.replace(b"\n", b"\n    ", 3),
            data[:at] + piece * 40 + data[at:],
        ]
        data = dice.choice(changed)
    return data[:20_000]


def test_any_bytes_in_any_page(tmp_path):
    """A project with mutated pages of this book in it is judged to the end, by all rules."""
    dice, book = random.Random(1), Path(shutil.copytree(FIXTURES / "checked", tmp_path / "book"))
    pages = [*(FIXTURES / "checked/docs").rglob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for _ in range(150 * MORE):
        for place in dice.sample(["zh/odd.md", "en/odd.md", "zh/water.md", "en/mountains.md"], 2):
            (book / "docs" / place).write_bytes(mutated(dice.choice(pages).read_bytes(), dice))
        for rules in ("book", "any"):
            assert all(
                problem.line >= 1 and problem.code in RULES
                for problem in run_check(book, rules, cache=None).problems
            )


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=9)
    | st.sampled_from(["docs", "zh", "index.md", "../..", "/", "a.md#b", "toc", "tables", "en/"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["nav", "locale", "languages", "default", "i18n", "toc", "check", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
KEYS = [
    "site_name",
    "site_url",
    "nav",
    "plugins",
    "extra",
    "docs_dir",
    "exclude_docs",
    "not_in_nav",
    "use_directory_urls",
    "validation",
    "hooks",
    "theme",
    "markdown_extensions",
]


@settings(
    max_examples=150 * MORE,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5), st.sampled_from(["book", "any"]))
def test_any_settings(tmp_path_factory, values, rules):
    """Settings of any shape lead to findings or to one clear line."""
    root = tmp_path_factory.mktemp("any")
    (root / "docs/zh").mkdir(parents=True)
    (root / "docs/index.md").write_text("# Home\n\n[a](zh/a.md) ![](x.png)\n", "utf-8")
    (root / "docs/zh/a.md").write_text("# 山\n\n[a](../index.md#b)\n", "utf-8")
    (root / "mkdocs.yml").write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    try:
        run_check(root, rules, cache=None)
    except CheckError as error:
        assert ("\n" not in str(error) and str(root) in str(error)) or "mkdocs.yml" in str(error)


def test_any_tree(tmp_path, capsys):
    """Loops, pipes, dangling links, folders called x.md, strange names, long lines and deep nesting
    are gone through."""
    book = Path(shutil.copytree(FIXTURES / "checked", tmp_path / "book"))
    docs = book / "docs"
    (docs / "zh/folder.md").mkdir()
    (docs / "zh/folder.md/index.md").write_text("# x\n", "utf-8")
    (docs / "loop").symlink_to(docs)
    (docs / "zh/self.md").symlink_to("self.md")
    (docs / "zh/gone.md").symlink_to("nowhere")
    (docs / "zh/dev.md").symlink_to("/dev/null")
    os.mkfifo(docs / "zh/pipe.md")
    (docs / os.fsdecode(b"zh/\xff\xfe.md")).write_bytes(b"# \xff\xfe\n")
    (docs / "zh/new\nline.md").write_text("# x\n\n[a](new%0Aline.md)\n", "utf-8")
    (docs / "zh/line.md").write_text("x " * 5_000_000, "utf-8")
    (docs / "zh/deep.md").write_text("> " * 2000 + "x\n\n" + "<div markdown>\n" * 800, "utf-8")
    deep = docs
    for _ in range(70):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "x.md").write_text("# x\n", "utf-8")
    for format_ in ("text", "json", "github"):
        assert check.main([str(book), "--format", format_]) == 1
        out, err = capsys.readouterr()
        assert err.count("\n") == 1 and "Traceback" not in out
    codes = {problem.code for problem in run_check(book, cache=None).problems}
    assert {"X03", "X07"} <= codes


def test_decoding_never_fails():
    """Any bytes are a text."""
    assert decode(bytes(range(256)))[:4] == "\x00\x01\x02\x03"
