"""The made-up paper as text extracted from a PDF, with every artefact of a real extraction.

Hard-wrapped lines, page numbers and headers in mid-sentence, lost pictures and a trailer. Same
arguments, same bytes.
"""

import re
from collections.abc import Iterator

from made_up import AUTHORS, TITLE, Block, Chapter, compose, part_title

HEADER = "青石湾城乡水务年度白皮书"
TRAILER = ("预览已结束，完整报告请扫描二维码下载：", "https://qingshi.example/report?id=10")
WIDTH, PAGE = 80, 32  # cells of a line, lines of a page


def raw_text(chapters: int, paragraphs: int) -> str:
    """The paper as text out of a PDF. Every artefact of the real extraction, on its own words."""
    lines: list[str] = []
    for text, indent in printed(compose(chapters, paragraphs)):
        wrapped = wrap(text, WIDTH, indent)
        lines += [*wrapped[:-1], wrapped[-1] + " "]
        if text.startswith("图"):
            lines.append(" ")
    return "\n\n".join(_paged(lines)) + "\n\n" + "\n".join(TRAILER) + "\n"


def raw_units(paper: tuple[Chapter, ...]) -> list[str]:
    """What an import of `raw_text` has to give: the text of every block, unwrapped."""
    return [text for text, _ in printed(paper)]


def printed(paper: tuple[Chapter, ...]) -> Iterator[tuple[str, int]]:
    """(text, cells of its first line's indent) of everything printed, in order."""
    yield TITLE["zh"], 0
    yield "  ".join(AUTHORS["zh"]), 0
    part = 0
    for chapter in paper:
        if chapter.part != part:
            part = chapter.part
            yield part_title(part).replace("、", "、 "), 0
        if chapter.part:
            yield f"{chapter.part}.{chapter.number} {chapter.zh}", 0
        for block in chapter.blocks:
            yield raw_block(block), 0 if block.kind in ("sub", "deep", "caption") else 4


def raw_block(block: Block) -> str:
    """A block as one line of print, before it is wrapped."""
    match block.kind:
        case "item" | "sub":
            return f"{block.mark}.{block.zh}"
        case "deep":
            return f"{block.mark} {block.zh}"
        case "caption":
            return f"{block.mark}  {block.zh}"
    return block.zh


def wrap(text: str, width: int, indent: int) -> list[str]:
    """Lines of at most `width` cells; the first is narrower by its lost indent.

    No line begins with a closing mark.
    """
    words = re.findall(r"[A-Za-z0-9%.]+|.", text)
    lines, line, room = [], "", width - indent
    for word in words:
        size = len(word) if word.isascii() else 2
        if size > room and word not in "，。、；：？！”）" and line:
            carry = line[-1] if line[-1] in "“（" else ""
            lines.append(line.removesuffix(carry).rstrip() if carry else line.rstrip())
            line, room = carry, width - 2 * len(carry)
            if word == " ":
                continue
        line += word
        room -= size
    return [*lines, line]


def _paged(lines: list[str]) -> Iterator[str]:
    """Page number and header at every page's end, wherever in a sentence that falls; every page
    begins with a space.
    """
    page = 1
    for place, line in enumerate(lines):
        yield line
        if (place + 1) % PAGE == 0 and place + 1 < len(lines):
            page += 1
            yield f"\n\n \n\n{page} \n\n{HEADER} "
