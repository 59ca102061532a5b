"""The difference between two flow graphs: what opens, what closes, and what stays under its id but changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from model.derivation.blocks import unshared
from model.derivation.ends import Differing, differing_ends
from model.derivation.graph import FlowGraph
from model.flow import Basis, Flow

Status = Literal["added", "removed", "changed", "unchanged"]
Identity = tuple[str, str, int, str]

_COMPARED = (
    "protocol",
    "fqdns",
    "inferred_fqdns",
    "uncertain_fqdns",
    "source_fqdns",
    "rules",
    "features",
    "purpose",
    "necessity",
    "proxied",
)


class FlowChange(NamedTuple):
    """A flow that keeps its id; `what` names the fields that differ ("port", "fqdns", …), those of its ends last."""

    before: Flow
    after: Flow
    what: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """How one graph differs from another, by flow id. Flows keep the order of their graph.

    `before` is the earlier graph: only it knows the components of removed flows as they were.
    """

    added: tuple[Flow, ...]
    removed: tuple[Flow, ...]
    changed: tuple[FlowChange, ...]
    unchanged: int
    before: FlowGraph = field(repr=False, compare=False)

    @property
    def same(self) -> bool:
        """Whether nothing came, went or changed."""
        return not (self.added or self.removed or self.changed)

    @cached_property
    def _status(self) -> dict[Identity, Status]:
        status: dict[Identity, Status] = {_identity(flow): "added" for flow in self.added}
        status.update({_identity(flow): "removed" for flow in self.removed})
        status.update({_identity(change.after): "changed" for change in self.changed})
        return status

    @cached_property
    def change_by_id(self) -> dict[str, FlowChange]:
        """The changes by flow id."""
        return {change.after.id: change for change in self.changed}

    def status(self, flow: Flow) -> Status:
        """What became of a flow of either graph."""
        return self._status.get(_identity(flow), "unchanged")


def _identity(flow: Flow) -> Identity:
    """What a flow's id is made from: equal where, and only where, ids are."""
    return flow.source, flow.destination, flow.basis.listener, flow.transport


def compare(before: FlowGraph, after: FlowGraph) -> Comparison:
    """What comes, goes and changes from one graph to another; flows are paired by id.

    What ids are made from stands for them here: making one costs more than comparing two flows.
    """
    earlier, later = ({flow.key: flow for flow in flows} for flows in unshared(before.blocks, after.blocks))
    alike: dict[tuple[int, int], bool] = {}

    def differs(flow: Flow, other: Flow | None) -> bool:
        """Flows with one key differ where their bases do; bases are few, so each pair of them is compared once."""
        if other is None:
            return True
        pair = (id(flow.basis), id(other.basis))
        known = alike.get(pair)
        if known is None:
            known = alike[pair] = flow.basis == other.basis
        return not known

    gone = [flow for key, flow in earlier.items() if differs(flow, later.get(key))]
    come = [flow for key, flow in later.items() if differs(flow, earlier.get(key))]
    gone_by_identity = {_identity(flow): flow for flow in gone}
    come_identities = {_identity(flow) for flow in come}
    changed: list[FlowChange] = []
    added: list[Flow] = []
    for flow in come:
        was = gone_by_identity.get(_identity(flow))
        if was is None:
            added.append(flow)
            continue
        what = differences(was.port, was.basis, flow.port, flow.basis)
        if what:
            changed.append(FlowChange(was, flow, what))
    removed = tuple(flow for flow in gone if _identity(flow) not in come_identities)
    differing = differing_ends(after.catalog, before.design, after.design)
    if differing is not None:
        changed = _with_ends(after, added, changed, differing)
    return Comparison(
        tuple(added), removed, tuple(changed), len(after.blocks) - len(added) - len(changed), before
    )


def _with_ends(
    graph: FlowGraph, added: list[Flow], changed: list[FlowChange], differing: Differing
) -> list[FlowChange]:
    """The changes of flows, those included whose ends alone differ. Loopback stays within its host wherever that is."""
    new, known = {_identity(flow) for flow in added}, {_identity(each.after): each for each in changed}
    found: list[FlowChange] = []
    for flow in graph.flows:
        identity = _identity(flow)
        change = known.get(identity)
        ends = differing(flow) if flow.basis.scope == "network" and identity not in new else ()
        if change is not None:
            found.append(change._replace(what=(*change.what, *ends)))
        elif ends:
            found.append(FlowChange(flow, flow, ends))
    return found


def differences(port: int, basis: Basis, new_port: int, new_basis: Basis) -> tuple[str, ...]:
    """What differs between two states of a flow that keeps its id: names of its fields, "port" first."""
    found = ["port"] if port != new_port else []
    found.extend(name for name in _COMPARED if getattr(basis, name) != getattr(new_basis, name))
    return tuple(found)
