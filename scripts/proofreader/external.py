"""Addresses outside the site, asked for politely; never part of the gate."""

from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from proofreader.rule import RULES
from proofreader.rules.links import Uses, address_answers
from proofreader.run import Report, read_project

BROWSER = {"User-Agent": "Mozilla/5.0 (compatible; proofreader)", "Accept": "*/*"}
ANSWERS = (403, 429)  # there, though it wants no programs
PATIENCE = 10.0  # seconds for one answer


def check_external(place: Path, rules: str | None = None) -> Report:
    """A note for each link whose host does not answer as it should."""
    uses, pages = Uses(), read_project(place).pages.values()
    for page in pages:
        for link in page.links:
            if link.target.startswith(("http://", "https://")):
                where = (link.file or page.path, link.line, link.column)
                uses.setdefault(link.target, []).append(where)
    found = address_answers(uses, ask([*uses]))
    return Report(sorted(RULES["L17"].problem(one, False) for one in found), len(pages), [])


def ask(addresses: list[str]) -> dict[str, str]:
    """What is amiss with each address that does not answer well, asked for one after the other."""
    answers = {address: _answer(address) for address in addresses}
    return {address: said for address, said in answers.items() if said}


def _answer(address: str) -> str:
    sound = quote(address.partition("#")[0], safe="%/:=&?~#+!$,;'@()*[]")
    try:
        urlopen(Request(sound, headers=BROWSER), timeout=PATIENCE).close()
    except HTTPError as error:
        return "" if error.code in ANSWERS else f"{error.code} {error.reason}"
    except (OSError, HTTPException, ValueError) as error:
        return str(getattr(error, "reason", error)) or "no answer"
    return ""
