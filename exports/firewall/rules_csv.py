"""A generic rule list as CSV: what any firewall's import, or a person, can be given.

Destinations may be networks or names, since the reader decides which filter takes which; a row never has neither. Every
cell is quoted, and made of ids, networks, names of hosts and numbers.
"""

from __future__ import annotations

import csv
import io

from exports.firewall.artefact import Made
from exports.firewall.permits import (
    WITHIN_HOST,
    Group,
    Groups,
    Inexpressible,
    group_name,
    inexpressible,
    service_name,
    zone_name,
)
from exports.report import Report
from model.flow import Flow
from model.frozen import Bilingual

HEADINGS = (
    "rule",
    "action",
    "source_zone",
    "source_object",
    "source_networks",
    "destination_zone",
    "destination_object",
    "destination_networks",
    "destination_names",
    "service_object",
    "transport",
    "port",
    "catalog",
    "design",
)
"""The same in every language, for programs. Several values in a cell stand one blank apart."""


def rules_csv(report: Report) -> Made:
    """UTF-8 with a byte order mark, every cell quoted, CR LF line ends; one row per network flow."""
    graph, groups = report.graph, Groups(report.graph)
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    refused: list[Inexpressible] = []
    for flow in graph.flows:
        row = WITHIN_HOST if flow.basis.scope == "host" else _row(groups, flow)
        if isinstance(row, Bilingual):
            refused.append(inexpressible(flow, row))
        else:
            made_from = f"{report.catalog.id} {report.catalog.version}", report.design_hash
            writer.writerow((*row, *made_from))
    return Made(text.getvalue().encode("utf-8-sig"), tuple(refused))


def _row(groups: Groups, flow: Flow) -> tuple[str, ...] | Bilingual:
    source = groups.initiator(flow.source)
    if isinstance(source, Bilingual):
        return source
    names = (*flow.basis.fqdns, *flow.basis.inferred_fqdns)
    destination = groups.listener(flow)
    if isinstance(destination, Bilingual):
        if not names or groups.graph.component(flow.destination).addresses:
            return destination
        destination = Group(flow.destination, group_name(flow.destination), (), ())
    return (
        flow.id,
        "permit",
        zone_name(groups.graph.zone(flow.source)),
        source.name,
        " ".join(source.addresses),
        zone_name(groups.graph.zone(flow.destination)),
        destination.name,
        " ".join(destination.addresses),
        " ".join(names),
        service_name(flow.port, flow.transport),
        flow.transport,
        str(flow.port),
    )
