"""What the sections are made from: the report, and what several of them need worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from exports.pdf.sections.numbers import Pair, numbered
from exports.pdf.sections.steps import Step, steps
from exports.report import Report
from model.tables.matrix import Row


@dataclass(frozen=True)
class Parts:
    """A report with the numbers of its openings and the steps to make them."""

    report: Report

    @cached_property
    def numbers(self) -> Mapping[Pair, int]:
        """The number of each pair of components."""
        return numbered(self.report.rows)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of flows that are to be, without the removed ones."""
        return tuple(row for row in self.report.rows if row.status != "removed")

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The implementation steps, in order."""
        return steps(self.report.rows)
