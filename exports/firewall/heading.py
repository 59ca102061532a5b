"""The lines at the head of every firewall file: what it was made from, and what it cannot express."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exports.firewall.permits import Inexpressible
from exports.report import Report
from model.design.columns import Shown, shown
from model.frozen import Bilingual

MADE_FROM = Bilingual(
    en="Portchart, catalog {catalog}, catalog SHA-256 {catalog_hash}, design SHA-256 {design_hash}",
    ja="Portchart、カタログ {catalog}、カタログ SHA-256 {catalog_hash}、設計ファイル SHA-256 {design_hash}",
)
EVERYTHING = Bilingual(en="Every flow is expressed.", ja="すべての通信を表現している。")
NOT_EXPRESSED = Bilingual(
    en="NOT EXPRESSED and therefore NOT OPENED: {number} flows:",
    ja="次の {number} 件の通信は表現できないため、開放していない:",
)


def heading(
    report: Report,
    notes: Sequence[Bilingual],
    refused: Iterable[Inexpressible],
    language: Shown | None = None,
) -> list[str]:
    """The head as plain lines without any comment mark: origin, notes for the reader, flows not expressed.

    `language` is that of the report unless a format can hold only one. Holds no text that users type freely.
    """
    spoken = language or report.language
    origin = shown(MADE_FROM, spoken).format(
        catalog=f"{report.catalog.id} {report.catalog.version}",
        catalog_hash=report.catalog_hash,
        design_hash=report.design_hash,
    )
    return [origin, *(shown(note, spoken) for note in notes), *not_expressed(refused, spoken)]


def not_expressed(refused: Iterable[Inexpressible], language: Shown) -> list[str]:
    """The flows a format cannot express, one a line under a line that counts them."""
    lines = [shown(each.line, language) for each in refused]
    if not lines:
        return [shown(EVERYTHING, language)]
    return [shown(NOT_EXPRESSED, language).format(number=len(lines)), *(f"  {line}" for line in lines)]


def commented(mark: str, lines: Iterable[str]) -> list[str]:
    """Lines behind a comment mark."""
    return [f"{mark} {line}".rstrip() for line in lines]
