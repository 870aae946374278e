"""The command: what it writes, what it refuses, and that whatever goes wrong leaves everything as
it was.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract import raw_text
from imports import ROOT, SAMPLE
from made_up import write_book
from manuscript import command, decode, reading
from manuscript.command import import_into, main
from manuscript.plan import plan
from manuscript.reading import Asked, read_file
from manuscript.writing import Journal, locked, write
from whitepaper.book import BookError

CHAPTERS, PARAGRAPHS = 3, 28


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def state(root: Path) -> dict[str, bytes]:
    """Every file of the project but git's own and the lock."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] not in (".git", ".cache")
    }


@pytest.fixture(scope="session")
def committed(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("made") / "paper"
    write_book(root, CHAPTERS, PARAGRAPHS)
    shutil.rmtree(root / "scripts")
    (root / ".gitignore").write_text(".cache/\n")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=Make up a paper")
    return root


@pytest.fixture
def project(committed, tmp_path, monkeypatch) -> Path:
    """The made-up paper as a project under git, to which the command is bound."""
    root = tmp_path / "paper"
    shutil.copytree(committed, root)
    monkeypatch.setattr(command, "ROOT", root)
    return root


@pytest.fixture
def text(tmp_path) -> Path:
    """Its text out of a PDF, with one chapter more than the project has."""
    path = tmp_path / "白皮书 全文.txt"
    path.write_text(raw_text(CHAPTERS + 1, PARAGRAPHS // (CHAPTERS + 1) * (CHAPTERS + 2)), "utf-8")
    return path


def run(*arguments) -> int:
    return main([str(argument) for argument in arguments])


def test_writes_chapters(project, text, capsys):
    """One command replaces the chapters, says what it found and dropped, what to do next, and how
    to undo it.
    """
    assert run(text) == 0
    said = capsys.readouterr().out
    assert "wording: published" in (project / "docs/zh/section-1-1.md").read_text("utf-8")
    assert [
        word
        for word in (
            "found: ",
            "chapters",
            "dropped: ",
            "page-number",
            "wrote: ",
            "next: ",
            "undo: scripts/import --undo",
        )
        if word not in said
    ] == []


def test_undo(project, text):
    """Undo brings back everything, new pages included, and leaves git's index alone."""
    before, index = state(project), git(project, "ls-files", "--stage")
    run(text)
    after = state(project)
    assert (before == after, git(project, "ls-files", "--stage") == index) == (False, True)
    assert (run("--undo"), state(project) == before) == (0, True)


def test_undo_passes_over(project, text, capsys):
    """Undo leaves a file that was changed since the import, old or new, and names it; nothing else
    is touched.
    """
    (project / "docs/zh/glossary.md").write_text("别人的改动。\n", "utf-8")
    before = state(project)
    run(text)
    mended = ["docs/zh/section-1-1.md", "docs/zh/section-1-4.md"]
    for name in mended:
        path = project / name
        path.write_text(path.read_text("utf-8") + "\n补一句。\n", "utf-8")
    after = state(project)
    assert run("--undo") == 0
    assert state(project) == before | {name: after[name] for name in mended}
    assert f"changed since: {', '.join(mended)}" in capsys.readouterr().out


def test_undo_of_several(project, text):
    """Several imports between two commits are undone together, and never beyond the last commit."""
    run(text)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=Import")
    before = state(project)
    for old, new in (("储备", "余量"), ("余量", "盈余")):
        text.write_text(text.read_text("utf-8").replace(old, new), "utf-8")
        assert run(text) == 0
    assert (state(project) == before, run("--undo"), state(project) == before) == (False, 0, True)


def test_follows_its_own_advice(project, text, capsys):
    """Naming the new pages and translating a twin, as the import asks, needs no --force; the words
    stay.
    """
    run(text)
    names = project / "docs/data/sections.toml"
    names.write_text(names.read_text("utf-8").replace('"section-1-4"', '"trends"'), "utf-8")
    twin = project / "docs/en/section-1-1.md"
    twin.write_text(twin.read_text("utf-8").replace(". ", ". Mended: ", 1), "utf-8")
    assert run(text) == 0
    assert "docs/zh/section-1-4.md (gone)" in capsys.readouterr().out
    assert (". Mended: " in twin.read_text("utf-8"), (project / "docs/zh/trends.md").exists()) == (
        True,
        True,
    )


def test_second_run(project, text, capsys):
    """A second run changes nothing, and says so."""
    run(text)
    before = state(project)
    assert (
        run(text),
        state(project) == before,
        "nothing has changed" in capsys.readouterr().out,
    ) == (0, True, True)


def test_pages_are_told_first(project, text, capsys):
    """What becomes of pages never hides behind what is odd in the words."""
    run(text)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=Import")
    text.write_text(raw_text(CHAPTERS, PARAGRAPHS).replace("，", "，，"), "utf-8")
    capsys.readouterr()
    assert run(text) == 0
    said = [line for line in capsys.readouterr().out.split("\n") if line.startswith("look at: ")]
    pages = [re.match("look at: [a-z0-9-]+[.]md: ", line) is not None for line in said]
    assert pages == sorted(pages, reverse=True)
    assert "section-1-4.md: no longer in the text" in said[sum(pages) - 1]
    assert re.match("look at: [0-9]+ more", said[-1])


def test_dry_run(project, text, capsys):
    """A dry run writes nothing and says what would be written."""
    before = state(project)
    assert (
        run(text, "--dry-run"),
        state(project) == before,
        "would write: " in capsys.readouterr().out,
    ) == (0, True, True)


def test_report(project, text, tmp_path):
    """The report holds every unit, every dropped line with its reason, the warnings and what is
    known of the text.
    """
    assert run(text, "--dry-run", "--report", tmp_path / "report.json") == 0
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {key: type(value) for key, value in report.items()} == {
        "units": list,
        "furniture": list,
        "warnings": list,
        "metadata": dict,
    }
    assert (set(report["units"][0]), set(report["furniture"][0])) == (
        {"id", "role", "lines", "text"},
        {"line", "text", "reason"},
    )
    assert (
        report["metadata"]["title"],
        report["metadata"]["authors"],
        report["metadata"]["truncated"],
    ) == ("青石湾水务十年", ["林渡", "周砚秋"], False)


def test_edited_chapters(project, text, capsys):
    """Case 40: a chapter with edits that git does not have is never overwritten, unless forced."""
    chapter = project / "docs/zh/section-1-1.md"
    chapter.write_text(chapter.read_text("utf-8") + "\n亲手写的一段。\n", "utf-8")
    before = state(project)
    assert (run(text), state(project) == before) == (2, True)
    refusal = "uncommitted edits in docs/zh/section-1-1.md. Commit them"
    assert refusal in capsys.readouterr().err
    assert (run(text, "--dry-run"), state(project) == before) == (0, True)
    assert f"look at: {refusal}" in capsys.readouterr().out  # a trial says it before
    assert (run(text, "--force"), "亲手" in chapter.read_text("utf-8")) == (0, False)


def test_untracked_page(project, text, capsys):
    """Case 40: a page that git has never seen counts as edited."""
    (project / "docs/zh/section-1-4.md").write_text("亲手写的。\n", "utf-8")
    assert (run(text), "section-1-4.md" in capsys.readouterr().err) == (2, True)


def test_changed_text(project, text):
    """Case 40: when the text has changed, only the chapters that it changes are written."""
    run(text)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=Import")
    text.write_text(text.read_text("utf-8").replace("储备", "余量"), "utf-8")
    report = plan(project, read_file(text))
    assert {name.rpartition("/")[2] for name in report.files} == {
        path.name
        for path in (project / "docs/zh").glob("section*")
        if "储备" in path.read_text("utf-8")
    } | {"introduction.md"}


def test_without_git(project, text, capsys):
    """Where git keeps nothing, chapters are replaced only by force."""
    shutil.rmtree(project / ".git")
    assert (
        run(text),
        "git has no commit of this folder" in capsys.readouterr().err,
        run(text, "--force"),
    ) == (2, True, 0)


def test_project_inside_a_repository(project, tmp_path, text):
    """Edits are seen too where the project is a folder of a larger repository."""
    shutil.rmtree(project / ".git")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "paper")
    git(tmp_path, "commit", "--quiet", "--message=x")
    chapter = project / "docs/zh/section-1-1.md"
    chapter.write_text("改过。\n", "utf-8")
    files = dict.fromkeys(["docs/zh/section-1-1.md", "mkdocs.yml"], b"")
    refusal = Journal(project).refusal(files)
    assert refusal.startswith("uncommitted edits in docs/zh/section-1-1.md. Commit")


def refuse(path: Path) -> str:
    with pytest.raises(BookError) as caught:
        read_file(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_no_text_files(tmp_path, monkeypatch):
    """Cases 36, 38: what is no readable text file is refused in one line, before any of it is read."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "large.txt").write_bytes(b"x" * 2000)
    monkeypatch.setattr(decode, "LIMIT", 1000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    said = {
        name: refuse(tmp_path / name).removeprefix(str(tmp_path) + "/")
        for name in (".", "pipe", "loop", "none.txt", "large.txt", "two\nlines")
    }
    assert {name: words.partition(": ")[2].partition(". ")[0].partition(" (")[0] for name, words in said.items()} == {
        ".": "not a regular file", "pipe": "not a regular file", "loop": "cannot be read", "none.txt": "cannot be read", "large.txt": "larger than the limit of 0 MB", "two\nlines": "cannot be read",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["白皮书 全文.txt", "-x.txt", "a b\tc.txt", "two\nlines.txt", "..txt"]
)
def test_any_file_name(project, text, name):
    """Case 38: a file may be called anything; its name is never a path or an id of ours."""
    odd = text.rename(text.with_name(name))
    assert run(odd) == 0
    assert not [
        path for path in project.rglob("*") if "x.txt" in path.name or "白皮书" in path.name
    ]


def test_command_line(project, text):
    """The verb itself: one line on stderr and exit code 2, never a traceback."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts/import"), str(text.with_name("none.txt"))],
        capture_output=True,
        text=True,
    )
    assert (
        ran.returncode,
        ran.stdout,
        ran.stderr.count("\n"),
        ran.stderr.startswith("import: "),
    ) == (2, "", 1, True)


def test_reader_leaves(text):
    """Nothing is told where whoever reads what is printed has read enough."""
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    command = [sys.executable, ROOT / "scripts/import", text, "--dry-run", "--force"]
    ran = subprocess.run(command, stdout=writing_end, stderr=subprocess.PIPE, check=False)
    os.close(writing_end)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("said", ["--pages x", "--no-such", "a.txt --undo", ""])
def test_wrong_usage(said, capsys):
    """What cannot be asked for is said in one line too."""
    ended, told = main(said.split()), capsys.readouterr().err
    assert (ended, told.count("\n"), told.startswith("import: ")) == (2, 1, True)


def fails_at(number: int, error: BaseException):
    """A `replace` that fails the n-th time it is used."""
    replace, times = Path.replace, iter(range(1, 1000))

    def one(path: Path, target) -> Path:
        if next(times) == number:
            raise error
        return replace(path, target)

    return one


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left on device"), KeyboardInterrupt()],
    ids=["disk full", "interrupted"],
)
def test_failure_while_writing(project, text, monkeypatch, number, error):
    """Case 39: a full disk or an interruption, whenever it comes, leaves every old file and nothing
    else.
    """
    before = state(project)
    monkeypatch.setattr(Path, "replace", fails_at(number, error))
    assert (run(text), state(project) == before, (project / ".cache/import").exists()) == (
        2,
        True,
        False,
    )


def test_unwritable(project, text, monkeypatch, capsys):
    """Case 39: where nothing can be written, everything stays, and the line says where."""
    before = state(project)
    monkeypatch.setattr(
        Path,
        "write_bytes",
        lambda path, _: (_ for _ in ()).throw(PermissionError(13, "Permission denied", str(path))),
    )
    assert (
        run(text),
        state(project) == before,
        "Permission denied. The chapters are as they were" in capsys.readouterr().err,
    ) == (2, True, True)


def test_left_over(project, text):
    """What a killed run left aside is cleared away by the next."""
    (project / ".cache/import/old/docs").mkdir(parents=True)
    run(text)
    assert not (project / ".cache/import").exists()


PROGRAM = """
import sys
from pathlib import Path
from manuscript import command
command.ROOT = Path(sys.argv[1])
raise SystemExit(command.main([sys.argv[2], "--force"]))
"""


def test_two_at_once(project, text):
    """Case 39: of two runs at once the second waits, then finds nothing to do."""
    with locked(project):
        runs = [
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(project), str(text)],
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        time.sleep(0.5)
        assert [process.poll() for process in runs] == [None, None]
    said = [process.communicate()[0] for process in runs]
    assert [process.returncode for process in runs] == [0, 0]
    assert sorted("nothing has changed" in words for words in said) == [False, True]


def test_terminated(project, text, monkeypatch):
    """Case 39: a polite end from outside, in the middle of writing, takes everything back."""
    before = state(project)
    replace, times = Path.replace, iter(range(1000))

    def one(path: Path, target) -> Path:
        if next(times) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.01)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", one)
    assert (run(text), state(project) == before) == (2, True)


def test_import_into(project, text):
    """For a copy: what stands there is replaced, whatever git knows of it."""
    (project / "docs/zh/section-1-1.md").write_text(
        "---\ndescription: x\n---\n\n# 1.1 水源的由来 {#section-1-1}\n", "utf-8"
    )
    report = import_into(project, text)
    assert "docs/zh/section-1-1.md" in report.files


def test_report_place(project, text, tmp_path, capsys):
    """A report that cannot be written is an error, before anything else is written."""
    before = state(project)
    assert (
        run(text, "--report", tmp_path / "no/such/report.json"),
        state(project) == before,
        "no/such/report.json: No such file" in capsys.readouterr().err,
    ) == (2, True, True)


def test_unproven(project, text, monkeypatch, capsys):
    """When the proof fails, nothing is written."""
    before, read = state(project), reading.read_units

    def forgetful(source: str):
        found = read(source)
        found.units.pop(5)
        return found

    monkeypatch.setattr(reading, "read_units", forgetful)
    assert (
        run(text),
        state(project) == before,
        "characters lost or moved" in capsys.readouterr().err,
    ) == (2, True, True)


def test_sample_into_this_book(tmp_path):
    """This book, with the real extract where it is there, else with the made-up one: no file of
    ours is lost, and the second import changes nothing.
    """
    root = tmp_path / "book"
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    source = SAMPLE or tmp_path / "text.txt"
    if not SAMPLE:
        source.write_text(raw_text(3, 28), "utf-8")
    first = import_into(root, source, Asked(force=not SAMPLE))
    if SAMPLE:
        chapters = {
            f"docs/zh/{name}.md"
            for name in ("introduction", "origin", "definition", "dimensions", "essence")
        }
        assert set(first.files) == chapters | {
            *(f"docs/{lang}/{name}.md" for lang in ("zh", "en") for name in ("index", "about")),
            "docs/en/definition.md",
            "docs/en/dimensions.md",
        }
    assert (
        import_into(root, source, Asked(force=not SAMPLE)).files,
        {path.name for path in (ROOT / "docs/zh").glob("*.md")}
        <= {path.name for path in (root / "docs/zh").glob("*.md")},
    ) == ({}, True)


def test_write_nothing(project):
    """No change, no rename."""
    before = state(project)
    with locked(project):
        write(project, {})
    assert state(project) == before
