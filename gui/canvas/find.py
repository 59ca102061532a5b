"""The find bar of the canvas: steps through what is found, centres it and marks it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QToolButton

from gui.canvas.found import Found
from gui.canvas.paint import qrect
from gui.canvas.scene import Scene
from gui.canvas.view import Canvas
from gui.document.document import Document
from gui.document.selection import Pair, Selection
from gui.language import tr
from gui.style import icons, theme
from gui.widgets.widgets import label, plain, row, tool_button
from model.reading.locating import Hit, hits

_LEGIBLE = 0.6
"""The scale up to which a hit is shown larger, so that it can be read."""


class FindBar(QFrame):
    """Lies in the upper right corner of the canvas while it is wanted."""

    def __init__(self, document: Document, selection: Selection, scene: Scene, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.setObjectName("findBar")
        self._document, self._selection = document, selection
        self._scene, self._canvas = scene, canvas
        self.found: tuple[Hit, ...] = ()
        self._at = 0
        self.marks = Found()
        scene.addItem(self.marks)
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(260)
        self.count = label("", "muted")
        self.before, self.after, self.end = (self._button(step) for step in (-1, 1, 0))
        self.setLayout(
            row(
                self.field, self.count, self.before, self.after, self.end, margins=(8, 6, 6, 6), spacing=6
            )
        )  # fmt: skip
        self.field.textChanged.connect(lambda text: self._search())
        document.changed.connect(lambda before, after: self._follow())
        canvas.fitted.connect(self.place)
        self.hide()

    def _button(self, step: int) -> QToolButton:
        made = tool_button()
        made.setAutoRaise(True)
        made.clicked.connect((lambda: self.step(step)) if step else self.close_bar)
        return made

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts in the language in use, and draw icons in the colours in use."""
        self.field.setPlaceholderText(tr("find.hint"))
        self.field.setAccessibleName(tr("find.title"))
        for button, icon, text in (
            (self.before, "chevron-up", tr("find.previous")),
            (self.after, "chevron-down", tr("find.next")),
            (self.end, "close", tr("find.close")),
        ):
            button.setIcon(icons.icon(icon, colours.text, colours.disabled))
            button.setToolTip(plain(text))
            button.setAccessibleName(text)
        self._say()
        self._mark()

    def open_bar(self) -> None:
        """Ask what to find."""
        self.show()
        self.raise_()
        self.place()
        self.field.setFocus()
        self.field.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Go back to the canvas; what was found last stays selected."""
        self.hide()
        self.found = ()
        self._mark()
        self._canvas.setFocus()

    def place(self) -> None:
        """Stay in the corner."""
        self.adjustSize()
        self.move(max(8, self._canvas.width() - self.width() - 14), 12)

    # Searching

    def _search(self) -> None:
        if self.isHidden():
            return
        self.found = hits(self._document.view.graph, self.field.text())
        self._at = 0
        self._show()

    def _follow(self) -> None:
        """The design changed: keep to the hit stepped to where it is still there."""
        if self.isHidden():
            return
        now = self.found[self._at] if self.found else None
        self.found = hits(self._document.view.graph, self.field.text())
        same = [number for number, hit in enumerate(self.found) if _subject(hit) == (now and _subject(now))]
        self._at = same[0] if same else 0
        self._say()
        self._mark()

    def step(self, by: int) -> None:
        """Go to the next hit or to the one before, around the end."""
        if self.isHidden():
            self.open_bar()
        elif self.found:
            self._at = (self._at + by) % len(self.found)
            self._show()

    def _show(self) -> None:
        self._say()
        self._mark()
        if not self.found:
            return
        hit = self.found[self._at]
        if hit.flow is None:
            self._selection.select([hit.id])
        else:
            self._selection.select_pair((hit.flow.source, hit.flow.destination), hit.flow.id)
        if self._canvas.scale_now() < _LEGIBLE:
            self._canvas.zoom_to(_LEGIBLE)
        around = QRectF()
        for frame in self._frames(hit):
            around = around.united(frame)
        self._canvas.look_at(around.center())

    def _say(self) -> None:
        text = ""
        if self.field.text().strip():
            text = tr("find.none")
        if self.found:
            flow = self.found[self._at].flow
            text = tr("find.count", number=self._at + 1, count=len(self.found))
            if flow is not None and not self._drawn((flow.source, flow.destination)):
                text += f" · {tr('find.not_drawn')}"
        self.count.setText(text)
        for button in (self.before, self.after):
            button.setEnabled(len(self.found) > 1)
        self.place()

    def _drawn(self, pair: Pair) -> bool:
        return self._scene.folding.pair(pair) in self._scene.wires.pairs

    def _mark(self) -> None:
        frames = [frame for hit in self.found for frame in self._frames(hit)]
        current = self._frames(self.found[self._at]) if self.found else []
        colour = self._scene.look.theme.changes["changed"].colour
        self.marks.show_frames(frames, current, colour)
        flows = [hit.flow for hit in self.found if hit.flow is not None]
        pair = self._scene.folding.pair
        self._scene.wires.find(frozenset(pair((flow.source, flow.destination)) for flow in flows))

    def _frames(self, hit: Hit) -> list[QRectF]:
        """Where a hit is in the scene: a connector at its label, or at its ends where it is not drawn."""
        cards, fold = self._scene.cards, self._scene.folding
        if hit.flow is not None:
            pair = fold.pair((hit.flow.source, hit.flow.destination))
            if pair in self._scene.wires.pairs:
                return [self._scene.wires.pairs[pair].label_rect]
            return [qrect(cards[name]) for name in dict.fromkeys(pair)]
        name, design = fold.end(hit.id), self._scene.design
        frames = {zone.id: zone.rect for zone in design.zones}
        frames |= {note.id: note.rect for note in design.notes}
        return [qrect(cards[name] if name in cards else frames[name])]

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)


def _subject(hit: Hit) -> tuple[str, ...]:
    return (hit.id,) if hit.flow is None else (hit.flow.source, hit.flow.destination)
