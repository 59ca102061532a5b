"""Section 1, the decision: its counts are those of the other sections, and what it says stands there, too."""

from __future__ import annotations

import pytest

from exports.pdf.sections.numbers import numbered
from exports.pdf.sections.summary import opening_count
from tests.exports.pdf.reading import (
    lines_of,
    numbers_in,
    report_called,
    squeezed,
    text_of,
    whole_rows,
)
from tests.reports import SAMPLES


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
