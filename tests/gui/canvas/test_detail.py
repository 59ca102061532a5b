"""Level of detail: from no distance is anything drawn that is too small to be read, or cut off by its card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.canvas.detail import NAMED, from_afar, step_of
from gui.canvas.paint import READABLE
from gui.style.looks import text_measure
from gui.window.window import Window
from model.design.elements import Component
from model.editing import edits
from model.picture.cards import card_with
from model.shapes.geometry import Point
from model.shapes.primitives import Box, IconMark, Text

LEGIBLE = 7.5
"""Screen pixels: smaller letters are a smear."""

NAMES = (
    "a",
    "web-tier",
    "Smart Protection Network",
    "境界ネットワーク用の中継サーバー（予備系）",
    "x" * 120,
    "a b c d e f g h",
)


@pytest.mark.parametrize("scale", [0.499, 0.45, 0.4, 0.35, 0.301])
@pytest.mark.parametrize("name", NAMES)
def test_names_are_legible_and_stay_on_their_card(window: Window, name: str, scale: float) -> None:
    component = Component(id="c", kind="agent", name=name)
    card = card_with(component, ("one line", "another"), window.scene.look)
    measure = text_measure()
    sheet, *rest = from_afar(card.items, step_of(scale), measure)
    assert isinstance(sheet, Box)
    texts = [item for item in rest if isinstance(item, Text)]
    assert texts
    for text in texts:
        assert text.size * scale >= LEGIBLE
        assert sheet.rect.left < text.x
        assert text.x + measure.width(text.text, text.size, bold=True) <= sheet.rect.right
        assert sheet.rect.top <= text.y - text.size * 0.8
        assert text.y + text.size * 0.2 <= sheet.rect.bottom
    shown = "".join(text.text for text in texts).replace(" ", "")
    assert shown == name.replace(" ", "") or shown.endswith("…")
    assert name.replace(" ", "").startswith(shown.rstrip("…"))


def test_farther_away_cards_are_blocks_of_their_colour(window: Window) -> None:
    card = card_with(Component(id="c", kind="relay", name="r"), ("line",), window.scene.look)
    items = from_afar(card.items, step_of(NAMED - 0.01), text_measure())
    assert [type(item) for item in items] == [Box, IconMark]
    assert isinstance(items[0], Box)
    assert items[0].fill == window.scene.look.theme.tile("protected-hosts")


def painted(window: Window, scale: float) -> QImage:
    area = window.scene.content().adjusted(-400, -400, 400, 400)
    image = QImage(round(area.width() * scale), round(area.height() * scale), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    window.scene.render(painter, QRectF(image.rect()), area)
    painter.end()
    return image


def test_the_canvas_changes_at_these_scales(sample: Window) -> None:
    area = sample.scene.content().adjusted(-400, -400, 400, 400)
    frame = sample.scene.cards["web-tier"]
    tile = QColor(sample.scene.look.theme.tile("protected-hosts"))
    for scale, block in ((READABLE + 0.02, False), (READABLE - 0.02, False), (NAMED - 0.02, True)):
        image = painted(sample, scale)
        # Near the lower right corner of the card no icon and no name is.
        x, y = frame.right - 12 - area.x(), frame.bottom - 8 - area.y()
        seen = image.pixelColor(round(x * scale), round(y * scale))
        assert (seen == tile) is block, (scale, seen.name())


def test_zones_are_named_from_any_distance(sample: Window) -> None:
    design = sample.document.design
    before = {scale: painted(sample, scale) for scale in (0.6, 0.4, 0.2, 0.1)}
    outermost = next(zone for zone in design.zones if zone.parent is None)
    sample.document.edit("Rename", lambda d: edits.rename(d, outermost.id, "Elsewhere"))
    for scale, image in before.items():
        assert painted(sample, scale) != image, scale


def test_lines_run_behind_the_names_in_the_heads_of_zones(sample: Window) -> None:
    measure = text_measure()
    for size in (22, 30, 40):
        items = list(sample.scene.far_names._heads(size))
        plates, names = items[::2], items[1::2]
        assert len(names) == len(sample.scene.zones)
        for zone, plate, name in zip(sample.scene.zones, plates, names, strict=True):
            assert isinstance(plate, Box)
            assert isinstance(name, Text)
            assert plate.fill == sample.scene.look.theme.zone(zone.kind).fill
            assert zone.rect.contains(plate.rect)
            assert plate.rect.left < name.x
            assert name.x + measure.width(name.text, name.size, bold=True) < plate.rect.right
            assert plate.rect.top <= name.y - name.size * 0.8
            assert name.y + name.size * 0.2 <= plate.rect.bottom


def test_names_from_afar_never_lie_on_each_other(window: Window) -> None:
    design = window.document.blank()
    for row in range(6):
        for column in range(6):
            design, _ = edits.add_zone(
                design, f"VPC {row}{column}", "vpc", (column * 1200, row * 1000, 1100, 860)
            )
    window.document.open(design)
    for size in (60, 200, 500):
        plates = [each.rect for each in window.scene.far_names._across(size) if isinstance(each, Box)]
        assert plates
        assert not any(a.intersects(b) for k, a in enumerate(plates) for b in plates[k + 1 :])
    assert len([each for each in window.scene.far_names._across(60) if isinstance(each, Text)]) == 36


def test_a_name_that_finds_no_room_above_its_zone_goes_below(window: Window) -> None:
    design, _ = edits.add_zone(window.document.blank(), "Servers", "data-center", (0, 0, 300, 1700))
    design, _ = edits.add_zone(design, "Internet", "internet", (340, 0, 320, 700))
    window.document.open(design)
    names = {each.text: each.y for each in window.scene.far_names._across(200) if isinstance(each, Text)}
    assert abs(names["Servers"]) < 200
    assert abs(names["Internet"] - 700) < 200


def test_names_on_the_edges_are_seen_when_everything_is(window: Window) -> None:
    design, _ = edits.add_zone(window.document.blank(), "Main", "vpc", (0, 0, 2_000, 20_000))
    window.document.open(design)
    window.canvas.fit()
    size = round(12 / window.canvas.scale_now())
    (plate,) = [each.rect for each in window.scene.far_names._across(size) if isinstance(each, Box)]
    assert window.canvas.seen().contains(Point(plate.center.x, plate.top))
