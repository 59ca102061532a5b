"""Zones and components are placed without overlaps, with room for connectors, from left to right."""

from __future__ import annotations

import math
import random
from itertools import combinations

import pytest

from model.layout import Area, Arrangement, Node, arrange, fit_zones, ordering
from model.layout.columns import ranks
from model.shapes.geometry import Point, Rect, Size

CARD = Size(170, 70)
ZONES = [Area("vpc"), Area("onprem"), Area("shared"), Area("internet", rank="right")]
NODES = [
    Node(name, CARD, zone)
    for zone, names in {
        "vpc": ["web", "app", "relay"],
        "onprem": ["sps", "dcgw"],
        "shared": ["siem", "ad"],
        "internet": ["ws", "updates", "spn", "download"],
    }.items()
    for name in names
]
EDGES = [
    (source, target, 1.0)
    for source, target in [
        ("web", "relay"),
        ("app", "relay"),
        ("web", "ws"),
        ("relay", "updates"),
        ("app", "sps"),
        ("dcgw", "ws"),
        ("dcgw", "ad"),
        ("ws", "siem"),
    ]
]


def generated(
    seed: int, zones: int, components: int
) -> tuple[list[Node], list[Area], list[tuple[str, str, float]]]:
    """Nested zones, components in and outside them, and three edges per component."""
    chance = random.Random(seed)
    areas = [Area("internet", rank="right")]
    for k in range(zones):
        areas.append(Area(f"z{k}", chance.choice([None, None, *[a.id for a in areas[1:]]])))
    homes = [None, *[a.id for a in areas]]
    nodes = [
        Node(f"c{k}", Size(chance.randrange(120, 220), chance.randrange(50, 90)), chance.choice(homes))
        for k in range(components)
    ]
    edges = []
    for _ in range(3 * components):
        source, target = chance.sample(nodes, 2)
        edges.append((source.id, target.id, chance.choice([1.0, 2.0])))
    return nodes, areas, edges


def inside(zone: str | None, zones: dict[str, Area]) -> set[str]:
    """A zone and all zones around it."""
    around: set[str] = set()
    while zone is not None:
        around.add(zone)
        zone = zones[zone].parent
    return around


def cards(nodes: list[Node], result: Arrangement) -> dict[str, Rect]:
    return {
        n.id: Rect(result.positions[n.id].x, result.positions[n.id].y, n.size.width, n.size.height)
        for n in nodes
    }


SCENES = {
    "tour": (NODES, ZONES, EDGES),
    "12": generated(1, 3, 12),
    "40": generated(2, 6, 40),
    "100": generated(3, 9, 100),
    "no zones": (
        [Node(f"n{k}", CARD) for k in range(30)],
        [],
        [(f"n{k}", f"n{k // 2}", 1.0) for k in range(1, 30)],
    ),
}


@pytest.fixture(params=SCENES)
def scene(request: pytest.FixtureRequest) -> tuple[list[Node], dict[str, Area], Arrangement]:
    nodes, zones, edges = SCENES[request.param]
    return nodes, {zone.id: zone for zone in zones}, arrange(nodes, zones, edges)


Scene = tuple[list[Node], dict[str, Area], Arrangement]


def test_everything_has_a_place_on_the_grid(scene: Scene) -> None:
    nodes, zones, result = scene
    assert set(result.positions) == {n.id for n in nodes}
    assert set(result.frames) == set(zones)
    assert all(p.x % 10 == 0 and p.y % 10 == 0 for p in result.positions.values())


def test_components_lie_in_their_zone_below_its_header_and_in_no_other(scene: Scene) -> None:
    nodes, zones, result = scene
    for node in nodes:
        card = cards([node], result)[node.id]
        own = inside(node.zone, zones)
        for name, frame in result.frames.items():
            if name in own:
                pad, head = zones[name].padding, zones[name].header
                room = Rect(frame.x + pad, frame.y + head, frame.width - 2 * pad, frame.height - head - pad)
                assert room.contains(card), (node, name)
            else:
                assert not frame.intersects(card), (node, name)


def test_zones_nest_or_stay_apart(scene: Scene) -> None:
    _, zones, result = scene
    for one, other in combinations(zones, 2):
        a, b = result.frames[one], result.frames[other]
        if one in inside(other, zones):
            assert a.contains(b)
        elif other in inside(one, zones):
            assert b.contains(a)
        else:
            assert not a.grow(20).intersects(b.grow(20)), (one, other)


def test_zones_are_as_wide_as_their_titles() -> None:
    zones = [Area("outer", title=700.0), Area("inner", "outer", title=330.0)]
    frames = arrange([Node("a", CARD, "inner")], zones, []).frames
    assert frames["outer"].width == 700
    assert frames["inner"].width == 330


def test_there_is_room_for_connectors_between_components(scene: Scene) -> None:
    nodes, _, result = scene
    for a, b in combinations(cards(nodes, result).values(), 2):
        across = max(a.left, b.left) - min(a.right, b.right)
        down = max(a.top, b.top) - min(a.bottom, b.bottom)
        assert across >= 60 or down >= 40, (a, b)


@pytest.mark.parametrize(
    "scene",
    [name for name, (_, zones, _) in SCENES.items() if "internet" in {z.id for z in zones}],
    indirect=True,
)
def test_the_internet_is_at_the_right_in_one_column(scene: Scene) -> None:
    nodes, _, result = scene
    frame = result.frames["internet"]
    assert all(frame.right >= other.right for other in result.frames.values())
    assert all(p.x < frame.left for n in nodes if n.zone != "internet" for p in [result.positions[n.id]])
    services = [
        r for name, r in cards(nodes, result).items() if name in {n.id for n in nodes if n.zone == "internet"}
    ]
    assert all(a.top >= b.bottom or b.top >= a.bottom for a, b in combinations(services, 2))


def test_the_same_input_gives_the_same_arrangement() -> None:
    assert arrange(*SCENES["40"]) == arrange(*SCENES["40"])


def test_flows_run_from_left_to_right() -> None:
    result = arrange(NODES, ZONES, EDGES)
    assert result.positions["web"].x < result.positions["relay"].x < result.positions["updates"].x


def test_a_picture_is_wider_than_high_but_not_a_ribbon() -> None:
    frames = arrange(NODES, ZONES, EDGES).frames.values()
    width = max(f.right for f in frames) - min(f.left for f in frames)
    height = max(f.bottom for f in frames) - min(f.top for f in frames)
    assert 1.0 <= width / height <= 2.6


def test_zones_of_a_circle_and_strangers_are_taken_in() -> None:
    result = arrange(
        [Node("a", CARD, "one"), Node("b", CARD, "nowhere")],
        [Area("one", "two"), Area("two", "one"), Area("empty")],
        [("a", "b", 1.0), ("a", "ghost", 1.0), ("a", "a", 1.0)],
    )
    assert set(result.positions) == {"a", "b"}
    assert set(result.frames) == {"one", "two", "empty"}
    assert result.frames["one"].contains(result.positions["a"])


def test_nothing_is_arranged_to_nothing() -> None:
    assert arrange([], [], []) == Arrangement({}, {})


def test_the_drawing_begins_at_the_origin_asked_for() -> None:
    result = arrange(NODES, ZONES, EDGES, origin=Point(500, -200))
    assert min(f.left for f in result.frames.values()) == 500
    assert min(f.top for f in result.frames.values()) == -200


class TestFitZones:
    ZONES = (Area("out", header=40, padding=30), Area("in", "out", header=30, padding=20))

    def test_frames_grow_to_hold_content_and_inner_zones(self) -> None:
        frames = {"out": Rect(0, 0, 200, 200), "in": Rect(20, 50, 100, 100)}
        fitted = fit_zones(self.ZONES, frames, {"card": ("in", Rect(150, 160, 100, 60))})
        assert fitted["in"] == Rect(20, 50, 250, 190)
        assert fitted["out"] == Rect(-10, 0, 310, 270)

    def test_frames_with_room_stay(self) -> None:
        frames = {"out": Rect(0, 0, 900, 900), "in": Rect(100, 100, 500, 500)}
        assert fit_zones(self.ZONES, frames, {"card": ("in", Rect(200, 200, 100, 60))}) == frames

    def test_zones_without_frames_get_the_smallest(self) -> None:
        fitted = fit_zones(self.ZONES, {}, {"card": ("in", Rect(200, 200, 100, 60))})
        assert fitted["in"] == Rect(180, 170, 140, 110)
        assert fitted["out"] == Rect(150, 130, 200, 180)


def test_ranks_follow_the_longest_way_and_survive_circles() -> None:
    assert ranks(4, {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 1.0}) == [0, 1, 2, 0]
    assert ranks(2, {(0, 1): 2.0, (1, 0): 1.0}) == [0, 1]
    assert ranks(2, {(0, 1): 1.0, (1, 0): 2.0}) == [1, 0]


@pytest.mark.parametrize("seed", [4, 48, 113])
def test_it_does_not_depend_on_how_a_python_adds_floats(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    nodes, areas, edges = generated(seed, 4, 22)
    chance = random.Random(seed)
    weighed = [(source, target, chance.choice([0.2, 0.2, 1.0, 2.0, 3.0])) for source, target, _ in edges]
    usual = arrange(nodes, areas, weighed)
    monkeypatch.setattr(ordering, "sum", math.fsum, raising=False)
    assert arrange(nodes, areas, weighed) == usual
