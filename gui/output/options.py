"""The options of one file: language, sections, columns, headings, colours, scale, encoding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from exports.pdf.document import TITLES
from exports.registry import Format
from gui.language import said, tr
from gui.output.choosing import ColumnChoice
from gui.widgets.boxes import CheckBox
from gui.widgets.widgets import Chooser, column, label
from model.design.output import Output

SHORT = (1, 3, 5)
"""The sections of the short form."""


def chooser(entries: Iterable[tuple[Any, str]], name: str) -> Chooser:
    """A combo box of values with their texts; `name`: what an assistive technology calls it."""
    made = Chooser()
    made.setAccessibleName(name)
    for value, text in entries:
        made.addItem(text, value)
    return made


def languages() -> list[tuple[str, str]]:
    """The languages of a file."""
    return [("en", "English"), ("ja", "日本語"), ("both", tr("export.both"))]


class Options(QWidget):
    """Shows and changes one Output. `changed(output)` after each choice."""

    changed = Signal(object)

    def __init__(self, sets: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._output: Output | None = None
        self._filling = False
        self.title = label("", "title", wrap=True)
        self.language = chooser(languages(), tr("export.language"))
        self.forms = chooser(
            (
                ("all", tr("export.sections_all")),
                ("short", tr("export.sections_short")),
                ("own", tr("export.own")),
            ),
            tr("export.sections"),
        )
        self.sections = [CheckBox(f"{number} {said(title)}") for number, title in TITLES.items()]
        self.columns = ColumnChoice(sets)
        self.headings = chooser([(None, tr("export.as_texts")), *languages()], tr("export.headings"))
        self.theme = chooser(
            [(each, tr(f"export.theme_{each}")) for each in ("paper", "light", "dark")], tr("export.theme")
        )
        self.scale = QSpinBox()
        self.scale.setRange(25, 800)
        self.scale.setSingleStep(25)
        self.scale.lineEdit().setTextMargins(6, 0, 6, 0)
        self.scale.setSuffix(" %")
        self.scale.setAccessibleName(tr("export.scale"))
        self.encoding = chooser(
            (("utf-8", "UTF-8"), ("cp932", tr("export.shift_jis"))), tr("export.encoding")
        )
        self.accept = CheckBox(tr("export.accept"))
        self.accept.setToolTip(tr("export.accept_tip"))
        self.nothing = label(tr("export.no_options"), "muted", wrap=True)
        self._put_together()
        self._connect()

    def _put_together(self) -> None:
        self._own = QWidget()
        self._own.setLayout(column(*self.sections, margins=(0, 4, 0, 0), spacing=3))
        self._rows: dict[str, QWidget] = {}
        for name, text, fields in (
            ("language", tr("export.language"), (self.language,)),
            ("sections", tr("export.sections"), (self.forms, self._own)),
            ("columns", tr("export.columns"), (self.columns,)),
            ("headings", tr("export.headings"), (self.headings,)),
            ("theme", tr("export.theme"), (self.theme,)),
            ("scale", tr("export.scale"), (self.scale,)),
            ("encoding", tr("export.encoding"), (self.encoding,)),
        ):
            holder = QWidget()
            caption: QLabel = label(text, "muted")
            caption.setBuddy(fields[0])
            holder.setLayout(column(caption, *fields, spacing=3))
            self._rows[name] = holder
        self._rows["accept"] = self.accept
        self.setLayout(
            column(self.title, *self._rows.values(), self.nothing, -1, margins=(16, 14, 16, 14), spacing=10)
        )

    def _connect(self) -> None:
        for field in (self.language, self.headings, self.theme, self.encoding):
            field.activated.connect(lambda number: self._read())
        self.forms.activated.connect(lambda number: self._choose_form())
        for box in self.sections:
            box.toggled.connect(lambda on: self._read())
        self.columns.changed.connect(self._read)
        self.scale.valueChanged.connect(lambda value: self._read())
        self.accept.toggled.connect(lambda on: self._read())

    def show_output(self, output: Output | None, form: Format | None) -> None:
        """Show the options of a file; None: none is chosen."""
        self._output = output
        self.title.setText(said(form.name) if form is not None else "")
        for name, holder in self._rows.items():
            fits = form is not None and (
                name in form.options or name == "language" or (name == "accept" and form.partial)
            )
            holder.setVisible(fits)
        self.nothing.setVisible(form is None)
        if output is None:
            return
        self._filling = True
        for field, value in (
            (self.language, output.language),
            (self.headings, output.headings),
            (self.theme, output.theme),
            (self.encoding, output.encoding),
        ):
            field.setCurrentIndex(max(0, field.findData(value)))
        kind = "all" if not output.sections else "short" if output.sections == SHORT else "own"
        self.forms.setCurrentIndex(self.forms.findData(kind))
        self._tick(output.sections)
        self._own.setVisible(kind == "own")
        self.columns.show_columns(output.columns)
        self.scale.setValue(output.scale)
        self.accept.setChecked(output.accept)
        self._filling = False

    def _tick(self, sections: tuple[int, ...]) -> None:
        for number, box in enumerate(self.sections):
            box.setChecked(not sections or number in sections)

    def _choose_form(self) -> None:
        kind = self.forms.currentData()
        if kind != "own":
            self._filling = True
            self._tick(SHORT if kind == "short" else ())
            self._filling = False
        self._own.setVisible(kind == "own")
        self._read()

    def _read(self) -> None:
        if self._filling or self._output is None:
            return
        ticked = tuple(number for number, box in enumerate(self.sections) if box.isChecked())
        every = not ticked or len(ticked) == len(self.sections)
        self._output = self._output.evolve(
            language=self.language.currentData(),
            sections=() if every else ticked,
            columns=self.columns.chosen(),
            headings=self.headings.currentData(),
            theme=self.theme.currentData(),
            scale=self.scale.value(),
            encoding=self.encoding.currentData(),
            accept=self.accept.isChecked(),
        )
        self.changed.emit(self._output)
