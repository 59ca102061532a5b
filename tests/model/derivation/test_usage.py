"""Components that are each tied to servers of their own: one class where the servers are alike, own names for each."""

import random

import pytest

from model.catalog.catalog import Catalog
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.changes import Change
from model.design.design import CatalogReference, Design
from model.design.elements import Assignment, Component
from model.editing import edits
from model.editing.scenario import apply_changes
from model.whatif.previews import previews
from tests.oracle.agreement import agreement
from tests.oracle.tied import tied_design

AGENTS = {"agent-0": "siem-b", "agent-1": "siem-a", "agent-2": "siem-b"}
"""Whom each agent reports to."""


@pytest.fixture
def design(catalog: Catalog) -> Design:
    """Two log servers that listen in the same way, only one of them tied to a name server, and three agents."""
    kinds = {"siem-a": "siem", "siem-b": "siem", "names": "dns-server", **dict.fromkeys(AGENTS, "agent")}
    return Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        features={"syslog-direct": True},
        components=tuple(Component(id=name, kind=kind, name=name) for name, kind in kinds.items()),
        assignments=(
            Assignment(source="siem-a", kind="dns-server", targets=("names",)),
            *(Assignment(source=name, kind="siem", targets=(to,)) for name, to in AGENTS.items()),
        ),
    )


def reported(graph: FlowGraph) -> list[tuple[str, str, int]]:
    """Who reports to which log server on which port."""
    return [flow[:3] for flow in graph.flows if flow.source in AGENTS and flow.destination.startswith("siem")]


def classes(graph: FlowGraph) -> list[list[str]]:
    """The classes of agents."""
    return [each.members for each in graph.planner.company.of_kind["agent"]]


def test_agents_of_log_servers_that_are_alike_are_one_class_and_each_reports_to_its_own(
    design: Design, catalog: Catalog
) -> None:
    graph = derive(design, catalog)
    assert classes(graph) == [list(AGENTS)]
    assert reported(graph) == [(name, to, 514) for name, to in AGENTS.items()]


def test_a_server_that_listens_on_another_port_is_not_alike(design: Design, catalog: Catalog) -> None:
    graph = derive(edits.set_port(design, "siem-b", 514, 5140), catalog, derive(design, catalog))
    assert classes(graph) == [["agent-0", "agent-2"], ["agent-1"]]
    ports = {"siem-a": 514, "siem-b": 5140}
    assert reported(graph) == [(name, to, ports[to]) for name, to in AGENTS.items()]


def test_two_servers_of_one_kind_are_both_reached_in_the_order_of_the_design(
    design: Design, catalog: Catalog
) -> None:
    both = edits.assign(edits.assign(design, "agent-0", "siem", ["siem-b", "siem-a"]), "agent-1", "siem", [])
    graph = derive(both, catalog)
    assert reported(graph) == [
        ("agent-0", "siem-a", 514),
        ("agent-0", "siem-b", 514),
        ("agent-2", "siem-b", 514),
    ]


def test_servers_with_names_of_their_own_are_reached_by_them(design: Design, catalog: Catalog) -> None:
    own = {"agent-0": "sps-b", "agent-1": "sps-a", "agent-2": "sps-b"}
    servers = (
        Component(id=name, kind="smart-protection-server", name=name, fqdn=f"{name}.example.com")
        for name in ("sps-a", "sps-b")
    )
    local = design.evolve(
        features={"smart-scan": True},
        settings={"file-reputation-source": "smart-protection-server"},
        components=(*design.components, *servers),
    )
    for agent, name in own.items():
        local = edits.assign(local, agent, "smart-protection-server", [name])
    flows = [flow for flow in derive(local, catalog).flows if flow.destination.startswith("sps")]
    assert {flow[:2] for flow in flows} == set(own.items())
    assert all(f"{own[flow.source]}.example.com" in flow.basis.fqdns for flow in flows)


def test_agents_behind_a_web_proxy_are_told_apart_by_name(design: Design, catalog: Catalog) -> None:
    proxy = Component(id="proxy", kind="web-proxy", name="proxy")
    proxied = design.evolve(components=(*design.components, proxy))
    for name in AGENTS:
        for traffic in catalog.traffic_classes:
            proxied = edits.set_proxy(proxied, name, traffic.id, "proxy")
    graph = derive(proxied, catalog)
    assert classes(graph) == [["agent-0", "agent-2"], ["agent-1"]]
    assert reported(graph) == [(name, to, 514) for name, to in AGENTS.items()]


def test_a_preview_of_one_of_two_servers_that_are_alike_leaves_the_other_alone(
    design: Design, catalog: Catalog
) -> None:
    before = derive(design, catalog)
    preview = previews(before, ["siem-b"])["syslog-transport", "tls"]
    change = Change(setting="syslog-transport", value="tls", component="siem-b")
    after = compare(before, derive(apply_changes(design, catalog, [change]), catalog))
    assert preview.counts.removed == len(after.removed)
    assert [flow.source for flow in after.removed if flow.source in AGENTS] == ["agent-0", "agent-2"]


def test_tied_agents_open_what_the_oracle_says_they_open(catalog: Catalog) -> None:
    shared = 0
    for seed in range(60):
        design = tied_design(random.Random(seed), 4 + seed % 12)
        assert agreement(design, catalog).differences == (), seed
        ends = ((each.alike, end) for each in derive(design, catalog).blocks.blocks for end in each.plan.ends)
        shared += any(len(set(alike.at(to) or ())) > 1 for alike, (to, *_) in ends)
    assert shared >= 10, "in some of them, members of one class have servers of their own"
