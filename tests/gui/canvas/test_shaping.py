"""Bending connectors and resizing zones with keys alone, and what a screen reader is told meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.commands.help import Help, ShortcutsDialog
from gui.language import set_language
from gui.window.window import Window
from model.design.design import Design
from model.editing import edits, locks
from model.editing.folding import set_collapsed
from model.frozen import Language
from model.shapes.geometry import Point
from tests.gui.hands import drag

PAIR = ("agent", "relay")
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def chosen(window: Window) -> Window:
    """An agent and its relay far apart, their connector one level piece, which is chosen."""
    window.placement.place_at("agent", 100, 100)
    window.placement.place_at("relay", 700, 100)
    window.canvas.fit()
    window.canvas.setFocus()
    window.selection.select_pair(PAIR)
    return window


@pytest.fixture
def told(window: Window) -> Iterator[list[str]]:
    """What is said aloud, in turn."""
    heard: list[str] = []
    window.canvas.told.connect(heard.append)
    yield heard
    window.canvas.told.disconnect(heard.append)


def line(window: Window) -> tuple[Point, ...]:
    return window.scene.wires.pairs[PAIR].wire.points


def press(window: Window, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(window.canvas, key, keys)


def steps(window: Window) -> list[str]:
    stack = window.document.stack
    return [stack.text(number) for number in range(stack.index())]


def test_an_arrow_moves_a_piece_to_the_grid_as_one_step(chosen: Window, told: list[str]) -> None:
    straight, before = line(chosen), steps(chosen)
    grid = int(straight[0].y // 10) * 10 + 10
    press(chosen, Key.Key_Down)
    assert [point.y for point in line(chosen)] == [grid, grid]
    assert told == [f"Level piece 1 of 1, at {grid}"]
    press(chosen, Key.Key_Up, SHIFT)
    assert {point.y for point in line(chosen)} == {grid - 1}
    assert steps(chosen) == [*before, "Bend connector", "Bend connector"]
    chosen.document.stack.undo()
    chosen.document.stack.undo()
    assert line(chosen) == straight
    assert chosen.document.design.courses == ()


def test_further_down_bends_come_and_arrows_along_a_piece_go_on_to_the_next(
    chosen: Window, told: list[str]
) -> None:
    bottom = chosen.scene.cards["agent"].bottom
    press(chosen, Key.Key_Down, times=15)
    (level,) = [a.y for a, b in zip(line(chosen)[2:], line(chosen)[3:], strict=False) if a.y == b.y][:1]
    assert level > bottom  # the piece left the sides of both cards, by steps at its ends
    assert len(line(chosen)) == 6
    assert chosen.scene.handles.held == 2
    count = len(steps(chosen))
    press(chosen, Key.Key_Right)
    assert len(steps(chosen)) == count
    assert told[-1].startswith("Upright piece 4 of 5, at ")
    upright = line(chosen)[3].x
    press(chosen, Key.Key_Left)
    assert line(chosen)[3].x == line(chosen)[4].x == -(-upright // 10) * 10 - 10
    assert told[-1] == f"Upright piece 4 of 5, at {line(chosen)[3].x:.0f}"
    press(chosen, Key.Key_Down)
    assert told[-1] == f"Level piece 3 of 5, at {level:.0f}"


def test_a_piece_passes_a_card_in_one_step(chosen: Window) -> None:
    chosen.placement.place_at("siem", 400, 180)
    chosen.selection.select_pair(PAIR)
    card = chosen.scene.cards["siem-or-syslog-server"]
    passed = False
    for _ in range(25):
        press(chosen, Key.Key_Down)
        levels = [a.y for a, b in zip(line(chosen), line(chosen)[1:], strict=False) if a.y == b.y]
        assert not any(card.top < y < card.bottom for y in levels[1:-1] or levels)
        passed |= levels[len(levels) // 2] >= card.bottom
    assert passed


def test_an_arrow_along_the_only_piece_marks_it_and_changes_nothing(chosen: Window, told: list[str]) -> None:
    before = line(chosen)
    press(chosen, Key.Key_Right, times=2)
    assert line(chosen) == before
    assert chosen.document.design.courses == ()
    assert told == [f"Level piece 1 of 1, at {before[0].y:.0f}"] * 2
    chosen.selection.clear()
    assert chosen.scene.handles.held is None


def test_a_merged_connector_is_not_bent(chosen: Window) -> None:
    zones: list[str] = []

    def fold(design: Design) -> Design:
        design, name = edits.add_zone(design, "Front", "dmz", (40, 40, 300, 300))
        zones.append(name)
        return set_collapsed(edits.move(design, {}, {"agent": name}), [name], True)

    chosen.document.edit("Fold", fold)
    pair = (zones[0], "relay")
    assert set(chosen.scene.wires.pairs) == {pair}
    chosen.selection.select_pair(PAIR)
    press(chosen, Key.Key_Down)
    assert "expand the zone" in chosen.status.currentMessage()
    assert not chosen.scene.handles._line
    a, b = chosen.scene.wires.pairs[pair].wire.points[:2]
    start = (a.x + (b.x - a.x) / 6, a.y + (b.y - a.y) / 6)
    drag(chosen.canvas, start, (start[0], start[1] + 100))
    assert chosen.document.design.courses == ()
    assert chosen.selection.pairs == {PAIR}  # the hand chose the flows it stands for


@pytest.mark.parametrize(
    ("key", "keys", "frame"),
    [
        (Key.Key_Right, CTRL, (0, 0, 310, 200)),
        (Key.Key_Left, CTRL, (-10, 0, 310, 200)),
        (Key.Key_Up, CTRL, (0, -10, 300, 210)),
        (Key.Key_Down, CTRL, (0, 0, 300, 210)),
        (Key.Key_Right, CTRL | SHIFT, (0, 0, 290, 200)),
        (Key.Key_Left, CTRL | SHIFT, (10, 0, 290, 200)),
        (Key.Key_Up, CTRL | SHIFT, (0, 10, 300, 190)),
        (Key.Key_Down, CTRL | SHIFT, (0, 0, 300, 190)),
    ],
)
def test_every_edge_of_a_zone_goes_out_and_in(
    window: Window,
    told: list[str],
    key: Qt.Key,
    keys: Qt.KeyboardModifier,
    frame: tuple[int, int, int, int],
) -> None:
    design, zone = edits.add_zone(window.document.blank(), "Front", "dmz", (0, 0, 300, 200))
    window.document.open(design)
    window.selection.select([zone])
    press(window, key, keys)
    assert window.document.design.zone_by_id[zone].frame == frame
    assert told == [f"Zone Front: {frame[2]} wide, {frame[3]} high"]
    assert steps(window) == ["Resize zone"]
    window.document.stack.undo()
    assert window.document.design == design


def test_a_zone_stays_as_large_as_it_must_and_a_locked_one_as_it_is(window: Window) -> None:
    design, zone = edits.add_zone(window.document.blank(), "Front", "dmz", (0, 0, 70, 200))
    window.document.open(design)
    window.selection.select([zone])
    press(window, Key.Key_Right, CTRL | SHIFT, times=4)
    assert window.document.design.zone_by_id[zone].frame == (0, 0, 60, 200)
    window.document.edit("Lock", lambda before: locks.set_locked(before, [zone], True))
    press(window, Key.Key_Right, CTRL)
    assert window.document.design.zone_by_id[zone].frame == (0, 0, 60, 200)
    assert "locked" in window.status.currentMessage()


def test_what_comes_to_lie_in_a_zone_joins_it(window: Window) -> None:
    design, zone = edits.add_zone(window.document.blank(), "Front", "dmz", (0, 0, 300, 200))
    design, agent = edits.place(design, "agent", "web", (280, 60))
    window.document.open(design)
    window.selection.select([zone])
    half = window.scene.cards[agent].center.x
    press(window, Key.Key_Right, CTRL, times=int((half - 300) // 10))
    assert window.document.design.component_by_id[agent].zone is None
    press(window, Key.Key_Right, CTRL)
    assert window.document.design.component_by_id[agent].zone == zone


def test_the_list_of_shortcuts_says_so(window: Window) -> None:
    lines = [keyed for _, group in Help(window, window)._groups() for keyed in group]
    shortcuts = {keys: does for does, keys in lines}
    assert shortcuts["Arrow keys on a connector"].startswith("Move its piece")
    assert shortcuts["Ctrl + arrow keys on a zone"].startswith("Push that edge out")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_line_of_the_list_is_cut_off(window: Window, language: Language) -> None:
    set_language(language)
    dialog = ShortcutsDialog(tuple(Help(window, window)._groups()), window)
    dialog.show()
    assert dialog.list.sizeHintForColumn(0) <= dialog.list.columnWidth(0)
    dialog.close()
    dialog.deleteLater()
