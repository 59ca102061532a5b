"""Paragraphs end in no remnant of a word, where the lines above can spare some."""

import pytest

from exports.pdf.even import even_lines
from exports.pdf.style import text_measure

ENGLISH = "Keep it on networks that you trust, and let nobody else in. " * 3


@pytest.mark.parametrize("text", [ENGLISH, "許可する送信元はこのサブネットに限ってください。" * 4])
@pytest.mark.parametrize("width", [200.0, 230.0, 260.0, 290.0, 320.0])
def test_last_lines_are_no_remnants_and_no_line_is_added(text: str, width: float) -> None:
    measure = text_measure()
    plain, even = measure.wrap(text, 8, width), even_lines(text, 8, width)
    assert "".join("".join(even).split()) == "".join(text.split())
    assert len(even) == len(plain)
    assert all(measure.width(line, 8) <= width for line in even)
    assert measure.width(even[-1], 8) >= min(8 * 8, measure.width(plain[-1], 8))


def test_a_remnant_gets_words_from_above() -> None:
    text = "許可する送信元はこのサブネットに限ってください。" * 2
    width = text_measure().width(text[:-2], 8)
    assert text_measure().wrap(text, 8, width)[-1] == "限ってください。"
    assert even_lines(text, 8, width, least=9)[-1] == "サブネットに限ってください。"


@pytest.mark.parametrize("text", ["Development DMZ", "開発 Development DMZ"])
def test_no_word_is_cut_for_it(text: str) -> None:
    width = text_measure().width(text.removesuffix(" DMZ"), 8) + 1
    assert even_lines(text, 8, width) == (text.removesuffix(" DMZ"), "DMZ")


def test_paragraphs_stay_apart() -> None:
    assert even_lines("one\ntwo", 8, 300.0) == ("one", "two")
