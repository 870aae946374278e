"""The nav against the pages."""

from collections.abc import Iterator

from proofreader.nav import Entry
from proofreader.project import Project
from proofreader.rule import Found, rule


def _settings(project: Project, entry: Entry, message: str, hint: str) -> Found:
    return Found(project.nav.file, entry.line, message, hint)


def _langs(project: Project, entry: Entry) -> tuple[str, ...]:
    return (entry.lang,) if entry.lang else project.settings.locales or ("",)


@rule("X11", any="error", scope="site")
def nav_target_exists(project: Project) -> Iterator[Found]:
    """A page that the nav lists must exist."""
    for entry in project.nav.entries:
        found = [lang for lang in _langs(project, entry) if project.in_nav(entry, lang)]
        if found or not entry.target.endswith(".md"):
            continue  # a page that only one language lacks is a matter of P01
        if project.settings.makers:
            project.unjudged[
                f"pages of the nav that {', '.join(project.settings.makers)} may make were not judged"
            ] += 1
        else:
            yield _settings(
                project,
                entry,
                f"the nav must list pages that exist: {entry.target}",
                "Mend the path, or take it out",
            )


@rule("X12", any="note", scope="site")
def page_is_in_nav(project: Project) -> Iterator[Found]:
    """Every page must be in the nav, or in not_in_nav."""
    if not project.nav.entries:
        return
    listed = {
        project.in_nav(entry, lang)
        for lang in project.settings.locales or ("",)
        for entry in project.nav.of(lang)
    }
    left_out = project.settings.excluded("not_in_nav")
    for page in project.pages.values():
        if (
            page.uri not in listed
            and not _in_sections(project)
            and not left_out.match_file(page.uri)
        ):
            yield Found(
                page.path,
                1,
                "the page must be in the nav",
                "List it in mkdocs.yml, or name it in not_in_nav",
            )


def _in_sections(project: Project) -> bool:
    """Whether a plugin reads the nav from elsewhere, or the nav names whole folders."""
    return bool(project.settings.makers) or any(
        not entry.target.endswith(".md") for entry in project.nav.entries
    )


@rule("X13", any="note", scope="site")
def page_is_once_in_nav(project: Project) -> Iterator[Found]:
    """The nav must list a page once."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in project.nav.entries:
        first = seen.setdefault((entry.lang, entry.target), entry)
        if first is not entry:
            yield Found(
                project.nav.file,
                project.nav.line_of(entry.target, 1, entry.lang),
                f"the nav must list {entry.target} once",
                f"It stands already in line {first.line}",
            )


@rule("X14", scope="site")
def nav_title_is_heading(project: Project) -> Iterator[Found]:
    """A title in the nav must be the level-1 heading of its page."""
    for entry in project.nav.entries:
        for lang in _langs(project, entry):
            page = project.pages.get(project.in_nav(entry, lang))
            title = project.nav.title(entry, lang)
            if page and title and page.title and _bare(title) != _bare(page.title):
                yield _settings(
                    project,
                    entry,
                    f"the title in the nav must be the heading of {page.path}: {page.title}, not {title}",
                    "Take the title out of the nav",
                )
                break


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


@rule("X15", any="note", scope="site")
def navs_agree(project: Project) -> Iterator[Found]:
    """The navs of two languages must list the same pages in the same order."""
    default = [entry.target for entry in project.nav.entries if not entry.lang]
    for lang in dict.fromkeys(entry.lang for entry in project.nav.entries if entry.lang):
        own = [entry for entry in project.nav.entries if entry.lang == lang]
        other = default or [
            entry.target
            for entry in project.nav.entries
            if entry.lang == project.nav.entries[0].lang
        ]
        strange = next(
            (entry for entry, target in zip(own, other) if entry.target != target),
            own[-1] if len(own) != len(other) else None,
        )
        if strange:
            yield _settings(
                project,
                strange,
                f"the nav of {lang} must list the same pages in the same order: {strange.target}",
                "Bring the two into one order",
            )
