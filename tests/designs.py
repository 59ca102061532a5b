"""Designs for tests: `designs()` for hypothesis, `random_design` for a plain seeded generator.

Both make only valid designs, with every field used and every kind of text that a design may hold.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, get_args

from hypothesis import strategies as st

from model.catalog.catalog import Catalog, parse_catalog
from model.catalog.rules import Setting
from model.design.changes import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    Scenario,
    ServersChange,
)
from model.design.course import Course
from model.design.design import CatalogReference, Design, DocumentData, Revision
from model.design.elements import Assignment, Component, Note, Zone, ZoneKind
from model.design.views import Filter, SavedView
from resources import text
from tests.outputs import profiles, random_jobs, random_profile, several_jobs

ZONE_KINDS: tuple[ZoneKind, ...] = get_args(ZoneKind)
NAMES = (
    "Web servers",
    "業務サーバー",
    "ログ収集（第2系）",
    'the "old" one',
    "<b>=1+1</b>",
    "C:\\share",
    "é",
    "Σ 🙂",
    "a / b",
)
VERSIONS = ("9.6", "10.0", "11.3", "12.0", "20.0", "20.1")
PORTS = (1, 80, 443, 1443, 4118, 4119, 8080, 65535)
DATES = ("", "2026-02-28", "2024-02-29")
UNKNOWN_KIND = "mainframe"
"""A kind that no catalog has: a design keeps it all the same."""


@cache
def shipped_catalog() -> Catalog:
    """The catalog that ships."""
    return parse_catalog(text("catalogs/workload-security-govcloud.json"))


def random_design(rng: random.Random, catalog: Catalog, size: int) -> Design:
    """A valid design of `size` components that uses what the catalog offers; the same for the same state of `rng`."""
    zones = tuple(_zone(rng, number) for number in range(rng.randint(0, size // 3 + 1)))
    kinds = [
        UNKNOWN_KIND if rng.random() < 0.02 else rng.choice(catalog.kinds).id
        for _ in range(size)
    ]  # fmt: skip
    ids = [f"{kind}-{number}" for number, kind in enumerate(kinds, 1)]
    components = tuple(_component(rng, catalog, number, kinds, ids, zones) for number in range(size))
    return Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        title=rng.choice(("", *NAMES)),
        document=_document(rng),
        features={feature.id: rng.random() < 0.6 for feature in catalog.features if rng.random() < 0.4},
        settings=_settings(rng, catalog.settings, 0.2),
        zones=zones,
        components=components,
        assignments=tuple(_assignments(rng, catalog, kinds, ids)),
        notes=tuple(
            Note(id=f"note-{n}", text="\n".join(rng.sample(NAMES, 2)), frame=_frame(rng))
            for n in range(rng.randint(0, 2))
        ),
        scenarios=tuple(
            Scenario(id=f"scenario-{n}", name=rng.choice(NAMES), changes=_changes(rng, catalog, ids))
            for n in range(rng.randint(0, 2))
        ),
        views=tuple(_view(rng, catalog, zones, n) for n in range(rng.randint(0, 2))),
        courses=tuple(_courses(rng, ids)),
        profile=random_profile(rng),
        jobs=random_jobs(rng),
    )


def _courses(rng: random.Random, ids: Sequence[str]) -> Iterator[Course]:
    pairs = {(rng.choice(ids), rng.choice((*ids, "gone"))) for _ in range(rng.randint(0, 3) if ids else 0)}
    for source, target in sorted(pairs):
        if source != target:
            places = tuple(rng.randint(-5000, 5000) for _ in range(rng.randint(1, 6)))
            yield Course(source=source, target=target, axis=rng.choice(("x", "y")), places=places)


def _view(rng: random.Random, catalog: Catalog, zones: Sequence[Zone], number: int) -> SavedView:
    chosen = Filter(
        features=tuple(rng.sample([each.id for each in catalog.features], rng.randint(0, 2))),
        zones=tuple(rng.sample([each.id for each in zones], rng.randint(0, min(2, len(zones))))),
        ports=tuple(rng.sample(PORTS, rng.randint(0, 2))),
        findings=rng.random() < 0.3,
        changes=rng.random() < 0.3,
    )
    return SavedView(
        id=f"view-{number}",
        name=rng.choice(NAMES),
        filter=chosen,
        hidden=rng.choice((None, (), (catalog.purposes[-1].id,))),
        centre=(rng.randint(-5000, 5000), rng.randint(-5000, 5000)),
        zoom=rng.randint(1, 1000),
    )


def _frame(rng: random.Random) -> tuple[int, int, int, int]:
    return rng.randint(-5000, 5000), rng.randint(-5000, 5000), rng.randint(10, 900), rng.randint(10, 900)


def _cidr(rng: random.Random) -> str:
    return rng.choice(
        (f"10.{rng.randrange(256)}.0.0/16", f"2001:db8:{rng.randrange(1, 9)}::/48", "0.0.0.0/0")
    )


def _address(rng: random.Random) -> str:
    octet = rng.randrange(256)
    return rng.choice((f"192.0.2.{octet}", f"2001:db8::{octet + 1:x}", f"198.51.100.{octet & 0xF0}/28"))


def _zone(rng: random.Random, number: int) -> Zone:
    return Zone(
        id=f"zone-{number}",
        name=rng.choice(NAMES),
        kind=rng.choice(ZONE_KINDS),
        cidrs=tuple(_cidr(rng) for _ in range(rng.randint(0, 2))),
        parent=f"zone-{rng.randrange(number)}" if number and rng.random() < 0.5 else None,
        frame=_frame(rng),
        firewall=rng.choice(("", "fw-1", "境界FW")),
        collapsed=rng.random() < 0.1,
        locked=rng.random() < 0.1,
    )


def _component(
    rng: random.Random,
    catalog: Catalog,
    number: int,
    kinds: Sequence[str],
    ids: Sequence[str],
    zones: Sequence[Zone],
) -> Component:
    kind, name = kinds[number], ids[number]
    proxies = [
        other for other, of_kind in zip(ids, kinds, strict=True) if of_kind == "web-proxy" and other != name
    ]
    through = {
        item.id: rng.choice(proxies) for item in catalog.traffic_classes if proxies and rng.random() < 0.3
    }
    own = catalog.listening_ports(kind)
    return Component(
        id=name,
        kind=kind,
        name=rng.choice(NAMES),
        zone=rng.choice(zones).id if zones and rng.random() < 0.8 else None,
        position=(rng.randint(-5000, 5000), rng.randint(-5000, 5000)),
        count=rng.choice((1, 1, 1, 2, 40, 1_000_000)),
        addresses=tuple(_address(rng) for _ in range(rng.choice((0, 0, 1, 3)))),
        fqdn=f"{name}.example.co.jp" if rng.random() < 0.4 else None,
        features={
            feature.id: rng.random() < 0.5
            for feature in catalog.features
            if kind in feature.kinds and rng.random() < 0.15
        },
        settings=_settings(rng, catalog.settings_of(kind), 0.3),
        ports={port: rng.choice(PORTS) for port in own if rng.random() < 0.15},
        proxies=through,
        locked=rng.random() < 0.1,
    )


def _settings(rng: random.Random, settings: Sequence[Setting], chance: float) -> dict[str, str]:
    return {
        setting.id: rng.choice(
            [choice.id for choice in setting.choices] + list(VERSIONS if setting.version else ())
        )
        for setting in settings
        if rng.random() < chance
    }


def _assignments(
    rng: random.Random, catalog: Catalog, kinds: Sequence[str], ids: Sequence[str]
) -> list[Assignment]:
    reached = {kind: [to for to in catalog.destination_kinds(kind) if to in kinds] for kind in set(kinds)}
    found = []
    for source, kind in zip(ids, kinds, strict=True):
        for to in reached[kind]:
            if rng.random() > 0.25:
                continue
            others = [
                name for name, of_kind in zip(ids, kinds, strict=True) if of_kind == to and name != source
            ]
            targets = tuple(rng.sample(others, rng.randint(1, min(3, len(others))))) if others else ()
            none = not targets or rng.random() < 0.3
            found.append(Assignment(source=source, kind=to, targets="none" if none else targets))
    return found


def _changes(rng: random.Random, catalog: Catalog, ids: Sequence[str]) -> tuple[Change, ...]:
    def change() -> Change:
        component = rng.choice(ids) if ids and rng.random() < 0.5 else None
        if rng.random() < 0.5:
            feature = rng.choice(catalog.features).id
            return Change(feature=feature, value=rng.choice((True, False, None)), component=component)
        setting = rng.choice(catalog.settings)
        return Change(setting=setting.id, value=rng.choice((setting.default, None)), component=component)

    return tuple(change() for _ in range(rng.randint(0, 3)))


def _document(rng: random.Random) -> DocumentData:
    return DocumentData(
        change_number=rng.choice(("", "CHG-4711", "変更管理-12")),
        author=rng.choice(("", "山田 花子")),
        revisions=tuple(
            Revision(
                number=n, date=rng.choice(DATES), author=rng.choice(("", "s.")), text=rng.choice(("", *NAMES))
            )
            for n in range(rng.randint(0, 3))
        ),
    )


VISIBLE = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
IDS = st.text("az09-", min_size=1, max_size=8).map(lambda text: text.lstrip("-") or "0")
LINES = st.text(VISIBLE, max_size=12).map(str.strip)
SOME_NAMES = LINES.filter(bool)
COORDINATES = st.integers(-1_000_000, 1_000_000)
FRAMES = st.tuples(COORDINATES, COORDINATES, st.integers(10, 1_000_000), st.integers(10, 1_000_000))
PORT_NUMBERS = st.integers(1, 65535)
PORT_MAPS = st.dictionaries(PORT_NUMBERS, PORT_NUMBERS, max_size=2)
SWITCHES = st.dictionaries(IDS, st.booleans(), max_size=3)
VALUES = st.dictionaries(IDS, SOME_NAMES, max_size=3)
ADDRESSES = st.one_of(st.ip_addresses().map(str), st.sampled_from(("10.0.0.0/8", "2001:db8::/32")))
FILTERS = st.builds(
    Filter,
    features=st.lists(IDS, max_size=2).map(tuple),
    zones=st.lists(IDS, max_size=2).map(tuple),
    ports=st.lists(PORT_NUMBERS, max_size=2).map(tuple),
    findings=st.booleans(),
    changes=st.booleans(),
)
HIDDEN = st.none() | st.lists(IDS, max_size=2).map(tuple)
ZOOMS = st.integers(1, 1_000)
SEVERAL_COORDINATES = st.lists(COORDINATES, min_size=1, max_size=24).map(tuple)
PLACES = st.none() | st.integers(0, 5)
"""An index into what the design holds, taken modulo its length."""

REVISIONS = st.builds(
    Revision,
    number=st.integers(0, 1_000_000),
    date=st.dates().map(str) | st.just(""),
    author=LINES,
    text=LINES,
)
DOCUMENTS = st.builds(
    DocumentData, change_number=LINES, author=LINES, revisions=st.lists(REVISIONS, max_size=3).map(tuple)
)


@st.composite
def designs(draw: st.DrawFn) -> Design:
    """Any valid design of a few things; ids, texts, numbers and addresses are drawn from all that a design may hold."""
    # Zones, components and notes share one name space.
    names = draw(st.lists(IDS, max_size=9, unique=True))
    zone_ids, ids, note_ids = names[:3], names[3:7], names[7:]
    zones = [
        Zone(id=name, name=draw(SOME_NAMES), kind=draw(st.sampled_from(ZONE_KINDS)), frame=draw(FRAMES),
             cidrs=tuple(map(_cidr_of, draw(st.lists(st.ip_addresses(), max_size=2)))), firewall=draw(LINES),
             collapsed=draw(st.booleans()), locked=draw(st.booleans()))
        for name in zone_ids
    ]  # fmt: skip
    zones = [
        zone.evolve(parent=zones[place % number].id)
        if number and (place := draw(PLACES)) is not None
        else zone
        for number, zone in enumerate(zones)
    ]
    components = tuple(_any_component(draw, name, ids, zones) for name in ids)
    return Design(
        catalog=CatalogReference(id=draw(IDS), version=draw(st.text("09az.-", min_size=1, max_size=32))),
        title=draw(LINES),
        document=draw(DOCUMENTS),
        features=draw(SWITCHES),
        settings=draw(VALUES),
        zones=tuple(zones),
        components=components,
        assignments=tuple(_any_assignments(draw, components)),
        notes=tuple(
            Note(
                id=name,
                text=draw(st.text(VISIBLE | st.just("\n"), max_size=20)),
                frame=draw(FRAMES),
                locked=draw(st.booleans()),
            )
            for name in note_ids
        ),
        scenarios=tuple(
            Scenario(
                id=name, name=draw(SOME_NAMES), changes=tuple(draw(st.lists(_any_change(ids), max_size=2)))
            )
            for name in draw(st.lists(IDS, max_size=2, unique=True))
        ),
        views=tuple(
            SavedView(
                id=name, name=draw(SOME_NAMES), filter=draw(FILTERS), hidden=draw(HIDDEN), zoom=draw(ZOOMS)
            )
            for name in draw(st.lists(IDS, max_size=2, unique=True))
        ),
        courses=tuple(
            Course(
                source=name,
                target=f"{name}-2",
                axis=draw(st.sampled_from(("x", "y"))),
                places=draw(SEVERAL_COORDINATES),
            )
            for name in ids
            if draw(st.booleans())
        ),
        profile=draw(profiles()),
        jobs=draw(several_jobs()),
    )


def _cidr_of(address: Any) -> str:
    return f"{address}/{address.max_prefixlen}"


def _any_component(draw: st.DrawFn, name: str, ids: Sequence[str], zones: Sequence[Zone]) -> Component:
    place = draw(PLACES)
    others = [other for other in ids if other != name]
    return Component(
        id=name,
        kind=draw(st.sampled_from(("agent", "relay", UNKNOWN_KIND))),
        name=draw(SOME_NAMES),
        zone=zones[place % len(zones)].id if zones and place is not None else None,
        position=draw(st.tuples(COORDINATES, COORDINATES) | st.just((0, 0))),
        count=draw(st.integers(1, 10_000_000)),
        addresses=tuple(draw(st.lists(ADDRESSES, max_size=2))),
        fqdn=draw(st.none() | st.just(f"{name.strip('-')}.example.com")),
        features=draw(SWITCHES),
        settings=draw(VALUES),
        ports=draw(st.dictionaries(PORT_NUMBERS, PORT_NUMBERS, max_size=3)),
        proxies=draw(st.dictionaries(IDS, st.sampled_from(others), max_size=2)) if others else {},
        locked=draw(st.booleans()),
    )


def _any_assignments(draw: st.DrawFn, components: Sequence[Component]) -> list[Assignment]:
    found = []
    for source in components:
        for kind in ("agent", "relay"):
            others = [one.id for one in components if one.kind == kind and one.id != source.id]
            if draw(st.booleans()):
                chosen = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
                found.append(Assignment(source=source.id, kind=kind, targets=tuple(chosen) or "none"))
    return found


def _any_change(ids: Sequence[str]) -> st.SearchStrategy[AnyChange]:
    component = st.none() | st.sampled_from(ids) if ids else st.none()
    chosen = st.builds(Change, feature=IDS, value=st.none() | st.booleans(), component=component) | st.builds(
        Change, setting=IDS, value=st.none() | SOME_NAMES, component=component
    )
    added = st.builds(Component, id=IDS, kind=IDS, name=SOME_NAMES, ports=PORT_MAPS).map(
        lambda component: Addition(add=component)
    )
    if not ids:
        return chosen | added
    one, some = st.sampled_from(ids), st.lists(st.sampled_from(ids), min_size=1, max_size=2).map(tuple)
    return (
        chosen
        | added
        | st.builds(PortChange, port=PORT_NUMBERS, value=st.none() | PORT_NUMBERS, component=one)
        | st.builds(ProxyChange, traffic=IDS, value=st.none() | one, component=one)
        | st.builds(ServersChange, servers=IDS, value=st.none() | st.just("none") | some, component=one)
        | st.builds(CountChange, count=st.integers(1, 10_000_000), component=one)
        | st.builds(Removal, remove=one)
    )
