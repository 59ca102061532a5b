"""Findings that the catalog itself raises, by what a design uses; and cleartext protocols."""

from __future__ import annotations

from collections.abc import Iterator

from model.catalog.rules import Notice, Protocol
from model.design.columns import same, together
from model.editing import edits
from model.findings.finding import Finding, Fix, said
from model.findings.survey import Survey
from model.flow import Flow
from model.frozen import Bilingual


def raised(survey: Survey) -> Iterator[Finding]:
    """The catalog's notices that this design gives reason for."""
    on = survey.design.features
    for notice in survey.catalog.notices:
        if notice.unless is not None and on.get(notice.unless, False):
            continue
        subjects = survey.in_order(frozenset(_subjects(notice, survey)))
        if subjects:
            yield Finding(
                notice.code,
                notice.severity,
                notice.message,
                tuple(component.id for component in subjects),
                notice.discrepancies,
                tuple(rule for rule in notice.rules if rule in survey.by_rule),
                _offer(survey, notice),
            )


def _subjects(notice: Notice, survey: Survey) -> Iterator[str]:
    """Whom a notice concerns: of a flow, the end that is the user's own."""
    seen: set[int] = set()
    for rule in notice.rules:
        for flows in survey.by_rule.get(rule, ()):
            if id(flows) not in seen:
                seen.add(id(flows))
                yield from _own_ends(survey, flows)
    if notice.kinds or notice.features:
        for subject, members in survey.classes:
            if subject.kind in notice.kinds or not subject.features.isdisjoint(notice.features):
                yield from (member.id for member in members)
    if notice.uncertain_names:
        for basis, flows in survey.by_basis:
            if basis.uncertain_fqdns:
                yield from _own_ends(survey, flows)


def _own_ends(survey: Survey, flows: list[Flow]) -> Iterator[str]:
    services = survey.services
    return (flow[1] if flow[0] in services else flow[0] for flow in flows)


def _offer(survey: Survey, notice: Notice) -> Fix | None:
    if notice.offer is None or survey.design.features.get(notice.offer, False):
        return None
    feature = survey.catalog.feature_by_id[notice.offer]
    label = Bilingual(en=f"Switch on: {feature.name.en}", ja=f"有効にする: {feature.name.ja}")
    return Fix(label, lambda design: edits.set_feature(design, feature.id, True))


def cleartext(survey: Survey) -> Iterator[Finding]:
    """Protocols that protect nothing, with what the document offers instead (warning), one finding each."""
    warning = {protocol.name: protocol for protocol in survey.catalog.protocols if protocol.warns}
    used: dict[str, list[list[Flow]]] = {}
    for basis, flows in survey.by_basis:
        for name in basis.protocol.split(", "):
            if name in warning:
                used.setdefault(name, []).append(flows)
    for name, protocol in warning.items():
        if name in used:
            yield _readable(survey, protocol, used[name])


def _readable(survey: Survey, protocol: Protocol, found: list[list[Flow]]) -> Finding:
    catalog = survey.catalog
    ports = sorted({(flow[2], flow[3]) for flows in found for flow in flows})
    rules = {rule for flows in found for rule in flows[0].basis.rules}
    return said(
        catalog,
        "cleartext",
        [each.id for each in survey.in_order({end for flows in found for flow in flows for end in flow[:2]})],
        {
            "protocol": protocol.name,
            "ports": together([same(f"{port}/{transport.upper()}") for port, transport in ports]),
            "count": sum(map(len, found)),
            "alternative": protocol.alternative or Bilingual(en="", ja=""),
        },
        {
            rule
            for rule in rules
            if any(link.protocol == protocol.name for link in catalog.rule_by_id[rule].connections)
        },
    )
