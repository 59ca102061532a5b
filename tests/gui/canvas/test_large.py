"""Large designs: what is painted once, merged or left out for speed still shows what is there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion, qGray
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.canvas import bundles, moving, wires
from gui.canvas.bundles import bundled
from gui.canvas.detail import MARKED
from gui.window.window import Window
from model.editing.folding import set_collapsed
from model.shapes.geometry import Point, Rect
from tests.gui.hands import LEFT, NO_KEYS, at, click, drag, middle_of, wheel


def picture(window: Window) -> QImage:
    """What the canvas shows."""
    return window.canvas.viewport().grab().toImage()


def colour_at(window: Window, x: float, y: float) -> str:
    point = at(window.canvas, x, y)
    return picture(window).pixelColor(point).name()


@pytest.fixture
def rays(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every component had very many connectors."""
    monkeypatch.setattr(moving, "RAYS", 0)


def test_a_hub_follows_the_hand_over_what_stays(sample: Window, rays: None) -> None:
    x, y = middle_of(sample.canvas, "web-tier")
    before = picture(sample)
    sheet = QColor(sample.scene.look.theme.card).name()
    there = x + 10, y + 330
    assert colour_at(sample, *there) != sheet
    drag(sample.canvas, (x, y), there, drop=False)
    assert sample.scene.card_layer.lifted == {"web-tier"}
    left, top = x - sample.scene.cards["web-tier"].width / 2, y - sample.scene.cards["web-tier"].height / 2
    moved = sample.scene.card_items["web-tier"].position
    assert moved != Point(left, top)
    assert colour_at(sample, moved.x + 100, moved.y + 4) == sheet
    assert colour_at(sample, left + 100, top + 4) != sheet
    QTest.keyClick(sample.canvas, Qt.Key.Key_Escape)
    assert sample.scene.card_layer.lifted == frozenset()
    QTest.mouseRelease(sample.canvas.viewport(), LEFT, NO_KEYS, at(sample.canvas, *there))
    sample.selection.clear()
    assert picture(sample) == before


def test_a_hub_that_is_dropped_is_where_it_was_dropped(sample: Window, rays: None) -> None:
    x, y = middle_of(sample.canvas, "siem-1")
    before = sample.document.design.component_by_id["siem-1"].position
    drag(sample.canvas, (x, y), (x, y + 160))
    after = sample.document.design.component_by_id["siem-1"].position
    assert abs(after[1] - before[1] - 160) <= 10  # on the grid or a neighbour's line
    assert sample.scene.card_layer.lifted == frozenset()


def test_a_slow_canvas_zooms_as_a_copy_until_the_wheel_rests(
    sample: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = sample.canvas
    canvas.zoom_to(1.0)
    picture(sample)
    monkeypatch.setattr("gui.canvas.zooming.SLOW", 0.0)
    wheel(canvas, canvas.viewport().rect().center(), 120)
    assert canvas.zooming.active
    copied = picture(sample)
    qtbot.waitUntil(lambda: not canvas.zooming.active)
    sharp = picture(sample)
    assert copied != sharp
    size = sharp.size() / 8
    alike = [
        abs(one - other)
        for one, other in zip(_grey(copied.scaled(size)), _grey(sharp.scaled(size)), strict=True)
    ]
    assert sum(alike) / len(alike) < 8  # of 255: the same picture, not as sharp


def _grey(image: QImage) -> list[int]:
    return [qGray(image.pixel(x, y)) for x in range(image.width()) for y in range(image.height())]


class Painted(QObject):
    """Keeps what of a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def on_screen(window: Window) -> QImage:
    """The pixels of the canvas that are on the screen, however they came there."""
    corner = window.canvas.viewport().mapTo(window, QPoint(0, 0))
    size = window.canvas.viewport().size()
    grabbed = window.screen().grabWindow(window.winId(), corner.x(), corner.y(), size.width(), size.height())
    return grabbed.toImage()


def test_panning_paints_what_comes_into_sight_and_copies_the_rest(sample: Window) -> None:
    canvas = sample.canvas
    canvas.zoom_to(1.0)
    canvas.clearFocus()
    assert sample.reading.minimap.isVisible()
    QApplication.processEvents()
    painted = Painted(canvas.viewport())
    canvas.scroll_by(QPoint(30, 0))
    QApplication.processEvents()
    area = sum(rect.width() * rect.height() for rect in _rects(painted.region))
    assert 30 * canvas.height() <= area < canvas.width() * canvas.height() / 4
    copied = on_screen(sample)
    canvas.viewport().repaint()
    assert on_screen(sample) == copied


def _rects(region: QRegion) -> list[QRect]:
    return list(cast("Iterable[QRect]", region))  # the stubs do not know that it can be gone over


def test_from_afar_blocks_lie_where_their_cards_do_with_their_rings(sample: Window) -> None:
    canvas, scene = sample.canvas, sample.scene
    canvas.zoom_to(MARKED - 0.01)
    scene.far_names.hide()  # they lie over some of the cards
    tile = scene.look.theme.tile("protected-hosts")
    frame = scene.cards["web-tier"]
    assert colour_at(sample, frame.center.x, frame.center.y) == QColor(tile).name()
    sample.selection.select(["web-tier"])
    canvas.viewport().repaint()
    around = picture(sample)
    spot = at(canvas, frame.center.x, frame.center.y)
    near = {around.pixelColor(spot.x(), spot.y() + up).name() for up in range(-8, 9)}
    assert QColor(scene.look.theme.accent).name() in near
    drag(canvas, (frame.center.x, frame.center.y), (frame.center.x + 2500, frame.center.y), drop=False)
    moved = scene.card_items["web-tier"].frame.center
    assert colour_at(sample, moved.x, moved.y) == QColor(tile).name()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_connectors_are_merged_by_zone_and_style(sample: Window) -> None:
    design = sample.document.design
    zone = {each.id: each.zone for each in design.components}
    shown = sample.scene.wires.pairs.values()
    found = bundled([(each.wire, each.style) for each in shown], design)
    across = [each for each in shown if zone[each.pair[0]] != zone[each.pair[1]]]
    assert sum(bundle.count for bundle in found) == len(across)
    expected = {(zone[each.pair[0]], zone[each.pair[1]], each.style) for each in across}
    assert len(found) == len(expected)
    frames = [each.rect for each in design.zones]
    for bundle in found:
        ends = (bundle.line[0], bundle.line[-1])
        assert all(any(_on_border(end, frame) for frame in frames) for end in ends)


def _on_border(point: Point, frame: Rect) -> bool:
    near = frame.grow(1).contains(point)
    return near and not frame.inset(1).contains(point)


def test_far_away_a_merged_connector_is_a_line_between_zones(
    sample: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.canvas.wires.MANY", 0)
    wires = sample.scene.wires
    assert not wires.merged_at(bundles.MERGED_BELOW)
    sample.canvas.zoom_to(0.2)
    assert wires.merged_at(sample.canvas.scale_now())
    far = picture(sample)
    colours = {far.pixelColor(x, y).name() for x in range(far.width()) for y in range(far.height())}
    drawn = {QColor(each.style.colour).name() for each in wires.pairs.values()}
    assert drawn & colours


@pytest.fixture
def far(sample: Window, monkeypatch: pytest.MonkeyPatch) -> Window:
    """As if there were very many connectors, seen from so far that they are merged."""
    monkeypatch.setattr("gui.canvas.wires.MANY", 0)
    sample.canvas.zoom_to(0.2)
    return sample


def spot_on(window: Window, bundle: bundles.Bundle) -> QPointF:
    """A point of a merged connector where nothing else of its kind and no card is."""
    scene = window.scene
    for a, b in pairwise(bundle.line_at(0.2)):
        for share in (0.5, 0.3, 0.7, 0.1, 0.9):
            point = QPointF(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
            if scene.card_at(point) is None and scene.wires.hit(point, 0.2) is bundle:
                return point
    raise AssertionError(f"{bundle.ends} lies under others everywhere")


def test_a_hand_takes_hold_of_what_is_drawn_from_far_away(far: Window) -> None:
    wires, selection = far.scene.wires, far.selection
    bundle = max(wires.bundles, key=lambda each: each.count)
    assert bundle.count > 1
    spot = spot_on(far, bundle)
    said = far.reading.hover.said_at(spot)
    zones = far.document.design.zone_by_id
    assert said is not None
    assert said.title == " → ".join(zones[end].name for end in bundle.ends)
    assert said.what == f"{bundle.count} connectors, shown as one from here"
    click(far.canvas, spot.x(), spot.y())
    assert selection.pairs == set(bundle.pairs)
    assert wires._lit == selection.pairs
    drag(far.canvas, (spot.x(), spot.y()), (spot.x() + 300, spot.y() + 300))
    assert far.document.design.courses == ()


def test_merged_connectors_between_the_same_zones_lie_beside_each_other(far: Window) -> None:
    found = far.scene.wires.bundles
    twice = [(a, b) for k, a in enumerate(found) for b in found[k + 1 :] if set(a.ends) == set(b.ends)]
    assert twice  # management and updates, for one
    for a, b in twice:
        assert not set(a.line_at(0.2)) & set(b.line_at(0.2))


def test_a_hand_does_not_find_what_is_not_drawn(far: Window) -> None:
    wires = far.scene.wires
    hidden = [
        QPointF((a.x + b.x) / 2, (a.y + b.y) / 2)
        for each in wires.pairs.values()
        for a, b in pairwise(each.wire.points)
    ]
    lonely = [spot for spot in hidden if wires.hit(spot, 0.2) is None]
    assert lonely  # there are connectors that no merged one runs along
    assert all(wires.hit(spot, 1.0) is not None for spot in lonely)
    click(far.canvas, lonely[0].x(), lonely[0].y())
    assert not far.selection.pairs
    assert far.selection.pair is None


def test_merged_connectors_end_at_the_node_of_a_collapsed_zone(far: Window) -> None:
    zone = "data-centre-richmond"
    far.document.edit("Collapse", lambda design: set_collapsed(design, [zone], True))
    node = far.scene.cards[zone]
    found = [bundle for bundle in far.scene.wires.bundles if zone in bundle.ends]
    assert found
    for bundle in found:
        end = bundle.line[0] if bundle.ends[0] == zone else bundle.line[-1]
        assert _on_border(end, node)


def test_what_may_wait_follows_the_first_paint(window: Window, qtbot: QtBot) -> None:
    called: list[str] = []
    window.afterwards.hold()
    window.afterwards.call(lambda: called.append("later"))
    assert called == []
    window.canvas.viewport().repaint()
    qtbot.waitUntil(lambda: called == ["later"])
    window.afterwards.call(lambda: called.append("at once"))
    assert called == ["later", "at once"]


def test_lines_nothing_marks_step_back_where_there_are_very_many(
    sample: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.canvas.zoom_to(1.0)
    start, end = sample.scene.wires.pairs["dcgw-1", "vcenter-1"].wire.points
    x, y = start.x, start.y + (end.y - start.y) / 8
    sample.canvas.centerOn(x, y)

    def darkest() -> int:
        here, shown = at(sample.canvas, x, y), picture(sample)
        return min(
            qGray(shown.pixel(here.x() + dx, here.y() + dy)) for dx in (-1, 0, 1) for dy in range(-9, 9)
        )

    for theme, steps_back in (("light", True), ("contrast", False)):
        sample.actions_by_id[f"theme_{theme}"].trigger()
        alone = darkest()
        with monkeypatch.context() as patched:
            patched.setattr(wires, "_MASS", 1)
            assert (darkest() > alone + 40) is steps_back
            sample.selection.select(["dcgw-1"])
            assert darkest() <= alone + 5, "those of what is selected do not"
        sample.selection.clear()
