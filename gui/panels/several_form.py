"""The inspector's fields for several things at once: what differs is shown as such, and one edit makes all alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar, get_args

from gui.language import said, tr
from gui.panels.component_form import setting_choice, zone_choice
from gui.panels.forms import MIXED, Form, Own
from model.catalog.catalog import Catalog
from model.catalog.rules import Feature
from model.derivation.effective import effective_feature
from model.design.design import Design
from model.design.elements import Component, ZoneKind
from model.design.fields import MOST_HOSTS
from model.editing import edits, locks
from model.editing.hosts import counted, hosts_of

_NAMED = 12
"""So many of the things are called by their names."""

_Value = TypeVar("_Value")


def several_form(form: Form, catalog: Catalog, names: Sequence[str]) -> None:
    """What several components, zones and notes have in common."""
    design = form.design()
    components = [name for name in names if name in design.component_by_id]
    zones = [name for name in names if name in design.zone_by_id]
    form.say(lambda d: _title(d, names), "title")
    form.say(lambda d: _listed(d, names))
    if components:
        zone_choice(form, components)
        _count(form, catalog, components)
    if zones and not components:
        _zone_kind(form, zones)
    form.tick(
        tr("inspector.locked"),
        tr("edit.lock"),
        lambda d: _locked(d, names),
        lambda d, on: locks.set_locked(d, names, on),
    )
    _switches(form, catalog, components)


def _switches(form: Form, catalog: Catalog, names: Sequence[str]) -> None:
    """The settings and features of components: each for those whose kind has it."""
    kind_of = {name: form.design().component_by_id[name].kind for name in names}
    settings = [(each, _having(kind_of, each.kinds)) for each in catalog.settings]
    if any(having for _, having in settings):
        form.heading(tr("inspector.settings"))
    for setting, having in settings:
        if having:
            setting_choice(form, having, setting)
    features = [(each, _having(kind_of, each.kinds)) for each in catalog.features if each.scope == "policy"]
    if any(having for _, having in features):
        form.heading(tr("inspector.features"))
    for feature, having in features:
        if having:
            _feature(form, having, feature)


def _having(kind_of: dict[str, str], kinds: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name, kind in kind_of.items() if kind in kinds)


def _same(values: Iterable[_Value]) -> _Value | None:
    """The value that all have; None where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _locked(design: Design, names: Sequence[str]) -> bool | None:
    held = locks.locked(design)
    return _same(name in held for name in names)


def _there(design: Design, names: Sequence[str]) -> list[Component]:
    return [design.component_by_id[name] for name in names if name in design.component_by_id]


def _title(design: Design, names: Sequence[str]) -> str:
    components = _there(design, names)
    if len(components) < len(names):
        return tr("inspector.several", count=len(names))
    hosts = sum(each.count for each in components)
    return tr("status.components", count=len(components)) + " · " + tr("status.hosts", count=hosts)


def _listed(design: Design, names: Sequence[str]) -> str:
    things = [design.component_by_id.get(name) or design.zone_by_id.get(name) for name in names[:_NAMED]]
    told = [each.name if each is not None else tr("inspector.note") for each in things]
    return ", ".join(told) + (" …" if len(names) > _NAMED else "")


def _count(form: Form, catalog: Catalog, names: Sequence[str]) -> None:
    """The number of hosts, of all but the vendor's services, which are none."""
    hosts = [each.id for each in hosts_of(form.design(), catalog, names)]
    if not hosts:
        return
    form.number(
        tr("inspector.count"),
        tr("edit.count"),
        lambda d: _same(each.count for each in _there(d, hosts)),
        lambda d, value: counted(d, dict.fromkeys(hosts, value)),
        1,
        MOST_HOSTS,
        lambda d: tr("inspector.each"),
    )


def _zone_kind(form: Form, names: Sequence[str]) -> None:
    def put(design: Design, value: str) -> Design:
        for name in names:
            design = edits.change_zone(design, name, kind=value)
        return design

    form.choice(
        tr("inspector.zone_kind"),
        tr("edit.zone_kind"),
        lambda d: [(kind, tr(f"zone.{kind}")) for kind in get_args(ZoneKind)],
        lambda d: _same(d.zone_by_id[name].kind for name in names if name in d.zone_by_id) or MIXED,
        put,
    )


def _feature(form: Form, names: Sequence[str], feature: Feature) -> None:
    def put(design: Design, value: bool | None) -> Design:
        for name in names:
            design = edits.set_feature(design, feature.id, value, name)
        return design

    def own(design: Design) -> tuple[int, int]:
        there = _there(design, names)
        return sum(feature.id in each.features for each in there), len(there)

    form.tick(
        said(feature.name),
        tr("edit.setting", name=said(feature.name)),
        lambda d: _same(effective_feature(d, each, feature).value for each in _there(d, names)),
        put,
        said(feature.note),
        Own(own, lambda d: put(d, None)),
    )
