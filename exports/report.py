"""The snapshot that every export is written from: one design at one moment, with all that follows from it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from exports.catalogs import CatalogFile
from exports.choice import EVERYTHING, Choice
from model.catalog.catalog import Catalog
from model.catalog.rules import Discrepancy, Rule
from model.derivation.comparison import Comparison, Status
from model.derivation.graph import FlowGraph
from model.design.columns import Shown, shown
from model.design.design import Design
from model.design.profile import NO_PROFILE, Profile
from model.findings import Finding, findings
from model.frozen import Bilingual
from model.storage import dump
from model.tables.allowlist import AllowedName, allow_list
from model.tables.columnsets import AS_IS
from model.tables.matrix import COLUMNS, NOT_GIVEN, Row, rows

if TYPE_CHECKING:
    from exports.existing.judge import Answer


@dataclass(frozen=True)
class Report:
    """What exports may show. It never changes, so a writer may work in another thread.

    `design_hash` and `catalog_hash` are SHA-256 in hexadecimal, of the design in canonical form and of the catalog's
    file. `comparison` says what changed against a baseline, where there is one; `choice` what of it all is written,
    `profile` whose report it is.
    """

    graph: FlowGraph
    findings: tuple[Finding, ...]
    comparison: Comparison | None
    language: Shown
    design_hash: str
    catalog_hash: str
    choice: Choice = EVERYTHING
    profile: Profile = NO_PROFILE
    existing: Answer | None = None
    """How flows and existing rules stand with each other, where they were compared."""

    @property
    def design(self) -> Design:
        """The design the report is about."""
        return self.graph.design

    @property
    def catalog(self) -> Catalog:
        """The catalog its flows come from."""
        return self.graph.catalog

    @property
    def title(self) -> str:
        """The title of the design, or of the catalog where it has none; never empty."""
        return self.design.title or self.catalog.title.text("ja" if self.language == "ja" else "en")

    @property
    def headings(self) -> Shown:
        """The language of the headings of tables."""
        return self.choice.headings or self.language

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The port matrix: every network flow."""
        found = rows(self.graph, self.comparison)
        if self.existing is None:
            return found
        return tuple(row._replace(standing=self.existing.flows.get(row.id)) for row in found)

    @cached_property
    def by_status(self) -> Counter[Status | None]:
        """How many rows of the port matrix are added, removed, changed and unchanged."""
        return Counter(row.status for row in self.rows)

    @cached_property
    def allow_list(self) -> tuple[AllowedName, ...]:
        """The URL allow-list."""
        return allow_list(self.graph, self.comparison)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that the matrix or a finding cites, and those that their readings name, in catalog order."""
        cited = {rule for row in self.rows for rule in row.flow.basis.rules}
        cited |= {rule for finding in self.findings for rule in finding.rules}
        readings = " ".join(self.catalog.rule_by_id[rule].reading.en for rule in cited)
        cited |= set(re.findall(r"\w+", readings))
        return tuple(rule for rule in self.catalog.rules if rule.id in cited)

    @property
    def discrepancies(self) -> list[Discrepancy]:
        """What is unclear in the vendor's document about a rule or a finding of the report."""
        named = {name for rule in self.rules for name in rule.discrepancies}
        named |= {name for finding in self.findings for name in finding.discrepancies}
        return [each for each in self.catalog.discrepancies if each.id in named]

    @cached_property
    def baseline_hash(self) -> str | None:
        """The SHA-256 of the baseline in canonical form, in hexadecimal; None without one."""
        return None if self.comparison is None else sha256(dump(self.comparison.before.design)).hexdigest()

    @cached_property
    def altered(self) -> tuple[Bilingual, ...]:
        """What was done to the baseline's design, in words; nothing without a baseline."""
        if self.comparison is None:
            return ()
        from model.whatif.differing import differences_in_words

        return differences_in_words(self.catalog, self.comparison.before.design, self.design)

    @property
    def about(self) -> tuple[tuple[Bilingual, str], ...]:
        """What identifies the report, as labelled texts; a change number that is not given says so."""
        catalog, document = self.catalog, self.design.document
        absent = shown(NOT_GIVEN, self.language)
        company = (
            ((Bilingual(en="Company", ja="会社名"), self.profile.company),) if self.profile.company else ()
        )
        return (
            *company,
            (Bilingual(en="Title", ja="件名"), self.title),
            (Bilingual(en="Change number", ja="変更管理番号"), document.change_number or absent),
            (Bilingual(en="Author", ja="作成者"), document.author or absent),
            (Bilingual(en="Catalog", ja="カタログ"), f"{catalog.id} {catalog.version}"),
            (Bilingual(en="Design SHA-256", ja="設計ファイル SHA-256"), self.design_hash),
            (Bilingual(en="Catalog SHA-256", ja="カタログ SHA-256"), self.catalog_hash),
            *self._baseline,
            *self._compared,
        )

    @property
    def _baseline(self) -> tuple[tuple[Bilingual, str], ...]:
        if self.comparison is None or self.baseline_hash is None:
            return ()
        before = self.comparison.before.design
        revision = max((each.number for each in before.document.revisions), default=None)
        known = (
            before.title or self.catalog.title.text("ja" if self.language == "ja" else "en"),
            before.document.change_number,
            ""
            if revision is None
            else shown(Bilingual(en=f"rev {revision}", ja=f"版 {revision}"), self.language),
        )
        return (
            (Bilingual(en="Baseline", ja="ベースライン"), " · ".join(each for each in known if each)),
            (Bilingual(en="Baseline SHA-256", ja="ベースライン SHA-256"), self.baseline_hash),
        )

    @property
    def _compared(self) -> tuple[tuple[Bilingual, str], ...]:
        if self.existing is None or not self.existing.files:
            return ()
        files = ", ".join(f"{each.name} ({each.sha256})" for each in self.existing.files)
        return ((Bilingual(en="Existing rules, SHA-256", ja="既存ルール SHA-256"), files),)

    @property
    def origin(self) -> str:
        """The design and the catalog behind the report, on one line, for formats that have room for little."""
        catalog = self.catalog
        return f"{self.title} · {catalog.id} {catalog.version} · {self.design_hash[:12]}"


def report(
    graph: FlowGraph,
    catalog: CatalogFile,
    language: Shown = "en",
    comparison: Comparison | None = None,
    choice: Choice = EVERYTHING,
    profile: Profile | None = None,
) -> Report:
    """The report on a graph that was derived with the catalog of `catalog`; `profile`: another than the design's."""
    return Report(
        graph,
        findings(graph),
        comparison,
        language,
        sha256(dump(graph.design)).hexdigest(),
        catalog.sha256,
        choice,
        graph.design.profile if profile is None else profile,
    )


def compared_with(about: Report, existing: Answer) -> Report:
    """A report with how its flows stand with existing rules, in two more columns of its matrix."""
    asked = about.choice.columns or tuple(column.id for column in COLUMNS)
    columns = tuple(dict.fromkeys((*asked, *(column.id for column in AS_IS))))
    return replace(about, existing=existing, choice=about.choice._replace(columns=columns))
