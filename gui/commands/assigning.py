"""Who uses whom, from the menus and the keyboard: the same ties that are drawn as lines on the canvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from gui.desk import Desk
from gui.language import said, tr
from gui.widgets.menus import inner_menu
from model.derivation.effective import servers
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits
from model.editing.ties import proxied_classes, proxy_kinds, server_kinds


class Assigning(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent
        desk.selection.changed.connect(lambda origin: self.follow())
        desk.document.changed.connect(lambda before, after: self.follow())

    def tie_tool(self) -> None:
        """Draw lines from components to the servers they use."""
        self._w.canvas.use_tool("tie")

    def tie_menu(self) -> None:
        """Choose at the selected components which servers they use."""
        menu = self.menu()
        if menu is not None:
            canvas = self._w.canvas
            menu.popup(canvas.viewport().mapToGlobal(canvas.selected_middle()))

    def follow(self) -> None:
        """Let the action say whether there is anything to choose."""
        action = self._w.actions_by_id.get("tie_menu")
        if action is not None:
            action.setEnabled(bool(self._chosen()))

    def _chosen(self) -> list[Component]:
        """The selected components of the design whose kind connects to anything."""
        document = self._w.document
        catalog = document.catalog
        return [
            each
            for each in document.design.components
            if each.id in self._w.selection.ids and server_kinds(catalog, each.kind)
        ]

    def menu(self) -> QMenu | None:
        """A sub-menu for every kind that the selected components connect to and the design has."""
        chosen, document = self._chosen(), self._w.document
        if not chosen:
            return None
        menu = QMenu(self._parent)
        menu.aboutToHide.connect(menu.deleteLater)
        for kind in document.catalog.kinds:
            sources = [c for c in chosen if kind.id in document.catalog.destination_kinds(c.kind)]
            there = document.design.components_by_kind.get(kind.id, ())
            if sources and any(each.id != sources[0].id for each in there):
                self._fill(inner_menu(menu, said(kind.name)), kind.id, sources, there)
        self._add_proxies(menu, chosen)
        if menu.isEmpty():
            menu.addAction(tr("tie.nobody")).setEnabled(False)
        return menu

    def _fill(self, menu: QMenu, kind: str, sources: Sequence[Component], there: Sequence[Component]) -> None:
        design = self._w.document.design
        states = [design.assignments_of.get(each.id, {}).get(kind) for each in sources]
        everybody = all(state is None for state in states)
        self._entry(menu, tr("inspector.all", count=len(there)), everybody, sources, kind, lambda c: None)
        nobody = all(state is not None and not state.chosen for state in states)
        self._entry(menu, tr("inspector.none"), nobody, sources, kind, lambda c: ())
        menu.addSeparator()
        for server in there:
            used = [server in servers(design, each, kind) for each in sources if each.id != server.id]
            if used:
                toggled = partial(self._toggled, kind, server.id, take=not all(used))
                self._entry(menu, server.name, all(used), sources, kind, toggled)

    def _toggled(self, kind: str, server: str, component: Component, *, take: bool) -> tuple[str, ...]:
        """The servers of a component with one more, or one less."""
        now = [each.id for each in servers(self._w.document.design, component, kind)]
        if take:
            return tuple(now if server in now or server == component.id else [*now, server])
        return tuple(name for name in now if name != server)

    def _entry(
        self,
        menu: QMenu,
        text: str,
        checked: bool,
        sources: Sequence[Component],
        kind: str,
        servers_of: Callable[[Component], tuple[str, ...] | None],
    ) -> None:
        def change(design: Design) -> Design:
            for each in sources:
                design = edits.assign(design, each.id, kind, servers_of(each))
            return design

        action = menu.addAction(_bare(text))
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(lambda on: self._w.document.edit(tr("edit.assign"), change))

    def _add_proxies(self, menu: QMenu, chosen: Sequence[Component]) -> None:
        """A sub-menu for the web proxy that all classes of traffic go through."""
        document = self._w.document
        catalog = document.catalog
        proxies = [each for each in document.design.components if each.kind in proxy_kinds(catalog)]
        sources = [each for each in chosen if proxied_classes(catalog, each.kind)]
        if not (proxies and sources):
            return
        inner = inner_menu(menu, tr("inspector.proxies"))
        choices = [("", tr("inspector.direct")), *((each.id, each.name) for each in proxies)]
        for name, text in choices:
            action = inner.addAction(_bare(text))
            action.setCheckable(True)
            wanted = name or None
            action.setChecked(
                all(
                    c.proxies.get(each.id) == wanted
                    for c in sources
                    for each in proxied_classes(catalog, c.kind)
                )
            )
            action.triggered.connect(
                lambda on, wanted=wanted: document.edit(
                    tr("edit.proxy"), lambda design: self._proxied(design, sources, wanted)
                )
            )

    def _proxied(self, design: Design, sources: Sequence[Component], proxy: str | None) -> Design:
        for component in sources:
            for each in proxied_classes(self._w.document.catalog, component.kind):
                design = edits.set_proxy(design, component.id, each.id, proxy)
        return design


def _bare(text: str) -> str:
    return text.replace("&", "&&")
