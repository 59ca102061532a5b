"""What hands do: clicks, drags and drops on the canvas at points of the scene, and answers to questions.

`with_zones` gives them something to work on; `design_of` is what came of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QInputDialog, QWidget

from gui.canvas.view import Canvas
from gui.panels.palette import MIME
from gui.window.window import Window
from model.design.design import Design
from model.editing import edits

NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Asked(NamedTuple):
    """A question for a text: the window's title, what was asked, and what stood there to begin with."""

    title: str
    text: str
    before: str


def write_back(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[Asked]:
    """Answer questions for a text, one after the other, the last one for good; gives what is asked."""
    asked: list[Asked] = []

    def answered(dialog: QInputDialog) -> int:
        asked.append(Asked(dialog.windowTitle(), dialog.labelText(), dialog.textValue()))
        dialog.setTextValue(answers[min(len(asked), len(answers)) - 1])
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(QInputDialog, "exec", answered)
    return asked


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    """A point of the scene on the viewport."""
    return canvas.mapFromScene(x, y)


def middle_of(canvas: Canvas, component: str) -> tuple[float, float]:
    """The middle of a component's card, in the scene."""
    centre = canvas._scene.cards[component].center
    return centre.x, centre.y


def click(canvas: Canvas, x: float, y: float, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Click the left button."""
    QTest.mouseClick(canvas.viewport(), LEFT, keys, at(canvas, x, y))


def drag(
    canvas: Canvas,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    drop: bool = True,
    keys: Qt.KeyboardModifier = NO_KEYS,
) -> None:
    """Press the left button, move in steps, and release it, with keys held all the time."""
    viewport = canvas.viewport()
    QTest.mousePress(viewport, LEFT, keys, at(canvas, *start))
    for step in range(1, 9):
        x = start[0] + (end[0] - start[0]) * step / 8
        y = start[1] + (end[1] - start[1]) * step / 8
        if keys == NO_KEYS:
            QTest.mouseMove(viewport, at(canvas, x, y))
        else:
            _move(viewport, at(canvas, x, y), keys)
    if drop:
        QTest.mouseRelease(viewport, LEFT, keys, at(canvas, *end))


def _move(widget: QWidget, point: QPoint, keys: Qt.KeyboardModifier) -> None:
    """Move the mouse with the left button and keys held, which QTest cannot."""
    spot, where = QPointF(point), QPointF(widget.mapToGlobal(point))
    move = QMouseEvent(QEvent.Type.MouseMove, spot, where, Qt.MouseButton.NoButton, LEFT, keys)
    QApplication.sendEvent(widget, move)


def wheel(canvas: Canvas, point: QPoint, turned: int) -> None:
    """Turn the wheel by eighths of a degree at a point of the viewport, with Ctrl held."""
    event = QWheelEvent(
        QPointF(point),
        QPointF(canvas.viewport().mapToGlobal(point)),
        QPoint(0, 0),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def drop_kind(canvas: Canvas, kind: str, x: float, y: float) -> None:
    """Drop a kind from the palette at a point of the scene."""
    data = QMimeData()
    data.setData(MIME, kind.encode())
    # Qt lets only its own drag manager send drops, so they are handed to the canvas itself.
    spot, copy = at(canvas, x, y), Qt.DropAction.CopyAction
    canvas.dragEnterEvent(QDragEnterEvent(spot, copy, data, LEFT, NO_KEYS))
    canvas.dragMoveEvent(QDragMoveEvent(spot, copy, data, LEFT, NO_KEYS))
    canvas.dropEvent(QDropEvent(QPointF(spot), copy, data, LEFT, NO_KEYS))


def drop_file(window: QWidget, path: Path) -> None:
    """Drop a file on a window, which takes it once the event is over."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy = Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(5, 5), copy, data, LEFT, NO_KEYS)
    entering.ignore()
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, LEFT, NO_KEYS))


def answer(button: str) -> None:
    """Press a button, found by its text, of the next question, as soon as it is there."""

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if asked is None:
            QTimer.singleShot(5, look)
            return
        for each in asked.findChildren(QAbstractButton):
            if each.text().replace("&", "") == button:
                each.click()
                return
        found = [each.text() for each in asked.findChildren(QAbstractButton)]
        _give_up(asked)
        raise AssertionError(f"the question has no button {button!r}, only {found}")

    QTimer.singleShot(0, look)


def _give_up(asked: QWidget) -> None:
    if isinstance(asked, QDialog):
        asked.reject()


def with_zones(window: Window) -> None:
    """Two zones side by side, an agent in the left one."""
    design = window.document.blank()
    design, _ = edits.add_zone(design, "Left", "vpc", (0, 0, 400, 300))
    design, _ = edits.add_zone(design, "Right", "vpc", (500, 0, 400, 300))
    design, _ = edits.place(design, "agent", "web", (100, 100), "left")
    window.document.open(design)


def design_of(window: Window) -> Design:
    """The design as it is now."""
    return window.document.design
