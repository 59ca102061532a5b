"""Findings about components: missing ones, port conflicts, communication direction, groups of relays."""

from __future__ import annotations

from collections.abc import Iterator

from model import edits
from model.catalog import Catalog
from model.design import Component, Design, Zone
from model.effective import effective_setting
from model.findings.finding import Finding, Fix, said, shortened
from model.frozen import Bilingual
from model.graph import FlowGraph, Missing
from model.rules import Kind

_GAP = 40
_CARD_HEIGHT = 70
_CARD_WIDTH = 220


def missing(graph: FlowGraph) -> Iterator[Finding]:
    """Kinds that the rules require and that are absent (error), or that a source is tied to none of (warning)."""
    design, catalog = graph.design, graph.catalog
    grouped: dict[tuple[str, bool], list[Missing]] = {}
    for each in graph.missing:
        grouped.setdefault((each.kind, each.excluded), []).append(each)
    for (name, excluded), group in grouped.items():
        kind = catalog.kind_by_id[name]
        sources = list(dict.fromkeys(each.source for each in group))
        names = shortened([design.component_by_id[source].name for source in sources])
        ports = ", ".join(dict.fromkeys(f"{each.port}/{each.transport.upper()}" for each in group))
        rules = list(dict.fromkeys(each.rule for each in group))
        yield said(
            catalog,
            "excluded-component" if excluded else "missing-component",
            sources,
            {
                "source": names,
                "sources": names,
                "kind": kind.name,
                "ports": ports,
                "rules": ", ".join(rules),
            },
            rules,
            _use_all(sources, kind) if excluded else _add_one(catalog, kind),
        )


def _use_all(sources: list[str], kind: Kind) -> Fix:
    def edit(design: Design) -> Design:
        for source in sources:
            design = edits.assign(design, source, kind.id, None)
        return design

    return Fix(Bilingual(en=f"Use every {kind.name.en}", ja=f"すべての{kind.name.ja}を使う"), edit)


def _add_one(catalog: Catalog, kind: Kind) -> Fix:
    def edit(design: Design) -> Design:
        zone = _internet(design) if kind.service else None
        return edits.place(
            design, kind.id, kind.name.en, _free_place(design, zone), zone.id if zone else None
        )[0]

    return Fix(Bilingual(en=f"Add {kind.name.en}", ja=f"{kind.name.ja}を追加"), edit)


def _internet(design: Design) -> Zone | None:
    return next((zone for zone in design.zones if zone.kind == "internet"), None)


def _free_place(design: Design, zone: Zone | None) -> tuple[int, int]:
    """Below what lies in the zone already; without a zone, right of everything."""
    if zone is not None:
        x, y = zone.frame[0] + _GAP // 2, zone.frame[1] + _GAP
        lower = [
            each.position[1] + _CARD_HEIGHT + _GAP // 2 for each in design.components if each.zone == zone.id
        ]
        return x, max([y, *lower])
    right = [each.position[0] + _CARD_WIDTH for each in design.components]
    right += [each.frame[0] + each.frame[2] for each in design.zones]
    top = [each.position[1] for each in design.components] + [each.frame[1] for each in design.zones]
    return max(right, default=0) + _GAP, min(top, default=0)


def port_conflicts(graph: FlowGraph) -> Iterator[Finding]:
    """Listeners of one component that ended up on the same port (error); the loopback port counts too."""
    catalog = graph.catalog
    for component in graph.design.components:
        if not component.ports or component.kind not in catalog.kind_by_id:
            continue
        taken: dict[tuple[int, str], int] = {}
        for default, transport in _listeners(catalog, component):
            actual = component.ports.get(default, default)
            first = taken.setdefault((actual, transport), default)
            if first != default:
                yield said(
                    catalog,
                    "port-conflict",
                    [component.id],
                    {
                        "component": component.name,
                        "port": f"{actual}/{transport.upper()}",
                        "first": f"{first}/{transport.upper()}",
                        "second": f"{default}/{transport.upper()}",
                    },
                    fix=_default_port(component, default if default in component.ports else first),
                )


def _listeners(catalog: Catalog, component: Component) -> list[tuple[int, str]]:
    return sorted(
        {
            (link.port, link.transport)
            for rule in catalog.rules
            for link in rule.connections
            if component.kind in link.to
        }
    )


def _default_port(component: Component, default: int) -> Fix:
    return Fix(
        Bilingual(en=f"Listen on {default} again", ja=f"{default} に戻す"),
        lambda design: edits.set_port(design, component.id, default, None),
    )


def communication(graph: FlowGraph) -> Iterator[Finding]:
    """Agents and relays that Workload Security may connect to (information)."""
    setting = graph.catalog.setting_by_id.get("communication")
    if setting is None:
        return
    names = {choice.id: choice.name for choice in setting.choices}
    by_value: dict[str, list[Component]] = {}
    for component in graph.design.components:
        if component.kind in setting.kinds:
            value = effective_setting(graph.design, component, setting).value
            if value != setting.default:
                by_value.setdefault(value, []).append(component)
    for value, found in by_value.items():
        yield said(
            graph.catalog,
            "communication-not-default",
            [component.id for component in found],
            {"component": shortened([component.name for component in found]), "value": names[value]},
            ["P06"] if "P06" in graph.catalog.rule_by_id else [],
            _default_direction([component.id for component in found], setting.id, setting.default),
        )


def _default_direction(components: list[str], setting: str, default: str) -> Fix:
    def edit(design: Design) -> Design:
        for component in components:
            design = edits.set_setting(design, setting, default, component)
        return design

    return Fix(Bilingual(en="Let the agents open the connection", ja="エージェントから接続させる"), edit)


def relay_groups(graph: FlowGraph) -> Iterator[Finding]:
    """Groups that stand for several relays: flows among their members are not derived (information)."""
    for component in graph.design.components:
        if component.count > 1 and component.kind == "relay":
            yield said(graph.catalog, "relay-group-members", [component.id], {"component": component.name})
