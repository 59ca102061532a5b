"""Sections 16 and 17: what is still open, and what a reader may want to look up."""

from __future__ import annotations

from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.style import paper_theme
from exports.pdf.pages.table import (
    Area,
    TableRow,
    area_heading,
    flow_table,
    headings_of,
    plain_table,
    rows_of,
)
from exports.pdf.sections.cover import NO_REVISIONS, REVISIONS
from exports.pdf.sections.numbers import NUMBER, runs
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.summary import revision_headings, revision_rows
from exports.report import Report
from exports.tables import finding_columns
from model.findings.board import REJECTED, rejections
from model.frozen import Bilingual
from model.tables.matrix import NECESSITY_NAMES, NOT_GIVEN
from model.tables.reason import NOT_PRINTED

OPEN = Bilingual(en="Open points", ja="課題・確認事項")
APPENDIX = Bilingual(en="Appendix", ja="付録")
FINDINGS = Bilingual(en="Findings", ja="確認事項")
UNCLEAR = Bilingual(en="Where the document is unclear", ja="文書の不明点と解釈")
NONE_REJECTED = Bilingual(
    en="Every row has addresses, a reason, an owner, a start and an end date, and none says any.",
    ja="すべての行にアドレス、設定理由、申請者・管理責任者、開始日、有効期限があり、「any」はありません。",
)
NO_FINDINGS = Bilingual(en="There are no findings.", ja="確認事項はありません。")
NO_UNCLEAR = Bilingual(
    en="No rule or finding of this report rests on an unclear place.",
    ja="この報告書のルールと確認事項に関わる不明点はありません。",
)
FINGERPRINTS = Bilingual(en="What this report was made from", ja="作成元")
GLOSSARY = Bilingual(en="Glossary", ja="用語")
LEGEND = Bilingual(en="Legend", ja="凡例")
_GAP = 22.0
_SIGNS, _SIGNS_IN_BOTH = 190.0, 270.0
"""The height of the glossary and of the legend beside it, in points, in one language and in both: kept together."""

_TERMS: tuple[tuple[Bilingual, Bilingual], ...] = (
    (
        Bilingual(en="Component", ja="コンポーネント"),
        Bilingual(
            en="One host, a group of identical hosts (×40), or a service of the vendor.",
            ja="1 台のホスト、同じ構成のホスト群（×40 など）、またはベンダーのサービス。",
        ),
    ),
    (
        Bilingual(en="Flow", ja="通信"),
        Bilingual(
            en="One connection that must be permitted, from who opens it to who listens. Replies are implied.",
            ja="許可が必要な 1 つの接続。開始する側から待ち受ける側へ向かい、応答を含みます。",
        ),
    ),
    (
        Bilingual(en="Flow ID", ja="通信ID"),
        Bilingual(
            en="Made from source, destination and the printed port: it stays the same in every edition and language.",
            ja="送信元、宛先、記載されたポートから作られ、版や言語が変わっても同じです。",
        ),
    ),
    (
        NOT_PRINTED,
        Bilingual(
            en="The vendor's document names nothing in this place.",
            ja="ベンダーの文書に該当する記載がありません。",
        ),
    ),
    (
        NOT_GIVEN,
        Bilingual(en="Nobody has entered this in the design.", ja="設計に入力されていません。"),
    ),
    (
        NECESSITY_NAMES["required"],
        Bilingual(en="The row of the document has no condition.", ja="文書の行に条件がありません。"),
    ),
    (
        NECESSITY_NAMES["conditional"],
        Bilingual(
            en="The row has a condition, which holds in this design.",
            ja="文書の行に条件があり、この設計では成り立ちます。",
        ),
    ),
    (
        NECESSITY_NAMES["optional"],
        Bilingual(
            en="Printed without practical use, or added on request; may stay closed.",
            ja="実用上は不要な記載、または要望による追加で、閉じたままでも構いません。",
        ),
    ),
    (
        Bilingual(en="uncertain, inferred", ja="不確か・推定"),
        Bilingual(
            en="A name printed for other agent versions only; a name that is not printed and was switched on.",
            ja="別のバージョン用に記載された名前、および記載がなく設計で有効にした名前。",
        ),
    ),
)


def add_open_points(sheets: Sheets, parts: Parts) -> None:
    """Lay section 16 out."""
    report = parts.report
    sheets.begin(16, OPEN)
    sheets.sub(FINDINGS)
    _findings(sheets, report)
    sheets.sub(REJECTED)
    _rejections(sheets, parts)
    sheets.sub(UNCLEAR)
    unclear = report.discrepancies
    if not unclear:
        sheets.remark(NO_UNCLEAR)
        return
    headings = (
        Bilingual(en="No.", ja="番号"),
        Bilingual(en="Question", ja="不明点"),
        Bilingual(en="Our reading", ja="解釈"),
        Bilingual(en="Rules", ja="根拠ルール"),
    )
    cited = {rule.id for rule in report.rules}
    rows = [
        (each.id, each.subject, each.reading, ", ".join(rule for rule in each.rules if rule in cited) or "—")
        for each in unclear
    ]
    plain_table(sheets, headings, rows)


def _findings(sheets: Sheets, report: Report) -> None:
    if not report.findings:
        sheets.remark(NO_FINDINGS)
        return
    columns = [column for column in finding_columns(report.graph) if column.id not in ("fix", "code")]
    colours = {"error": paper_theme().changes["removed"], "warning": paper_theme().changes["changed"]}
    rows = []
    for row, item in zip(rows_of(columns, report.findings, report.language), report.findings, strict=True):
        style = colours.get(item.severity)
        rows.append(TableRow(row.cells, ("#ffffff", style.colour) if style else None))
    flow_table(sheets, headings_of(columns, report.language), rows, bold=(0,))


def _rejections(sheets: Sheets, parts: Parts) -> None:
    found = rejections(parts.report.graph)
    if not found:
        sheets.remark(NONE_REJECTED)
        return
    headings = (
        Bilingual(en="What would be rejected", ja="差し戻される内容"),
        Bilingual(en="Flows", ja="通信数"),
        NUMBER,
    )
    rows = [
        (each.text, str(len(each.flows)), runs(parts.numbers[flow[:2]] for flow in each.flows))
        for each in found
    ]
    plain_table(sheets, headings, rows)


def add_appendix(sheets: Sheets, parts: Parts) -> None:
    """Lay section 17 out."""
    report = parts.report
    sheets.begin(17, APPENDIX)
    sheets.sub(FINGERPRINTS)
    source = Bilingual(en="Vendor document", ja="ベンダー文書")
    product = report.catalog.document
    rows: list[tuple[Bilingual | str, Bilingual | str]] = [*report.about]
    rows.append(
        (
            source,
            Bilingual(
                en=f"{product.title.en}, {product.product}", ja=f"{product.title.ja}、{product.product}"
            ),
        )
    )
    plain_table(sheets, (Bilingual(en="What", ja="項目"), Bilingual(en="Value", ja="値")), rows)
    sheets.sub(REVISIONS)
    revisions = revision_rows(report.design.document.revisions)
    if revisions:
        flow_table(sheets, revision_headings(report), revisions)
    else:
        sheets.remark(NO_REVISIONS)
    _signs(sheets, report)


def _signs(sheets: Sheets, report: Report) -> None:
    """The glossary, and beside it the legend."""
    paper = sheets.page.paper
    glossary = Area(paper.left, (paper.room - _GAP) * 0.6)
    legend = Area(glossary.left + glossary.width + _GAP, paper.room - glossary.width - _GAP)
    sheets.keep(_SIGNS_IN_BOTH if report.language == "both" else _SIGNS)
    sheets.y += 8
    page, top = sheets.page, sheets.y
    area_heading(sheets, GLOSSARY, glossary)
    headings = (Bilingual(en="Term", ja="用語"), Bilingual(en="Meaning", ja="意味"))
    plain_table(sheets, headings, _TERMS, area=glossary)
    if sheets.page is page:
        sheets.y = top
    area_heading(sheets, LEGEND, legend)
    _legend(sheets, report, legend)


def _legend(sheets: Sheets, report: Report, area: Area) -> None:
    """What lines, signs and frames mean, in words, for those who cannot see the colours."""
    theme = paper_theme()
    rows: list[tuple[Bilingual | str, Bilingual | str]] = []
    for purpose in report.catalog.purposes:
        rows.append((_line(theme.purpose(purpose.id).dash), purpose.name))
    for status, name in (
        ("added", Bilingual(en="added: thick line", ja="追加: 太線")),
        ("removed", Bilingual(en="removed: short dashes", ja="廃止: 短い破線")),
        ("changed", Bilingual(en="changed: long dashes", ja="変更: 長い破線")),
    ):
        rows.append((theme.changes[status].mark, name))
    number = Bilingual(
        en="The number of a source and destination, the same in every section.",
        ja="通信の番号。送信元と宛先の組ごとに 1 つで、すべての章で共通です。",
    )
    rows.append(("1, 2, 3 …", number))
    headings = (Bilingual(en="Sign", ja="記号"), Bilingual(en="Meaning", ja="意味"))
    plain_table(sheets, headings, rows, area=area)


def _line(dash: tuple[float, ...]) -> Bilingual:
    if not dash:
        return Bilingual(en="solid line", ja="実線")
    if len(dash) > 2:
        return Bilingual(en="dash-dotted line", ja="一点鎖線")
    if dash[0] > 12:
        return Bilingual(en="long dashes", ja="長い破線")
    if dash[0] > 4:
        return Bilingual(en="dashed line", ja="破線")
    if dash[0] < 2:
        return Bilingual(en="fine dots", ja="細かい点線")
    return Bilingual(en="dotted line", ja="点線")
