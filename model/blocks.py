"""The flows of a design in blocks: one for each class of components that open the same.

A block is a table without gaps: a row for each component, a column for each thing that all of them open. What a change
leaves as it is can so be taken over by columns, and nothing need be looked at flow by flow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from model.alike import Run
from model.flow import Flow
from model.planning import End, Plan, Planner

new_tuple = tuple.__new__
"""Makes a flow without the detour through `Flow.__new__`, which costs more than the rest of its making."""


@dataclass(slots=True, eq=False)
class Block:
    """What the members of a class open: all of the first member by the ends of the plan, then of the next."""

    members: Sequence[str]
    plan: Plan
    flows: list[Flow]


def block(members: Sequence[str], plan: Plan) -> Block:
    """The flows of a class that has none yet."""
    return Block(members, plan, _made(members, plan.ends))


def changed(before: Block, plan: Plan) -> Block:
    """The block of the same class with another plan; columns that stay are taken over."""
    ends, old, members = list(plan.ends), before.plan.ends, before.members
    places = {end[:3]: place for place, end in enumerate(old)}
    flows = before.flows[:1] * (len(members) * len(ends))
    for place, end in enumerate(ends):
        known = places.get(end[:3])
        if known is not None and old[known] == end:
            ends[place] = old[known]
            flows[place :: len(ends)] = before.flows[known :: len(old)]
        else:
            flows[place :: len(ends)] = _made(members, [end])
    return Block(members, replace(plan, ends=ends), flows)


def _made(members: Sequence[str], ends: Sequence[End]) -> list[Flow]:
    return [
        new_tuple(Flow, (name, to or name, port, transport, basis))
        for name in members
        for to, port, transport, basis in ends
    ]


@dataclass(frozen=True, eq=False)
class Blocks:
    """All flows of a design: the blocks by the place of their class, and those that belong to no block."""

    planner: Planner
    blocks: Sequence[Block]
    runs: Sequence[Run]
    others: Sequence[Flow]
    """What web proxies open on behalf of others."""

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The flows component by component in the design's order, then the others."""
        found: list[Flow] = []
        tables = [(each.flows, len(each.plan.ends)) for each in self.blocks]
        done = [0] * len(self.blocks)
        for alike, length in self.runs:
            place = alike.place
            flows, width = tables[place]
            begin = done[place]
            done[place] = end = begin + length * width
            found += flows[begin:end]
        found += self.others
        return tuple(found)

    def only(self, flows: Sequence[Flow]) -> Blocks:
        """Some of the flows, for pictures of a part."""
        return replace(self, runs=(), others=flows)
