"""Drawing who uses whom: a line from a component to a server, which says while it is drawn what would go and come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QGraphicsScene, QLabel, QStyleOptionGraphicsItem, QWidget

from gui.canvas.hand import Hand, Keys
from gui.canvas.items import OVERLAY
from gui.canvas.paint import qrect, scale_of
from gui.canvas.untouched import Untouched
from gui.language import said, tr
from gui.widgets.widgets import label, restyle
from model.derivation.comparison import Comparison, compare
from model.derivation.derive import derive
from model.editing.ties import Nonsense, Tie, server_kinds, tie

_SHOWN = 3
"""How many flows are told one by one."""


class _Line(Untouched):
    """The line from a card to the hand, and the ring around the card it would end at."""

    def __init__(self, start: QPointF) -> None:
        super().__init__()
        self.setZValue(OVERLAY)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._start, self._end = start, start
        self._ring = QRectF()
        self._colour = QColor()

    def show_to(self, end: QPointF, ring: QRectF, colour: str) -> None:
        """Draw up to a point."""
        self.prepareGeometryChange()
        self._end, self._ring, self._colour = end, ring, QColor(colour)
        self.update()

    def boundingRect(self) -> QRectF:
        line = QRectF(self._start, self._end).normalized()
        return line.united(self._ring).adjusted(-12, -12, 12, 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        thin = 1.0 / max(scale_of(painter), 0.05)
        painter.setPen(QPen(self._colour, 2 * thin, Qt.PenStyle.DashLine))
        painter.drawLine(self._start, self._end)
        painter.setBrush(self._colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(self._end, 4 * thin, 4 * thin)
        if not self._ring.isNull():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._colour, 2.5 * thin))
            painter.drawRoundedRect(self._ring.adjusted(-3, -3, 3, 3), 10, 10)


class Tying:
    """One line from components to where the hand is. It ends in one edit or in nothing."""

    def __init__(self, hand: Hand, sources: Sequence[str], start: QPointF) -> None:
        self._hand, self.sources = hand, tuple(sources)
        self._at = start
        self._line = _Line(start)
        hand.scene.addItem(self._line)
        self._bubble = _bubble(hand.scene)
        self._told: dict[tuple[str | None, bool], tuple[str, bool]] = {}
        self._light()
        self.move(start)

    def _light(self) -> None:
        """Let what the line can end at stand out."""
        design, catalog = self._hand.document.view.design, self._hand.document.catalog
        own = {design.component_by_id[name].kind for name in self.sources if name in design.component_by_id}
        kinds = frozenset().union(*(server_kinds(catalog, kind) for kind in own))
        for name, item in self._hand.scene.card_items.items():
            component = design.component_by_id.get(name)
            end = name in self.sources or (component is not None and component.kind in kinds)
            item.set_opacity(1.0 if end else self._hand.scene.look.theme.back.card)

    def move(self, point: QPointF) -> None:
        """Show what letting go here would do."""
        self._at = point
        target = self._target()
        text, sense = self._words(target)
        theme = self._hand.scene.look.theme
        colour = theme.accent if sense else theme.changes["removed"].colour if target else theme.muted
        ring = qrect(self._hand.scene.cards[target]) if target else QRectF()
        self._line.show_to(point, ring, colour)
        self._say(text, wrong=target is not None and not sense)

    def _target(self) -> str | None:
        return component_at(self._hand, self._at)

    def _say(self, text: str, *, wrong: bool) -> None:
        bubble, view = self._bubble, self._hand.scene.views()[0]
        if bubble.text() != text or bubble.property("wrong") != wrong:
            bubble.setText(text)
            bubble.setProperty("wrong", wrong)
            restyle(bubble)
            bubble.adjustSize()
        at, area = view.mapFromScene(self._at), view.viewport().rect()
        x = min(at.x() + 18, area.right() - bubble.width() - 4)
        below = at.y() + 18 + bubble.height() < area.bottom()
        bubble.move(max(4, x), at.y() + 18 if below else at.y() - 18 - bubble.height())
        bubble.show()

    # What it means

    def _alone(self) -> bool:
        return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)

    def _found(self, target: str, alone: bool) -> Tie | Nonsense:
        document = self._hand.document
        return tie(document.design, document.catalog, self.sources, target, alone=alone)

    def _words(self, target: str | None) -> tuple[str, bool]:
        """What is said over a component (None: over none), and whether the line means something there."""
        key = (target, self._alone())
        if key not in self._told:
            self._told[key] = self._work_out(*key)
        return self._told[key]

    def _work_out(self, target: str | None, alone: bool) -> tuple[str, bool]:
        design, catalog = self._hand.document.design, self._hand.document.catalog
        there = design.component_by_id
        known = [there[name] for name in self.sources if name in there]
        if len(known) != len(self.sources) or (target is not None and target not in there):
            return tr("tie.pending"), False
        source = known[0].name if len(known) == 1 else tr("tie.several", count=len(known))
        if target is None or target in self.sources:
            return tr("tie.hint", source=source), False
        found = self._found(target, alone)
        names = {"source": source, "target": there[target].name}
        if isinstance(found, Tie):
            sentence = {
                "only": tr("tie.only", **names), "also": tr("tie.also", **names), "proxy": tr("tie.proxy", **names)
            }[found.meaning]  # fmt: skip
            # What is compared with may be another design; the line changes this one.
            baseline = self._hand.document.view.baseline
            before = baseline if baseline.design is design else derive(design, catalog)
            change = compare(before, derive(found.after, catalog))
            return f"{sentence}\n{self._change_words(change)}", True
        kinds = [catalog.kind_by_id.get(each.kind) for each in (known[0], there[target])]
        said_kinds = [said(kind.name) if kind else "?" for kind in kinds]
        return {
            "itself": tr("tie.hint", source=source),
            "reversed": tr("tie.reversed", **names),
            "no_rule": tr("tie.no_rule", source=said_kinds[0], target=said_kinds[1]),
            "unknown": tr("tie.unknown"),
            "already": tr("tie.already", **names),
        }[found], False

    def _change_words(self, change: Comparison) -> str:
        """How many flows go and come, and the first of them."""
        if change.same:
            return tr("tie.same")
        counts = [f"−{len(change.removed)}"] if change.removed else []
        counts += [f"+{len(change.added)}"] if change.added else []
        counts += [f"~{len(change.changed)}"] if change.changed else []
        lines = [tr("tie.flows", counts=" ".join(counts))]
        names = self._hand.document.design.component_by_id
        for flow in change.removed[:_SHOWN]:
            lines.append(f"− {names[flow.source].name} → {names[flow.destination].name} {flow.port}")
        if len(change.removed) > _SHOWN:
            lines.append("…")
        return "\n".join(lines)

    # Ending

    def commit(self) -> None:
        """Make it so, as one step; where it means nothing, say why."""
        target, alone = self._target(), self._alone()
        text, sense = self._words(target)
        self.abandon()
        document = self._hand.document
        if sense and target is not None:
            found = self._found(target, alone)
            if isinstance(found, Tie):
                document.edit(tr("edit.assign"), lambda design: found.after)
        elif target is not None and target not in self.sources:
            document.refused.emit(text)

    def abandon(self) -> None:
        """Take line and words away."""
        self._bubble.hide()
        self._bubble.deleteLater()
        scene = self._line.scene()
        if scene is not None:
            scene.removeItem(self._line)
        self._hand.scene.light()


def _bubble(scene: QGraphicsScene) -> QLabel:
    """The words beside the hand."""
    made = label()
    made.setObjectName("bubble")
    made.setParent(scene.views()[0].viewport())
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


class TieTool:
    """The mode in which a line can begin at every component; one of those selected stands for all of them."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._tying: Tying | None = None

    @property
    def busy(self) -> bool:
        return self._tying is not None

    def press(self, point: QPointF, keys: Keys) -> None:
        self.cancel()
        source, selection = component_at(self._hand, point), self._hand.selection
        if source is None:
            return
        if source not in selection.ids:
            selection.select([source])
        self._tying = begin(self._hand, source, point)

    def drag(self, point: QPointF, keys: Keys) -> None:
        if self._tying is not None:
            self._tying.move(point)

    def release(self, point: QPointF) -> None:
        if self._tying is not None:
            tying, self._tying = self._tying, None
            tying.move(point)
            tying.commit()

    def cancel(self) -> None:
        if self._tying is not None:
            self._tying.abandon()
            self._tying = None

    def cursor(self, point: QPointF) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor if self._hand.scene.card_at(point) else Qt.CursorShape.ArrowCursor


def component_at(hand: Hand, point: QPointF) -> str | None:
    """The component whose card is at a point; a collapsed zone is none."""
    found = hand.scene.card_at(point)
    return found if found in hand.document.view.design.component_by_id else None


def begin(hand: Hand, source: str, point: QPointF) -> Tying:
    """Begin a line at a component; with it go the other selected components where it is selected itself."""
    chosen = hand.selection.components(hand.document.view.graph)
    return Tying(
        hand, (source, *(name for name in chosen if name != source)) if source in chosen else (source,), point
    )
