"""What the card under a resting pointer says of a component or a connector: what it is, why it is there, its rows."""

from __future__ import annotations

from dataclasses import dataclass

from gui.canvas.bundles import Bundle
from gui.document.document import Document
from gui.document.selection import Pair
from gui.language import said, tr
from gui.panels.why import flows_between
from model.design.zoning import way

_ROWS = 6
_FINDINGS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A title, what kind of thing it is, rows of two columns, and sentences below them."""

    title: str
    what: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    more: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it as plain text."""
        lines = [self.title, self.what, *("  ".join(row).rstrip() for row in self.rows), *self.more]
        return "\n".join(line for line in lines if line)


def of_connector(document: Document, pair: Pair) -> Said | None:
    """Why a connector exists; None where it has no flow."""
    found = flows_between(document, pair, None)
    if not found:
        return None
    first = found[0][0]
    names = [first.component(name).name for name in pair]
    design = (
        document.view.design if set(pair) <= document.view.design.component_by_id.keys() else first.design
    )
    between = way(design, *(design.component_by_id[name].zone for name in pair))
    ends = (between.source, between.destination)
    zones = dict.fromkeys(tr("inspector.no_zone") if zone is None else zone.name for zone in ends)
    what = " · ".join((" → ".join(zones), *between.firewalls))
    rows: list[tuple[str, str]] = []
    why: dict[str, None] = {}
    for graph, flow, gone in found[:_ROWS]:
        mark = "− " if gone else ""
        purpose = said(graph.catalog.purpose_by_id[flow.basis.purpose].name)
        rules = ", ".join(flow.basis.rules[:3]) + (" …" if len(flow.basis.rules) > 3 else "")
        rows.append(
            (f"{mark}{flow.port}/{flow.transport.upper()} {flow.basis.protocol}", f"{purpose} · {rules}")
        )
        why[said(graph.catalog.rule_by_id[flow.basis.rules[0]].reading)] = None
    more = [tr("hover.more", count=len(found) - _ROWS)] if len(found) > _ROWS else []
    return Said(" → ".join(names), what, tuple(rows), (*more, *list(why)[:3]))


def of_bundle(document: Document, bundle: Bundle) -> Said:
    """Between what a line runs that stands for several connectors, and for how many."""
    before, now = document.view.baseline.design, document.view.design
    components = {**before.component_by_id, **now.component_by_id}
    zones = now.zone_by_id
    title = " → ".join((zones[end] if end in zones else components[end]).name for end in bundle.ends)
    return Said(title, tr("hover.bundle", count=bundle.count))


def of_component(document: Document, name: str) -> Said:
    """What a component is, how much it opens and receives, and what findings say of it."""
    view = document.view
    component = view.design.component_by_id[name]
    kind = view.graph.catalog.kind_by_id.get(component.kind)
    zone = view.design.zone_by_id[component.zone].name if component.zone else tr("inspector.no_zone")
    network = [flow for flow in view.graph.touching[name] if flow.basis.scope == "network"]
    out = sum(flow.source == name for flow in network)
    rows = [(tr("hover.out", count=out), tr("hover.in", count=len(network) - out))]
    addresses = component.addresses or (kind.source_addresses if kind is not None else ())
    if component.fqdn:
        rows.append((tr("inspector.fqdn"), component.fqdn))
    if addresses:
        rows.append((tr("hover.addresses"), ", ".join(addresses[:2]) + (" …" if len(addresses) > 2 else "")))
    serious = (each for each in view.findings if each.severity != "information")
    concerned = [said(each.message) for each in serious if name in each.subjects]
    hosts = f" ×{component.count:,}" if component.count > 1 else ""
    what = said(kind.name) if kind is not None else component.kind
    more = concerned[:_FINDINGS]
    if len(concerned) > _FINDINGS:
        more.append(tr("hover.findings", count=len(concerned) - _FINDINGS))
    return Said(component.name + hosts, f"{what} · {zone}", tuple(rows), tuple(more))
