"""The files all pages share: one style sheet, one script, a few more on demand; named by their content.

What no page uses is left out of the theme's style sheet: rules whose selectors name a class, id,
element or attribute that no page and no script knows, and custom properties nobody reads.
"""

import hashlib
import re
from pathlib import Path

import material
import tinycss2
from tinycss2.ast import AtRule, Declaration, ParseError, QualifiedRule, WhitespaceToken

from whitepaper.book import Book

ON_DEMAND = {"search.js"}  # not part of the one script
COMMON = "common.js"  # first in it; search.js knows its names too
THEME_STYLES = Path(material.__file__).parent / "templates/assets/stylesheets"
WORD = re.compile(r"[\w-]+")
TAG = re.compile(r"<[a-zA-Z][^>]*>")
OPTIONAL = re.compile(r":(?:not|is|where|has|lang|dir|nth-[\w-]+)\([^()]*(?:\([^()]*\)[^()]*)*\)")
NAMED = re.compile(
    r"""[.#]((?:[\w-]|\\.)+)|\[\s*([\w-]+)(?:[~|^$*]?=\s*["']?([^"'\]\s]*))?[^\]]*\]|(?<![\w:.#\\-])([a-zA-Z][\w-]*)"""
)
READ = re.compile(r"var\(\s*(--[\w-]+)")


def address(name: str, data: bytes) -> str:
    """Where a shared file stands in the site: assets/<name>.<hash>.<suffix>."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"


def read_shared(book: Book) -> dict[str, bytes]:
    """What pages share, by its plain name: style sheet, script, search, whatever else is in docs/assets."""
    scripts = read_scripts(book)
    searcher = shorten((book.root / "docs/assets/search.js").read_text("utf-8"))
    texts = {"site.css": read_styles(book), "site.js": scripts, "search.js": searcher}
    others = sorted((book.root / "docs/assets").glob("*"))
    return {name: text.encode("utf-8") for name, text in texts.items()} | {
        path.name: path.read_bytes() for path in others if path.suffix not in (".css", ".js")
    }


def read_styles(book: Book) -> str:
    """The theme's sheets, then ours in the order of their names: ours win."""
    theme = [next(THEME_STYLES.glob(f"{name}.*.css")) for name in ("main", "palette")]
    return "\n".join(path.read_text("utf-8") for path in [*theme, *_ours(book, ".css")])


def read_scripts(book: Book) -> str:
    """All small behaviours as one strict script; each file keeps its names to itself, but for those that all share."""
    bodies = {
        path.name: shorten(path.read_text("utf-8"))
        for path in _ours(book, ".js")
        if path.name not in ON_DEMAND
    }
    common = bodies.pop(COMMON)
    return (
        f'"use strict";\n{common}\n'
        + "\n".join(f"{{\n{body}\n}}" for body in bodies.values())
        + "\n"
    )


def _ours(book: Book, suffix: str) -> list[Path]:
    return sorted((book.root / "docs/assets").glob(f"*{suffix}"))


def shorten(script: str) -> str:
    """A script without its comment lines and indentation; code is left as it stands."""
    lines, inside = [], False
    for line in map(str.strip, script.splitlines()):
        inside = inside or line.startswith("/*")
        if not inside and line and not line.startswith("//"):
            lines.append(line)
        inside = inside and "*/" not in line
    return "\n".join(lines)


def words_in_use(pages: list[str], scripts: str) -> set[str]:
    """Every name that a selector could meet: whatever stands in a tag of a page, or anywhere in a script."""
    tags = {tag for page in pages for tag in TAG.findall(page)}
    return set(WORD.findall(" ".join(tags))) | set(WORD.findall(scripts))


def purge(css: str, words: set[str]) -> str:
    """The sheet, smaller, with the same effect on every page made of `words`."""
    rules = list(
        _live(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), words)
    )
    kept = _properties_read(rules, words)
    text = "".join(_serialize(rule, kept) for rule in rules)
    used = set(WORD.findall(re.sub(r"@keyframes [\w-]+", "", text)))
    return re.sub(
        r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}",
        lambda frames: frames[0] if frames[1] in used else "",
        text,
    )


def _live(nodes, words: set[str]):
    """(prelude, body) of each rule that may match: body is declarations and rules inside, or None."""
    for node in nodes:
        if (
            isinstance(node, AtRule)
            and node.lower_at_keyword in ("media", "supports", "layer", "container", "scope")
            and node.content is not None
        ):
            inner = list(
                _live(
                    tinycss2.parse_rule_list(
                        node.content, skip_comments=True, skip_whitespace=True
                    ),
                    words,
                )
            )
            if inner:
                yield f"@{node.at_keyword}{_squeeze(node.prelude, ' ')}", inner
        elif isinstance(node, AtRule) and node.lower_at_keyword != "charset":
            yield _squeeze([node]), None
        elif isinstance(node, QualifiedRule):
            selectors = [
                one
                for one in map(str.strip, _split(_squeeze(node.prelude)))
                if _may_match(one, words)
            ]
            if selectors:
                yield ",".join(selectors), list(_body(node.content, words))


def _body(content, words: set[str]):
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(node, Declaration):
            yield node
        elif not isinstance(node, ParseError):
            yield from (
                _live([node], words)
                if isinstance(node, QualifiedRule)
                else [(_squeeze([node]), None)]
            )


def _may_match(selector: str, words: set[str]) -> bool:
    plain = OPTIONAL.sub("", selector)
    for named, attribute, value, element in NAMED.findall(plain):
        names = [
            part for part in (named.replace("\\", ""), attribute, element) if part
        ] + WORD.findall(value or "")
        if not words.issuperset(names):
            return False
    return True


def _split(selectors: str) -> list[str]:
    """A selector list at its outer commas."""
    parts, depth = [""], 0
    for character in selectors:
        depth += (character in "([") - (character in ")]")
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _properties_read(rules, words: set[str]) -> set[str]:
    """Custom properties that some declaration reads, through others too."""
    reads: dict[str, set[str]] = {}
    for declaration in _declarations(rules):
        if isinstance(declaration, Declaration):
            name = declaration.name if declaration.name.startswith("--") else ""
            reads.setdefault(name, set()).update(
                READ.findall(tinycss2.serialize(declaration.value))
            )
        else:
            reads.setdefault("", set()).update(READ.findall(declaration))
    live, queue = set(), ["", *(name for name in reads if name in words)]
    while queue:
        name = queue.pop()
        if name not in live:
            live.add(name)
            queue.extend(reads.get(name, ()))
    return live


def _declarations(rules):
    for rule in rules:
        if isinstance(rule, Declaration):
            yield rule
        elif rule[1] is None:
            yield rule[0]
        else:
            yield from _declarations(rule[1])


def _serialize(rule, kept: set[str]) -> str:
    if isinstance(rule, Declaration):
        dead = rule.name.startswith("--") and rule.name not in kept
        return (
            ""
            if dead
            else f"{rule.name}:{_squeeze(rule.value).strip()}{'!important' if rule.important else ''};"
        )
    prelude, body = rule
    if body is None:
        return prelude
    inner = "".join(_serialize(one, kept) for one in body)
    return f"{prelude}{{{inner.removesuffix(';')}}}" if inner else ""


def _squeeze(tokens, before: str = "") -> str:
    """Tokens as text, each run of blanks as one."""
    text = tinycss2.serialize(
        [
            WhitespaceToken(1, 1, " ") if token.type == "whitespace" else token
            for token in tokens
            if token.type != "comment"
        ]
    )
    return before + text.strip()
