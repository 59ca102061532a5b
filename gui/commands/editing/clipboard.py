"""Cut, copy, paste and duplicate, over the system's clipboard: within a window, and from one window to another."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from gui.desk import Desk
from gui.document.moves import joined
from gui.language import tr, worded
from model.design.design import Design
from model.editing import edits, locks, parts
from model.editing.parts import Arrival, Parts
from model.editing.placing import snapped
from model.errors import FileError
from model.picture.cards import card_size
from model.shapes.geometry import Point, Rect, Size

MIME = "application/x-portchart-parts+json"
"""What the clipboard holds; beside it, the names as plain text for other programs."""

_STEP = 20
"""How far from the last ones the next copies lie, scene pixels."""


class Clipboard(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.scene)
        self._w = desk
        _clipboard().dataChanged.connect(self.follow)
        self._last: tuple[bytes, tuple[int, int]] | None = None
        self._again = 0

    def cut(self) -> None:
        """Copy what is selected, and take it away with what lies in it; what is locked stays."""
        ids = self._w.selection.ids
        whole = parts.with_contents(self._w.document.edited, ids)

        def change(design: Design) -> Design:
            locks.free(design, ids)
            return edits.delete(design, whole - locks.locked(design))

        taken = parts.take(self._w.document.edited, ids)
        if self._w.document.edit(tr("edit.cut"), change):
            self._put(taken)

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        self._put(parts.take(self._w.document.edited, self._w.selection.ids))

    def _put(self, taken: Parts) -> None:
        data = QMimeData()
        data.setData(MIME, parts.write(taken))
        names = [zone.name for zone in taken.design.zones] + [each.name for each in taken.components]
        data.setText("\n".join((*names, *(note.text for note in taken.design.notes))))
        _clipboard().setMimeData(data)

    def paste(self) -> None:
        """Put what the clipboard holds where the pointer is, or beside what was copied."""
        held = _held()
        try:
            found = parts.read(held, tr("clipboard.name"))
        except FileError as error:
            self._w.status.showMessage(worded(error), 12_000)
            return
        self._arrive(tr("edit.paste"), found, self._offset(held, found))
        self._w.canvas.reveal(self._w.selection.ids)

    def duplicate(self) -> None:
        """Copy the selected things beside themselves, zones with all they hold, and select the copies."""
        taken = parts.take(self._w.document.edited, self._w.selection.ids)
        self._arrive(tr("edit.duplicate"), taken, (_STEP, _STEP))

    def _arrive(self, step: str, found: Parts, offset: tuple[int, int]) -> None:
        arrived: list[Arrival] = []

        def change(design: Design) -> Design:
            arrival = parts.paste(design, found, offset)
            arrived[:] = [arrival]
            sizes = {arrival.names[name]: size for name, size in self._sizes(found).items()}
            return joined(arrival.design, frozenset(arrival.names[name] for name in _loose(found)), sizes)

        if self._w.document.edit(step, change):
            self._w.selection.select(arrived[0].names[name] for name in _loose(found))
            if arrived[0].lost:
                self._w.status.showMessage(tr("clipboard.lost", count=arrived[0].lost), 12_000)

    def _sizes(self, found: Parts) -> dict[str, Size]:
        """The sizes of the cards, but for what only flows can tell: near enough to say which zone one lies in."""
        look = self._w.scene.look
        return {each.id: card_size(each, None, look) for each in found.components}

    def _offset(self, held: bytes, found: Parts) -> tuple[int, int]:
        """So that the middle comes to where the mouse points; each time a step further."""
        around = found.around(self._sizes(found)) or Rect(0, 0, 0, 0)
        canvas = self._w.canvas
        at, wanted = canvas.pointing.at, (_STEP, _STEP)
        if at is not None:
            middle = canvas.mapToScene(at)
            corner = Point(middle.x() - around.width / 2, middle.y() - around.height / 2)
            x, y = snapped(corner)
            wanted = (x - round(around.x), y - round(around.y))
        self._again = self._again + 1 if self._last == (held, wanted) else 0
        self._last = (held, wanted)
        return wanted[0] + self._again * _STEP, wanted[1] + self._again * _STEP

    def follow(self) -> None:
        """Let the actions say what can be done now."""
        made = self._w.actions_by_id
        for name in ("cut", "copy", "duplicate"):
            made[name].setEnabled(bool(self._w.selection.ids))
        made["paste"].setEnabled(bool(_held()))


def _clipboard() -> QClipboard:
    return QGuiApplication.clipboard()


def _held() -> bytes:
    """The parts on the clipboard as JSON; nothing where it holds none."""
    data: QMimeData | None = _clipboard().mimeData()  # the stubs do not say that an empty one may have none
    return bytes(data.data(MIME).data()) if data is not None else b""


def _loose(found: Parts) -> frozenset[str]:
    """The parts that lie in none of the others."""
    zones = [zone.rect for zone in found.design.zones if zone.parent is None]
    return frozenset(
        (
            *(zone.id for zone in found.design.zones if zone.parent is None),
            *(each.id for each in found.components if each.zone is None),
            *(n.id for n in found.design.notes if not any(zone.contains(n.rect) for zone in zones)),
        )
    )
