"""(Design, Catalog) → FlowGraph: every flow the rules require, and nothing else.

Components that see the same rules are planned once (`alike`, `planning`), so the cost is that of making the flows
(`blocks`). Hosts inside a group are never expanded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import is_, itemgetter

from model.catalog.catalog import Catalog
from model.derivation.alike import Company
from model.derivation.blocks import Block, Blocks, block, changed
from model.derivation.graph import FlowGraph, Missing
from model.derivation.planning import Planner, Subjects, plan_of, relayed, subjects_of
from model.design.design import Design
from model.flow import Flow


def derive(design: Design, catalog: Catalog, earlier: FlowGraph | None = None) -> FlowGraph:
    """Derive all flows (D1–D18). Deterministic; components of kinds the catalog lacks open and receive nothing.

    `earlier` saves work where it is the graph of a design whose components choose and use the same: what still holds
    is taken from it. The result is the same without.
    """
    if earlier is not None and earlier.catalog is catalog and earlier.planner.company.same(design):
        return _again(earlier, design)
    company = Company(design, catalog)
    planner = Planner(catalog, company, subjects_of(design, catalog, company))
    blocks = [block(each, plan_of(planner, each, planner.parts_of(each))) for each in company.classes]
    return _graph(design, planner, blocks, ())


def _again(earlier: FlowGraph, design: Design) -> FlowGraph:
    """The graph of a design with the same classes; what is there as it was before is the same object."""
    catalog, company, before = earlier.catalog, earlier.planner.company, earlier.blocks.blocks
    planner = Planner(catalog, company, subjects_of(design, catalog, company), earlier.planner.parts)
    touched = catalog.questions.about(_switched(earlier.design, design))
    blocks: list[Block] = []
    for alike, known in zip(company.classes, before, strict=True):
        parts = planner.parts_after(alike, known.plan.parts, touched)
        same = known.plan.parts == parts
        blocks.append(known if same else changed(known, plan_of(planner, alike, parts)))
    if all(map(is_, blocks, before)):
        return replace(earlier, design=design, planner=planner, subjects=Subjects(planner))
    return _graph(design, planner, blocks, earlier.blocks.others)


def _graph(
    design: Design, planner: Planner, blocks: Sequence[Block], relayed_before: Sequence[Flow]
) -> FlowGraph:
    catalog, company = planner.catalog, planner.company
    flows = Blocks(blocks, company.runs, _relayed(catalog, blocks, relayed_before))
    return FlowGraph(design, catalog, planner, flows, tuple(_missing(company, blocks)), Subjects(planner))


def _switched(one: Design, other: Design) -> set[str]:
    """The features and settings that two designs do not set to the same for all."""
    features = one.features.items() ^ other.features.items()
    settings = one.settings.items() ^ other.settings.items()
    return {name for name, _ in (*features, *settings)}


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
