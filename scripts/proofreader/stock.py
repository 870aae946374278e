"""The general rules of Markdown: rumdl judges them, as pyproject.toml of this project sets it
up."""

import json
import re
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path

from proofreader.faults import CheckError
from proofreader.project import Project
from proofreader.record import Page
from proofreader.rule import RULES, Found, Rule, at

CONFIG = Path(__file__).resolve().parents[2] / "pyproject.toml"
PROGRAM = shutil.which("rumdl", path=sysconfig.get_path("scripts")) or "rumdl"
LAWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def lint(project: Project) -> Iterator[tuple[str, Found]]:
    """What rumdl finds in the pages; raises CheckError where it is not there, or refuses."""
    command = [PROGRAM, "check", "--no-cache", "--config", str(CONFIG), "--output-format", "json"]
    command += ["--no-exclude", "--respect-gitignore=false", str(project.settings.docs)]
    done = subprocess.run(command, capture_output=True, check=False)
    try:
        rows = json.loads(done.stdout)
    except ValueError:
        *_, said = done.stderr.decode("utf-8", "replace").strip().split("\n")  # the reason
        raise CheckError(f"rumdl: {said}. Mend [tool.rumdl] in pyproject.toml") from None
    for row in rows:
        page, code = project.by_path.get(Path(row["file"]).as_posix()), row["rule"]
        known = code in LAWS and RULES[code].level(project.book)
        if page and page.renders and known and _stands(page, row):
            yield code, at(page, row["line"], row["message"], LAWS[code]["cure"], row["column"])


for code, one in LAWS.items():
    RULES[code] = Rule(code, one["law"], lint, "stock", one["any"], "error", one.get("copy", True))


def _stands(page: Page, row: dict) -> bool:
    """Whether Python-Markdown reads it so too: it needs no blank line below a heading, say."""
    line, blocks = row["line"], page.blocks
    numbers = [int(number) for number in re.findall(r"\d+", row["message"])]
    match row["rule"]:
        case "MD056":  # an empty cell too many is no loss, nor in one language one too few
            has, wanted = numbers
            text = Path(row["file"]).read_text("utf-8", "replace").split("\n")[line - 1]
            more = text.strip("|> \t").split("|")[wanted:]
            return any(map(str.strip, more)) or (has < wanted and bool(page.lang))
        case "MD032" | "MD075" as code:  # lines of a paragraph: a list none but its first
            texts = (block for block in blocks if block.kind in ("p", "li"))
            later = int(code == "MD032")
            return any(later <= line - one.line <= one.text.count("\n") for one in texts)
        case "MD007":
            items = (block for block in blocks if block.kind == "li" and block.line == line)
            return any(int(item.extra) <= numbers[1] for item in items)
    return True
