"""The canvas with thousands of components: repaint, pan, fit, and a hub dragged, beside painting the same by hand.

The floor is QPainter on a QImage with only what is in the picture, made ready and sorted out before the clock starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from tests.bench.toggle import large_window

if TYPE_CHECKING:
    from gui.canvas.moving import Move
    from gui.window.window import Window

HUB = "server-0"
WIDTH, HEIGHT = 1600, 1000


@dataclass(frozen=True, slots=True)
class CanvasTimes:
    """CPU milliseconds, medians. `floor`: the same picture at 100 % from what is made ready; `blit`: a scaled copy."""

    components: int
    connectors: int
    repaint: float
    floor: float
    pan: float
    fit: float
    fit_floor: float
    drag: float
    drag_floor: float
    zoom: float
    blit: float


def canvas_times(components: int) -> CanvasTimes:
    """All figures of one design; see `large_design`."""
    with large_window(components) as window:
        from PySide6.QtWidgets import QApplication

        canvas = window.canvas
        # All of it must lie in the window: what is outside is not painted.
        canvas.setFixedSize(WIDTH, HEIGHT)
        window.resize(WIDTH + 700, HEIGHT + 500)
        QApplication.processEvents()
        assert canvas.viewport().visibleRegion().boundingRect().width() == WIDTH
        window.scene.routes.wait()
        canvas.fit()
        QApplication.processEvents()
        fit, fit_floor = _repaint(window), _floor(window)
        canvas.zoom_to(1.0)
        canvas.centerOn(600, 500)
        QApplication.processEvents()
        repaint, floor, blit = _repaint(window), _floor(window), _blit(window)
        pan = _pan(window)
        connectors = len(window.scene.wires.pairs)
        return CanvasTimes(
            components, connectors, repaint, floor, pan, fit, fit_floor, *_drag(window), _zoom(window), blit
        )


def _timed(act: Callable[[int], object], rounds: int = 9) -> float:
    times = []
    for number in range(rounds):
        begin = process_time()
        act(number)
        times.append((process_time() - begin) * 1000)
    return median(times)


def _repaint(window: Window) -> float:
    viewport = window.canvas.viewport()

    def act(number: int) -> None:
        viewport.update()
        viewport.repaint()

    return _timed(act)


def _pan(window: Window) -> float:
    from PySide6.QtWidgets import QApplication

    bar = window.canvas.horizontalScrollBar()

    def act(number: int) -> None:
        bar.setValue(bar.value() + 37)
        QApplication.processEvents()

    return _timed(act)


def _drag(window: Window) -> tuple[float, float]:
    """A hub following the hand, and the floor of the same picture with the hub at rest."""
    from PySide6.QtWidgets import QApplication

    from gui.canvas.moving import Move

    window.selection.select([HUB])
    window.canvas.reveal(frozenset([HUB]))
    QApplication.processEvents()
    floor = _floor(window)
    move: Move = Move(window.canvas._hand)
    viewport = window.canvas.viewport()
    move.to(1, 1, False)
    viewport.repaint()

    def act(number: int) -> None:
        move.to(number * 11, number * 7, False)
        viewport.repaint()

    took = _timed(act)
    move.abandon()
    return took, floor


def _zoom(window: Window) -> float:
    """A frame while the wheel turns, where connectors are so dense that painting is slow."""
    canvas = window.canvas
    canvas.centerOn(2400, canvas.sceneRect().center().y())
    canvas.viewport().repaint()
    canvas.zooming.begin()

    def act(number: int) -> None:
        canvas.zoom_by(1.1 if number % 2 else 1 / 1.1)
        canvas.viewport().repaint()

    took = _timed(act)
    canvas.zooming.end()
    return took


def _floor(window: Window) -> float:
    """Painting every card and connector in the picture, found and made ready beforehand."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QImage, QPainter

    from gui.canvas.paint import qrect

    canvas, scene = window.canvas, window.scene
    seen, scale = canvas.seen(), canvas.scale_now()
    wires = [each for each in scene.wires.pairs.values() if any(a.intersects(seen) for a in each.areas)]
    cards = [card for card in scene.card_items.values() if card.frame.intersects(seen)]
    zones = [zone.rect for zone in scene.zones if zone.rect.intersects(seen)]
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    ground = QColor(scene.look.theme.canvas)

    def act(number: int) -> None:
        image.fill(ground)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(canvas.viewportTransform())
        for rect in zones:
            painter.drawRoundedRect(qrect(rect), 10, 10)
        for wire in wires:
            painter.setPen(wire.stroke)
            painter.drawPolyline(wire.corners)
        for card in cards:
            at = QPointF(card.frame.x, card.frame.y)
            painter.translate(at)
            card.picture.paint(painter, scale)
            painter.translate(-at)
        for wire in wires:
            if scale >= 0.4:
                scene.wires.label(wire).paint(painter, scale)
        painter.end()

    act(0)
    return _timed(act)


def _blit(window: Window) -> float:
    """Copying a whole frame, a little larger."""
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage, QPainter

    frame = window.canvas.viewport().grab().toImage()
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    took = _timed(lambda number: painter.drawImage(QRect(-40, -30, WIDTH + 80, HEIGHT + 60), frame))
    painter.end()
    return took


def main() -> None:
    """Print the figures for 1,000 and 5,000 components."""
    for components in (1_000, 5_000):
        t = canvas_times(components)
        print(f"canvas, {t.components:,} components, {t.connectors:,} connectors:", end=" ")
        print(f"repaint {t.repaint:.1f} ms, {t.repaint / t.floor:.2f} × floor (target ≤ 1.25);", end=" ")
        print(f"pan {t.pan:.1f} ms, {t.pan / t.floor:.2f} × (target ≤ 1.25);", end=" ")
        print(f"whole design {t.fit:.1f} ms, {t.fit / t.fit_floor:.2f} × (target ≤ 0.25);", end=" ")
        print(f"hub dragged {t.drag:.1f} ms, {t.drag / t.drag_floor:.2f} × floor (target ≤ 1.2),", end=" ")
        print(f"a zoomed frame {t.zoom:.1f} ms, {t.zoom / t.blit:.1f} × a scaled copy (target ≤ 3)")


if __name__ == "__main__":
    main()
