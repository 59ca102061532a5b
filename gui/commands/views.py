"""Filters and saved views: the menu they are chosen from, and views kept in the design under a name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QMenu, QWidget

from gui.desk import Desk
from gui.language import said, tr
from gui.widgets.asking import asked_text
from gui.widgets.menus import StayingMenu
from model.design.design import Design
from model.design.views import ALL, SavedView
from model.editing import edits


class Views(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent

    def begin(self) -> None:
        """Follow what is shown, when everything is in place."""
        self._w.showing.changed.connect(self.follow)
        self._w.menus["filter"].aboutToShow.connect(self._fill_filter)
        self._w.menus["views"].aboutToShow.connect(self._fill_views)
        self.follow()

    # Purposes

    def _all_but(self, shown: frozenset[str]) -> tuple[str, ...]:
        return tuple(each.id for each in self._w.document.catalog.purposes if each.id not in shown)

    def show_purposes(self, shown: frozenset[str]) -> None:
        """Draw the connectors of these purposes."""
        self._w.showing.draw(shown)
        self._w.keep(self._w.preferences.evolve(hidden_purposes=self._all_but(self._w.showing.usual)))

    # The filter

    def filter_findings(self) -> None:
        """Show only what findings concern, or everything again."""
        self._w.showing.ask(self._w.showing.filter.evolve(findings=not self._w.showing.filter.findings))

    def filter_changes(self) -> None:
        """Show only what the what-if changes, or everything again."""
        self._w.showing.ask(self._w.showing.filter.evolve(changes=not self._w.showing.filter.changes))

    def clear_filter(self) -> None:
        """Show everything."""
        self._w.showing.ask(ALL)

    def follow(self) -> None:
        """Let actions and the tool bar say what is in force."""
        made, chosen = self._w.actions_by_id, self._w.showing.filter
        made["filter_findings"].setChecked(chosen.findings)
        made["filter_changes"].setChecked(chosen.changes)
        made["clear_filter"].setEnabled(chosen != ALL)
        self._w.toolbar.show_filter(chosen != ALL)
        self._w.toolbar.show_purposes(self._w.showing.purposes)

    def _fill_filter(self) -> None:
        menu, made = self._w.menus["filter"], self._w.actions_by_id
        menu.clear()
        chosen, graph = self._w.showing.filter, self._w.document.view.graph
        asked = {name for flow in graph.network for name in flow.basis.features} | set(chosen.features)
        features = [(e.id, said(e.name)) for e in graph.catalog.features if e.id in asked]
        zones = [(zone.id, zone.name) for zone in graph.design.zones]
        ports = sorted({flow.port for flow in graph.network} | set(chosen.ports))
        self._part(menu, tr("filter.features"), "features", features)
        self._part(menu, tr("filter.zones"), "zones", zones)
        self._part(menu, tr("filter.ports"), "ports", [(port, str(port)) for port in ports])
        for name in ("filter_findings", "filter_changes"):
            menu.addAction(made[name])
        menu.addSeparator()
        menu.addAction(made["clear_filter"])
        menu.addSeparator()
        menu.addMenu(self._w.menus["views"])

    def _part(self, menu: QMenu, title: str, field: str, entries: Iterable[tuple[str | int, str]]) -> None:
        """A sub-menu in which the values of one part of the filter are ticked."""
        inner = StayingMenu(title, menu)
        chosen = getattr(self._w.showing.filter, field)
        for value, text in entries:
            inner.tick(text, value in chosen).toggled.connect(partial(self._tick, field, value))
        inner.setEnabled(not inner.isEmpty())
        menu.addMenu(inner)

    def _tick(self, field: str, value: str | int, on: bool) -> None:
        now = tuple(each for each in getattr(self._w.showing.filter, field) if each != value)
        self._w.showing.ask(self._w.showing.filter.evolve(**{field: (*now, value) if on else now}))

    # Views kept in the design

    def save_view(self) -> None:
        """Keep what is shown, and the place it is seen from, under a name; a name in use is replaced."""
        name = asked_text(self._parent, tr("views.title"), tr("views.text"))
        if not name:
            return
        canvas, showing = self._w.canvas, self._w.showing
        middle = canvas.mapToScene(canvas.viewport().rect().center())

        def change(design: Design) -> Design:
            others = tuple(each for each in design.views if each.name != name)
            wish = name if name.isascii() else "view"
            view = SavedView(
                id=edits.fresh_id({each.id for each in others}, wish),
                name=name,
                filter=showing.filter,
                hidden=self._all_but(showing.purposes),
                centre=(round(middle.x()), round(middle.y())),
                zoom=round(canvas.scale_now() * 100),
            )
            return edits.change_design(design, views=(*others, view))

        self._w.document.edit(tr("edit.view"), change)

    def rename_view(self, view: str) -> None:
        """Ask for another name of a saved view, and again while another view has it."""
        names = {each.id: each.name for each in self._w.document.design.views}
        before = names.pop(view)
        name = asked_text(self._parent, tr("views.rename_title"), tr("views.text"), before)
        while name in names.values():
            name = asked_text(self._parent, tr("views.rename_title"), tr("views.taken", name=name), name)
        if not name:
            return

        def change(design: Design) -> Design:
            renamed = (v.evolve(name=name) if v.id == view else v for v in design.views)
            return edits.change_design(design, views=tuple(renamed))

        self._w.document.edit(tr("edit.rename_view"), change)

    def use_view(self, name: str) -> None:
        """Show what a saved view shows, from the same place."""
        view = next(each for each in self._w.document.design.views if each.id == name)
        self._w.showing.show(view.filter, self._w.showing.all_but(view.hidden))
        self._w.canvas.zoom_to(view.zoom / 100)
        self._w.canvas.centerOn(QPointF(*view.centre))

    def forget_view(self, name: str) -> None:
        """Take a saved view out of the design."""
        self._w.document.edit(
            tr("edit.forget_view"),
            lambda design: edits.change_design(design, views=tuple(v for v in design.views if v.id != name)),
        )

    def _fill_views(self) -> None:
        menu = self._w.menus["views"]
        menu.clear()
        menu.addAction(self._w.actions_by_id["save_view"])
        menu.addSeparator()
        for each in self._w.document.design.views:
            inner = menu.addMenu(each.name.replace("&", "&&"))
            inner.addAction(tr("views.use")).triggered.connect(
                lambda checked, name=each.id: self.use_view(name)
            )
            inner.addAction(tr("views.rename")).triggered.connect(
                lambda checked, name=each.id: self.rename_view(name)
            )
            inner.addAction(tr("views.forget")).triggered.connect(
                lambda checked, name=each.id: self.forget_view(name)
            )
