"""What a screen reader says of the things on the canvas: what it is, how many, where it lies, what it is tied to."""

from __future__ import annotations

from collections.abc import Collection

from gui.document.selection import Pair
from gui.language import said, tr
from model.catalog.catalog import Catalog
from model.design.design import Design
from model.design.elements import Component, Note, Zone


def component_spoken(component: Component, design: Design, catalog: Catalog, pairs: Collection[Pair]) -> str:
    """A component's name, kind, hosts, zone, and its connectors among `pairs`."""
    kind = catalog.kind_by_id.get(component.kind)
    what = said(kind.name) if kind is not None else component.kind
    parts = [component.name] if component.name == what else [component.name, what]
    if component.count > 1:
        parts.append(tr("spoken.hosts", count=component.count))
    if component.zone is not None:
        parts.append(tr("spoken.within", zone=design.zone_by_id[component.zone].name))
    leaving = sum(source == component.id for source, _ in pairs)
    coming = sum(target == component.id for _, target in pairs)
    return tr("spoken.component", what=tr("spoken.comma").join(parts), leaving=leaving, coming=coming)


def zone_spoken(zone: Zone, design: Design) -> str:
    """A zone's name, kind, networks, the zone around it, and how many components lie in it and its inner zones."""
    parts = [tr("spoken.zone", name=zone.name, kind=tr(f"zone.{zone.kind}")), *zone.cidrs]
    if zone.parent is not None:
        parts.append(tr("spoken.within", zone=design.zone_by_id[zone.parent].name))
    held = sum(zone.id in design.zone_chain(component.zone) for component in design.components)
    parts.append(tr("spoken.holds", count=held))
    if zone.collapsed:
        parts.append(tr("spoken.collapsed"))
    return tr("spoken.comma").join(parts)


def note_spoken(note: Note) -> str:
    """A note's text."""
    return tr("spoken.note", text=note.text)
