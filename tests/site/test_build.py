"""build: whatever is wrong with the sources is told in one go, with file and line, and an older
site is left alone.
"""

import re
from pathlib import Path

import pytest

from extract import raw_text
from minibook import write_minibook
from whitepaper import build as verb
from whitepaper.editions import read_changes, read_editions, read_source


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """A book of two pages as if it were this project, with an older site."""
    root = write_minibook(tmp_path / "book")
    monkeypatch.setattr(verb, "ROOT", root)
    verb.build(root, root / "site", exports=False)
    return root


def run(project: Path, monkeypatch, capsys, *arguments: str) -> tuple[int, str]:
    """Exit code of scripts/build, and what it says beside its steps."""
    for remembered in (read_editions, read_source, read_changes):
        remembered.cache_clear()
    monkeypatch.setattr(
        "sys.argv",
        [
            "scripts/build",
            "--no-exports",
            "--out",
            str(project / "site"),
            "--site-url",
            "https://x.example/",
            *arguments,
        ],
    )
    code = verb.main()
    said = capsys.readouterr()
    return code, re.sub(r"^  .*….*\n?", "", said.out, flags=re.MULTILINE) + said.err


PAGE = "docs/zh/origin.md"
BROKEN = {
    "settings that are no YAML": (
        "mkdocs.yml",
        "site_name: [\nnav:",
        2,
        r"^build: mkdocs\.yml:2: not valid YAML.*Mend it$",
    ),
    "settings that are not UTF-8": (
        "mkdocs.yml",
        b"site_name: x\nnav: [\xb5]\n",
        2,
        r"mkdocs\.yml:2: not UTF-8.*Save it as UTF-8",
    ),
    "settings that say nothing": ("mkdocs.yml", "", 2, r"mkdocs\.yml: must hold settings"),
    "a glossary that is not UTF-8": (
        "docs/data/glossary.toml",
        b"[[term]]\nid = '\xb5'\n",
        2,
        r"docs/data/glossary\.toml:2: not UTF-8.*Save it as UTF-8",
    ),
    "a term without its English": (
        "docs/data/glossary.toml",
        "[[term]]\nid = 'x'\nzh = '甲'\n",
        2,
        r"docs/data/glossary\.toml:1: term: Object missing required field `en`.*Mend it",
    ),
    "no settings": ("mkdocs.yml", None, 2, r"mkdocs\.yml: no such file"),
    "a glossary that is no TOML": (
        "docs/data/glossary.toml",
        "[[term]\n",
        2,
        r"docs/data/glossary\.toml:1: not valid TOML.*Mend it",
    ),
    "figures that are no TOML": (
        "docs/data/figures.toml",
        "[a]\nb =\n",
        1,
        r"docs/data/figures\.toml:2: X35 not valid TOML",
    ),
    "redirects that are no TOML": (
        "docs/data/redirects.toml",
        "gone\n",
        1,
        r"docs/data/redirects\.toml:1: X35 not valid TOML.*Mend",
    ),
    "no edition": ("CHANGELOG.md", "# Changelog\n", 1, r"CHANGELOG\.md:1: X35 no edition"),
    "a template that is no template": ("overrides/main.html", "{% block %}", 2, r"main\.html:1: "),
    "a missing twin": ("docs/en/origin.md", None, 1, rf"{PAGE}:1: P01 .*Hint: "),
    "a page that is not UTF-8": (PAGE, b"# \xb5\xda {#origin}\n", 1, rf"{PAGE}:1: X03"),
    "a missing figure": (
        PAGE,
        "---\ndescription: x\n---\n# origin {#origin}\n\n![图一　无](figures/none.svg){#figure-none}\n",
        1,
        rf"{PAGE}:6: F01",
    ),
    "front matter that is no YAML": (
        PAGE,
        "---\ndescription: [\n---\n# origin {#origin}\n\n一句话first。\n",
        1,
        rf"{PAGE}:2: X28",
    ),
    "raw HTML that is not closed": (
        PAGE,
        "---\ndescription: x\n---\n# origin {#origin}\n\n一句<b>话。\n",
        1,
        rf"{PAGE}:6: X34",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_bad_input(case, project, monkeypatch, capsys):
    """Bad input ends with the contract's exit code, its file (and line) named, in one line on
    stderr; the older site stays.
    """
    name, content, code, told = BROKEN[case]
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    path = project / name
    path.parent.mkdir(exist_ok=True)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    ended, said = run(project, monkeypatch, capsys)
    *problems, line = said.strip().splitlines()
    assert (
        ended,
        line.startswith("build: "),
        bool(re.search(told, said, re.MULTILINE)),
        bool(problems),
    ) == (code, True, True, code == 1), said
    assert {
        path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()
    } == before


def test_from_the_published_text(project, monkeypatch, capsys, tmp_path):
    """`--text` builds from a copy that holds the published wording; nothing in the project changes
    but its site.
    """
    text = tmp_path / "text.txt"
    text.write_text(raw_text(1, 8), "utf-8")
    before = {
        path: path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and "site" not in path.parts
    }
    code, said = run(project, monkeypatch, capsys, "--text", str(text), "--force")
    assert code == 0, said
    assert {
        path: path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and "site" not in path.parts
    } == before
    words = re.search("[\u4e00-\u9fff]{12}", raw_text(1, 8).partition("1.1")[2])[0]
    assert any(words in path.read_text("utf-8") for path in (project / "site/zh").rglob("*.html"))


def test_text_that_is_not_there(project, monkeypatch, capsys):
    """A text that cannot be read ends with 2 and one line."""
    code, said = run(project, monkeypatch, capsys, "--text", "nowhere.txt")
    assert (code, said.strip().count("\n"), "nowhere.txt" in said) == (2, 0, True), said


@pytest.mark.parametrize("out", [".", "docs", "docs/zh/site", "overrides/x"])
def test_not_among_the_sources(project, monkeypatch, capsys, out):
    """A site is never written among the sources of the book."""
    code, said = run(project, monkeypatch, capsys, "--out", str(project / out))
    assert (code, said.endswith("the sources of the book lie there. Name another --out\n")) == (
        2,
        True,
    )


def test_sources_that_cannot_be_written(project, monkeypatch, capsys, tmp_path):
    """Sources that may only be read are built where one may write."""
    folders = [project, *(path for path in project.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        code, said = run(project, monkeypatch, capsys, "--out", str(tmp_path / "out"))
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert (code, (tmp_path / "out/index.html").exists()) == (0, True), said
