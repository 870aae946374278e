"""New pages into the nav of mkdocs.yml, and English titles of their parts: by adding lines, leaving
every other line as it is.
"""

import json
import re
from collections.abc import Collection, Iterator, Sequence

import yaml

from manuscript.characters import bare
from manuscript.outline import Section
from manuscript.placing import STEP, Entry, arrange, insert, nest
from whitepaper.book import BookError

PLAIN = re.compile(
    r"[\u3400-\u9fff“”‘’、，（）A-Za-z][\u3400-\u9fff“”‘’、，（）A-Za-z0-9 .-]*(?<! )"
)
UNSAFE = (
    "mkdocs.yml: its nav cannot be extended safely. Write it as a plain list, one page a line, "
    "then import again"
)


class _Loader(yaml.SafeLoader):
    """Reads settings with tags of any kind: only whether they are the same matters here."""


def _tagged(loader: _Loader, suffix: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return suffix, loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return suffix, loader.construct_sequence(node, True)
    assert isinstance(node, yaml.MappingNode)
    return suffix, loader.construct_mapping(node, True)


_Loader.add_multi_constructor("", _tagged)


def extend_settings(
    settings: str,
    sections: Sequence[Section],
    renamed: dict[str, str],
    gone: Collection[str] = (),
) -> tuple[str, list[str]]:
    """mkdocs.yml with the sections' pages in its nav, in their order and without those that are
    gone, and all pages of that nav.

    Raises BookError rather than change anything else in it.
    """
    lines = settings.split("\n")
    wanted = [(section.name, section.part_title) for section in sections]
    try:
        after = arrange(lines, _read_nav(lines, renamed), wanted, gone, _render)
        after = _with_translations(after, [section for section in sections if section.part])
        return after, _prove(settings, after, sections, renamed, gone)
    except yaml.YAMLError:
        raise BookError(UNSAFE) from None


def _read_nav(lines: list[str], renamed: dict[str, str]) -> list[Entry]:
    """The entries of the nav, after the pages in `lines` have taken their new names."""
    start = next(
        (at for at, line in enumerate(lines) if re.fullmatch(r"nav:\s*(?:#.*)?", line)), None
    )
    if start is None:
        raise BookError(
            "mkdocs.yml: nav must be a block of its own, one page a line. Write it so, then "
            "import again"
        )
    end = next(
        (at for at in range(start + 1, len(lines)) if re.match(r"[^\s#-]", lines[at])), len(lines)
    )
    entries = []
    for at in range(start + 1, end):
        if found := re.match(r"^(\s*)- (.*)$", lines[at]):
            value = yaml.safe_load(found[2])
            title, target = next(iter(value.items())) if isinstance(value, dict) else ("", value)
            old = str(target or "").removesuffix(".md")
            new = renamed.get(old, old)
            lines[at] = lines[at].replace(f"{old}.md", f"{new}.md")
            entries.append(Entry(at, len(found[1]), new, "" if old else str(title)))
    if not entries:
        raise BookError(
            "mkdocs.yml: nav has no pages. Add one, for example `- index.md`, then import again"
        )
    return nest(entries)


def _render(entry: Entry) -> str:
    return (
        f"{' ' * entry.indent}- {f'{entry.page}.md' if entry.page else f'{_scalar(entry.part)}:'}"
    )


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
    known = {
        bare(str(title)) for title in (yaml.safe_load("\n".join(lines[start + 1 : end])) or {})
    }
    inner = _indent(lines[start + 1]) if end > start + 1 else depth + STEP
    new = {
        section.part_title: section.english_part
        for section in sections
        if bare(section.part_title) not in known
    }
    return insert(
        lines,
        {end - 1: [f"{' ' * inner}{_scalar(title)}: {english}" for title, english in new.items()]},
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _prove(
    before: str,
    after: str,
    sections: Sequence[Section],
    renamed: dict[str, str],
    gone: Collection[str],
) -> list[str]:
    """What rewrites settings proves that it did no harm: all else is the same, and each page, old
    or new, has its place, once.
    """
    (old, old_pages), (new, new_pages) = (
        _apart(yaml.load(text, _Loader)) for text in (before, after)
    )
    expected = {renamed.get(page, page) for page in old_pages} - {*gone} | {
        section.name for section in sections
    }
    if old != new or len(set(new_pages)) < len(new_pages) or expected != set(new_pages):
        raise BookError(UNSAFE)
    return new_pages


def _apart(config: dict) -> tuple[str, list[str]]:
    """(everything but nav and its titles, the pages of the nav)."""
    pages = list(_pages(config.pop("nav", [])))
    for plugin in config.get("plugins", []):
        for language in (
            (plugin.get("i18n") or {}).get("languages", []) if isinstance(plugin, dict) else []
        ):
            language.pop("nav_translations", None)
    return repr(config), pages


def _pages(nav: list) -> Iterator[str]:
    for entry in nav:
        target = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from _pages(target) if isinstance(target, list) else [str(target).removesuffix(".md")]
