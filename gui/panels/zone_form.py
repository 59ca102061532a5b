"""The inspector's fields for a zone, a note, and the design itself."""

from __future__ import annotations

from typing import get_args

from gui.language import said, tr
from gui.panels.component_form import split, zones_in_order
from gui.panels.forms import Form
from model.catalog.catalog import Catalog
from model.catalog.rules import Setting
from model.derivation.effective import effective_setting
from model.design.design import Design
from model.design.elements import ZoneKind
from model.editing import edits, locks


def zone_form(form: Form, name: str) -> None:
    """All there is to a zone."""
    form.say(lambda d: d.zone_by_id[name].name, "title")
    form.line(
        tr("inspector.name"),
        tr("edit.rename"),
        lambda d: d.zone_by_id[name].name,
        lambda d, v: locks.renamed(d, name, v),
    )
    form.choice(
        tr("inspector.zone_kind"),
        tr("edit.zone_kind"),
        lambda d: [(kind, tr(f"zone.{kind}")) for kind in get_args(ZoneKind)],
        lambda d: d.zone_by_id[name].kind,
        lambda d, v: edits.change_zone(d, name, kind=v),
    )
    form.lines(
        tr("inspector.cidrs"),
        tr("edit.cidrs"),
        lambda d: "\n".join(d.zone_by_id[name].cidrs),
        lambda d, v: edits.change_zone(d, name, cidrs=split(v)),
        2,
        tr("inspector.cidrs_hint"),
    )

    def parents(design: Design) -> list[tuple[str, str]]:
        return [
            ("", tr("inspector.no_zone")),
            *(each for each in zones_in_order(design) if name not in design.zone_chain(each[0])),
        ]

    form.choice(
        tr("inspector.parent"),
        tr("edit.parent"),
        parents,
        lambda d: d.zone_by_id[name].parent or "",
        lambda d, v: edits.change_zone(d, name, parent=v or None),
    )
    form.line(
        tr("inspector.firewall"),
        tr("edit.firewall"),
        lambda d: d.zone_by_id[name].firewall,
        lambda d, v: edits.change_zone(d, name, firewall=v),
        tr("inspector.firewall_hint"),
    )
    form.say(lambda d: tr("inspector.holds", count=sum(name in d.zone_chain(c.zone) for c in d.components)))


def note_form(form: Form, name: str) -> None:
    """The text of a note."""

    def text(design: Design) -> str:
        return next((note.text for note in design.notes if note.id == name), "")

    form.say(lambda d: tr("inspector.note"), "title")
    form.lines(
        tr("inspector.text"), tr("edit.note"), text, lambda d, v: edits.change_note(d, name, text=v), 8
    )


def design_form(form: Form, catalog: Catalog) -> None:
    """What belongs to no single thing: title, document data, and what components inherit."""
    form.say(lambda d: tr("inspector.design"), "title")
    form.say(lambda d: tr("inspector.design_hint"))
    form.line(
        tr("inspector.design_title"),
        tr("edit.title"),
        lambda d: d.title,
        lambda d, v: edits.change_design(d, title=v),
    )
    for field in ("change_number", "author"):
        _document_line(form, field)
    form.heading(tr("inspector.usual_settings"))
    for setting in catalog.settings:
        _usual_setting(form, setting)


def _document_line(form: Form, field: str) -> None:
    form.line(
        tr(f"inspector.{field}"),
        tr(f"edit.{field}"),
        lambda d: str(getattr(d.document, field)),
        lambda d, v: edits.change_design(d, document={**dict(d.document), field: v}),
    )


def _usual_setting(form: Form, setting: Setting) -> None:
    texts = {choice.id: said(choice.name) for choice in setting.choices}
    form.choice(
        said(setting.name),
        tr("edit.setting", name=said(setting.name)),
        lambda d: list(texts.items()),
        lambda d: effective_setting(d, None, setting).value,
        lambda d, v: edits.set_setting(d, setting.id, v),
        said(setting.note),
    )
