"""The canvas is of use before panels are there; they come by themselves, or when somebody asks, and move nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QLineEdit, QTabWidget
from pytestqt.qtbot import QtBot

from exports.catalogs import catalog_file
from gui.window.furnishing import furnish
from gui.window.window import Window
from tests.gui.hands import click, drag, middle_of, wheel

Make = Callable[..., Window]


class Held:
    """Furniture that waits at the door until it is let in."""

    def __init__(self) -> None:
        self.waits = True

    def furnish(self, window: Window) -> Generator[None]:
        while self.waits:
            yield
        yield from furnish(window)


@pytest.fixture
def make(qtbot: QtBot, root: Path, tmp_path: Path) -> Iterator[Make]:
    """Makes windows with a sample that have no furniture yet."""
    made: list[Window] = []

    def window(held: Held | None = None) -> Window:
        new = Window(catalog_file(), tmp_path / "config", furnish if held is None else held.furnish)
        made.append(new)
        new.resize(1500, 950)
        new.files.read(root / "resources/samples/multi-vpc.portchart")
        return new

    yield window
    for each in made:
        each.document.saved(each.document.design)
        each.close()
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def has_panels(window: Window) -> bool:
    return "bottom" in vars(window)


def test_the_canvas_is_of_use_before_the_panels_are_there(make: Make, qtbot: QtBot) -> None:
    held = Held()
    window = make(held)
    with qtbot.waitSignal(window.canvas.painted):
        window.show()
    canvas, first = window.canvas, window.document.design.components[0]
    click(canvas, *middle_of(canvas, first.id))
    assert window.selection.ids == {first.id}
    start = middle_of(canvas, first.id)
    drag(canvas, start, (start[0] + 40, start[1] + 20))
    moved = window.document.design.component_by_id[first.id].point
    assert moved != first.point
    scale = canvas.scale_now()
    wheel(canvas, QPoint(300, 300), 120)
    assert canvas.scale_now() > scale
    assert not has_panels(window)
    held.waits = False
    qtbot.waitUntil(lambda: bool(window.status.findings.text()))
    window.side.setCurrentWidget(window.inspector)
    assert first.name in {each.text() for each in window.inspector.findChildren(QLineEdit)}
    assert window.actions_by_id["undo"].isEnabled()


def test_the_panels_come_by_themselves_and_move_nothing(make: Make, qtbot: QtBot) -> None:
    held = Held()
    window = make(held)
    with qtbot.waitSignal(window.canvas.painted):
        window.show()

    def places() -> list[object]:
        parts = (
            window.toolbar,
            window.canvas,
            window.legend,
            window.right,
            window.side,
            *window.panes.values(),
        )
        return [(part.mapTo(window, QPoint()), part.size()) for part in parts]

    before, scale, shown = places(), window.canvas.scale_now(), window.toolbar.show_button.text()
    assert not has_panels(window)
    held.waits = False
    qtbot.waitUntil(lambda: bool(window.status.findings.text()))
    assert has_panels(window)
    assert (places(), window.canvas.scale_now(), window.toolbar.show_button.text()) == (before, scale, shown)


def test_who_asks_for_a_panel_early_gets_it_with_what_it_shows(make: Make) -> None:
    window = make()
    assert not has_panels(window)
    assert window.bottom.matrix.model().rowCount() >= len(window.document.view.graph.network)
    assert isinstance(window.side, QTabWidget)
    assert window.side.count() == 4


def test_an_action_works_before_its_turn(make: Make) -> None:
    window = make()
    window.actions_by_id["select_all"].trigger()
    assert {each.id for each in window.document.design.components} <= window.selection.ids


def test_an_action_that_cannot_be_done_is_not_done_before_its_turn_either(make: Make) -> None:
    window = make()
    window.actions_by_id["whatif_adopt"].trigger()
    assert not window.document.stack.count()


def test_what_was_hidden_stays_hidden(make: Make) -> None:
    window = make()
    window.show()
    window.bottom.hide()
    window.close()
    again = make()
    assert again.panes["tables"].isHidden()
    assert again.bottom.isHidden()
    assert not again.palette_panel.isHidden()


def test_a_design_opened_at_the_start_is_among_the_recent_ones(make: Make) -> None:
    window = make()
    window.complete()
    assert window.preferences.recent[0].endswith("multi-vpc.portchart")
