"""Goals: what a board asks of a design, which flows break it, and the nearest change that meets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model.catalog.catalog import Catalog
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.design.elements import Component
from model.flow import Flow
from model.frozen import Bilingual
from model.whatif.search import Answer, removal, search, unavoidable

AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Goal:
    """A demand on all network flows of a design; `breaks` says whether a flow goes against it."""

    id: str
    name: Bilingual
    breaks: Callable[[FlowGraph, Flow], bool]

    def breaking(self, graph: FlowGraph) -> tuple[Flow, ...]:
        """The flows that go against the goal, in order of the graph."""
        return tuple(flow for flow in graph.network if self.breaks(graph, flow))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a design meets a goal, the flows that break it, and what would change that.

    `answer`: the nearest changes (None: not asked for, or not needed). `unavoidable`: flows that break the goal and
    that no change can avoid; where there is one, the rules allow no way.
    """

    goal: Goal
    breaking: tuple[Flow, ...]
    answer: Answer | None = None
    unavoidable: tuple[Flow, ...] = ()

    @property
    def met(self) -> bool:
        """Whether no flow breaks the goal."""
        return not self.breaking

    @property
    def impossible(self) -> bool:
        """Whether it is proved that no change of features, settings, servers or proxies meets the goal."""
        return bool(self.unavoidable) or (
            self.answer is not None and self.answer.proved and not self.answer.ways
        )


def is_cleartext(catalog: Catalog, flow: Flow) -> bool:
    """Whether a flow uses a protocol that the catalog warns about; DNS and NTP have no other form and do not count."""
    protocols = catalog.protocol_by_name
    return any(protocols[name].warns for name in flow.basis.protocol.split(", ") if name in protocols)


def on_internet(design: Design, catalog: Catalog, component: Component) -> bool:
    """Whether a component is a service of the vendor or lies in a zone that is the Internet."""
    kind = catalog.kind_by_id.get(component.kind)
    return (kind is not None and kind.service) or any(
        design.zone_by_id[zone].kind == "internet" for zone in design.zone_chain(component.zone)
    )


def _is_proxy(graph: FlowGraph, component: Component) -> bool:
    return component.kind in graph.catalog.rule_by_id[graph.catalog.proxy_rule].connections[0].to


def _cleartext(graph: FlowGraph, flow: Flow) -> bool:
    return is_cleartext(graph.catalog, flow)


def _directly_outside(graph: FlowGraph, flow: Flow) -> bool:
    source, destination = graph.component(flow.source), graph.component(flow.destination)
    return (
        on_internet(graph.design, graph.catalog, destination)
        and not on_internet(graph.design, graph.catalog, source)
        and not _is_proxy(graph, source)
    )


def _inbound(graph: FlowGraph, flow: Flow) -> bool:
    """To an agent from anywhere; to what follows the agent's rules besides its own, as a relay does, from the Internet.

    A relay exists to be connected to by agents; its agent part is only ever called from outside.
    """
    source, destination = graph.component(flow.source), graph.component(flow.destination)
    if destination.kind == AGENT:
        return True
    also = any(link.from_ == AGENT for _rule, link in graph.catalog.inheritance(destination.kind))
    return also and on_internet(graph.design, graph.catalog, source)


def _only_by_name(graph: FlowGraph, flow: Flow) -> bool:
    """Across a boundary to the Internet, whose services have names only, unless a web proxy does the filtering."""
    source, destination = graph.component(flow.source), graph.component(flow.destination)
    return (
        source.zone != destination.zone
        and on_internet(graph.design, graph.catalog, destination)
        and not destination.addresses
        and not _is_proxy(graph, source)
    )


GOALS: tuple[Goal, ...] = (
    Goal("no-cleartext", Bilingual(en="No cleartext", ja="平文の通信なし"), _cleartext),
    Goal(
        "internet-by-proxy",
        Bilingual(
            en="Nothing to the Internet except through a web proxy",
            ja="インターネットへは Webプロキシ経由のみ",
        ),
        _directly_outside,
    ),
    Goal(
        "no-inbound",
        Bilingual(en="No inbound connections to agents", ja="エージェントへの着信接続なし"),
        _inbound,
    ),
    Goal(
        "address-only",
        Bilingual(en="Works in an address-only firewall", ja="アドレスのみのファイアウォールで動作"),
        _only_by_name,
    ),
)


def goals_met(graph: FlowGraph) -> dict[str, int]:
    """How many flows break each goal, by goal id; quick."""
    return {goal.id: len(goal.breaking(graph)) for goal in GOALS}


def verdicts(
    graph: FlowGraph, *, steps: int | None = None, cancelled: Callable[[], bool] = lambda: False
) -> tuple[Verdict, ...]:
    """Every goal judged, with the nearest changes for those not met."""
    return tuple(judged(graph, goal, steps=steps, cancelled=cancelled) for goal in GOALS)


def judged(
    graph: FlowGraph, goal: Goal, *, steps: int | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Verdict:
    """One goal judged. Flows that cannot be avoided are looked for first: where there are any, nothing else helps."""
    breaking = goal.breaking(graph)
    if not breaking:
        return Verdict(goal, ())
    never = unavoidable(graph, goal.breaking, steps=steps, cancelled=cancelled)
    if never:
        return Verdict(goal, breaking, None, never)
    answer = search(graph, removal(goal.breaking), steps=steps, cancelled=cancelled)
    return Verdict(goal, breaking, answer)
