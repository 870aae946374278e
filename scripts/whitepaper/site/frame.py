"""What the frame around a text says of its page: the switch of views, the line above a chapter's title, the edition."""

from datetime import date
from xml.etree.ElementTree import Element

from whitepaper.book import LANGS, TREES
from whitepaper.editions import read_page_change
from whitepaper.site.view import VIEW_NAMES, View

PACE = {"zh": 400, "en": 1400}  # characters a minute: in English that is 230 words


def render_views(view: View) -> str:
    """The switch 中文 | English | 对照: without a script it keeps the page, with place.js the place on it too."""
    items = "".join(_view_item(view, tree) for tree in TREES)
    return f'<nav class="views" aria-label="{view.say("语言与视图", "Language and view")}"><ul>{items}</ul></nav>'


def _view_item(view: View, tree: str) -> str:
    code = "en" if tree == "en" else "zh-Hans"
    lang, label, name = code, "", VIEW_NAMES[tree]
    if (
        tree == "zh-en"
    ):  # named as the page's reader can read it; on the cover there is room for both
        title = view.say("中英对照", "Parallel view")
        lang, label = (
            ("en" if view.tree == "en" else code),
            f' title="{title}" aria-label="{title}"',
        )
        name = view.words(name, "Parallel") if view.is_cover or view.tree == "en" else name
    here = ' aria-current="page"' if tree == view.tree else ""
    return f'<li><a href="{view.to(view.path(tree))}" lang="{lang}" hreflang="{code}" data-view="{tree}"{label}{here}>{name}</a></li>'


def render_kicker(view: View, contents: dict[tuple[str, str], Element]) -> str:
    """The line above a chapter's title: the part that it stands in, and how long it takes to read; `` on the pages around the chapters."""
    if not view.is_chapter:
        return ""
    part = view.words(*(view.book.section(view.name, lang) for lang in LANGS))
    zh, en = (_minutes(contents[lang, view.name], lang) for lang in LANGS)
    time = f'<span class="kicker__time" title="{view.say("按每分钟 400 字计", "At 230 words a minute")}">{view.words(f"约 {zh} 分钟", f"{en} min read")}</span>'
    return (
        '<p class="kicker">'
        + (
            f'<span class="kicker__part">{part}</span> '
            if view.book.section(view.name, "zh")
            else ""
        )
        + f"{time}</p>"
    )


def _minutes(content: Element, lang: str) -> int:
    text = " ".join("".join(content.itertext()).split())
    return -(-len(text) // PACE[lang])


def render_edition(view: View) -> str:
    """Which edition this is; of a page, when its text last changed, and the way to what changed."""
    parts = [
        view.words(
            f"版本{view.edition.number}，{_day(view.edition.date, 'zh')}",
            f"Edition {view.edition.number}, {_day(view.edition.date, 'en')}",
        )
    ]
    day = read_page_change(view.book.root, view.name, view.langs) if view.tree else None
    if day:
        parts.append(
            view.words(
                f"本页最后改动：{_day(day, 'zh')}", f"This page last changed: {_day(day, 'en')}"
            )
        )
    if view.tree:
        parts.append(f'<a href="{_history(view)}">{view.words("修订记录", "What changed")}</a>')
    return f"<p>{' · '.join(parts)}</p>"


def _day(day: date, lang: str) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {day:%B %Y}"


def _history(view: View) -> str:
    """The page's own history where the code is published ($HISTORY_URL, see mkdocs.yml), else the list of editions."""
    history = view.book.config["extra"].get("history")
    return (
        f"{history}docs/{view.langs[0]}/{view.name}.md"
        if history
        else view.to(f"{view.tree}/about/#editions")
    )
