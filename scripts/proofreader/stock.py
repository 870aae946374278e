"""The general rules of Markdown: rumdl judges them, as pyproject.toml of this project sets it
up."""

import json
import os
import re
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path

from proofreader.faults import CheckError, last_line
from proofreader.project import Project
from proofreader.record import Page
from proofreader.rule import RULES, Found, Rule

CONFIG = Path(__file__).resolve().parents[2] / "pyproject.toml"
LAWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def lint(project: Project) -> Iterator[tuple[str, Found]]:
    """What rumdl finds in the pages; raises CheckError where it is not there, or refuses."""
    command = [program(), "check", "--no-cache", "--config", str(CONFIG), "--output-format", "json"]
    command += ["--no-exclude", "--respect-gitignore=false", str(project.settings.docs)]
    done = subprocess.run(command, capture_output=True, check=False)
    try:
        rows = json.loads(done.stdout or b"[]")
    except ValueError:
        said = last_line(done.stderr.decode("utf-8", "replace"))
        raise CheckError(f"rumdl: {said}. Mend [tool.rumdl] in pyproject.toml") from None
    by_path = {str(project.tree.files[uri].path): page for uri, page in project.pages.items()}
    for row in rows:
        page, code = by_path.get(os.path.abspath(row["file"])), row["rule"]
        known = code in LAWS and RULES[code].level(project.book)
        if page and page.renders and known and _stands(page, row):
            message, hint = row["message"], LAWS[code]["cure"]
            yield code, Found(page.path, row["line"], message, hint, row["column"])


for code, one in LAWS.items():
    RULES[code] = Rule(code, one["law"], lint, "stock", one["any"], "error", copy=True)


def _stands(page: Page, row: dict) -> bool:
    """Whether Python-Markdown reads it so too: it needs no blank line below a heading, say."""
    line, blocks = row["line"], page.blocks
    if row["rule"] == "MD056":  # an empty cell too many is no loss, nor in one language one too few
        has, wanted = map(int, re.findall(r"\d+", row["message"]))
        text = Path(row["file"]).read_text("utf-8", "replace").split("\n")[line - 1]
        cells = text.strip("|> \t").split("|")
        return any(cell.strip() for cell in cells[wanted:]) or (has < wanted and bool(page.lang))
    if row["rule"] == "MD032":
        return any(
            block.line < line <= block.line + block.text.count("\n")
            for block in blocks
            if block.kind in ("p", "li")
        )
    if row["rule"] == "MD007":
        wanted = int((re.findall(r"depth (\d+)", row["message"]) or ["0"])[0])
        items = (block for block in blocks if block.kind == "li" and block.line == line)
        return any(int(item.extra) <= wanted for item in items)
    return True


def program() -> str:
    found = shutil.which("rumdl", path=sysconfig.get_path("scripts")) or shutil.which("rumdl")
    if not found:
        raise CheckError("rumdl: not on this machine. Run scripts/check, which installs it")
    return found
