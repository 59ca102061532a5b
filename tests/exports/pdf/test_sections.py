"""What single sections tell: risks, impacts, dates, alternatives, what changed, and large designs in parts."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdf
import pytest

from exports.catalogs import catalog_file
from exports.choice import Choice
from exports.pdf import write_pdf
from exports.pdf.sections.delta import delta_picture
from exports.pdf.sections.numbers import numbered, runs
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.reasons import condition_ways
from exports.pdf.sections.refused import impacts
from exports.pdf.sections.risk import weak_services
from exports.pdf.sections.split import areas_of
from exports.pdf.sections.summary import opening_count
from exports.pdf.sections.topology import look_of
from exports.report import Report, report
from model.derivation.derive import derive
from model.design.changes import Change, Scenario
from model.design.columns import Shown
from model.design.design import Design
from model.design.elements import Component, Zone
from model.picture.connectors import link_text, links
from model.shapes.primitives import Box, Group, Line
from model.whatif.overlay import overlaid
from tests.bench.toggle import large_design
from tests.designs import shipped_catalog
from tests.exports.pdf.reading import LANGUAGES, report_called, squeezed, tables, whole_rows
from tests.reports import SAMPLES, compared_report, report_of, sample, with_record


def text_of(about: Report, *sections: int) -> str:
    chosen = replace(about, choice=Choice(frozenset(sections)))
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(chosen)))
    return squeezed("".join(page.extract_text() for page in opened.pages))


def lines_of(about: Report, section: int) -> list[str]:
    chosen = replace(about, choice=Choice(frozenset({section})))
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(chosen)))
    return [line for page in opened.pages for line in page.extract_text().splitlines()]


def numbers_in(text: str) -> set[int]:
    """The numbers that runs such as "1–3, 7" name."""
    found: set[int] = set()
    for part in text.replace(",", " ").split():
        first, _, last = part.partition("–")
        found.update(range(int(first), int(last or first) + 1))
    return found


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


def test_no_two_purposes_have_the_same_line_in_black_and_white() -> None:
    printed = text_of(report_of(sample("on-premises")), 17)
    lines = ["solidlineManagement", "longdashesUpdates", "dashedlineReputation", "dottedlineLogging"]
    assert all(line in printed for line in (*lines, "finedotsDNSandNTP", "dash-dottedlineDirectory"))


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


@pytest.mark.parametrize("name", SAMPLES)
def test_the_counts_of_the_decision_are_those_of_the_other_sections(name: str) -> None:
    """Read from the pages: flows in the list, openings at each firewall, numbers, steps, tests and the way back."""
    decision = text_of(report_called(name, "en"), 1)
    full, tests = whole_rows(name, "en", 5, 12), whole_rows(name, "en", 12, 7)
    assert f"portmatrix:{len(full)}flows" in decision
    assert len([row for row in tests if row[0].startswith("T-")]) == len(full)
    assert len(whole_rows(name, "en", 15, 9)) == len(full)
    at_firewalls = [row[1] for row in whole_rows(name, "en", 5, 13)]
    assert f"{len(set(at_firewalls))}ofthemacross" in decision
    concerned = [int(row[1]) for row in whole_rows(name, "en", 1, 3)]
    assert sum(concerned) == len(at_firewalls)
    assert ("countedateachofthem" in decision) == (len(set(at_firewalls)) < len(at_firewalls))
    forth, back = (whole_rows(name, "en", section, 6) for section in (11, 13))
    assert [row[4] for row in forth] == [row[4] for row in reversed(back)]
    named = {row[0] for row in full}
    assert named == {str(number) for number in range(1, len(named) + 1)}
    assert numbers_in(" ".join(row[4] for row in forth)) == set(map(int, named))


def test_what_changes_is_counted_as_it_is_listed() -> None:
    """The baseline and the design have flows within hosts, too, which no section lists."""
    decision, full = text_of(report_called("compared", "en"), 1), whole_rows("compared", "en", 5, 13)
    rows = {row[1]: row[2] for row in full}
    assert len(rows) == 31
    signs = {
        sign: sum(status.startswith(sign) for status in rows.values()) for sign in ("+", "−", "~", "unch")
    }
    assert (
        f"Permit{signs['+']}newflow,close{signs['−']}andchange{signs['~']};{signs['unch']}flowsstay"
        in decision
    )
    tiles = f"+{signs['+']}flowsadded追加−{signs['−']}flowsremoved廃止~{signs['~']}flowschanged変更{signs['unch']}flows"
    assert tiles in decision
    assert sum(signs.values()) == len(rows)


def test_a_comparison_says_what_changes_at_each_firewall() -> None:
    """Read from the pages: the signs beside each firewall count the rows below its name in the matrix."""
    concerned = {row[0]: row[1:] for row in whole_rows("compared", "en", 1, 4)}
    rows = report_called("compared", "en").rows
    signs = {"added": "+", "removed": "−", "changed": "~"}
    for name, (changes, flows, _) in concerned.items():
        seen = [row for row in rows if name in map(squeezed, row.crossing.way.firewalls)]
        if not seen:  # a boundary that no firewall stands at
            continue
        counts = {sign: sum(row.status == status for row in seen) for status, sign in signs.items()}
        assert changes == ("".join(f"{sign}{count}" for sign, count in counts.items() if count) or "—")
        assert int(flows) == len(seen) - counts["−"]
    assert {"fw-soc-01", "anfw-egress"} <= set(concerned)
    assert concerned["fw-soc-01"][0].startswith("−5")
    assert concerned["Developmentprivate→DevelopmentDMZ"][0] == "—"
    assert next(reversed(concerned)) == "Developmentprivate→DevelopmentDMZ"


def test_what_existing_rules_permit_is_said_where_it_is_decided_and_carried_out() -> None:
    about = report_called("as-is", "en")
    decision = text_of(about, 1)
    assert "Comparedwithexistingrules.Flows:permitted2,missing22" in decision
    numbers = numbered(about.rows)
    open_now = {
        numbers[row.flow[:2]]
        for row in about.rows
        if row.standing is not None and row.standing.word in ("permitted", "wide")
    }
    assert len(open_now) > 2
    for section, said in ((11, "permitthesealready"), (13, "permittedbeforestays")):
        (line,) = [line for line in lines_of(about, section) if said in squeezed(line)]
        assert numbers_in(line.split(":")[0].removeprefix("No. ")) == open_now
    assert "existingrules" not in text_of(report_called("on-premises", "en"), 1, 11, 13)


def test_a_long_condition_is_said_once() -> None:
    """P12 and P13, and P15 and P16, print one condition each, and P17 with P18; P15 and P17 differ."""
    found = {row[0]: row[3] for row in whole_rows("on-premises", "en", 7, 5)}
    same_as = {rule: text.split(",")[0] for rule, text in found.items() if text.startswith("asfor")}
    assert same_as == {"P13": "asforP12", "P16": "asforP15", "P18": "asforP17"}
    assert "afeaturestillusestheSmartProtectionNetwork" in found["P12"]
    assert found["P15"] != found["P17"]


def test_the_decision_names_severities_and_shows_them_by_more_than_colour() -> None:
    about = report_called("compared", "en")
    decision = text_of(about, 1)
    counts = {word: sum(each.severity == word for each in about.findings) for word in ("error", "warning")}
    assert counts["error"] == 1
    for word, count in counts.items():
        assert decision.count(f"{word.capitalize()}:") == count


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


def test_what_stays_open_is_said_to_be_nothing_without_a_local_server_in_other_words() -> None:
    """No flow stays *beside* a server where there is no server."""
    local, cloud = (text_of(report_called(name, "en"), 1) for name in ("air-gapped", "multi-vpc"))
    assert "besidealocalserverthattakesitsplace" in local
    assert "nolocalservertakesover" in cloud
    assert "beside" not in cloud


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


def test_delta_shows_all_that_differs_and_marks_what_comes_and_goes() -> None:
    about = compared_report("en")
    assert about.comparison is not None
    parts = Parts(about)
    shown = delta_picture(about, about.comparison, parts)
    differing = {row.flow[:2] for row in about.rows if row.status != "unchanged"}
    wires = {(wire.link.source, wire.link.target): wire for wire in shown.wires}
    assert differing == {pair for pair, wire in wires.items() if wire.link.status != "unchanged"}
    marked = {
        item.subject: item.title
        for item in shown.drawing.items
        if isinstance(item, Group) and len(item.items) == 3 and isinstance(item.items[1], Box)
        if item.title[:1] in "+−"
    }
    before, after = about.comparison.before.design, about.design
    come = {f"component:{each.id}" for each in after.components if each.id not in before.component_by_id}
    go = {f"component:{each.id}" for each in before.components if each.id not in after.component_by_id}
    assert {subject for subject, title in marked.items() if title[0] == "+"} == come
    assert {subject for subject, title in marked.items() if title[0] == "−"} == go


def test_delta_can_be_told_apart_without_colour() -> None:
    about = compared_report("en")
    assert about.comparison is not None
    shown = delta_picture(about, about.comparison, Parts(about))
    status = {wire.link.subject: wire.link.status for wire in shown.wires}
    styles: dict[str, set[tuple[float, tuple[float, ...]]]] = {}
    for item in shown.drawing.items:
        if isinstance(item, Group) and item.subject in status:
            for line in item.items:
                if isinstance(line, Line):
                    styles.setdefault(status[item.subject], set()).add((line.width, line.dash))
    assert set(styles) == {"added", "removed", "changed", "unchanged"}
    assert len({style for found in styles.values() for style in found}) == 4


def large(language: Shown = "en") -> Report:
    return report_of(large_design(shipped_catalog(), 140), language)


def test_large_designs_have_an_overview_and_a_page_for_each_zone() -> None:
    about = large()
    areas = areas_of(about.design)
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(replace(about, choice=Choice(frozenset({3}))))))
    texts = [squeezed(page.extract_text()) for page in opened.pages]
    for number, area in enumerate(areas, start=2):
        assert area.zone is not None
        assert f"{squeezed(area.zone.name)}{len(area.components)}components·→p.{number}" in texts[0]
        assert f"3Topology構成図·{squeezed(area.zone.name)}" in texts[number - 1]
        for name in area.components:
            assert squeezed(about.design.component_by_id[name].name) in texts[number - 1]
    leads = opened.pages[0].annotations
    assert leads is not None
    assert len(leads) == len(areas)
    assert "Connectorstootherpages" in texts[len(areas) + 1]
    quiet = sum(row.reason.catalog.purpose_by_id[row.flow.basis.purpose].quiet for row in about.rows)
    assert quiet > 200
    assert f"DNSandNTP({quiet}flows)areleftout" in texts[0], "a picture that leaves flows out says so"


def test_every_connector_that_leaves_a_page_is_in_the_table_of_references() -> None:
    about = large()
    home = {name: area for area in areas_of(about.design) for name in area.components}
    numbers = numbered(about.rows)
    leaving = {
        numbers[link.source, link.target]
        for link in links(about.graph)
        if home[link.source] is not home[link.target]
    }
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(replace(about, choice=Choice(frozenset({3}))))))
    table = opened.pages[-1].extract_text()
    listed: set[int] = set()
    for word in table.replace("\n", " ").replace(",", " ").split():
        one, _, other = word.partition("–")
        if one.isdigit() and (not other or other.isdigit()):
            listed.update(range(int(one), int(other or one) + 1))
    assert leaving <= listed


def test_components_in_no_zone_have_a_page_of_their_own() -> None:
    design = Design(
        catalog=sample("single-vpc").catalog,
        zones=(
            Zone(id="out", name="Out", kind="vpc", frame=(0, 0, 100, 100)),
            Zone(id="in", name="In", kind="subnet", parent="out", frame=(0, 0, 50, 50)),
        ),
        components=(
            Component(id="a", kind="agent", name="A", zone="in"),
            Component(id="b", kind="dns-server", name="B"),
        ),
    )
    found = [(area.zone.id if area.zone else None, set(area.components)) for area in areas_of(design)]
    assert found == [("out", {"a"}), (None, {"b"})]


def test_labels_of_the_delta_carry_signs() -> None:
    about = compared_report("en")
    assert about.comparison is not None
    shown = delta_picture(about, about.comparison, Parts(about))
    signs = {"added": "+", "removed": "−", "changed": "+−~"}
    for wire in shown.wires:
        label = link_text(wire.link, about.comparison, look_of(about))
        assert bool(set(label) & set("+−~")) == (wire.link.status != "unchanged")
        assert not set(label) & set("+−~") - set(signs.get(wire.link.status, ""))


@pytest.mark.parametrize("name", [*SAMPLES, "hostile"])
def test_openings_are_counted_as_the_graph_merges_them(name: str) -> None:
    graph = report_called(name, "en").graph
    assert opening_count(graph) == len(graph.openings)


def test_a_report_needs_no_components() -> None:
    empty = Design(catalog=sample("single-vpc").catalog)
    catalog = shipped_catalog()
    about = report(derive(empty, catalog), catalog_file(), "both")
    for section in range(18):
        assert text_of(about, section)


def test_the_note_below_the_picture_is_whole_in_one_language_before_the_other() -> None:
    printed = text_of(report_called("on-premises", "both"), 3)
    assert "leadstothematrix.DNSandNTP(12flows)" in printed
    assert "liststhem.矢印は待ち受け側を指し" in printed
    assert "一覧の番号です。DNSとNTP（12件）は図では省略し、通信要件一覧に記載しています。" in printed


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
