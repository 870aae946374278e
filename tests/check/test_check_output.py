"""check: what people and programs see of it."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from email.message import Message
from http.client import RemoteDisconnected
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest

import proofreader.command as check
import whitepaper.laws  # noqa: F401
from proofreader import stock
from proofreader.rule import RETIRED, RULES, Problem
from proofreader.rules import external
from whitepaper.book import ROOT

FIXTURES = Path(__file__).parents[1] / "fixtures"
MENDED = ("zh/index.md", "(mountains.md)", "(hills.md)")


@pytest.fixture
def book(tmp_path) -> Path:
    return Path(shutil.copytree(FIXTURES / "checked", tmp_path / "book"))


def change(book: Path, name: str, find: str, put: str) -> None:
    path = book / "docs" / name
    path.write_text(path.read_text("utf-8").replace(find, put, 1), "utf-8")


def run(capsys, *arguments) -> tuple[int, str, str]:
    code = check.main([*map(str, arguments)])
    return (code, *capsys.readouterr())


def test_text_names_place_law_line_and_cure(book, capsys):
    """A problem in text is one line: path, line, code, what must be, a hint."""
    change(book, *MENDED)
    code, out, err = run(capsys, book)
    assert code == 1
    assert out.splitlines() == [
        "docs/zh/index.md:7: L01 the target of a link must exist: hills.md. Hint: Mend the path, "
        "or take the link out"
    ]
    assert err == "check: 10 pages, 1 error, 0 notes\n"


def test_json_has_the_seven_keys_of_the_contract(book, capsys):
    """JSON is a sorted list of objects with path, line, column, level, code, message, hint."""
    change(book, *MENDED)
    change(book, "en/odd.md", "Words in a tab", "Words in a big hill tab")
    _, out, _ = run(capsys, book, "--format", "json")
    first, second = json.loads(out)
    assert first | {"message": ""} == {
        "path": "docs/en/odd.md",
        "line": 30,
        "column": 1,
        "level": "error",
        "code": "T02",
        "message": "",
        "hint": "Write that",
    }
    assert (second["path"], second["line"], second["column"], second["code"]) == (
        "docs/zh/index.md",
        7,
        18,
        "L01",
    )


def test_github_annotates_the_line(book, capsys):
    """GitHub gets one command a problem, with its special characters escaped."""
    change(book, *MENDED)
    code, out, _ = run(capsys, book, "--format", "github")
    assert (code, out) == (
        1,
        "::error file=docs/zh/index.md,line=7,col=18,title=L01::the target of a link must exist: "
        "hills.md. Mend the path, or take the link out\n",
    )
    problem = Problem("a,b.md", 1, 1, "note", "L01", "100% of\nit")
    assert list(check.render_github([problem], book)) == [
        "::notice file=a%2Cb.md,line=1,col=1,title=L01::100%25 of%0Ait."
    ]


def test_notes_alone_exit_with_zero(book, capsys):
    """Only errors make the exit code 1; an unused image is a note in a project that is no book."""
    (book / "docs/zh/figures/old.svg").write_text("<svg/>", "utf-8")
    assert run(capsys, book, "--rules", "any")[0] == 0
    assert run(capsys, book, "--rules", "book")[0] == 1


def test_an_exception_to_a_rule_that_does_not_apply_is_none_amiss(book, capsys):
    """What is excepted from a rule for books alone stands, where no such rule judges, unblamed."""
    change(book, "zh/index.md", "讲山", "<!-- check: ignore T10 its author's -->讲山")
    assert run(capsys, book, "--rules", "any")[0] == 0
    assert run(capsys, book, "--rules", "book")[0] == 1


def test_published_wording_keeps_its_marks(book, capsys):
    """In a chapter of the published wording, findings on how the text is set are notes."""
    change(book, "zh/index.md", "讲山，也", "讲山,也")
    change(book, "zh/index.md", "description: 山与水", "description: 山与水\nwording: published")
    change(book, "zh/index.md", "这本小书", "这本小书,")
    code, out, _ = run(capsys, book)
    assert code == 0 and out.count("T10 note: ") == 1 and "The wording is the published one" in out


def test_a_sentence_may_go_on_in_a_formula_or_in_code(book, capsys):
    """What leads to a block that is set apart needs no full stop; what leads to nothing does."""
    for below, told in (("```\nx\n```", 0), ("$$\nx\n$$", 0), ("", 1)):
        shutil.copy(FIXTURES / "checked/docs/zh/index.md", book / "docs/zh/index.md")
        change(book, "zh/index.md", "外面的资料", f"这样，就可以写成\n\n{below}\n\n外面的资料")
        assert run(capsys, book, "--only", "T12")[1].count("full stop") == told


def test_links_to_headings_without_ids_are_not_compared(book, capsys):
    """Where a heading has no id by hand, which is told, each language may name it in its way."""
    for lang, name in (("zh", "书架"), ("en", "shelf")):
        path = book / f"docs/{lang}/index.md"
        added = f"\n## {name}\n\n[{name}](#{name})\n"
        path.write_text(path.read_text("utf-8") + added, "utf-8")
    assert run(capsys, book, "--only", "P09")[0] == 0
    change(book, "en/index.md", "[shelf](#shelf)", "[shelf](mountains.md)")
    assert run(capsys, book, "--only", "P09")[0] == 0
    change(book, "zh/index.md", "[书架](#书架)", "书架")
    assert run(capsys, book, "--only", "P09")[0] == 1


def test_a_figure_without_reference_is_told_by_its_own_mark(book, capsys):
    """The cure for a figure that no text refers to names it as its caption does."""
    change(book, "zh/mountains.md", "，见[图一](#figure-peak)", "")
    assert "[图一](#figure-peak)" in run(capsys, book, "--only", "F06")[1]


@pytest.mark.parametrize(
    "name,old,new,told",
    [
        ("index", "外面的资料", "All of this is here in English.\n\n外面的资料", "P12 the text must be in zh"),
        ("mountains", "山脉是连成一线的山", "这是连成一线的山", "T01 the term mountain range"),
    ],
)  # fmt: skip
def test_published_wording_keeps_its_words(book, capsys, name, old, new, told):
    """In the published wording a text in another language stays, and what the English says more is
    no fault of the Chinese."""
    change(book, f"zh/{name}.md", old, new)
    assert told in run(capsys, book)[1]
    change(book, f"zh/{name}.md", "description: ", "wording: published\ndescription: ")
    assert told not in run(capsys, book)[1]


def test_published_wording_keeps_its_numbers(book, capsys):
    """Numbers that do not run on are the paper's own where its wording is published: a note in both
    languages."""
    for lang in ("zh", "en"):
        path = book / f"docs/{lang}/index.md"
        path.write_text(path.read_text("utf-8") + "\n## 1. A {#a}\n\n## 3. C {#c}\n", "utf-8")
    change(book, "zh/index.md", "description: 山与水", "description: 山与水\nwording: published")
    _, out, _ = run(capsys, book, "--only", "H07")
    assert re.findall(r"docs/(zh|en).*H07 (note)?", out) == [("en", "note"), ("zh", "note")]


def test_levels_without_a_gap_are_no_wording(book, capsys):
    """A level that is missing is an error in the published wording too: no accessible PDF could be
    set of it."""
    change(book, "zh/mountains.md", "## 2. 矮山", "#### 2. 矮山")
    change(book, "zh/mountains.md", "description: ", "wording: published\ndescription: ")
    code, out, _ = run(capsys, book, "--only", "MD001")
    assert code == 1 and "docs/zh/mountains.md:27: MD001 Expected" in out


def test_chapters_of_two_texts_count_each_for_itself(book, capsys):
    """Where published wording has replaced one chapter of others, a gap to its neighbour is a
    note."""
    change(book, "zh/mountains.md", "# 1.1 山的定义", "# 1.5 山的定义")
    assert run(capsys, book, "--only", "H07")[0] == 1
    path = book / "docs/zh/mountains.md"
    path.write_text(path.read_text("utf-8").replace("---", "---\nwording: published", 1), "utf-8")
    code, out, _ = run(capsys, book, "--only", "H07")
    assert code == 0 and "docs/zh/water.md:5: H07 note" in out


@pytest.mark.parametrize(
    "where",
    [
        "<!-- check: ignore L14 the society has no https yet -->\n\n外面的资料",
        "外面的资料<!-- check: ignore L14 the society has no https yet -->",
    ],
    ids=["line before", "same line"],
)
def test_a_reasoned_ignore_silences_its_problem(book, capsys, where):
    """An ignore with code and reason takes its one problem away, and no other."""
    change(book, "zh/index.md", "https://geography.example/zh/", "http://geography.org/zh/")
    change(book, "zh/index.md", "外面的资料", where)
    assert run(capsys, book)[:2] == (0, "")


def test_a_stale_paragraph_is_noted(book, capsys):
    """A paragraph changed since both languages were last committed together, and its twin not, is a
    note."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-C", str(book)]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "both"]):
        subprocess.run([*git, *command], check=True)
    change(book, "zh/water.md", "洗完就流走", "洗完流走了")
    change(book, "zh/index.md", "这本小书讲山", "这本书讲山")
    change(book, "en/index.md", "This little book", "This book")
    code, out, _ = run(capsys, book)
    assert code == 0
    assert [
        line for line in out.splitlines() if " P14 " in line
    ] == []  # a paragraph in a tab is no body paragraph
    change(book, "zh/water.md", "水往低处流", "水往低的地方流")
    _, out, _ = run(capsys, book)
    assert [line.split(". Hint")[0] for line in out.splitlines() if " P14 " in line] == [
        "docs/zh/water.md:7: P14 note: the paragraph p1 changed, and its twin in "
        "docs/en/water.md did not"
    ]


@pytest.mark.parametrize(
    "written, meant",
    [("montains.md", "mountains.md"), ("watr.md#uses", "water.md"), ("hills.md", "")],
)
def test_a_missing_file_is_told_with_the_nearest(book, capsys, written, meant):
    """A link to a page whose name is mistyped is told with the page that was meant, where one is
    near."""
    change(book, "zh/index.md", "(mountains.md)", f"({written})")
    _, out, _ = run(capsys, book)
    assert (f"Hint: Did you mean {meant}?" if meant else "Hint: Mend the path") in out


@pytest.mark.parametrize(
    "settings, said",
    [
        (None, "mkdocs.yml: No such file or directory"),
        ("site_name: a: b", "mkdocs.yml:1: not valid YAML"),
        ("site_name: x\nextra:\n  y: \udcff\n", "mkdocs.yml:3: not UTF-8"),
        (
            "site_name: x\nextra:\n  y: !!python/object/apply:pymdownx.slugs.slugify {args: [1]}\n",
            "mkdocs.yml:3: not valid YAML (pymdownx.slugs.slugify: ",
        ),
        ("- a\n- b\n", "must hold settings"),
        ("nav: &a [*a]\n", "aliases that hold each other"),
        (
            "x0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
            + "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 9)),
            "aliases that hold each other",
        ),
        ("site_name: x\ndocs_dir: nowhere\n", "nowhere: no such folder"),
        (
            "site_name: x\nmarkdown_extensions:\n  - toc: {permalinks: yes}\n",
            "Markdown extension markdown.extensions.toc cannot be used",
        ),
    ],
)
def test_what_cannot_run_is_one_line_and_two(tmp_path, capsys, settings, said):
    """Whatever makes checking impossible ends in one line on stderr and exit code 2."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    if settings:
        (tmp_path / "mkdocs.yml").write_text(settings, "utf-8", "surrogateescape")
    code, out, err = run(capsys, tmp_path)
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err


def test_no_code_of_the_project_runs(tmp_path, capsys):
    """Tags, hooks, plugins and modules of the project are read about, never run."""
    mark = tmp_path / "mark"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    (tmp_path / "evil.py").write_text(f"open({str(mark)!r}, 'w')\nclass Extension: pass\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: !ENV [NOWHERE, Home]\nhooks: [evil.py]\nplugins: [search, evil]\n"
        "extra:\n  a: !!python/name:evil.x\n  b: !!python/object/apply:os.system ['touch "
        "mark']\n  c: !!python/object/new:os.system ['touch mark']\n"
        f"  d: !!python/object/apply:markdown.markdownFromFile {{kwds: {{input: docs/index.md, "
        f"output: {mark}}}}}\n"
        "markdown_extensions:\n  - toc:\n      slugify: !!python/name:evil.slug\n",
        "utf-8",
    )
    assert run(capsys, tmp_path)[0] == 0
    assert not mark.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "evil.py", "mkdocs.yml"]


def test_settings_are_read_from_the_environment(tmp_path, capsys, monkeypatch):
    """!ENV and !!python/name work as in MkDocs."""
    monkeypatch.setenv("BOOK_DOCS", "pages")
    (tmp_path / "pages").mkdir(parents=True)
    (tmp_path / "pages/index.md").write_text("# Home\n\n## 书架\n\n[书架](#书架)\n", "utf-8")
    slug = (
        "- toc:\n      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}"
    )
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: x\ndocs_dir: !ENV BOOK_DOCS\nmarkdown_extensions:\n  {slug}\n", "utf-8"
    )
    assert run(capsys, tmp_path)[:2] == (0, "")


def test_the_file_of_settings_stands_for_its_folder(book, capsys):
    """`check mkdocs.yml` checks the project that it is of, and shows its lines."""
    change(book, *MENDED)
    assert run(capsys, book / "mkdocs.yml") == run(capsys, book)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--only", "L"], {"L01"}),
        (["--only", "T02,X"], {"T02"}),
        (["--ignore", "L01"], {"T02"}),
        (["--only", "L,T", "--ignore", "T02"], {"L01"}),
        (["--only", "P"], set()),
    ],
)
def test_rules_are_taken_or_left(book, capsys, options, codes):
    """--only and --ignore take codes and families; the exit code is that of what is left."""
    change(book, *MENDED)
    change(book, "en/odd.md", "Words in a tab", "Words in a big hill tab")
    code, out, _ = run(capsys, book, "--format", "json", *options)
    assert {problem["code"] for problem in json.loads(out)} == codes
    assert code == (1 if codes else 0)


def test_a_rule_that_is_none_is_refused(book, capsys):
    """A mistyped code is told, not taken for a family without findings."""
    with pytest.raises(SystemExit) as refused:
        run(capsys, book, "--only", "Q01")
    assert refused.value.code == 2
    assert "no rule is called Q01" in capsys.readouterr().err


def test_annotations_are_relative_to_the_repository(book, capsys):
    """GitHub shows a finding at its file only by its path from the repository's root."""
    change(book, *MENDED)
    subprocess.run(["git", "init", "-q"], cwd=book.parent, check=True)
    _, out, _ = run(capsys, book, "--format", "github")
    assert out.startswith("::error file=book/docs/zh/index.md,line=7,")


@pytest.mark.parametrize("encoding", ["cp936", "cp1252", "latin-1"])
def test_output_is_utf8_whatever_the_console(book, encoding):
    """A console of another encoding gets UTF-8, and JSON stays JSON."""
    change(book, *MENDED)
    command = "import sys; from whitepaper.laws import main; sys.exit(main())"
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-c", command, book, "--format", "json"],
        env=environment,
        capture_output=True,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout.decode("utf-8"))[0]["path"] == "docs/zh/index.md"


def test_list_and_table_are_the_docstrings():
    """`--list` and the table in the README say what the rules' docstrings say, and tell of retired
    ones."""
    listed = list(check.render_list())
    assert [line.split()[0] for line in listed] == sorted({*RULES, *RETIRED})
    assert not RULES.keys() & RETIRED.keys()
    assert all(RULES[line.split()[0]].law in line for line in listed if "retired" not in line)
    readme = (ROOT / "scripts/proofreader/README.md").read_text("utf-8")
    table = (
        f"| {code} | {one.any or '–'} | {one.book or '–'} | {one.law} |"
        for code, one in sorted(RULES.items())
    )
    assert "\n".join(["| code | any project | book | law |", "|---|---|---|---|", *table]) in readme
    retired = readme.partition("Retired, and what")[2]
    assert all((f"{old} → {new}" if new else f"{old} (") in retired for old, new in RETIRED.items())


def test_stock_rules_are_those_of_the_settings():
    """What rumdl is told to judge in pyproject.toml is what has a law here."""
    settings = tomllib.loads(stock.CONFIG.read_text("utf-8"))["tool"]["rumdl"]
    assert sorted(settings["enable"]) == sorted(stock.LAWS)


def test_the_verb_starts_from_anywhere(book, tmp_path):
    """scripts/check PATH gives the same exit code whatever folder it is started in."""
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/check", book], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "check: 10 pages, 0 errors, 0 notes\n",
    )


def test_addresses_outside_are_asked_for_apart(book, capsys, monkeypatch):
    """--external asks for every web address once, one after the other, and notes where those that
    do not answer are linked to."""
    asked = []

    def answer(request, timeout):
        assert 0 < timeout < 60
        asked.append(request.full_url)
        if request.host == "survey.example":
            raise HTTPError(request.full_url, 404, "Not Found", Message(), None)
        return io.BytesIO()

    monkeypatch.setattr("urllib.request.urlopen", answer)
    code, out, _ = run(capsys, book, "--external")
    assert code == 0
    assert sorted(asked) == [
        f"https://{address}"
        for address in [
            "geography.example/a(b)c",
            "geography.example/a.md",
            "geography.example/en/",
            "geography.example/zh/",
            "survey.example/",
        ]
    ]
    assert [line.split(". Hint")[0] for line in out.splitlines()] == [
        f"docs/{lang}/mountains.md:{line}: L17 note: the address must answer: "
        f"https://survey.example/ (404 Not Found)"
        for lang, line in (("en", 41), ("zh", 41))
    ]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (HTTPError("", 403, "Forbidden", Message(), None), None),
        (HTTPError("", 410, "Gone", Message(), None), "410 Gone"),
        (URLError("no such host"), "no such host"),
        (TimeoutError("timed out"), "timed out"),
        (RemoteDisconnected("closed"), "closed"),
    ],
)
def test_what_a_host_answers(monkeypatch, fault, said):
    """An address is amiss whose host does not answer or says that it is not there; one that wants
    no programs is not."""

    def answer(request, timeout):
        raise fault

    monkeypatch.setattr("urllib.request.urlopen", answer)
    address = "https://survey.example/山 河?a=b%20c#d"
    assert external.ask(address) == (said or "")


@pytest.mark.parametrize(
    "find, put, said",
    [
        ('en = "great mountain"', 'en = "great mountain', ":15: not valid TOML"),
        (
            'gloss_en = "A high hill."',
            'gloss = "A high hill."',
            ":20: term: Object contains unknown field `gloss`",
        ),
        (
            'forbidden = ["knoll"]',
            'forbidden = "knoll"',
            ":17: term.forbidden: Expected `array`, got `str`",
        ),
        (
            "in_glossary = false\n\n",
            "in_glossary = 0\n\n",
            ":28: term.in_glossary: Expected `bool`, got `int`",
        ),
        ('kind = "name"', 'kind = "nam"', ":27: term.kind: Invalid enum value 'nam'"),
        ('id = "xu-xiake"\n', "", ":30: term: Object missing required field `id`"),
        ("很高", "\udcff", ":19: not UTF-8"),
    ],
)
def test_a_fault_in_the_glossary_is_told_with_its_line(book, capsys, find, put, said):
    """What keeps the glossary from being read is told with its file, relative to the project, and
    its line."""
    path = book / "docs/data/glossary.toml"
    text = path.read_text("utf-8")
    assert find in text
    path.write_bytes(text.replace(find, put, 1).encode("utf-8", "surrogateescape"))
    code, out, err = run(capsys, book)
    assert (code, out, err.count("\n")) == (2, "", 1) and err.startswith(
        f"check: docs/data/glossary.toml{said}"
    )


def test_a_name_in_the_nav_is_the_same_in_each_language(book, capsys):
    """A title in the nav needs no translation where the page of that language is headed so."""
    change(book, "../mkdocs.yml", "nav:\n", "        - locale: ja\nnav:\n")
    (book / "docs/ja").mkdir()
    for heading, told in (("山", 1), ("1.1 Mountains", 0)):
        (book / "docs/ja/mountains.md").write_text(f"# {heading} {{#mountains}}\n", "utf-8")
        out = run(capsys, book, "--only", "P19")[1]
        assert out.count("the title 1.1 Mountains must also be in ja") == told
        assert "the title 第一部分 must also be in ja" in out
    change(book, "../mkdocs.yml", "locale: ja", "locale: zh-TW")
    assert "第一部分" not in run(capsys, book, "--only", "P19")[1]


def test_a_heading_without_id_is_missed_at_its_place(book, capsys):
    """Where one language lacks a heading, those behind it are matched by their levels."""
    texts = {
        "zh": "# 丘 {#hills}\n\n## 山\n\n甲。\n\n## 水\n\n### 细流\n\n乙。\n\n## 石\n\n丙。\n",
        "en": "# Hills {#hills}\n\n## Mountains\n\nA.\n\n## Water\n\nB.\n\n## Stones\n\nC.\n",
    }
    for lang, text in texts.items():
        (book / f"docs/{lang}/hills.md").write_text(text, "utf-8")
    out = run(capsys, book, "--only", "P02,P05")[1]
    assert out.count("P02") == 1 and "docs/zh/hills.md:9: P02 level-3 heading" in out


def test_a_picture_may_be_named_by_its_language(book, capsys):
    """Pictures whose names differ by their language alone are the same picture."""
    for lang, named in (("zh", "zh_peak"), ("en", "en_peak")):
        figures = book / "docs" / lang / "figures"
        shutil.copy(figures / "peak.svg", figures / f"{named}.svg")
        change(book, f"{lang}/odd.md", "## 1. ", f"![x](figures/{named}.svg)\n\n## 1. ")
    assert "P06" not in run(capsys, book, "--only", "P06")[1]
    change(book, "en/odd.md", "en_peak", "peak")
    assert "P06" not in run(capsys, book, "--only", "P06")[1]
    change(book, "en/odd.md", "figures/peak", "figures/sea")
    assert "P06" in run(capsys, book, "--only", "P06")[1]


def test_code_in_other_letters_is_a_translation(book, capsys):
    """What is said in a block of code may be translated; code is the same."""
    said = {"zh": ("先看山。", "print(1)"), "en": ("Look at mountains.", "print(2)")}
    for at, told in ((0, 0), (1, 1)):
        for lang, blocks in said.items():
            shutil.copy(FIXTURES / f"checked/docs/{lang}/odd.md", book / f"docs/{lang}/odd.md")
            change(book, f"{lang}/odd.md", "## 1. ", f"```\n{blocks[at]}\n```\n\n## 1. ")
        assert run(capsys, book, "--only", "P11")[1].count("P11") == told


def test_what_joins_names_does_not_hide_a_sentence(book, capsys):
    """Names, menus and commands may stand in English; a text with + or an arrow in it may not."""
    for text, told in (
        ("Vue 3 + Vite + Ant + Design + Go", 0),
        ("A vector base and graph + two", 1),
    ):
        shutil.copy(FIXTURES / "checked/docs/zh/index.md", book / "docs/zh/index.md")
        change(book, "zh/index.md", "外面的资料", f"{text}\n\n外面的资料")
        assert run(capsys, book, "--only", "P12")[1].count("P12") == told


def test_faces_are_asked_for_by_books_made_here(book, capsys):
    """Which characters the faces have is no matter of a project that is built otherwise."""
    change(book, "zh/index.md", "外面的资料", "外面的资料\U0001fae0")
    assert "T18" in run(capsys, book)[1]
    change(book, "../mkdocs.yml", "  - whitepaper.extension\n", "")
    assert "T18" not in run(capsys, book)[1]
