"""The measure agrees with the fonts and with reportlab; cut and wrapped texts fit and lose nothing."""

from functools import cache

import pytest
from fontTools.ttLib import TTFont as FontFile
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFont

import resources
from model.shapes.text import TextMeasure, measure

TEXTS = [
    "",
    "Agent → Workload Security, 443/TCP",
    "files.trendmicro.com:443 ↔ AVATAR · ÿ €",
    "エージェントから、中継サーバーへ（ポート4122）",
    "ｶﾅ・漢字ー々「引用」…",
    "髙橋 Ｆｕｌｌ ＷＩＤＴＨ ⚠ ✓ ● ▲ ◆ ⇒ − ±",
]
WEIGHTS = [("NotoSansJP-Regular", False), ("NotoSansJP-Bold", True)]
OPENERS, CLOSERS = "（「『【([", "、。，．」』】）・ー？！ぁっャー)],."

LETTERS = "aWi 1.-/_@: 漢字かなーっ、。「」（）・ｶé\u0301か\u3099…\u00a0\u3000😀"
words = st.text(st.sampled_from(LETTERS), max_size=60)
limits = st.floats(0, 200)


@cache
def ruler() -> TextMeasure:
    return measure(resources.text("fonts/widths.json"))


def squeezed(text: str) -> str:
    """`text` without the characters that may vanish at a line's end."""
    return "".join(character for character in text if character not in " \u3000\n")


@pytest.mark.parametrize(("name", "bold"), WEIGHTS)
@pytest.mark.parametrize("text", TEXTS)
def test_width_is_the_sum_of_the_fonts_own_advances(text: str, name: str, bold: bool) -> None:
    with FontFile(resources.path(f"fonts/{name}.ttf")) as font:
        glyphs, advances = font.getBestCmap(), font["hmtx"].metrics
        units = sum(advances[glyphs[ord(character)]][0] for character in text)
        scale = font["head"].unitsPerEm
    assert ruler().width(text, 9, bold) == pytest.approx(units * 9 / scale)


@pytest.mark.parametrize(("name", "bold"), WEIGHTS)
@pytest.mark.parametrize("text", [*TEXTS, "ไทย 한글 😀"])
def test_width_is_what_reportlab_sets(text: str, name: str, bold: bool) -> None:
    font = TTFont(f"{name}, read by reportlab", str(resources.path(f"fonts/{name}.ttf")))
    assert ruler().width(text, 10.5, bold) == pytest.approx(font.stringWidth(text, 10.5))


def test_bold_differs_from_regular_and_width_grows_with_size() -> None:
    assert ruler().width("Relay", 10, bold=True) > ruler().width("Relay", 10)
    assert ruler().width("Relay", 20) == pytest.approx(2 * ruler().width("Relay", 10))


def test_line_height_and_ascent_come_from_the_font() -> None:
    with FontFile(resources.path("fonts/NotoSansJP-Regular.ttf")) as font:
        hhea, scale = font["hhea"], font["head"].unitsPerEm
        assert ruler().line_height(12) == pytest.approx((hhea.ascent - hhea.descent) * 12 / scale)
        assert ruler().ascent(12) == pytest.approx(hhea.ascent * 12 / scale)


def test_elide_keeps_what_fits_and_says_that_it_cut() -> None:
    assert ruler().elide("Relay", 10, 100) == "Relay"
    cut = ruler().elide("relay-tokyo.example.com", 10, 60)
    assert cut.endswith("…")
    assert "relay-tokyo.example.com".startswith(cut[:-1])
    assert ruler().width(cut, 10) <= 60
    longer = "relay-tokyo.example.com"[: len(cut)] + "…"
    assert ruler().width(longer, 10) > 60
    assert ruler().elide("Relay", 10, 1) == ""


@given(words, limits, st.booleans())
def test_elided_text_fits_and_begins_as_the_whole(text: str, limit: float, bold: bool) -> None:
    cut = ruler().elide(text, 10, limit, bold)
    assert ruler().width(cut, 10, bold) <= limit
    assert cut == text or cut == "" or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(words, limits, st.booleans())
def test_wrapped_lines_fit_and_lose_nothing(text: str, limit: float, bold: bool) -> None:
    lines = ruler().wrap(text, 10, limit, bold)
    assert squeezed("".join(lines)) == squeezed(text)
    for line in lines:
        alone = line.rstrip("\u0301\u3099")
        assert ruler().width(line, 10, bold) <= limit or len(alone) <= 1


@given(words, limits)
def test_wrapping_again_changes_nothing(text: str, limit: float) -> None:
    for line in ruler().wrap(text, 10, limit):
        if ruler().width(line, 10) <= limit:
            assert ruler().wrap(line, 10, limit) == (line,)


@given(st.text(st.sampled_from("漢字かなカナ"), min_size=1), st.data())
def test_no_line_starts_or_ends_with_what_may_not(text: str, data: st.DataObject) -> None:
    for mark in data.draw(st.lists(st.sampled_from(OPENERS + CLOSERS), max_size=8)):
        place = data.draw(st.integers(1, len(text)))
        neighbours = text[max(0, place - 1) : place + 1]
        if not set(neighbours) & set(OPENERS + CLOSERS):
            text = text[:place] + mark + text[place:]
    text += "了"
    lines = ruler().wrap(text, 10, 60)
    assert not [line for line in lines[1:] if line[0] in CLOSERS]
    assert not [line for line in lines[:-1] if line[-1] in OPENERS]


def test_latin_breaks_at_spaces_and_japanese_between_characters() -> None:
    limit = ruler().width("Deep Security", 10)
    assert ruler().wrap("Deep Security Relay", 10, limit) == ("Deep Security", "Relay")
    assert ruler().wrap("中継サーバー", 10, 40) == ("中継", "サーバー")
    assert ruler().wrap("漢字漢字漢字", 10, 40) == ("漢字漢字", "漢字")
    assert ruler().wrap("中継Relayへ", 10, 30) == ("中継", "Relay", "へ")
    assert ruler().wrap("あいう、えお", 10, 30) == ("あい", "う、", "えお")
    assert ruler().wrap("あい「う」え", 10, 30) == ("あい", "「う」", "え")


def test_japanese_breaks_between_phrases_unless_that_takes_another_line() -> None:
    text = "エージェントは、DNSサーバの 53 番へ UDP で問い合わせます。"
    first = "エージェントは、DNSサーバの 53 番へ UDP で"
    assert ruler().wrap(text, 10, ruler().width(text, 10) - 1) == (first, "問い合わせます。")
    assert ruler().wrap("許可する許可する", 10, 70) == ("許可する", "許可する")
    assert ruler().wrap("許可許可する許可する", 10, 50) == ("許可許可す", "る許可する")


def test_a_name_too_long_for_a_line_parts_after_a_dot_or_a_hyphen() -> None:
    name = "agents.deepsecurity.trendmicro.com"
    limit = ruler().width("agents.deepsecurity.trend", 10)
    assert ruler().wrap(name, 10, limit) == ("agents.deepsecurity.", "trendmicro.com")
    assert ruler().wrap(f"at {name}", 10, limit) == ("at", "agents.deepsecurity.", "trendmicro.com")
    assert "".join(ruler().wrap("a" * 40, 10, 50)) == "a" * 40


def test_line_breaks_stay_and_a_non_breaking_space_holds() -> None:
    assert ruler().wrap("one\n\ntwo\r\nthree", 10, 500) == ("one", "", "two", "three")
    assert ruler().wrap("", 10, 500) == ("",)
    assert ruler().wrap("a b\u00a0c", 10, ruler().width("a b\u00a0", 10)) == ("a", "b\u00a0c")
    assert ruler().wrap("あい~\u00a0変更", 10, 32) == ("あい", "~\u00a0変更")
