"""What somebody may wish of a design's flows, as data: that some go, or that one comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from model.derivation.graph import FlowGraph
from model.flow import Flow
from model.whatif.goals import is_cleartext
from model.whatif.search import Answer, Wish, appearance, removal, search, unavoidable

Aim = Literal["flow", "destination", "cleartext", "boundary", "appear"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wished: that one flow goes, or all traffic to a destination, all cleartext, all across a boundary.

    Or ("appear") that a flow comes. `destination` is a component, for a boundary a zone; `port` is as printed, for a
    flow that is to come None for any.
    """

    aim: Aim
    source: str = ""
    destination: str = ""
    port: int | None = None
    transport: str = ""

    def picks(self, graph: FlowGraph, flow: Flow) -> bool:
        """Whether a network flow is one of those that are to go."""
        match self.aim:
            case "flow":
                identity = flow.source, flow.destination, flow.basis.listener, flow.transport
                return identity == (self.source, self.destination, self.port, self.transport)
            case "destination":
                return flow.destination == self.destination
            case "cleartext":
                return is_cleartext(graph.catalog, flow)
            case "boundary":
                return self._inside(graph, flow.source) != self._inside(graph, flow.destination)
            case "appear":
                return False

    def _inside(self, graph: FlowGraph, component: str) -> bool:
        return self.destination in graph.design.zone_chain(graph.zone(component))

    def flows(self, graph: FlowGraph) -> Iterator[Flow]:
        """The flows that are to go, in order of the graph."""
        return (flow for flow in graph.network if self.picks(graph, flow))

    @property
    def wish(self) -> Wish:
        """The wish as the search takes it."""
        if self.aim == "appear":
            return appearance(self.source, self.destination, self.port)
        return removal(self.flows)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a wish; `unavoidable`: flows that no change avoids, where there is no way."""

    wanted: Wanted
    answer: Answer
    unavoidable: tuple[Flow, ...] = ()


def ways(
    graph: FlowGraph,
    wanted: Wanted,
    *,
    steps: int | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Found:
    """The smallest sets of changes that fulfil a wish, or what cannot be avoided."""
    answer = search(graph, wanted.wish, steps=steps, cancelled=cancelled)
    never: tuple[Flow, ...] = ()
    if wanted.aim != "appear" and not answer.ways and answer.proved:
        never = unavoidable(graph, wanted.flows, steps=steps, cancelled=cancelled)
    return Found(wanted, answer, never)
