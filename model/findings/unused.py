"""Servers that nobody uses, and the smallest change by which somebody would."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from model.catalog.condition import FeatureOn, Subject, holds
from model.catalog.rules import Setting
from model.design.design import Design
from model.design.elements import Component
from model.findings.finding import Finding, Fix, said
from model.findings.fixes import set_everywhere, switch_everywhere, tie
from model.findings.survey import Survey
from model.frozen import Bilingual
from model.tables.wording import shortened


def unused(survey: Survey) -> Iterator[Finding]:
    """Placed servers that no flow reaches (warning), one finding per kind; the fix uses them where it can."""
    catalog, flows = survey.catalog, survey.graph.flows
    reached = {flow[1] for flow in flows if flow[0] != flow[1]}
    served = {flow[1] for flow in flows if flow[0] != flow[1] and flow[0] not in survey.services}
    opening = {kind.id for kind in catalog.kinds if catalog.destination_kinds(kind.id)}
    for kind in catalog.kinds:
        if kind.id not in _serving(survey) or (kind.service and kind.id in opening):
            continue
        # What opens connections itself is no server for being managed: only its own side counts as its users.
        used = served if kind.id in opening else reached
        idle = [each for each in survey.design.components_by_kind.get(kind.id, ()) if each.id not in used]
        if idle:
            yield said(
                catalog,
                "unused-server",
                [component.id for component in idle],
                {"component": shortened([component.name for component in idle]), "kind": kind.name},
                fix=_use(survey, kind.id, idle),
            )


def _serving(survey: Survey) -> frozenset[str]:
    """The kinds that somebody other than the vendor connects to, or that open nothing themselves."""
    catalog = survey.catalog
    services = {kind.id for kind in catalog.kinds if kind.service}
    opening = {kind for kind, links in catalog.connections_of.items() if links}
    proxies = catalog.rule_by_id[catalog.proxy_rule].connections[0].to
    return frozenset(
        to
        for kind, followed in catalog.connections_of.items()
        for each in followed
        if each.part.scope == "network"
        for to in each.part.to
        if kind not in services or to not in opening
    ).union(proxies)


class _User(NamedTuple):
    """Components of one class that would use a server if they were tied to it and had a feature on."""

    members: list[Component]
    feature: str | None


def _use(survey: Survey, kind: str, idle: list[Component]) -> Fix | None:
    """The fix: choose the kind as the source of a reputation service, switch on its feature, or tie it."""
    for setting in survey.catalog.settings:
        if setting.substitutes is not None and any(choice.id == kind for choice in setting.choices):
            users = _default_users(survey, setting)
            if users:
                return _choose(survey, setting, setting.substitutes, kind, users, idle)
    users_of = _users(survey, kind, idle)
    if not users_of:
        return None
    feature = next((user.feature for user in users_of if user.feature is not None), None)
    members = [member.id for user in users_of for member in user.members]

    def edit(design: Design) -> Design:
        if feature is not None:
            design = switch_everywhere(design, members, feature, True)
        return _extend_ties(design, members, kind, idle)

    if feature is None:
        return Fix(Bilingual(en="Let others use it too", ja="利用先に加える"), edit)
    name = survey.catalog.feature_by_id[feature].name
    return Fix(Bilingual(en=f"Switch on: {name.en}", ja=f"有効にする: {name.ja}"), edit)


def _users(survey: Survey, kind: str, idle: list[Component]) -> list[_User]:
    """Whose connection to one of the idle servers fails only for a tie, or for a single feature that is off.

    Another kind comes first: an idle relay is there for agents rather than for other relays.
    """
    catalog = survey.catalog
    found: list[_User] = []
    for subject, everyone in survey.classes:
        members = [each for each in everyone if any(each.id != server.id for server in idle)]
        managing = catalog.kind_by_id[subject.kind].service and bool(catalog.connections_of[kind])
        if managing or not members:
            continue
        wished = subject._replace(reaches=subject.reaches | {kind})
        for followed in catalog.connections_of[subject.kind]:
            link = followed.part
            if kind not in link.to or link.scope != "network":
                continue
            ends = [survey.graph.subjects[each.id] for each in idle]
            if any(holds(link.when, wished, end, catalog.terms) for end in ends):
                found.append(_User(members, None))
            elif isinstance(link.when, FeatureOn):
                found.append(_User(members, link.when.feature))
    others = [user for user in found if user.members[0].kind != kind]
    ready = [user for user in others or found if user.feature is None]
    return ready or others or found


def _default_users(survey: Survey, setting: Setting) -> list[tuple[Subject, list[Component]]]:
    """The classes that still take a reputation service from where everybody does by default."""
    return [
        (subject, members)
        for subject, members in survey.classes
        if subject.settings.get(setting.id) == setting.default
    ]


def _choose(
    survey: Survey,
    setting: Setting,
    feature: str,
    kind: str,
    users: list[tuple[Subject, list[Component]]],
    idle: list[Component],
) -> Fix:
    """Take a reputation service from the idle servers: for those who use it already, else for all who could."""
    using = [members for subject, members in users if feature in subject.features]
    chosen = [
        member.id for members in using or [members for _subject, members in users] for member in members
    ]

    def edit(design: Design) -> Design:
        if not using:
            design = switch_everywhere(design, chosen, feature, True)
        return _extend_ties(set_everywhere(design, chosen, setting.id, kind), chosen, kind, idle)

    name = survey.catalog.feature_by_id[feature].name
    return Fix(Bilingual(en=f"Use it for {name.en}", ja=f"{name.ja}に使う"), edit)


def _extend_ties(design: Design, users: Collection[str], kind: str, servers: list[Component]) -> Design:
    """Whoever is tied to others of the kind, or to none, uses these as well."""
    ties = {}
    for user in users:
        known = design.assignments_of.get(user, {}).get(kind)
        if known is not None:
            new = [each.id for each in servers if each.id != user and each.id not in known.chosen]
            ties[user] = (*known.chosen, *new)
    return tie(design, kind, ties)
