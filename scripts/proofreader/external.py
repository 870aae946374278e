"""Addresses outside the site, asked for politely; never part of the gate."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from itertools import groupby
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from proofreader.rule import Problem
from proofreader.rules.links import Uses, address_answers
from proofreader.run import Report, read_project

BROWSER = {"User-Agent": "Mozilla/5.0 (compatible; proofreader)", "Accept": "*/*"}
ANSWERS = (403, 429)  # there, though it wants no programs
HOSTS = 4  # asked at once
PAUSE = 1.0  # seconds between two questions to one host
PATIENCE = 20.0  # seconds for one answer


def check_external(place: Path, rules: str | None = None) -> Report:
    """A note for each link whose host does not answer as it should."""
    uses, pages = Uses(), read_project(place).pages.values()
    for page in pages:
        for link in page.links:
            if link.target.startswith(("http://", "https://")):
                where = (link.file or page.path, link.line, link.column)
                uses.setdefault(link.target, []).append(where)
    notes = (
        Problem(one.path, one.line, one.column, "note", "L17", one.message, one.hint)
        for one in address_answers(uses, ask([*uses]))
    )
    return Report(sorted(notes), len(pages), [])


def ask(addresses: list[str]) -> dict[str, str]:
    """What is amiss with each address that does not answer well; one host is asked one thing at a
    time."""
    hosts = groupby(sorted(addresses, key=_host), _host)
    with ThreadPoolExecutor(HOSTS) as pool:
        answers = pool.map(lambda listed: dict(_ask_host(listed)), [[*own] for _, own in hosts])
        return {address: said for found in answers for address, said in found.items()}


def _host(address: str) -> str:
    return address.split("/")[2]


def _ask_host(addresses: list[str]) -> Iterator[tuple[str, str]]:
    for number, address in enumerate(addresses):
        time.sleep(PAUSE if number else 0)
        sound = quote(address.partition("#")[0], safe="%/:=&?~#+!$,;'@()*[]")
        try:
            urlopen(Request(sound, headers=BROWSER), timeout=PATIENCE).close()
        except HTTPError as error:
            if error.code not in ANSWERS:
                yield address, f"{error.code} {error.reason}"
        except (OSError, HTTPException, ValueError) as error:
            yield address, str(getattr(error, "reason", error)) or "no answer"
