"""The samples look as they did when somebody last looked at them: both languages, light, dark, contrast, 1× and 2×."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from PIL import Image, ImageFilter, ImageStat
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.window.window import Window
from model.design.views import Filter
from model.editing import edits
from tests.gui.shots import (
    FOLDER,
    LIMIT,
    SIZE,
    SMALLER,
    Shot,
    every,
    in_few_colours,
    settled,
    small,
    take,
    taken,
    worst,
)

SHOTS = list(every())
ON_PREMISES = Shot("on-premises", "en", "light")


def shown(shot: Shot, window: Window, qtbot: QtBot) -> None:
    shot.set_up(window)
    qtbot.waitUntil(lambda: settled(window))


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_sample_looks_as_reviewed(shot: Shot, window: Window, qtbot: QtBot) -> None:
    shown(shot, window, qtbot)
    compare(small(taken(window)), shot, 1)


@pytest.fixture(scope="module")
def fine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pictures, taken anew as on a screen of two pixels to the point."""
    folder = tmp_path_factory.mktemp("fine")
    take(2, folder)
    return folder


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_sample_looks_as_reviewed_on_a_fine_screen(shot: Shot, fine: Path) -> None:
    compare(Image.open(fine / shot.path(2).name), shot, 2)


def compare(picture: Image.Image, shot: Shot, ratio: int) -> None:
    kept = shot.path(ratio)
    apart, place = worst(picture, Image.open(kept))
    where = tuple(SMALLER[ratio] * at // ratio for at in place)
    assert apart <= LIMIT, (
        f"{kept.name} differs by {apart:.0f} around {where}; where that is meant, run "
        "python -m tests.gui.shots and look at what it writes"
    )


def test_no_picture_is_kept_that_nothing_is_held_against() -> None:
    held = {shot.path(ratio).name for shot in SHOTS for ratio in SMALLER}
    assert {path.name for path in FOLDER.iterdir()} == held
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_000_000


def without_a_component(window: Window) -> None:
    window.document.edit("Delete", lambda design: edits.delete(design, ["siem-1"]))


def without_connectors(window: Window) -> None:
    window.showing.draw(frozenset({"management", "updates", "logging", "directory"}))


def with_a_filter(window: Window) -> None:
    window.showing.ask(Filter(ports=(4122,)))


def without_the_legend(window: Window) -> None:
    window.actions_by_id["show_legend"].trigger()


def renamed(window: Window) -> None:
    window.document.edit("Rename", lambda design: edits.rename(design, "sps-1", "Somebody else"))


def renamed_by_a_letter(window: Window) -> None:
    window.document.edit("Rename", lambda design: edits.rename(design, "sps-1", "sps-2"))


def a_label(window: Window) -> QLabel:
    """An ordinary word of a panel: "Intrusion Prevention"."""
    name = window.document.catalog.feature_by_id["intrusion-prevention"].name.en
    (found,) = (each for each in window.findChildren(QLabel) if each.isVisible() and each.text() == name)
    return found


def with_another_colour(window: Window) -> None:
    a_label(window).setStyleSheet("color: #c62828")


def with_another_word(window: Window) -> None:
    a_label(window).setText("Intrusion Protection")


def moved_sideways(window: Window) -> None:
    label = a_label(window)
    label.move(label.x() + 3, label.y())


def moved_down(window: Window) -> None:
    label = a_label(window)
    label.move(label.x(), label.y() + 3)


LARGE = (without_a_component, without_connectors, with_a_filter, without_the_legend, renamed)
SLIGHT = (renamed_by_a_letter, with_another_colour, with_another_word, moved_sideways, moved_down)


@pytest.mark.parametrize(("change", "ratio"), [*((change, 1) for change in LARGE), *product(SLIGHT, SMALLER)])
def test_the_comparison_can_fail(
    change: Callable[[Window], None], ratio: int, window: Window, qtbot: QtBot
) -> None:
    shown(ON_PREMISES, window, qtbot)
    before = in_few_colours(small(taken(window, ratio), ratio))
    assert worst(small(taken(window, ratio), ratio), before)[0] <= LIMIT
    change(window)
    window.canvas.fit()
    qtbot.waitUntil(lambda: settled(window))
    assert worst(small(taken(window, ratio), ratio), before)[0] > LIMIT


def sharpness(picture: Image.Image) -> float:
    """How much edges stand out on average."""
    return ImageStat.Stat(picture.convert("L").filter(ImageFilter.FIND_EDGES)).mean[0]


@pytest.mark.parametrize("ratio", [2, 3])
def test_finer_screens_show_finer_pictures(ratio: int, window: Window, qtbot: QtBot) -> None:
    """Nothing is a picture blown up: drawn for the screen, edges are sharper than those of 1x enlarged."""
    shown(ON_PREMISES, window, qtbot)
    for part in (window.canvas.viewport(), window.toolbar, window.palette_panel, window.reading.legend):
        once, fine = taken(part), taken(part, ratio)
        enlarged = once.resize(fine.size, Image.Resampling.BICUBIC)
        assert sharpness(fine) > 1.1 * sharpness(enlarged), part.objectName()


def test_a_window_fits_its_picture(window: Window, qtbot: QtBot) -> None:
    shown(ON_PREMISES, window, qtbot)
    assert taken(window).size == SIZE
