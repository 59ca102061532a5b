"""What tests of the comparison window share: a design with scenarios, and the window open on it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gui.compare.window import CompareWindow
from gui.window.window import Window
from model.design.changes import AnyChange, Change, Removal, Scenario
from model.editing import edits

BIDIRECTIONAL: tuple[AnyChange, ...] = (Change(setting="communication", value="bidirectional"),)
WITHOUT: tuple[AnyChange, ...] = (Removal(remove="siem-1"), Change(feature="vision-one", value=False))


def with_scenarios(window: Window) -> None:
    window.files.new("on-premises")
    found = (
        Scenario(id="inbound", name="Inbound", changes=BIDIRECTIONAL),
        Scenario(id="less", name="Less", changes=WITHOUT),
    )
    window.document.edit("add", lambda design: edits.change_design(design, scenarios=found))


def compared(window: Window, qtbot: QtBot) -> CompareWindow:
    """The comparison window with its table filled."""
    with_scenarios(window)
    window.actions_by_id["compare_table"].trigger()
    found = window.comparing.window
    assert found is not None
    qtbot.waitUntil(lambda: not found.table._worker.busy)
    return found


def drawn(found: CompareWindow, qtbot: QtBot, key: str) -> None:
    """See a design beside the one that is adopted."""
    found.table.table.choose(key)
    with qtbot.waitSignal(found.pictures._worker.done):
        found.table.see.click()
