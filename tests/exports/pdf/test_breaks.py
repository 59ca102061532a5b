"""Tables go over to new pages without leaving a heading or a row alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.pdf.pages.breaks import room_to_begin, turns
from exports.pdf.pages.sheets import Page, Sheets
from exports.pdf.pages.style import A4, papers_of
from exports.pdf.pages.table import plain_table
from model.design.profile import NO_PROFILE
from model.frozen import Bilingual
from model.shapes.primitives import Text

HEADING = Bilingual(en="Heading", ja="見出し")


def test_rows_that_fit_do_not_turn() -> None:
    assert turns([10.0] * 8, 80, 400) == frozenset()
    assert turns([], 80, 400) == frozenset()


def test_the_last_page_gets_three_rows_where_the_page_before_it_can_give_them() -> None:
    assert turns([10.0] * 41, 400, 400) == {38}
    assert turns([10.0] * 42, 400, 400) == {39}
    assert turns([10.0] * 43, 400, 400) == {40}
    assert turns([10.0] * 12, 80, 400) == {8}


def test_tall_rows_leave_no_row_alone_but_need_no_third() -> None:
    assert turns([120.0] * 4, 360, 400) == {2}
    assert turns([120.0] * 5, 360, 400) == {3}


def test_a_row_taller_than_a_page_begins_where_there_is_room() -> None:
    assert turns([20.0, 1000.0, 20.0], 400, 400) == frozenset()
    assert turns([20.0, 1000.0, 20.0], 100, 400) == {1}


def test_a_small_table_begins_only_where_all_of_it_fits() -> None:
    assert room_to_begin([10.0] * 20, 400) == 200
    assert room_to_begin([10.0] * 100, 400) == 30
    assert room_to_begin([200.0, 10.0, 200.0], 400) == 200
    assert room_to_begin([900.0], 400) == 90


@given(st.lists(st.floats(14, 380), max_size=40), st.floats(0, 400))
def test_no_page_is_overfull_and_none_but_the_first_is_empty(heights: list[float], room: float) -> None:
    begins = sorted(turns(heights, room, 400))
    for number, (start, end) in enumerate(pairwise([0, *begins, len(heights)])):
        assert sum(heights[start:end]) <= (400 if number else room) + 1e-6
        assert end > start or number == 0


def test_headings_go_along_with_a_table_that_has_no_room_below_them() -> None:
    sheets = Sheets("en", papers_of(NO_PROFILE))
    sheets.turn()
    sheets.y = A4.bottom - 160
    sheets.begin(3, HEADING)
    sheets.sub("Below")
    plain_table(sheets, [HEADING], [(str(number),) for number in range(9)])
    first, second = sheets.pages
    assert (first.items, first.anchors, first.bookmarks) == ([], {}, [])
    assert [text for text, _ in second.bookmarks] == ["3 Heading 見出し"]
    assert second.anchors["section-3"] < A4.top
    assert texts(second) == ["3 Heading 見出し", "Below"]
    assert all(A4.top < item.y < A4.top + 60 for item in second.items if isinstance(item, Text))


def test_a_heading_whose_text_is_said_stays_where_it_is() -> None:
    sheets = Sheets("en", papers_of(NO_PROFILE))
    sheets.turn()
    sheets.y = A4.bottom - 170
    sheets.sub("Before")
    sheets.remark(HEADING)
    sheets.sub("Below")
    plain_table(sheets, [HEADING], [(str(number),) for number in range(9)])
    assert [texts(page) for page in sheets.pages] == [["Before", "Heading"], ["Below"]]


@pytest.mark.parametrize("words", [1, 2])
def test_what_introduces_a_section_goes_along_with_its_first_part(words: int) -> None:
    sheets = Sheets("en", papers_of(NO_PROFILE))
    sheets.turn()
    sheets.y = A4.bottom - 152 - 20
    sheets.begin(3, HEADING)
    for _ in range(words):
        sheets.remark(HEADING)
    sheets.sub("Below")
    plain_table(sheets, [HEADING], [(str(number),) for number in range(9)])
    assert [texts(page) for page in sheets.pages] == [
        [],
        ["3 Heading 見出し", *["Heading"] * words, "Below"],
    ]
    assert sheets.pages[1].anchors["section-3"] < A4.top


def test_a_section_without_a_table_stays_before_the_next() -> None:
    sheets = Sheets("en", papers_of(NO_PROFILE))
    sheets.turn()
    sheets.y = A4.bottom - 152 - 20 - 60
    sheets.begin(3, HEADING)
    sheets.remark(HEADING)
    sheets.begin(4, HEADING)
    plain_table(sheets, [HEADING], [(str(number),) for number in range(15)])
    assert [texts(page) for page in sheets.pages] == [["3 Heading 見出し", "Heading"], ["4 Heading 見出し"]]


def texts(page: Page) -> list[str]:
    """What stands outside tables."""
    return [item.text for item in page.items if isinstance(item, Text)]
