"""A walk through every screen, dock and dialog of the window: each is shown and handed to whoever looks at it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import resources
from exports.catalogs import catalog_file
from exports.choice import Choice
from exports.registry import format_by_id
from exports.report import report
from gui.output.choosing import ColumnsDialog
from gui.output.existing import ExistingRules
from gui.output.rules import Rules, RulesDialog
from gui.window.window import Window
from model.design.changes import Change, Removal, Scenario
from model.editing import edits

Look = Callable[[str, QWidget], None]
"""What is done with a screen: its name, and the widget that holds it."""

_LONG = 120_000
"""Milliseconds after which something that is waited for will not come."""

LONG_NAME = "Smart Scan と Web レピュテーションをローカルに — a scenario with a long name"


def settle() -> None:
    """Let layouts take their final sizes."""
    for _ in range(4):
        QApplication.processEvents()


def until(done: Callable[[], bool]) -> None:
    """Wait for something; AssertionError where it does not come."""
    waited = QElapsedTimer()
    waited.start()
    while not done():
        assert waited.elapsed() < _LONG, "what the walk waits for did not come"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def modal(show: Callable[[], object], look: Callable[[QDialog], None]) -> None:
    """Show a dialog that is waited for, look at it as soon as it is there, and put it away."""

    def there() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QDialog):
            QTimer.singleShot(5, there)
            return
        try:
            settle()
            look(asked)
        finally:
            asked.reject()

    QTimer.singleShot(0, there)
    show()


def begin(window: Window) -> None:
    """The on-premises design with two scenarios, and something tried out."""
    window.files.new("on-premises")
    found = (
        Scenario(
            id="inbound", name="Inbound", changes=(Change(setting="communication", value="bidirectional"),)
        ),
        Scenario(
            id="less",
            name=LONG_NAME,
            changes=(Removal(remove="siem-1"), Change(feature="vision-one", value=False)),
        ),
    )
    window.document.edit("add", lambda design: edits.change_design(design, scenarios=found))
    window.canvas.fit()


def walk(window: Window, folder: Path, look: Look) -> None:
    """Show everything there is, one after the other."""
    window.files.new(None)
    settle()
    look("empty", window)
    begin(window)
    for step in _STEPS:
        step(window, folder, look)
        settle()


def _docks(window: Window, folder: Path, look: Look) -> None:
    window.scenarios.use_scenario("less")
    window.whatif.rows["web-reputation"].switch.click()
    for page in range(window.side.count()):
        window.side.setCurrentIndex(page)
        settle()
        look(f"side-{page}", window)
    window.side.setCurrentIndex(0)
    for page in range(window.bottom.count()):
        window.bottom.setCurrentIndex(page)
        settle()
        look(f"bottom-{page}", window)
    window.bottom.setCurrentIndex(0)
    window.actions_by_id["whatif_discard"].trigger()


def _subjects(window: Window, folder: Path, look: Look) -> None:
    """What is selected: the inspector and the what-if panel for it, and why."""
    window.side.setCurrentIndex(1)
    for subject in _subjects_of(window):
        window.selection.select(subject)
        settle()
        look(f"inspector-{'+'.join(subject)}", window)
    window.side.setCurrentIndex(0)
    for subject in (["app-tier"], ["app-tier", "web-tier"]):
        window.selection.select(subject)
        settle()
        look(f"whatif-{'+'.join(subject)}", window)
    window.selection.select_pair(("app-tier", "smart-protection-network"))
    settle()
    look("why", window)
    window.selection.select([])


def _subjects_of(window: Window) -> Iterator[list[str]]:
    design = window.document.design
    seen: set[str] = set()
    for component in design.components:
        if component.kind not in seen:
            seen.add(component.kind)
            yield [component.id]
    yield ["app-tier", "web-tier"]
    yield ["app-tier", "siem-1"]
    yield [design.zones[0].id]


def _around_canvas(window: Window, folder: Path, look: Look) -> None:
    window.actions_by_id["filter_findings"].trigger()
    window.actions_by_id["find"].trigger()
    window.reading.find_bar.field.setText("app")
    settle()
    look("filter-and-find", window)
    window.reading.find_bar.close_bar()
    window.actions_by_id["clear_filter"].trigger()


def _goals(window: Window, folder: Path, look: Look) -> None:
    window.actions_by_id["whatif_goals"].trigger()
    until(lambda: not window.goals._judging.busy)
    for card in window.goals.cards.values():
        if card.search.isVisible():
            card.search.click()
            until(lambda: not window.goals._searching.busy)
    settle()
    look("goals", window)
    for card in window.goals.cards.values():
        window.goals._area.ensureWidgetVisible(card)
        settle()
        look(f"goal-{card.goal.id}", window)


def _comparison(window: Window, folder: Path, look: Look) -> None:
    window.actions_by_id["compare_table"].trigger()
    shown = window.comparing.window
    assert shown is not None
    until(lambda: not shown.table._worker.busy)
    look("compare-table", shown)
    window.actions_by_id["compare_pictures"].trigger()
    until(lambda: not shown.pictures._worker.busy)
    settle()
    look("compare-pictures", shown)
    window.actions_by_id["compare_sweep"].trigger()
    settle()
    look("sweep-empty", shown)
    for name in ("smart-scan", "web-reputation", "syslog-direct"):
        shown.sweep.switches.choose(name)
    shown.sweep.go.click()
    until(lambda: not shown.sweep._worker.busy)
    settle()
    look("sweep", shown)
    shown.close()


def _ways(window: Window, folder: Path, look: Look) -> None:
    window.selection.select(["web-tier", "siem-1"])
    window.actions_by_id["whatif_howto"].trigger()
    howto = window.asking.howto
    assert howto is not None
    howto.go.click()
    until(lambda: not howto._worker.busy)
    settle()
    look("how-to", howto)
    howto.close()
    window.selection.select([])


def _revision(window: Window, folder: Path, look: Look) -> None:
    window.actions_by_id["whatif_revision"].trigger()
    shown = window.asking.revision
    assert shown is not None
    settle()
    look("revision-empty", shown)
    data = json.loads(resources.text("catalogs/workload-security-govcloud.json"))
    changed = next(each for each in data["rules"] if each["id"] == "P11")
    changed["connections"][0]["port"] = 4222
    shown.path = folder / "a new revision of the catalog.json"
    shown.path.write_text(json.dumps(data), encoding="utf-8")
    shown._look()
    until(lambda: not shown._worker.busy)
    settle()
    look("revision", shown)
    shown.close()


def _export(window: Window, folder: Path, look: Look) -> None:
    def formats(dialog: QDialog) -> None:
        from gui.output.dialog import ExportDialog

        assert isinstance(dialog, ExportDialog)
        for entry, item in zip(dialog.list.entries, dialog.list._items, strict=True):
            dialog.list.setCurrentItem(item)
            settle()
            look(f"export-{entry.form.id}", dialog)
        for item in dialog.list._items:
            item.setCheckState(0, Qt.CheckState.Checked)
        settle()
        look("export-all", dialog)

    modal(window.actions_by_id["export"].trigger, formats)
    columns = ColumnsDialog(("port", "owner"), window)
    columns.show()
    settle()
    look("columns", columns)
    columns.deleteLater()


def _report(window: Window, folder: Path, look: Look) -> None:
    modal(window.actions_by_id["report_profile"].trigger, partial(look, "profile"))
    window.actions_by_id["report_preview"].trigger()
    preview = window.leaving.preview
    assert preview is not None
    until(lambda: not preview.worker.busy)
    settle()
    look("report", preview)
    preview.close()
    modal(lambda: window.leaving.read_records(_edited(window, folder)), partial(look, "records"))


def _edited(window: Window, folder: Path) -> Path:
    """The matrix with an owner written into each row."""
    path = folder / "edited.csv"
    plain = report(window.document.view.graph, catalog_file(), "en", None)
    made = format_by_id("csv").write(replace(plain, choice=Choice(columns=("flow-id", "owner", "expiry"))))
    heading, *lines = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *([each[0], "Yamada", "tomorrow"] for each in lines[:9])])
    return path


def _small(window: Window, folder: Path, look: Look) -> None:
    for name in ("preferences", "shortcuts", "about"):
        modal(window.actions_by_id[name].trigger, partial(look, name))
    window.actions_by_id["history"].trigger()
    settle()
    look("history", window.history.dialog)
    window.history.dialog.close()
    modal(window.actions_by_id["new"].trigger, partial(look, "new"))
    modal(window.actions_by_id["save_view"].trigger, partial(look, "save-view"))


def _boxes(window: Window, folder: Path, look: Look) -> None:
    broken = folder / "broken.portchart"
    broken.write_text('{"portchart": 1, "components": 3}', encoding="utf-8")
    window.document.saved(window.document.design)
    modal(lambda: window.files.read(broken), partial(look, "cannot-open"))


def _existing(window: Window, folder: Path, look: Look) -> None:
    path = folder / "rules.csv"
    path.write_bytes(
        format_by_id("rules-csv").write(report(window.document.view.graph, catalog_file(), "en", None))
    )
    rules = ExistingRules(window, window)
    assert rules.compare(Rules((path,)))
    settle()
    look("as-is", window)
    dialog = RulesDialog(window.document.view.design, folder, rules.asked, window)
    dialog.show()
    settle()
    look("as-is-rules", dialog)
    dialog.close()
    rules.as_is_forget()


def _presenting(window: Window, folder: Path, look: Look) -> None:
    """The last step: without a window manager nobody gives the window its size back."""
    window.actions_by_id["present"].trigger()
    settle()
    look("presenting", window)
    window.actions_by_id["present"].trigger()


_STEPS = (
    _docks, _subjects, _around_canvas, _goals, _comparison, _ways, _revision, _export, _report, _small, _boxes,
    _existing, _presenting,
)  # fmt: skip
