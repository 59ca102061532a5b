"""Findings about servers: what they replace, and what stays although they are there."""

from __future__ import annotations

from collections.abc import Iterator

from model.catalog.condition import AGENT_VERSION, Subject, features_in, holds
from model.catalog.rules import Kind
from model.derivation.basis import basis_of
from model.design.columns import listed, same, together
from model.design.design import Design
from model.design.elements import Component
from model.editing.placing import shown
from model.findings.finding import Finding, Fix, said
from model.findings.fixes import add
from model.findings.survey import Survey
from model.flow import Basis
from model.frozen import Bilingual
from model.tables.wording import shortened

SMART_FEEDBACK = "smart-feedback"
NETWORK = Subject("smart-protection-network", frozenset(), {}, frozenset())
MIRROR = "software-mirror"
RELAY = "relay"


def mirror_without_relay(survey: Survey) -> Iterator[Finding]:
    """Software mirrors in a design without relays: component updates still need one (warning, A22)."""
    mirrors = survey.design.components_by_kind.get(MIRROR, ())
    if mirrors and not survey.design.components_by_kind.get(RELAY):
        yield said(
            survey.catalog,
            "mirror-without-relay",
            [mirror.id for mirror in mirrors],
            {"mirror": shortened([mirror.name for mirror in mirrors])},
            ["P24", "U02"],
            _relay_beside(survey.catalog.kind_by_id[RELAY], mirrors[0]),
        )


def _relay_beside(relay: Kind, mirror: Component) -> Fix:
    def edit(design: Design) -> Design:
        beside = design.component_by_id.get(mirror.id, mirror)
        zone = shown(design, beside.zone) if beside.zone in design.zone_by_id else None
        return add(design, relay, zone, beside.point)

    return Fix(Bilingual(en="Add a relay", ja="Relay を追加"), edit)


def residue(survey: Survey) -> Iterator[Finding]:
    """Where a local server took over a reputation service: what stays on the Network, and why (information, D7)."""
    catalog = survey.catalog
    settings = [setting for setting in catalog.settings if setting.substitutes is not None]
    cases: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], list[str]] = {}
    rules: dict[tuple[str, ...], set[str]] = {}
    """What asks for a set of names, by the names (or, where none is printed, the ports)."""
    for subject, members in survey.classes:
        moved = dict.fromkeys(
            subject.settings[setting.id]
            for setting in settings
            if setting.id in subject.settings
            and setting.substitutes in subject.features
            and subject.settings[setting.id] != setting.default
        )
        bases = _staying(survey, subject) if moved else []
        if bases:
            names = tuple(dict.fromkeys(name for basis in bases for name in basis.fqdns)) or tuple(
                str(basis.listener) for basis in bases
            )
            features = tuple(dict.fromkeys(feature for basis in bases for feature in basis.features))
            cases.setdefault((tuple(moved), names, features), []).extend(each.id for each in members)
            rules.setdefault(names, set()).update(rule for basis in bases for rule in basis.rules)
    for (kinds, names, features), ids in cases.items():
        found = survey.in_order(ids)
        yield said(
            catalog,
            "residue",
            [component.id for component in found],
            {
                "component": shortened([component.name for component in found]),
                "server": listed([catalog.kind_by_id[kind].name for kind in kinds], _AND),
                "remaining": together([same(name) for name in names]),
                "features": together([catalog.feature_by_id[feature].name for feature in features]),
            },
            rules[names],
        )


_AND = Bilingual(en=" and ", ja="と")


def _staying(survey: Survey, subject: Subject) -> list[Basis]:
    """What a component still needs of the Network; proxies, ties and whether the Network is drawn left aside."""
    found = (
        basis_of(survey.catalog, followed, subject, NETWORK, None)
        for followed in survey.catalog.connections_of[subject.kind]
        if NETWORK.kind in followed.part.to
    )
    return [basis for basis in found if basis is not None]


def versions_without_names(survey: Survey) -> Iterator[Finding]:
    """Smart Feedback with an agent version that no row prints a name for (warning)."""
    catalog = survey.catalog
    by_version: dict[str, list[str]] = {}
    rules: set[str] = set()
    for subject, members in survey.classes:
        version = subject.settings.get(AGENT_VERSION)
        if version is None or SMART_FEEDBACK not in subject.features:
            continue
        printed = [
            followed
            for followed in catalog.names_of.get((subject.kind, NETWORK.kind), ())
            if SMART_FEEDBACK in features_in(followed.part.when, catalog.terms)
        ]
        if not any(holds(each.part.when, subject, NETWORK, catalog.terms) for each in printed):
            by_version.setdefault(version, []).extend(each.id for each in members)
            rules.update(each.rule.id for each in printed)
    for version, ids in by_version.items():
        components = survey.in_order(ids)
        yield said(
            catalog,
            "version-without-names",
            [component.id for component in components],
            {"component": shortened([component.name for component in components]), "version": version},
            rules,
        )
