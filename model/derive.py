"""(Design, Catalog) → FlowGraph: every flow the rules require, and nothing else.

Components that see the same rules are planned once (`alike`, `planning`), so the cost is that of making the flows
(`blocks`). Hosts inside a group are never expanded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from model.alike import Company
from model.blocks import Block, Blocks, block, changed
from model.catalog import Catalog
from model.design import Design
from model.flow import Flow
from model.graph import FlowGraph, Missing
from model.planning import Planner, Subjects, plan_of, relayed, subjects_of


def derive(design: Design, catalog: Catalog, earlier: FlowGraph | None = None) -> FlowGraph:
    """Derive all flows (D1–D18). Deterministic; components of kinds the catalog lacks open and receive nothing.

    `earlier` saves work where it is the graph of a design with the same components and ties: what still holds is
    taken from it. The result is the same without.
    """
    before = earlier.blocks if earlier is not None and earlier.catalog is catalog else None
    if before is not None and not before.planner.company.same(design):
        before = None
    company = Company(design, catalog) if before is None else before.planner.company
    known = None if before is None else before.planner.parts
    planner = Planner(catalog, company, subjects_of(design, catalog, company), known)
    blocks = [_block(planner, place, before) for place in range(len(company.classes))]
    others = sorted(relayed(catalog, (each.plan for each in blocks)).items(), key=itemgetter(0))
    return FlowGraph(
        design,
        catalog,
        Blocks(
            planner,
            blocks,
            company.runs,
            [Flow(proxy, *listener, basis) for (proxy, listener), basis in others],
        ),
        tuple(_missing(company, blocks)),
        Subjects(planner),
    )


def _block(planner: Planner, place: int, before: Blocks | None) -> Block:
    """The flows of a class; those that it had before and still has are the same objects."""
    alike = planner.company.classes[place]
    parts = planner.parts_of(alike)
    if before is None:
        return block(alike.members, plan_of(planner.catalog, planner.company, alike, parts))
    known = before.blocks[place]
    if known.plan.parts == parts:
        return known
    return changed(known, plan_of(planner.catalog, planner.company, alike, parts))


def _missing(company: Company, blocks: Sequence[Block]) -> Iterator[Missing]:
    if not any(each.plan.missing for each in blocks):
        return
    for component in company.design.components:
        alike = company.class_of.get(component.id)
        for _, followed, kind, excluded in blocks[alike.place].plan.missing if alike is not None else ():
            link = followed.part
            yield Missing(component.id, kind, followed.rule.id, link.port, link.transport, excluded)
