"""Section 1, the decision: its counts are those of the other sections, and what it says stands there, too."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfplumber
import pytest

from exports.choice import Choice
from exports.pdf import write_pdf
from exports.pdf.sections.numbers import numbered
from exports.pdf.sections.summary import opening_count
from model.design.profile import Profile
from model.editing import edits
from tests.exports.pdf.reading import (
    compared,
    lines_of,
    numbers_in,
    report_called,
    squeezed,
    text_of,
    whole_rows,
)
from tests.reports import SAMPLES, sample


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
    concerned = {row[0]: int(row[1]) for row in whole_rows(name, "en", 1, 3)}
    assert concerned.pop("samezone", 0) == len(full) - len(set(at_firewalls))
    assert sum(concerned.values()) == len(at_firewalls)
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
        f"Permit{signs['+']}newflow,change{signs['~']}andclose{signs['−']};{signs['unch']}flowsstay"
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
    assert list(concerned)[-2:] == ["Developmentprivate→DevelopmentDMZ", "samezone"]


def test_flows_within_a_zone_are_not_left_out_of_the_firewalls() -> None:
    """A gateway that is added reaches its vCenter and its directory (by two transports) without a firewall."""
    after = sample("on-premises")
    about = compared(edits.delete(after, {"dcgw-1"}), after)
    assert "samezone+3" in text_of(about, 1)
    assert "fw-dc-01+1" in text_of(about, 1)


def test_the_decision_says_what_was_done_to_the_design() -> None:
    """Each in its own words, in both languages; addresses, zones and firewalls, too, though no rule asks for them."""
    before = sample("on-premises")
    after = edits.set_feature(edits.delete(before, {"corp-ad"}), "smart-feedback", True)
    after = edits.change_component(after, "web-tier", addresses=("10.30.11.0/24",), count=26)
    after = edits.change_component(after, "dns-dc", zone="management-network")
    after = edits.change_zone(after, "operations-office", firewall="fw-office-03")
    about = compared(before, after)
    said = (
        "Smart Feedback on (whole design)",
        "26 hosts (web-tier)",
        "remove corp-ad",
        "IP address 10.30.10.0/24 → 10.30.11.0/24 (web-tier)",
        "zone Server network → Management network (dns-dc)",
        "firewall fw-office-02 → fw-office-03 (Operations office)",
    )
    assert [text.en for text in about.altered] == list(said)
    for section in (1, 2):
        assert all(squeezed(each) in text_of(about, section) for each in said)
    japanese = text_of(replace(about, language="ja"), 1)
    for text in ("設計の変更点", "corp-adを削除", "IPアドレス10.30.10.0/24→10.30.11.0/24（web-tier）"):
        assert text in japanese
    assert "Whatchangesinthedesign" not in text_of(report_called("on-premises", "en"), 1, 2)


def test_the_decision_asks_only_for_what_there_is() -> None:
    design = sample("on-premises")
    fewer = edits.delete(design, {"dcgw-1"})
    assert "Close6flows;38flowsstayastheyare." in text_of(compared(design, fewer), 1)
    assert "Permit6newflows;38flowsstayastheyare." in text_of(compared(fewer, design), 1)
    assert "Nothingchanges:44flowsstayastheyare." in text_of(compared(design, design), 1)


def test_without_a_cover_the_decision_says_whose_it_is() -> None:
    about = report_called("on-premises", "en")
    title, number = "Recordssystem:VPCanddatacentre", "Change変更管理番号CHG-0042317"
    assert number in text_of(about, 1, 3, 5)
    with_cover = lines_of(about, 1, cover=True)
    assert sum(squeezed(line) == title for line in with_cover) == 1, "on the cover, and not again"


def test_the_counts_are_labelled_in_one_size() -> None:
    """On upright Letter one label of five is too wide for its box."""
    narrow = replace(report_called("compared", "en"), profile=Profile(paper="letter", orientation="portrait"))
    labels = {"added", "removed", "changed", "unchanged", "findings"}
    page = pdfplumber.open(io.BytesIO(write_pdf(replace(narrow, choice=Choice(frozenset({1})))))).pages[0]
    words = [
        each
        for each in page.extract_words(extra_attrs=["size"])
        if each["text"] in labels and each["top"] < 130
    ]
    assert len(words) == len(labels)
    assert len({each["size"] for each in words}) == 1


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


def test_the_decision_names_severities_and_shows_them_by_more_than_colour() -> None:
    about = report_called("compared", "en")
    decision = text_of(about, 1)
    counts = {word: sum(each.severity == word for each in about.findings) for word in ("error", "warning")}
    assert counts["error"] == 1
    for word, count in counts.items():
        assert decision.count(f"{word.capitalize()}:") == count


def test_what_stays_open_is_said_to_be_nothing_without_a_local_server_in_other_words() -> None:
    """No flow stays *beside* a server where there is no server."""
    local, cloud = (text_of(report_called(name, "en"), 1) for name in ("air-gapped", "multi-vpc"))
    assert "besidealocalserverthattakesitsplace" in local
    assert "nolocalservertakesover" in cloud
    assert "beside" not in cloud


@pytest.mark.parametrize("name", [*SAMPLES, "hostile"])
def test_openings_are_counted_as_the_graph_merges_them(name: str) -> None:
    graph = report_called(name, "en").graph
    assert opening_count(graph) == len(graph.openings)
