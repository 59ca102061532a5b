"""What the title page says about a report, in words and small tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exports.pdf.pages.sheets import both, stacked
from exports.pdf.pages.table import TableRow
from exports.pdf.sections.joined import grouped_ports
from exports.report import Report
from model.derivation.comparison import Status
from model.derivation.graph import FlowGraph
from model.design.columns import Shown, same, together
from model.design.design import Revision
from model.frozen import Bilingual
from model.tables.matrix import SAME_ZONE, Crossing, Ends, Row

FIREWALLS_SHOWN = 8


def latest(report: Report) -> Revision | None:
    """The revision with the highest number."""
    return max(report.design.document.revisions, key=lambda each: each.number, default=None)


def facts(report: Report) -> list[tuple[str, str]]:
    """What identifies the request: labels and values."""
    catalog, document, revision = report.catalog, report.design.document, latest(report)
    found = [(Bilingual(en="Change", ja="変更管理番号"), document.change_number or "—")]
    if revision is not None:
        issue = f"{revision.number} · {revision.date}" if revision.date else str(revision.number)
        found.append((Bilingual(en="Revision", ja="版"), issue))
    found.append((Bilingual(en="Author", ja="作成者"), document.author or "—"))
    found.append((Bilingual(en="Catalog", ja="カタログ"), f"{catalog.id} {catalog.version}"))
    return [(both(label, report.language), value) for label, value in found]


def asked(report: Report) -> Bilingual:
    """What the board is asked to permit, in two sentences."""
    graph = report.graph
    if report.comparison is not None:
        return _changes_asked(report)
    crossing, openings = sum(bool(row.crossing.way.crossed) for row in report.rows), opening_count(graph)
    components, names = len(graph.design.components), len(graph.fqdns)
    return Bilingual(
        en=f"Permit the flows of the port matrix: {_count(len(graph.network), 'flow')} between"
        f" {_count(components, 'component')} ({_count(graph.hosts, 'host')}), {crossing} of them across a zone"
        f" boundary, to {_count(names, 'destination name')} of the URL allow-list. Counted once for each pair of"
        f" zones and port, these are {_count(openings, 'firewall opening')}.",
        ja=f"通信要件一覧に記載した {len(graph.network):,} 件の通信（{components:,} コンポーネント、"
        f"{graph.hosts:,} ホスト）の許可を申請します。このうち {crossing:,} 件がゾーンの境界を越え、"
        f"ゾーンの組とポートごとに数えた FW開放は {openings:,} 件です。"
        f"宛先の FQDN {names:,} 件は URL許可リストに示します。",
    )


_ASKED: tuple[tuple[Status, str, str], ...] = (
    ("added", "permit", "新規許可"),
    ("changed", "change", "変更"),
    ("removed", "close", "廃止"),
)


def _changes_asked(report: Report) -> Bilingual:
    """What is to come, change and go, without what there is none of."""
    counts, stay = report.by_status, report.by_status["unchanged"]
    staying = f"{_count(stay, 'flow')} {'stays as it is' if stay == 1 else 'stay as they are'}."
    parts = [(verb, what, counts[status]) for status, verb, what in _ASKED if counts[status]]
    if not parts:
        return Bilingual(
            en=f"Nothing changes: {staying}", ja=f"変更はありません。通信 {stay:,} 件はそのままです。"
        )
    (verb, _, count), *others = parts
    first = f"{verb.capitalize()} {_count(count, 'new flow' if verb == 'permit' else 'flow')}"
    english = together([same(each) for each in (first, *(f"{verb} {count:,}" for verb, _, count in others))])
    japanese = "、".join(f"{count:,} 件の{what}" for _, what, count in parts)
    return Bilingual(
        en=f"{english.en}; {staying}", ja=f"通信 {japanese}を申請します。{stay:,} 件は変更しません。"
    )


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def opening_count(graph: FlowGraph) -> int:
    """As many as `graph.openings`, without the ways between zones, for which networkx would have to load."""
    crossing = ((graph.zone(flow.source), graph.zone(flow.destination), *flow[1:4]) for flow in graph.network)
    return len({key for key in crossing if key[0] != key[1]})


def by_firewall(rows: Iterable[Row], language: Shown) -> list[tuple[str, list[Row]]]:
    """The rows that each firewall (or zone boundary without one) sees, in their order; busiest firewalls first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for name in _places(row.crossing, language):
            found.setdefault(name, []).append(row)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def permits_by_firewall(rows: Iterable[Row], language: Shown) -> list[tuple[str, list[Row]]]:
    """The same, with the permits that have to go at a firewall because a flow no longer passes it."""
    found = dict(by_firewall(rows, language))
    for row in rows:
        if row.moved is None:
            continue
        for name in _places(row.moved.crossing, language):
            if name not in _places(row.crossing, language):
                found.setdefault(name, []).append(_former(row, row.moved))
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def _places(crossing: Crossing, language: Shown) -> tuple[str, ...]:
    return crossing.way.firewalls or (stacked(crossing.names, language),) if crossing.way.crossed else ()


def _former(row: Row, ends: Ends) -> Row:
    """A flow as it was, at a firewall that it no longer passes."""
    return row._replace(
        status="removed",
        flow=row.before or row.flow,
        before=None,
        source=ends.source,
        destination=ends.destination,
        crossing=ends.crossing,
    )


def firewall_rows(report: Report) -> list[TableRow]:
    """One row per firewall (or zone boundary) crossed: what changes there in a comparison, flows and ports.

    Those with the most changes come first, then the busiest; last what stays within a zone, so that no flow is missing.
    """
    ordered = sorted(
        permits_by_firewall(report.rows, report.language), key=lambda item: -sum(_changes(item[1]).values())
    )
    shown = [TableRow(_concerned(report, name, rows)) for name, rows in ordered[:FIREWALLS_SHOWN]]
    others = len(ordered) - len(shown)
    if others > 0:
        more = Bilingual(en=f"{others} more in the port matrix", ja=f"ほか {others} 件は通信要件一覧を参照")
        shown.append(TableRow((stacked(more, report.language), *[""] * (len(shown[0].cells) - 1))))
    inside = [row for row in report.rows if not row.crossing.way.crossed]
    if inside:
        shown.append(TableRow(_concerned(report, stacked(SAME_ZONE, report.language), inside)))
    return shown


def _concerned(report: Report, name: str, rows: Sequence[Row]) -> tuple[str, ...]:
    staying = [row for row in rows if row.status != "removed"]
    about = str(len(staying)), _ports(staying) or "—"
    if report.comparison is None:
        return (name, *about)
    return (
        name,
        " ".join(f"{sign}{count}" for sign, count in _changes(rows).items() if count) or "—",
        *about,
    )


def _changes(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows come, go and change, by the sign of each."""
    found = {"+": 0, "−": 0, "~": 0}
    signs: dict[Status | None, str] = {"added": "+", "removed": "−", "changed": "~"}
    for row in rows:
        if row.status in signs:
            found[signs[row.status]] += 1
    return found


def _ports(rows: Iterable[Row]) -> str:
    return grouped_ports((row.flow.transport, row.flow.port) for row in rows)


def revision_rows(revisions: Sequence[Revision]) -> list[TableRow]:
    """Rows of the revision list, newest first."""
    ordered = sorted(revisions, key=lambda each: -each.number)
    return [TableRow((str(each.number), each.date, each.author, each.text)) for each in ordered]


def revision_headings(report: Report) -> list[str]:
    """The headings of the revision list."""
    names = (
        Bilingual(en="Rev", ja="版"),
        Bilingual(en="Date", ja="日付"),
        Bilingual(en="Author", ja="作成者"),
        Bilingual(en="Change", ja="変更内容"),
    )
    return [both(name, report.language) for name in names]
