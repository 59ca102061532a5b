"""Findings about servers: who they serve, what they replace, and what stays although they are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from model import edits
from model.between import bases_between
from model.condition import AGENT_VERSION, VersionIn, parts_of
from model.design import Component, Design
from model.effective import effective_setting, features_on, servers, settings_in_force
from model.findings.finding import Finding, Fix, said, shortened
from model.frozen import Bilingual
from model.graph import FlowGraph
from model.rules import Setting

SYSLOG_DIRECT = "syslog-direct"
SYSLOG_TRANSPORT = "syslog-transport"
SMART_FEEDBACK = "smart-feedback"
NETWORK = "smart-protection-network"
SIEM = "siem"
MIRROR = "software-mirror"
RELAY = "relay"


def direct_syslog_to_tls(graph: FlowGraph) -> Iterator[Finding]:
    """Agents that forward events directly to a SIEM that takes TLS: they can send UDP only (error, D9)."""
    design, catalog = graph.design, graph.catalog
    tls = {
        siem.id
        for siem in design.components_by_kind.get(SIEM, ())
        if settings_in_force(design, catalog, siem).get(SYSLOG_TRANSPORT) == "tls"
    }
    if not tls:
        return
    by_siem: dict[str, list[Component]] = {}
    for component in design.components:
        if SYSLOG_DIRECT in features_on(design, catalog, component):
            for siem in servers(design, component, SIEM):
                if siem.id in tls:
                    by_siem.setdefault(siem.id, []).append(component)
    for siem_id, sources in by_siem.items():
        names = [source.id for source in sources]
        yield said(
            catalog,
            "direct-syslog-to-tls",
            [*names, siem_id],
            {
                "source": shortened([source.name for source in sources]),
                "siem": design.component_by_id[siem_id].name,
            },
            ["P05", "P09"],
            _not_directly(names),
        )


def _not_directly(sources: Sequence[str]) -> Fix:
    def edit(design: Design) -> Design:
        for source in sources:
            design = edits.set_feature(design, SYSLOG_DIRECT, False, source)
        return design

    return Fix(Bilingual(en="Switch direct forwarding off", ja="直接転送を無効にする"), edit)


def unused(graph: FlowGraph) -> Iterator[Finding]:
    """Components that others would have to use and that no flow reaches (warning); the fix uses them if it can."""
    catalog = graph.catalog
    initiators = {kind.id for kind in catalog.kinds if catalog.destination_kinds(kind.id)}
    for component in graph.design.components:
        kind = catalog.kind_by_id.get(component.kind)
        served = kind is not None and (component.kind not in initiators or _substitutes(graph, component))
        if kind is None or not served:
            continue
        if any(flow.destination == component.id for flow in graph.touching[component.id]):
            continue
        yield said(
            catalog,
            "unused-server",
            [component.id],
            {"component": component.name, "kind": kind.name},
            fix=_use(graph, component),
        )


def _substitutes(graph: FlowGraph, component: Component) -> tuple[Setting, ...]:
    """The settings by which a component of this kind can be chosen as a server."""
    return tuple(
        setting
        for setting in graph.catalog.settings
        if setting.substitutes is not None and any(choice.id == component.kind for choice in setting.choices)
    )


def _use(graph: FlowGraph, component: Component) -> Fix | None:
    settings = _substitutes(graph, component)
    if not settings or not any(graph.design.components_by_kind.get(kind) for kind in settings[0].kinds):
        return None
    setting = settings[0]
    feature = setting.substitutes

    def edit(design: Design) -> Design:
        for user in design.components:
            if user.kind in setting.kinds and feature is not None:
                design = edits.set_feature(design, feature, True, user.id)
                design = edits.set_setting(design, setting.id, component.kind, user.id)
                tie = design.assignments_of.get(user.id, {}).get(component.kind)
                if tie is not None and component.id not in tie.chosen:
                    design = edits.assign(design, user.id, component.kind, (*tie.chosen, component.id))
        return design

    name = graph.catalog.feature_by_id[feature].name if feature is not None else setting.name
    label = Bilingual(en=f"Use it for {name.en}", ja=f"{name.ja}に使う")
    return Fix(label, edit)


def mirror_without_relay(graph: FlowGraph) -> Iterator[Finding]:
    """A software mirror in a design without relays: component updates still need one (warning, A22)."""
    design = graph.design
    if design.components_by_kind.get(RELAY):
        return
    for mirror in design.components_by_kind.get(MIRROR, ()):
        yield said(
            graph.catalog,
            "mirror-without-relay",
            [mirror.id],
            {"mirror": mirror.name},
            ["P24", "U02"],
            Fix(Bilingual(en="Add a relay", ja="Relay を追加"), _relay_beside(mirror)),
        )


def _relay_beside(mirror: Component) -> Callable[[Design], Design]:
    place = (mirror.position[0], mirror.position[1] + 110)
    return lambda design: edits.place(design, RELAY, "Relay", place, mirror.zone)[0]


def residue(graph: FlowGraph) -> Iterator[Finding]:
    """Where a local server took over a reputation service: what stays on the Network, and why (information, D7)."""
    design, catalog = graph.design, graph.catalog
    settings = [setting for setting in catalog.settings if setting.substitutes is not None]
    by_case: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], list[Component]] = {}
    for component in design.components:
        if component.kind not in catalog.kind_by_id:
            continue
        on = features_on(design, catalog, component)
        moved = tuple(
            value
            for setting in settings
            if component.kind in setting.kinds
            and setting.substitutes in on
            and (value := effective_setting(design, component, setting).value) != setting.default
        )
        if not moved:
            continue
        names, features = _staying(graph, component)
        if features:
            by_case.setdefault((tuple(dict.fromkeys(moved)), names, features), []).append(component)
    for (moved, names, features), components in by_case.items():
        kinds = [catalog.kind_by_id[kind].name for kind in moved]
        asking = [catalog.feature_by_id[feature].name for feature in features]
        yield said(
            catalog,
            "residue",
            [component.id for component in components],
            {
                "component": shortened([component.name for component in components]),
                "server": Bilingual(en=" and ".join(n.en for n in kinds), ja="と".join(n.ja for n in kinds)),
                "remaining": Bilingual(en=", ".join(names), ja="、".join(names)),
                "features": Bilingual(en=", ".join(n.en for n in asking), ja="、".join(n.ja for n in asking)),
            },
            ["U11"],
        )


def _staying(graph: FlowGraph, component: Component) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Network's names that a component still needs, and the features that need them; proxies or not."""
    network = servers(graph.design, component, NETWORK)[:1]
    bases = [basis for to in network for basis in bases_between(graph.design, graph.catalog, component, to)]
    names = dict.fromkeys(name for basis in bases for name in basis.fqdns)
    features = dict.fromkeys(feature for basis in bases for feature in basis.features)
    return tuple(names), tuple(features)


def versions_without_names(graph: FlowGraph) -> Iterator[Finding]:
    """Smart Feedback with an agent version that no row prints a name for (warning)."""
    design, catalog = graph.design, graph.catalog
    rules = [rule for rule in catalog.rules if rule.id.startswith("U06")]
    ranges = [
        part.version
        for rule in rules
        for names in rule.names
        for part in parts_of(names.when)
        if isinstance(part, VersionIn)
    ]
    by_version: dict[str, list[Component]] = {}
    for component in design.components:
        version = settings_in_force(design, catalog, component).get(AGENT_VERSION)
        if version is None or SMART_FEEDBACK not in features_on(design, catalog, component):
            continue
        if not any(each.holds(version) for each in ranges):
            by_version.setdefault(version, []).append(component)
    for version, components in by_version.items():
        yield said(
            catalog,
            "version-without-names",
            [component.id for component in components],
            {"component": shortened([component.name for component in components]), "version": version},
            [rule.id for rule in rules],
        )
