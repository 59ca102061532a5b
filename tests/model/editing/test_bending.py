"""Courses: how they follow their ends, what they may not do, and what an edit makes of them."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError

from model.design.course import Course
from model.design.design import CatalogReference, Design
from model.editing import bending, edits
from model.errors import DesignError
from model.picture.courses import line_of, lines
from model.shapes.geometry import Point, Rect
from model.storage import dump, parse_design
from tests.designs import random_design, shipped_catalog

CARDS = {"a": Rect(0, 0, 100, 60), "b": Rect(400, 200, 100, 60), "c": Rect(220, 80, 60, 60)}
STEP = Course(source="a", target="b", places=(30, 180, 230))
"""Out of the right side of `a`, down at 180, into the left side of `b`."""


def drawn() -> Design:
    design = Design(catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"))
    for name, card in CARDS.items():
        design, _ = edits.place(design, "agent", name, (int(card.x), int(card.y)))
    return edits.change_design(design, courses=(STEP,))


def course(design: Design) -> Course:
    (found,) = design.courses
    return found


class TestCourse:
    def test_all_of_it_moves_where_both_ends_do(self) -> None:
        assert STEP.followed((10, 20), (10, 20)).places == (50, 190, 250)

    def test_only_the_piece_at_the_end_that_moves_does(self) -> None:
        assert STEP.followed((10, 20), (0, 0)).places == (50, 180, 230)
        assert STEP.followed((0, 0), (10, -20)).places == (30, 180, 210)

    def test_an_upright_beginning_follows_to_the_side(self) -> None:
        around = Course(source="a", target="b", axis="y", places=(50, 230))
        assert around.followed((10, 20), (0, 0)).places == (60, 230)

    def test_nothing_leaves_the_sheet(self) -> None:
        far = Course(source="a", target="b", places=(999_990, 0, 0))
        assert far.followed((0, 100), (0, 0)).places[0] == 1_000_000

    @pytest.mark.parametrize(
        "fields",
        [{"places": ()}, {"target": "a"}, {"places": (0,) * 25}, {"places": (2_000_000,)}, {"axis": "z"}],
    )
    def test_what_is_no_course_is_refused(self, fields: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            Course(**{"source": "a", "target": "b", "places": (1,), **fields})


class TestLines:
    def test_a_line_runs_from_border_to_border(self) -> None:
        assert lines(drawn(), CARDS) == {
            ("a", "b"): (Point(100, 30), Point(180, 30), Point(180, 230), Point(400, 230))
        }

    def test_a_line_through_a_card_is_left_to_the_router(self) -> None:
        assert lines(drawn(), CARDS | {"c": Rect(150, 100, 60, 60)}) == {}

    def test_a_course_of_somebody_who_is_gone_counts_for_nothing(self) -> None:
        assert lines(drawn(), {name: CARDS[name] for name in "ac"}) == {}

    def test_an_end_on_the_course_leaves_it_to_the_router(self) -> None:
        assert lines(drawn(), CARDS | {"a": Rect(130, 0, 100, 60)}) == {}


class TestEdits:
    def test_laying_replaces_and_refuses_what_would_run_through_a_card(self) -> None:
        other = STEP.evolve(places=(30, 300, 230))
        assert course(bending.lay(drawn(), other, CARDS)) == other
        with pytest.raises(DesignError, match="cannot run through a component"):
            bending.lay(drawn(), STEP.evolve(places=(30, 250, 230)), CARDS)

    def test_a_piece_goes_to_the_next_place_that_is_free(self) -> None:
        line = line_of(STEP, CARDS)
        # Above `c` (80 to 140) and left of it (220 to 280) there is room; from 180 on to the right it is passed.
        stepped = [bending.stepped(("a", "b"), line, 1, sign, 10, CARDS).places for sign in (1, -1)]
        assert stepped == [(30, 190, 230), (30, 170, 230)]
        beside = line_of(STEP.evolve(places=(30, 220, 230)), CARDS)
        assert bending.stepped(("a", "b"), beside, 1, 1, 10, CARDS).places == (30, 280, 230)
        assert bending.stepped(("a", "b"), beside, 1, -1, 1, CARDS).places == (30, 219, 230)

    def test_a_piece_that_finds_no_room_stays(self) -> None:
        wall = CARDS | {"c": Rect(220, -2000, 60, 4000)}
        line = line_of(STEP, CARDS)
        with pytest.raises(DesignError, match="finds no room that way"):
            bending.stepped(("a", "b"), line, 0, 1, 10, wall)

    @pytest.mark.parametrize(
        ("value", "sign", "step", "place"),
        [
            (13, 1, 10, 20),
            (13, -1, 10, 10),
            (20, 1, 10, 30),
            (20, -1, 10, 10),
            (-5, 1, 10, 0),
            (7.5, -1, 1, 7),
        ],
    )
    def test_the_next_place_lies_on_the_grid(self, value: float, sign: int, step: int, place: int) -> None:
        assert bending.next_place(value, sign, step) == place

    def test_releasing(self) -> None:
        assert bending.release(drawn(), [("b", "a")]) == drawn()
        assert bending.release(drawn(), [("a", "b")]).courses == ()

    def test_a_course_goes_with_its_end(self) -> None:
        assert edits.delete(drawn(), ["c"]).courses == (STEP,)
        assert edits.delete(drawn(), ["b"]).courses == ()

    def test_moving_carries_it_along(self) -> None:
        before = drawn()
        both = edits.move(before, {"a": (10, 20), "b": (410, 220)})
        assert course(bending.carried(before, both)).places == (50, 190, 250)
        one = edits.move(before, {"a": (10, 20)})
        assert course(bending.carried(before, one)).places == (50, 180, 230)
        assert bending.carried(before, edits.move(before, {"c": (0, 400)})).courses == (STEP,)

    def test_what_the_edit_laid_itself_is_not_moved_again(self) -> None:
        before = drawn()
        after = edits.change_design(
            edits.move(before, {"a": (0, 20)}), courses=(STEP.evolve(places=(40, 200, 230)),)
        )
        assert bending.carried(before, after) == after

    def test_a_new_arrangement_keeps_only_what_is_not_torn(self) -> None:
        before = drawn()
        assert bending.without_torn(before, edits.move(before, {"a": (10, 20), "b": (410, 220)})).courses
        assert not bending.without_torn(before, edits.move(before, {"a": (10, 20)})).courses


class TestBending:
    LINE = (Point(100, 30), Point(180, 30), Point(180, 230), Point(400, 230))

    def bent(self, piece: int, to: float) -> tuple[int, ...] | None:
        found = bending.bent(("a", "b"), self.LINE, piece, to, CARDS)
        return found.places if found is not None else None

    def test_a_piece_between_is_taken_elsewhere(self) -> None:
        assert self.bent(1, 300) == (30, 300, 230)

    def test_an_end_piece_slides_along_its_side(self) -> None:
        assert self.bent(0, 45) == (45, 180, 230)
        assert self.bent(2, 245) == (30, 180, 245)

    def test_an_end_piece_taken_off_its_side_stays_joined_by_a_step(self) -> None:
        assert self.bent(0, 100) == (30, 112, 100, 180, 230)
        assert self.bent(2, 300) == (30, 180, 300, 382, 230)

    def test_a_straight_line_gets_steps_at_both_ends(self) -> None:
        straight = (Point(100, 30), Point(400, 30))
        cards = {"a": CARDS["a"], "b": Rect(400, 0, 100, 60)}
        found = bending.bent(("a", "b"), straight, 0, 150, cards)
        assert found is not None
        assert found.places == (30, 112, 150, 382, 30)
        line = line_of(found, cards)
        back = bending.bent(("a", "b"), line, 2, 32, cards)
        assert back is not None
        assert back.places == (30,)

    def test_boxes_too_near_for_steps_keep_their_straight_line(self) -> None:
        cards = {"a": CARDS["a"], "b": Rect(120, 0, 100, 60)}
        assert bending.bent(("a", "b"), (Point(100, 30), Point(120, 30)), 0, 150, cards) is None


@pytest.mark.parametrize("seed", range(20))
def test_lines_keep_to_their_boxes_whatever_moves(seed: int) -> None:
    """Random bends and moves: every line is level and upright in turn, border to border, and through no card."""
    chance = random.Random(seed)
    design = drawn()
    for _ in range(30):
        cards = {c.id: Rect(c.point.x, c.point.y, 100, 60) for c in design.components}
        for pair, line in lines(design, cards).items():
            assert cards[pair[0]].contains(line[0])
            assert cards[pair[1]].contains(line[-1])
            turns = [one.y == two.y for one, two in pairwise(line)]
            assert all(a != b for a, b in pairwise(turns)), line
            piece = chance.randrange(len(line) - 1)
            new = bending.bent(pair, line, piece, chance.randrange(-300, 600, 10), cards)
            if new is not None:
                try:
                    design = bending.lay(design, new, cards)
                except DesignError:
                    continue
        name = chance.choice("abc")
        moved = edits.move(design, {name: (chance.randrange(-300, 600), chance.randrange(-300, 600))})
        design = bending.carried(design, moved)
        assert parse_design(dump(design)) == design


def test_old_files_stay_the_same_bytes() -> None:
    plain = edits.change_design(drawn(), courses=())
    assert b"courses" not in dump(plain)
    assert b"courses" in dump(drawn())
    assert any(random_design(random.Random(n), shipped_catalog(), 5).courses for n in range(5))
