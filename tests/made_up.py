"""A made-up white paper of any size, in our own words, for tests and benchmarks.

`write_book` gives it as a project that checks and builds. Same arguments, same bytes.
"""

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from made_up_words import ASPECTS, ORDINALS, PLANS, SENTENCES, SUBJECTS, THINGS
from whitepaper.book import ROOT

TITLE = {"zh": "青石湾水务十年", "en": "Ten Years of Water in Qingshi Bay"}
AUTHORS = {"zh": ("林渡", "周砚秋"), "en": ("Lin Du", "Zhou Yanqiu")}
NUMERALS = "〇一二三四五六七八九"
CLOSE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=[\u4e00-\u9fff])")
PER_PART = 6  # chapters in a part


@dataclass(frozen=True)
class Block:
    """One block of the paper, in both languages; `mark` stands before an item or in a caption."""

    kind: str  # para lead item liner head sub deep caption
    zh: str
    en: str
    mark: str = ""

    @property
    def counted(self) -> bool:
        return self.kind not in ("sub", "deep", "caption")


@dataclass(frozen=True)
class Chapter:
    part: int
    number: int  # within its part
    zh: str
    en: str
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        return f"section-{self.part}-{self.number}" if self.part else "introduction"


# --- what it says ---


def compose(chapters: int, paragraphs: int) -> tuple[Chapter, ...]:
    """An introduction and `chapters` chapters with `paragraphs` counted blocks in all."""
    shares = [
        paragraphs // (chapters + 1) + (at < paragraphs % (chapters + 1))
        for at in range(chapters + 1)
    ]
    figures = iter(range(1, 10_000))
    return tuple(_chapter(at, share, figures) for at, share in enumerate(shares))


def _chapter(at: int, share: int, figures: Iterator[int]) -> Chapter:
    words = random.Random(f"chapter {at}")
    if at == 0:
        return Chapter(0, 0, "引言", "Introduction", tuple(_para(words) for _ in range(share)))
    part, number = (at - 1) // PER_PART + 1, (at - 1) % PER_PART + 1
    subject, aspect = SUBJECTS[(part - 1) % len(SUBJECTS)], ASPECTS[number - 1]
    blocks: list[Block] = []
    left, plans = (
        share,
        iter(
            words.sample(
                [(thing, plan) for thing in THINGS for plan in PLANS], len(THINGS) * len(PLANS)
            )
        ),
    )
    while left > 0:
        group = _group(words, f"{part}.{number}", blocks, left, figures, plans)
        blocks += group
        left -= sum(block.counted for block in group)
    return Chapter(part, number, subject[0] + aspect[0], f"{subject[1]} {aspect[1]}", tuple(blocks))


def _group(
    words: random.Random,
    number: str,
    before: list[Block],
    left: int,
    figures: Iterator[int],
    plans: Iterator,
) -> list[Block]:
    """A few blocks that belong together, at most `left` of them counted."""
    kind = words.randrange(8)
    if kind == 0 and left >= 6:
        items = (_item(words, place) for place in range(1, 5))
        return [
            Block("lead", "这项工作有以下四个要点：", "The work has these four points:"),
            *items,
            _para(words),
        ]
    if kind == 1 and left >= 5:
        return [
            Block("lead", "三方各有承诺：", "Three parties have each given a pledge:"),
            *(_liner(words, end) for end in "；；。"),
            _para(words),
        ]
    if kind == 2 and left >= 4:
        return [block for place in (1, 2) for block in (_head(words, place), _para(words))]
    if kind == 3 and left >= 2 and sum(block.kind == "sub" for block in before) < len(THINGS):
        return [block for place in (1, 2) for block in (_sub(next(plans), place), _para(words))]
    if kind == 4 and left >= 1:
        return [_para(words), _caption(words, next(figures))]
    if kind == 5 and not before:
        name = _name(words)
        return [
            Block(
                "deep",
                f"{name[0]}的范围",
                f"The Extent of {name[1].removeprefix('the ')}",
                f"{number}.1",
            ),
            _para(words),
        ]
    return [_para(words)]


def _name(words: random.Random) -> tuple[str, str]:
    return THINGS[words.randrange(len(THINGS))]


def _text(words: random.Random, sentences: int) -> tuple[str, str]:
    zh, en = [], []
    for place in range(sentences):
        template = SENTENCES[words.randrange(len(SENTENCES))]
        if place == sentences - 1 and template[0].endswith("；"):
            template = SENTENCES[0]
        a, b = words.sample(THINGS, 2)
        n, m = words.randrange(2, 60), words.randrange(2, 40)
        zh.append(template[0].format(a=a[0], b=b[0], n=n, m=m))
        en.append(template[1].format(a=a[1], b=b[1], n=n, m=m))
    return "".join(zh), " ".join(sentence[0].upper() + sentence[1:] for sentence in en)


def _para(words: random.Random) -> Block:
    return Block("para", *_text(words, words.randrange(2, 8)))


def _item(words: random.Random, place: int) -> Block:
    (zh, en), (said, twin) = _name(words), _text(words, 2)
    return Block("item", f"{zh}。{said}", f"{en[0].upper()}{en[1:]}. {twin}", str(place))


def _liner(words: random.Random, end: str) -> Block:
    a, b = _name(words), _name(words)
    return Block(
        "liner",
        f"守好{a[0]}，看住{b[0]}{end}",
        f"Guard {a[1]}, watch {b[1]}{';' if end == '；' else '.'}",
    )


def _head(words: random.Random, place: int) -> Block:
    thing = _name(words)
    return Block(
        "head",
        f"第{NUMERALS[place]}，说{thing[0]}。",
        f"{ORDINALS[place - 1]}, {thing[1]}.",
        str(place),
    )


def _sub(matter: tuple[tuple[str, str], tuple[str, str]], place: int) -> Block:
    (thing, plan) = matter
    return Block(
        "sub",
        f"{thing[0]}：{plan[0]}",
        f"{thing[1][0].upper()}{thing[1][1:]}: {plan[1]}",
        str(place),
    )


def _caption(words: random.Random, number: int) -> Block:
    thing = _name(words)
    return Block(
        "caption", f"{thing[0]}的布置", f"The layout of {thing[1]}", f"图{numeral(number)}"
    )


def numeral(number: int) -> str:
    """Chinese numerals below a thousand, as reports number their figures and parts."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{NUMERALS[hundreds]}百" if hundreds else ""
    text += f"{NUMERALS[tens]}十" if tens else ("〇" if hundreds and ones else "")
    return (
        (text + (NUMERALS[ones] if ones else "")).removeprefix("一十")
        if not (10 <= number < 20)
        else "十" + (NUMERALS[ones] if ones else "")
    )


# --- as a project ---


def write_book(root: Path, chapters: int, paragraphs: int) -> None:
    """Makes `root` a project of its own: the paper with this project's settings, theme and data."""
    shutil.copytree(
        ROOT,
        root,
        dirs_exist_ok=True,
        symlinks=True,
        ignore=shutil.ignore_patterns(".*", "site", "tests", "__pycache__"),
    )
    for name in (
        "addresses.txt",
        "redirects.toml",
        "sections.toml",
        "published.toml",
        "sources.toml",
    ):  # they speak of this project's pages
        (root / "docs" / "data" / name).unlink(missing_ok=True)
    paper = compose(chapters, paragraphs)
    for lang in ("zh", "en"):
        drawn = []
        for old in sorted((root / "docs" / lang).glob("*.md")):
            if old.stem not in ("index", "glossary", "about"):
                drawn += re.findall(r"^!\[.*\{#.*\}$", old.read_text("utf-8"), re.MULTILINE)
                old.unlink()
        for name in ("index", "about"):
            (root / "docs" / lang / f"{name}.md").write_text(
                _plain_page(name, lang, drawn), "utf-8"
            )
        for chapter in paper:
            (root / "docs" / lang / f"{chapter.name}.md").write_text(
                render_page(chapter, lang), "utf-8"
            )
    romanized = root / "docs/data/romanized.toml"
    known = romanized.read_text("utf-8")
    titles = dict.fromkeys(f'"{chapter.zh}" =' for chapter in paper)
    added = "".join(f'{title} "Pinyin"\n' for title in titles if title not in known)
    romanized.write_text(known + added, "utf-8")
    (root / "mkdocs.yml").write_text(
        _settings((ROOT / "mkdocs.yml").read_text("utf-8"), paper), "utf-8"
    )


def _plain_page(name: str, lang: str, figures: list[str]) -> str:
    """Home and colophon; the latter shows the figures that this project draws."""
    title = {"index": TITLE, "about": {"zh": "关于本版", "en": "About This Edition"}}[name][lang]
    figures = figures if name == "about" else []
    anchors = re.findall(r"\{#(.*)\}$", "\n".join(figures), re.MULTILINE)
    shown = {
        "zh": "".join(f"（见[图](#{anchor})）" for anchor in anchors),
        "en": "".join(f" (see [the figure](#{anchor}))" for anchor in anchors),
    }[lang]
    said = {
        "zh": f"一份编造的白皮书，用来检验工具{shown}。",
        "en": f"A made-up white paper, to test the tools with{shown}.",
    }[lang]
    return (
        f"---\ndescription: {title}\n---\n\n# {title} {{#{name}}}\n\n"
        + "\n\n".join([said, *figures])
        + "\n"
    )


def render_page(chapter: Chapter, lang: str) -> str:
    """One chapter in the book's own Markdown conventions."""
    title = getattr(chapter, lang)
    heading = f"{chapter.part}.{chapter.number} {title}" if chapter.part else title
    parts = [f"---\ndescription: {heading}\n---", f"# {heading} {{#{chapter.name}}}"]
    for place, block in enumerate(chapter.blocks):
        text = _render(block, lang, _anchor(block, chapter.name))
        if block.kind == "sub" and chapter.blocks[0].kind == "deep":
            text = f"#{text}"
        tight = (
            place
            and block.kind == chapter.blocks[place - 1].kind
            and block.kind in ("item", "liner")
        )
        parts.append(("\n" if tight else "\n\n") + text if place else text)
    return parts[0] + "\n\n" + parts[1] + "\n\n" + "".join(parts[2:]) + "\n"


def _anchor(block: Block, name: str) -> str:
    """The id of a heading: its English words, or the section's number where it has one."""
    if block.kind == "deep":
        return f"section-{block.mark.replace('.', '-')}"
    return re.sub(r"[^a-z]+", "-", block.en.lower().removeprefix("the ")).strip("-")


def _render(block: Block, lang: str, anchor: str) -> str:
    """A block in Markdown.

    Chinese stands close to digits and Latin here, as this project sets it; the printed text has
    gaps.
    """
    text = CLOSE.sub("", block.zh) if lang == "zh" else block.en
    match block.kind:
        case "item":
            return f"{block.mark}. {text}"
        case "liner":
            return f"- {text}"
        case "head":
            return f"**{text}**"
        case "sub":
            return f"## {block.mark}. {text} {{#{anchor}}}"
        case "deep":
            return f"## {block.mark} {text} {{#{anchor}}}"
        case "caption":
            caption = f"{block.mark}　{text}" if lang == "zh" else f"Figure: {text}"
            notice = {
                "zh": "此处原有一图，本版没有。",
                "en": "A picture stood here; this edition does not have it.",
            }[lang]
            return f'!!! notice "{caption}"\n    {notice}'
    return text


def _settings(settings: str, paper: tuple[Chapter, ...]) -> str:
    """This project's mkdocs.yml with another nav."""
    nav, titles = ["nav:", "  - index.md"], []
    part = 0
    for chapter in paper:
        if chapter.part and chapter.part != part:
            part = chapter.part
            nav.append(f"  - {part_title(part)}:")
            titles.append(
                f"            {part_title(part)}: {part}. {SUBJECTS[(part - 1) % len(SUBJECTS)][1]}"
            )
        nav.append(f"{'      ' if part else '  '}- {chapter.name}.md")
    nav += ["  - glossary.md", "  - about.md", ""]
    settings = re.sub(
        r"^nav:\n(?:[ #].*\n|\n)*", "\n".join(nav) + "\n", settings, flags=re.MULTILINE
    )
    return re.sub(
        r"(nav_translations:\n)(?: {12}.*\n)*",
        lambda found: found[1] + "".join(f"{title}\n" for title in titles),
        settings,
    )


def part_title(part: int) -> str:
    return f"{numeral(part)}、{SUBJECTS[(part - 1) % len(SUBJECTS)][0]}"
