"""The inspector: what is selected (components, a zone, a note), or the design itself, field by field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.document.document import Document
from gui.document.selection import Selection
from gui.language import tr
from gui.panels.component_form import component_form
from gui.panels.forms import Form
from gui.panels.several_form import several_form
from gui.panels.traffic import Traffic
from gui.panels.zone_form import design_form, note_form, zone_form
from gui.widgets.widgets import column, empty, label


class Inspector(QWidget):
    """Keeps its form while the same things are selected, so that typing is not disturbed by what it changes."""

    def __init__(self, document: Document, selection: Selection) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self._subject: tuple[object, ...] | None = None
        self._form: Form | None = None
        self.traffic: Traffic | None = None
        self._body = column(margins=(14, 10, 14, 12), spacing=7)
        inside = QWidget()
        inside.setLayout(self._body)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        self.trying = label("", "plain", wrap=True)
        self.trying.setObjectName("trying")
        self.setLayout(column(self.trying, self._area, spacing=0))
        document.changed.connect(lambda before, after: self.refresh())
        document.trying_changed.connect(lambda trying: self.refresh())
        selection.changed.connect(lambda origin: self.refresh())
        self.refresh()

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self._subject = None
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what is selected; behind another page only once that is left."""
        if not self.isVisible():
            return
        self.trying.setText(tr("whatif.trying"))
        self.trying.setVisible(self._document.trying)
        subject = self._what()
        if subject != self._subject:
            self._subject = subject
            self._rebuild(subject)
        if self._form is not None:
            self._form.load()
        if self.traffic is not None:
            self.traffic.load()

    def _what(self) -> tuple[object, ...]:
        """What the form depends on: the kind of thing, its id, and for components their kinds."""
        design, ids = self._document.edited, self._selection.ids
        if self._selection.pair is not None and self._subject is not None:
            match self._subject:
                case ("component", str(name), _) if (
                    name in self._selection.pair and name in design.component_by_id
                ):
                    return self._subject  # its list was clicked, or one of its connectors
        components = [each for each in design.components if each.id in ids]
        zones = [each.id for each in design.zones if each.id in ids]
        notes = [each.id for each in design.notes if each.id in ids]
        every = (*(each.id for each in components), *zones, *notes)
        if len(every) > 1:
            return ("several", every, tuple(each.kind for each in components))
        if components:
            return ("component", components[0].id, components[0].kind)
        if zones:
            return ("zone", zones[0])
        if notes:
            return ("note", notes[0])
        return ("design",)

    def _rebuild(self, subject: tuple[object, ...]) -> None:
        empty(self._body)
        self._form = form = Form(self._document, self._body)
        self.traffic = None
        catalog = self._document.catalog
        match subject:
            case ("component", str(name), _):
                component_form(form, catalog, name)
                self.traffic = Traffic(self._document, self._selection, name)
                form.heading(tr("traffic.title"))
                self._body.addWidget(self.traffic)
            case ("several", tuple(names), _):
                several_form(form, catalog, names)
            case ("zone", str(name)):
                zone_form(form, name)
            case ("note", str(name)):
                note_form(form, name)
            case _:
                design_form(form, catalog)
        self._body.addStretch(1)
        self._area.setAccessibleName(tr("inspector.title"))
        self._area.verticalScrollBar().setValue(0)
