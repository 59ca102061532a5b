"""What an empty canvas says: how to begin, and the templates to begin with."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from gui.document.files import template_titles
from gui.language import tr
from gui.widgets.widgets import column, empty, label, push, row


class Hint(QFrame):
    """Lies in the middle of the canvas while nothing is drawn. `template(name)`: begin with this one; `open_asked`."""

    template = Signal(str)
    open_asked = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setObjectName("hint")
        self._canvas = canvas
        self._parts = column(margins=(26, 22, 26, 22), spacing=8)
        self.setLayout(self._parts)
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        empty(self._parts)
        title, text = label(tr("hint.title"), "title"), label(tr("hint.text"), "muted")
        for each in (title, text):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._parts.addWidget(each)
        self._parts.addSpacing(6)
        self._parts.addWidget(label(tr("hint.templates").upper(), "heading"))
        for name, text_of in template_titles():
            self._parts.addWidget(push(text_of, partial(self.template.emit, name)))
        self._parts.addSpacing(2)
        self._parts.addLayout(row(-1, push(tr("hint.open"), self.open_asked.emit, small=True), -1))
        self.place()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()  # what was written anew has come into sight, and only now has a size
        return done

    def place(self) -> None:
        """Stay in the middle of the canvas."""
        self.adjustSize()
        area = self._canvas.rect()
        self.move((area.width() - self.width()) // 2, max(10, (area.height() - self.height()) // 2))
