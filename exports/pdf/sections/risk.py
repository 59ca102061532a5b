"""Section 8, risk: what is not encrypted, what is opened from outside, and what the document offers instead."""

from __future__ import annotations

from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.table import plain_table
from exports.pdf.sections.joined import grouped_ports, port_text
from exports.pdf.sections.numbers import NUMBER, numbers_of
from exports.pdf.sections.parts import Parts
from model.design.columns import same
from model.frozen import Bilingual
from model.tables.matrix import NOT_GIVEN, Row

TITLE = Bilingual(en="Risk", ja="リスク評価")
UNENCRYPTED = Bilingual(
    en="Services that are not encrypted, or not from the start",
    ja="暗号化されない（少なくとも開始時に暗号化されない）サービス",
)
INWARDS = Bilingual(en="Opened from the vendor's side", ja="ベンダー側から開始される通信")
NONE_DOCUMENTED = Bilingual(en="none documented", ja="文書に記載なし")
ALL_ENCRYPTED = Bilingual(en="Every flow is encrypted.", ja="すべての通信が暗号化されます。")
NONE_INWARDS = Bilingual(
    en="The vendor's services open no connection.", ja="ベンダーのサービスから開始される通信はありません。"
)


def add_risk(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    sheets.begin(8, TITLE)
    sheets.sub(UNENCRYPTED)
    _unencrypted(sheets, parts)
    sheets.sub(INWARDS)
    _inwards(sheets, parts)


def weak_services(parts: Parts) -> dict[str, list[Row]]:
    """The rows of each protocol that is not encrypted from the start, in the catalog's order of protocols."""
    found: dict[str, list[Row]] = {
        protocol.name: [] for protocol in parts.report.catalog.protocols if not protocol.encrypted
    }
    for row in parts.rows:
        for name in row.flow.basis.protocol.split(", "):
            if name in found:
                found[name].append(row)
    return {name: rows for name, rows in found.items() if rows}


def _unencrypted(sheets: Sheets, parts: Parts) -> None:
    found = weak_services(parts)
    if not found:
        sheets.remark(ALL_ENCRYPTED)
        return
    headings = (
        Bilingual(en="Service", ja="サービス"),
        Bilingual(en="Ports", ja="ポート"),
        Bilingual(en="Flows", ja="通信数"),
        Bilingual(en="Across a boundary", ja="境界を越える通信"),
        Bilingual(en="Documented alternative", ja="文書にある代替手段"),
        NUMBER,
    )
    rows = []
    for name, several in found.items():
        ports = grouped_ports((row.flow.transport, row.flow.port) for row in several)
        crossing = sum(bool(row.crossing.way.crossed) for row in several)
        alternative = parts.report.catalog.protocol_by_name[name].alternative or NONE_DOCUMENTED
        numbers = numbers_of(several, parts.numbers)
        rows.append((name, ports, str(len(several)), str(crossing), alternative, numbers))
    plain_table(sheets, headings, rows)


def _inwards(sheets: Sheets, parts: Parts) -> None:
    found = [row for row in parts.rows if row.source.kind.service and not row.destination.kind.service]
    if not found:
        sheets.remark(NONE_INWARDS)
        return
    headings = (
        Bilingual(en="From", ja="送信元"),
        Bilingual(en="Source addresses", ja="送信元IPアドレス"),
        Bilingual(en="To", ja="宛先"),
        Bilingual(en="Port", ja="ポート"),
        Bilingual(en="Why", ja="理由"),
        NUMBER,
    )
    rows = [
        (
            row.source.name,
            same(", ".join(row.source.source_addresses)) if row.source.source_addresses else NOT_GIVEN,
            row.destination.name,
            port_text(row.flow),
            row.reason.justification,
            numbers_of([row], parts.numbers),
        )
        for row in found
    ]
    plain_table(sheets, headings, rows)
