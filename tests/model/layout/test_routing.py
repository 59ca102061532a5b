"""Connectors keep out of boxes and out of each other's way, and their labels stay readable."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest

from model.layout import Connector, Pair, Routes, reroute, route
from model.layout.routing import COARSE
from model.shapes.geometry import Point, Rect, Size, bounding
from tests.model.layout.scenes import (
    LABEL,
    TOUR,
    TOUR_PAIRS,
    crossings,
    crowded,
    on_border,
    pieces,
    runs_together,
    scattered,
    through_boxes,
)

SCENES = {
    "tour": (TOUR, TOUR_PAIRS),
    "12 boxes": scattered(1, 4, 3, 20),
    "30 boxes": scattered(2, 6, 5, 60),
    "60 boxes": scattered(3, 10, 6, 100),
    "100 boxes": scattered(4, 10, 10, 220),
}

FEW = 100
"""Up to so many connectors every label finds a place of its own; beyond, that is not promised."""

LABELLED = pytest.mark.parametrize(
    "routed", [name for name, (_, pairs) in SCENES.items() if len(pairs) <= FEW], indirect=True
)


@pytest.fixture(scope="module", params=SCENES)
def routed(request: pytest.FixtureRequest) -> Routes:
    boxes, pairs = SCENES[request.param]
    return route(boxes, pairs)


def test_every_pair_is_routed_in_order(routed: Routes) -> None:
    assert [c.pair for c in routed.connectors] in [pairs for _, pairs in SCENES.values()]


def test_all_pieces_are_level_or_upright_and_turn_at_every_corner(routed: Routes) -> None:
    for connector in routed.connectors:
        directions = [a.y == b.y for a, b in pairwise(connector.points)]
        assert all((a.x == b.x) != (a.y == b.y) for a, b in pairwise(connector.points)), connector
        assert all(one != other for one, other in pairwise(directions)), connector


def test_no_connector_runs_through_a_box(routed: Routes) -> None:
    assert through_boxes(routed.boxes, routed.connectors) == []


def test_connectors_reach_from_border_to_border(routed: Routes) -> None:
    for connector in routed.connectors:
        assert on_border(connector.points[0], routed.boxes[connector.pair.source]), connector
        assert on_border(connector.points[-1], routed.boxes[connector.pair.target]), connector


def test_an_arrowhead_has_a_straight_piece_to_sit_on(routed: Routes) -> None:
    for connector in routed.connectors:
        *_, last = pieces(connector.points)
        assert last.width + last.height >= 14, connector


def test_parallel_runs_stay_apart(routed: Routes) -> None:
    assert runs_together(routed.connectors, nearer_than=1) == []


@pytest.mark.parametrize("seed", [0, 8, 23, 48, 76, 87, 95, 1273])
def test_crowded_lines_make_room_for_each_other(seed: int) -> None:
    """Seeds where the order that crosses least leaves some pieces no place of their own."""
    boxes, pairs = crowded(seed)
    connectors = route(boxes, pairs).connectors
    assert runs_together(connectors, nearer_than=1) == []
    assert through_boxes(boxes, connectors) == []


@pytest.mark.soak
def test_crowded_lines_anywhere_make_room_and_keep_out_of_boxes() -> None:
    lost = []
    for seed in range(1_000, 1_600):
        boxes, pairs = crowded(seed)
        connectors = route(boxes, pairs).connectors
        if runs_together(connectors, nearer_than=1) or through_boxes(boxes, connectors):
            lost.append(seed)
    assert lost == []


@LABELLED
def test_labels_overlap_neither_boxes_nor_each_other(routed: Routes) -> None:
    labels = [c.label for c in routed.connectors]
    assert [pair for pair in combinations(labels, 2) if pair[0].intersects(pair[1])] == []
    assert [label for label in labels if any(label.intersects(box) for box in routed.boxes.values())] == []


@LABELLED
def test_labels_lie_on_their_line(routed: Routes) -> None:
    for connector in routed.connectors:
        middle = connector.label.center
        roomy = any(p.width >= LABEL.width + 10 for p in pieces(connector.points))
        on_line = any(p.grow(0.01).contains(middle) for p in pieces(connector.points))
        assert on_line or not roomy, connector
        assert connector.label.size == LABEL


def test_the_same_input_gives_the_same_routes() -> None:
    boxes, pairs = SCENES["30 boxes"]
    assert route(boxes, pairs) == route(dict(boxes), list(pairs))


def test_boxes_that_face_each_other_are_joined_by_a_straight_line() -> None:
    routes = route({"a": Rect(0, 0, 100, 60), "b": Rect(300, 20, 100, 60)}, [Pair("a", "b", LABEL)])
    (connector,) = routes.connectors
    start, end = connector.points
    assert (start.x, end.x) == (100, 300)
    assert start.y == end.y
    assert 20 < start.y < 60
    assert connector.label.center.x == pytest.approx(200, abs=20)


def test_there_and_back_are_two_lines_well_apart() -> None:
    boxes = {"a": Rect(0, 0, 100, 60), "b": Rect(300, 0, 100, 60)}
    there, back = route(boxes, [Pair("a", "b", LABEL), Pair("b", "a", LABEL)]).connectors
    assert abs(there.points[0].y - back.points[0].y) >= 10
    assert len(there.points) == len(back.points) == 2
    assert not there.label.intersects(back.label)


def test_ports_are_shared_out_and_do_not_cross() -> None:
    """Five boxes one below the other to the right: in order, evenly spaced, no crossing."""
    boxes = {"hub": Rect(0, 200, 120, 100)} | {f"t{k}": Rect(400, 120 * k, 120, 60) for k in range(5)}
    routes = route(boxes, [Pair("hub", f"t{k}") for k in (3, 0, 4, 1, 2)])
    right = sorted(
        (c.points[0].y, c.pair.target) for c in routes.connectors if c.points[0].x == boxes["hub"].right
    )
    assert [target for _, target in right] == sorted(target for _, target in right)
    assert all(lower - upper >= 10 for (upper, _), (lower, _) in pairwise(right))
    assert crossings(routes.connectors) == 0


def test_boxes_far_away_do_not_close_a_side() -> None:
    """Their edges cut the space beside a side into stretches of a few pixels; the line leaves there all the same."""
    boxes = {"a": Rect(0, 100, 160, 60), "up": Rect(300, 30, 160, 60)}
    far = {f"far{k}": Rect(900 + 300 * k, 120 + 20 * k, 160, 60) for k in range(2)}
    (connector,) = route(boxes | far, [Pair("a", "up", LABEL)]).connectors
    assert connector.points[0].x == 160
    assert connector.points[-1].x == 300
    assert len(connector.points) == 4


def test_straight_lines_keep_off_corners_where_others_turn() -> None:
    """The sides overlap by little: in a straight line at the last port, the first would cross the other two."""
    boxes = {
        "a": Rect(0, 0, 120, 60),
        "level": Rect(500, 40, 120, 60),
        "low": Rect(500, 160, 120, 60),
        "lowest": Rect(500, 280, 120, 60),
    }
    routed = route(boxes, [Pair("a", name, LABEL) for name in ("level", "low", "lowest")])
    assert crossings(routed.connectors) == 0


def test_a_box_in_between_is_gone_around() -> None:
    boxes = {"a": Rect(0, 0, 100, 60), "wall": Rect(200, -100, 60, 260), "b": Rect(400, 0, 100, 60)}
    (connector,) = route(boxes, [Pair("a", "b", LABEL)]).connectors
    assert through_boxes(boxes, [connector]) == []
    highest, lowest = min(p.y for p in connector.points), max(p.y for p in connector.points)
    assert -140 <= highest <= -100 or 160 <= lowest <= 200
    assert len(connector.points) <= 6


def test_labels_keep_off_the_rectangles_named() -> None:
    title = Rect(110, 0, 120, 60)
    routes = route(
        {"a": Rect(0, 0, 100, 60), "b": Rect(400, 0, 100, 60)}, [Pair("a", "b", LABEL)], avoid=[title]
    )
    assert not routes.connectors[0].label.intersects(title)


def beside_edges(connectors: Sequence[Connector], frames: Sequence[Rect]) -> list[Rect]:
    """Pieces that run along the edge of a frame, nearer than six pixels."""
    return [
        piece
        for connector in connectors
        for piece in pieces(connector.points)
        for frame in frames
        if (
            piece.height == 0
            and piece.left < frame.right
            and frame.left < piece.right
            and min(abs(piece.y - frame.top), abs(piece.y - frame.bottom)) < 6
        )
        or (
            piece.width == 0
            and piece.top < frame.bottom
            and frame.top < piece.bottom
            and min(abs(piece.x - frame.left), abs(piece.x - frame.right)) < 6
        )
    ]


def test_no_connector_runs_along_a_frame() -> None:
    """Frames whose edges lie just where the lines between the boxes would run."""
    boxes = {f"a{k}": Rect(0, 120 * k, 120, 60) for k in range(3)} | {
        f"b{k}": Rect(400, 120 * k + 60, 120, 60) for k in range(3)
    }
    pairs = [Pair(f"a{i}", f"b{k}", LABEL) for i in range(3) for k in range(3)]
    plain = route(boxes, pairs).connectors
    places = sorted({piece.x for c in plain for piece in pieces(c.points) if piece.width == 0})
    frames = [Rect(-60, -60, places[len(places) // 2] + 60, 500), Rect(-20, 30, 160, 300)]
    assert beside_edges(plain, frames) != []
    assert beside_edges(route(boxes, pairs, frames=frames).connectors, frames) == []


@pytest.mark.parametrize("name", ["12 boxes", "30 boxes", "60 boxes"])
def test_frames_around_columns_are_crossed_but_not_followed(name: str) -> None:
    boxes, pairs = SCENES[name]
    columns = {key.split(".")[0] for key in boxes}
    frames = [
        around.grow(20)
        for column in sorted(columns)
        for around in [bounding(box for key, box in boxes.items() if key.split(".")[0] == column)]
        if around is not None
    ]
    connectors = route(boxes, pairs, frames=frames).connectors
    assert beside_edges(connectors, frames) == []
    assert through_boxes(boxes, connectors) == []


def test_lines_pass_titles_by() -> None:
    boxes = {"a": Rect(0, 0, 100, 60), "b": Rect(0, 400, 100, 60)}
    title = Rect(20, 200, 60, 16)
    plain = route(boxes, [Pair("a", "b")]).connectors[0]
    assert any(title.intersects(piece.grow(1)) for piece in pieces(plain.points))
    shy = route(boxes, [Pair("a", "b")], avoid=[title]).connectors[0]
    assert not any(title.intersects(piece.grow(1)) for piece in pieces(shy.points))


def test_lines_leave_towards_where_they_go() -> None:
    """Even from a crowded side: three columns, all from the first to the last."""
    boxes = {f"{c}{k}": Rect(300 * c, 110 * k, 150, 70) for c in range(3) for k in range(4)}
    pairs = [Pair(f"0{i}", f"2{k}") for i in range(4) for k in range(4)]
    for connector in route(boxes, pairs).connectors:
        source, target = boxes[connector.pair.source], boxes[connector.pair.target]
        assert connector.points[0].x > source.left
        assert connector.points[-1].x < target.right


@pytest.mark.parametrize(
    "boxes",
    [
        {"a": Rect(0, 0, 100, 60), "b": Rect(50, 30, 100, 60)},
        {"a": Rect(40, 20, 20, 20), "b": Rect(0, 0, 100, 60)},
        {"a": Rect(0, 0, 100, 60), "b": Rect(0, 0, 100, 60)},
        {"a": Rect(0, 0, 100, 60), "b": Rect(100, 0, 100, 60)},
        {"a": Rect(0, 0, 0, 0), "b": Rect(300, 0, 0, 0)},
        {"a": Rect(50, 50, 20, 20), "b": Rect(400, 0, 20, 20), "around a": Rect(0, 0, 200, 200)},
    ],
    ids=["overlapping", "inside", "same place", "touching", "no size", "source walled in"],
)
def test_impossible_places_still_give_a_line_and_a_label(boxes: dict[str, Rect]) -> None:
    (connector,) = route(boxes, [Pair("a", "b", LABEL)]).connectors
    assert len(connector.points) >= 2
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(connector.points))
    assert connector.label.size == LABEL


def test_nothing_to_route_is_no_error() -> None:
    assert route({}, []).connectors == ()
    assert route({"a": Rect(0, 0, 10, 10)}, []).connectors == ()


def test_a_missing_box_is_named() -> None:
    with pytest.raises(KeyError, match="ghost"):
        route({"a": Rect(0, 0, 10, 10)}, [Pair("a", "ghost")])


def test_beyond_the_threshold_lines_are_plain_but_complete() -> None:
    boxes = {f"n{k}": Rect(200 * (k % 9), 120 * (k // 9), 120, 60) for k in range(81)}
    names = list(boxes)
    pairs = [Pair(a, b) for a in names for b in names if a != b][: COARSE + 1]
    routes = route(boxes, pairs)
    assert len(routes.connectors) == COARSE + 1
    assert all(on_border(c.points[0], boxes[c.pair.source]) for c in routes.connectors)
    assert all(on_border(c.points[-1], boxes[c.pair.target]) for c in routes.connectors)


class TestReroute:
    def test_what_did_not_move_stays(self) -> None:
        boxes, pairs = SCENES["60 boxes"]
        before = route(boxes, pairs)
        moved = boxes | {"5.3": boxes["5.3"].moved(20, 10)}
        after = reroute(before, moved, pairs, {"5.3"})
        grown = moved["5.3"].grow(2)
        for old, new in zip(before.connectors, after.connectors, strict=True):
            touched = any(p.intersects(grown) or grown.contains(p.center) for p in pieces(old.points))
            if "5.3" not in (old.pair.source, old.pair.target) and not touched:
                assert new.points == old.points
        assert through_boxes(moved, after.connectors) == []
        for connector in after.connectors:
            assert on_border(connector.points[0], moved[connector.pair.source])
            assert on_border(connector.points[-1], moved[connector.pair.target])

    def test_a_box_dropped_on_a_line_pushes_it_away(self) -> None:
        boxes = {"a": Rect(0, 0, 100, 60), "b": Rect(500, 0, 100, 60), "c": Rect(250, 300, 100, 60)}
        pairs = [Pair("a", "b", LABEL)]
        before = route(boxes, pairs)
        dropped = boxes | {"c": Rect(250, 0, 100, 60)}
        after = reroute(before, dropped, pairs, {"c"})
        assert through_boxes(dropped, before.connectors)
        assert through_boxes(dropped, after.connectors) == []

    def test_where_too_much_would_go_anew_lines_stay_in_the_way(self) -> None:
        boxes = {"a": Rect(0, 0, 100, 60), "b": Rect(500, 0, 100, 60), "c": Rect(250, 300, 100, 60)}
        pairs = [Pair("a", "b", LABEL), Pair("c", "b", LABEL)]
        before = route(boxes, pairs)
        dropped = boxes | {"c": Rect(250, 0, 100, 60)}
        kept, own = reroute(before, dropped, pairs, {"c"}, most=1).connectors
        assert kept.points == before.connectors[0].points
        assert on_border(own.points[0], dropped["c"])
        assert reroute(before, dropped, pairs, {"c"}, most=2) == reroute(before, dropped, pairs, {"c"})

    def test_a_line_that_comes_finds_room_beside_those_that_stay(self) -> None:
        """All of them through one slot between two walls."""
        walls = {"upper": Rect(300, -300, 60, 300), "lower": Rect(300, 60, 60, 100)}
        boxes = walls | {f"a{k}": Rect(0, 80 * k - 60, 100, 60) for k in range(3)}
        boxes |= {f"b{k}": Rect(600, 80 * k - 60, 100, 60) for k in range(3)}
        pairs = [Pair(f"a{i}", f"b{k}") for i in range(3) for k in range(3)]
        before = route(boxes, pairs)
        after = reroute(before, boxes | {"c": Rect(0, 180, 100, 60)}, [*pairs, Pair("c", "b0")], ())
        assert after.connectors[:-1] == before.connectors
        assert runs_together(after.connectors, nearer_than=1) == []

    def test_what_is_known_of_lines_changes_nothing(self) -> None:
        boxes, pairs = SCENES["60 boxes"]
        before = route(boxes, pairs)
        bare = Routes(before.connectors, before.boxes)
        moved = boxes | {"5.3": boxes["5.3"].moved(-30, 20)}
        assert reroute(before, moved, pairs, ()) == reroute(bare, moved, pairs, ())
        fewer = [*pairs[40:], *pairs[:20]]
        assert reroute(before, moved, fewer, ()) == reroute(bare, moved, fewer, ())

    def test_a_line_laid_by_hand_comes_and_stays(self) -> None:
        boxes, pairs = SCENES["30 boxes"]
        before = route(boxes, pairs)
        line = before.connectors[7].points
        pairs = [*pairs[:7], Pair(pairs[7].source, pairs[7].target, LABEL, laid=line), *pairs[8:]]
        laid = reroute(before, boxes, pairs, ())
        far = next(name for name in boxes if name not in (pairs[7].source, pairs[7].target))
        after = reroute(laid, boxes | {far: boxes[far].moved(10, 10)}, pairs, ())
        assert line == laid.connectors[7].points == after.connectors[7].points

    def test_new_pairs_join_and_old_ones_go(self) -> None:
        before = route(TOUR, TOUR_PAIRS[:-1])
        after = reroute(before, TOUR, TOUR_PAIRS[1:], ())
        assert [c.pair for c in after.connectors] == TOUR_PAIRS[1:]
        assert after.connectors[0].points == before.connectors[1].points
        assert through_boxes(TOUR, after.connectors) == []

    def test_a_longer_label_gets_its_room(self) -> None:
        before = route(TOUR, TOUR_PAIRS)
        wide = [Pair(p.source, p.target, Size(90, 18)) for p in TOUR_PAIRS]
        after = reroute(before, TOUR, wide, ())
        assert [c.points for c in after.connectors] == [c.points for c in before.connectors]
        assert {c.label.size for c in after.connectors} == {Size(90, 18)}

    def test_lookup_by_ends(self) -> None:
        routes = route(TOUR, TOUR_PAIRS)
        found = routes.between("relay", "app")
        assert found is not None
        assert found.pair == TOUR_PAIRS[-1]
        assert routes.between("app", "web") is None


def test_the_tour_is_drawn_with_few_bends_and_crossings() -> None:
    """Budgets an eye would set for the picture every new user sees: 14 connectors between 11 boxes."""
    connectors = route(TOUR, TOUR_PAIRS).connectors
    assert sum(len(c.points) - 2 for c in connectors) <= 24
    assert crossings(connectors) <= 22
    assert Point(210, connectors[0].points[0].y) == connectors[0].points[0]
    assert len(connectors[0].points) == 2
