"""Random changes that can be made to a design, for tests of everything that lays changes over one."""

from __future__ import annotations

import random

from model.catalog.catalog import Catalog
from model.catalog.rules import Feature, Setting
from model.design.changes import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    ServersChange,
)
from model.design.design import Design
from model.design.elements import Component


def random_switch(rng: random.Random, design: Design, catalog: Catalog) -> Change:
    """A feature or setting for the design or for one component that has it."""
    items: tuple[Feature | Setting, ...] = (*catalog.features, *catalog.settings)
    item = rng.choice(items)
    have = [each.id for each in design.components if each.kind in item.kinds]
    whole = isinstance(item, Feature) and item.scope == "design"
    component = None if whole or not have or rng.random() < 0.4 else rng.choice(have)
    if isinstance(item, Feature):
        return Change(feature=item.id, value=rng.choice((True, False, None)), component=component)
    choices = [choice.id for choice in item.choices]
    return Change(setting=item.id, value=rng.choice((*choices, None)), component=component)


def random_change(rng: random.Random, design: Design, catalog: Catalog) -> AnyChange:
    """Any change that can be made to the design."""
    known = [each for each in design.components if each.kind in catalog.kind_by_id]
    if not known or rng.random() < 0.4:
        return random_switch(rng, design, catalog)
    one = rng.choice(known)
    match rng.randrange(6):
        case 0 if ports := catalog.listening_ports(one.kind):
            return PortChange(port=rng.choice(ports), value=rng.choice((None, 80, 8443)), component=one.id)
        case 1:
            proxies = [each.id for each in known if each.kind == "web-proxy" and each.id != one.id]
            traffic = rng.choice(catalog.traffic_classes).id
            return ProxyChange(traffic=traffic, value=rng.choice([None, *proxies]), component=one.id)
        case 2 if kinds := catalog.destination_kinds(one.kind):
            kind = rng.choice(kinds)
            there = [each.id for each in known if each.kind == kind and each.id != one.id]
            some = tuple(rng.sample(there, rng.randint(1, len(there)))) if there else None
            return ServersChange(servers=kind, value=rng.choice([None, "none", some]), component=one.id)
        case 3:
            return CountChange(count=rng.choice((1, 7)), component=one.id)
        case 4:
            number = next(n for n in range(99) if f"new-{n}" not in design.component_by_id)
            kind = rng.choice(catalog.kinds).id
            return Addition(add=Component(id=f"new-{number}", kind=kind, name=f"New {number}"))
        case 5:
            return Removal(remove=one.id)
        case _:
            return random_switch(rng, design, catalog)
