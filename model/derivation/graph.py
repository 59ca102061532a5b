"""The flow graph: the flows of one design, looked up every way the screens and exports ask, and as a networkx graph.

Openings are the flows that cross a zone boundary, merged to what one firewall must permit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from model.catalog.catalog import Catalog
from model.catalog.condition import Subject
from model.derivation.blocks import Blocks
from model.derivation.effective import features_on
from model.derivation.planning import Planner
from model.design.design import Design
from model.design.elements import Component
from model.flow import Basis, Flow
from model.terms import Transport

if TYPE_CHECKING:
    import networkx as nx

OUTSIDE = ""
"""Stands for "outside every zone" in zone paths: the space in which the outermost zones lie."""


class Missing(NamedTuple):
    """A connection that the rules require and that has nowhere to go: `source` needs a component of `kind`.

    `excluded`: components of the kind exist, and the source is tied to none of them.
    """

    source: str
    kind: str
    rule: str
    port: int
    transport: Transport
    excluded: bool


class Opening(NamedTuple):
    """What one zone pair's firewalls must permit: `sources` may reach `destination` on `port`.

    `path` lists the zones passed.
    """

    source_zone: str
    destination_zone: str
    path: tuple[str, ...]
    destination: str
    port: int
    transport: Transport
    sources: tuple[str, ...]
    flows: tuple[Flow, ...]


@dataclass(frozen=True)
class FlowGraph:
    """All flows of a design, in a stable order, with the design and the catalog they come from."""

    design: Design
    catalog: Catalog
    planner: Planner
    blocks: Blocks
    missing: tuple[Missing, ...]
    subjects: Mapping[str, Subject]
    """What conditions may ask of each component, by id; one object for all components that see the same rules."""

    @property
    def flows(self) -> tuple[Flow, ...]:
        """All flows, component by component in the design's order."""
        return self.blocks.flows

    @cached_property
    def network(self) -> tuple[Flow, ...]:
        """The flows that leave a host; loopback ones are left out (D13)."""
        return tuple(flow for flow in self.flows if flow.basis.scope == "network")

    def of_scope(self, scope: str) -> tuple[Flow, ...]:
        """The flows of scope "network", "host" or "all"."""
        if scope == "all":
            return self.flows
        return tuple(flow for flow in self.flows if flow.basis.scope == scope)

    @cached_property
    def by_key(self) -> dict[tuple[str, str, int, Transport], Flow]:
        """Flows by (source, destination, port, transport)."""
        return {flow.key: flow for flow in self.flows}

    @cached_property
    def by_id(self) -> dict[str, Flow]:
        """Flows by their stable id."""
        return {flow.id: flow for flow in self.flows}

    @cached_property
    def by_pair(self) -> dict[tuple[str, str], tuple[Flow, ...]]:
        """Network flows by (source, destination): one connector on the canvas each."""
        found: dict[tuple[str, str], list[Flow]] = {}
        for flow in self.network:
            found.setdefault((flow.source, flow.destination), []).append(flow)
        return {pair: tuple(flows) for pair, flows in found.items()}

    @cached_property
    def loopback(self) -> dict[str, tuple[Flow, ...]]:
        """The flows that stay within a host, by component."""
        found: dict[str, list[Flow]] = {}
        for flow in self.flows:
            if flow.basis.scope == "host":
                found.setdefault(flow.source, []).append(flow)
        return {component: tuple(flows) for component, flows in found.items()}

    @cached_property
    def names_at(self) -> dict[str, frozenset[str]]:
        """The names under which each listener is reached, printed and switched-on inferred ones."""
        seen: set[tuple[str, int]] = set()
        found: dict[str, set[str]] = {}
        for flow in self.network:
            basis = flow.basis
            if (basis.fqdns or basis.inferred_fqdns) and (flow.destination, id(basis)) not in seen:
                seen.add((flow.destination, id(basis)))
                found.setdefault(flow.destination, set()).update(basis.fqdns, basis.inferred_fqdns)
        return {component: frozenset(names) for component, names in found.items()}

    @cached_property
    def touching(self) -> dict[str, tuple[Flow, ...]]:
        """The flows that a component opens or receives, by component."""
        found: dict[str, list[Flow]] = {component.id: [] for component in self.design.components}
        for flow in self.flows:
            found[flow.source].append(flow)
            if flow.destination != flow.source:
                found[flow.destination].append(flow)
        return {component: tuple(flows) for component, flows in found.items()}

    @cached_property
    def protections(self) -> dict[str, int]:
        """How many protection features are on at each component; worked out once for all that are alike."""
        protection = {feature.id for feature in self.catalog.features if feature.category == "protection"}
        alike: dict[tuple[object, ...], int] = {}
        found: dict[str, int] = {}
        for component in self.design.components:
            key = (component.kind, *component.features.items())
            if key not in alike:
                alike[key] = len(features_on(self.design, self.catalog, component) & protection)
            found[component.id] = alike[key]
        return found

    def component(self, name: str) -> Component:
        """The component with an id. Raises KeyError."""
        return self.design.component_by_id[name]

    def zone(self, component: str) -> str | None:
        """The zone a component lies in, or None."""
        return self.design.component_by_id[component].zone

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """Components as nodes, network flows as edges keyed by (port, transport); made when first asked for."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from(component.id for component in self.design.components)
        for flow in self.network:
            graph.add_edge(flow.source, flow.destination, (flow.port, flow.transport), flow=flow)
        return graph

    @cached_property
    def ranks(self) -> dict[str, int]:
        """A column for each component: initiators left of listeners; components that call each other share one."""
        import networkx as nx

        condensed = nx.condensation(nx.DiGraph(self.graph))
        ranks: dict[str, int] = {}
        for column, layer in enumerate(nx.topological_generations(condensed)):
            for group in layer:
                ranks.update(dict.fromkeys(condensed.nodes[group]["members"], column))
        return ranks

    @cached_property
    def zone_graph(self) -> nx.Graph[str]:
        """The zone tree: each zone joined to its parent, outermost zones to OUTSIDE. An edge is a boundary."""
        import networkx as nx

        tree: nx.Graph[str] = nx.Graph()
        tree.add_node(OUTSIDE)
        tree.add_edges_from((zone.id, zone.parent or OUTSIDE) for zone in self.design.zones)
        return tree

    @cached_property
    def _paths(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    def zone_path(self, source: str | None, destination: str | None) -> tuple[str, ...]:
        """The zones from one to another across every boundary, both ends included (OUTSIDE for None)."""
        import networkx as nx

        ends = (source or OUTSIDE, destination or OUTSIDE)
        if ends not in self._paths:
            self._paths[ends] = tuple(nx.shortest_path(self.zone_graph, *ends))
        return self._paths[ends]

    @cached_property
    def openings(self) -> tuple[Opening, ...]:
        """Network flows between different zones, merged per zone pair, destination, port and transport (D15)."""
        merged: dict[tuple[str, str, str, int, Transport], list[Flow]] = {}
        for flow in self.network:
            source, destination = self.zone(flow.source) or OUTSIDE, self.zone(flow.destination) or OUTSIDE
            if source != destination:
                merged.setdefault((source, destination, *flow[1:4]), []).append(flow)
        return tuple(
            Opening(
                source,
                destination,
                self.zone_path(source, destination),
                listener,
                port,
                transport,
                tuple(flow.source for flow in flows),
                tuple(flows),
            )
            for (source, destination, listener, port, transport), flows in merged.items()
        )

    @cached_property
    def fqdns(self) -> tuple[str, ...]:
        """Every destination name a network flow needs, printed and switched-on inferred ones, sorted."""
        return tuple(
            sorted({name for basis in self.bases() for name in (*basis.fqdns, *basis.inferred_fqdns)})
        )

    def bases(self) -> Iterable[Basis]:
        """The distinct bases of the network flows."""
        return {id(flow.basis): flow.basis for flow in self.network}.values()

    @property
    def hosts(self) -> int:
        """The number of hosts drawn: groups count all their members, services are no hosts."""
        services = {kind.id for kind in self.catalog.kinds if kind.service}
        return sum(component.count for component in self.design.components if component.kind not in services)
