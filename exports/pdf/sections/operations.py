"""Sections 14 and 15: who talks to whom, what to watch, and when openings end. What nobody entered is left blank."""

from __future__ import annotations

from exports.pdf.pages.sheets import Sheets, both
from exports.pdf.pages.table import plain_table
from exports.pdf.sections.joined import grouped_ports, port_text
from exports.pdf.sections.numbers import NUMBER, numbers_of
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.summary import by_firewall
from model.design.columns import Shown
from model.frozen import Bilingual
from model.tables.matrix import Row
from model.tables.wording import shortened

CONTACTS = Bilingual(en="Communication and monitoring", ja="連絡体制・監視")
DATES = Bilingual(en="Expiry and review dates", ja="有効期限・棚卸")
WATCH = Bilingual(en="What to watch", ja="監視項目")
TO_FILL_IN = Bilingual(en="To be filled in by hand.", ja="手書きで記入してください。")
DENIED = Bilingual(
    en="A packet that is denied shows a permit that is missing or too narrow.",
    ja="拒否された通信は、許可の不足を示します。",
)
_SOURCES = 12
"""How many sources of denied packets are named before the rest is counted."""
ROLES = (
    Bilingual(en="Change coordinator", ja="変更責任者"),
    Bilingual(en="Network operations", ja="ネットワーク運用"),
    Bilingual(en="Security operations", ja="セキュリティ運用"),
    Bilingual(en="Vendor support", ja="ベンダー窓口"),
)
REVIEW = (
    Bilingual(en="Review of all openings, next on", ja="全通信の次回棚卸日"),
    Bilingual(en="then every", ja="以後の周期"),
)
_LINE = "_" * 12
NO_FLOWS = Bilingual(en="No flow is asked for.", ja="申請する通信はありません。")
NO_BOUNDARY = Bilingual(
    en="No flow crosses a boundary, so no firewall has anything to log.",
    ja="境界を越える通信がないため、ファイアウォールで監視する項目はありません。",
)
_BLANK = "\u3000"


def add_contacts(sheets: Sheets, parts: Parts) -> None:
    """Lay section 14 out."""
    sheets.begin(14, CONTACTS)
    sheets.remark(TO_FILL_IN)
    headings = (
        Bilingual(en="Role", ja="役割"),
        Bilingual(en="Name", ja="氏名"),
        Bilingual(en="Telephone", ja="電話"),
        Bilingual(en="Mail or channel", ja="メール・チャネル"),
        Bilingual(en="Informed before / after", ja="事前・事後連絡"),
    )
    blanks = (f"{_BLANK * 14}\n", _BLANK * 10, _BLANK * 18, _BLANK * 10)  # two lines high, for a hand
    plain_table(sheets, headings, [(role, *blanks) for role in ROLES])
    sheets.sub(WATCH)
    seen = by_firewall(parts.rows, parts.report.language)
    if not seen:
        sheets.remark(NO_BOUNDARY)
        return
    sheets.remark(DENIED)
    plain_table(
        sheets,
        (
            Bilingual(en="Firewall or boundary", ja="機器または境界"),
            Bilingual(en="Look for", ja="確認すること"),
            NUMBER,
            Bilingual(en="Log reviewed: by, at", ja="ログ確認者・日時"),
        ),
        [(name, _watching(rows), numbers_of(rows, parts.numbers), _BLANK * 14) for name, rows in seen],
    )


def _watching(rows: list[Row]) -> Bilingual:
    sources = shortened(list(dict.fromkeys(row.source.name for row in rows)), _SOURCES)
    ports = grouped_ports((row.flow.transport, row.flow.port) for row in rows)
    return Bilingual(
        en=f"Denied packets from {sources.en} on {ports}", ja=f"{ports} の拒否ログ（送信元: {sources.ja}）"
    )


def _asked(text: Bilingual, language: Shown) -> str:
    """What stands before a line to write on: in both languages there is still one line."""
    return both(text, language) if language == "both" else text.text(language)


def add_dates(sheets: Sheets, parts: Parts) -> None:
    """Lay section 15 out."""
    sheets.begin(15, DATES)
    rows = parts.rows
    if not rows:
        sheets.remark(NO_FLOWS)
        return
    open_ended = sum(not row.record.expiry for row in rows)
    sheets.paragraph("   ".join(f"{_asked(each, sheets.language)}: {_LINE}" for each in REVIEW))
    sheets.remark(
        Bilingual(
            en=f"Flows without an expiry date: {open_ended} of {len(rows)}. Dates that nobody entered are left blank.",
            ja=f"有効期限が未設定の通信: {len(rows)} 件中 {open_ended} 件。未入力の日付は空欄です。",
        )
    )
    headings = (
        NUMBER,
        Bilingual(en="Flow ID", ja="通信ID"),
        Bilingual(en="From", ja="送信元"),
        Bilingual(en="To", ja="宛先"),
        Bilingual(en="Port", ja="ポート"),
        Bilingual(en="Owner", ja="申請者・管理責任者"),
        Bilingual(en="Start", ja="開始日"),
        Bilingual(en="Expiry", ja="有効期限"),
        Bilingual(en="Reviewed on, by", ja="棚卸日・確認者"),
    )
    plain_table(
        sheets,
        headings,
        [
            (
                numbers_of([row], parts.numbers),
                row.id,
                row.source.name,
                row.destination.name,
                port_text(row.flow),
                row.record.owner or _BLANK * 12,
                row.record.start or _BLANK * 8,
                row.record.expiry or _BLANK * 8,
                _BLANK * 14,
            )
            for row in rows
        ],
    )
