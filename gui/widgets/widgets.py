"""Small widgets and texts the panels are made of. Everything shows plain text: a name never turns into markup."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Literal

from PySide6.QtCore import QEvent, QMetaMethod, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QActionEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListView,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QToolTip,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.style import icons, theme
from gui.widgets.breaking import broken, broken_path, kept_together

Role = Literal["plain", "heading", "muted", "title", "strong", "error"]
Chip = Literal["plain", "added", "removed", "changed"]


def plain(text: str) -> str:
    """A text for tool tips, which Qt would otherwise read as markup when it looks like it."""
    return "<qt>" + escape(kept_together(text)).replace("\n", "<br>") + "</qt>" if text else ""


def label(text: str = "", role: Role = "plain", *, wrap: bool = False) -> QLabel:
    """A label that shows its text as it is."""
    made = Wrapped() if wrap else QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def chip(text: str, kind: Chip = "plain") -> QLabel:
    """A small rounded mark with a text."""
    made = label(text)
    made.setProperty("chip", kind)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


class Wrapped(QLabel):
    """A label that breaks long words, such as FQDNs, after a dot or a hyphen, and Japanese between phrases."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""

    def setText(self, text: str) -> None:
        self._whole = text
        written = broken(text)
        super().setText(written)
        self.setAccessibleName(text if written != text else "")

    def text(self) -> str:
        return self._whole


class Elided(QLabel):
    """A one-line label that shows as much as fits, with the whole text as its tool tip."""

    def __init__(self, text: str = "", role: Role = "plain") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = text
        self._fit()

    def whole(self) -> str:
        """The text without elision."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitting = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 20)
        )
        super().setText(fitting)
        self.setToolTip(plain(self._whole) if fitting != self._whole else "")


FRAME = QSize(16, 48)
"""What a window's frame and title take on the usual desktops, in pixels."""


SMALLEST = QSize(1000, 700)
"""What every window has room in; no screen in use is smaller than 1024 × 768."""


def open_at(widget: QWidget, width: int, height: int) -> None:
    """Give a window its first size: no larger than its screen has room for."""
    room = (widget.screen().availableGeometry().size() - FRAME).expandedTo(SMALLEST)
    widget.resize(QSize(width, height).boundedTo(room))


def push(
    text: str, action: Callable[[], object], *, primary: bool = False, small: bool = False
) -> QPushButton:
    """A push button."""
    made = _Push(text.replace("&", "&&"))
    made.setProperty("primary", primary)
    made.setProperty("small", small)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: action())
    return made


class _Push(QPushButton):
    """Enter presses it while it has the focus: a dialog would press its default button instead."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def give_lines(tree: QTreeWidget, item: QTreeWidgetItem, room: int, height: int) -> None:
    """Let a line of a tree that breaks words be as high as its text needs in `room` pixels, at least `height`."""
    metrics = tree.fontMetrics()
    needed = metrics.boundingRect(QRect(0, 0, room, 1000), Qt.TextFlag.TextWordWrap, item.text(0)).height()
    item.setSizeHint(0, QSize(0, max(height, needed + 8)))


def mark_wrong(widget: QWidget, why: str) -> None:
    """Show that a field cannot be taken over, and why; an empty reason: that it can."""
    widget.setProperty("wrong", bool(why))
    widget.setToolTip(plain(why))
    widget.setAccessibleDescription(why)
    restyle(widget)


def column(
    *parts: QWidget | QLayout | int, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 6
) -> QVBoxLayout:
    """Widgets, layouts and gaps (pixels; -1: what is left over) below one another."""
    made = QVBoxLayout()
    _fill(made, parts, margins, spacing)
    return made


def row(
    *parts: QWidget | QLayout | int, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 6
) -> QHBoxLayout:
    """Widgets, layouts and gaps (pixels; -1: what is left over) side by side."""
    made = QHBoxLayout()
    _fill(made, parts, margins, spacing)
    return made


def _fill(
    made: QVBoxLayout | QHBoxLayout,
    parts: tuple[QWidget | QLayout | int, ...],
    margins: tuple[int, int, int, int],
    spacing: int,
) -> None:
    made.setContentsMargins(*margins)
    made.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            made.addWidget(part)
        elif isinstance(part, QLayout):
            made.addLayout(part)
        elif part < 0:
            made.addStretch(1)
        else:
            made.addSpacing(part)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let go of it."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            empty(inner)
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def rule(vertical: bool = False) -> QFrame:
    """A thin line between things."""
    made = QFrame()
    made.setObjectName("rule")
    if vertical:
        made.setFixedSize(1, 22)
    else:
        made.setFixedHeight(1)
    return made


class Switch(QAbstractButton):
    """An on/off switch. `pending`: its value is being tried out, so it shows in the colour of what is added."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.pending = False
        self.partly = False
        """Whether the components it stands for differ; it then shows half way."""
        self.inherited = False
        """Whether what it stands for only follows the design; it is then drawn as an outline."""
        self.colours = theme.LIGHT

    def sizeHint(self) -> QSize:
        return QSize(36, 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.colours
        track = QRectF(2, 2, self.width() - 4, self.height() - 4)
        on = self.isChecked() or self.partly
        colour = colours.track if not on else colours.added if self.pending else colours.accent
        outline = self.inherited and not self.pending
        painter.setPen(QPen(QColor(colour), 1.6) if outline else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.panel if outline else colour))
        painter.setOpacity(0.45 if not self.isEnabled() or self.partly else 1.0)
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.setOpacity(1.0)
        radius = track.height() / 2 - 2
        x = (
            track.center().x()
            if self.partly
            else track.right() - radius - 2
            if on
            else track.left() + radius + 2
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour if outline else colours.knob))
        painter.drawEllipse(QPointF(x, track.center().y()), radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 1.5))
            painter.drawRoundedRect(QRectF(0.75, 0.75, self.width() - 1.5, self.height() - 1.5), 10, 10)
        painter.end()


class Chooser(QComboBox):
    """A combo box that the wheel does not change in passing, and that shrinks with its panel."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setView(QListView())  # unlike the usual one, it follows the style sheet
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def written(self) -> str:
        """What the closed box shows: an entry without the indent that it has in the list."""
        return self.currentText().strip() or self.placeholderText()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            assert isinstance(event, QHelpEvent), "Qt sends these to ask for a tool tip"
            QToolTip.showText(event.globalPos(), plain(self.written), self)  # it may be shown in part
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = (
            self.style()
            .subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
            )
            .width()
        )
        option.currentText = self.fontMetrics().elidedText(
            self.written, Qt.TextElideMode.ElideRight, room - 2
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        # A style sheet takes pictures from files only; the arrow is drawn instead, crisp and in the text's colour.
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        colour = self.palette().color(group, QPalette.ColorRole.WindowText)
        icons.stroke(
            painter, "chevron-down", QRectF(self.width() - 22, self.height() / 2 - 7, 14, 14), colour
        )
        painter.end()


class _ToolButton(QToolButton):
    """A button that listens once to its action: Qt 6.11 listens once more after each change, and every change then
    takes longer than the one before."""

    def actionEvent(self, event: QActionEvent) -> None:
        if event.type() == QEvent.Type.ActionChanged:
            changed, any_slot = QMetaMethod.fromSignal(event.action().changed), QMetaMethod()
            QObject.disconnect(event.action(), changed, self, any_slot)
        super().actionEvent(event)


def tool_button(object_name: str = "") -> QToolButton:
    """A button for tool bars and the status bar, reachable with the Tab key."""
    made = _ToolButton()
    made.setObjectName(object_name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def message(parent: QWidget, title: str, text: str, icon: QMessageBox.Icon, *, more: str = "") -> QMessageBox:
    """A message box that shows plain text; the caller adds buttons and executes it."""
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(broken_path(text))
    box.setInformativeText(broken_path(more))
    return box
