"""What single sections tell: risks, impacts, reasons, dates, alternatives, and what the sections say of each other."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from exports.catalogs import catalog_file
from exports.choice import Choice
from exports.pdf.sections.numbers import numbered, runs
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.reasons import condition_ways
from exports.pdf.sections.refused import impacts
from exports.pdf.sections.risk import weak_services
from exports.report import report
from model.derivation.derive import derive
from model.design.changes import Change, Scenario
from model.design.columns import Shown
from model.design.design import Design
from model.whatif.overlay import overlaid
from tests.designs import shipped_catalog
from tests.exports.pdf.reading import (
    LANGUAGES,
    report_called,
    squeezed,
    tables,
    text_of,
    whole_rows,
)
from tests.reports import SAMPLES, compared_report, report_of, sample, with_record


def test_runs_of_numbers_are_shortened() -> None:
    assert runs([7, 1, 2, 3, 3, 9, 10]) == "1–3, 7, 9–10"
    assert runs([]) == ""


def test_numbers_follow_the_matrix_and_belong_to_one_pair_each() -> None:
    rows = report_called("multi-vpc", "en").rows
    numbers = numbered(rows)
    assert sorted(numbers.values()) == list(range(1, len({row.flow[:2] for row in rows}) + 1))
    in_order = [numbers[row.flow[:2]] for row in rows]
    assert in_order == sorted(in_order)


@pytest.mark.parametrize("name", SAMPLES)
def test_risk_lists_every_flow_that_is_not_encrypted(name: str) -> None:
    parts = Parts(report_called(name, "en"))
    catalog = parts.report.catalog
    listed = {row.id for rows in weak_services(parts).values() for row in rows}
    plain = {each.name for each in catalog.protocols if not each.encrypted}
    assert listed == {row.id for row in parts.rows if plain & set(row.flow.basis.protocol.split(", "))}
    found = {row[0]: row for row in whole_rows(name, "en", 8, 6)}
    for protocol in weak_services(parts):
        alternative = catalog.protocol_by_name[protocol].alternative
        said = "none documented" if alternative is None else alternative.en
        assert found[squeezed(protocol)][4] == squeezed(said)


@pytest.mark.parametrize("name", [*SAMPLES, "compared"])
def test_every_flow_asked_for_has_an_impact(name: str) -> None:
    parts = Parts(report_called(name, "ja"))
    asked = {row.id for row in parts.rows if row.status != "unchanged"}
    assert {row.id for _, _, rows in impacts(parts) for row in rows} == asked
    for feature in parts.report.catalog.features:
        rows = [row for row in parts.rows if row.id in asked and feature.id in row.flow.basis.features]
        named = [found for said, _, found in impacts(parts) if said == feature.name]
        assert named == ([rows] if rows else [])


def test_the_catalog_says_what_is_missing_for_each_purpose_and_each_feature_with_flows() -> None:
    catalog = shipped_catalog()
    assert all(purpose.refused is not None for purpose in catalog.purposes)
    asking = {
        name
        for each in SAMPLES
        for flow in derive(sample(each), catalog).flows
        for name in flow.basis.features
    }
    assert asking
    for name in asking:
        refused = catalog.feature_by_id[name].refused
        assert refused is not None
        assert refused.en != refused.ja


@pytest.mark.parametrize("name", SAMPLES)
def test_conditions_shown_hold(name: str) -> None:
    ways = condition_ways(Parts(report_called(name, "en")))
    assert ways
    assert all(
        way[0].holds and not way[0].depth and rows for found in ways.values() for way, rows in found.items()
    )


def test_a_condition_that_holds_in_two_ways_is_printed_once_with_two_marks() -> None:
    """Of the on-premises sample: one group takes reputation from its own server, the other from the Network."""
    (found,) = [row for row in whole_rows("on-premises", "en", 7, 5) if row[0] == "P12"]
    assert found[3].startswith("No.10,16|19,22:✓✓afeaturestillusestheSmartProtectionNetwork")
    assert "×✓SmartScan" not in found[3]
    assert "×✓Filereputationfrom:“SmartProtectionNetwork”" in found[3]
    assert found[3].count("ProcessMemoryScanison") == 1


def test_readings_come_first_in_the_language_of_the_report() -> None:
    readings = {
        language: [row[2] for row in whole_rows("single-vpc", language, 7, 5)] for language in LANGUAGES
    }
    assert all(text[:3].isascii() for language in ("en", "both") for text in readings[language])
    assert readings["ja"][0] == (
        "管理者のコンピュータは、DNSサーバの53番へUDPで問い合わせます。"
        "Theadministrator'scomputeraskstheDNSserveron53overUDP."
    )


@pytest.mark.parametrize(
    "sections", [(0, 1), (1, 3, 5), (8, 9, 10), (11,), (13, 14, 15), (16, 17), (1, 7, 16)]
)
def test_no_section_is_referred_to_that_is_left_out(sections: tuple[int, ...]) -> None:
    for language in LANGUAGES:
        printed = text_of(compared_report(language), *sections)
        named = re.findall(r"section(\d+)", printed) + re.findall(r"(\d+)章", printed)
        assert {*map(int, named)} <= {*sections}
    both = text_of(compared_report("both"), 1, 7)
    assert "section7" in both
    assert "7章" in both


@pytest.mark.parametrize("section", [2, 9, 11, 13, 16])
def test_no_round_bracket_stands_within_or_right_after_another(section: int) -> None:
    cells = [cell for table in tables("multi-vpc", "ja", section) for row in table for cell in row]
    assert any("（" in cell for cell in cells)
    assert not [cell for cell in cells if re.search("（[^）]*（|）（", squeezed(cell))]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_dates_and_owners_are_printed_and_blanks_left_blank(language: Shown) -> None:
    design = sample("single-vpc")
    first, second = (row.id for row in report_of(design).rows[:2])
    design = with_record(
        design, first, owner="佐藤", start="2026-04-01", expiry="2027-03-31", test="passed 4/2"
    )
    about = replace(report_of(design, language), choice=Choice(frozenset({15})))
    printed = text_of(about, 15)
    assert "佐藤2026-04-012027-03-31" in printed
    assert f"{len(about.rows) - 1}" in printed
    assert second in printed
    assert "passed4/2" in text_of(about, 12)


def test_what_a_board_would_reject_is_among_the_open_points() -> None:
    design = sample("on-premises")
    printed = text_of(report_of(design), 16)
    assert "Whatachangeboardwouldrejectinthematrix" in printed
    assert "Rowswithneitheraddressnornameofthedestination17" in printed  # one flow, of opening 7
    assert "Rowswithoutanenddate441–32" in printed
    ids = [row.id for row in report_of(design).rows]
    for name in ids:
        design = with_record(design, name, owner="A", start="2026-04-01", expiry="2027-03-31")
    assert "Rowswithoutanenddate" not in text_of(report_of(design), 16)


@pytest.mark.parametrize("name", SAMPLES)
def test_unclear_places_cite_rules_that_section_7_has(name: str) -> None:
    cited = {row[0] for row in whole_rows(name, "en", 7, 5)}
    unclear = [row for row in whole_rows(name, "en", 16, 4) if row[0].startswith("A")]
    assert unclear
    assert all(row[3] == "—" or set(row[3].split(",")) <= cited for row in unclear)


def test_a_long_condition_is_said_once() -> None:
    """P12 and P13, and P15 and P16, print one condition each, and P17 with P18; P15 and P17 differ."""
    found = {row[0]: row[3] for row in whole_rows("on-premises", "en", 7, 5)}
    same_as = {rule: text.split(",")[0] for rule, text in found.items() if text.startswith("asfor")}
    assert same_as == {"P13": "asforP12", "P16": "asforP15", "P18": "asforP17"}
    assert "afeaturestillusestheSmartProtectionNetwork" in found["P12"]
    assert found["P15"] != found["P17"]


def test_scenarios_are_compared_and_their_absence_is_said() -> None:
    design = sample("on-premises")
    assert "Thedesignstoresnoscenario" in text_of(report_of(design), 9)
    off = Change(feature="behavior-monitoring", value=False)
    broken = Change(feature="no-such-feature", value=True)
    design = design.evolve(
        scenarios=(
            Scenario(id="less", name="Without monitoring", changes=(off,)),
            Scenario(id="broken", name="Impossible", changes=(broken,)),
        )
    )
    printed = text_of(report_of(design), 9)
    assert "Withoutmonitoring" in printed
    assert "BehaviorMonitoringoff" in printed
    assert "nofeatureno-such-feature" in printed


def test_what_is_not_encrypted_is_counted_alike_where_risks_and_alternatives_are_told() -> None:
    """Read from the pages; no service of the sample shares its flows with another."""
    risks = whole_rows("multi-vpc", "en", 8, 6)
    proposed, *_ = whole_rows("multi-vpc", "en", 9, 9)
    assert proposed[0] == "asproposed"
    assert sum(
        int(row[2]) for row in risks[: len(weak_services(Parts(report_called("multi-vpc", "en"))))]
    ) == int(proposed[5])


def test_every_source_of_denied_packets_is_named() -> None:
    rows = whole_rows("multi-vpc", "en", 14, 4)
    (busiest,) = [row for row in rows if row[0] == "fw-soc-01"]
    flows = [
        row for row in report_called("multi-vpc", "en").rows if "fw-soc-01" in row.crossing.way.firewalls
    ]
    assert len(flows) == 13
    for flow in flows:
        assert squeezed(flow.source.name) in busiest[1]
    assert busiest[1].endswith("onTCP443,6514·UDP53,123")


def test_the_allow_list_says_ports_as_the_other_sections_do() -> None:
    ports = {row[2] for row in whole_rows("on-premises", "en", 6, 6)}
    assert ports == {"TCP443", "TCP80,443", "TCP80,443,5274,5275"}


def test_the_scenario_that_is_proposed_is_no_alternative_to_itself() -> None:
    saved = sample("multi-vpc")
    server, without = saved.scenarios
    proposed = overlaid(saved, report_of(saved).catalog, server)
    printed = text_of(report_of(proposed), 9)
    assert "partofwhatisproposed" in printed
    assert "Therealreadyis" not in printed, "adding its server once more is no alternative"
    assert "partofwhatisproposed" not in text_of(report_of(saved), 9)
    both = overlaid(saved, report_of(saved).catalog, server, without)
    assert text_of(report_of(both), 9).count("partofwhatisproposed") == 2


def test_a_report_needs_no_components() -> None:
    empty = Design(catalog=sample("single-vpc").catalog)
    catalog = shipped_catalog()
    about = report(derive(empty, catalog), catalog_file(), "both")
    for section in range(18):
        assert text_of(about, section)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Reviewofallopenings,nexton:____________thenevery:____________"),
        ("ja", "全通信の次回棚卸日:____________以後の周期:____________"),
        ("both", "nexton全通信の次回棚卸日:____________thenevery以後の周期:____________"),
    ],
)
def test_the_review_is_asked_for_in_the_languages_of_the_report(language: Shown, line: str) -> None:
    assert line in text_of(report_called("on-premises", language), 15)
