"""Boxes to tick, drawn in the theme's colours: the style's own frame can hardly be seen on a dark ground."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QStylePainter,
)

from gui.style import icons

_SIZE = 16.0


def paint_box(
    painter: QPainter, place: QRect, checked: bool, palette: QPalette, *, enabled: bool, partly: bool = False
) -> None:
    """Draw a box in the middle of a place: with a tick where it is checked, with a dash where it is `partly`."""
    middle = QRectF(place).center()
    box = QRectF(
        round(middle.x() - _SIZE / 2) + 0.5, round(middle.y() - _SIZE / 2) + 0.5, _SIZE - 1, _SIZE - 1
    )
    # Not the colours of what is selected: the style sheet gives lists pale ones of their own.
    accent, tick = palette.link().color(), palette.base().color()
    frame = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.PlaceholderText)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(1.0 if enabled else 0.45)
    filled = checked or partly
    painter.setPen(QPen(accent if filled else frame, 1.2))
    painter.setBrush(accent if filled else QColor(palette.base().color()))
    painter.drawRoundedRect(box, 3.5, 3.5)
    if filled:
        icons.stroke(painter, "minus" if partly else "check", box.adjusted(2, 2, -2, -2), tick)
    painter.restore()


class CheckBox(QCheckBox):
    """A box to tick with a text."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        place = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        text = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        painter = QStylePainter(self)
        state, enabled = self.checkState(), self.isEnabled()
        partly = state == Qt.CheckState.PartiallyChecked
        checked = state == Qt.CheckState.Checked
        paint_box(painter, place, checked, self.palette(), enabled=enabled, partly=partly)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().link().color(), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        option.rect = text
        painter.drawControl(QStyle.ControlElement.CE_CheckBoxLabel, option)
        painter.end()


class MixedBox(CheckBox):
    """A box for several things at once: a dash where they differ; ticking it makes them alike."""

    def show_value(self, value: bool | None) -> None:
        """Show what holds; None: they differ."""
        self.setTristate(value is None)
        state = Qt.CheckState.PartiallyChecked if value is None else Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if value is False else state)

    def nextCheckState(self) -> None:
        state = self.checkState()
        self.setTristate(False)
        self.setChecked(state != Qt.CheckState.Checked)


_PADDING = 16
"""What the style sheet leaves free at the two sides of a list's item, in pixels."""


class BoxDelegate(QStyledItemDelegate):
    """Draws the boxes of a list's items."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """High enough for the text within the padding: Qt breaks the lines for the hint as if there were none."""
        narrower = QStyleOptionViewItem(option)
        narrower.rect.setWidth(option.rect.width() - _PADDING)
        return super().sizeHint(narrower, index)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        widget = option.widget
        place = widget.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, shown, widget)
        checked = shown.checkState == Qt.CheckState.Checked
        paint_box(painter, place, checked, widget.palette(), enabled=widget.isEnabled())
