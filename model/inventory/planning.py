"""An inventory laid beside a design: which components it would place, which it would change, which rows it cannot use.

Identical rows become one group: the same kind, zone and version, and the same name but for a number at its end (web-01,
web-02). A row first means the component of its name, then the group its name belongs to. An inventory removes nothing:
hosts it does not name stay, so that a part of an inventory can be given too. What it has done, it finds done.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from model.catalog.catalog import Catalog
from model.design.design import MAX_COMPONENTS, Design
from model.design.elements import Component
from model.design.fields import MAX_ADDRESSES
from model.errors import DesignError
from model.frozen import Bilingual
from model.inventory.matching import Known, Located, located, meant
from model.inventory.rows import Inventory, Refusal, same_text, stem
from model.sentences import told

Fate = Literal["added", "updated", "unchanged"]
Bucket = tuple[str, str, str, str]
"""What rows of one group share: kind, zone, version, and the name without its number, as it is compared."""

Buckets = dict[Bucket, list[Located]]
Named = dict[str, list[Located]]
"""Rows by what they share, and by the id of the component they are about."""


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of some rows: a component to place (`component` None), to change, or to leave as it is.

    `zone` is the id of a zone, the name of a new one, or "" for none; `hosts` are the names in the rows. `changes` are
    (field, before, after) in the values of the design; empty for a new component.
    """

    component: str | None
    name: str
    kind: str
    zone: str
    addresses: tuple[str, ...]
    version: str
    count: int
    rows: tuple[int, ...]
    hosts: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def fate(self) -> Fate:
        """What happens to the component."""
        return "added" if self.component is None else "updated" if self.changes else "unchanged"

    @property
    def moves(self) -> bool:
        """Whether the component needs a place: it is new, or goes to another zone."""
        return self.component is None or any(field == "zone" for field, _, _ in self.changes)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an inventory would do, the names of the zones it adds, and the rows that cannot be used."""

    steps: tuple[Step, ...]
    zones: tuple[str, ...]
    refused: tuple[Refusal, ...]

    def count(self, fate: Fate) -> int:
        """How many components have this fate."""
        return sum(1 for step in self.steps if step.fate == fate)

    @property
    def does_something(self) -> bool:
        """Whether the design would be another one."""
        return any(step.fate != "unchanged" for step in self.steps)


def plan(design: Design, catalog: Catalog, inventory: Inventory) -> Plan:
    """What an inventory would do to a design. Raises DesignError where the design cannot hold so many components."""
    known = Known(design, catalog)
    rows, repeated = located(known, inventory.entries)
    direct, unclear = meant(known, rows)
    left_out = {number for refusal in unclear for number in refusal.rows}
    about, buckets, unusable = _told_apart(
        known, [row for row in rows if row.entry.row not in left_out], direct
    )
    new, folded, split = _folded(known, buckets)
    outcomes = [
        _changed(known, design.component_by_id[name], about.get(name, []), folded.get(name, []))
        for name in dict.fromkeys((*about, *folded))
    ]
    outcomes += _added(known, new)
    steps = sorted((each for each in outcomes if isinstance(each, Step)), key=lambda step: step.rows)
    refused = [*inventory.refused, *repeated, *unclear, *unusable, *split]
    refused += [each for each in outcomes if isinstance(each, Refusal)]
    if len(design.components) + sum(1 for step in steps if step.component is None) > MAX_COMPONENTS:
        raise DesignError(
            told(
                "with this inventory the design would have more than {most:,} components", most=MAX_COMPONENTS
            )
        )
    zones = dict.fromkeys(step.zone for step in steps if step.zone and step.zone not in design.zone_by_id)
    return Plan(tuple(steps), tuple(zones), tuple(sorted(refused, key=lambda refusal: refusal.rows)))


def _told_apart(
    known: Known, rows: Iterable[Located], direct: Mapping[int, Component]
) -> tuple[Named, Buckets, list[Refusal]]:
    """The rows about a component by its very name, the others by what they share, and those that cannot be used."""
    about: Named = {}
    buckets: Buckets = {}
    refused: list[Refusal] = []
    for row in rows:
        component = direct.get(row.entry.row)
        kind = row.entry.kind or (component.kind if component is not None else _kind_of_group(known, row))
        problem = _problem(known, row, kind, component is not None and component.id in about)
        if problem is not None:
            refused.append(problem)
        elif component is not None:
            about[component.id] = [row]
        else:
            buckets.setdefault(_bucket(known, row, kind), []).append(row)
    return about, buckets, refused


def _folded(known: Known, buckets: Buckets) -> tuple[Buckets, Named, list[Refusal]]:
    """The groups that are new, the rows that fold into a component of the design, and those of which it is unclear."""
    new: Buckets = {}
    folded: Named = {}
    refused: list[Refusal] = []
    versions = Counter(_but_version(bucket) for bucket in buckets)
    for bucket, rows in buckets.items():
        found = _group(known, bucket, rows, alone=versions[_but_version(bucket)] == 1)
        if isinstance(found, Bilingual):
            refused.append(Refusal(_numbers(rows), "version", found))
        elif found is None:
            new[bucket] = rows
        else:
            folded.setdefault(found.id, []).extend(rows)
    return new, folded, refused


def _numbers(rows: Iterable[Located]) -> tuple[int, ...]:
    return tuple(sorted(row.entry.row for row in rows))


def _problem(known: Known, row: Located, kind: str, again: bool) -> Refusal | None:
    """Why a row cannot be used, whatever the others say. `again`: another row was about its component already."""
    entry = row.entry
    if again:
        reason = Bilingual(
            en="another row is about the same component of the design; keep one",
            ja="設計の同じコンポーネントを指す行がほかにあります。1 行にまとめてください。",
        )
        return Refusal((entry.row,), "name", reason)
    if not kind:
        reason = Bilingual(
            en=f"{entry.name} is new to the design; write its kind",
            ja=f"「{entry.name}」は設計にありません。種類を入力してください。",
        )
        return Refusal((entry.row,), "kind", reason)
    if entry.version and not known.has_version(kind):
        reason = Bilingual(
            en=f"a component of the kind {kind} has no agent version; leave the cell empty",
            ja=f"種類 {kind} にはエージェントのバージョンがありません。空欄にしてください。",
        )
        return Refusal((entry.row,), "version", reason)
    return None


# Groups


def _kind_of_group(known: Known, row: Located) -> str:
    """The kind of the one group that a numbered name belongs to; "" where there is none."""
    groups = [each for each in known.called(stem(row.entry.name)) if each.count > 1 and row.fits_zone(each)]
    return groups[0].kind if len(groups) == 1 else ""


def _bucket(known: Known, row: Located, kind: str) -> Bucket:
    """What a row shares with its group; a host whose version is not said has the usual one."""
    text, zone = stem(row.entry.name), row.zone
    if not zone and text != row.entry.name:
        groups = [each for each in known.called(text) if each.kind == kind]
        zone = groups[0].zone or "" if len(groups) == 1 else ""
    return kind, zone, row.entry.version or known.usual_version(kind), same_text(text)


def _but_version(bucket: Bucket) -> tuple[str, str, str]:
    kind, zone, _, text = bucket
    return kind, zone, text


def _group(
    known: Known, bucket: Bucket, rows: Sequence[Located], *, alone: bool
) -> Component | Bilingual | None:
    """The component of the design that rows fold into; None where there is none, a sentence where it is unclear."""
    kind, zone, version, text = bucket
    names = dict.fromkeys((f"{text} {version}".strip(), text))
    there = [
        each
        for name in names
        for each in known.called(name)
        if each.kind == kind and (each.zone or "") == zone
    ]
    if len(rows) == 1:  # one numbered host is not the single host that lacks the number
        bare = same_text(rows[0].entry.name)
        own = {bare, f"{bare} {version}".strip()}
        there = [
            each
            for each in there
            if each.count > 1 or same_text(each.name) in own or _covers(each, rows)
        ]  # fmt: skip
    same = [each for each in there if known.version(each) == version]
    if same:
        return same[0]
    for each in there:
        if alone and len(rows) >= each.count:
            return each
        if _covers(each, rows):
            return Bilingual(
                en=f"these are hosts of {each.name}, which stands for {each.count:,} hosts with the version "
                f"{known.version(each)}; split it, or write one version for all its hosts",
                ja=f"バージョン {known.version(each)} の {each.count:,} 台をまとめた「{each.name}」に含まれる機器です。"
                "先に分けるか、すべて同じバージョンにしてください。",
            )
    return None


def _covers(component: Component, rows: Iterable[Located]) -> bool:
    """Whether all rows have addresses, and all of them are among those of a component."""
    given = [row.entry.addresses for row in rows]
    return all(given) and not _beyond(component.addresses, (each for several in given for each in several))


def _beyond(known: Sequence[str], addresses: Iterable[str]) -> tuple[str, ...]:
    """The addresses that are neither among the known ones nor in a network among them."""
    exact = set(known)
    networks = [ipaddress.ip_network(each) for each in known if "/" in each]

    def within(address: str) -> bool:
        if address in exact:
            return True
        if not networks:
            return False
        own = ipaddress.ip_network(address)
        return any(
            own.version == network.version and own.subnet_of(network)  # type: ignore[arg-type]  # of one version
            for network in networks
        )

    return tuple(dict.fromkeys(each for each in addresses if not within(each)))


# Steps


def _changed(
    known: Known, component: Component, direct: Sequence[Located], folded: Sequence[Located]
) -> Step | Refusal:
    """A component as its rows say; what they do not say stays."""
    rows = [*direct, *folded]
    versions = {row.entry.version for row in rows} - {""}
    if len(versions) > 1:
        reason = Bilingual(
            en=f"the rows about {component.name} differ in their version; make them agree",
            ja=f"「{component.name}」についての行のバージョンが異なります。揃えてください。",
        )
        return Refusal(_numbers(rows), "version", reason)
    count, addresses = _hosts(component, direct, folded)
    if len(addresses) > MAX_ADDRESSES:
        return _too_many(rows)
    now = {
        "kind": component.kind,
        "zone": component.zone or "",
        "count": str(component.count),
        "addresses": ", ".join(component.addresses),
        "version": known.version(component),
    }
    then = {
        "kind": next((row.entry.kind for row in direct if row.entry.kind), component.kind),
        "zone": next((row.zone for row in direct if row.zone), component.zone or ""),
        "count": str(count),
        "addresses": ", ".join(addresses),
        "version": next(iter(versions), now["version"]),
    }
    if component.locked and then["zone"] != now["zone"]:
        reason = Bilingual(
            en=f"{component.name} is locked and stays in its zone; unlock it first",
            ja=f"「{component.name}」はロックされているためゾーンを移せません。先にロックを解除してください。",
        )
        return Refusal(_numbers(rows), "zone", reason)
    changes = tuple((field, now[field], then[field]) for field in now if now[field] != then[field])
    return Step(
        component.id,
        component.name,
        then["kind"],
        then["zone"],
        addresses,
        then["version"],
        count,
        _numbers(rows),
        tuple(row.entry.name for row in rows),
        changes,
    )


def _hosts(
    component: Component, direct: Sequence[Located], folded: Sequence[Located]
) -> tuple[int, tuple[str, ...]]:
    """Number and addresses of a component's hosts.

    Rows of its own name speak of it as a whole. Rows that fold into it are a host each: where they are all of its
    hosts, their addresses take the place of the old ones; where they are some, what is new is added.
    """
    rows = sorted((*direct, *folded), key=lambda row: row.entry.row)
    given = tuple(dict.fromkeys(address for row in rows for address in row.entry.addresses))
    if set(given) == set(component.addresses):
        given = component.addresses
    if not folded:
        return component.count, given or component.addresses
    if len(rows) >= component.count and all(row.entry.addresses for row in rows):
        return len(rows), given
    new = _beyond(component.addresses, given)
    grown = 0
    if len(component.addresses) == component.count:
        grown = sum(1 for row in rows if _beyond(component.addresses, row.entry.addresses))
    return max(len(rows), component.count + grown), (*component.addresses, *new)


def _added(known: Known, buckets: Mapping[Bucket, Sequence[Located]]) -> list[Step | Refusal]:
    """New components: groups are called what their rows share, with the version where a name is taken."""
    used = {(each.kind, each.zone or "", same_text(each.name)) for each in known.design.components}
    steps: list[Step | Refusal] = []
    for (kind, zone, version, _), rows in sorted(buckets.items(), key=lambda item: item[0][2]):
        name = stem(rows[0].entry.name) if len(rows) > 1 else rows[0].entry.name
        if (kind, zone, same_text(name)) in used:
            name = f"{name} {version}".strip()
        used.add((kind, zone, same_text(name)))
        addresses = tuple(dict.fromkeys(address for row in rows for address in row.entry.addresses))
        if len(addresses) > MAX_ADDRESSES:
            steps.append(_too_many(rows))
            continue
        hosts = tuple(row.entry.name for row in rows)
        version = max(row.entry.version for row in rows)
        steps.append(
            Step(None, name, kind, zone, addresses, version, len(rows), _numbers(rows), hosts)
        )  # fmt: skip
    return steps


def _too_many(rows: Iterable[Located]) -> Refusal:
    reason = Bilingual(
        en=f"one component has {MAX_ADDRESSES:,} addresses at most; write networks, or split the group by its names",
        ja=f"1 つのコンポーネントに指定できるアドレスは {MAX_ADDRESSES:,} 個までです。"
        "ネットワークで書くか、名前でグループを分けてください。",
    )
    return Refusal(_numbers(rows), "address", reason)
