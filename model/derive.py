"""(Design, Catalog) → FlowGraph: every flow the rules require, and nothing else.

Components that see the same rules are planned once (`alike`, `planning`), so the cost is that of making the flows
(`blocks`). Hosts inside a group are never expanded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import is_, itemgetter

from model.alike import Alike, Company
from model.blocks import Block, Blocks, block, changed
from model.catalog import Catalog
from model.design import Design
from model.flow import Flow
from model.graph import FlowGraph, Missing
from model.planning import Planner, Subjects, plan_of, relayed, subjects_of


def derive(design: Design, catalog: Catalog, earlier: FlowGraph | None = None) -> FlowGraph:
    """Derive all flows (D1–D18). Deterministic; components of kinds the catalog lacks open and receive nothing.

    `earlier` saves work where it is the graph of a design whose components choose and use the same: what still holds
    is taken from it. The result is the same without.
    """
    if earlier is not None and not (earlier.catalog is catalog and earlier.planner.company.same(design)):
        earlier = None
    company = Company(design, catalog) if earlier is None else earlier.planner.company
    known = None if earlier is None else earlier.planner.parts
    planner = Planner(catalog, company, subjects_of(design, catalog, company), known)
    before = [None] * len(company.classes) if earlier is None else earlier.blocks.blocks
    blocks = [_block(planner, *each) for each in zip(company.classes, before, strict=True)]
    if earlier is not None and all(map(is_, blocks, before)):
        return replace(earlier, design=design, planner=planner, subjects=Subjects(planner))
    others = _relayed(catalog, blocks, () if earlier is None else earlier.blocks.others)
    flows = Blocks(blocks, company.runs, others)
    return FlowGraph(design, catalog, planner, flows, tuple(_missing(company, blocks)), Subjects(planner))


def _block(planner: Planner, alike: Alike, before: Block | None) -> Block:
    """The flows of a class; those that it had before and still has are the same objects."""
    parts = planner.parts_of(alike)
    if before is not None and before.plan.parts == parts:
        return before
    plan = plan_of(planner.catalog, planner.company, alike, parts)
    return block(alike.members, plan) if before is None else changed(before, plan)


def _relayed(catalog: Catalog, blocks: Sequence[Block], before: Sequence[Flow]) -> Sequence[Flow]:
    """What web proxies open on behalf of others; flows that were there before are the same objects."""
    known = {flow: flow for flow in before}
    found = sorted(relayed(catalog, (each.plan for each in blocks)).items(), key=itemgetter(0))
    flows = (Flow(proxy, *listener, basis) for (proxy, listener), basis in found)
    return [known.get(flow, flow) for flow in flows]


def _missing(company: Company, blocks: Sequence[Block]) -> Iterator[Missing]:
    if not any(each.plan.missing for each in blocks):
        return
    for component in company.design.components:
        alike = company.class_of.get(component.id)
        for _, followed, kind, excluded in blocks[alike.place].plan.missing if alike is not None else ():
            link = followed.part
            yield Missing(component.id, kind, followed.rule.id, link.port, link.transport, excluded)
