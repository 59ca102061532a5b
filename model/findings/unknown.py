"""Findings about what the catalog does not know: kinds, values, ports; proxies that are none; another catalog.

All of it is kept in the design and has no effect (or, for a proxy, leaves the traffic direct).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from model.catalog.catalog import Catalog
from model.design.columns import same
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits
from model.findings.finding import Finding, Fix, said
from model.findings.fixes import for_each
from model.findings.survey import Survey
from model.frozen import Bilingual
from model.tables.wording import shortened

Part = Literal["features", "settings", "ports", "proxies"]

DESIGN = Bilingual(en="the design", ja="設計全体")
_ITEMS: dict[Part, Bilingual] = {
    "features": Bilingual(en="the feature", ja="機能"),
    "settings": Bilingual(en="the setting", ja="設定"),
    "ports": Bilingual(en="the listening port", ja="待ち受けポート"),
    "proxies": Bilingual(en="the class of proxied traffic", ja="プロキシを使う通信の種類"),
}


class Entry(NamedTuple):
    """An entry without effect: its field and key, what the sentence calls it, and whether only the kind is wrong."""

    part: Part
    key: str | int
    item: Bilingual
    value: Bilingual
    misplaced: bool = False


def kinds(survey: Survey) -> Iterator[Finding]:
    """Components of a kind the catalog lacks: kept, drawn, and without flows (warning), one finding per kind."""
    for kind, components in survey.design.components_by_kind.items():
        if kind not in survey.catalog.kind_by_id:
            yield said(
                survey.catalog,
                "unknown-kind",
                [component.id for component in components],
                {"component": shortened([component.name for component in components]), "kind": kind},
            )


def values(survey: Survey) -> Iterator[Finding]:
    """Features, settings, values, ports and traffic classes without effect (warning), one finding each."""
    design, catalog = survey.design, survey.catalog
    for entry in (*_features(catalog, design.features), *_settings(catalog, design.settings)):
        yield _without_effect(catalog, entry, None)
    alike: dict[object, list[Component]] = {}
    for each in design.components:
        if (each.features or each.settings or each.ports or each.proxies) and each.kind in catalog.kind_by_id:
            key = (each.kind, *map(tuple, (each.features, each.settings.items(), each.ports, each.proxies)))
            alike.setdefault(key, []).append(each)
    found: dict[Entry, list[str]] = {}
    for components in alike.values():
        for entry in _entries(catalog, components[0]):
            found.setdefault(entry, []).extend(component.id for component in components)
    for entry, ids in found.items():
        yield _without_effect(catalog, entry, survey.in_order(ids))


def _without_effect(catalog: Catalog, entry: Entry, components: list[Component] | None) -> Finding:
    """A finding about an entry of some components, or of the design itself (None)."""
    subjects = [component.id for component in components or ()]
    names = DESIGN if components is None else shortened([component.name for component in components])
    return said(
        catalog,
        "misplaced-value" if entry.misplaced else "unknown-value",
        subjects,
        {"component": names, "item": entry.item, "value": entry.value},
        fix=Fix(Bilingual(en="Remove the entry", ja="この項目を削除"), _without(entry, subjects)),
    )


def _without(entry: Entry, subjects: list[str]) -> Callable[[Design], Design]:
    def edit(design: Design) -> Design:
        if not subjects:
            return edits.change_design(design, **{entry.part: _less(getattr(design, entry.part), entry.key)})
        return for_each(
            design,
            subjects,
            lambda each: each.evolve(**{entry.part: _less(getattr(each, entry.part), entry.key)}),
        )

    return edit


def _less(values: Mapping[str | int, object], key: str | int) -> dict[str | int, object]:
    return {name: value for name, value in values.items() if name != key}


def _features(catalog: Catalog, features: Mapping[str, bool]) -> Iterator[Entry]:
    for name in features:
        if name not in catalog.feature_by_id:
            yield Entry("features", name, _ITEMS["features"], same(name))


def _settings(catalog: Catalog, settings: Mapping[str, str]) -> Iterator[Entry]:
    for name, value in settings.items():
        setting = catalog.setting_by_id.get(name)
        if setting is None:
            yield Entry("settings", name, _ITEMS["settings"], same(name))
        elif not setting.accepts(value):
            yield Entry("settings", name, _quoted(setting.name), same(value))


def _entries(catalog: Catalog, component: Component) -> Iterator[Entry]:
    """What has no effect at one component: unknown, or known and not for its kind."""
    for name in component.features:
        feature = catalog.feature_by_id.get(name)
        if feature is not None and (feature.scope == "design" or component.kind not in feature.kinds):
            yield Entry("features", name, _ITEMS["features"], _quoted(feature.name), misplaced=True)
    yield from _features(catalog, component.features)
    misplaced = set()
    for name in component.settings:
        setting = catalog.setting_by_id.get(name)
        if setting is not None and component.kind not in setting.kinds:
            misplaced.add(name)
            yield Entry("settings", name, _ITEMS["settings"], _quoted(setting.name), misplaced=True)
    known = {name: value for name, value in component.settings.items() if name not in misplaced}
    yield from _settings(catalog, known)
    listening = catalog.listening_ports(component.kind) if component.ports else ()
    for port in component.ports:
        if port not in listening:
            yield Entry("ports", port, _ITEMS["ports"], same(str(port)), misplaced=True)
    classes = {each.id for each in catalog.traffic_classes}
    for traffic in component.proxies:
        if traffic not in classes:
            yield Entry("proxies", traffic, _ITEMS["proxies"], same(traffic))


def _quoted(name: Bilingual) -> Bilingual:
    return Bilingual(en=f"“{name.en}”", ja=f"「{name.ja}」")


def proxies(survey: Survey) -> Iterator[Finding]:
    """Components told to go through something that is no web proxy (error); the traffic stays direct."""
    design, catalog = survey.design, survey.catalog
    accepted = catalog.rule_by_id[catalog.proxy_rule].connections[0].to
    found: dict[str, list[Component]] = {}
    for component in design.components:
        for name in dict.fromkeys(component.proxies.values()):
            if design.component_by_id[name].kind not in accepted:
                found.setdefault(name, []).append(component)
    for name, components in found.items():
        yield said(
            catalog,
            "proxy-not-a-proxy",
            [*(component.id for component in components), name],
            {
                "component": shortened([component.name for component in components]),
                "proxy": design.component_by_id[name].name,
            },
            [catalog.proxy_rule],
            _direct([component.id for component in components], name),
        )


def _direct(components: list[str], proxy: str) -> Fix:
    def direct(component: Component) -> Component:
        kept = {traffic: name for traffic, name in component.proxies.items() if name != proxy}
        return component.evolve(proxies=kept)

    return Fix(
        Bilingual(en="Go direct", ja="プロキシを使わない"),
        lambda design: for_each(design, components, direct),
    )


def catalog(survey: Survey) -> Iterator[Finding]:
    """A design made with another catalog, or another version of it (warning)."""
    made, used = survey.design.catalog, survey.catalog
    if (made.id, made.version) != (used.id, used.version):
        fix = Fix(
            Bilingual(en="Take over this catalog", ja="このカタログに切り替える"),
            lambda design: edits.change_design(
                design, catalog=design.catalog.evolve(id=used.id, version=used.version)
            ),
        )
        yield said(
            used,
            "catalog-mismatch",
            [],
            {"design": f"{made.id} {made.version}", "catalog": f"{used.id} {used.version}"},
            fix=fix,
        )
