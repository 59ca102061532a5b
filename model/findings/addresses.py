"""Findings about the names and addresses that exports need: gathered, never a flood."""

from __future__ import annotations

from collections.abc import Iterator

from model.findings.finding import Finding, said
from model.findings.survey import Survey
from model.tables.wording import shortened


def fqdns(survey: Survey) -> Iterator[Finding]:
    """Servers in use whose own FQDN the document asks for and that have none (warning), one finding per kind."""
    catalog, known = survey.catalog, survey.design.component_by_id
    asking = [(rule.id, part) for rule in catalog.rules for part in rule.names if part.own]
    for kind in catalog.kinds:
        rules = [rule for rule, part in asking if kind.id in part.to]
        used = {
            flow.destination
            for rule in rules
            for flows in survey.by_rule.get(rule, ())
            for flow in flows
            if known[flow.destination].kind == kind.id and known[flow.destination].fqdn is None
        }
        if used:
            bare = survey.in_order(used)
            yield said(
                catalog,
                "missing-fqdn",
                [component.id for component in bare],
                {"component": shortened([component.name for component in bare])},
                rules,
            )


def components(survey: Survey) -> Iterator[Finding]:
    """Own components with flows to other zones and neither an address nor a zone that has a CIDR (warning)."""
    bare = [
        component
        for component in survey.in_order(survey.crossing - survey.services)
        if not component.addresses and component.zone not in survey.covered
    ]
    if bare:
        yield said(
            survey.catalog,
            "missing-address",
            [component.id for component in bare],
            {"component": shortened([component.name for component in bare])},
        )


def zones(survey: Survey) -> Iterator[Finding]:
    """Own zones that flows leave or enter and that have no CIDR (warning); the Internet needs none."""
    design = survey.design
    known = design.component_by_id
    touched = {known[end].zone for end in survey.crossing}
    bare = [
        zone
        for zone in design.zones
        if zone.id in touched and zone.kind != "internet" and zone.id not in survey.covered
    ]
    if bare:
        yield said(
            survey.catalog,
            "zone-without-cidr",
            [zone.id for zone in bare],
            {"zone": shortened([zone.name for zone in bare])},
        )
