"""Spans around runs of a text: they hold together, or name a language, and change no character."""

import time
from xml.etree import ElementTree

import pytest

from whitepaper.site.spans import (
    join_ends,
    join_numbers,
    keep_last_words,
    mark_phrases,
    name_languages,
)

JOINED = [
    ("<p>未来20–50年，5—10年以内</p>", ["20–50年", "5—10年"]),
    ("<p>2018年5月28日，增长9.5%</p>", ["2018年", "5月", "28日"]),
    ("<p>within 5–10 years, in 2010</p>", ["5–10"]),
    ("<p>on 3 June 2016, 28–30 May, 2 Mayors</p>", ["3 June", "28–30 May"]),
    ("<p>见<a>1.2</a>第3段，<b>30年</b>前，7,000万人</p>", ["第3段", "30年", "7,000万"]),
    ("<p>七年、2010、<code>5–10</code></p>", []),
]


@pytest.mark.parametrize("markup,numbers", JOINED)
def test_numbers(markup, numbers):
    """Ranges, and numbers with their units, are kept in one line."""
    block = ElementTree.fromstring(markup)
    before = "".join(block.itertext())
    join_numbers(block)
    assert [span.text for span in block.iter("span")] == numbers
    assert "".join(block.itertext()) == before


ENDS = [
    ("<p>这个说法很有趣，我记住了。”</p>", ["住了。”"]),
    ("<ol><li>如<a>微电子</a>等技术。</li></ol>", ["技术。"]),
    ("<p>见<a>图一</a></p>", []),
    ("<h1>硬科技改变世界</h1>", []),
    ("<p>It is so.</p>", []),
]


@pytest.mark.parametrize("markup,ends", ENDS)
def test_ends(markup, ends):
    """The last characters of a Chinese paragraph are never alone on a line."""
    block = ElementTree.fromstring(f"<div>{markup}</div>")
    before = "".join(block.itertext())
    join_ends(block)
    assert [span.text for span in block.iter("span")] == ends
    assert "".join(block.itertext()) == before


PHRASED = [
    ("<h2>2.1 堤与坝：各有所长，难分高下</h2>", True),
    ("<li>三月：<a>水位</a>涨了四米、流量增了一倍；<sup>1</sup></li>", True),
    ("<h1>（四）水库群联合调度规则的逐段修订</h1>", False),  # breaks at no mark
    (f"<p>{'水位涨了，' * 7}水色变了。</p>", True),
    (f"<p>{'水位涨了，' * 8}水色变了。</p>", False),  # more than two lines
    ("<td>水位</td>", False),
    ("<p />", False),
    (f"<p>{'internationally，' * 2}{'interchangeable' * 2}水</p>", False),  # in no time
]


@pytest.mark.parametrize("markup,phrased", PHRASED)
def test_phrases(markup, phrased):
    """A Chinese title or short text is marked where each of its phrases is short."""
    block = ElementTree.fromstring(markup)
    mark_phrases(block)
    assert ("data-phrased" in block.attrib) == phrased


@pytest.mark.parametrize("step", [join_numbers, keep_last_words])
def test_long_runs(step):
    """A row of digits as long as a page is looked through once, not once for each of them."""
    block = ElementTree.fromstring(f"<div><p>{'12' * 8000} and so on</p></div>")
    started = time.process_time()
    step(block)
    assert time.process_time() - started < 0.5


WHOLE = [
    ("<p>It rests on independent innovation.<sup><a>1</a></sup></p>", ["independent innovation."]),
    ("<p>It rests on an <a>innovation chain</a>.<sup><a>1</a></sup></p>", ["innovation chain"]),
    ("<p>It rests on <a>innovation</a>.</p>", ["innovation"]),
    ("<p>An <a>innovation chain</a> matters.</p>", ["matters."]),
    ("<ol><li>It is new:<ol><li>one</li></ol></li></ol>", ["is new:", "one"]),
]


@pytest.mark.parametrize("markup,whole", WHOLE)
def test_last_words(markup, whole):
    """The last words of a paragraph, be they a link's, are never hyphenated; no others are held."""
    block = ElementTree.fromstring(f"<div>{markup}</div>")
    before = "".join(block.itertext())
    keep_last_words(block)
    assert sorted(span.text for span in block.iter("span")) == sorted(whole)
    assert "".join(block.itertext()) == before


FOREIGN = [
    (
        "zh",
        "<p>译作 key and core technologies，AlphaGo和hard，R&amp;D、x 不算</p>",
        ["key and core technologies", "AlphaGo", "hard"],
    ),
    (
        "zh",
        "<p>硬科技（Hard &amp; Core Technology），<b>hard tech</b></p>",
        ["Hard & Core Technology", "hard tech"],
    ),
    (
        "zh",
        "<p>设y_it=ρ_1+ϕ_1Control_it，depth=max，用Python3，又Python 3</p>",
        ["Python"],
    ),
    ("zh", '<dt>科技 <span lang="en">science and technology</span></dt>', []),
    (
        "en",
        "<p>The word 硬科技, in 《硬科技改变世界》; “Hard”.</p>",
        ["硬科技", "《硬科技改变世界》"],
    ),
]


@pytest.mark.parametrize("lang,markup,runs", FOREIGN)
def test_languages(lang, markup, runs):
    """English phrases in Chinese, and Chinese words in English, say what they are; what says so
    already is left alone.
    """
    block = ElementTree.fromstring(markup)
    before = "".join(block.itertext())
    name_languages(block, lang)
    assert [span.text for span in block.iter("span") if span.get("class") == "foreign"] == runs
    assert {span.get("lang") for span in block.iter("span")} <= {
        "en" if lang == "zh" else "zh-Hans"
    }
    assert "".join(block.itertext()) == before
