"""The side-by-side page: two designs as two drawings that are zoomed and panned together, differences marked."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from gui.canvas.paint import READABLE
from gui.compare.drawings import Pair, side_by_side
from gui.compare.picture import Part, PictureView, parts
from gui.compare.sides import Side, Sides
from gui.compare.ways import count_chips
from gui.document.document import Document, View
from gui.document.work import Progress, Stopped, Worker
from gui.language import language, tr
from gui.style import looks, theme
from gui.widgets.widgets import Chooser, Elided, chip, column, empty, label, push, row
from model.picture.look import Look

Parts = tuple[Part, ...]

_ROOM = 60.0
"""Scene pixels around a difference that is looked at."""


class PicturesPage(QWidget):
    """The page. The left design is the earlier one: what goes is marked there, what comes on the right."""

    def __init__(self, document: Document, sides: Sides, parent: QObject) -> None:
        super().__init__()
        self._document, self._sides = document, sides
        self._colours = theme.LIGHT
        self._asked: tuple[View, str, str, Look] | None = None
        self._pair: Pair | None = None
        self._fit_wanted = True
        self._at: int | None = None
        """Which of the differences is looked at."""
        self._worker = Worker(parent)
        self._worker.done.connect(self._take)
        self._worker.failed.connect(self._fail)
        self.choosers = (Chooser(), Chooser())
        for chooser in self.choosers:
            chooser.activated.connect(lambda number: self._choose())
        self.swap = push("", self._swap, small=True)
        self.fit_button = push("", self.fit, small=True)
        self.previous = push("", lambda: self.step(-1), small=True)
        self.next = push("", lambda: self.step(1), small=True)
        for keys, by in (("F7", 1), ("Shift+F7", -1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: self.step(by))
        self.where = Elided("", "muted")
        self.views = (PictureView(), PictureView())
        for view, other in zip(self.views, reversed(self.views), strict=True):
            view.moved.connect(lambda scale, centre, other=other: self._follow(other, scale, centre))
        self.chips = row(spacing=6)
        self.note = label("", "error", wrap=True)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setChildrenCollapsible(False)
        across.setHandleWidth(1)
        for chooser, view in zip(self.choosers, self.views, strict=True):
            half = QWidget()
            half.setLayout(column(row(chooser, margins=(12, 8, 12, 8)), view, spacing=0))
            across.addWidget(half)
        buttons = (self.previous, self.next, self.swap, self.fit_button)
        foot = row(self.chips, self.note, self.where, *buttons, margins=(14, 8, 14, 10), spacing=8)
        foot.setStretch(2, 1)
        self.setLayout(column(across, foot, spacing=0))
        self._tell()

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self._colours = colours
        self.swap.setText(tr("compare.swap"))
        self.fit_button.setText(tr("compare.fit"))
        for button, text, keys in (
            (self.previous, tr("compare.previous"), "Shift+F7"),
            (self.next, tr("compare.next"), "F7"),
        ):
            button.setText(text)
            button.setToolTip(f"{text} ({keys})")
        names = (tr("compare.left"), tr("compare.right"))
        for chooser, view, name in zip(self.choosers, self.views, names, strict=True):
            chooser.setAccessibleName(name)
            view.setAccessibleName(name)
            look = self._look()
            view.canvas_colour, view.accent = look.theme.canvas, look.theme.accent
            view.update()

    def _look(self) -> Look:
        mode = next(mode for mode, colours in theme.BY_MODE.items() if colours is self._colours)
        return looks.look(self._document.catalog, mode, language())

    # What is compared

    def show_sides(self, first: str, second: str) -> None:
        """Compare two designs, by their keys."""
        self._fit_wanted = True
        self._fill(first, second)
        self._draw()

    def refresh(self) -> None:
        """Follow the document; a design that is there no more gives way to the first, or the last, one."""
        left, right = (chooser.currentData() for chooser in self.choosers)
        self._fill(left, right)
        self._draw()

    def _fill(self, left: str | None, right: str | None) -> None:
        there = self._sides.all()
        keys = [side.key for side in there]
        for chooser, wanted, otherwise in (
            (self.choosers[0], left, 0),
            (self.choosers[1], right, len(keys) - 1),
        ):
            chooser.clear()
            for side in there:
                chooser.addItem(side.name, side.key)
            chooser.setCurrentIndex(keys.index(wanted) if wanted in keys else otherwise)

    def _choose(self) -> None:
        self._draw()

    def _swap(self) -> None:
        left, right = (chooser.currentIndex() for chooser in self.choosers)
        self.choosers[0].setCurrentIndex(right)
        self.choosers[1].setCurrentIndex(left)
        self._draw()

    def _draw(self) -> None:
        view, look = self._document.view, self._look()
        left, right = (self._side(chooser) for chooser in self.choosers)
        asked = (view, left.key, right.key, look)
        if asked == self._asked:
            return
        self._asked = asked

        def job(progress: Progress, stopped: Stopped) -> tuple[Pair, Parts, Parts]:
            pair = side_by_side(left.graph(view), right.graph(view), look)
            return pair, parts(pair.before), parts(pair.after)

        self._worker.start(job)

    def _side(self, chooser: Chooser) -> Side:
        there = {side.key: side for side in self._sides.all()}
        return there[chooser.currentData()]

    def wait(self) -> None:
        """Let the thread end."""
        self._worker.wait()

    # Showing

    def _take(self, found: tuple[Pair, Parts, Parts]) -> None:
        pair = self._pair = found[0]
        for view, shown in zip(self.views, found[1:], strict=True):
            view.show_parts(shown)
        self.note.setText("")
        empty(self.chips)
        for mark in count_chips(pair.comparison) or [chip(tr("whatif.no_difference"))]:
            self.chips.addWidget(mark)
        self._at = None
        self._tell()
        if self._fit_wanted:
            self.fit()

    def _fail(self, sentence: str) -> None:
        self._pair, self._at = None, None
        self._tell()
        for view in self.views:
            view.show_parts(())
        empty(self.chips)
        self.note.setText(sentence)

    def fit(self) -> None:
        """Show both whole, at the same scale."""
        pair = self._pair
        if pair is None:
            return
        self._fit_wanted = True
        around = pair.before.bounds.union(pair.after.bounds)
        scale = min(view.fitting(around) for view in self.views)
        for view in self.views:
            view.show_place(scale, QPointF(around.center.x, around.center.y))

    def step(self, by: int) -> None:
        """Look at the next difference in both, or at the previous one (-1); after the last comes the first."""
        found = self._pair.differences if self._pair is not None else ()
        if not found:
            return
        if self._at is None:
            self._at = 0 if by > 0 else len(found) - 1
        else:
            self._at = (self._at + by) % len(found)
        here = found[self._at]
        around = here.around.grow(_ROOM)
        scale = min(view.fitting(around) for view in self.views)
        middle = around.center if scale >= READABLE else here.middle
        self._fit_wanted = False
        for view in self.views:
            view.show_place(max(scale, READABLE), QPointF(middle.x, middle.y))
        self._tell()

    def _tell(self) -> None:
        """Say which difference is looked at, and frame it in both drawings."""
        found = self._pair.differences if self._pair is not None else ()
        self.previous.setEnabled(bool(found))
        self.next.setEnabled(bool(found))
        here = found[self._at] if self._at is not None else None
        self.views[0].mark(here.before if here is not None else ())
        self.views[1].mark(here.after if here is not None else ())
        if here is None:
            self.where.setText("")
            return
        self.where.setText(
            tr(
                "compare.where",
                number=(self._at or 0) + 1,
                count=len(found),
                title=here.title,
                what=tr(f"compare.{here.status}"),
            )
        )

    def _follow(self, other: PictureView, scale: float, centre: QPointF) -> None:
        self._fit_wanted = False
        other.show_place(scale, centre)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fit_wanted:
            self.fit()
