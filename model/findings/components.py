"""Findings about components: missing ones, communication direction, groups of relays."""

from __future__ import annotations

from collections.abc import Iterator

from model.catalog.rules import Kind
from model.derivation.graph import Missing
from model.design.design import Design
from model.editing.placing import internet
from model.findings.finding import Finding, Fix, said
from model.findings.fixes import add, set_everywhere, tie
from model.findings.survey import Survey
from model.frozen import Bilingual
from model.tables.wording import shortened


def missing(survey: Survey) -> Iterator[Finding]:
    """Kinds that the rules require and that are absent (error), or that a source is tied to none of (warning)."""
    design, catalog = survey.design, survey.catalog
    grouped: dict[tuple[str, bool], list[Missing]] = {}
    for each in survey.graph.missing:
        grouped.setdefault((each.kind, each.excluded), []).append(each)
    for (name, excluded), group in grouped.items():
        kind = catalog.kind_by_id[name]
        sources = list(dict.fromkeys(each.source for each in group))
        names = shortened([design.component_by_id[source].name for source in sources])
        ports = ", ".join(dict.fromkeys(f"{each.port}/{each.transport.upper()}" for each in group))
        rules = sorted({each.rule for each in group}, key=catalog.order.__getitem__)
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
            _use_all(sources, kind) if excluded else _add_one(kind),
        )


def _use_all(sources: list[str], kind: Kind) -> Fix:
    return Fix(
        Bilingual(en=f"Use every {kind.name.en}", ja=f"すべて使う: {kind.name.ja}"),
        lambda design: tie(design, kind.id, dict.fromkeys(sources)),
    )


def _add_one(kind: Kind) -> Fix:
    def edit(design: Design) -> Design:
        return add(design, kind, internet(design) if kind.service else None)

    return Fix(Bilingual(en=f"Add {kind.name.en}", ja=f"追加する: {kind.name.ja}"), edit)


def communication(survey: Survey) -> Iterator[Finding]:
    """Agents and relays that Workload Security may connect to (information), one finding per direction."""
    setting = survey.catalog.setting_by_id.get("communication")
    if setting is None:
        return
    names = {choice.id: choice.name for choice in setting.choices}
    by_value: dict[str, list[str]] = {}
    for subject, members in survey.classes:
        value = subject.settings.get(setting.id, setting.default)
        if value != setting.default:
            by_value.setdefault(value, []).extend(member.id for member in members)
    for value, ids in by_value.items():
        found = survey.in_order(ids)
        components = [component.id for component in found]
        yield said(
            survey.catalog,
            "communication-not-default",
            components,
            {"component": shortened([component.name for component in found]), "value": names[value]},
            ["P06"],
            _default_direction(components, setting.id, setting.default),
        )


def _default_direction(components: list[str], setting: str, default: str) -> Fix:
    return Fix(
        Bilingual(en="Let the agents open the connection", ja="エージェントから接続させる"),
        lambda design: set_everywhere(design, components, setting, default),
    )


def relay_groups(survey: Survey) -> Iterator[Finding]:
    """Groups that stand for several relays: flows among their members are not derived (information)."""
    groups = [each for each in survey.design.components_by_kind.get("relay", ()) if each.count > 1]
    if groups:
        yield said(
            survey.catalog,
            "relay-group-members",
            [group.id for group in groups],
            {"component": shortened([group.name for group in groups])},
            ["P20"],
        )
