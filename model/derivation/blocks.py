"""The flows of a design in blocks: one for each class of components that open the same.

A block is a table without gaps: a row for each component, a column for each thing that all of them open. What a change
leaves as it is can so be taken over by columns, and nothing need be looked at flow by flow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice, repeat

from model.catalog.following import ITSELF
from model.derivation.alike import Alike, Run
from model.derivation.planning import End, Plan
from model.flow import Flow

new_tuple = tuple.__new__
"""Makes a flow without the detour through `Flow.__new__`, which costs more than the rest of its making."""


Column = list[Flow]
"""The flows of all members of a class to one end, in the order of the members; never changed, so it can be shared."""


@dataclass(slots=True, eq=False)
class Block:
    """What the members of a class open: a column for each end of the plan, a row for each member."""

    alike: Alike
    plan: Plan
    columns: Sequence[Column]

    def rows(self) -> Iterator[tuple[Flow, ...]]:
        """The flows of each member, member by member."""
        return zip(*self.columns, strict=True) if self.columns else repeat((), len(self.alike.members))

    def without(self, ends: Collection[int]) -> Block:
        """The block without the columns of some ends, by their identity."""
        kept = [place for place, end in enumerate(self.plan.ends) if id(end) not in ends]
        plan = replace(self.plan, ends=[self.plan.ends[place] for place in kept])
        return Block(self.alike, plan, [self.columns[place] for place in kept])


def block(alike: Alike, plan: Plan) -> Block:
    """The flows of a class that has none yet."""
    return Block(alike, plan, [_made(alike, end) for end in plan.ends])


def changed(before: Block, plan: Plan) -> Block:
    """The block of the same class with another plan; columns that stay are taken over."""
    known = {end[:3]: (end, column) for end, column in zip(before.plan.ends, before.columns, strict=True)}
    ends: list[End] = []
    columns: list[Column] = []
    for end in plan.ends:
        was, column = known.get(end[:3], (None, None))
        if column is None or was != end:
            was, column = end, _made(before.alike, end)
        ends.append(was)
        columns.append(column)
    return Block(before.alike, replace(plan, ends=ends), columns)


def _made(alike: Alike, end: End) -> Column:
    to, port, transport, basis = end
    names = alike.members
    targets = names if to == ITSELF else alike.at(to) or repeat(to)
    values = zip(names, targets, repeat(port), repeat(transport), repeat(basis), strict=False)
    return list(map(new_tuple, repeat(Flow), values))


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
        rows = [each.rows() for each in self.blocks]
        for alike, length in self.runs:
            if length == 1:
                found += next(rows[alike.place])
            else:
                found.extend(chain.from_iterable(islice(rows[alike.place], length)))
        found += self.others
        return tuple(found)

    def only(self, flows: Sequence[Flow]) -> Blocks:
        """Some of the flows, for pictures of a part."""
        return replace(self, blocks=(), runs=(), others=flows)

    def __len__(self) -> int:
        return sum(len(each.alike.members) * len(each.columns) for each in self.blocks) + len(self.others)


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
