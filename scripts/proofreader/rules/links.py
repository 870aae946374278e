"""Links: where they lead, and how they are written."""

import re
from difflib import get_close_matches
from functools import lru_cache
from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote, urlsplit

from proofreader.project import BARE_HOST, BARE_MAIL, SCHEME, Project, Target, is_local
from proofreader.record import Link, Page
from proofreader.rule import Findings, View, at, rule
from proofreader.settings import is_address
from proofreader.walk import OBJECT

MAIL = re.compile(r"(?:,?[^@\s]+(?:@|%40)[^@\s,?]+\.[^@\s.,?]+)+(?:\?.*)?|\?.*")
ODD = re.compile("[\\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad（）：＃．／]")
ANYWHERE = re.compile(r"__codelineno|tag:|(?:top)?$")  # fragments that lead somewhere on any page
GENERATED = re.compile(r"^(?:.*/)?(?:search|sitemap|404|feed|rss|atom|assets/|print_page|tags)")
INSECURE = re.compile(
    r"http://(?!localhost|127\.|\[::1\]|[^/]*\.(?:example|test|invalid|local)(?:[/:]|$))[^\s/]"
)
ENDING = re.compile(r"(?:/index)?(?:\.md|\.html)?/?$")
FILLED_IN = re.compile(r"[{}<>$]")
MISTYPED = re.compile(r"h[htps]{2,6}(?::|//|;//|：)", re.IGNORECASE)
WEB = re.compile(r"https?://", re.IGNORECASE)
HOST = re.compile(
    r"https?://[^\s/?#,;，。；：、]*[^\s/?#.:,;，。；：、](?:[/?#]\S*)?", re.IGNORECASE
)
MOST = 5000  # files among which a near one is looked for


@rule("L01", any="error")
def link_target_exists(project: Project) -> Findings:
    """The page or file that a link leads to must exist, written exactly so, in the folder of the
    page's own language."""
    for page, link, target in project.local("a"):
        yield from missing(project, page, link, target, "the target of a link")


def missing(project: Project, page: Page, link: Link, target: Target, what: str) -> Findings:
    """Says that a file is not there, and what was meant."""
    settings, level = project.settings, ""
    first = page.lang in settings.locales[:1]  # its links alone the build does not mend
    match target.kind:
        case "other" if project.book or first:
            law = f"{what} must be in the folder of its own language, not {target.uri}"
            cure = f"Name the one in {page.lang}: the site itself switches languages"
        case "fallback":
            falls = settings.i18n.get("fallback_to_default") is not False
            level = "note" if falls and not project.book else ""
            law = f"{what} must exist in {page.lang}, not only as {target.uri}"
            cure = "Write it, or link to another"
        case "outside":
            law = f"{what} must be inside {project.path('')}: {link.target}"
            cure = "Copy it there, or link to its address on the web"
        case "absolute" if settings.absolute_links == "warn" and not project.book:
            law = f"a link must be relative, as {settings.file.name} demands: {link.target}"
            cure = "Name the other page's .md file"
        case "missing" if _is_of_site(project, link, target.uri):
            law = f"{what} must exist: {link.target}"
            known = _nearest(project, dirname(page.uri), link.target, link.raw, target.uri)
            cure = known or "Mend the path, or take the link out"
        case _:
            return
    yield at(page, link, law, cure, level=level)


def _is_of_site(project: Project, link: Link, uri: str) -> bool:
    """Whether MkDocs alone could put a file there: not where plugins and themes put theirs, nor at
    the root of a host where another site may stand beside this one."""
    rooted, home = uri.startswith("/"), project.settings.home
    below = home and uri.startswith(urlsplit(home).path + "/")
    made = (link.raw or rooted) and GENERATED.match(uri)
    return not made and (not rooted or bool(below) or uri.endswith(".md"))


@lru_cache(maxsize=1024)  # one slip may stand on many pages
def _nearest(project: Project, folder: str, target: str, raw: bool, uri: str) -> str:
    """A cure where it is plain what was meant: seen from the page's file, then from its address."""
    stems, wanted = _stems(project), unquote(urlsplit(target).path).replace("\\", "/")
    beside = _stem(normpath(join(folder, wanted.strip("/"))).removeprefix("../"))
    known = stems.get(beside) or stems.get(_stem(uri.strip("/")))
    if known:
        address = project.url(project.tree.files[known])
        return f"Write {address if raw else relpath(known, folder or '.')}"
    near = get_close_matches(beside, stems, 1, 0.88) if len(stems) <= MOST else []
    return f"Did you mean {relpath(stems[near[0]], folder or '.')}?" if near else ""


@lru_cache(maxsize=1)
def _stems(project: Project) -> dict[str, str]:
    return {_stem(uri): uri for uri in project.tree.files}


def _stem(path: str) -> str:
    """What is the same in a page's file and its address, however it is spelt."""
    return ENDING.sub("", ODD.sub("", path).lower())


@rule("L02", any="error")
def link_anchor_exists(project: Project) -> Findings:
    """The anchor that a link names must exist on the page that it leads to."""
    for page, link, target in project.local("a"):
        there, wanted = project.pages.get(target.uri), target.fragment
        judged = target.kind != "missing" and not ANYWHERE.match(wanted)
        if judged and there and there.renders and wanted not in there.ids:
            near = get_close_matches(wanted, there.ids, 1, 0.6)
            cure = f"Did you mean #{near[0]}?" if near else "Give the place this id, or mend it"
            yield at(page, link, f"{there.path} must have the anchor #{wanted}", cure)


@rule("L03")
def link_names_file(project: Project) -> Findings:
    """A link inside the book must name the other page's file by its relative path, never an
    address."""
    own = re.compile(rf"{re.escape(project.settings.home or ' ')}(?:[/#]|$)")
    for page in project.pages.values():
        for link in page.links:
            local = is_local(link.target)
            kind = project.resolve(page, link.target, link.raw).kind if local else ""
            if kind in ("absolute", "url") or own.match(link.target):
                law = f"a link inside the book must be the path of a file, not {link.target}"
                yield at(page, link, law, "Name the other page's .md file, seen from this one")


@rule("L04", any="error")
def link_is_whole(view: View) -> Findings:
    """A link must have a target, and a text that says where it leads."""
    for link in view.page.links:
        text, target = (link.text or "").strip(), link.target.strip()
        whole = text if target else link.raw and text == OBJECT
        if link.tag == "a" and not whole:
            law = f"the link “{target or text}” must have a {'text' if target else 'target'}"
            yield view.at(link, law, "Write [what the reader finds there](page.md)")


@rule("L13", any="error")
def address_is_sound(view: View) -> Findings:
    """An address outside the site must be well formed: https://host/path, mailto:name@host."""
    for link in view.page.links:
        target = re.sub(r"\s*\n\s*", "", link.target.strip())  # browsers drop a line break
        if link.tag == "a" and not FILLED_IN.search(target) and not _is_sound(target):
            law = f"an address must be https://host/path or mailto:name@host, not {link.target}"
            yield view.at(link, law, "Mend it; in an address a blank is %20")


def _is_sound(target: str) -> bool:
    if WEB.match(target):
        return bool(HOST.fullmatch(target)) and is_address(target)
    if target.lower().startswith("mailto:"):
        return bool(MAIL.fullmatch(target[7:]))
    bare = BARE_HOST.match(target) or BARE_MAIL.match(target)
    return not (MISTYPED.match(target) or (bare and not SCHEME.match(target)))


@rule("L14")
def address_is_secure(view: View) -> Findings:
    """A web address must begin with https://."""
    for link in view.page.links:
        if INSECURE.match(link.target):
            law = f"the address must begin with https: {link.target}"
            yield view.at(link, law, "Try it with https, or link to another")
