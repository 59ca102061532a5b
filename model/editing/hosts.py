"""How many hosts components stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.catalog.catalog import Catalog
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits


def hosts_of(design: Design, catalog: Catalog, ids: Iterable[str]) -> tuple[Component, ...]:
    """Those of `ids` that stand for hosts: components, but not the vendor's services."""
    chosen = frozenset(ids)
    services = {kind.id for kind in catalog.kinds if kind.service}
    return tuple(each for each in design.components if each.id in chosen and each.kind not in services)


def counted(design: Design, counts: Mapping[str, int]) -> Design:
    """With these numbers of hosts, by component. Raises DesignError."""
    for name, count in counts.items():
        design = edits.change_component(design, name, count=count)
    return design
