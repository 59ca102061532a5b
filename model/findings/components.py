"""Findings about components: missing ones, communication direction, groups of relays."""

from __future__ import annotations

from collections.abc import Iterator

from model.catalog.catalog import Catalog
from model.catalog.rules import Kind
from model.derivation.graph import Missing
from model.design.design import Design
from model.design.elements import Zone
from model.editing import edits
from model.findings.finding import Finding, Fix, said
from model.findings.fixes import set_everywhere, tie
from model.findings.survey import Survey
from model.frozen import Bilingual
from model.tables.wording import shortened

_GAP = 40
_CARD_HEIGHT = 70
_CARD_WIDTH = 220
_FARTHEST = 1_000_000


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
            _use_all(sources, kind) if excluded else _add_one(catalog, kind),
        )


def _use_all(sources: list[str], kind: Kind) -> Fix:
    return Fix(
        Bilingual(en=f"Use every {kind.name.en}", ja=f"すべて使う: {kind.name.ja}"),
        lambda design: tie(design, kind.id, dict.fromkeys(sources)),
    )


def _add_one(catalog: Catalog, kind: Kind) -> Fix:
    def edit(design: Design) -> Design:
        zone = _internet(design) if kind.service else None
        return edits.place(
            design, kind.id, kind.name.en, _free_place(design, zone), zone.id if zone else None
        )[0]

    return Fix(Bilingual(en=f"Add {kind.name.en}", ja=f"追加する: {kind.name.ja}"), edit)


def _internet(design: Design) -> Zone | None:
    return next((zone for zone in design.zones if zone.kind == "internet"), None)


def _free_place(design: Design, zone: Zone | None) -> tuple[int, int]:
    """Below what lies in the zone already; without a zone, right of everything."""
    if zone is not None:
        x, y = zone.frame[0] + _GAP // 2, zone.frame[1] + _GAP
        lower = [
            each.position[1] + _CARD_HEIGHT + _GAP // 2 for each in design.components if each.zone == zone.id
        ]
        return min(x, _FARTHEST), min(max([y, *lower]), _FARTHEST)
    right = [each.position[0] + _CARD_WIDTH for each in design.components]
    right += [each.frame[0] + each.frame[2] for each in design.zones]
    top = [each.position[1] for each in design.components] + [each.frame[1] for each in design.zones]
    return min(max(right, default=0) + _GAP, _FARTHEST), min(top, default=0)


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
