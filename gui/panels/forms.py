"""Forms that follow the document: every field knows how to read its value from a design and how to write it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gui.document.document import Document
from gui.language import tr
from gui.widgets.boxes import CheckBox, MixedBox
from gui.widgets.fields import Lines
from gui.widgets.widgets import Chooser, column, label, mark_wrong, plain, push, row
from model.design.design import Design

Get = Callable[[Design], str]
Set = Callable[[Design, str], Design]
Options = Callable[[Design], Sequence[tuple[str, str]]]
"""(value, text) of what can be chosen."""


@dataclass(frozen=True, slots=True)
class Own:
    """`counts`: how many subjects decide for themselves, of how many; `inherit`: lets all of them follow the design."""

    counts: Callable[[Design], tuple[int, int]]
    inherit: Callable[[Design], Design]


MIXED = "\0mixed"
"""The value of a choice whose subjects differ; shown as nothing chosen."""


class Number(QSpinBox):
    """A number that the wheel does not change in passing."""

    def __init__(self, lowest: int, highest: int) -> None:
        super().__init__()
        self.setRange(lowest, highest)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(6, 0, 6, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGroupSeparatorShown(highest > 65535)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Form(QObject):
    """Fields below one another. `load` shows the values of the design that edits change."""

    def __init__(self, document: Document, into: QVBoxLayout) -> None:
        super().__init__()
        self._document, self._into = document, into
        self._loaders: list[Callable[[Design], None]] = []

    def design(self) -> Design:
        """The design that the fields show and change."""
        return self._document.edited

    def load(self) -> None:
        """Show the values as they are."""
        design = self._document.edited
        for loader in self._loaders:
            loader(design)

    def heading(self, text: str) -> None:
        """Begin a part of the form."""
        self._into.addSpacing(8)
        self._into.addWidget(label(text.upper(), "heading", wrap=True))

    def say(self, text: Callable[[Design], str], role: str = "muted") -> None:
        """A line of text that follows the document; hidden while it is empty."""
        shown = label("", "title" if role == "title" else "muted", wrap=True)

        def load(design: Design) -> None:
            shown.setText(text(design))
            shown.setVisible(bool(shown.text()))

        self._into.addWidget(shown)
        self._loaders.append(load)

    def _put(self, name: str, field: QWidget, *, tip: str = "") -> None:
        caption = label(name, "muted", wrap=True)
        caption.setBuddy(field)
        field.setAccessibleName(name)
        if tip:
            caption.setToolTip(plain(tip))
            field.setToolTip(plain(tip))
        self._into.addLayout(column(caption, field, spacing=3))

    def _write(self, field: QWidget, step: str, change: Callable[[Design], Design]) -> None:
        done = self._document.edit(step, change)
        mark_wrong(field, "" if done else self._document.last_refusal)

    def line(self, name: str, step: str, get: Get, put: Set, hint: str = "") -> QLineEdit:
        """One line of text."""
        field = QLineEdit()
        field.setPlaceholderText(hint)

        def done() -> None:
            text = field.text().strip()
            if text != get(self._document.edited):
                self._write(field, step, lambda design: put(design, text))

        def load(design: Design) -> None:
            if field.text() != get(design):
                field.setText(get(design))
                field.setCursorPosition(0)  # else a long text shows its end
            mark_wrong(field, "")

        field.editingFinished.connect(done)
        self._put(name, field)
        self._loaders.append(load)
        return field

    def lines(self, name: str, step: str, get: Get, put: Set, rows: int, hint: str = "") -> Lines:
        """Several lines of text."""
        field = Lines()
        field.setPlaceholderText(hint)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * rows + 20)

        def done() -> None:
            text = field.toPlainText()
            if text != get(self._document.edited):
                self._write(field, step, lambda design: put(design, text))

        def load(design: Design) -> None:
            if field.toPlainText() != get(design):
                field.setPlainText(get(design))
            mark_wrong(field, "")

        field.left.connect(done)
        self._put(name, field)
        self._loaders.append(load)
        return field

    def number(
        self,
        name: str,
        step: str,
        get: Callable[[Design], int | None],
        put: Callable[[Design, int], Design],
        lowest: int,
        highest: int,
        note: Callable[[Design], str] = lambda design: "",
    ) -> Number:
        """A whole number, with a note beside it; None: that of its subjects differs."""
        field = Number(lowest, highest)
        field.setFixedWidth(120)
        beside = label("", "muted")

        def done(value: int) -> None:
            if value >= lowest and value != get(self._document.edited):
                self._write(field, step, lambda design: put(design, value))

        def load(design: Design) -> None:
            value = get(design)
            field.blockSignals(True)
            # What lies below the lowest number stands for "different" while it has to be said.
            field.setMinimum(lowest if value is not None else lowest - 1)
            field.setSpecialValueText(tr("whatif.mixed") if value is None else "")
            field.setValue(value if value is not None else lowest - 1)
            field.blockSignals(False)
            beside.setText(note(design))

        field.valueChanged.connect(done)
        caption = label(name, "muted", wrap=True)
        field.setAccessibleName(name)
        self._into.addLayout(column(caption, row(field, beside, -1, spacing=8), spacing=3))
        self._loaders.append(load)
        return field

    def choice(self, name: str, step: str, options: Options, get: Get, put: Set, tip: str = "") -> Chooser:
        """One of several."""
        field = Chooser()

        def done() -> None:
            value = str(field.currentData())
            if value != get(self._document.edited):
                self._write(field, step, lambda design: put(design, value))

        def load(design: Design) -> None:
            wanted = list(options(design))
            if [(field.itemData(n), field.itemText(n)) for n in range(field.count())] != wanted:
                field.clear()
                for value, text in wanted:
                    field.addItem(text, value)
            value = get(design)
            field.setCurrentIndex(field.findData(value))
            field.setPlaceholderText(tr("whatif.mixed") if value == MIXED else "")
            field.setAccessibleDescription(field.placeholderText())

        field.activated.connect(done)
        self._put(name, field, tip=tip)
        self._loaders.append(load)
        return field

    def tick(
        self,
        name: str,
        step: str,
        get: Callable[[Design], bool | None],
        put: Callable[[Design, bool], Design],
        tip: str = "",
        own: Own | None = None,
    ) -> MixedBox:
        """A box to tick; None: its subjects differ. `own`: how many of them decide for themselves, and the way back."""

        def follow() -> None:
            if own is not None:
                self._write(field, step, own.inherit)

        field = MixedBox(name.replace("&", "&&"))
        field.setAccessibleName(name)
        field.setToolTip(plain(tip))
        note, back = label("", "muted", wrap=True), push(tr("inspector.reset"), follow, small=True)
        back.setProperty("flat", True)
        back.setAccessibleName(f"{name}: {tr('whatif.inherit_here')}")
        back.setToolTip(tr("whatif.inherit_here"))

        def load(design: Design) -> None:
            value = get(design)
            field.show_value(value)
            some, every = own.counts(design) if own is not None else (0, 0)
            notes = [tr("whatif.mixed")] if value is None else []
            notes += [tr("whatif.overridden") if some == every else tr("whatif.partly_overridden")] * bool(
                some
            )
            note.setText(" · ".join(notes))
            note.setVisible(bool(notes))
            back.setVisible(bool(some))
            field.setAccessibleDescription(note.text())

        field.clicked.connect(
            lambda on: self._write(field, step, lambda design: put(design, field.isChecked()))
        )
        note.setContentsMargins(23, 0, 0, 2)
        self._into.addLayout(column(row(field, -1, back, spacing=8), note, spacing=0))
        self._loaders.append(load)
        return field

    def ticks(
        self,
        step: str,
        options: Options,
        get: Callable[[Design], frozenset[str]],
        put: Callable[[Design, frozenset[str]], Design],
    ) -> None:
        """Any of several, as boxes to tick; none are shown where there is nothing to choose from."""
        holder = QWidget()
        boxes = column(margins=(10, 0, 0, 2), spacing=3)
        holder.setLayout(boxes)
        made: dict[str, CheckBox] = {}

        def done() -> None:
            chosen = frozenset(value for value, box in made.items() if box.isChecked())
            if chosen != get(self._document.edited):
                self._write(holder, step, lambda design: put(design, chosen))

        def load(design: Design) -> None:
            wanted = list(options(design))
            holder.setVisible(bool(wanted))
            if list(made) != [value for value, _ in wanted]:
                while (item := boxes.takeAt(0)) is not None:
                    old = item.widget()
                    if old is not None:
                        old.deleteLater()
                made.clear()
                for value, text in wanted:
                    box = made[value] = CheckBox(text.replace("&", "&&"))
                    box.clicked.connect(done)
                    boxes.addWidget(box)
            chosen = get(design)
            for (value, text), box in zip(wanted, made.values(), strict=True):
                box.setText(text.replace("&", "&&"))
                box.setChecked(value in chosen)

        self._into.addWidget(holder)
        self._loaders.append(load)
