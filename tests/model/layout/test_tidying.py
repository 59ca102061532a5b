"""Tidying removes overlaps, lines up and evens out, moves little, keeps the order, and then has nothing left to do."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from model.layout import Area, Arrangement, Node, arrange, arrange_some, tidy
from model.shapes.geometry import Rect, Size

Boxes = dict[str, tuple[str | None, Rect]]


def moved(boxes: Boxes, result: Arrangement) -> Boxes:
    """The boxes where the result puts them."""
    return {
        name: (zone, Rect(result.positions[name].x, result.positions[name].y, rect.width, rect.height))
        for name, (zone, rect) in boxes.items()
    }


def jittered(seed: int, spread: float) -> Boxes:
    """A grid of cards put down by an unsteady hand."""
    chance = random.Random(seed)
    return {
        f"c{k}": (
            None,
            Rect(
                k % 5 * 230 + chance.gauss(0, spread),
                k // 5 * 120 + chance.gauss(0, spread),
                chance.choice([150, 180, 210]),
                chance.choice([60, 70]),
            ),
        )
        for k in range(chance.randrange(2, 25))
    }


SCENES = [(seed, spread) for seed in range(12) for spread in (3.0, 12.0, 60.0)]


@pytest.mark.parametrize(("seed", "spread"), SCENES)
def test_nothing_overlaps_and_all_is_on_the_grid(seed: int, spread: float) -> None:
    boxes = jittered(seed, spread)
    after = moved(boxes, tidy(boxes))
    assert all(rect.x % 10 == 0 and rect.y % 10 == 0 for _, rect in after.values())
    for (_, a), (_, b) in combinations(after.values(), 2):
        assert not a.grow(9.9).intersects(b.grow(9.9)), "twenty pixels apart at least"


@pytest.mark.parametrize(("seed", "spread"), SCENES)
def test_what_is_tidy_stays(seed: int, spread: float) -> None:
    boxes = jittered(seed, spread)
    once = tidy(boxes)
    assert tidy(moved(boxes, once)) == once


@pytest.mark.parametrize("seed", range(12))
def test_a_steady_hand_is_only_corrected(seed: int) -> None:
    boxes = jittered(seed, 3)
    for name, (_, rect) in moved(boxes, tidy(boxes)).items():
        old = boxes[name][1]
        assert abs(rect.x - old.x) <= 40
        assert abs(rect.y - old.y) <= 30


@pytest.mark.parametrize(("seed", "spread"), SCENES)
def test_who_is_clearly_left_or_above_stays_so(seed: int, spread: float) -> None:
    boxes = jittered(seed, spread)
    after = moved(boxes, tidy(boxes))
    for a, b in combinations(boxes, 2):
        for one, other in ((a, b), (b, a)):
            before, behind = boxes[one][1], boxes[other][1]
            beside = before.top < behind.bottom and behind.top < before.bottom
            if beside and before.right <= behind.left:
                assert after[one][1].center.x < after[other][1].center.x
            over = before.left < behind.right and behind.left < before.right
            if over and before.bottom <= behind.top:
                assert after[one][1].center.y < after[other][1].center.y


def test_rows_columns_and_gaps() -> None:
    boxes: Boxes = {
        "a": (None, Rect(0, 3, 150, 60)),
        "b": (None, Rect(204, -6, 150, 60)),
        "c": (None, Rect(396, 8, 150, 60)),
        "below b": (None, Rect(199, 153, 150, 60)),
    }
    after = {name: rect for name, (_, rect) in moved(boxes, tidy(boxes)).items()}
    assert after["a"].y == after["b"].y == after["c"].y
    assert after["b"].x == after["below b"].x
    gaps = [right.left - left.right for left, right in pairwise([after["a"], after["b"], after["c"]])]
    assert gaps[0] == gaps[1]


def test_a_pile_is_spread_out() -> None:
    boxes: Boxes = {f"c{k}": (None, Rect(100, 100, 150, 60)) for k in range(6)}
    after = moved(boxes, tidy(boxes))
    assert not any(a.intersects(b) for (_, a), (_, b) in combinations(after.values(), 2))


ZONES = [Area("out"), Area("in", "out"), Area("beside")]


def zoned() -> tuple[Boxes, dict[str, Rect]]:
    """Two zones that overlap, one with a zone in it, and cards in each."""
    frames = {"out": Rect(0, 0, 700, 400), "in": Rect(37, 51, 300, 300), "beside": Rect(655, 12, 300, 400)}
    boxes: Boxes = {
        "i1": ("in", Rect(70, 100, 150, 60)),
        "i2": ("in", Rect(78, 144, 150, 60)),
        "o1": ("out", Rect(400, 100, 150, 60)),
        "b1": ("beside", Rect(690, 100, 150, 60)),
        "b2": ("beside", Rect(697, 231, 150, 60)),
    }
    return boxes, frames


def test_zones_come_apart_with_all_they_hold() -> None:
    boxes, frames = zoned()
    result = tidy(boxes, ZONES, frames)
    after = moved(boxes, result)
    assert not result.frames["out"].grow(19.9).intersects(result.frames["beside"].grow(19.9))
    assert result.frames["out"].contains(result.frames["in"])
    for name, (zone, rect) in after.items():
        assert zone is not None
        frame = result.frames[zone]
        assert Rect(frame.x + 30, frame.y + 40, frame.width - 60, frame.height - 70).contains(rect), name
    assert not after["i1"][1].intersects(after["i2"][1])
    assert tidy(after, ZONES, result.frames) == result


def test_an_arrangement_is_tidy_enough_to_stay_nearly_as_it_is() -> None:
    nodes = [Node(f"n{k}", Size(150 + 30 * (k % 3), 60), ["out", "in", "beside"][k % 3]) for k in range(18)]
    edges = [(f"n{k}", f"n{(k * 5 + 1) % 18}", 1.0) for k in range(18)]
    arranged = arrange(nodes, ZONES, edges)
    boxes: Boxes = {
        n.id: (
            n.zone,
            Rect(arranged.positions[n.id].x, arranged.positions[n.id].y, n.size.width, n.size.height),
        )
        for n in nodes
    }
    after = moved(boxes, tidy(boxes, ZONES, arranged.frames))
    moves = [
        abs(after[name][1].x - rect.x) + abs(after[name][1].y - rect.y) for name, (_, rect) in boxes.items()
    ]
    assert max(moves) <= 60


def test_nothing_is_tidied_to_nothing() -> None:
    assert tidy({}) == Arrangement({}, {})


PILE: Boxes = {
    "a": (None, Rect(0, 0, 150, 60)),
    "b": (None, Rect(10, 10, 150, 60)),
    "c": (None, Rect(20, 20, 150, 60)),
    "stays": (None, Rect(250, 0, 150, 60)),
    "also stays": (None, Rect(-5, 903, 150, 60)),
}
PILE_EDGES = (("a", "b", 1.0), ("b", "c", 1.0), ("c", "stays", 1.0))


class TestSelection:
    def test_only_the_selected_move_and_overlap_nothing(self) -> None:
        after = moved(PILE, arrange_some({"a", "b", "c"}, PILE, (), {}, PILE_EDGES))
        assert after["stays"] == PILE["stays"]
        assert after["also stays"] == PILE["also stays"]
        assert not any(a.intersects(b) for (_, a), (_, b) in combinations(after.values(), 2))
        assert after["a"][1].right < after["b"][1].left
        assert after["b"][1].right < after["c"][1].left

    def test_those_of_different_zones_stay_in_them(self) -> None:
        boxes, frames = zoned()
        result = arrange_some(
            {"i1", "i2", "b1", "b2"}, boxes, ZONES, frames, [("i1", "i2", 1.0), ("b1", "b2", 1.0)]
        )
        after = moved(boxes, result)
        assert after["o1"] == boxes["o1"]
        for name, (zone, rect) in after.items():
            assert zone is not None
            assert result.frames[zone].contains(rect), name
        assert not after["i1"][1].intersects(after["i2"][1])

    def test_one_alone_stays(self) -> None:
        result = arrange_some({"a"}, PILE, (), {}, PILE_EDGES)
        assert moved(PILE, result) == PILE
