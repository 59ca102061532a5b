"""Bending connectors by hand: laying their courses, letting them follow what moves, and releasing them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import ValidationError

from model.design.course import Course
from model.design.design import Design
from model.editing import edits
from model.errors import DesignError
from model.picture.courses import Line, Pair, line_of
from model.sentences import told
from model.shapes.geometry import Rect

_STEPS = 100
"""How many steps further a piece is looked for a place: past any card, not across the whole design."""


def bent(pair: Pair, line: Line, piece: int, to: float, cards: Mapping[str, Rect]) -> Course | None:
    """The course of a connector after one piece of its line was taken to another place; None where that cannot be."""
    from model.layout import taken

    found = taken(line, piece, to, cards[pair[0]], cards[pair[1]])
    if found is None:
        return None
    axis, places = found
    try:
        return Course(
            source=pair[0],
            target=pair[1],
            axis="x" if axis == 0 else "y",
            places=tuple(map(round, places)),
        )
    except ValidationError:  # more pieces, or further away, than a design holds
        return None


def lay(design: Design, course: Course, cards: Mapping[str, Rect]) -> Design:
    """Give a connector a course. Raises DesignError where its line would run through a card."""
    from model.layout import is_clear

    refuse_nodes(design, course.pair)
    line = line_of(course, cards)
    if not line or not is_clear(line, cards.values()):
        raise DesignError(told("a connector cannot run through a component; take it elsewhere"))
    others = tuple(each for each in design.courses if each.pair != course.pair)
    return edits.change_design(design, courses=(*others, course))


def refuse_nodes(design: Design, pair: Pair) -> None:
    """Raise DesignError where a connector begins or ends at a collapsed zone: it has no course of its own."""
    if not design.zone_by_id.keys().isdisjoint(pair):
        raise DesignError(
            told("a connector of a collapsed zone stands for several; expand the zone to bend them")
        )


def stepped(pair: Pair, line: Line, piece: int, sign: int, step: int, cards: Mapping[str, Rect]) -> Course:
    """The course after a piece was taken to the next place (a multiple of `step`) where it runs through no card.

    Raises DesignError where there is none within reach that way.
    """
    from model.layout import is_clear

    a, b = line[piece], line[piece + 1]
    to = a.y if a.y == b.y else a.x
    for _ in range(_STEPS):
        to = next_place(to, sign, step)
        course = bent(pair, line, piece, to, cards)
        found = line_of(course, cards) if course is not None else ()
        if course is not None and found not in ((), line) and is_clear(found, cards.values()):
            return course
    raise DesignError(told("this piece of the connector finds no room that way; move another piece first"))


def next_place(value: float, sign: int, step: int) -> int:
    """The next multiple of `step` after a value, upwards or (`sign` -1) downwards."""
    return round((value // step + 1) * step if sign > 0 else -((-value // step + 1) * step))


def release(design: Design, pairs: Collection[Pair]) -> Design:
    """Let connectors find their way by themselves again."""
    wanted = set(pairs)
    return edits.change_design(
        design, courses=tuple(each for each in design.courses if each.pair not in wanted)
    )


def carried(before: Design, after: Design) -> Design:
    """`after` with the courses that the edit left alone taken along by the ends it moved."""
    moves = _moves(before, after)
    if not any(move != (0, 0) for move in moves.values()):
        return after
    courses = tuple(
        each.followed(moves[each.source], moves[each.target])
        if before.course_of.get(each.pair) == each
        else each
        for each in after.courses
    )
    return edits.change_design(after, courses=courses)


def without_torn(before: Design, after: Design) -> Design:
    """`after` without the courses of connectors whose ends moved apart: for what places everything anew."""
    moves = _moves(before, after)
    torn = {each.pair for each in after.courses if moves[each.source] != moves[each.target]}
    return release(after, torn) if torn else after


def _moves(before: Design, after: Design) -> dict[str, tuple[int, int]]:
    """How far every end of a course was moved."""
    known, new = before.component_by_id, after.component_by_id
    return {
        name: (
            new[name].position[0] - known[name].position[0],
            new[name].position[1] - known[name].position[1],
        )
        if name in known and name in new
        else (0, 0)
        for each in after.courses
        for name in each.pair
    }
