"""Findings about the addresses that address-based exports need: gathered, never a flood."""

from __future__ import annotations

from collections.abc import Iterator

from model.findings.finding import Finding, said, shortened
from model.graph import FlowGraph


def components(graph: FlowGraph) -> Iterator[Finding]:
    """Own components at an opening with neither an address nor a zone that has a CIDR (warning)."""
    design, catalog = graph.design, graph.catalog
    crossing = {name for opening in graph.openings for name in (*opening.sources, opening.destination)}
    bare = [
        component
        for component in design.components
        if component.id in crossing
        and component.kind in catalog.kind_by_id
        and not catalog.kind_by_id[component.kind].service
        and not component.addresses
        and not any(design.zone_by_id[zone].cidrs for zone in design.zone_chain(component.zone))
    ]
    if bare:
        yield said(
            catalog,
            "missing-address",
            [component.id for component in bare],
            {"component": shortened([component.name for component in bare])},
        )


def zones(graph: FlowGraph) -> Iterator[Finding]:
    """Own zones that an opening leaves or enters and that have no CIDR (warning); the Internet needs none."""
    design = graph.design
    touched = {zone for opening in graph.openings for zone in (opening.source_zone, opening.destination_zone)}
    bare = [
        zone
        for zone in design.zones
        if zone.id in touched
        and zone.kind != "internet"
        and not any(design.zone_by_id[name].cidrs for name in design.zone_chain(zone.id))
    ]
    if bare:
        yield said(
            graph.catalog,
            "zone-without-cidr",
            [zone.id for zone in bare],
            {"zone": shortened([zone.name for zone in bare])},
        )
