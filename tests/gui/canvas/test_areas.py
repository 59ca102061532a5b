"""Zones over zones: the one above hides the title below it, in every picture that the window paints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from gui.commands.pictures import image
from gui.window.window import Window
from model.derivation.derive import derive
from model.editing import edits
from model.picture.cards import zone_titles
from model.picture.drawing import draw
from model.shapes.geometry import Rect
from tests.gui.hands import drag


@pytest.fixture
def stacked(window: Window) -> Window:
    """A zone over the title of another one, at its natural size."""
    design, _ = edits.add_zone(window.document.blank(), "Hidden title", "vpc", (0, 0, 400, 300))
    design, _ = edits.add_zone(design, "Upper", "data-center", (-100, -80, 300, 200))
    window.document.open(design)
    return window


def title(window: Window) -> Rect:
    """Where the lower zone's title stands."""
    return zone_titles((window.document.design.zone_by_id["hidden-title"],), window.scene.look)[0]


def colours(picture: QImage, area: QRect) -> set[str]:
    return {
        picture.pixelColor(x, y).name()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }


def seen(window: Window) -> set[str]:
    """The colours on the canvas where the lower zone's title stands."""
    place = title(window)
    corner, other = (
        window.canvas.mapFromScene(place.left, place.top),
        window.canvas.mapFromScene(place.right, place.bottom),
    )
    return colours(window.canvas.viewport().grab().toImage(), QRect(corner, other))


def test_the_zone_above_hides_the_title_below_it_on_the_canvas(stacked: Window) -> None:
    fill = stacked.scene.look.theme.zone("data-center").fill
    assert seen(stacked) == {fill}
    stacked.selection.select(["hidden-title"])
    stacked.actions_by_id["bring_to_front"].trigger()
    assert len(seen(stacked)) > 5


def test_it_does_so_while_a_hand_moves_it(stacked: Window) -> None:
    drag(stacked.canvas, (-50, -65), (-50, 335), drop=False)
    assert len(seen(stacked)) > 5
    stacked.canvas.tool().cancel()
    assert seen(stacked) == {stacked.scene.look.theme.zone("data-center").fill}


def test_names_seen_from_afar_are_hidden_too(stacked: Window) -> None:
    stacked.canvas.zoom_to(0.4)
    assert seen(stacked) == {stacked.scene.look.theme.zone("data-center").fill}


def test_it_is_hidden_in_pictures_that_are_copied_and_printed(stacked: Window) -> None:
    look = stacked.scene.look
    drawing = draw(derive(stacked.document.design, stacked.document.catalog), look)
    made, place = image(drawing), title(stacked)
    scale = made.width() / drawing.bounds.width
    left, top = (place.left - drawing.bounds.x) * scale, (place.top - drawing.bounds.y) * scale
    area = QRect(round(left), round(top), round(place.width * scale), round(place.height * scale))
    assert colours(made, area) == {look.theme.zone("data-center").fill}
