"""Connectors follow what a hand moves: they run where they will once it lets go, and go back where it gives up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.canvas.routes import IN_STEP
from gui.window.window import Window
from model.editing import edits
from model.shapes.geometry import Point, Rect
from tests.gui.hands import LEFT, NO_KEYS, at, drag, middle_of

Picture = dict[tuple[str, str], tuple[tuple[Point, ...], Rect]]


def picture(window: Window) -> Picture:
    """Where every connector runs and where its label lies."""
    return {pair: (each.wire.points, each.wire.label) for pair, each in window.scene.wires.pairs.items()}


def release(window: Window, x: float, y: float) -> None:
    QTest.mouseRelease(window.canvas.viewport(), LEFT, NO_KEYS, at(window.canvas, x, y))


@pytest.mark.parametrize("held", ["relay-1", "siem-1", "corp-ad"])
@pytest.mark.parametrize("way", [(60, 40), (-90, 130), (300, 10)])
def test_nothing_jumps_where_a_card_is_let_go(sample: Window, held: str, way: tuple[int, int]) -> None:
    sample.canvas.fit()
    before = picture(sample)
    x, y = middle_of(sample.canvas, held)
    drag(sample.canvas, (x, y), (x + way[0], y + way[1]), drop=False)
    held_there = picture(sample)
    touched = {pair for pair in before if held in pair}
    assert touched
    assert all(held_there[pair] != before[pair] for pair in touched)
    release(sample, x + way[0], y + way[1])
    assert sample.document.stack.undoText() == "Move"
    assert picture(sample) == held_there


def test_nothing_jumps_where_a_zone_is_let_go(sample: Window) -> None:
    sample.canvas.fit()
    zone = next(zone for zone in sample.scene.zones if zone.parent is None)
    x, y = zone.rect.x + 30, zone.rect.y + 14
    drag(sample.canvas, (x, y), (x - 80, y - 60), drop=False)
    held_there = picture(sample)
    release(sample, x - 80, y - 60)
    assert sample.document.design.zone_by_id[zone.id].rect != zone.rect
    assert picture(sample) == held_there


def test_a_bent_connector_follows_as_it_will_stay(window: Window) -> None:
    window.placement.place_at("agent", 100, 100)
    window.placement.place_at("relay", 700, 100)
    window.canvas.fit()
    a, b = window.scene.wires.pairs["agent", "relay"].wire.points
    x = a.x + (b.x - a.x) / 6
    drag(window.canvas, (x, a.y), (x, a.y + 150))
    assert window.document.design.courses
    x, y = middle_of(window.canvas, "agent")
    drag(window.canvas, (x, y), (x - 30, y + 40), drop=False)
    held_there = picture(window)
    assert len(held_there["agent", "relay"][0]) == 6
    release(window, x - 30, y + 40)
    assert picture(window) == held_there


def test_giving_up_puts_connectors_back(sample: Window) -> None:
    before = picture(sample)
    x, y = middle_of(sample.canvas, "relay-1")
    drag(sample.canvas, (x, y), (x + 70, y + 90), drop=False)
    assert picture(sample) != before
    QTest.keyClick(sample.canvas, Qt.Key.Key_Escape)
    assert picture(sample) == before
    release(sample, x + 70, y + 90)
    assert picture(sample) == before


def test_too_many_connectors_to_follow_are_sketched(window: Window) -> None:
    design = window.document.blank()
    for number in range(IN_STEP + 1):
        design, _ = edits.place(design, "agent", f"agent {number}", (number % 8 * 260, number // 8 * 160))
    design, relay = edits.place(design, "relay", "relay", (2400, 0))
    window.document.open(design)
    window.canvas.fit()
    before = picture(window)
    x, y = middle_of(window.canvas, relay)
    drag(window.canvas, (x, y), (x + 100, y + 200), drop=False)
    assert picture(window) == before
    assert window.scene.wires.visible() == []
    release(window, x + 100, y + 200)
    assert picture(window) != before
