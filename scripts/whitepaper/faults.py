"""What cannot be read, told in one way everywhere: `path:line: not valid TOML (what). Cure`."""

import re
import tomllib
from pathlib import Path

import yaml


def malformed(path: str, error: BaseException, cure: str = "Mend it") -> str:
    """Says in one line what `error`, raised while the file was read, found wrong, and where."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return f"{path}:{line}: not UTF-8 (byte {error.object[error.start]:#04x}). Save it as UTF-8"
    line, said = place_of(error)
    kinds = ((tomllib.TOMLDecodeError, "valid TOML"), (yaml.YAMLError, "valid YAML"))
    kind = next((name for family, name in kinds if isinstance(error, family)), "readable")
    return f"{path}{f':{line}' if line else ''}: not {kind} ({said}). {cure}"


def place_of(error: BaseException) -> tuple[int, str]:
    """The line, 0 where none is known, and what is said of it."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        what = _flat(error.problem or error)
        if "stream" in what and error.context_mark:  # something is not closed: where it was opened
            return error.context_mark.line + 1, f"{what}, {error.context}"
        return error.problem_mark.line + 1, what
    said = _flat(error)
    found = re.search(r"\s*\(at line (\d+), column \d+\)", said)
    return (int(found[1]), said[: found.start()]) if found else (0, said)


def line_of(path: Path, needle: str) -> str:
    """`:12` for the first line with `needle`, `` where no line has it, as of text that an extension
    made.
    """
    if needle and path.exists():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if needle in line:
                return f":{number}"
    return ""


def _flat(said: object) -> str:
    return " ".join(str(said).split())
