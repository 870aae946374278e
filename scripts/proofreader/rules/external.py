"""Addresses outside the site, asked for politely; never part of the gate."""

from functools import cache
from urllib.parse import quote

from proofreader.project import Project
from proofreader.rule import Findings, at, rule

BROWSER = {"User-Agent": "Mozilla/5.0 (compatible; proofreader)", "Accept": "*/*"}
ANSWERS = (403, 429)  # there, though it wants no programs
PATIENCE = 10.0  # seconds for one answer


@rule("L17", any="note", book="note", scope="external")
def address_answers(project: Project) -> Findings:
    """An address outside the site must answer: asked for by --external alone, and never an
    error."""
    amiss = cache(ask)
    for page in project.pages.values():
        for link in page.links:
            if link.target.startswith(("http://", "https://")) and (said := amiss(link.target)):
                law = f"the address must answer: {link.target} ({said})"
                yield at(page, link, law, "Look whether it has moved")


def ask(address: str) -> str:
    """What is amiss with an address that does not answer well."""
    from http.client import HTTPException  # slow to import, and seldom wanted
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    sound = quote(address.partition("#")[0], safe="%/:=&?~#+!$,;'@()*[]")
    try:
        urlopen(Request(sound, headers=BROWSER), timeout=PATIENCE).close()
    except HTTPError as error:
        return "" if error.code in ANSWERS else f"{error.code} {error.reason}"
    except (OSError, HTTPException, ValueError) as error:
        return str(getattr(error, "reason", error)) or "no answer"
    return ""
