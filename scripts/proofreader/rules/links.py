"""Links: where they lead, and how they are written."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from posixpath import relpath
from urllib.parse import urlsplit

from proofreader.project import Project, Target
from proofreader.record import Link, Page
from proofreader.rule import Found, View, rule
from proofreader.tree import MARKDOWN
from proofreader.walk import OBJECT

SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")
ODD = re.compile("[\\s\\\\\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad（）：＃．／]")
VAGUE = {
    "here",
    "click here",
    "this",
    "this link",
    "link",
    "more",
    "read more",
    "这里",
    "此处",
    "点击这里",
    "点这里",
    "点击",
    "链接",
    "这个链接",
    "此链接",
    "更多",
    "点此",
    "请点击这里",
}
PLACEHOLDER = re.compile(r"[{}<>$]")
ANYWHERE = re.compile(r":~:|__codelineno|tag:|top$")  # fragments that lead somewhere on any page
GENERATED = re.compile(r"^(?:search|sitemap|404|feed|assets/|print_page|tags)")


def is_local(link: Link) -> bool:
    """Whether a link stays in the site."""
    return (
        bool(link.target)
        and not SCHEME.match(link.target)
        and not link.target.startswith("//")
        and _split(link.target)
    )


@cache
def _split(target: str) -> bool:
    try:
        return bool(urlsplit(target)) and "\x02" not in target
    except ValueError:
        return False


def local_links(project: Project, tag: str) -> Iterator[tuple[Page, Link, Target]]:
    """Every link inside the site, or every image, and where it leads; what an included file repeats on its page counts once."""
    for page in project.pages.values():
        seen = set()
        for link in page.links:
            if link.tag == tag and is_local(link):
                place = (link.file, link.target, link.line, link.column)
                if not link.file or place not in seen:
                    seen.add(place)
                    yield page, link, project.resolve(page, link.target, link.raw)


def at(page: Page, link: Link, message: str, hint: str = "", level: str = "") -> Found:
    return Found(link.file or page.path, link.line, message, hint, link.column, level)


def missing(project: Project, page: Page, link: Link, target: Target, what: str) -> Iterator[Found]:
    """Says that a file is not there, and what was meant, unless a plugin may make it."""
    if target.kind == "other" and link.tag == "img" and project.book:
        yield at(
            page,
            link,
            f"{what} must be in the folder of its own language, not {target.uri}",
            f"Put a copy into {page.lang}/",
        )
    elif target.kind == "fallback":
        level = "note" if project.settings.fallback and not project.book else ""
        yield at(
            page,
            link,
            f"{what} {target.uri.rpartition('/')[2]} must exist in {page.lang}, not only as {target.uri}",
            "Write it, or link to another",
            level,
        )
    elif target.kind == "outside":
        yield at(
            page,
            link,
            f"{what} must be inside {project.docs}: {link.target}",
            "Copy it there, or link to its address on the web",
        )
    elif target.kind == "missing":
        kind = "pages" if link.tag == "a" else "images"
        near = "" if project.settings.finders else _nearest(project, page, target.uri, link.raw)
        if not near and project.settings.makers:
            project.unjudged[
                f"links to {kind} that {', '.join(project.settings.makers)} may make were not judged"
            ] += 1
        elif not (link.raw and GENERATED.match(target.uri)):
            yield at(
                page,
                link,
                f"{what} must exist: {link.target}",
                near or "Mend the path, or take the link out",
            )
    elif target.kind == "unknown":
        project.unjudged["links made by a template were not judged"] += 1


def _nearest(project: Project, page: Page, uri: str, raw: bool) -> str:
    """A cure where it is plain what was meant."""
    uri = ODD.sub("", uri.replace("\\", "/"))
    for guess in (uri, uri + ".md", uri.removesuffix(".html") + ".md", uri + "/index.md"):
        if known := project.lower.get(guess.lower()):
            return (
                f"Write {relpath(known, _folder(page))}"
                if not raw
                else f"It is {project.url(project.tree.files[known])}"
            )
    beside = [
        other
        for other in project.tree.files
        if not (raw or project.settings.makers)
        and _folder(page) == (other.rpartition("/")[0] or ".")
    ]
    near = (
        get_close_matches(
            uri.rpartition("/")[2], [other.rpartition("/")[2] for other in beside], 1, 0.8
        )
        if len(beside) < 5000
        else []
    )
    if near:  # `defnition.md`: in its own folder a name may be less like what was meant
        return f"Did you mean {near[0]}?"
    near = (
        get_close_matches(uri, project.tree.files, 1, 0.88)
        if len(project.tree.files) < 5000
        else []
    )
    return f"Did you mean {relpath(near[0], _folder(page))}?" if near else ""


def _folder(page: Page) -> str:
    return page.uri.rpartition("/")[0] or "."


@rule("L01", any="error", scope="site")
def link_target_exists(project: Project) -> Iterator[Found]:
    """The page or file that a link leads to must exist, written exactly so, in the folder of the page's own language."""
    for page, link, target in local_links(project, "a"):
        yield from missing(project, page, link, target, "the target of a link")


@rule("L02", any="error", scope="site")
def link_anchor_exists(project: Project) -> Iterator[Found]:
    """The anchor that a link names must exist on the page that it leads to."""
    for page, link, target in local_links(project, "a"):
        there = project.pages.get(target.uri) if target.kind in ("page", "url") else None
        if (
            not there
            or not there.renders
            or not target.fragment
            or target.fragment in project.anchors[target.uri]
            or ANYWHERE.match(target.fragment)
        ):
            continue
        if project.settings.writers:
            project.unjudged[
                f"links to anchors that {', '.join(project.settings.writers)} may make were not judged"
            ] += 1
            continue
        near = get_close_matches(target.fragment, there.ids, 1, 0.6)
        hint = f"Did you mean #{near[0]}?" if near else "Give the place this id, or mend the link"
        yield at(page, link, f"{there.path} must have the anchor #{target.fragment}", hint)


@rule("L03", scope="site")
def link_names_file(project: Project) -> Iterator[Found]:
    """A link inside the book must name the other page's file by its relative path, never an address."""
    home = str(project.settings.raw.get("site_url") or "").rstrip("/")
    for page in project.pages.values():
        for link in page.links:
            if home and (link.target == home or link.target.startswith((home + "/", home + "#"))):
                yield at(
                    page,
                    link,
                    f"a link inside the book must be relative, not {link.target}",
                    "Name the other page's .md file",
                )
            elif is_local(link) and (kind := project.resolve(page, link.target, link.raw).kind) in (
                "absolute",
                "url",
            ):
                what = "relative" if kind == "absolute" else "the path of a .md file"
                yield at(
                    page,
                    link,
                    f"a link inside the book must be {what}, not {link.target}",
                    "Name the other page's .md file",
                )


@rule("L04", any="error")
def link_has_text(view: View) -> Iterator[Found]:
    """A link must have a text that says where it leads."""
    for link in view.page.links:
        if (
            link.tag == "a"
            and not (link.text or "").strip()
            and link.target
            and "headerlink" not in link.css
        ):
            yield at(
                view.page,
                link,
                f"the link to {link.target} must have a text",
                "Write what the reader finds there",
            )


@rule("L05", any="error")
def link_has_target(view: View) -> Iterator[Found]:
    """A link must have a target."""
    for link in view.page.links:
        if link.tag == "a" and not link.target.strip() and not (link.raw and link.text == OBJECT):
            yield at(
                view.page,
                link,
                f"the link “{link.text}” must have a target",
                "Name the page, or take the link out",
            )


@rule("L06")
def target_is_clean(view: View) -> Iterator[Found]:
    """The target of a link must hold no blanks, backslashes, full-width marks or invisible characters."""
    for number, line in enumerate(view.source.masked_lines, 1):
        for match in re.finditer(r"(?<=\])\(([^()\n]*)\)", line):
            target = re.sub(r"\s+(?:\"[^\"]*\"|'[^']*')\s*$", "", match[1])
            if (
                target.strip()
                and (odd := ODD.search(target))
                and ODD.sub("", target).strip("/")
                and _repairs(view, target)
            ):
                yield view.at(
                    number,
                    f"the target of a link must hold no {_name(odd[0])}",
                    "Take it out",
                    match.start(1) + odd.start() + 1,
                )


def _repairs(view: View, target: str) -> bool:
    """Whether the reader gets to see nothing of it: a broken link is reported as such."""
    return (
        any(link.target.strip() == target.strip() for link in view.page.links)
        and ODD.sub("", target) == target.strip()
    )


def _name(char: str) -> str:
    known = {" ": "blank", "\\": "backslash", "\u3000": "full-width blank", "\t": "tab"}
    return known.get(char, f"character U+{ord(char):04X}")


@rule("L13", any="error")
def address_is_sound(view: View) -> Iterator[Found]:
    """An address outside the site must be well formed: https://host/path, mailto:name@host."""
    for link in view.page.links:
        if fault := _fault(link):
            yield at(view.page, link, f"{fault}: {link.target}", "Mend the address")


def _fault(link: Link) -> str:
    target = link.target.strip()
    if PLACEHOLDER.search(target) or link.tag != "a":
        return ""
    scheme = target.split(":")[0].lower() if SCHEME.match(target) else ""
    if scheme == "mailto" and not all(
        MAIL.match(name)
        for name in target[7:].split("?")[0].replace("%40", "@").split(",")
        if name or "?" not in target
    ):
        return "a mail address must be name@host"
    if re.match(r"h[htps]{2,6}(?::|//|;//|：)", target, re.IGNORECASE) and not re.match(
        r"https?://", target, re.IGNORECASE
    ):
        return "a web address must begin with https://"
    if scheme in ("http", "https") and (
        not re.match(r"https?://[^\s/?#]*[^\s/?#.:]", target, re.IGNORECASE)
        or not _split(target)
        or re.search(r"\s", target)
    ):
        return "a web address must name a host"
    if not scheme and re.match(r"www\.[\w-]+\.\w", target):
        return "a web address must begin with https://"
    return (
        "a mail address must begin with mailto:"
        if not scheme and MAIL.match(target) and "/" not in target and not target.endswith(MARKDOWN)
        else ""
    )


@rule("L14")
def address_is_secure(view: View) -> Iterator[Found]:
    """A web address must begin with https://."""
    for link in view.page.links:
        if re.match(
            r"http://(?!localhost|127\.|\[::1\]|[^/]*\.(?:example|test|invalid|local)(?:[/:]|$))[^\s/]",
            link.target,
        ):
            yield at(
                view.page,
                link,
                f"the address must begin with https: {link.target}",
                "Try it with https, or link to another",
            )


@rule("L15", scope="site")
def link_keeps_language(project: Project) -> Iterator[Found]:
    """A link must lead to a page of its own language: the site itself switches languages."""
    for page, link, target in local_links(project, "a"):
        if target.kind == "other":
            yield at(
                page,
                link,
                f"a link must stay in {page.lang}, not lead to {target.uri}",
                "Link to the page of this language",
            )


@rule("L16")
def link_text_speaks(view: View) -> Iterator[Found]:
    """The text of a link must say where it leads, also to those who hear it alone."""
    for link in view.page.links:
        if link.tag == "a" and link.text and link.text.strip(" 。.…").lower() in VAGUE:
            yield at(
                view.page,
                link,
                f"the text of a link must say where it leads, not “{link.text}”",
                "Name what the reader finds there",
            )
