"""Themes: styles for all there is, and colours that can be read on each other."""

from __future__ import annotations

import pytest

from model.catalog.catalog import Catalog
from model.design.elements import Zone
from tests.model.picture.test_drawing import theme

THEMES = ("light", "dark", "paper")


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_styles_all_that_the_catalog_and_the_model_know(catalog: Catalog, name: str) -> None:
    style = theme(name)
    assert style.id == name
    assert {group.id for group in catalog.groups} <= set(style.tiles)
    assert {purpose.id for purpose in catalog.purposes} <= set(style.purposes)
    assert set(Zone.model_fields["kind"].annotation.__args__) <= set(style.zones)  # type: ignore[union-attr] # a Literal
    assert {"added", "removed", "changed"} == set(style.changes)
    assert len({(each.colour, each.dash) for each in style.purposes.values()}) >= len(catalog.purposes)
    assert len({each.dash for each in style.changes.values()}) == 3, "told apart without colour"


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_texts_and_marks_stand_out_from_their_grounds(name: str) -> None:
    style = theme(name)
    for ground in (style.card, style.canvas):
        assert contrast(style.text, ground) >= 7
        assert contrast(style.muted, ground) >= 4.5
    for zone in style.zones.values():
        assert contrast(zone.title, zone.fill) >= 4.5
    for purpose in style.purposes.values():
        assert contrast(purpose.colour, style.label) >= 4.5
        assert all(contrast(purpose.colour, zone.fill) >= 3 for zone in style.zones.values())
    for change in style.changes.values():
        assert contrast(change.colour, style.label) >= 4.5
        assert contrast(style.text, change.fill) >= 7
    for tile in style.tiles.values():
        assert contrast(style.tile_mark, tile) >= 3
