"""The mouse over what is only tried out: what is taken away stays drawn, and can be in the hand's way."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy

from gui.canvas.tools import SelectTool
from gui.canvas.tying import Tying
from gui.document.pending import Baseline
from gui.window.window import Window
from model.design.changes import Removal
from model.editing import edits
from tests.gui.hands import drag, middle_of


@pytest.fixture
def pair(window: Window) -> Window:
    """A host and a relay, which is taken away on trial and stays drawn as a ghost."""
    design = window.document.blank()
    design, zone = edits.add_zone(design, "Front", "vpc", (0, 0, 900, 500))
    design, _ = edits.place(design, "agent", "web", (60, 120), zone)
    design, _ = edits.place(design, "relay", "relay", (560, 120), zone)
    window.document.open(design)
    window.document.try_out("try", (Removal(remove="relay"),))
    assert set(window.scene.ghosts) == {"relay"}
    return window


def test_a_card_connected_to_what_goes_can_be_moved(pair: Window) -> None:
    x, y = middle_of(pair.canvas, "web")
    drag(pair.canvas, (x, y), (x + 20, y + 150))
    assert pair.document.design.component_by_id["web"].position == (80, 270)


def test_a_connector_that_goes_is_not_bent(pair: Window) -> None:
    line = pair.scene.wires.pairs[("web", "relay")].wire.points
    middle = ((line[0].x + line[-1].x) / 2, (line[0].y + line[-1].y) / 2)
    drag(pair.canvas, middle, (middle[0], middle[1] + 80))
    assert pair.selection.pair == ("web", "relay")
    assert not pair.document.design.courses
    assert pair.document.stack.count() == 1


def test_a_line_tells_what_it_changes_whatever_is_compared_with(pair: Window) -> None:
    document = pair.document
    other = edits.delete(document.design, ("web",))
    document.discard("discard")
    document.put("compare", lambda state: type(state)(state.design, against=Baseline(other=other)))
    tool = pair.canvas.tools["select"]
    assert isinstance(tool, SelectTool)
    tying = Tying(tool._hand, ("web",), pair.canvas.handle.pos())
    told, sense = tying._words("relay")
    assert sense
    assert "+" not in told  # the other design has no web at all, but the line opens nothing
    tying.abandon()


def test_a_name_folded_away_is_not_edited(pair: Window) -> None:
    pair.selection.select(["front"])
    pair.actions_by_id["collapse"].trigger()
    refused = QSignalSpy(pair.document.refused)
    pair.selection.select(["web"])
    pair.actions_by_id["rename"].trigger()
    assert not pair.canvas.writing.names.isVisible()
    assert refused.count() == 1
