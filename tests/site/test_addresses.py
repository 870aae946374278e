"""addresses: what was published stays, or leads on."""

import pytest

from proofreader import read_project
from whitepaper.addresses import (
    LIST,
    Loss,
    find_losses,
    fingerprint,
    is_listed,
    likeness,
    read_addresses,
    read_redirects,
    render_list,
)
from whitepaper.book import LANGS, ROOT, TREES, read_book
from whitepaper.content import page_path
from whitepaper.laws.addresses import addresses_of

PAGES = ("origin/", "./")
STEAM = "蒸汽机的发明改变了世界，人类第一次摆脱了对畜力的依赖，工厂由此兴起。"
CHIPS = "光电芯片是信息时代的基石，谁掌握了它，谁就掌握了下一轮产业的主动权。"
RAILS = "铁路把城市连接起来，货物与人的流动快了十倍，距离不再是限制。"


def found(*paragraphs: str, page: str = "origin/") -> dict[str, str]:
    return {
        page: "",
        f"{page}#origin": "",
        **{f"{page}#p{number}": text for number, text in enumerate(paragraphs, 1)},
    }


def published(*paragraphs: str) -> dict:
    return {
        address: {"zh": fingerprint(text), "en": fingerprint(text)} if "#p" in address else {}
        for address, text in found(*paragraphs).items()
    }


CASES = {
    "nothing changed": (found(STEAM, CHIPS), {}, []),
    "an edit within a paragraph": (
        found(STEAM.replace("工厂由此兴起", "城市随之生长"), CHIPS),
        {},
        [],
    ),
    "a paragraph at the end": (found(STEAM, CHIPS, RAILS), {}, []),
    "a paragraph put between": (
        found(STEAM, RAILS, CHIPS),
        {},
        ["origin/#p2: its text is another"],
    ),
    "two exchanged": (
        found(CHIPS, STEAM),
        {},
        ["origin/#p1: not that of origin/#p2", "origin/#p2: not that of origin/#p1"],
    ),
    "one taken out": (
        found(CHIPS),
        {},
        ["origin/#p1: not that of origin/#p2", "origin/#p2: must exist or be redirected"],
    ),
    "the last replaced": (found(STEAM, RAILS), {}, ["origin/#p2: its text is another"]),
    "a page renamed": (
        found(STEAM, CHIPS, page="source/"),
        {},
        [
            f"origin/{anchor}: must exist or be redirected"
            for anchor in ("", "#origin", "#p1", "#p2")
        ],
    ),
    "a redirect for what is gone": (found(STEAM), {"origin/#p2": "origin/#p1"}, []),
    "a redirect to nowhere": (
        found(STEAM),
        {"origin/#p2": "origin/#p9"},
        ["origin/#p2: not to origin/#p9"],
    ),
    "a redirect for what exists": (
        found(STEAM, CHIPS),
        {"origin/#p2": "origin/#p1"},
        ["origin/#p2: must not exist as well"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_losses(case):
    """Every published address that is lost or names another paragraph is told, in each language,
    and nothing else is.
    """
    now, redirects, expected = CASES[case]
    for lang in LANGS:
        losses = list(find_losses(published(STEAM, CHIPS), lang, now, redirects))
        assert [loss.address for loss in losses] == [line.partition(": ")[0] for line in expected]
        assert all(line.partition(": ")[2] in loss.law for loss, line in zip(losses, expected))


def both(*paragraphs: str) -> dict[str, dict[str, str]]:
    return dict.fromkeys(LANGS, found(*paragraphs))


def test_list_grows():
    """New addresses come in at the end, lost ones stay, fingerprints are renewed only for what was
    restated.
    """
    before = published(STEAM, CHIPS)
    listing = render_list(before, both(RAILS, CHIPS, RAILS))
    steam, chips, rails = map(fingerprint, (STEAM, CHIPS, RAILS))
    assert listing.splitlines()[1:] == [
        "origin/",
        "origin/#origin",
        f"origin/#p1 {steam} {steam}",
        f"origin/#p2 {chips} {chips}",
        f"origin/#p3 {rails} {rails}",
    ]
    assert f"origin/#p1 {rails} {rails}" in render_list(before, both(RAILS, CHIPS), ["origin/#p1"])
    assert "origin/#p2 " in render_list(before, both(STEAM))


def test_finds_what_is_worth_keeping():
    """Pages, headings, paragraphs, figures, notes and terms are listed; ways back from notes and
    paragraphs around the chapters are not.
    """
    anchors = ("", "#origin", "#p1", "#figure-x", "#fn-x", "#fnref-x")
    kept = {page: [anchor for anchor in anchors if is_listed(page + anchor)] for page in PAGES}
    assert kept == {
        "origin/": ["", "#origin", "#p1", "#figure-x", "#fn-x"],
        "./": ["", "#origin", "#figure-x", "#fn-x"],
    }


def test_fingerprints_tell_every_paragraph_of_the_book_from_every_other():
    """No two paragraphs of a page are as alike as a paragraph and its edited self may be."""
    prints = read_addresses(ROOT)
    for lang in ("zh", "en"):
        rows = [(address.partition("#")[0], row[lang]) for address, row in prints.items() if row]
        assert (
            max(
                likeness(a, b)
                for i, (page, a) in enumerate(rows)
                for other, b in rows[i + 1 :]
                if page == other
            )
            < 0.5
        )


def test_the_list_is_complete():
    """Every address of the book is in the committed list: what is not recorded is not guarded."""
    found = addresses_of(read_project(ROOT))
    listing = render_list(read_addresses(ROOT), found)
    assert listing == (ROOT / LIST).read_text("utf-8")


def test_published_addresses_lead_somewhere_in_every_tree(site):
    """Every address in the committed list stands in the built site in each of the trees, or is
    redirected.
    """
    redirects, listed = read_redirects(ROOT), read_addresses(ROOT)
    assert len(listed) > 50
    for tree in TREES:
        pages = {
            name: page_path(site, tree, name).read_text("utf-8") for name in read_book(ROOT).names
        }
        for address in listed.keys() - redirects.keys():
            page, _, anchor = address.partition("#")
            text = pages[page.rstrip("/").replace(".", "index")]
            assert not anchor or f'id="{anchor}"' in text or f"id={anchor}" in text, (
                f"{tree}/{address}"
            )


def test_losses_are_values():
    """A loss says address, law and hint."""
    (loss,) = find_losses({"gone/": {}}, "zh", {}, {})
    assert loss == Loss(
        "gone/",
        "the published address gone/ must exist or be redirected",
        'Restore it, or add `"gone/" = "…"` to docs/data/redirects.toml',
    )
