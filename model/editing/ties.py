"""Ties drawn by hand: what a line from one component to another means as an assignment (D2) or a proxy (D11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from model.catalog.catalog import Catalog
from model.catalog.rules import TrafficClass
from model.derivation.effective import servers
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits
from model.errors import DesignError
from model.sentences import told

Meaning = Literal["only", "also", "proxy"]
"""Uses only this one of its kind; uses it beside those chosen before; goes through this web proxy."""

Nonsense = Literal["itself", "reversed", "no_rule", "unknown", "already"]
"""Why a line means nothing: it ends where it began; only the other way is there a rule; no rule connects the kinds; a
kind is not in the catalog; it is so already."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What a line means: the design it leads to."""

    meaning: Meaning
    after: Design


def tie(
    design: Design, catalog: Catalog, sources: Sequence[str], target: str, *, alone: bool = False
) -> Tie | Nonsense:
    """What a line from components to another one means. Sources for which it means nothing are left out.

    The first line narrows "all of that kind" to one; further lines add to it, or, where they shall stand `alone`,
    replace it. Where it means nothing for any source, why it does not for the first. Raises DesignError for a
    component that is not there.
    """
    there = design.component_by_id
    if not {target, *sources} <= there.keys():
        raise DesignError(told("there is no component {name}", name=min({target, *sources} - there.keys())))
    reasons: list[Nonsense] = []
    meanings: list[Meaning] = []
    for source in sources:
        found = _one(design, catalog, there[source], there[target], alone)
        if isinstance(found, Tie):
            design = found.after
            meanings.append(found.meaning)
        else:
            reasons.append(found)
    if meanings:
        return Tie(meanings[0], design)
    return reasons[0] if reasons else "unknown"


def server_kinds(catalog: Catalog, kind: str) -> frozenset[str]:
    """The kinds that a line from a component of a kind can mean something to; none for an unknown kind."""
    proxies = proxy_kinds(catalog) if proxied_classes(catalog, kind) else ()
    return frozenset((*catalog.destination_kinds(kind), *proxies))


def proxied_classes(catalog: Catalog, kind: str) -> tuple[TrafficClass, ...]:
    """The classes of traffic that components of a kind can send through a web proxy; none for a proxy itself."""
    if kind in proxy_kinds(catalog):
        return ()
    used = {each.part.traffic for each in catalog.connections_of.get(kind, ())}
    return tuple(each for each in catalog.traffic_classes if each.id in used)


def proxy_kinds(catalog: Catalog) -> tuple[str, ...]:
    """The kinds that serve as a web proxy."""
    return catalog.rule_by_id[catalog.proxy_rule].connections[0].to


def _one(
    design: Design, catalog: Catalog, source: Component, target: Component, alone: bool
) -> Tie | Nonsense:
    if source.id == target.id:
        return "itself"
    if not {source.kind, target.kind} <= catalog.kind_by_id.keys():
        return "unknown"
    if target.kind in catalog.destination_kinds(source.kind):
        return _assigned(design, source, target, alone)
    classes = proxied_classes(catalog, source.kind) if target.kind in proxy_kinds(catalog) else ()
    if classes:
        return _proxied(design, source, target, classes)
    back = source.kind in catalog.destination_kinds(target.kind)
    return "reversed" if back or _is_proxied_by(catalog, target, source) else "no_rule"


def _is_proxied_by(catalog: Catalog, source: Component, proxy: Component) -> bool:
    return proxy.kind in proxy_kinds(catalog) and bool(proxied_classes(catalog, source.kind))


def _assigned(design: Design, source: Component, target: Component, alone: bool) -> Tie | Nonsense:
    known = design.assignments_of.get(source.id, {}).get(target.kind)
    before = [each.id for each in servers(design, source, target.kind)] if known and known.chosen else []
    if target.id in before and (not alone or len(before) == 1):
        return "already"
    added = bool(before) and not alone
    chosen = [*before, target.id] if added else [target.id]
    return Tie("also" if added else "only", edits.assign(design, source.id, target.kind, chosen))


def _proxied(
    design: Design, source: Component, target: Component, classes: tuple[TrafficClass, ...]
) -> Tie | Nonsense:
    if all(source.proxies.get(each.id) == target.id for each in classes):
        return "already"
    for each in classes:
        design = edits.set_proxy(design, source.id, each.id, target.id)
    return Tie("proxy", design)
