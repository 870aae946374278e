"""Whole papers, printed by different makers: every heading, paragraph, row, note and figure comes
back as it was set.
"""

import json
import unicodedata
from pathlib import Path

import pytest

from imports import FIXTURES
from manuscript.pdf import read_pdf
from manuscript.reading import read_file
from manuscript.witness import compare_pages, letters

PAPERS = sorted(
    path for path in (FIXTURES / "papers").iterdir() if path.suffix in (".pdf", ".docx")
)
REASONS = {"page-number", "running-header", "running-footer", "toc-leader", "cover", "back-cover"}


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture(scope="module", params=PAPERS, ids=lambda path: path.name)
def paper(request) -> tuple:
    """(what was read of one print, what stands in it)."""
    truth = json.loads(request.param.with_suffix(".json").read_text("utf-8"))
    return read_file(request.param), truth


def test_words(paper):
    """Headings, paragraphs, references and notes: all there, whole, in order, and nothing beside
    them.
    """
    reading, truth = paper
    found = {
        "headings": [bare(unit.text) for unit in reading.units if unit.level],
        "paragraphs": [bare(u.text) for u in reading.units if u.counted and u.role != "reference"],
        "references": [bare(unit.text) for unit in reading.units if unit.role == "reference"],
        "notes": [bare(unit.text) for unit in reading.units if unit.role == "note"],
    }
    truth = truth | {"headings": [text for _, text in truth["headings"]]}
    assert found == {kind: [bare(text) for text in truth[kind]] for kind in found}


def test_front(paper):
    """Title and authors are always found."""
    reading, truth = paper
    assert (bare(reading.metadata["title"]), reading.metadata["authors"]) == (
        bare(truth["title"]),
        truth["authors"],
    )


def test_tables(paper):
    """Each table comes row by row, cell by cell, behind its caption."""
    reading, truth = paper
    rows = [[bare(cell) for cell in unit.cells] for unit in reading.units if unit.role == "row"]
    assert rows == [[bare(cell) for cell in row] for _, table in truth["tables"] for row in table]
    captions = [bare(unit.text) for unit in reading.units if unit.role == "caption"]
    assert {bare(caption) for caption, _ in truth["tables"]} < set(captions)


def test_figures(paper):
    """Each figure is taken out at its caption, as a picture that a browser shows."""
    reading, truth = paper
    taken = [unit for unit in reading.units if unit.picture]
    assert [bare(unit.text) for unit in taken] == [bare(text) for text in truth["figures"]]
    assert all(unit.picture.data.startswith((b"\x89PNG", b"\xff\xd8")) for unit in taken)


def test_notes(paper):
    """A note is called where its mark stood: at the end of the paragraph before it."""
    reading, truth = paper
    calling = [unit for unit in reading.units if unit.calls]
    assert [len(unit.text) for unit in calling] == [unit.calls[0][0] for unit in calling]
    assert len(calling) == len(truth["notes"])


def test_furniture(paper):
    """No header stays in the text, nothing of the text goes; what went has its reason."""
    reading, truth = paper
    assert not [unit.text for unit in reading.units if bare(truth["header"]) in bare(unit.text)]
    dropped = {span.reason for span in reading.furniture} - {"note-mark", "figure-label"}
    assert dropped <= REASONS


def test_second_witness(paper):
    """A second reader sees the same characters on every page."""
    reading, _ = paper
    assert [said for _, said in reading.warnings if "doubtful" in said] == []


def test_what_other_readers_have_wrong(monkeypatch):
    """What both see otherwise is told once, the rarest character first, and so are the pages that
    neither can read; what one of them sees as we do is not.
    """
    path = FIXTURES / "papers/typst.pdf"
    sheets = read_pdf(path, "typst.pdf")
    right = ["".join(run.text for run in sheet.runs) for sheet in sheets]
    wrong = [text.replace("水", "氷") for text in right]
    wrong[2], wrong[4], wrong[6] = "", wrong[4] + "？？", "\ufffd" * 30

    def see(fast, slow):
        monkeypatch.setattr("manuscript.witness._with_oxide", lambda path: fast.__getitem__)
        monkeypatch.setattr("manuscript.witness._with_pypdf", lambda path: slow.__getitem__)
        return [said for _, said in compare_pages(path, sheets)]

    assert see(wrong, right) == see(right, wrong) == []
    assert see(wrong, ["x"] * len(right)) == [
        "doubtful: a second reader sees other characters (?氷 not here; 水 not there), on 4 pages: 1, 5, 9, 10",
        "doubtful: no second reader can read all, on 2 pages: 3, 7",
    ]


def test_halves_of_characters():
    """What a second reader gives in halves is the whole character; a lone half is told as lost."""
    assert letters(["\ud835\udc35 ", "水"]) == letters(["𝐵水"])
    assert letters(["\ud835水"]) == letters(["\ufffd水"])


def test_every_maker():
    """Six papers, printed by four makers, two of them in Word's own form too."""
    assert [path.name for path in PAPERS] == [
        "chromium.pdf", "journal.pdf", "styled.docx", "styled.pdf", "typst.pdf", "unstyled.docx", "unstyled.pdf", "weasyprint.pdf",
    ]  # fmt: skip


def test_makers_are_here():
    """What printed them lies beside them, and is no test."""
    assert (Path(FIXTURES) / "papers/make.py").exists()
