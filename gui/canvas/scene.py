"""The scene: what the document shows, as items; and the questions a hand asks of it (what is under this point?)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from gui.canvas.areas import Areas
from gui.canvas.bundles import Bundle, Pair
from gui.canvas.captions import Captions
from gui.canvas.cards import Card, CardLayer
from gui.canvas.detail import FarNames
from gui.canvas.ghosts import frame_of, show_ghosts
from gui.canvas.handles import Handles
from gui.canvas.items import CARDS, NOTES, Drawn, drop, item_for
from gui.canvas.marks import marked
from gui.canvas.nodes import button, button_on, node, presses
from gui.canvas.overlay import Overlay
from gui.canvas.paint import qrect
from gui.canvas.routes import LATER, Land, Routes
from gui.canvas.wires import WireLayer
from gui.document.document import Document, View
from gui.document.selection import Selection
from gui.document.showing import Showing
from model.derivation.comparison import Status
from model.design.design import Design
from model.design.elements import Component, Note, Zone
from model.editing.folding import Folding, folded, folding, held
from model.picture.cards import card_size, card_with, component_lines, note_box
from model.picture.connectors import Wire, links
from model.picture.courses import lines
from model.picture.differing import badged, statuses
from model.picture.drawing import depth_order
from model.picture.look import Look
from model.shapes.geometry import Point, Rect, Size, bounding
from model.shapes.primitives import Group

MARGIN = 2000.0
"""Free space around what is drawn, so that there is room to drop things."""

ZONE_EDGE = 7.0
"""How near to a zone's border (screen pixels) a hand takes hold of it."""

ZONE_TITLE = 30.0
"""The height of the strip with a zone's name, by which it is moved."""


class Scene(QGraphicsScene):
    """Shows a document. `cards` gives the frame of every card shown: of components and of collapsed zones.

    `folding` says what is hidden in collapsed zones; `zones` and `notes` are those that are drawn.
    """

    shown = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        showing: Showing,
        look: Look,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        # The default index made replacing thousands of items a thousand times slower.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._document, self._selection, self._showing = document, selection, showing
        self.look = look
        self._captions = Captions(look)
        self._cards: dict[str, tuple[object, Group]] = {}
        self.folding = Folding((), {})
        self.zones: tuple[Zone, ...] = ()
        """The zones drawn as areas, outermost first."""
        self.notes: tuple[Note, ...] = ()
        self.cards: dict[str, Rect] = {}
        self.sizes: dict[str, Size] = {}
        """The size of every component's card."""
        self._content: QRectF | None = None
        self.card_layer = CardLayer()
        self.ghost_layer = CardLayer()
        self.ghost_layer.setZValue(CARDS - 1)
        self.ghosts: dict[str, Rect] = {}
        """What is taken away on trial, where it was."""
        self.areas = Areas(self, look)
        self.note_items: dict[str, Drawn] = {}
        self.routes = Routes(self)
        self.routes.better.connect(self.show_wires)
        self.wires = WireLayer()
        self.far_names = FarNames(lambda: self.look, lambda: self.zones)
        self.overlay = Overlay()
        self.handles = Handles()
        for item in (
            self.wires,
            self.ghost_layer,
            self.card_layer,
            self.wires.labels,
            self.far_names,
            self.overlay,
            self.handles,
        ):
            self.addItem(item)
        document.changed.connect(self._follow)
        selection.changed.connect(lambda origin: self.light())
        showing.changed.connect(self.refresh)
        self.refresh()

    @property
    def card_items(self) -> dict[str, Card]:
        """Every card as it is drawn, by component."""
        return self.card_layer.cards

    # Following the document

    def _follow(self, before: View, after: View) -> None:
        self._selection.keep(after.graph, after.baseline)
        self.refresh()

    def set_look(self, look: Look) -> None:
        """Draw in another theme or language."""
        self.look = look
        self._captions = Captions(look)
        self._cards.clear()
        self.refresh()

    def forget(self) -> None:
        """Let go of what was worked out for the design so far: another one is about to be shown."""
        self.routes.forget()

    def refresh(self) -> None:
        """Show the document as it is."""
        view, look = self._document.view, self.look
        graph, design = view.graph, view.design
        fold = self.folding = folding(design)
        marks = statuses(view.baseline.design, design) if view.comparison is not None else {}
        groups = {
            each.id: self._card(each, component_lines(each, graph, look), marks.get(each.id))
            for each in design.components
        }
        self.sizes = {name: frame_of(group, Point(0, 0)).size for name, group in groups.items()}
        places = {each.id: each.point for each in design.components if each.id not in fold.within}
        services = frozenset(kind.id for kind in graph.catalog.kinds if kind.service)
        inside = held(design, fold)
        for zone in fold.nodes:
            group = node(zone, inside[zone.id], services, look)
            groups[zone.id] = marked(group, zone.locked, look, frame_of(group, Point(0, 0)))
            places[zone.id] = Point(zone.rect.x, zone.rect.y)
        self.cards = {name: frame_of(groups[name], at) for name, at in places.items()}
        self.zones = tuple(
            each for each in depth_order(graph) if not each.collapsed and each.id not in fold.within
        )
        self.notes = tuple(note for note in design.notes if note.id not in fold.within)
        self._show_zones()
        self._show_notes()
        self.card_layer.show_cards({name: groups[name] for name in self.cards}, self.cards)
        self.ghosts = show_ghosts(self.ghost_layer, view, fold, look)
        self.show_wires()
        self._fit_scene_rect()
        self.light()
        self.shown.emit()

    def _card(self, component: Component, lines: tuple[str, ...], status: Status | None) -> Group:
        """A component's card; the one drawn last where nothing that shows on it is different."""
        key = (component.name, component.kind, lines, component.locked, status)
        known = self._cards.get(component.id)
        if known is None or known[0] != key:
            card = card_with(component, lines, self.look)
            drawn = marked(card, component.locked, self.look, frame_of(card, Point(0, 0)))
            drawn = badged(drawn, status, self.look)
            known = self._cards[component.id] = (key, drawn)
        return known[1]

    def show_wires(self) -> None:
        """Draw the connectors anew."""
        view, look = self._document.view, self.look
        showing = self._showing
        every = links(view.graph, view.comparison, showing.purposes, showing.question, self.ghosts)
        shown = folded(every, self.folding)
        captions = [self._captions.of(link, view.comparison) for link in shown]
        laid = lines(view.graph.design, self.cards)
        land = Land.of(self.cards | self.ghosts, self.zones, laid, look)
        self._content = None
        routed = self.routes.update(land, shown, [each.size for each in captions])
        drawn = list(zip(routed, captions, strict=True))
        self.wires.show_wires(drawn, view.graph, view.comparison, look, self._area_of(routed))
        self._show_handles()

    def _area_of(self, wires: Sequence[Wire]) -> QRectF:
        """What connectors and their labels occupy; where there are very many, which are simple, the cards' area."""
        if len(wires) > LATER:
            around = bounding(self.cards.values())
        else:
            points = (Rect(point.x, point.y, 0, 0) for wire in wires for point in wire.points)
            around = bounding((*points, *(wire.label for wire in wires)))
        return qrect(around.grow(10)) if around is not None else QRectF()

    def _show_zones(self) -> None:
        self.areas.show(self.zones, self.look)
        around = bounding(zone.rect for zone in self.zones)
        self.far_names.show_area(qrect(around) if around is not None else QRectF())

    @property
    def design(self) -> Design:
        """The design shown."""
        return self._document.view.design

    def _show_notes(self) -> None:
        drop(self, self.note_items, {note.id for note in self.notes})
        for number, note in enumerate(self.notes):
            item = item_for(self, self.note_items, note.id, NOTES, 4)
            item.setZValue(NOTES + number / 100)
            drawn = marked(note_box(note, self.look), note.locked, self.look, note.rect)
            item.show_group(drawn, note.rect)
            item.setPos(0, 0)

    def _fit_scene_rect(self) -> None:
        self.setSceneRect(self.content().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))

    def content(self) -> QRectF:
        """What is drawn, without free space; some area around the origin where nothing is."""
        if self._content is None:
            self._content = self._measured()
        return self._content

    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not (self.cards or self.ghosts or self.zones or self.notes)

    def things(self) -> Rect | None:
        """What everything but connectors occupies; None where nothing is drawn."""
        frames = [
            *self.cards.values(),
            *self.ghosts.values(),
            *(zone.rect for zone in self.zones),
            *(note.rect for note in self.notes),
        ]
        return bounding(frames)

    def _measured(self) -> QRectF:
        around = self.things()
        if around is None:
            return QRectF(0, 0, 900, 600)
        return qrect(around).united(self.wires.boundingRect())

    def frames(self, design: Design) -> dict[str, Rect]:
        """The cards of all components of a design, hidden ones included, and all others that are shown."""

        def size(component: Component) -> Size:
            ghost = self.ghosts.get(component.id)
            known = ghost.size if ghost is not None else self.sizes.get(component.id)
            return known if known is not None else card_size(component, None, self.look)

        shown = self.cards | self.ghosts
        return shown | {each.id: Rect(*each.point, *size(each)) for each in design.components}

    # Selection

    def light(self) -> None:
        """Mark what is selected, let its connectors stand out and the rest step back."""
        selection, accent, end = self._selection, self.look.theme.accent, self.folding.end
        chosen = {end(name) for name in selection.ids}
        lit = self._lit(chosen)
        ends = None if lit is None else {name for pair in lit for name in pair} | chosen
        changes = {end(name): colour for name, colour in self._rings().items()}
        for name, card in self.card_items.items():
            card.set_ring(accent if name in chosen else changes.get(name))
            card.set_opacity(self.look.theme.back.card if ends is not None and name not in ends else 1.0)
        for items in (self.areas.boxes, self.note_items):
            for name, item in items.items():
                item.set_ring(accent if name in chosen else None)
        for zone in self.zones:
            alone = selection.ids == {zone.id}
            self.areas.titles[zone.id].set_button(button(self.look.theme, zone.rect) if alone else ())
        self.wires.light(lit, self.folding.pair(selection.pair) if selection.pair is not None else None)
        self._show_handles()

    def _show_handles(self) -> None:
        pair = self._selection.pair
        chosen = self.wires.pairs.get(pair) if pair is not None and self.bendable(pair) else None
        line, label = (chosen.wire.points, chosen.label_rect) if chosen is not None else ((), QRectF())
        self.handles.show_for(line, label, self.look.theme.accent, self.look.theme.card)

    def _lit(self, chosen: set[str]) -> frozenset[Pair] | None:
        """The connectors that stand out: those of the selected components, or the selected one; None: all alike."""
        if self._selection.pair is not None:
            return frozenset([self.folding.pair(self._selection.pair)])
        if self._selection.pairs:
            return frozenset(self.folding.pair(pair) for pair in self._selection.pairs)
        cards = chosen & self.cards.keys()
        if cards:
            return frozenset(pair for pair in self.wires.pairs if pair[0] in cards or pair[1] in cards)
        # A filter leaves the rest of its connectors out, and what none of them reaches steps back.
        return frozenset(self.wires.pairs) if self._showing.question is not None else None

    def _rings(self) -> dict[str, str]:
        """What comes by what is being tried out, and the listeners reached only because of it."""
        comparison = self._document.view.comparison
        if comparison is None:
            return {}
        colour = self.look.theme.changes["added"].colour
        there = self._document.view.baseline.design.component_by_id
        come = {name: colour for name in self.cards if name not in there}
        return come | {flow.destination: colour for flow in comparison.added if flow.basis.scope == "network"}

    def choose(self, wire: Pair | Bundle, origin: object = None) -> None:
        """Select a connector; of one that stands for several, the flows of all."""
        if isinstance(wire, Bundle) or self.folding.merged(wire):
            pairs = wire.pairs if isinstance(wire, Bundle) else (wire,)
            links = [self.wires.pairs[pair].wire.link for pair in pairs]
            self._selection.select_flows([f for link in links for f in (*link.flows, *link.removed)], origin)
        else:
            self._selection.select_pair(wire, origin=origin)

    def chosen(self) -> Pair | None:
        """The one connector shown that is selected, by itself or as all the flows it stands for."""
        pair, pairs = self._selection.pair, self._selection.pairs
        found = {self.folding.pair(each) for each in (pairs if pair is None else (pair,))}
        one = next(iter(found)) if len(found) == 1 else None
        return one if one in self.wires.pairs else None

    def is_chosen(self, pair: Pair) -> bool:
        """Whether a connector is the one selected."""
        return self.chosen() == pair

    def bendable(self, pair: Pair) -> bool:
        """Whether a connector joins components that are there: no collapsed zone, nothing taken away on trial."""
        return all(name in self.cards and name in self.sizes for name in pair)

    # What is where

    def locked(self, zone: str) -> bool:
        """Whether a zone is locked."""
        return self._document.view.design.zone_by_id[zone].locked

    def fold_at(self, point: QPointF) -> str | None:
        """The zone whose button for collapsing or expanding is at a point."""
        card = self.card_at(point)
        if card is not None and card not in self.sizes and presses(self.cards[card], point):
            return card
        for zone in self.zones:
            if self._selection.ids == {zone.id}:
                return zone.id if qrect(button_on(zone.rect)).contains(point) else None
        return None

    def card_at(self, point: QPointF) -> str | None:
        """The topmost card at a point: of a component or a collapsed zone."""
        return self.card_layer.at(point)

    def note_at(self, point: QPointF) -> str | None:
        """The topmost note at a point."""
        at = Point(point.x(), point.y())
        return next((note.id for note in reversed(self.notes) if note.rect.contains(at)), None)

    def zone_at(self, point: QPointF, without: Iterable[str] = ()) -> str | None:
        """The innermost zone at a point, leaving out some and what lies in them."""
        at = Point(point.x(), point.y())
        gone = set(without)
        design = self._document.view.design
        found = [zone for zone in self.zones if zone.rect.contains(at)]
        fitting = [z for z in found if not gone & set(design.zone_chain(z.id))]
        return fitting[-1].id if fitting else None

    def zone_grip(self, point: QPointF, reach: float) -> tuple[str, str] | None:
        """The zone whose border or title is at a point, and by what it is held: sides such as "nw", or "move"."""
        x, y = point.x(), point.y()
        for zone in reversed(self.zones):
            frame = zone.rect
            if not frame.grow(reach).contains(Point(x, y)):
                continue
            sides = (
                "n" if abs(y - frame.top) <= reach else "s" if abs(y - frame.bottom) <= reach else ""
            ) + ("w" if abs(x - frame.left) <= reach else "e" if abs(x - frame.right) <= reach else "")
            if sides:
                return zone.id, sides
            if frame.contains(Point(x, y)) and y <= frame.top + ZONE_TITLE:
                return zone.id, "move"
        return None
