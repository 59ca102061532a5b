"""What another revision of the catalog would change: its entries, and the flows of this design and of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QScrollArea, QSizePolicy, QSplitter, QWidget

from exports.catalogs import read_catalog
from gui.compare.ways import count_chips
from gui.document.document import Document
from gui.document.files import SUFFIX
from gui.document.work import Stopped, Worker
from gui.language import said, tr
from gui.panels.tables import Table
from gui.style import theme
from gui.widgets.widgets import Chip, Chooser, Role, chip, column, empty, label, open_at, push, row, rule
from model.catalog.catalog import Catalog
from model.derivation.comparison import Comparison
from model.derivation.derive import derive
from model.design.design import Design
from model.frozen import Bilingual
from model.storage import load
from model.tables.matrix import COLUMNS, Row, rows
from model.whatif.revision import EntryChange, impact, revised

_MARKS: dict[str, tuple[str, Chip]] = {
    "added": ("+", "added"),
    "removed": ("−", "removed"),
    "changed": ("~", "changed"),
}
_FIRST = ("change", "source", "destination", "port", "transport", "destination-fqdn", "rules")
"""The columns that come first in the table of flows."""


@dataclass(frozen=True)
class Impact:
    """What a new catalog changes in one design; the one in the window has no name."""

    name: str
    comparison: Comparison
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Outcome:
    """What the worker finds: the catalog read, its entries that differ, and what becomes of every design."""

    path: Path
    new: Catalog
    entries: tuple[EntryChange, ...]
    impacts: tuple[Impact, ...]


def look(
    path: Path, old: Catalog, design: tuple[str, Design], others: Sequence[Path], stopped: Stopped
) -> Outcome:
    """Read the catalog and the other designs, and derive all of them anew. Raises CatalogError or FileError."""
    new = read_catalog(path)
    found: list[Impact] = []
    for name, each in (design, *((other.name, load(other).design) for other in others)):
        if stopped():
            break
        compared = impact(each, old, new)
        differing = tuple(
            row for row in rows(derive(each, new), compared, "all") if row.status != "unchanged"
        )
        found.append(Impact(name, compared, differing))
    return Outcome(path, new, revised(old, new), tuple(found))


class RevisionWindow(QDialog):
    """A window beside the designer: entries on the left, flows on the right."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._document = document
        self._worker = Worker(self)
        self._worker.done.connect(self._show)
        self._worker.failed.connect(self._fail)
        self.path: Path | None = None
        self._others: list[Path] = []
        self._outcome: Outcome | None = None
        self.intro = label("", "muted", wrap=True)
        self.choose = push("", self._choose, primary=True)
        self.more = push("", self._choose_designs)
        self.cancel = push("", self._stop)
        for button in (self.choose, self.more, self.cancel):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.state = label("", "muted", wrap=True)
        self.entries = column(margins=(14, 10, 10, 10), spacing=5)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setLayout(self.entries)
        self.area.setWidget(inside)
        self.design = Chooser()
        self.design.activated.connect(lambda: self._show_flows())
        self.chips = row(spacing=6)
        by_id = {each.id: each for each in COLUMNS}
        ordered = [by_id[name] for name in _FIRST]
        self.flows = Table(
            [*ordered, *(each for each in COLUMNS if each not in ordered)], lambda each: each.status
        )
        flows = QWidget()
        flows.setLayout(
            column(column(self.design, self.chips, margins=(10, 10, 14, 6)), self.flows, spacing=0)
        )
        self.parts = QSplitter()
        self.parts.addWidget(self.area)
        self.parts.addWidget(flows)
        self.parts.setChildrenCollapsible(False)
        self.parts.setSizes([420, 680])
        buttons = row(self.choose, self.more, self.cancel, self.state, spacing=8)
        head = column(self.intro, buttons, margins=(16, 14, 16, 10))
        whole = column(head, rule(), self.parts, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        open_at(self, 1120, 680)
        self._settle()

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self.setWindowTitle(tr("revision.title"))
        self.intro.setText(tr("revision.intro"))
        self.choose.setText(tr("revision.choose"))
        self.more.setText(tr("revision.designs"))
        self.cancel.setText(tr("revision.cancel"))
        self.area.setAccessibleName(tr("revision.entries"))
        self.design.setAccessibleName(tr("revision.design"))
        self.flows.setAccessibleName(tr("revision.flows"))
        self.flows.rows_model.colours = colours
        self.flows.fit_columns()
        if self._outcome is not None:
            self._show(self._outcome)

    # Choosing

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("revision.choose"), str(self.path or Path.home()), f"{tr('revision.kind')} (*.json)"
        )
        if chosen:
            self.path = Path(chosen)
            self._look()

    def _choose_designs(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, tr("revision.designs"), str(self.path or Path.home()), f"{tr('file.kind')} (*{SUFFIX})"
        )
        self._others += [Path(each) for each in chosen if Path(each) not in self._others]
        if chosen:
            self._look()

    def _look(self) -> None:
        path, old = self.path, self._document.catalog
        if path is None:
            return
        design = ("", self._document.view.design)
        others = tuple(self._others)
        self.state.setText(tr("revision.looking"))
        self._worker.start(lambda progress, stopped: look(path, old, design, others, stopped))
        self._settle()

    def _stop(self) -> None:
        self._worker.cancel()
        self._settle()
        self.state.setText("")

    def _settle(self) -> None:
        busy = self._worker.busy
        self.choose.setEnabled(not busy)
        self.more.setEnabled(not busy and self.path is not None)
        self.cancel.setVisible(busy)

    def _fail(self, sentence: str) -> None:
        self._settle()
        self.state.setText("")
        empty(self.entries)
        self._say(sentence, "error")
        self.entries.addStretch(1)

    # Showing

    def _show(self, found: Outcome) -> None:
        self._outcome = found
        self._settle()
        title = f"{said(found.new.title)} {found.new.version}"
        self.state.setText(tr("revision.read", name=found.path.name, catalog=title))
        empty(self.entries)
        if not found.entries:
            self._say(tr("revision.same"), "muted")
        else:
            self._say(tr("revision.differ", count=len(found.entries)).upper(), "heading")
        for each in found.entries:
            self._add_entry(found, each)
        self.entries.addStretch(1)
        number = max(self.design.currentIndex(), 0)
        self.design.clear()
        for impacted in found.impacts:
            self.design.addItem(impacted.name or tr("revision.this"))
        self.design.setCurrentIndex(min(number, len(found.impacts) - 1))
        self._show_flows()
        self.flows.fit_columns()

    def _add_entry(self, found: Outcome, entry: EntryChange) -> None:
        mark, kind = _MARKS[entry.status]
        sign = chip(mark, kind)
        name = label(f"{_part(entry)} {entry.id}", "strong", wrap=True)
        self.entries.addLayout(row(sign, name, spacing=8))
        reading = _reading(found.new, entry) or _reading(self._document.catalog, entry)
        if reading is not None:
            self._say(said(reading), "plain")
        if entry.what:
            fields = tr("whatif.comma").join(tr(f"revision.field.{name}") for name in entry.what)
            self._say(tr("revision.fields", fields=fields), "muted")

    def _say(self, text: str, role: Role) -> None:
        self.entries.addWidget(label(text, role, wrap=True))

    def _show_flows(self) -> None:
        number = self.design.currentIndex()
        impacts = self._outcome.impacts if self._outcome is not None else ()
        empty(self.chips)
        if not 0 <= number < len(impacts):
            self.flows.show_rows(())
            return
        shown = impacts[number]
        self.flows.show_rows(shown.rows)
        marks: list[QWidget] = [*count_chips(shown.comparison)]
        for each in marks or [label(tr("revision.no_flow"), "muted")]:
            self.chips.addWidget(each)
        self.chips.addStretch(1)

    def wait(self) -> None:
        """Let the thread end."""
        self._worker.wait()


def _part(entry: EntryChange) -> str:
    texts = {
        "rule": tr("revision.rule"),
        "feature": tr("revision.feature"),
        "setting": tr("revision.setting"),
        "kind": tr("revision.component"),
        "term": tr("revision.term"),
    }
    return texts[entry.part]


def _reading(catalog: Catalog, entry: EntryChange) -> Bilingual | None:
    """What an entry says or is called in a catalog that has it."""
    match entry.part:
        case "rule":
            known = catalog.rule_by_id.get(entry.id)
            return known.reading if known is not None else None
        case "feature":
            feature = catalog.feature_by_id.get(entry.id)
            return feature.name if feature is not None else None
        case "setting":
            setting = catalog.setting_by_id.get(entry.id)
            return setting.name if setting is not None else None
        case "kind":
            kind = catalog.kind_by_id.get(entry.id)
            return kind.name if kind is not None else None
        case "term":
            return catalog.term_names.get(entry.id)
