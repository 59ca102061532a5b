"""What holds for the findings of any design, shown on a few hundred random ones."""

import re

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.design import Design
from model.findings import Finding, findings
from tests.soak.derivation import designs

SEEDS = range(150)


@pytest.fixture(scope="module")
def surveyed(catalog: Catalog) -> list[tuple[int, Design, tuple[Finding, ...]]]:
    return [(seed, design, findings(derive(design, catalog))) for seed, design in designs(catalog, SEEDS)]


Surveyed = list[tuple[int, Design, tuple[Finding, ...]]]


def test_the_designs_give_reason_for_every_finding(catalog: Catalog, surveyed: Surveyed) -> None:
    """What follows means little for a finding that no design raises; the designs name the catalog they fit."""
    raised = {finding.code for _seed, _design, found in surveyed for finding in found}
    told = {*catalog.message_by_code, *(notice.code for notice in catalog.notices)}
    assert told - raised == {"catalog-mismatch"}


def test_findings_are_the_same_each_time_and_no_two_alike(catalog: Catalog, surveyed: Surveyed) -> None:
    for seed, design, found in surveyed:
        assert findings(derive(design, catalog)) == found, seed
        shown = [(finding.code, finding.message, finding.subjects) for finding in found]
        assert all(shown.count(each) == 1 for each in shown), seed


def test_sentences_are_complete_in_both_languages(surveyed: Surveyed) -> None:
    for seed, _design, found in surveyed:
        for finding in found:
            for language in ("en", "ja"):
                text = finding.message.text(language)
                assert not re.search(r"\{[a-z]+\}", text), (seed, text)
                assert text[-1] in ".。", (seed, text)
                assert finding.fix is None or finding.fix.label.text(language) != ""
            assert finding.message.en != finding.message.ja


def test_subjects_rules_and_discrepancies_exist(catalog: Catalog, surveyed: Surveyed) -> None:
    for seed, design, found in surveyed:
        for finding in found:
            known = design.component_by_id.keys() | design.zone_by_id.keys()
            assert set(finding.subjects) <= known, seed
            assert len(set(finding.subjects)) == len(finding.subjects), seed
            assert set(finding.rules) <= catalog.rule_by_id.keys(), seed
            assert set(finding.discrepancies) <= catalog.discrepancy_by_id.keys(), seed


def test_every_fix_applies_and_leaves_less_than_before(catalog: Catalog, surveyed: Surveyed) -> None:
    """Its finding is gone, concerns fewer components, or no longer offers the fix."""
    tried = set()
    for seed, design, found in surveyed:
        for finding in _one_of_each(found):
            assert finding.fix is not None
            tried.add(finding.code)
            after = finding.fix.edit(design)
            assert after != design, (seed, finding)
            for left in findings(derive(after, catalog)):
                same = left.code == finding.code and left.message == finding.message
                assert not (same and left.fix == finding.fix and left.subjects == finding.subjects), (
                    seed,
                    left,
                )
    assert {"missing-component", "excluded-component", "port-conflict", "unused-server"} <= tried


def _one_of_each(found: tuple[Finding, ...]) -> list[Finding]:
    """The first fixable finding of each code: random designs repeat some of them a hundred times."""
    return list({each.code: each for each in reversed(found) if each.fix is not None}.values())


def test_a_fix_made_late_passes_over_what_has_gone(catalog: Catalog, surveyed: Surveyed) -> None:
    for _seed, design, found in surveyed[:60]:
        empty = design.evolve(components=(), assignments=(), scenarios=())
        for finding in _one_of_each(found):
            assert finding.fix is not None
            finding.fix.edit(empty)
