"""The report before it is written: its pages in a window, laid out anew whenever the design changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QSplitter, QStackedLayout, QWidget

from exports.jobs import Source
from exports.pdf.document import pages
from exports.pdf.pages.sheets import Page
from gui import language
from gui.document.document import Document
from gui.document.work import Progress, Stopped, Worker
from gui.language import tr
from gui.output.options import SHORT, chooser, languages
from gui.output.sheet_view import SheetView
from gui.style.theme import Colours
from gui.widgets.breaking import kept_together
from gui.widgets.widgets import column, label, open_at, push, row
from model.design.output import Output


class Preview(QDialog):
    """`asked(output)`: the report shown is to be written."""

    asked = Signal(object)

    def __init__(
        self, document: Document, source: Callable[[], Source], colours: Colours, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._source = source
        self.setWindowTitle(tr("preview.title"))
        self.worker = Worker(self)
        self.worker.done.connect(self._show)
        self.worker.failed.connect(self._fail)
        self.view = SheetView()
        self.view.setAccessibleName(tr("preview.pages"))
        self.view.behind = QColor(colours.hover)
        self.outline = QListWidget()
        self.outline.setObjectName("outline")
        self.outline.setAccessibleName(tr("preview.contents"))
        self.outline.setMinimumWidth(180)
        self.outline.setWordWrap(True)
        self.outline.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.outline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.languages = chooser(languages(), tr("export.language"))
        self.languages.setCurrentIndex(self.languages.findData(language.language()))
        self.forms = chooser(
            (((), tr("export.sections_all")), (SHORT, tr("export.sections_short"))), tr("export.sections")
        )
        self.place = label("", "muted")
        self.scale = label("", "muted")
        self.note = label(tr("preview.busy"), "muted", wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._put_together()
        self._connect(document)
        open_at(self, 1180, 860)
        self.refresh()

    def _put_together(self) -> None:
        smaller = push("−", lambda: self.view.zoom_to(self.view.scale / 1.2), small=True)
        larger = push("+", lambda: self.view.zoom_to(self.view.scale * 1.2), small=True)
        smaller.setAccessibleName(tr("action.zoom_out"))
        larger.setAccessibleName(tr("action.zoom_in"))
        fit = push(tr("preview.fit"), self.view.fit_width, small=True)
        write = push(tr("preview.write"), lambda: self.asked.emit(self.output()), primary=True)
        self.languages.setMinimumWidth(150)
        self.forms.setMinimumWidth(230)
        head = row(
            self.languages, self.forms, 12, smaller, self.scale, larger, fit, 12, self.place, -1, write,
            margins=(14, 10, 14, 10), spacing=8,
        )  # fmt: skip
        self.scale.setFixedWidth(48)
        self.scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.note)
        self._stack.addWidget(self.view)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.outline)
        across.addWidget(holder)
        across.setStretchFactor(1, 1)
        across.setSizes([256, 924])
        across.setChildrenCollapsible(False)
        self.setLayout(column(head, across, spacing=0))

    def _connect(self, document: Document) -> None:
        self.languages.activated.connect(lambda number: self.refresh())
        self.forms.activated.connect(lambda number: self.refresh())
        self.view.page_changed.connect(self._say_place)
        self.view.zoomed.connect(lambda scale: self.scale.setText(f"{scale:.0%}"))
        self.outline.itemClicked.connect(self._go)
        self.outline.itemActivated.connect(self._go)
        document.changed.connect(self.refresh)

    def output(self) -> Output:
        """The file that is shown."""
        return Output(format="pdf", language=self.languages.currentData(), sections=self.forms.currentData())

    def refresh(self) -> None:
        """Lay the pages out anew, in a thread; the earlier ones stay until that is done."""
        if self.isHidden() and self.view.pages:
            return
        source, output = self._source(), self.output()

        def lay_out(progress: Progress, stopped: Stopped) -> list[Page]:
            return pages(source.report(output))

        if self.view.pages:
            self.place.setText(tr("preview.renewing"))
        self.worker.start(lay_out)

    def _show(self, made: Sequence[Page]) -> None:
        self._stack.setCurrentWidget(self.view)
        self.view.show_pages(made)
        self.outline.clear()
        for page in made:
            for text, anchor in page.bookmarks:
                item = QListWidgetItem(kept_together(text))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
                item.setToolTip(text)
                item.setData(Qt.ItemDataRole.UserRole, anchor)
                self.outline.addItem(item)
        self._say_place(self.view.number)

    def _fail(self, sentence: str) -> None:
        self.note.setText(sentence)
        self._stack.setCurrentWidget(self.note)

    def _say_place(self, number: int) -> None:
        self.place.setText(tr("preview.place", number=number, count=len(self.view.pages)))
        place = -1
        for page in self.view.pages[:number]:
            place += len(page.bookmarks)
        self.outline.setCurrentRow(place)

    def _go(self, item: QListWidgetItem) -> None:
        self.view.go_to_anchor(str(item.data(Qt.ItemDataRole.UserRole)))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self.refresh()

    def wait(self) -> None:
        """Let the thread end."""
        self.worker.wait()
