"""The samples look as they did when somebody last looked at them, in both languages, light and dark, at 1× and 2×."""

from __future__ import annotations

import pytest
from PIL import Image, ImageFilter, ImageStat
from pytestqt.qtbot import QtBot

from gui.window import Window
from model import edits
from model.views import Filter
from tests.gui.shots import FOLDER, LIMIT, SIZE, SMALLER, Shot, every, settled, small, taken, worst

SHOTS = list(every())
ON_PREMISES = Shot("on-premises", "en", "light")


def shown(shot: Shot, window: Window, qtbot: QtBot) -> None:
    shot.set_up(window)
    qtbot.waitUntil(lambda: settled(window))


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.path.stem)
def test_a_sample_looks_as_reviewed(shot: Shot, window: Window, qtbot: QtBot) -> None:
    shown(shot, window, qtbot)
    kept = Image.open(shot.path)
    for ratio in (1, 2):
        apart, place = worst(small(taken(window, ratio), ratio), kept)
        where = tuple(SMALLER * at for at in place)
        assert apart <= LIMIT, (
            f"{shot.path.name} at {ratio}x differs by {apart:.0f} around {where}; where that is meant, run "
            "python -m tests.gui.shots and look at what it writes"
        )


def test_no_picture_is_kept_that_nothing_is_held_against() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {shot.path.name for shot in SHOTS}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 500_000


def without_a_component(window: Window) -> None:
    window.document.edit("Delete", lambda design: edits.delete(design, ["siem-1"]))


def without_connectors(window: Window) -> None:
    window.showing.purposes = frozenset({"management", "updates", "logging", "directory"})
    window.scene.refresh()


def with_a_filter(window: Window) -> None:
    window.showing.show(Filter(ports=(4122,)), window.showing.purposes)


def without_the_legend(window: Window) -> None:
    window.actions_by_id["show_legend"].trigger()


def renamed(window: Window) -> None:
    window.document.edit("Rename", lambda design: edits.rename(design, "sps-1", "Somebody else"))


@pytest.mark.parametrize(
    "change",
    [
        without_a_component,
        without_connectors,
        with_a_filter,
        without_the_legend,
        renamed,
    ],
)
def test_the_comparison_can_fail(change: object, window: Window, qtbot: QtBot) -> None:
    shown(ON_PREMISES, window, qtbot)
    assert callable(change)
    change(window)
    window.canvas.fit()
    qtbot.waitUntil(lambda: settled(window))
    assert worst(small(taken(window)), Image.open(ON_PREMISES.path))[0] > LIMIT


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
