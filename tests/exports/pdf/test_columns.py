"""Columns are wide enough for their words; what a non-breaking space joins is one word."""

import pytest

from exports.pdf.pages.columns import broken, column_widths
from exports.pdf.pages.style import CELL, PAD, text_measure

LONG = "This sentence would like to have the whole width of the page for itself. " * 4


@pytest.mark.parametrize("word", ["~\u00a0changed", "−\u00a0removed", "10.10.100.0/24", "pêche–abricotée"])
@pytest.mark.parametrize("bold", [False, True])
def test_words_stay_whole_beside_a_text_that_wants_all_the_room(word: str, bold: bool) -> None:
    fat = frozenset({0}) if bold else frozenset()
    first, second = column_widths(("A", "B"), [(f"{word} once", LONG)] * 3, 200.0, bold=fat)
    assert first + second == pytest.approx(200.0)
    lines = text_measure().wrap(word, CELL, first - 2 * PAD, bold)
    assert lines == (word,)


@pytest.mark.parametrize("text", ["agents.example.com(不確か)", "名前はagents.example.com"])
def test_names_in_japanese_words_stay_whole(text: str) -> None:
    first, _ = column_widths(("A", "B"), [(text, LONG)] * 3, 300.0)
    assert any("agents.example.com" in line for line in text_measure().wrap(text, CELL, first - 2 * PAD))


@pytest.mark.parametrize(
    "heading", ["対象ファイアウォール機器", "プロトコル", "送信元ホスト名", "宛先FQDN・URL"]
)
def test_headings_part_between_words(heading: str) -> None:
    first, _ = column_widths((heading, "B"), [("x", LONG)] * 3, 200.0)
    lines = broken(heading, first - 2 * PAD).split("\n")
    assert "".join(lines) == heading
    assert all(text_measure().wrap(line, CELL, first - 2 * PAD, True) == (line,) for line in lines)
    assert set(lines) <= {
        "対象",
        "ファイアウォール",
        "機器",
        "プロトコル",
        "送信元",
        "ホスト名",
        "宛先FQDN・",
        "URL",
    }


def test_room_to_write_in_stays_and_so_does_what_a_column_is_to_have() -> None:
    blank, wished, _ = column_widths(("A", "B", "C"), [("\u3000" * 9, "x", LONG)] * 3, 300.0, least={1: 70.0})
    assert blank >= 9 * CELL + 2 * PAD
    assert wished >= 70.0 + 2 * PAD
