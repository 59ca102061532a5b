"""Section 10: what no longer works where a flow is refused, as far as the document lets one say."""

from __future__ import annotations

from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.table import plain_table
from exports.pdf.sections.numbers import NUMBER, numbers_of
from exports.pdf.sections.parts import Parts
from model.catalog.catalog import Catalog
from model.frozen import Bilingual
from model.tables.matrix import Row

TITLE = Bilingual(en="Impact if refused", ja="不許可時の影響")
LIMITS = Bilingual(
    en="The document does not describe how a component behaves when a connection is refused. "
    "What follows only says which documented connection would be missing.",
    ja="接続が拒否された場合のコンポーネントの動作は、文書に記載がありません。"
    "以下は、記載された接続のうち何が失われるかだけを示します。",
)
NOT_SAID = Bilingual(en="the document does not say", ja="文書に記載なし")
NOTHING = Bilingual(en="No flow is asked for.", ja="申請する通信はありません。")


def impacts(parts: Parts) -> list[tuple[Bilingual, Bilingual, list[Row]]]:
    """By purpose and by feature: its name, what is missing without its flows, and the flows.

    With a baseline only flows that come or change count: the others are not asked for.
    """
    catalog = parts.report.catalog
    by_feature: dict[str, list[Row]] = {}
    by_purpose: dict[str, list[Row]] = {}
    for row in parts.rows:
        if row.status == "unchanged":
            continue
        for feature in row.flow.basis.features:
            by_feature.setdefault(feature, []).append(row)
        for purpose in _purposes(catalog, row):
            by_purpose.setdefault(purpose, []).append(row)
    found = [
        (purpose.name, purpose.refused or NOT_SAID, by_purpose[purpose.id])
        for purpose in catalog.purposes
        if purpose.id in by_purpose
    ]
    found += [
        (feature.name, feature.refused or NOT_SAID, by_feature[feature.id])
        for feature in catalog.features
        if feature.id in by_feature
    ]
    return found


def _purposes(catalog: Catalog, row: Row) -> set[str]:
    """What a flow is for, as the rules behind it say: those that open something for a purpose of their own."""
    rules = [catalog.rule_by_id[name] for name in row.flow.basis.rules if name != catalog.proxy_rule]
    return {rule.purpose for rule in rules if rule.connections} or {row.flow.basis.purpose}


def add_refused(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    sheets.begin(10, TITLE)
    found = impacts(parts)
    if not found:
        sheets.remark(NOTHING)
        return
    sheets.remark(LIMITS)
    headings = (
        Bilingual(en="Feature or purpose", ja="機能・用途"),
        Bilingual(en="What degrades", ja="影響"),
        Bilingual(en="Symptom", ja="症状"),
        Bilingual(en="Flows", ja="通信数"),
        NUMBER,
    )
    plain_table(
        sheets,
        headings,
        [
            (name, text, NOT_SAID, str(len(rows)), numbers_of(rows, parts.numbers))
            for name, text, rows in found
        ],
    )
