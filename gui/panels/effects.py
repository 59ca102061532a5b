"""What a difference means: for each pair of zones and each firewall, in findings, and what stays at services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from gui.document.document import View
from gui.language import said, tr
from gui.style import theme
from gui.widgets.widgets import Chip, chip, column, empty, label, row
from model.derivation.graph import FlowGraph
from model.design.columns import with_note
from model.design.zoning import zone_names
from model.findings import Finding
from model.tables.wording import shortened
from model.whatif.board import Counts
from model.whatif.effects import Effects
from model.whatif.residue import Residue, alike

_LEAST = 240
"""How narrow a column may become; where three have no room side by side, the page scrolls."""

SHOWN = 100
"""How many rows of each part are listed; each costs widgets."""


class EffectsPage(QWidget):
    """Three columns: where, findings, and what stays. The panel below the canvas fills it while it can be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.colours = theme.LIGHT
        self._columns = [column(margins=(14, 10, 10, 12), spacing=4) for _ in range(3)]
        self._areas = [_area(each) for each in self._columns]
        inside = QWidget()
        inside.setLayout(row(*self._areas, spacing=0))
        self._across = across = QScrollArea()
        across.setWidgetResizable(True)
        across.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across.setWidget(inside)
        self.setLayout(row(across))

    def show_view(self, view: View) -> None:
        """Show what the difference of a view means."""
        for layout in self._columns:
            empty(layout)
        found = view.effects
        self._across.setAccessibleName(tr("effects.title"))
        for part, area, into in zip(self._parts(view, found), self._areas, self._columns, strict=True):
            area.setAccessibleName(tr("effects.title"))
            area.setVisible(found is not None or area is self._areas[0])
            for each in part:
                if isinstance(each, QWidget):
                    into.addWidget(each)
                else:
                    into.addLayout(each)
            into.addStretch(1)

    def _parts(self, view: View, found: Effects | None) -> list[list[QWidget | QLayout]]:
        if found is None:
            return [[label(tr("effects.none"), "muted", wrap=True)], [], []]
        return [
            [*_places(view, found)],
            [*_findings(found)],
            [*_staying(view.graph, alike(view.graph, view.baseline))],
        ]


def _area(inside: QLayout) -> QScrollArea:
    holder = QWidget()
    holder.setLayout(inside)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumWidth(_LEAST)
    area.setWidget(holder)
    return area


def _heading(text: str) -> QWidget:
    return label(text.upper(), "heading", wrap=True)


def count_chips(counts: Counts) -> list[QWidget]:
    """Chips "+2", "−1", "~3" for what is not nothing."""
    kinds: tuple[tuple[str, int, Chip], ...] = (
        ("+", counts.added, "added"),
        ("−", counts.removed, "removed"),
        ("~", counts.changed, "changed"),
    )
    return [chip(f"{mark}{count}", kind) for mark, count, kind in kinds if count]


def _counted(name: str, counts: Counts) -> QLayout:
    return row(label(name, wrap=True), *count_chips(counts), spacing=4)


def _places(view: View, found: Effects) -> Iterator[QWidget | QLayout]:
    names = zone_names(view.baseline.design) | zone_names(view.design)
    yield _heading(tr("effects.firewalls"))
    for device, counts in [*found.firewalls.items()][:SHOWN]:
        yield _counted(device, counts)
    if not found.firewalls:
        yield label(tr("effects.no_firewall"), "muted", wrap=True)
    yield _heading(tr("effects.zones"))
    for (source, destination), counts in [*found.zones.items()][:SHOWN]:
        yield _counted(f"{said(names[source])} → {said(names[destination])}", counts)
    if len(found.zones) > SHOWN:
        yield label(tr("effects.more", count=len(found.zones) - SHOWN), "muted", wrap=True)
    if not found.zones:
        yield label(tr("whatif.no_difference"), "muted", wrap=True)


def _findings(found: Effects) -> Iterator[QWidget | QLayout]:
    parts: tuple[tuple[str, Sequence[Finding], str, Chip], ...] = (
        (tr("effects.new"), found.new, tr("effects.new_mark"), "removed"),
        (tr("effects.solved"), found.solved, tr("effects.solved_mark"), "added"),
    )
    for heading, several, mark, kind in parts:
        yield _heading(f"{heading}  {len(several)}")
        for each in several[:SHOWN]:
            sign = chip(mark, kind)
            text = label(f"{tr(f'severity.{each.severity}')}: {said(each.message)}", wrap=True)
            yield row(column(sign, -1), text, spacing=8)
        if not several:
            yield label(tr("effects.no_finding"), "muted", wrap=True)


def _staying(graph: FlowGraph, left: Sequence[Sequence[Residue]]) -> Iterator[QWidget | QLayout]:
    """What stays on a service although a server took over, with the features and rules that keep it there."""
    catalog = graph.catalog
    yield _heading(tr("effects.stays"))
    if not left:
        yield label(tr("effects.nothing_moved"), "muted", wrap=True)
    for several in left[:SHOWN]:
        first = several[0]
        users = shortened([graph.component(name).name for each in several for name in each.components])
        setting, server = catalog.setting_by_id[first.setting], catalog.kind_by_id[first.server]
        used = said(with_note(server.name, users))
        yield label(f"{said(setting.name)}: {used}", "strong", wrap=True)
        service = said(catalog.kind_by_id[first.service].name)
        moved = tr("effects.moved", count=len(first.moved), service=service)
        yield label(moved, "muted", wrap=True)
        if not first.stays:
            yield label(tr("whatif.nothing_stays", service=service), "muted", wrap=True)
        for name in first.stays:
            features = [said(catalog.feature_by_id[each].name) for each in name.features]
            keeping = tr("whatif.comma").join((*features, *name.rules))
            yield label(name.fqdn, wrap=True)
            yield label(tr("effects.kept_by", features=keeping), "muted", wrap=True)
