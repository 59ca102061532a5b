"""The three blocks of columns of the change board's matrix: core, firewall and audit, in the board's order.

Some columns hold what people write beside a flow (`Record`); they are the ones that an edited table is read back from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.catalog.catalog import Catalog
from model.design.columns import Column, same
from model.flow import Basis
from model.frozen import Bilingual
from model.tables.matrix import COLUMNS, NOT_GIVEN, SAME_ZONE, Row, source_object
from model.tables.standing import WORDS

ANY_HIGH_PORT = Bilingual(en="any from 1024", ja="1024 以上の任意")
PERMIT = Bilingual(en="permit", ja="許可")
CLOSE = Bilingual(en="close", ja="廃止")
NO_PROXY = Bilingual(en="no", ja="経由しない")
TO_PROXY = Bilingual(en="to the proxy", ja="プロキシ宛て")
FROM_PROXY = Bilingual(en="from the proxy on", ja="プロキシから先")
YES = Bilingual(en="yes", ja="あり")
NO = Bilingual(en="no", ja="なし")
NOT_APPLICABLE = Bilingual(en="does not apply", ja="対象外")
INSPECTION = Bilingual(en="to be decided; the document does not say", ja="要検討（文書に記載なし）")
RISKS = {
    (True, True): Bilingual(en="encrypted, crosses a boundary", ja="暗号化あり・境界を越える"),
    (True, False): Bilingual(en="encrypted, within a zone", ja="暗号化あり・ゾーン内"),
    (False, True): Bilingual(en="unencrypted, crosses a boundary", ja="暗号化なし・境界を越える"),
    (False, False): Bilingual(en="unencrypted, within a zone", ja="暗号化なし・ゾーン内"),
}
"""By whether the traffic is encrypted from the start and whether it crosses a boundary."""
NOT_COMPARED = Bilingual(en="not compared", ja="比較なし")
NO_RULE = Bilingual(en="none", ja="なし")
ROLLBACK = {
    None: Bilingual(en="remove the permit", ja="許可を削除"),
    "added": Bilingual(en="remove the permit", ja="許可を削除"),
    "removed": Bilingual(en="put the permit back", ja="許可を元に戻す"),
    "changed": Bilingual(en="restore the earlier state", ja="変更前の状態に戻す"),
    "unchanged": Bilingual(en="nothing to undo", ja="切り戻し不要"),
}


def encrypted(row: Row) -> bool:
    """Whether everything the flow carries is encrypted from the start, as far as the catalog knows."""
    return carried_encrypted(row.reason.catalog, row.flow.basis)


def carried_encrypted(catalog: Catalog, basis: Basis) -> bool:
    """Whether what flows of a basis carry is encrypted from the start; see `encrypted`."""
    known = catalog.protocol_by_name
    return all(name in known and known[name].encrypted for name in basis.protocol.split(", "))


def _action(row: Row) -> Bilingual:
    return CLOSE if row.status == "removed" else PERMIT


def _path(row: Row) -> Bilingual:
    crossed = row.crossing.way.crossed
    return same(" → ".join(zone.name for zone in crossed)) if crossed else SAME_ZONE


def _proxy(row: Row) -> Bilingual:
    return {"to-proxy": TO_PROXY, "from-proxy": FROM_PROXY}.get(row.flow.basis.proxied, NO_PROXY)


def _objects(row: Row) -> str:
    """Named as in the firewall exports: by the ids in the design, and by transport and port."""
    flow = row.flow
    source = source_object(row.source.kind, row.source.component)
    return f"{source}, host-{flow.destination}, {flow.transport}-{flow.port}"


def _inspection(row: Row) -> Bilingual:
    return INSPECTION if encrypted(row) else NOT_APPLICABLE


def _return(row: Row) -> Bilingual:
    back = f"{row.flow.transport.upper()} {row.flow.port} → 1024–65535"
    return Bilingual(en=f"stateful: none; stateless: {back}", ja=f"ステートフル: 不要、ステートレス: {back}")


def _risk(row: Row) -> Bilingual:
    return RISKS[encrypted(row), bool(row.crossing.way.crossed)]


def _source_row(row: Row) -> str:
    catalog = row.reason.catalog
    return f"{', '.join(row.flow.basis.rules)} ({catalog.version})"


def check_id(row: Row) -> str:
    """The stable name of the test of a flow."""
    return row.id.replace("F-", "T-", 1)


def _written(field: str, en: str, ja: str, width: int) -> Column[Row]:
    """A column of what people write beside flows."""

    def value(row: Row) -> Bilingual:
        text: str = getattr(row.record, field)
        return same(text) if text else NOT_GIVEN

    return Column(field.replace("_", "-"), Bilingual(en=en, ja=ja), value, width)


WRITTEN: tuple[Column[Row], ...] = (
    _written("owner", "Owner", "申請者・管理責任者", 18),
    _written("start", "Start", "開始日", 12),
    _written("expiry", "Expiry", "有効期限", 12),
    _written("remarks", "Remarks", "備考", 24),
    _written("nat", "NAT", "NAT後IPアドレス", 16),
    _written("rule_number", "Rule no.", "ポリシー番号", 12),
    _written("log", "Log", "ログ取得", 10),
    _written("rfc", "RFC no.", "変更管理番号", 14),
    _written("test", "Test result", "試験結果", 18),
    _written("approval", "Approver/date/status", "承認者・承認日・承認状況", 24),
)
"""The columns that hold what people write; the id of each is the field of the record, with hyphens."""

_BY_ID: Mapping[str, Column[Row]] = {column.id: column for column in (*COLUMNS, *WRITTEN)}


def _known(names: str) -> tuple[Column[Row], ...]:
    return tuple(_BY_ID[name] for name in names.split())


CORE: tuple[Column[Row], ...] = (
    *_known("flow-id change source-zone source source-ip destination-zone destination destination-ip"),
    *_known("destination-fqdn transport port service"),
    Column("source-port", Bilingual(en="Source port", ja="送信元ポート"), lambda row: ANY_HIGH_PORT, 14),
    *_known("direction"),
    Column("action", Bilingual(en="Action", ja="アクション"), _action, 10),
    *_known("justification necessity condition owner start expiry remarks"),
)
"""What every board asks for."""

FIREWALL: tuple[Column[Row], ...] = (
    *_known("device"),
    Column("path", Bilingual(en="Path", ja="ネットワーク経路"), _path, 28),
    *_known("nat"),
    Column("proxy", Bilingual(en="Proxy", ja="プロキシ経由"), _proxy, 14),
    Column("objects", Bilingual(en="Objects", ja="アドレス・サービスオブジェクト名"), _objects, 28),
    *_known("rule-number log"),
    Column("inspection", Bilingual(en="TLS inspection exclusion", ja="SSL復号除外"), _inspection, 20),
    Column("return", Bilingual(en="Return rule", ja="戻り通信ルール"), _return, 28),
)
"""What whoever runs the firewalls needs."""

AUDIT: tuple[Column[Row], ...] = (
    *_known("rfc"),
    Column("risk", Bilingual(en="Risk", ja="リスク区分"), _risk, 22),
    Column(
        "encrypted", Bilingual(en="Encrypted", ja="暗号化有無"), lambda row: YES if encrypted(row) else NO, 10
    ),
    Column("test-id", Bilingual(en="Test ID", ja="試験ID"), check_id, 12),
    *_known("test"),
    Column("rollback", Bilingual(en="Rollback", ja="切り戻し方法"), lambda row: ROLLBACK[row.status], 18),
    *_known("approval"),
    Column("source-row", Bilingual(en="Source row/revision", ja="根拠資料・版"), _source_row, 20),
)
"""What auditors ask for later."""

COLUMN_SETS: Mapping[str, tuple[Column[Row], ...]] = {"core": CORE, "firewall": FIREWALL, "audit": AUDIT}
"""The blocks by name, in the board's order."""


def _as_is(row: Row) -> Bilingual:
    return NOT_COMPARED if row.standing is None else WORDS[row.standing.word]


def _as_is_rules(row: Row) -> Bilingual:
    if row.standing is None:
        return NOT_COMPARED
    if row.standing.reason is not None:
        return row.standing.reason
    return same(", ".join(dict.fromkeys(row.standing.rules))) if row.standing.rules else NO_RULE


AS_IS: tuple[Column[Row], ...] = (
    Column("as-is", Bilingual(en="As is", ja="現状"), _as_is, 18),
    Column("as-is-rules", Bilingual(en="Existing rules", ja="既存ルール"), _as_is_rules, 28),
)
"""How flows stand with existing rules, for reports that compare them."""

KNOWN: Mapping[str, Column[Row]] = {
    column.id: column for block in (*COLUMN_SETS.values(), COLUMNS, AS_IS) for column in block
}
"""Every column by its id, those of the blocks first."""


def columns_of(names: Iterable[str]) -> tuple[Column[Row], ...]:
    """The columns of some blocks in the board's order, then those named alone as they are named.

    The flow id is always first. None named: what screens show.
    """
    wanted = dict.fromkeys(names)
    if not wanted:
        return COLUMNS
    found = [column for name, block in COLUMN_SETS.items() if name in wanted for column in block]
    found += [KNOWN[name] for name in wanted if name not in COLUMN_SETS]
    return tuple({column.id: column for column in (COLUMNS[0], *found)}.values())
