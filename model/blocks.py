"""The flows of a design in blocks: one for each class of components that open the same.

A block is a table without gaps: a row for each component, a column for each thing that all of them open. What a change
leaves as it is can so be taken over by columns, and nothing need be looked at flow by flow.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from model.alike import Run
from model.flow import Flow
from model.planning import End, Plan

new_tuple = tuple.__new__
"""Makes a flow without the detour through `Flow.__new__`, which costs more than the rest of its making."""


@dataclass(slots=True, eq=False)
class Block:
    """What the members of a class open: a column for each end of the plan, a row for each member; column by column."""

    members: Sequence[str]
    plan: Plan
    flows: list[Flow]

    def rows(self, begin: int, end: int) -> list[Flow]:
        """The flows of some members that follow each other, member by member."""
        height, width, rows = len(self.members), len(self.plan.ends), end - begin
        if rows == 1:
            return self.flows[begin::height]
        found = self.flows[: rows * width]
        for place in range(width):
            found[place::width] = self.flows[place * height + begin : place * height + end]
        return found

    def without(self, ends: Collection[int]) -> Block:
        """The block without the columns of some ends, by their identity."""
        height = len(self.members)
        kept = [(place, end) for place, end in enumerate(self.plan.ends) if id(end) not in ends]
        flows = [flow for place, _ in kept for flow in self.flows[place * height : (place + 1) * height]]
        return Block(self.members, replace(self.plan, ends=[end for _, end in kept]), flows)


def block(members: Sequence[str], plan: Plan) -> Block:
    """The flows of a class that has none yet."""
    return Block(members, plan, _made(members, plan.ends))


def changed(before: Block, plan: Plan) -> Block:
    """The block of the same class with another plan; columns that stay are taken over."""
    ends, old, members = list(plan.ends), before.plan.ends, before.members
    places = {end[:3]: place for place, end in enumerate(old)}
    height = len(members)
    flows: list[Flow] = []
    for place, end in enumerate(ends):
        known = places.get(end[:3])
        if known is not None and old[known] == end:
            ends[place] = old[known]
            flows += before.flows[known * height : (known + 1) * height]
        else:
            flows += _made(members, [end])
    return Block(members, replace(plan, ends=ends), flows)


def _made(members: Sequence[str], ends: Sequence[End]) -> list[Flow]:
    return [
        new_tuple(Flow, (name, to or name, port, transport, basis))
        for to, port, transport, basis in ends
        for name in members
    ]


@dataclass(frozen=True, eq=False)
class Blocks:
    """All flows of a design: the blocks by the place of their class, and those that belong to no block."""

    blocks: Sequence[Block]
    runs: Sequence[Run]
    others: Sequence[Flow]
    """What web proxies open on behalf of others."""

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The flows component by component in the design's order, then the others."""
        found: list[Flow] = []
        done = [0] * len(self.blocks)
        for alike, length in self.runs:
            place = alike.place
            begin = done[place]
            done[place] = end = begin + length
            found += self.blocks[place].rows(begin, end)
        found += self.others
        return tuple(found)

    def only(self, flows: Sequence[Flow]) -> Blocks:
        """Some of the flows, for pictures of a part."""
        return replace(self, blocks=(), runs=(), others=flows)

    def __len__(self) -> int:
        return sum(len(each.flows) for each in self.blocks) + len(self.others)


def unshared(one: Blocks, other: Blocks) -> tuple[Sequence[Flow], Sequence[Flow]]:
    """The flows of each but those that are known to be in both without looking, in the design's order."""
    if one is other:
        return (), ()
    if one.runs is not other.runs:
        return one.flows, other.flows
    first, second = [], []
    for here, there in zip(one.blocks, other.blocks, strict=True):
        shared = {id(end) for end in here.plan.ends} & {id(end) for end in there.plan.ends}
        first.append(here.without(shared))
        second.append(there.without(shared))
    return replace(one, blocks=first).flows, replace(other, blocks=second).flows
