"""Links: where they lead, and how they are written."""

import re
from difflib import get_close_matches
from posixpath import basename, dirname, join, normpath, relpath
from urllib.parse import unquote, urlsplit

from proofreader.project import BARE_HOST, BARE_MAIL, SCHEME, Project, Target, is_address, is_local
from proofreader.record import Link, Page
from proofreader.rule import Findings, Found, View, rule
from proofreader.rules.markup import PLACEHOLDER
from proofreader.walk import OBJECT

MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")
ODD = re.compile("[\\s\\\\\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad（）：＃．／]")
NAMES = {" ": "blank", "\\": "backslash", "\u3000": "full-width blank", "\t": "tab"}
ANYWHERE = re.compile(r"__codelineno|tag:|top$")  # fragments that lead somewhere on any page
GENERATED = re.compile(r"^(?:.*/)?(?:search|sitemap|404|feed|assets/|print_page|tags)")
INSECURE = re.compile(
    r"http://(?!localhost|127\.|\[::1\]|[^/]*\.(?:example|test|invalid|local)(?:[/:]|$))[^\s/]"
)
WRITTEN = re.compile(r"(?<=\])\(([^()\n]*)\)")
MISTYPED = re.compile(r"h[htps]{2,6}(?::|//|;//|：)", re.IGNORECASE)
WEB = re.compile(r"https?://", re.IGNORECASE)
HOST = re.compile(r"https?://[^\s/?#]*[^\s/?#.:]", re.IGNORECASE)


def at(page: Page, link: Link, message: str, hint: str = "", level: str = "") -> Found:
    return Found(link.file or page.path, link.line, message, hint, link.column, level)


def missing(project: Project, page: Page, link: Link, target: Target, what: str) -> Findings:
    """Says that a file is not there, and what was meant."""
    kind, uri, first = target.kind, target.uri, project.settings.locales[:1]
    if kind == "other" and (link.tag == "img" if project.book else page.lang in first):
        message = f"{what} must be in the folder of its own language, not {uri}"
        yield at(page, link, message, f"Name the one in {page.lang}")
    elif kind == "fallback":
        falls = project.settings.i18n.get("fallback_to_default") is not False
        level = "note" if falls and not project.book else ""
        message = f"{what} {basename(uri)} must exist in {page.lang}, not only as {uri}"
        yield at(page, link, message, "Write it, or link to another", level)
    elif kind == "outside":
        hint = "Copy it there, or link to its address on the web"
        yield at(page, link, f"{what} must be inside {project.docs}: {link.target}", hint)
    elif kind == "absolute" and project.settings.absolute_links == "warn" and not project.book:
        message = f"a link must be relative, as {project.settings.file.name} demands: {link.target}"
        yield at(page, link, message, "Name the other page's .md file")
    elif (
        kind == "missing"
        and not ((link.raw or uri.startswith("/")) and GENERATED.match(uri))
        and _judged(project, uri)
    ):
        key = (dirname(page.uri), link.target + link.tag * link.raw)  # one slip on many pages
        if key not in project.nearest:
            project.nearest[key] = _nearest(project, page, link, uri)
        hint = project.nearest[key] or "Mend the path, or take the link out"
        yield at(page, link, f"{what} must exist: {link.target}", hint)


def _judged(project: Project, uri: str) -> bool:
    """Another site may stand at the same host, above or beside this one, if its address is not
    known."""
    home = project.settings.home
    below = bool(home) and uri.startswith(urlsplit(home).path + "/")
    return below or uri.endswith(".md") or not uri.startswith("/")


def _nearest(project: Project, page: Page, link: Link, uri: str) -> str:
    """A cure where it is plain what was meant: seen from the page's file, then from its address."""
    folder, files = dirname(page.uri), project.tree.files
    lower = {uri.lower(): uri for uri in files}
    wanted = ODD.sub("", unquote(urlsplit(link.target).path).replace("\\", "/")).strip("/")
    beside = normpath(join(folder, wanted)).removeprefix("../")
    for guess in (beside, ODD.sub("", uri.strip("/"))):
        for form in (
            guess,
            f"{guess}.md",
            f"{guess.removesuffix('.html')}.md",
            f"{guess}/index.md",
        ):
            if known := lower.get(form.lower()):
                name = project.url(files[known]) if link.raw else relpath(known, folder or ".")
                return f"It is {name}" if link.raw else f"Write {name}"
    if len(files) > 5000:
        return ""
    near = [uri for uri in files if dirname(uri) == folder] if not link.raw else []
    if found := get_close_matches(basename(beside), [basename(uri) for uri in near], 1, 0.8):
        return (
            f"Did you mean {found[0]}?"  # in its own folder a name may be less like what was meant
        )
    found = get_close_matches(beside, files, 1, 0.88)
    return f"Did you mean {relpath(found[0], folder or '.')}?" if found else ""


@rule("L01", any="error")
def link_target_exists(project: Project) -> Findings:
    """The page or file that a link leads to must exist, written exactly so, in the folder of the
    page's own language."""
    for page, link, target in project.local("a"):
        yield from missing(project, page, link, target, "the target of a link")


@rule("L02", any="error")
def link_anchor_exists(project: Project) -> Findings:
    """The anchor that a link names must exist on the page that it leads to."""
    for page, link, target in project.local("a"):
        there = project.pages.get(target.uri) if target.kind != "missing" else None
        wanted = target.fragment
        if there is None or not there.renders or not wanted or ANYWHERE.match(wanted):
            continue
        if wanted not in project.anchors[there.uri]:
            near = get_close_matches(wanted, there.ids, 1, 0.6)
            hint = (
                f"Did you mean #{near[0]}?" if near else "Give the place this id, or mend the link"
            )
            yield at(page, link, f"{there.path} must have the anchor #{wanted}", hint)


@rule("L03")
def link_names_file(project: Project) -> Findings:
    """A link inside the book must name the other page's file by its relative path, never an
    address."""
    home = project.settings.home or "\0"
    for page in project.pages.values():
        for link in page.links:
            own = link.target == home or link.target.startswith((home + "/", home + "#"))
            kind = (
                project.resolve(page, link.target, link.raw).kind if is_local(link.target) else ""
            )
            if own or kind in ("absolute", "url"):
                message = (
                    f"a link inside the book must be the relative path of a file, not {link.target}"
                )
                yield at(page, link, message, "Name the other page's .md file")


@rule("L04", any="error")
def link_has_text(view: View) -> Findings:
    """A link must have a text that says where it leads."""
    for link in view.page.links:
        if link.tag == "a" and link.target and not (link.text or "").strip():
            yield at(
                view.page,
                link,
                f"the link to {link.target} must have a text",
                "Write what the reader finds there",
            )


@rule("L05", any="error")
def link_has_target(view: View) -> Findings:
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
def target_is_clean(view: View) -> Findings:
    """The target of a link must hold no blanks, backslashes, full-width marks or invisible
    characters."""
    targets = {link.target.strip() for link in view.page.links}
    for number, line in enumerate(view.source.masked_lines, 1):
        for match in WRITTEN.finditer(line) if "](" in line else ():
            target = re.sub(r"\s+(?:\"[^\"]*\"|'[^']*')\s*$", "", match[1])
            bare, odd = ODD.sub("", target), ODD.search(target)
            if (
                odd and bare.strip("/") and bare == target.strip() and bare in targets
            ):  # else it is broken
                name = NAMES.get(odd[0], f"character U+{ord(odd[0]):04X}")
                column = match.start(1) + odd.start() + 1
                yield view.at(
                    number, f"the target of a link must hold no {name}", "Take it out", column
                )


@rule("L13", any="error")
def address_is_sound(view: View) -> Findings:
    """An address outside the site must be well formed: https://host/path, mailto:name@host."""
    for link in view.page.links:
        if fault := _fault(link):
            yield at(view.page, link, f"{fault}: {link.target}", "Mend the address")


def _fault(link: Link) -> str:
    target = re.sub(r"\s*\n\s*", "", link.target.strip())  # browsers drop a line break
    if PLACEHOLDER.search(target) or link.tag != "a":
        return ""
    if (not SCHEME.match(target) and BARE_HOST.match(target)) or (
        MISTYPED.match(target) and not WEB.match(target)
    ):
        return "a web address must begin with https://"
    if not SCHEME.match(target):
        return "a mail address must begin with mailto:" if BARE_MAIL.match(target) else ""
    scheme, _, rest = target.partition(":")
    if scheme.lower() == "mailto":
        names = rest.partition("?")[0].replace("%40", "@").split(",")
        sound = all(MAIL.match(name) for name in names if name or "?" not in rest)
        return "" if sound else "a mail address must be name@host"
    if scheme.lower() not in ("http", "https"):
        return ""
    if re.search(r"\s", target):
        return "a web address must hold no blank"
    return "" if HOST.match(target) and is_address(target) else "a web address must name a host"


@rule("L14")
def address_is_secure(view: View) -> Findings:
    """A web address must begin with https://."""
    for link in view.page.links:
        if INSECURE.match(link.target):
            yield at(
                view.page,
                link,
                f"the address must begin with https: {link.target}",
                "Try it with https, or link to another",
            )


@rule("L15")
def link_keeps_language(project: Project) -> Findings:
    """A link must lead to a page of its own language: the site itself switches languages."""
    for page, link, target in project.local("a"):
        if target.kind == "other":
            yield at(
                page,
                link,
                f"a link must stay in {page.lang}, not lead to {target.uri}",
                "Link to the page of this language",
            )


Uses = dict[str, list[tuple[str, int, int]]]  # address → places that link to it


@rule("L17", any="note", book="note", scope="external")
def address_answers(uses: Uses, answers: dict[str, str]) -> Findings:
    """An address outside the site must answer: asked for by --external alone, and never an
    error."""
    for address, said in answers.items():
        for path, line, column in uses.get(address, uses.get(address.rstrip("/"), [])):
            what = f"the address must answer: {address} ({said})"
            yield Found(path, line, what, "Look whether it has moved", column)
