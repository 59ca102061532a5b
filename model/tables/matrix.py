"""The port matrix: one row per flow. The only source of the table on screen and of every tabular export.

Rows share what they have in common: a `Party` per component, a `Crossing` per pair of zones, a `Reason` per
basis. Texts are made when a cell is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from model.catalog.rules import Kind
from model.derivation.comparison import Comparison, Status
from model.derivation.ends import MOVED
from model.derivation.graph import FlowGraph
from model.design.columns import COMMA, Column, listed, same
from model.design.design import NO_RECORD, Record
from model.design.elements import Component
from model.design.zoning import Way, way, zone_names
from model.flow import Flow
from model.frozen import Bilingual
from model.tables.reason import NOT_PRINTED, Reason
from model.tables.standing import FlowVerdict
from model.terms import Necessity, Transport

NOT_GIVEN = Bilingual(en="not given", ja="未設定")
BY_ADDRESS = Bilingual(en="by address", ja="IPアドレスで指定")
NO_BASELINE = Bilingual(en="no baseline", ja="ベースラインなし")
SAME_ZONE = Bilingual(en="same zone", ja="同一ゾーン")
SAME_HOST = Bilingual(en="within the host", ja="ホスト内")

STATUS_NAMES: dict[Status, Bilingual] = {
    "added": Bilingual(en="added", ja="追加"),
    "removed": Bilingual(en="removed", ja="廃止"),
    "changed": Bilingual(en="changed", ja="変更"),
    "unchanged": Bilingual(en="unchanged", ja="変更なし"),
}
NECESSITY_NAMES: dict[Necessity, Bilingual] = {
    "required": Bilingual(en="required", ja="必須"),
    "conditional": Bilingual(en="conditional", ja="条件付き"),
    "optional": Bilingual(en="optional", ja="任意"),
}
_ORDER: dict[Status, int] = {"added": 0, "changed": 1, "removed": 2, "unchanged": 3}
_WHAT = {
    "port": Bilingual(en="port", ja="ポート"),
    "protocol": Bilingual(en="service", ja="サービス"),
    "fqdns": Bilingual(en="FQDN", ja="FQDN"),
    "inferred_fqdns": Bilingual(en="inferred FQDN", ja="推定FQDN"),
    "uncertain_fqdns": Bilingual(en="uncertain FQDN", ja="不確かな FQDN"),
    "source_fqdns": Bilingual(en="source FQDN", ja="送信元FQDN"),
    "rules": Bilingual(en="rules", ja="ルール"),
    "features": Bilingual(en="features", ja="機能"),
    "purpose": Bilingual(en="purpose", ja="用途"),
    "necessity": Bilingual(en="necessity", ja="必須区分"),
    "proxied": Bilingual(en="proxy", ja="プロキシ"),
    "source_addresses": Bilingual(en="source IP", ja="送信元IPアドレス"),
    "destination_addresses": Bilingual(en="destination IP", ja="宛先IPアドレス"),
    "boundaries": Bilingual(en="zone", ja="ゾーン"),
    "firewalls": Bilingual(en="firewall", ja="ファイアウォール"),
}


class Party(NamedTuple):
    """One end of a flow: a component, its kind, and what tables call its zone. `rank` sorts by zone, name."""

    component: Component
    kind: Kind
    zone: Bilingual
    rank: tuple[int, int]

    @property
    def name(self) -> str:
        """The name, with the number of hosts where there are several: "App ×40"."""
        count = self.component.count
        return self.component.name if count == 1 else f"{self.component.name} ×{count}"

    @property
    def source_addresses(self) -> tuple[str, ...]:
        """The addresses it connects from."""
        return self.kind.connects_from(self.component.addresses)


def source_object(kind: Kind, component: Component) -> str:
    """The name of the address object of what a component connects from.

    It is that of where it listens, unless it listens at its own addresses and connects from printed ones.
    """
    return f"{'source' if kind.source_addresses and component.addresses else 'host'}-{component.id}"


class Crossing(NamedTuple):
    """What lies between the zones of two parties."""

    way: Way
    names: Bilingual

    @property
    def firewall(self) -> Bilingual:
        """The named firewalls on the way, else the pair of zones whose boundary it is."""
        if not self.way.crossed:
            return SAME_ZONE
        return same(", ".join(self.way.firewalls)) if self.way.firewalls else self.names


class Ends(NamedTuple):
    """Both ends of a flow, and what lies between them."""

    source: Party
    destination: Party
    crossing: Crossing


class Row(NamedTuple):
    """One flow, ready for a table. `status`: None where nothing was compared; changed flows know `before`.

    `record`: what people wrote beside it. `standing`: how it stands with existing rules, where they were compared.
    `moved`: the earlier ends of a flow whose addresses, zones or firewalls are others now.
    """

    flow: Flow
    status: Status | None
    what: tuple[str, ...]
    before: Flow | None
    source: Party
    destination: Party
    crossing: Crossing
    reason: Reason
    record: Record = NO_RECORD
    standing: FlowVerdict | None = None
    moved: Ends | None = None

    @property
    def id(self) -> str:
        """The stable id of the flow."""
        return self.flow.id


def rows(graph: FlowGraph, comparison: Comparison | None = None, scope: str = "network") -> tuple[Row, ...]:
    """The rows of the flows of scope "network", "host" or "all".

    Order: with a comparison added, changed and removed ones first; then by source zone, destination zone,
    source, destination, port and transport, names in natural order ("Agent 2" before "Agent 10").
    """
    book = _Book(graph)
    flows = graph.of_scope(scope)
    if comparison is None:
        found = [book.row(flow) for flow in flows]
        return tuple(sorted(found, key=_by_place))
    added = {flow[:4] for flow in comparison.added}
    changes = {change.after[:4]: change for change in comparison.changed}
    earlier = _Book(comparison.before, graph.design.records)
    found = []
    for flow in flows:
        key = flow[:4]
        change = changes.get(key)
        if change is not None:
            row = book.row(flow, "changed", change.what, change.before)
            moved = not set(MOVED).isdisjoint(change.what)
            found.append(row._replace(moved=earlier.ends(flow)) if moved else row)
        else:
            found.append(book.row(flow, "added" if key in added else "unchanged"))
    found += [
        earlier.row(flow, "removed") for flow in comparison.removed if scope in ("all", flow.basis.scope)
    ]
    return tuple(sorted(found, key=_by_change_and_place))


def _by_place(row: Row) -> tuple[object, ...]:
    source, destination, flow = row.source.rank, row.destination.rank, row.flow
    return source[0], destination[0], source[1], destination[1], flow.port, flow.transport


def _by_change_and_place(row: Row) -> tuple[object, ...]:
    return _ORDER[row.status or "unchanged"], *_by_place(row)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key in which numbers inside a text count as numbers."""
    parts = re.split(r"([0-9]+)", text.casefold())
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part)


class _Book:
    """What the rows of one graph share, each made once."""

    def __init__(self, graph: FlowGraph, records: Mapping[str, Record] | None = None) -> None:
        self.graph = graph
        self.records = graph.design.records if records is None else records
        self.catalog = graph.catalog
        self.parties = self._parties()
        self.crossings: dict[tuple[str | None, str | None], Crossing] = {}
        self.reasons: dict[tuple[int, Transport, str, str], Reason] = {}

    def _parties(self) -> dict[str, Party]:
        design, kinds = self.graph.design, self.catalog.kind_by_id
        names = zone_names(design)
        zones = sorted(names, key=lambda zone: (natural(names[zone].en), zone or ""))
        places = {zone: place for place, zone in enumerate(zones)}
        known = [each for each in design.components if each.kind in kinds]
        known.sort(key=lambda each: (natural(each.name), each.id))
        return {
            each.id: Party(each, kinds[each.kind], names[each.zone], (places[each.zone], place))
            for place, each in enumerate(known)
        }

    def row(
        self, flow: Flow, status: Status | None = None, what: tuple[str, ...] = (), before: Flow | None = None
    ) -> Row:
        source, destination, crossing = self.ends(flow)
        return Row(
            flow,
            status,
            what,
            before,
            source,
            destination,
            crossing,
            self._reason(flow, source.kind.id, destination.kind.id),
            self.records.get(flow.id, NO_RECORD) if self.records else NO_RECORD,  # an id costs a digest
        )

    def ends(self, flow: Flow) -> Ends:
        source, destination = self.parties[flow.source], self.parties[flow.destination]
        return Ends(source, destination, self._crossing(source, destination))

    def _crossing(self, source: Party, destination: Party) -> Crossing:
        key = (source.component.zone, destination.component.zone)
        found = self.crossings.get(key)
        if found is None:
            arrow = Bilingual(
                en=f"{source.zone.en} → {destination.zone.en}", ja=f"{source.zone.ja} → {destination.zone.ja}"
            )
            found = self.crossings[key] = Crossing(way(self.graph.design, *key), arrow)
        return found

    def _reason(self, flow: Flow, source: str, destination: str) -> Reason:
        key = (id(flow.basis), flow.transport, source, destination)
        found = self.reasons.get(key)
        if found is None:
            ends = tuple(self.parties[name].component.name for name in flow.basis.carried)
            found = Reason(self.catalog, flow.basis, flow.transport, source, destination, ends)
            self.reasons[key] = found
        return found


# The cells


def _status(row: Row) -> Bilingual:
    if row.status is None:
        return NO_BASELINE
    name = STATUS_NAMES[row.status]
    if row.before is None:
        return name
    texts = [_WHAT[each] for each in row.what]
    if row.before.port != row.flow.port:
        ports = f"{row.before.port} → {row.flow.port}"
        texts = [_WHAT[each] for each in row.what if each in MOVED]
        texts.insert(0, Bilingual(en=f"port {ports}", ja=f"ポート {ports}"))
    what = listed(texts, COMMA)
    return Bilingual(en=f"{name.en}: {what.en}", ja=f"{name.ja}: {what.ja}")


def _source_address(row: Row) -> Bilingual:
    addresses = row.source.source_addresses
    return same(", ".join(addresses)) if addresses else _absent(row.source)


def _destination_address(row: Row) -> Bilingual:
    addresses = row.destination.component.addresses
    return same(", ".join(addresses)) if addresses else _absent(row.destination)


def destination_names(row: Row) -> Bilingual:
    """The names of the destination: those its rules give, else its own FQDN, else why there is none to give."""
    party = row.destination
    if row.reason.fqdns != NOT_PRINTED:
        return row.reason.fqdns
    if party.component.fqdn:
        return same(party.component.fqdn)
    return BY_ADDRESS if party.component.addresses else _absent(party)


def _absent(party: Party) -> Bilingual:
    """Services have no addresses to give: the document names them by FQDN."""
    return NOT_PRINTED if party.kind.service else NOT_GIVEN


def _direction(row: Row) -> Bilingual:
    one, other = row.source.kind.name, row.destination.kind.name
    return Bilingual(en=f"{one.en} → {other.en}", ja=f"{one.ja} → {other.ja}")


def _firewall(row: Row) -> Bilingual:
    return SAME_HOST if row.flow.basis.scope == "host" else row.crossing.firewall


COLUMNS: tuple[Column[Row], ...] = (
    Column("flow-id", Bilingual(en="Flow ID", ja="通信ID"), lambda row: row.id, 12),
    Column("change", Bilingual(en="Change", ja="変更区分"), _status, 14),
    Column("source-zone", Bilingual(en="Source zone", ja="送信元ゾーン"), lambda row: row.source.zone, 18),
    Column("source", Bilingual(en="Source", ja="送信元ホスト名"), lambda row: row.source.name, 22, True),
    Column("source-ip", Bilingual(en="Source IP", ja="送信元IPアドレス"), _source_address, 20),
    Column(
        "destination-zone",
        Bilingual(en="Destination zone", ja="宛先ゾーン"),
        lambda row: row.destination.zone,
        18,
    ),
    Column(
        "destination",
        Bilingual(en="Destination", ja="宛先ホスト名"),
        lambda row: row.destination.name,
        22,
        True,
    ),
    Column("destination-ip", Bilingual(en="Destination IP", ja="宛先IPアドレス"), _destination_address, 20),
    Column(
        "destination-fqdn",
        Bilingual(en="Destination FQDN/URL", ja="宛先FQDN・URL"),
        destination_names,
        40,
    ),
    Column(
        "transport",
        Bilingual(en="Transport", ja="プロトコル"),
        lambda row: row.flow.transport.upper(),
        10,
        True,
    ),
    Column("port", Bilingual(en="Port", ja="宛先ポート番号"), lambda row: str(row.flow.port), 8, True),
    Column("service", Bilingual(en="Service", ja="サービス"), lambda row: row.reason.service, 20, True),
    Column("direction", Bilingual(en="Direction", ja="通信方向"), _direction, 28),
    Column(
        "justification",
        Bilingual(en="Justification", ja="用途・設定理由"),
        lambda row: row.reason.justification,
        60,
    ),
    Column(
        "necessity",
        Bilingual(en="Required/conditional/optional", ja="必須区分"),
        lambda row: NECESSITY_NAMES[row.flow.basis.necessity],
        14,
        True,
    ),
    Column("condition", Bilingual(en="Condition", ja="適用条件"), lambda row: row.reason.condition, 40),
    Column("device", Bilingual(en="Firewall", ja="対象ファイアウォール機器"), _firewall, 24),
    Column(
        "rules",
        Bilingual(en="Rules", ja="根拠ルール"),
        lambda row: ", ".join(row.flow.basis.rules),
        12,
        True,
    ),
)
"""What screens and files show unless asked for more (`columnsets`): what a design can fill, in the board's order."""
