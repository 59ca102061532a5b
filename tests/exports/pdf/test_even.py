"""Paragraphs end in no remnant of a word, where the lines above can spare some."""

import pytest

from exports.pdf.pages.even import cell_lines, even_lines, hanging_lines
from exports.pdf.pages.style import text_measure

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


def test_lines_that_go_on_with_a_command_are_set_in() -> None:
    first, second = "nc -vz -w 5 files.example 443", "curl -sSI -m 10 https://files.example/"
    width = text_measure().width("curl -sSI -m 10", 8) + 1
    lines = hanging_lines(f"{first}\n  {second}", 8, width)
    begins = [line for line in lines if line.startswith(("nc", "  curl"))]
    assert len(begins) == 2
    assert all(line.startswith("\u00a0\u00a0\u00a0") for line in lines[1 : lines.index(begins[1])])
    assert all(line.startswith("  \u00a0\u00a0\u00a0") for line in lines[lines.index(begins[1]) + 1 :])
    assert "".join("".join(lines).split()) == "".join(f"{first}{second}".split())
    assert all(text_measure().width(line, 8) <= width for line in lines if "files" not in line)


def test_a_command_that_fits_is_one_line() -> None:
    assert hanging_lines("one two\n three", 8, 300.0) == ("one two", " three")


def test_a_wide_cell_ends_in_no_single_word_and_a_narrow_one_in_the_lines_it_has() -> None:
    measure, text = (
        text_measure(),
        "Denied packets from relay-dev and from many others: each is a permit that is missing or too narrow.",
    )
    wide = measure.width(text, 6.5) - 2
    assert measure.wrap(text, 6.5, wide)[-1] == "narrow."
    assert measure.width(cell_lines(text, 6.5, wide)[-1], 6.5) >= 6 * 6.5
    assert len(cell_lines(text, 6.5, wide)) == 2
    narrow = measure.width("Smart Protection", 6.5) + 1
    assert cell_lines("Smart Protection Network", 6.5, narrow) == ("Smart Protection", "Network")
