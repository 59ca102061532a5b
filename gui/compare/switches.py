"""The switches of a sweep: chosen for the whole design or for single components, with the number of combinations."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from gui.language import said, tr
from gui.widgets.boxes import BoxDelegate
from gui.widgets.breaking import kept_together
from gui.widgets.widgets import Chooser, column, label, plain, push, row
from model.catalog.catalog import Catalog
from model.catalog.rules import Feature, Setting
from model.derivation.effective import effective_feature, effective_setting
from model.design.design import Design
from model.whatif.sweep import MOST, Dimension

Switch = tuple[str, str | None]
"""A feature's or setting's id, and the component it is set at (None: the design)."""


class Switches(QWidget):
    """The list. What is chosen for one place stays chosen while another is looked at. `changed()`."""

    changed = Signal()

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._design: Design | None = None
        self._chosen: dict[Switch, Dimension] = {}
        self._filling = False
        self.heading = label("", "heading")
        self.place = Chooser()
        self.place.activated.connect(lambda number: self._fill())
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setItemDelegate(BoxDelegate(self.list))
        self.list.itemChanged.connect(self._check)
        self.total = label("", "muted", wrap=True)
        self.none = push("", self.clear, small=True)
        self.none.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setLayout(
            column(self.heading, self.place, self.list, row(self.total, self.none, spacing=8), spacing=8)
        )

    def show_design(self, design: Design) -> None:
        """Offer the components of a design; switches of components that are gone are forgotten."""
        self._design = design
        there = design.component_by_id
        self._chosen = {key: each for key, each in self._chosen.items() if key[1] is None or key[1] in there}
        place = self.place.currentData()
        self.place.clear()
        self.place.addItem(tr("whatif.whole_design"), None)
        for component in design.components:
            if any(component.kind in each.kinds for each in self._offered()):
                self.place.addItem(component.name, component.id)
        self.place.setCurrentIndex(max(0, self.place.findData(place)))
        self._fill()

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self.heading.setText(tr("sweep.switches").upper())
        self.place.setAccessibleName(tr("whatif.applies_to"))
        self.list.setAccessibleName(tr("sweep.switches"))
        self.none.setText(tr("sweep.none"))
        if self._design is not None:
            self.show_design(self._design)

    def dimensions(self) -> tuple[Dimension, ...]:
        """The switches chosen, in the order of the catalog, those of the design first."""
        order = [each.id for each in self._offered()]
        return tuple(
            sorted(
                self._chosen.values(),
                key=lambda each: (each.component is not None, each.component or "", order.index(each.name)),
            )
        )

    @property
    def combinations(self) -> int:
        """How many combinations that makes."""
        return prod(len(each.values) for each in self._chosen.values())

    @property
    def ready(self) -> bool:
        """Whether there is something to evaluate, and not too much."""
        return bool(self._chosen) and self.combinations <= MOST

    def clear(self) -> None:
        """Choose nothing."""
        self._chosen.clear()
        self._fill()

    def choose(self, name: str, component: str | None = None) -> None:
        """Choose a switch, as checking it does."""
        self.place.setCurrentIndex(self.place.findData(component))
        self._fill()
        for number in range(self.list.count()):
            item = self.list.item(number)
            if item.data(Qt.ItemDataRole.UserRole) == name:
                item.setCheckState(Qt.CheckState.Checked)

    def _offered(self) -> tuple[Feature | Setting, ...]:
        return (*self._catalog.features, *self._catalog.settings)

    def _fill(self) -> None:
        design = self._design
        assert design is not None, "a design is shown before a place is chosen"
        place: str | None = self.place.currentData()
        component = design.component_by_id[place] if place is not None else None
        self._filling = True
        self.list.clear()
        for each in self._offered():
            if component is not None and component.kind not in each.kinds:
                continue
            if isinstance(each, Feature):
                if component is not None and each.scope == "design":
                    continue
                value = (
                    tr("sweep.on") if effective_feature(design, component, each).value else tr("sweep.off")
                )
            else:
                names = {choice.id: said(choice.name) for choice in each.choices}
                now = effective_setting(design, component, each).value
                value = names.get(now, now)
            text = tr("sweep.switch", name=said(each.name), value=value)
            item = QListWidgetItem(kept_together(text))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
            item.setToolTip(plain(text))
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            chosen = (each.id, place) in self._chosen
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self._filling = False
        self._count()

    def _check(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        name, place = str(item.data(Qt.ItemDataRole.UserRole)), self.place.currentData()
        if item.checkState() == Qt.CheckState.Checked:
            setting = self._catalog.setting_by_id.get(name)
            values = tuple(choice.id for choice in setting.choices) if setting else (False, True)
            self._chosen[name, place] = Dimension(name, values, place)
        else:
            self._chosen.pop((name, place), None)
        self._count()

    def _count(self) -> None:
        number = self.combinations if self._chosen else 0
        if number > MOST:
            text = tr("sweep.too_many", count=number, most=MOST)
        else:
            text = tr("sweep.combinations", switches=len(self._chosen), count=number)
        self.total.setText(text)
        self.total.setProperty("role", "error" if number > MOST else "muted")
        self.none.setVisible(bool(self._chosen))
        self.total.style().polish(self.total)
        self.changed.emit()
