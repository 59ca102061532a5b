"""Cut, copy, paste and duplicate, over the system's clipboard: within a window, and from one window to another."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from gui.desk import Desk
from gui.language import tr, worded
from model.derivation.derive import derive
from model.design.design import Design
from model.editing import edits, locks, parts
from model.editing.arriving import homes, settled
from model.editing.parts import Arrival, Parts
from model.editing.placing import innermost, snapped
from model.errors import FileError
from model.picture.cards import card_size, roomy_size
from model.shapes.geometry import Point, Rect, Size

MIME = "application/x-portchart-parts+json"
"""What the clipboard holds; beside it, the names as plain text for other programs."""


class Clipboard(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.scene)
        self._w = desk
        _clipboard().dataChanged.connect(self.follow)

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
        self._arrive(tr("edit.paste"), found, *self._aim(found))

    def duplicate(self) -> None:
        """Copy the selected things beside themselves, zones with all they hold, and select the copies."""
        taken = parts.take(self._w.document.edited, self._w.selection.ids)
        self._arrive(tr("edit.duplicate"), taken, self._homes(taken), (0, 0))

    def _arrive(
        self, step: str, found: Parts, into: Mapping[str, str | None], offset: tuple[int, int]
    ) -> None:
        """Put parts into zones, as near as there is room to where an offset takes them; select and show them."""
        arrived: list[Arrival] = []

        def change(design: Design) -> Design:
            cards = self._w.scene.frames(design)
            arrival = parts.paste(design, found, offset)
            arrived[:] = [arrival]
            graph, look = derive(arrival.design, self._w.document.catalog), self._w.scene.look
            new = (arrival.design.component_by_id[arrival.names[each.id]] for each in found.components)
            return settled(arrival, into, cards, {each.id: roomy_size(each, graph, look) for each in new})

        if self._w.document.edit(step, change):
            self._w.selection.select(arrived[0].names[name] for name in into)
            self._w.canvas.reveal(self._w.selection.ids)
            if arrived[0].lost:
                self._w.status.showMessage(tr("clipboard.lost", count=arrived[0].lost), 12_000)

    def _homes(self, found: Parts) -> dict[str, str | None]:
        """The zones that the originals lie in."""
        frames = found.frames(self._sizes(found))
        return homes(self._w.document.edited, {name: frames[name].center for name in parts.loose(found)})

    def _sizes(self, found: Parts) -> dict[str, Size]:
        """The sizes of the cards, but for what only flows can tell: near enough to say where their middle is."""
        look = self._w.scene.look
        return {each.id: card_size(each, None, look) for each in found.components}

    def _aim(self, found: Parts) -> tuple[dict[str, str | None], tuple[int, int]]:
        """Into which zones, and how far from where they were: with their middle where the user is.

        That is where the mouse points, else where the originals are, or the middle of what is seen where those are
        out of sight.
        """
        middle = (found.around(self._sizes(found)) or Rect(0, 0, 0, 0)).center
        canvas = self._w.canvas
        at = canvas.pointing.at
        if at is None and canvas.seen().contains(middle):
            return self._homes(found), (0, 0)
        here = canvas.mapToScene(at if at is not None else canvas.viewport().rect().center())
        zone = innermost(self._w.document.edited, Point(here.x(), here.y()))
        by = snapped(Point(here.x() - middle.x, here.y() - middle.y))
        return dict.fromkeys(parts.loose(found), zone), by

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
