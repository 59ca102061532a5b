"""The top of the page: title, counts, the features that are on, and the way to every section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exports.html.logo import logo_lines
from exports.html.words import FEATURES, SECTIONS, said
from exports.markup import escaped
from exports.report import Report
from model.derivation.effective import effective_feature
from model.design.columns import COMMA, listed
from model.frozen import Bilingual


def opening(report: Report, contents: Sequence[tuple[str, Bilingual]]) -> Iterator[str]:
    """The lines of the header; `contents`: the sections' anchors and titles."""
    words = report.language
    yield "<header>"
    profile = report.profile
    if profile.company or profile.logo is not None:
        yield '<p class="company">'
        if profile.logo is not None:
            yield from logo_lines(profile.logo)
        yield f"<span>{escaped(profile.company)}</span></p>"
    yield f"<h1>{escaped(report.title)}</h1>"
    yield '<ul class="counts">'
    for status, sign, count, name in _counts(report):
        mark = f' class="{status}"' if status and count else ""
        yield f"<li{mark}><b>{sign}{count:,}</b> {said(name, words)}</li>"
    yield "</ul>"
    on = _features(report)
    if on:
        yield f'<p class="note">{said(FEATURES, words)}: {said(listed(on, COMMA), words)}</p>'
    yield f'<nav aria-label="{said(SECTIONS, words)}"><ul>'
    yield from (f'<li><a href="#{name}">{said(title, words)}</a></li>' for name, title in contents)
    yield "</ul></nav>"
    yield "</header>"


def _counts(report: Report) -> Iterator[tuple[str, str, int, Bilingual]]:
    """Status, sign, number and name of what is counted; with a comparison what changes."""
    graph, count = report.graph, report.by_status
    if report.comparison is not None:
        yield "added", "+", count["added"], Bilingual(en="flows added", ja="件の通信を追加")
        yield "removed", "−", count["removed"], Bilingual(en="flows removed", ja="件を廃止")
        yield "changed", "~", count["changed"], Bilingual(en="flows changed", ja="件を変更")
        yield "", "", count["unchanged"], Bilingual(en="flows unchanged", ja="件は変更なし")
    else:
        yield "", "", graph.hosts, Bilingual(en="hosts", ja="ホスト")
        yield "", "", len(graph.network), Bilingual(en="flows", ja="通信")
    yield "", "", len(graph.openings), Bilingual(en="firewall openings", ja="FW開放")
    yield "", "", len(graph.fqdns), Bilingual(en="destination names", ja="宛先FQDN")
    yield "", "", len(report.findings), Bilingual(en="findings", ja="確認事項")


def _features(report: Report) -> list[Bilingual]:
    """The features that are on for the design as a whole."""
    return [
        feature.name
        for feature in report.catalog.features
        if effective_feature(report.design, None, feature).value
    ]
