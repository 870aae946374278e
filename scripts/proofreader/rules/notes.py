"""What the parser itself noticed of a page: a law for each kind of note."""

import tomllib
from pathlib import Path
from typing import Any

from proofreader.rule import Findings, View, rule

LAWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _file(code: str, given: dict[str, Any]) -> None:
    def check(view: View) -> Findings:
        for note in view.page.notes:
            used = f"[^{note.name}]"  # where a mark stands in what is not rendered here
            known = note.kind in given["notes"]
            if known and (code != "L12" or view.source.masked.count(used) < 2):
                said, cure = given["notes"][note.kind]
                yield view.at(note, said.format(note.name), note.hint or cure)

    check.__doc__ = given["law"]
    rule(code, any=given.get("any", ""))(check)


for code, given in LAWS.items():
    _file(code, given)
