"""The inspector's fields for one component."""

from __future__ import annotations

from collections.abc import Sequence

from gui.language import said, tr
from gui.panels.forms import MIXED, Form, Options
from model.catalog.catalog import Catalog
from model.catalog.rules import Kind, Setting, TrafficClass
from model.derivation.effective import effective_setting, servers
from model.design.design import Design
from model.design.elements import Component
from model.design.fields import MOST_HOSTS
from model.editing import edits, locks
from model.editing.ties import proxied_classes, proxy_kinds

_INHERIT = ""
_DIRECT = ""


def component_form(form: Form, catalog: Catalog, name: str) -> None:
    """All there is to one component."""

    def it(design: Design) -> Component:
        return design.component_by_id[name]

    kind = _first(form, catalog, name)
    form.line(
        tr("inspector.name"), tr("edit.rename"), lambda d: it(d).name, lambda d, v: locks.renamed(d, name, v)
    )
    zone_choice(form, (name,))
    if kind is None or not kind.service:
        _addresses(form, name)
    form.line(
        tr("inspector.fqdn"),
        tr("edit.fqdn"),
        lambda d: it(d).fqdn or "",
        lambda d, v: edits.change_component(d, name, fqdn=v.lower() or None),
        tr("inspector.fqdn_hint"),
    )
    if kind is None:
        return
    _settings(form, catalog, (name,), kind.id)
    _ports(form, catalog, name, kind.id)
    _proxies(form, catalog, name, kind.id)
    _assignments(form, catalog, name, kind.id)


def _first(form: Form, catalog: Catalog, name: str) -> Kind | None:
    """The heading: what it is."""
    kind = catalog.kind_by_id.get(form.design().component_by_id[name].kind)
    form.say(lambda d: d.component_by_id[name].name, "title")
    form.say(
        lambda d: said(kind.name) if kind else tr("inspector.unknown_kind", kind=d.component_by_id[name].kind)
    )
    if kind is not None and kind.note is not None:
        note = kind.note
        form.say(lambda d: said(note))
    if kind is not None and kind.source_addresses:
        addresses = ", ".join(kind.source_addresses)
        form.say(lambda d: tr("inspector.source_addresses", addresses=addresses))
    return kind


def _addresses(form: Form, name: str) -> None:
    form.number(
        tr("inspector.count"),
        tr("edit.count"),
        lambda d: d.component_by_id[name].count,
        lambda d, v: edits.change_component(d, name, count=v),
        1,
        MOST_HOSTS,
        lambda d: tr("inspector.hosts") if d.component_by_id[name].count > 1 else tr("inspector.host"),
    )
    form.lines(
        tr("inspector.addresses"),
        tr("edit.addresses"),
        lambda d: "\n".join(d.component_by_id[name].addresses),
        lambda d, v: edits.change_component(d, name, addresses=split(v)),
        2,
        tr("inspector.addresses_hint"),
    )


def split(text: str) -> tuple[str, ...]:
    """Entries parted by lines, commas or spaces."""
    return tuple(text.replace(",", " ").replace("、", " ").split())


def zones_in_order(design: Design) -> list[tuple[str, str]]:
    """(id, name) of every zone, nested ones behind those around them."""

    def under(parent: str | None, depth: int) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for zone in design.zones:
            if zone.parent == parent:
                found += [(zone.id, "   " * depth + zone.name), *under(zone.id, depth + 1)]
        return found

    return under(None, 0)


def zone_choice(form: Form, names: Sequence[str]) -> None:
    """The zone that components lie in."""

    def get(design: Design) -> str:
        zones = {design.component_by_id[name].zone or "" for name in names if name in design.component_by_id}
        return zones.pop() if len(zones) == 1 else MIXED

    def put(design: Design, zone: str) -> Design:
        return edits.move(design, {}, dict.fromkeys(names, zone or None))

    form.choice(
        tr("inspector.zone"),
        tr("edit.zone"),
        lambda d: [("", tr("inspector.no_zone")), *zones_in_order(d)],
        get,
        put,
    )


def _settings(form: Form, catalog: Catalog, names: Sequence[str], kind: str) -> None:
    settings = catalog.settings_of(kind)
    if settings:
        form.heading(tr("inspector.settings"))
    for setting in settings:
        setting_choice(form, names, setting)


def setting_choice(form: Form, names: Sequence[str], setting: Setting) -> None:
    """A setting of components that all have it."""
    texts = {choice.id: said(choice.name) for choice in setting.choices}

    def options(design: Design) -> list[tuple[str, str]]:
        inherited = effective_setting(design, None, setting).value
        own = {
            value for n in names if (value := design.component_by_id[n].settings.get(setting.id)) is not None
        }
        found = [(_INHERIT, tr("inspector.inherited", value=texts.get(inherited, inherited)))]
        return [*found, *texts.items(), *((value, value) for value in sorted(own - texts.keys()))]

    def get(design: Design) -> str:
        values = {design.component_by_id[n].settings.get(setting.id, _INHERIT) for n in names}
        return values.pop() if len(values) == 1 else MIXED

    def put(design: Design, value: str) -> Design:
        for name in names:
            design = edits.set_setting(design, setting.id, value or None, name)
        return design

    form.choice(
        said(setting.name), tr("edit.setting", name=said(setting.name)), options, get, put, said(setting.note)
    )


def _ports(form: Form, catalog: Catalog, name: str, kind: str) -> None:
    ports = catalog.listening_ports(kind)
    if not ports:
        return
    form.heading(tr("inspector.ports"))
    for port in ports:
        _port(form, name, port)


def _port(form: Form, name: str, port: int) -> None:
    form.number(
        tr("inspector.port", port=port),
        tr("edit.port"),
        lambda d: d.component_by_id[name].ports.get(port, port),
        lambda d, v: edits.set_port(d, name, port, v),
        1,
        65535,
        lambda d: tr("inspector.changed_port") if port in d.component_by_id[name].ports else "",
    )


def _proxies(form: Form, catalog: Catalog, name: str, kind: str) -> None:
    classes, accepted = proxied_classes(catalog, kind), proxy_kinds(catalog)
    if not classes:
        return
    form.heading(tr("inspector.proxies"))

    def options(design: Design) -> list[tuple[str, str]]:
        proxies = [
            (each.id, each.name) for each in design.components if each.kind in accepted and each.id != name
        ]
        return [(_DIRECT, tr("inspector.direct")), *proxies]

    for traffic in classes:
        _proxy(form, name, traffic, options)


def _proxy(form: Form, name: str, traffic: TrafficClass, options: Options) -> None:
    form.choice(
        said(traffic.name),
        tr("edit.proxy"),
        options,
        lambda d: d.component_by_id[name].proxies.get(traffic.id, _DIRECT),
        lambda d, v: edits.set_proxy(d, name, traffic.id, v or None),
    )


def _assignments(form: Form, catalog: Catalog, name: str, kind: str) -> None:
    kinds = [catalog.kind_by_id[each] for each in catalog.destination_kinds(kind)]
    if not kinds:
        return
    form.heading(tr("inspector.uses"))
    for each in kinds:
        _assignment(form, name, each)


def _assignment(form: Form, name: str, kind: Kind) -> None:
    def candidates(design: Design) -> list[Component]:
        return [each for each in design.components_by_kind.get(kind.id, ()) if each.id != name]

    def get(design: Design) -> str:
        assignment = design.assignments_of.get(name, {}).get(kind.id)
        return "all" if assignment is None else "these" if assignment.chosen else "none"

    def put(design: Design, value: str) -> Design:
        if value == "all":
            return edits.assign(design, name, kind.id, None)
        now = [each.id for each in servers(design, design.component_by_id[name], kind.id)]
        return edits.assign(
            design,
            name,
            kind.id,
            (now or [each.id for each in candidates(design)]) if value == "these" else (),
        )

    def options(design: Design) -> list[tuple[str, str]]:
        count = len(candidates(design))
        found = [("all", tr("inspector.all", count=count))]
        if count:
            found.append(("these", tr("inspector.these")))
        return [*found, ("none", tr("inspector.none"))]

    step = tr("edit.assign")
    form.choice(said(kind.name), step, options, get, put)
    form.ticks(
        step,
        lambda d: [(each.id, each.name) for each in candidates(d)] if get(d) == "these" else [],
        lambda d: frozenset(each.id for each in servers(d, d.component_by_id[name], kind.id)),
        lambda d, chosen: edits.assign(d, name, kind.id, [c.id for c in candidates(d) if c.id in chosen]),
    )
