"""New pages into the nav of mkdocs.yml, and English titles of their parts: by adding lines, leaving every other line as it is."""
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from whitepaper.book import BookError
from whitepaper.importer.characters import bare
from whitepaper.importer.outline import Section

PLAIN = re.compile(r"[\u3400-\u9fff“”‘’、，（）A-Za-z][\u3400-\u9fff“”‘’、，（）A-Za-z0-9 .-]*(?<! )")
PART_GAP = re.compile(r"^([一二三四五六七八九十百〇零]+、)\s+")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads settings with tags of any kind: only whether they are the same matters here."""


def _tagged(loader: yaml.Loader, suffix: str, node: yaml.Node):
    if isinstance(node, yaml.ScalarNode):
        return suffix, loader.construct_scalar(node)
    return suffix, loader.construct_sequence(node, True) if isinstance(node, yaml.SequenceNode) else loader.construct_mapping(node, True)


_Loader.add_multi_constructor("", _tagged)


@dataclass(frozen=True)
class _Entry:
    """A line of the nav: a page, or the title of a part."""

    line: int
    indent: int
    page: str = ""
    part: str = ""


@dataclass
class _Nav:
    """The nav block of mkdocs.yml, and the lines to put behind each of its own."""

    lines: list[str]
    entries: list[_Entry]
    new: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def render(self) -> str:
        return "\n".join(row for at, line in enumerate(self.lines) for row in (line, *self.new.get(at, ())))

    def end_of(self, line: int) -> int:
        """The last line of the top-level entry that holds this one."""
        outer = min(entry.indent for entry in self.entries)
        after = next((entry.line for entry in self.entries if entry.line > line and entry.indent == outer), None)
        return max(entry.line for entry in self.entries if after is None or entry.line < after)

    def parts_of_pages(self) -> dict[str, str]:
        """The part that each page stands in, or ``."""
        found, part = {}, _Entry(-1, 0)
        for entry in self.entries:
            part = entry if entry.part else part
            found[entry.page] = bare(part.part) if entry.indent > part.indent else ""
        return found

    def last_before_apparatus(self) -> int:
        ends = [at for at, entry in enumerate(self.entries) if entry.page in ("glossary", "about")]
        return self.entries[ends[0] - 1].line if ends and ends[0] else self.entries[-1].line


def part_title(section: Section) -> str:
    """What the nav calls the part: the heading without the gap after 一、"""
    return PART_GAP.sub(r"\1", section.part.text) if section.part else ""


def extend_settings(settings: str, sections: Sequence[Section], renamed: dict[str, str]) -> tuple[str, list[str]]:
    """mkdocs.yml with every section's page in its nav, and all pages of that nav. Raises BookError rather than change anything else in it."""
    nav = _read_nav(settings, renamed)
    parted = {bare(part_title(section)) for section in sections if section.part is not section.heading} - {""}
    _place(nav, sections, parted)
    after = _with_translations(nav.render(), [section for section in sections if bare(part_title(section)) in parted])
    return after, _prove(settings, after, sections, renamed)


def _read_nav(settings: str, renamed: dict[str, str]) -> _Nav:
    lines = settings.split("\n")
    start = next((at for at, line in enumerate(lines) if re.fullmatch(r"nav:\s*(?:#.*)?", line)), None)
    if start is None:
        raise BookError("mkdocs.yml: nav must be a block of its own, one page a line. Write it so, then import again")
    end = next((at for at in range(start + 1, len(lines)) if re.match(r"[^\s#-]", lines[at])), len(lines))
    nav = _Nav(lines, [entry for at in range(start + 1, end) if (entry := _entry(lines[at], at))])
    if not nav.entries:
        raise BookError("mkdocs.yml: nav has no pages. Add one, for example `- index.md`, then import again")
    for entry in nav.entries:
        if entry.page in renamed:
            lines[entry.line] = lines[entry.line].replace(f"{entry.page}.md", f"{renamed[entry.page]}.md")
    nav.entries = [_Entry(entry.line, entry.indent, renamed.get(entry.page, entry.page), entry.part) for entry in nav.entries]
    return nav


def _entry(line: str, at: int) -> _Entry | None:
    found = re.match(r"^(\s*)- (.*)$", line)
    if not found:
        return None
    value = yaml.safe_load(found[2])
    title, target = next(iter(value.items())) if isinstance(value, dict) else ("", value)
    if target is None:
        return _Entry(at, len(found[1]), part=str(title))
    return _Entry(at, len(found[1]), page=str(target).removesuffix(".md"))


def _place(nav: _Nav, sections: Sequence[Section], parted: set[str]) -> None:
    """Puts a line behind the page before it for each page that has none; a new part stands behind the whole part before."""
    pages = {entry.page: entry for entry in nav.entries if entry.page}
    parts = {bare(entry.part): entry for entry in nav.entries if entry.part}
    part_of = nav.parts_of_pages()
    outer = min(entry.indent for entry in nav.entries)
    at, inside, depth = nav.last_before_apparatus(), "", outer
    for section in sections:
        title = bare(part_title(section))
        title = title if title in parted else ""
        if section.name in pages:
            at, depth = pages[section.name].line, pages[section.name].indent
            inside = part_of[section.name]
            continue
        if title != inside:
            known = parts.get(title)
            at = known.line if known else nav.end_of(at)
            depth = (known.indent if known else outer) + (4 if title else 0)
            nav.new[at] += [] if known or not title else [f"{' ' * outer}- {_scalar(part_title(section))}:"]
        inside = title
        nav.new[at].append(f"{' ' * depth}- {section.name}.md")


def _scalar(text: str) -> str:
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _with_translations(settings: str, sections: Sequence[Section]) -> str:
    """An English title under nav_translations for each part that has none."""
    lines = settings.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip() == "nav_translations:"), None)
    if start is None:
        return settings
    depth, end = _indent(lines[start]), start + 1
    while end < len(lines) and lines[end].strip() and _indent(lines[end]) > depth:
        end += 1
    known = {bare(str(title)) for title in (yaml.safe_load("\n".join(lines[start + 1 : end])) or {})}
    inner = _indent(lines[start + 1]) if end > start + 1 else depth + 4
    new = {part_title(section): english_part(section) for section in sections if bare(part_title(section)) not in known}
    return "\n".join([*lines[:end], *(f"{' ' * inner}{_scalar(title)}: {english}" for title, english in new.items()), *lines[end:]])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def english_part(section: Section) -> str:
    """What a part is called in English until somebody translates its title in mkdocs.yml."""
    return f"Part {section.number.partition('.')[0] or section.name}"


def _prove(before: str, after: str, sections: Sequence[Section], renamed: dict[str, str]) -> list[str]:
    """What rewrites settings proves that it did no harm: all else is the same, and each page, old or new, has its place, once."""
    (old, old_pages), (new, new_pages) = (_apart(yaml.load(text, _Loader)) for text in (before, after))
    expected = {renamed.get(page, page) for page in old_pages} | {section.name for section in sections}
    if old != new or len(set(new_pages)) < len(new_pages) or expected != set(new_pages):
        raise BookError("mkdocs.yml: its nav cannot be extended safely. Write it as a plain list, one page a line, then import again")
    return new_pages


def _apart(config: dict) -> tuple[str, list[str]]:
    """(everything but nav and its titles, the pages of the nav)."""
    pages = list(_pages(config.pop("nav", [])))
    for plugin in config.get("plugins", []):
        for language in (plugin.get("i18n") or {}).get("languages", []) if isinstance(plugin, dict) else []:
            language.pop("nav_translations", None)
    return repr(config), pages


def _pages(nav: list) -> Iterator[str]:
    for entry in nav:
        target = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from _pages(target) if isinstance(target, list) else [str(target).removesuffix(".md")]
