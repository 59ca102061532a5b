"""Whether texts have room: every label, button, tab, heading, field and line of a list against what its text needs."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QTabBar,
    QToolButton,
    QTreeView,
    QWidget,
)

from gui.panels.tables import Table
from gui.widgets.widgets import Elided, Switch

_PAD = 2
"""Pixels by which what a style reserves differs from what it needs."""


def has_japanese(text: str) -> bool:
    """Whether a text has Japanese letters."""
    return any("\u3040" <= character <= "\u30ff" or "\u4e00" <= character <= "\u9fff" for character in text)


def cut_off(whole: QWidget) -> list[str]:
    """What can be seen in a widget and is smaller than its text needs."""
    found: list[str] = []
    for each in whole.findChildren(QWidget):
        if not each.isVisible() or each.visibleRegion().isEmpty():
            continue
        match each:
            case QTabBar():
                found += _tabs(each)
            case QHeaderView():
                found += _headings(each)
            case QComboBox():
                found += _combo(each)
            case QLineEdit():
                found += _placeholder(each)
            case QAbstractItemView():
                found += _lines(each)
            case Elided() | Switch():
                pass  # these say themselves that they show a part; the rest is their tool tip
            case QLabel() | QAbstractButton():
                found += _text(each)
            case _:
                pass
    return found


def _text(each: QLabel | QAbstractButton) -> Iterator[str]:
    text = each.text()
    bare = isinstance(each, QToolButton) and each.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    if not text or bare:
        return
    if isinstance(each, QLabel) and each.wordWrap():
        if each.height() < each.heightForWidth(each.width()) or _widest_word(each) > each.width() + 1:
            yield f"{text!r}: {each.width()}×{each.height()}"
    elif each.width() < each.minimumSizeHint().width() or each.height() < each.minimumSizeHint().height():
        yield f"{text!r}: {each.size().toTuple()} of {each.minimumSizeHint().toTuple()}"
    elif "\n" not in text and _advance(each, text.replace("&", "")) > each.width():
        yield f"{text!r}: {each.width()}"


def _advance(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().horizontalAdvance(text)


def _widest_word(label: QLabel) -> int:
    words = QLabel.text(label).replace("·", " ").replace("\u200b", " ").split()
    if any(has_japanese(word) for word in words):
        return 0
    return max(_advance(label, word) for word in words)


def _tabs(bar: QTabBar) -> Iterator[str]:
    for number in range(bar.count()):
        text = bar.tabText(number)
        if bar.tabRect(number).width() < _advance(bar, text) or not bar.rect().contains(bar.tabRect(number)):
            yield f"tab {text!r}"


def _headings(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if header.orientation() != Qt.Orientation.Horizontal:
        return
    for number in range(header.count()):
        if not header.isSectionHidden(number) and header.sectionSize(number) < header.sectionSizeHint(number):
            yield f"heading {model.headerData(number, Qt.Orientation.Horizontal)!r}: {header.sectionSize(number)}"


def _combo(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    text = box.currentText() or box.placeholderText()
    if _advance(box, text) > field.width():
        yield f"choice {text!r}: {field.width()} of {_advance(box, text)}"


def _placeholder(field: QLineEdit) -> Iterator[str]:
    text = field.placeholderText()
    if field.text() or not text or isinstance(field.parent(), QComboBox):
        return
    room = field.contentsRect().width() - field.textMargins().left() - field.textMargins().right()
    if _advance(field, text) > room:
        yield f"field {text!r}: {room} of {_advance(field, text)}"


def _lines(view: QAbstractItemView) -> Iterator[str]:
    """The lines of lists and trees. The tables of flows may be wider than the window: they scroll, and elide."""
    if isinstance(view, Table) or not isinstance(view, QTreeView | QListView):
        return
    for index in _below(view, QModelIndex()):
        rect = view.visualRect(index)
        if not rect.intersects(view.viewport().rect()):
            continue
        needed = _needed(view, index, rect)
        shown = view.viewport().width() if isinstance(view, QListView) else rect.width()
        if needed[0] > shown + _PAD or needed[1] > rect.height() + _PAD:
            yield f"line {index.data()!r}: {shown}×{rect.height()} of {needed}"


def _below(view: QAbstractItemView, parent: QModelIndex) -> Iterator[QModelIndex]:
    model = view.model()
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent) if isinstance(view, QTreeView) else 1):
            index = model.index(row, column, parent)
            if view.visualRect(index).isValid() and index.data():
                yield index
        yield from _below(view, model.index(row, 0, parent))


def _needed(view: QAbstractItemView, index: QModelIndex, rect: QRect) -> tuple[int, int]:
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = QRect(rect)
    size = view.itemDelegateForIndex(index).sizeHint(option, index)
    if not option.features & QStyleOptionViewItem.ViewItemFeature.WrapText:
        return size.width(), 0
    # A line of a list has its text and a little; one of a tree an icon or a box to tick, too.
    text, margin = str(index.data()), 8 if isinstance(view, QListView) else 16 + view.iconSize().width()
    if isinstance(view, QListView) and index.data(Qt.ItemDataRole.CheckStateRole) is not None:
        margin += 24
    room = QRect(0, 0, min(rect.width(), view.viewport().width()) - margin, 1000)
    font = index.data(Qt.ItemDataRole.FontRole)
    metrics = view.fontMetrics() if font is None else QFontMetrics(font)
    box = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
    return box.width() + margin, box.height()
