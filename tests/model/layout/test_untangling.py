"""Two lines at one side of a box change places in both directions at once, where they fit and less crosses then."""

from __future__ import annotations

from model.layout.standing import Standing
from model.layout.untangling import untangle
from model.layout.wires import Wire
from model.shapes.geometry import Point

ALONE = Standing({})


def tangled() -> list[Wire]:
    """Both leave box 0 to the right and turn down; the nearer one goes less far, so they cross once."""
    return [
        Wire(0, 1, 0, [20.0, 10.0, 80.0], 0.0, 100.0),
        Wire(0, 2, 0, [10.0, 30.0, 200.0], 0.0, 100.0),
    ]


def test_ports_and_turns_change_places_together() -> None:
    wires = tangled()
    untangle(wires, ALONE, lambda number, piece, place: True)
    assert [wire.at for wire in wires] == [[10.0, 30.0, 80.0], [20.0, 10.0, 200.0]]


def test_the_same_where_they_enter() -> None:
    wires = [
        Wire(1, 0, 0, [80.0, 10.0, 20.0], 100.0, 0.0),
        Wire(2, 0, 0, [200.0, 30.0, 10.0], 100.0, 0.0),
    ]
    untangle(wires, ALONE, lambda number, piece, place: True)
    assert [wire.at for wire in wires] == [[80.0, 30.0, 10.0], [200.0, 10.0, 20.0]]


def test_nothing_moves_where_it_does_not_fit() -> None:
    wires = tangled()
    untangle(wires, ALONE, lambda number, piece, place: piece != 1)
    assert wires == tangled()


def test_nothing_moves_where_others_would_cross_more() -> None:
    """Two level lines lie where the longer one would turn down then, and not where it does now."""
    others = [Wire(k, k + 1, 0, [height], 5.0, 20.0) for k, height in ((3, 100.0), (5, 120.0))]
    wires = [*tangled(), *others]
    before = [list(wire.at) for wire in wires]
    untangle(wires, ALONE, lambda number, piece, place: True)
    assert [wire.at for wire in wires] == before


def test_what_stands_counts_as_well() -> None:
    """The same two lines, standing."""
    standing = Standing({k: (Point(5, y), Point(20, y)) for k, y in ((0, 100), (1, 120))})
    wires = tangled()
    untangle(wires, standing, lambda number, piece, place: True)
    assert wires == tangled()
