"""Adding a component by typing on the canvas: a small field where it shall stand, and the kinds that fit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from gui.canvas.paint import qrect
from gui.canvas.scene import Scene
from gui.canvas.view import Canvas
from gui.language import said, tr
from gui.widgets.fields import Field
from gui.widgets.widgets import column, label
from model.catalog.catalog import Catalog
from model.catalog.rules import Kind
from model.editing.placing import innermost
from model.reading.kindsearch import kinds_like
from model.shapes.geometry import Point

_SHOWN = 7
"""How many kinds are seen at once."""

_ROW = 30
_WIDTH = 300
_EDGE = 4
"""What stays free to the edges of the canvas, in pixels."""
_ID = Qt.ItemDataRole.UserRole


class QuickAdd(QFrame):
    """Hidden unless it is asked for. `chosen(kind, x, y)`: place one with its middle there, in the scene.

    Enter or a click takes a kind; Escape, leaving and scrolling take none. `icon_of` gives a kind's icon.
    """

    chosen = Signal(str, float, float)

    def __init__(
        self, catalog: Catalog, scene: Scene, canvas: Canvas, icon_of: Callable[[Kind], QIcon]
    ) -> None:
        super().__init__(canvas)  # beside the hint of an empty canvas, over which it is raised
        self.setObjectName("quickAdd")
        self._catalog, self._scene, self._canvas, self._icon_of = catalog, scene, canvas, icon_of
        self._at = QPointF()
        self.field = Field()
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(20, 20))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.where = label("", "muted", wrap=True)
        self._parts = column(self.field, self.list, self.where, margins=(8, 8, 8, 7), spacing=6)
        self.setLayout(self._parts)
        self.setFixedWidth(_WIDTH)
        self.field.textChanged.connect(lambda text: self._fill())
        self.field.left.connect(self._end)
        self.list.itemClicked.connect(lambda item: self._take())
        self.list.itemSelectionChanged.connect(self._say)
        canvas.leaving.connect(self._end)
        self.hide()

    def open_at(self, spot: QPoint) -> None:
        """Ask for a kind, to be placed at a point of the viewport."""
        self._at = self._canvas.mapToScene(spot)
        self.field.setPlaceholderText(tr("quick.hint"))
        self.field.setAccessibleName(tr("quick.title"))
        self.list.setAccessibleName(tr("palette.title"))
        zone = self._zone()
        design = self._scene.design
        self.where.setText(
            tr("quick.into", zone=design.zone_by_id[zone].name) if zone else tr("quick.outside")
        )
        self._scene.overlay.show_target(qrect(design.zone_by_id[zone].rect) if zone else None)
        self.field.clear()
        self._fill()
        area = self._canvas.viewport().rect()
        self.move(
            max(_EDGE, min(spot.x() - 20, area.right() - self.width() - _EDGE)),
            max(_EDGE, min(spot.y() - 20, area.bottom() - self.sizeHint().height() - _EDGE)),
        )
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _zone(self) -> str | None:
        return innermost(self._scene.design, Point(self._at.x(), self._at.y()))

    def _fill(self) -> None:
        """Show the kinds that fit what is typed, the best one chosen."""
        self.list.clear()
        for kind in kinds_like(self._catalog, self.field.text()):
            item = QListWidgetItem(self._icon_of(kind), said(kind.name), self.list)
            item.setData(_ID, kind.id)
            item.setSizeHint(QSize(0, _ROW))
        if not self.list.count():
            QListWidgetItem(tr("quick.none"), self.list).setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setFixedHeight(min(self.list.count(), self._most()) * _ROW + 4)
        self.list.setCurrentRow(0)
        self.adjustSize()

    def _most(self) -> int:
        """How many kinds there is room for on the canvas."""
        around, gap = self._parts.contentsMargins(), self._parts.spacing()
        said = self.where.heightForWidth(_WIDTH - around.left() - around.right())
        others = self.field.sizeHint().height() + said + 2 * gap + around.top() + around.bottom() + 2 * _EDGE
        return max(1, min(_SHOWN, (self._canvas.viewport().height() - others - 4) // _ROW))

    def _say(self) -> None:
        """Let a screen reader, whose focus stays in the field, hear which kind is chosen."""
        items = self.list.selectedItems()
        if items and self.isVisible():
            self._canvas.told.emit(items[0].text())

    def _take(self) -> None:
        kinds = [item.data(_ID) for item in self.list.selectedItems()]
        if kinds:
            self._end()
            self.chosen.emit(kinds[0], self._at.x(), self._at.y())

    def _end(self) -> None:
        if self.isVisible():
            self.hide()
            self._scene.overlay.show_target(None)
            self._canvas.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_SHOWN,
            Qt.Key.Key_PageDown: _SHOWN,
        }
        key, last = Qt.Key(event.key()), self.list.count() - 1
        if key == Qt.Key.Key_Escape:
            self._end()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in steps:
            self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + steps[key])))
        else:
            super().keyPressEvent(event)
