"""The lines that connectors bent by hand take between the cards as they lie now."""

from __future__ import annotations

from collections.abc import Mapping

from model.design.course import Course
from model.design.design import Design
from model.shapes.geometry import Point, Rect

Pair = tuple[str, str]
Line = tuple[Point, ...]


def lines(design: Design, cards: Mapping[str, Rect]) -> dict[Pair, Line]:
    """The lines of the courses between these cards, from border to border.

    A course is left out, and kept for later, while its line would run through a card or cannot be drawn at all.
    """
    if not design.courses:
        return {}
    from model.layout import is_clear

    found = {each.pair: line_of(each, cards) for each in design.courses}
    return {pair: line for pair, line in found.items() if line and is_clear(line, cards.values())}


def line_of(course: Course, cards: Mapping[str, Rect]) -> Line:
    """The line of one course, whatever lies in its way; none where an end is not there or stands on it."""
    from model.layout import line_along

    if course.source not in cards or course.target not in cards:
        return ()
    axis = 0 if course.axis == "x" else 1
    return line_along(axis, course.places, cards[course.source], cards[course.target])
