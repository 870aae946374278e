"""New pages into the nav of mkdocs.yml, and their parts' English titles: by adding lines, leaving every other line as it is."""
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from whitepaper.book import BookError
from whitepaper.outline import Section
from whitepaper.proof import bare

PLAIN = re.compile(r"^[\u3400-\u9fff“”‘’、，（）A-Za-z][\u3400-\u9fff“”‘’、，（）A-Za-z0-9 .-]*(?<! )$")
PART_GAP = re.compile(r"^([一二三四五六七八九十百〇零]+、)\s+")


class _Lines(yaml.SafeLoader):
    """Reads settings with tags of any kind: only what they say matters here."""


_Lines.add_multi_constructor("", lambda loader, suffix, node: (suffix, _plain(loader, node)))


def _plain(loader: yaml.Loader, node: yaml.Node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    return loader.construct_sequence(node, True) if isinstance(node, yaml.SequenceNode) else loader.construct_mapping(node, True)


@dataclass(frozen=True)
class _Entry:
    line: int
    indent: str  # up to and with the dash's column
    page: str  # name, or `` for a part
    part: str  # title, or `` for a page


def part_title(section: Section) -> str:
    """What the nav calls the part: the heading without the gap after 一、"""
    return PART_GAP.sub(r"\1", section.part.text) if section.part else ""


def extend_settings(settings: str, sections: Sequence[Section], renamed: dict[str, str]) -> str:
    """mkdocs.yml with every section's page in its nav. Raises BookError rather than change anything else in it."""
    after = settings
    for old, new in renamed.items():
        after = _rename(after, old, new)
    before_it, parts = "", []
    for section in sections:
        after = _with_page(after, section, before_it)
        before_it = section.name
        parts += [section] if section.part and section.part is not section.heading else []
    after = _with_translations(after, parts)
    _prove(settings, after, sections)
    return after


def _entries(lines: list[str]) -> tuple[int, int, list[_Entry]]:
    """(first line, line after the last, entries) of the nav block."""
    start = next((at for at, line in enumerate(lines) if line.startswith("nav:")), None)
    if start is None or lines[start].strip() != "nav:":
        raise BookError("mkdocs.yml: nav must be a block of its own lines, one page a line. Write it so, then import again")
    end = next((at for at in range(start + 1, len(lines)) if lines[at] and not lines[at].startswith((" ", "#", "-"))), len(lines))
    while end > start + 1 and not lines[end - 1].strip().startswith("-"):
        end -= 1
    return start + 1, end, [entry for at in range(start + 1, end) if (entry := _entry(lines[at], at))]


def _entry(line: str, at: int) -> _Entry | None:
    found = re.match(r"^(\s*)- (.*?)\s*(?:\s#.*)?$", line)
    if not found:
        return None
    value = yaml.safe_load(found[2])
    if isinstance(value, dict):
        title, target = next(iter(value.items()))
        return _Entry(at, found[1], target.removesuffix(".md") if target else "", "" if target else str(title))
    return _Entry(at, found[1], str(value).removesuffix(".md"), "")


def _rename(settings: str, old: str, new: str) -> str:
    lines = settings.split("\n")
    for entry in _entries(lines)[2]:
        if entry.page == old:
            lines[entry.line] = lines[entry.line].replace(f"{old}.md", f"{new}.md")
    return "\n".join(lines)


def _with_page(settings: str, section: Section, previous: str) -> str:
    """The section's page behind the one before it, in its part; a part that is new comes behind the whole part before."""
    lines = settings.split("\n")
    _, end, entries = _entries(lines)
    if any(entry.page == section.name for entry in entries):
        return settings
    title = part_title(section) if section.part is not section.heading or _has_part(entries, section) else ""
    part = next((entry for entry in entries if entry.part and bare(entry.part) == bare(title)), None) if title else None
    at = next((place for place, entry in enumerate(entries) if entry.page == previous), None)
    if part is not None:
        inside = [entry for entry in entries[entries.index(part) + 1 :] if _within(entries, part, entry)]
        behind = entries[at] if at is not None and entries[at] in inside else (inside[-1] if _later(inside, section, entries, at) else part)
        indent = inside[0].indent if inside else part.indent + "    "
        new, place = [f"{indent}- {section.name}.md"], (behind.line if behind else part.line) + 1
    else:
        place = _end_of_part(entries, at, end) if at is not None else _before_apparatus(entries, end)
        indent = entries[0].indent if entries else "  "
        new = [f"{indent}- {_scalar(title)}:", f"{indent}    - {section.name}.md"] if title else [f"{indent}- {section.name}.md"]
    return "\n".join([*lines[:place], *new, *lines[place:]])


def _has_part(entries: list[_Entry], section: Section) -> bool:
    return any(entry.part and bare(entry.part) == bare(part_title(section)) for entry in entries)


def _within(entries: list[_Entry], part: _Entry, entry: _Entry) -> bool:
    between = entries[entries.index(part) + 1 : entries.index(entry) + 1]
    return all(len(near.indent) > len(part.indent) for near in between)


def _later(inside: list[_Entry], section: Section, entries: list[_Entry], at: int | None) -> bool:
    """Whether the page before this one stands before the whole part: then this page is the part's first."""
    return bool(inside) and at is not None and entries.index(inside[0]) <= at


def _end_of_part(entries: list[_Entry], at: int, end: int) -> int:
    """The line behind the top-level entry that holds entry `at`."""
    outer = len(entries[0].indent)
    return next((entry.line for entry in entries[at + 1 :] if len(entry.indent) <= outer), end)


def _before_apparatus(entries: list[_Entry], end: int) -> int:
    return next((entry.line for entry in entries if entry.page in ("glossary", "about")), end)


def _scalar(text: str) -> str:
    return text if PLAIN.match(text) else json.dumps(text, ensure_ascii=False)


def _with_translations(settings: str, sections: Sequence[Section]) -> str:
    """An English title under nav_translations for each part that has none."""
    lines = settings.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip() == "nav_translations:"), None)
    if start is None:
        return settings
    depth = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines) and lines[end].strip() and len(lines[end]) - len(lines[end].lstrip()) > depth:
        end += 1
    known = {bare(str(title)) for title in (yaml.safe_load("\n".join(lines[start + 1 : end])) or {})}
    indent = lines[start + 1][: len(lines[start + 1]) - len(lines[start + 1].lstrip())] if end > start + 1 else " " * (depth + 4)
    new = {title: f"Part {_number(section)}" for section in sections if bare(title := part_title(section)) not in known}
    return "\n".join([*lines[:end], *(f"{indent}{_scalar(title)}: {english}" for title, english in new.items()), *lines[end:]])


def _number(section: Section) -> str:
    return re.match(r"^s(\d+)", section.id)[1] if re.match(r"^s\d+", section.id) else section.name


def _prove(before: str, after: str, sections: Sequence[Section]) -> None:
    """What rewrites settings proves that it did no harm: same settings but for nav and its titles, and every old page still there."""
    old, new = (_without_nav(yaml.load(text, _Lines)) for text in (before, after))
    if old[0] != new[0] or not set(old[1]) <= set(new[1]) | {"?"} and len(old[1]) > len(new[1]):
        raise BookError("mkdocs.yml: its nav could not be extended safely. Add the pages by hand, then import again")
    missing = [section.name for section in sections if f"{section.name}.md" not in new[1]]
    if missing:
        raise BookError(f"mkdocs.yml: no place found in nav for {', '.join(missing)}. Add them by hand, then import again")


def _without_nav(config: dict) -> tuple[str, list[str]]:
    """(everything but nav and its titles, the pages of the nav)."""
    pages = list(_pages(config.pop("nav", [])))
    for plugin in config.get("plugins", []):
        for language in (plugin.get("i18n") or {}).get("languages", []) if isinstance(plugin, dict) else []:
            language.pop("nav_translations", None)
    return repr(config), pages


def _pages(nav):
    for entry in nav:
        target = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from _pages(target) if isinstance(target, list) else [target]
