"""What holds for the explanations of any design, shown on random ones."""

from collections import Counter
from collections.abc import Iterator

import pytest

from model.catalog.catalog import Catalog
from model.catalog.condition import (
    AGENT_VERSION,
    All,
    FeatureOn,
    Reaches,
    SettingIs,
    Trace,
    VersionIn,
    VersionRange,
)
from model.catalog.following import Followed
from model.catalog.rules import Connection
from model.derivation.derive import derive
from model.derivation.effective import servers
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits
from model.explain import Refusal, condition_lines, has_rule, needed, why, why_not
from tests.soak.derivation import designs

SEEDS = range(60)


@pytest.fixture(scope="module")
def graphs(catalog: Catalog) -> list[tuple[int, FlowGraph]]:
    return [(seed, derive(design, catalog)) for seed, design in designs(catalog, SEEDS)]


Graphs = list[tuple[int, FlowGraph]]


def pairs(graph: FlowGraph) -> Iterator[tuple[Component, Component]]:
    for source in graph.design.components:
        for destination in graph.design.components:
            yield source, destination


def test_every_flow_has_a_rule_with_a_citation_and_conditions_that_hold(graphs: Graphs) -> None:
    explained = Counter[str]()
    for seed, graph in graphs:
        for flow in graph.flows:
            found = why(graph, flow)
            explained[flow.basis.proxied] += 1
            assert tuple(reason.rule.id for reason in found.reasons) == flow.basis.rules
            assert found.reasons, (seed, flow.key)
            for reason in found.reasons:
                assert str(reason.rule.citation.row) in reason.citation.en
                assert str(reason.rule.citation.lines[0]) in reason.citation.ja
                assert reason.condition is None or reason.condition.holds, (seed, flow.key, reason.rule.id)
    assert min(explained[way] for way in ("", "to-proxy", "from-proxy")) > 10


def test_a_conditional_flow_shows_the_condition_of_its_connection(graphs: Graphs, catalog: Catalog) -> None:
    """Also where a proxy lies in between: the condition is that of the far ends."""
    for seed, graph in graphs:
        for flow in graph.flows:
            if flow.basis.features:
                conditions = [
                    each.condition for each in why(graph, flow).reasons if each.condition is not None
                ]
                shown = "".join(line for each in conditions for line in condition_lines(catalog, each, "en"))
                assert any(
                    catalog.feature_by_id[feature].name.en in shown for feature in flow.basis.features
                ), (seed, flow.key)


def test_flows_and_refusals_cover_every_connection_of_the_catalog(graphs: Graphs, catalog: Catalog) -> None:
    """For every ordered pair each connection between its kinds is either derived or refused."""
    told = Counter[bool]()
    for seed, graph in graphs:
        for source, destination in pairs(graph):
            refused = Counter(id(each.connection) for each in why_not(graph, source.id, destination.id))
            between = [
                followed
                for followed in catalog.connections_of.get(source.kind, ())
                if destination.kind in followed.part.to
            ]
            for followed in between:
                link = followed.part
                port = destination.ports.get(link.port, link.port)
                flow = graph.by_key.get((source.id, destination.id, port, link.transport))
                derived = flow is not None and followed.rule.id in flow.basis.rules
                told[derived] += 1
                where = (seed, source.id, destination.id, followed.rule.id, link.port)
                assert refused[id(link)] <= 1, where
                if not refused[id(link)]:
                    assert derived, where
                elif derived:  # by another connection that came to listen on the same port
                    assert _shares_its_port(between, port, destination), where
            assert not between or has_rule(graph, source.id, destination.id)
    assert min(told.values()) > 500


def _shares_its_port(between: list[Followed[Connection]], port: int, destination: Component) -> bool:
    return sum(destination.ports.get(each.part.port, each.part.port) == port for each in between) > 1


def test_a_refused_connection_says_why_and_what_to_do_in_both_languages(graphs: Graphs) -> None:
    for seed, graph in graphs:
        for source, destination in pairs(graph):
            for refusal in why_not(graph, source.id, destination.id):
                assert refusal.reason.en.endswith("."), seed
                assert refusal.reason.ja.endswith("。"), seed
                assert refusal.reason.en != refusal.reason.ja
                host = refusal.connection.scope == "host"
                impossible = host != (source.id == destination.id)
                assert (refusal.change is None) == impossible, (seed, source.id, destination.id)


def _turned(graph: FlowGraph, refusal: Refusal, source: Component, destination: Component) -> Design | None:
    """The design after the only thing that stands against a connection is turned; None where there are more."""
    design = graph.design
    chosen = servers(design, source, destination.kind)
    tied = any(each.id == destination.id for each in chosen)
    proxy = source.proxies.get(refusal.connection.traffic or "")
    diverted = proxy is not None and graph.component(proxy).kind == "web-proxy"
    failing = refusal.condition is not None and not refusal.condition.holds
    if refusal.rule.id == graph.catalog.proxy_rule:  # nothing stands against it: nothing asks for it
        return None
    if (
        refusal.connection.scope == "host"
        or source.id == destination.id
        or tied + (not diverted) + (not failing) != 2
    ):
        return None
    if not tied:
        return edits.assign(
            design, source.id, destination.kind, [*(each.id for each in chosen), destination.id]
        )
    if diverted:
        return edits.set_proxy(design, source.id, refusal.connection.traffic or "", None)
    assert refusal.condition is not None
    leaves = needed(refusal.condition)
    return _flipped(graph, leaves[0], source, destination) if len(leaves) == 1 else None


def _flipped(graph: FlowGraph, leaf: Trace, source: Component, destination: Component) -> Design | None:
    """The design with one part of a condition turned, where a choice of the user's can turn it."""
    design, catalog = graph.design, graph.catalog
    match leaf.condition:
        case FeatureOn(feature=feature):
            whole = catalog.feature_by_id[feature].scope == "design"
            return edits.set_feature(design, feature, not leaf.holds, None if whole else source.id)
        case SettingIs(setting=name, is_=values):
            choices = [choice.id for choice in catalog.setting_by_id[name].choices]
            value = next(each for each in choices if (each in values) != leaf.holds)
            owner = source if leaf.condition.of == "source" else destination
            return edits.set_setting(design, name, value, owner.id)
        case VersionIn(version=version):
            fitting = (each for each in ("9.6", "10.0", "12.0", "20.0") if version.holds(each) != leaf.holds)
            return edits.set_setting(design, AGENT_VERSION, next(fitting), source.id)
        case Reaches(reaches=kind) if leaf.holds:
            return edits.assign(design, source.id, kind, ())
        case Reaches(reaches=kind):
            there = [each for each in design.components_by_kind.get(kind, ()) if each.id != source.id]
            if there:
                return edits.assign(design, source.id, kind, None)
            return edits.place(design, kind, f"New {kind}", (0, 0))[0]
        case _:
            return None


def _part(refusal: Refusal, source: Component) -> str:
    """What kind of thing is turned."""
    if refusal.condition is not None and not refusal.condition.holds:
        return type(needed(refusal.condition)[0].condition).__name__
    return "proxy" if source.proxies.get(refusal.connection.traffic or "") else "tie"


def _turn_each(catalog: Catalog, graphs: Graphs) -> Counter[tuple[str, str]]:
    """Turn the only thing against a connection where there is only one: how often, by rule and by what it was."""
    turned = Counter[tuple[str, str]]()
    for seed, graph in graphs:
        for source, destination in pairs(graph):
            for refusal in why_not(graph, source.id, destination.id):
                after = _turned(graph, refusal, source, destination)
                what = refusal.rule.id, _part(refusal, source)
                if after is None or turned[what] >= 12:
                    continue
                turned[what] += 1
                link = refusal.connection
                port = destination.ports.get(link.port, link.port)
                flow = derive(after, catalog).by_key.get((source.id, destination.id, port, link.transport))
                assert flow is not None, (seed, source.id, destination.id, refusal.rule.id)
                assert refusal.rule.id in flow.basis.rules
    return turned


def test_turning_the_only_part_that_fails_makes_the_flow_appear(graphs: Graphs, catalog: Catalog) -> None:
    turned = _turn_each(catalog, graphs)
    rules = {rule for rule, _part in turned}
    assert {part for _rule, part in turned} == {"tie", "proxy", "FeatureOn", "SettingIs", "Reaches"}
    assert {"P05", "P06", "P09", "P12", "P14", "P15", "P17", "P29", "U02", "U03", "U04"} <= rules


RANGES = (
    VersionRange(at_least="20.0"),
    VersionRange(below="12.0"),
    VersionRange(at_least="10.0", below="20.0"),
)


def _of_versions(catalog: Catalog) -> Catalog:
    """The catalog with every connection that agents open bound to versions: the document binds only names to them."""

    def bound(link: Connection, versions: VersionRange) -> Connection:
        part = VersionIn(version=versions)
        return link.evolve(when=part if link.when is None else All(all=(link.when, part)))

    rules = tuple(
        rule.evolve(
            connections=tuple(
                bound(link, RANGES[number % len(RANGES)]) if "agent" in link.from_ else link
                for link in rule.connections
            )
        )
        for number, rule in enumerate(catalog.rules)
    )
    return catalog.evolve(rules=rules)


def test_turning_the_agent_version_where_only_it_fails_makes_the_flow_appear(catalog: Catalog) -> None:
    of_versions = _of_versions(catalog)
    graphs = [(seed, derive(design, of_versions)) for seed, design in designs(of_versions, SEEDS)]
    turned = _turn_each(of_versions, graphs)
    by_version = {rule for rule, part in turned if part == "VersionIn"}
    assert by_version >= {"P07", "P08", "P09", "P10", "P11", "P12", "P13", "P14", "P15", "U02", "U03", "U04"}
