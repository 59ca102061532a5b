"""Section 9, the alternatives: the scenarios stored in the design, each compared with it."""

from __future__ import annotations

from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.table import plain_table
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.summary import opening_count
from exports.sentences import in_language
from model.derivation.comparison import Comparison, compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.columns import listed, same
from model.errors import DesignError
from model.frozen import Bilingual
from model.tables.columnsets import carried_encrypted
from model.whatif.overlay import included, overlaid
from model.whatif.words import change_text

TITLE = Bilingual(en="Alternatives considered", ja="代替案比較")
NO_SCENARIOS = Bilingual(
    en="The design stores no scenario, so there is none to compare.",
    ja="設計にシナリオが保存されていないため、比較する代替案はありません。",
)
PROPOSED = Bilingual(en="as proposed", ja="申請どおり")
INCLUDED = Bilingual(en="part of what is proposed", ja="申請に含まれる")
NO_CHANGES = Bilingual(en="no changes", ja="変更なし")


def add_alternatives(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    report = parts.report
    design, catalog, graph = report.design, report.catalog, report.graph
    sheets.begin(9, TITLE)
    if not design.scenarios:
        sheets.remark(NO_SCENARIOS)
        return
    rows: list[tuple[Bilingual | str, ...]] = [(PROPOSED, "—", *_counts(graph), *_weighed(graph), "", "", "")]
    for scenario in design.scenarios:
        changes = [change_text(catalog, design, change) for change in scenario.changes]
        words = listed(changes, same("\n")) if changes else NO_CHANGES
        if included(design, catalog, scenario):
            rows.append((scenario.name, words, "—", "—", "—", INCLUDED))
            continue
        try:
            other = derive(overlaid(design, catalog, scenario), catalog)
        except DesignError as error:
            rows.append((scenario.name, words, "—", "—", "—", _said(error), "", ""))
            continue
        differing = _differing(compare(graph, other))
        signs = tuple(f"{sign}{count}" for sign, count in zip("+−~", differing, strict=True))
        rows.append((scenario.name, words, *_counts(other), *_weighed(other), *signs))
    headings = (
        Bilingual(en="Scenario", ja="シナリオ"),
        Bilingual(en="Changes", ja="変更内容"),
        Bilingual(en="Flows", ja="通信数"),
        Bilingual(en="Firewall openings", ja="FW開放数"),
        Bilingual(en="Destination names", ja="宛先FQDN数"),
        Bilingual(en="Flows not encrypted", ja="暗号化されない通信"),
        Bilingual(en="Added", ja="追加"),
        Bilingual(en="Removed", ja="廃止"),
        Bilingual(en="Changed", ja="変更"),
    )
    plain_table(sheets, headings, [(*row, *("",) * (len(headings) - len(row))) for row in rows])


def _differing(compared: Comparison) -> tuple[int, int, int]:
    """How many flows of the port matrix come, go and change."""
    changed = [change.after for change in compared.changed]
    added, removed, kept = (
        sum(flow.basis.scope == "network" for flow in flows)
        for flows in (compared.added, compared.removed, changed)
    )
    return added, removed, kept


def _counts(graph: FlowGraph) -> tuple[str, str, str]:
    return str(len(graph.network)), str(opening_count(graph)), str(len(graph.fqdns))


def _weighed(graph: FlowGraph) -> tuple[str]:
    """How many flows are not encrypted, counted as section 8 counts them."""
    return (str(sum(not carried_encrypted(graph.catalog, flow.basis) for flow in graph.network)),)


def _said(error: DesignError) -> Bilingual:
    return Bilingual(en=in_language(error, "en"), ja=in_language(error, "ja"))
