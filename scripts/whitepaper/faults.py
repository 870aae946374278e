"""What cannot be read, told in one way everywhere: `path:line: not valid TOML (what). Cure`."""

import re
import tomllib
from pathlib import Path


def malformed(path: str, error: Exception) -> str:
    """Says in one line what `error`, raised while the file was read, found wrong, and where."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        from proofreader import faults  # 0.1 s, which only a refusal need spend

        return str(faults.malformed(path, error))
    line, said = "", " ".join(str(error).split())
    if found := re.search(r"\s*\(at line (\d+), column \d+\)", said):
        line, said = f":{found[1]}", said[: found.start()]
    return f"{path}{line}: not valid TOML ({said}). Mend it"


def line_of(path: Path, needle: str) -> str:
    """`:12` for the first line with `needle`, `` where no line has it, as of text that an extension
    made.
    """
    if needle and path.exists():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if needle in line:
                return f":{number}"
    return ""
