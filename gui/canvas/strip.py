"""The strip above the canvas while a filter is in force: what it asks for, part by part, and the way out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton

from gui.document.document import Document
from gui.document.showing import Showing
from gui.language import said, tr
from gui.widgets.flowing import Flowing
from gui.widgets.widgets import column, label, plain, push, tool_button
from model.design.views import ALL, Filter

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a filter asks for: in short, wholly where that is longer, and the filter without it."""

    text: str
    whole: str
    without: Filter


def parts(document: Document, chosen: Filter) -> Iterator[Part]:
    """What a filter asks for, as chips."""
    catalog, zones = document.catalog, document.view.design.zone_by_id
    features = [said(each.name) for each in catalog.features if each.id in chosen.features]
    areas = [zones[name].name for name in chosen.zones if name in zones]
    for key, names, without in (
        ("features", features, chosen.evolve(features=())),
        ("zones", areas, chosen.evolve(zones=())),
        ("ports", [str(port) for port in sorted(chosen.ports)], chosen.evolve(ports=())),
    ):
        if names:
            more = tr("filter.more", count=len(names) - _NAMED) if len(names) > _NAMED else ""
            title = _TITLES[key]()
            yield Part(
                f"{title}: {' · '.join(names[:_NAMED])}{more}", f"{title}: {' · '.join(names)}", without
            )
    if chosen.findings:
        yield Part(tr("filter.findings"), "", chosen.evolve(findings=False))
    if chosen.changes:
        yield Part(tr("filter.changes"), "", chosen.evolve(changes=False))


_TITLES: dict[str, Callable[[], str]] = {
    "features": lambda: tr("filter.features"),
    "zones": lambda: tr("filter.zones"),
    "ports": lambda: tr("filter.ports"),
}


class FilterStrip(QFrame):
    """Hidden while everything is shown. `save_asked`: keep what is seen. `purposes_chosen(ids)`: draw these."""

    save_asked = Signal()
    purposes_chosen = Signal(object)

    def __init__(self, document: Document, showing: Showing) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._document, self._showing = document, showing
        self.chips: list[QToolButton] = []
        self.count = label("", "muted")
        self.draw = push("", self._draw, small=True)
        self.save = push("", self.save_asked.emit, small=True)
        self.clear = push("", self.show_all, small=True)
        self._heading = label("", "strong")
        self._line = Flowing()
        for each in (self._heading, self.count, self.draw, self.save, self.clear):
            self._line.addWidget(each)
        self.setLayout(column(self._line, margins=(12, 5, 12, 5)))
        showing.changed.connect(self.refresh)
        document.changed.connect(lambda before, after: self.refresh())
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self._heading.setText(tr("filter.title"))
        self.save.setText(tr("filter.save"))
        self.clear.setText(tr("filter.clear"))
        self.refresh()

    def refresh(self) -> None:
        """Show the filter in force."""
        chosen = self._showing.filter
        found = list(parts(self._document, chosen))
        self.setVisible(chosen != ALL)
        for each in self.chips:
            self._line.removeWidget(each)
            each.hide()
            each.deleteLater()
        self.chips = [self._chip(part) for part in found]
        for place, each in enumerate(self.chips):
            self._line.insert(1 + place, each)
        if chosen != ALL:
            shown, count = self._showing.counts()
            self.count.setText(tr("filter.count", shown=shown, count=count))
        away = self._showing.not_drawn() if chosen != ALL else ()
        self.draw.setVisible(bool(away))
        self.draw.setText(tr("filter.draw", count=len(away)))
        self.draw.setToolTip(plain(tr("filter.draw_tip")))

    def _draw(self) -> None:
        """Draw also what meets the filter and is of a purpose that is switched off."""
        off = {flow.basis.purpose for flow in self._showing.not_drawn()}
        every = [each.id for each in self._document.catalog.purposes]
        self.purposes_chosen.emit(
            frozenset(name for name in every if name in off or self._showing.is_on(name))
        )

    def _chip(self, part: Part) -> QToolButton:
        made = tool_button("filterChip")
        made.setText(part.text.replace("&", "&&") + "  ×")
        made.setToolTip(plain(f"{part.whole or part.text}\n{tr('filter.remove')}"))
        made.setAccessibleName(f"{part.whole or part.text}: {tr('filter.remove')}")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(partial(self._showing.ask, part.without))
        return made

    def show_all(self) -> None:
        """Drop the filter."""
        self._showing.ask(ALL)
