"""check: the ids and links that it sees are those of the built pages."""

import random
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from proofreader.project import is_local
from proofreader.run import read_project
from whitepaper.book import ROOT

MADE = re.compile('<div class="toc">.*?</div>', re.DOTALL)  # contents, which nobody wrote
FIXTURES = Path(__file__).parents[1] / "fixtures"
STRESS = """site_name: Stress
plugins: []
validation:
  {anchors: ignore, omitted_files: ignore, not_found: ignore, unrecognized_links: ignore,
  absolute_links: ignore}
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc:
      permalink: true
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.betterem
  - pymdownx.blocks.details
  - pymdownx.critic
  - pymdownx.details
  - pymdownx.emoji
  - pymdownx.highlight: {anchor_linenums: true, line_spans: __span}
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.magiclink
  - pymdownx.snippets: {base_path: includes}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist
"""
BLOCKS = [
    "##无空格的标题",
    " ## 一个缩进的标题",
    "\u3000## 全角缩进",
    "## 书架 *强调*{#em}",
    "## 书架",
    "## 书架",
    "Setext {#setext}\n---",
    "## `code` in **it** {: #attr .x }",
    "### <span id='inner'>raw</span> heading",
    "## ![图](b.md) {#image}",
    '[a](p1.md#书架) and [b](p2.md#%E4%B9%A6%E6%9E%B6 "t") and <p1.md> and [c][ref]\n\n[ref]: '
    "p3.md#x 'T'",
    '`<i id="code">`, `[no](no.md)`',
    '    <b id="indented">\n    [no](no.md)',
    '```html\n<b id="fenced">\n```',
    '<!-- <b id="comment"> [no](no.md) -->',
    '<div id="raw" markdown>\n## Inside {#inside}\n\n[in](p1.md)\n</div>',
    "<p id=raw2 title='a > b'><a name=named href='../p2/'>x</a></p>",
    "<script>document.write('<b id=\"script\">')</script>",
    '!!! note "T" \n    ## In a note\n\n    [n](p1.md)',
    "??? tip\n    text[^1]",
    '=== "A"\n\n    tab [t](p2.md)\n\n=== "B"\n\n    ```python\n    x = 1\n    ```',
    "text[^1] and[^long] and[^1]",
    "[^1]: 中文无空格",
    "[^long]: one\n\n    two {#in-note}",
    "*[HTML]: markup",
    "HTML is",
    "| a | b |\n| - | - |\n| [x](p1.md) | `|` {#cell} |",
    "Term\n: def [d](p3.md)\n{ #term }",
    "- one {#li}\n- two\n    - [three](p1.md)\n  - flat",
    "1. a\n\n    b {: #para}\n2. c",
    "> quote {#quote}\n>\n> ## In quote",
    "paragraph\n{ #paragraph }",
    "*em*{#emph} and [link](p1.md){#link .x} and ![img](i.png){#img}",
    "$a[i][j]$ and \\(x\\)",
    "++ctrl+c++ :smile: `#!python x = 1`",
    "- [ ] task\n- [x] done",
    "https://example.org/a#b and user@example.org",
    '--8<-- "part.md"',
    "/// details | D\n[x](p2.md)\n///",
    "{++ins++} {--del--}",
    "[](){#empty}",
    'a\\_b \\[no\\](no.md) &amp; &#35; <span id="a&amp;b">x</span>',
    "\\# no heading",
    "#### A {#1} B {#two}",
]


class Page(HTMLParser):
    """The ids and targets of one built page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(MADE.sub("", text))

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        anchor, name = named.get("id"), named.get("name") if tag == "a" else None
        self.ids += [value for value in dict.fromkeys([anchor, name]) if value]
        if (
            tag == "a"
            and named.get("href")
            and "headerlink" not in named.get("class", "")
            and "footnote" not in named.get("class", "")
        ):
            self.links.append(named["href"])


def build_bare(book: Path, **more) -> Path:
    """Builds a project with a template that is the content alone."""
    (book / "theme").mkdir(exist_ok=True)
    (book / "theme/main.html").write_text("{{ page.content }}", "utf-8")
    build(
        load_config(
            str(book / "mkdocs.yml"),
            theme={"name": None, "custom_dir": str(book / "theme")},
            site_dir=str(book / "site"),
            **more,
        )
    )
    return book / "site"


def assert_equal(book: Path, site: Path, languages: tuple[str, ...]) -> int:
    """Compares every page's record with its built HTML; returns how many there were."""
    project = read_project(book)
    pages = [page for page in project.pages.values() if page.lang in languages]
    for page in pages:
        address = project.url(project.tree.files[page.uri])
        built = Page((site / address / "index.html").read_text("utf-8"))
        assert page.ids == list(dict.fromkeys(built.ids)), page.path
        assert [note.name for note in page.notes if note.kind == "id-repeated"] == [
            anchor for anchor in dict.fromkeys(built.ids) if built.ids.count(anchor) > 1
        ], page.path
        own = sorted(
            urljoin(f"/{address}", link.target) if link.raw else resolved(project, page, link)
            for link in page.links
            if link.tag == "a" and is_local(link.target)
        )
        theirs = sorted(
            unquote(urljoin(f"/{address}", link))
            for link in built.links
            if ":" not in link and "__codelineno" not in link
        )
        assert own == theirs, page.path
    return len(pages)


def resolved(project, page, link) -> str:
    """The address that MkDocs should write for a link, from the site's root."""
    target = project.resolve(page, link.target, link.raw)
    if target.kind not in ("page", "file"):
        return unquote(urljoin("/" + project.url(project.tree.files[page.uri]), link.target))
    return (
        "/"
        + project.url(project.tree.files[target.uri])
        + (f"#{target.fragment}" if target.fragment else "")
    )


@pytest.mark.parametrize("seed", range(4))
def test_stress_pages(tmp_path, monkeypatch, seed):
    """On pages of shuffled oddities of Markdown and its extensions, ids, repeats and links equal
    the built HTML."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "includes").mkdir()
    (tmp_path / "includes/part.md").write_text(
        "## Included {#included}\n\n[inc](p1.md#x)\n", "utf-8"
    )
    (tmp_path / "mkdocs.yml").write_text(STRESS, "utf-8")
    shuffled = random.Random(seed)
    for number in range(1, 26):
        text = "\n\n".join(["# Page", *shuffled.sample(BLOCKS, shuffled.randint(5, len(BLOCKS)))])
        (tmp_path / f"docs/p{number}.md").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert assert_equal(tmp_path, build_bare(tmp_path), ("",)) == 25


def test_the_clean_book(tmp_path, monkeypatch):
    """The mini-book's pages are seen as they are built, in both languages."""
    book = Path(shutil.copytree(FIXTURES / "checked", tmp_path / "book"))
    monkeypatch.chdir(book)
    assert assert_equal(book, build_bare(book), ("zh", "en")) == 10


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_this_book(tmp_path, monkeypatch, lang):
    """This book's pages are seen as they are built."""
    for name in ("docs", "overrides"):  # settings name a hook in the templates' folder
        shutil.copytree(ROOT / name, tmp_path / name)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    monkeypatch.setenv("WP_LANG", lang)
    monkeypatch.chdir(tmp_path)
    site = build_bare(tmp_path)
    if (
        lang != "zh"
    ):  # built alone, a language stands at the root; the checker sees both side by side
        site = site.rename(tmp_path / lang).parent
    assert assert_equal(tmp_path, site, (lang,)) >= 8
