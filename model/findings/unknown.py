"""Findings about what the catalog does not know: kinds, values, ports; proxies that are none; another catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from model import edits
from model.catalog import Catalog
from model.design import Component
from model.findings.finding import Finding, Fix, said
from model.frozen import Bilingual
from model.graph import FlowGraph

DESIGN = Bilingual(en="The design", ja="デザイン")


def kinds(graph: FlowGraph) -> Iterator[Finding]:
    """Components of a kind the catalog lacks: kept, drawn, and without flows (warning)."""
    for component in graph.design.components:
        if component.kind not in graph.catalog.kind_by_id:
            values: dict[str, str | int | Bilingual] = {"component": component.name, "kind": component.kind}
            yield said(graph.catalog, "unknown-kind", [component.id], values)


def values(graph: FlowGraph) -> Iterator[Finding]:
    """Features, settings, values, ports and traffic classes without effect, each once (warning)."""
    design, catalog = graph.design, graph.catalog
    for item, value in _unknown(catalog, design.features, design.settings):
        yield said(catalog, "unknown-value", [], {"component": DESIGN, "item": item, "value": value})
    for component in design.components:
        if component.kind not in catalog.kind_by_id:
            continue
        for item, value in (
            *_unknown(catalog, component.features, component.settings),
            *_misplaced(catalog, component),
        ):
            said_of: dict[str, str | int | Bilingual] = {
                "component": component.name,
                "item": item,
                "value": value,
            }
            yield said(catalog, "unknown-value", [component.id], said_of)


_FEATURE = Bilingual(en="a feature", ja="機能")
_SETTING = Bilingual(en="a setting", ja="設定")
_PORT = Bilingual(en="a listening port", ja="待ち受けポート")
_CLASS = Bilingual(en="a traffic class", ja="通信の種類")


def _unknown(
    catalog: Catalog, features: Iterable[str], settings: dict[str, str]
) -> Iterator[tuple[Bilingual, str]]:
    yield from ((_FEATURE, feature) for feature in features if feature not in catalog.feature_by_id)
    for name, value in settings.items():
        setting = catalog.setting_by_id.get(name)
        if setting is None:
            yield _SETTING, name
        elif not setting.accepts(value):
            yield setting.name, value


def _misplaced(catalog: Catalog, component: Component) -> Iterator[tuple[Bilingual, str]]:
    """What exists, but not for this kind of component."""
    for name in component.features:
        feature = catalog.feature_by_id.get(name)
        if feature is not None and (feature.scope == "design" or component.kind not in feature.kinds):
            yield _FEATURE, name
    for name in component.settings:
        setting = catalog.setting_by_id.get(name)
        if setting is not None and component.kind not in setting.kinds:
            yield _SETTING, name
    listening = catalog.listening_ports(component.kind)
    yield from ((_PORT, str(port)) for port in component.ports if port not in listening)
    classes = {each.id for each in catalog.traffic_classes}
    yield from ((_CLASS, traffic) for traffic in component.proxies if traffic not in classes)


def proxies(graph: FlowGraph) -> Iterator[Finding]:
    """Components told to go through something that is no web proxy (error); the flow stays direct."""
    design, catalog = graph.design, graph.catalog
    accepted = catalog.rule_by_id[catalog.proxy_rule].connections[0].to
    for component in design.components:
        for traffic, name in component.proxies.items():
            if design.component_by_id[name].kind not in accepted:
                yield said(
                    catalog,
                    "proxy-not-a-proxy",
                    [component.id, name],
                    {"component": component.name, "proxy": design.component_by_id[name].name},
                    [catalog.proxy_rule],
                    _direct(component.id, traffic),
                )


def _direct(component: str, traffic: str) -> Fix:
    return Fix(
        Bilingual(en="Go direct", ja="プロキシを使わない"),
        lambda design: edits.set_proxy(design, component, traffic, None),
    )


def catalog(graph: FlowGraph) -> Iterator[Finding]:
    """A design made with another catalog, or another version of it (warning)."""
    made, used = graph.design.catalog, graph.catalog
    if (made.id, made.version) != (used.id, used.version):
        fix = Fix(
            Bilingual(en="Take over this catalog", ja="このカタログに切り替える"),
            lambda design: edits.change_design(
                design, catalog=design.catalog.evolve(id=used.id, version=used.version)
            ),
        )
        said_of: dict[str, str | int | Bilingual] = {
            "design": f"{made.id} {made.version}",
            "catalog": f"{used.id} {used.version}",
        }
        yield said(used, "catalog-mismatch", [], said_of, fix=fix)
