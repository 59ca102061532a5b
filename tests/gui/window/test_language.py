"""Both languages and both themes, switched while the window is open, and room for every text in each."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from gui import preferences
from gui.language import set_language
from gui.style import looks, theme
from gui.style.theme import BY_MODE
from gui.window.window import Window
from tests.gui.room import has_japanese


def shown_texts(window: Window) -> list[str]:
    found = [action.text() for action in window.actions_by_id.values()]
    found += [menu.title() for menu in window.menus.values()]
    found += [each.text() for each in window.findChildren(QLabel)]
    found += [each.text() for each in window.findChildren(QAbstractButton)]
    found += [window.side.tabText(number) for number in range(window.side.count())]
    found += [window.bottom.tabText(number) for number in range(window.bottom.count())]
    return [text for text in found if text]


def test_the_language_is_switched_without_a_restart(sample: Window) -> None:
    sample.selection.select(["app-tier"])
    english = shown_texts(sample)
    assert not [text for text in english if has_japanese(text) and text != "日本語"]
    sample.actions_by_id["language_ja"].trigger()
    assert sample.menus["file"].title() == "ファイル(&F)"
    assert sample.bottom.tabText(0).startswith("通信要件一覧")
    assert sample.whatif.adopt.text() == "What-if を採用"
    heading = sample.bottom.matrix.rows_model.headerData(
        0, sample.bottom.matrix.horizontalHeader().orientation()
    )
    assert has_japanese(heading)
    assert has_japanese(sample.scene.card_items["app-tier"].title)
    assert preferences.read(sample.folder).language == "ja"
    sample.status.language.click()
    assert shown_texts(sample) == english


def test_no_heading_of_a_table_is_cut_off(sample: Window) -> None:
    for language in ("en", "ja"):
        set_language(language)
        for table in (sample.bottom.matrix, sample.bottom.names, sample.bottom.changes):
            header = table.horizontalHeader()
            for number in range(len(table.rows_model.columns)):
                assert table.columnWidth(number) >= header.sectionSizeHint(number)


def test_both_themes_are_used_at_once(sample: Window, qapp: object) -> None:
    for name in ("dark", "contrast", "light"):
        sample.actions_by_id[f"theme_{name}"].trigger()
        assert sample.palette().window().color().name() == BY_MODE[sample.mode].window
        assert sample.scene.look.theme.id == name
        assert preferences.read(sample.folder).theme == name


@pytest.mark.parametrize("mode", get_args(theme.Mode))
def test_texts_stand_out_from_what_is_behind_them(mode: theme.Mode) -> None:
    colours = BY_MODE[mode]
    pairs = [
        (colours.text, colours.panel), (colours.muted, colours.panel), (colours.faint, colours.panel),
        (colours.accent, colours.panel), (colours.on_accent, colours.accent), (colours.text, colours.accent_soft),
        (colours.added, colours.added_soft), (colours.removed, colours.removed_soft),
        (colours.changed, colours.changed_soft), (colours.on_tooltip, colours.tooltip), (colours.muted, colours.hover),
    ]  # fmt: skip
    least = 7.0 if mode.startswith("contrast") else 4.5
    for text, behind in pairs:
        assert contrast(text, behind) >= least, (text, behind)


@pytest.mark.parametrize("mode", ["contrast", "contrast-dark"])
def test_a_drawing_of_high_contrast_is_one(mode: theme.Mode) -> None:
    drawn = looks.drawing_theme(mode)
    pairs = [(drawn.text, drawn.card), (drawn.muted, drawn.card), (drawn.accent, drawn.canvas)]
    pairs += [(zone.title, zone.fill) for zone in drawn.zones.values()]
    pairs += [(line.colour, drawn.label) for line in drawn.purposes.values()]
    pairs += [(line.colour, zone.fill) for line in drawn.purposes.values() for zone in drawn.zones.values()]
    pairs += [(change.colour, drawn.label) for change in drawn.changes.values()]
    pairs += [(drawn.text, change.fill) for change in drawn.changes.values()]
    pairs += [(drawn.tile_mark, tile) for tile in drawn.tiles.values()]
    for text, behind in pairs:
        assert contrast(text, behind) >= 7.0, (text, behind)
    written = [(drawn.text, drawn.card)] + [(drawn.text, zone.fill) for zone in drawn.zones.values()]
    for text, ground in written:
        assert contrast(laid_over(text, ground, drawn.back.card), ground) >= 4.5, (
            "what steps back stays readable"
        )
    edges = [(drawn.card_stroke, drawn.card), *((z.stroke, z.fill) for z in drawn.zones.values())]
    for edge, behind in edges:
        assert contrast(edge, behind) >= 4.5, (edge, behind)


def laid_over(colour: str, ground: str, opacity: float) -> str:
    """A colour as it is seen over another."""
    parts = [
        round(int(colour[at : at + 2], 16) * opacity + int(ground[at : at + 2], 16) * (1 - opacity))
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def brightness(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
