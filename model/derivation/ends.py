"""What differs at the ends of flows between two designs, where rules do not look: addresses, and firewalls on the way.

A permit holds addresses and stands at a firewall: a flow whose ends moved needs work although it stays the same flow.
"""

from __future__ import annotations

from collections.abc import Callable

from model.catalog.catalog import Catalog
from model.design.design import Design
from model.design.elements import Component
from model.design.zoning import way
from model.flow import Flow

MOVED = ("source_addresses", "destination_addresses", "boundaries", "firewalls")
"""The names of what may differ, as flows are written as data."""
Differing = Callable[[Flow], tuple[str, ...]]


def differing_ends(catalog: Catalog, before: Design, after: Design) -> Differing | None:
    """A function that tells by `MOVED` what differs for a flow that both designs have; None where nothing moved."""
    moved = before.components is not after.components
    was, now = before.component_by_id, after.component_by_id
    both = (
        [(was[name], each) for name, each in now.items() if name in was and was[name] is not each]
        if moved
        else []
    )
    readdressed = {each.id for other, each in both if other.addresses != each.addresses}
    printed = {name for name in readdressed if _printed(catalog, now[name])}
    ends = readdressed - printed, readdressed
    rezoned = {each.id for other, each in both if other.zone != each.zone}
    alike = before.zones is after.zones or _layout(before) == _layout(after)
    if alike and not (readdressed or rezoned):
        return None
    known: dict[tuple[str | None, ...], tuple[str, ...]] = {}

    def ways(flow: Flow) -> tuple[str, ...]:
        pairs = [(design[flow.source].zone, design[flow.destination].zone) for design in (was, now)]
        found = known.get(key := (*pairs[0], *pairs[1]))
        if found is None:
            one, other = (way(design, *pair) for design, pair in zip((before, after), pairs, strict=True))
            crossed = [tuple(zone.id for zone in each.crossed) for each in (one, other)]
            same = crossed[0] == crossed[1], one.firewalls == other.firewalls
            found = known[key] = tuple(name for name, alike in zip(MOVED[2:], same, strict=True) if not alike)
        return found

    def differing(flow: Flow) -> tuple[str, ...]:
        moved = [name for name, end, others in zip(MOVED[:2], flow[:2], ends, strict=True) if end in others]
        return *moved, *ways(flow)

    return differing


def _printed(catalog: Catalog, component: Component) -> bool:
    """Whether a component connects from printed addresses, whatever its own are."""
    kind = catalog.kind_by_id.get(component.kind)
    return kind is not None and bool(kind.source_addresses)


def _layout(design: Design) -> list[tuple[str, str | None, str]]:
    """What ways between zones depend on."""
    return [(zone.id, zone.parent, zone.firewall) for zone in design.zones]
