"""The difference between two flow graphs: what opens, what closes, and what stays under its id but changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from model.flow import Basis, Flow
from model.graph import FlowGraph

Status = Literal["added", "removed", "changed", "unchanged"]

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


@dataclass(frozen=True, slots=True)
class FlowChange:
    """A flow that keeps its id; `what` names the fields that differ ("port", "fqdns", …)."""

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
    def _status_by_key(self) -> dict[tuple[str, str, int, str], Status | None]:
        """The status of the flows that differ, by key, since an id costs more; None where only the id tells."""
        found: dict[tuple[str, str, int, str], Status | None] = {}
        pairs = [flow for change in self.changed for flow in (change.before, change.after)]
        told: tuple[tuple[Status, Iterable[Flow]], ...] = (
            ("added", self.added),
            ("removed", self.removed),
            ("changed", pairs),
        )
        for status, flows in told:
            for flow in flows:
                found[flow.key] = status if found.get(flow.key, status) == status else None
        return found

    @cached_property
    def _status(self) -> dict[str, Status]:
        status: dict[str, Status] = {flow.id: "added" for flow in self.added}
        status.update({flow.id: "removed" for flow in self.removed})
        status.update({change.after.id: "changed" for change in self.changed})
        return status

    @cached_property
    def change_by_id(self) -> dict[str, FlowChange]:
        """The changes by flow id."""
        return {change.after.id: change for change in self.changed}

    def status(self, flow: Flow) -> Status:
        """What became of a flow of either graph."""
        known = self._status_by_key.get(flow.key, "unchanged")
        return known if known is not None else self._status.get(flow.id, "unchanged")


def compare(before: FlowGraph, after: FlowGraph) -> Comparison:
    """What comes, goes and changes from one graph to another; flows are paired by id.

    Ids are made only for the flows that differ, since making one costs more than comparing two flows.
    """
    earlier, later = before.by_key, after.by_key
    gone = [flow for key, flow in earlier.items() if later.get(key) != flow]
    come = [flow for key, flow in later.items() if earlier.get(key) != flow]
    gone_by_id = {flow.id: flow for flow in gone}
    come_ids = {flow.id for flow in come}
    changed: list[FlowChange] = []
    added: list[Flow] = []
    for flow in come:
        was = gone_by_id.get(flow.id)
        if was is None:
            added.append(flow)
            continue
        what = differences(was.port, was.basis, flow.port, flow.basis)
        if what:
            changed.append(FlowChange(was, flow, what))
    removed = tuple(flow for flow in gone if flow.id not in come_ids)
    return Comparison(tuple(added), removed, tuple(changed), len(later) - len(added) - len(changed), before)


def differences(port: int, basis: Basis, new_port: int, new_basis: Basis) -> tuple[str, ...]:
    """What differs between two states of a flow that keeps its id: names of its fields, "port" first."""
    found = ["port"] if port != new_port else []
    found.extend(name for name in _COMPARED if getattr(basis, name) != getattr(new_basis, name))
    return tuple(found)
