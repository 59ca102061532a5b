"""Section 6, the URL allow-list: for each group of sources what just these need, and what changes for them."""

from __future__ import annotations

from exports.pdf.sections.urls import source_groups
from model.editing import edits
from tests.exports.pdf.reading import compared, text_of
from tests.reports import report_of, sample

ICRC, URL = "dsaas.icrc.trendmicro.com", "dsaas.url.trendmicro.com"
OWN = "sps-1.dc.agency.example"


def test_a_name_changes_for_those_sources_only_whose_need_changes() -> None:
    """web-tier and relay-1 still need what app-tier gives up for the server that records-db has used all along."""
    after = before = sample("on-premises")
    for setting in ("file-reputation-source", "web-reputation-source"):
        before = edits.set_setting(before, setting, None, "app-tier")
    about = compared(before, after)
    found = {tuple(source.id for source in sources): entries for sources, entries in source_groups(about)}
    assert set(found) == {("app-tier",), ("records-db",), ("web-tier",), ("relay-1",), ("dcgw-1",)}
    changes = {
        (group, entry.fqdn): entry.status
        for group, entries in found.items()
        for entry in entries
        if entry.status != "unchanged"
    }
    app = ("app-tier",)
    assert changes == {(app, ICRC): "removed", (app, URL): "removed", (app, OWN): "added"}
    page = text_of(about, 6)
    assert (page.count("−removed"), page.count("+added"), page.count("~changed")) == (2, 1, 0)


def test_other_reasons_for_a_name_change_it_for_the_sources_that_have_them() -> None:
    """The census name serves two features; without one of them at web-tier it stays, for fewer reasons."""
    before = sample("on-premises")
    after = edits.set_feature(before, "predictive-machine-learning", False, "web-tier")
    found = {sources[0].id: entries for sources, entries in source_groups(compared(before, after))}
    of_web = {entry.fqdn: entry.status for entry in found["web-tier"]}
    assert of_web["dsaas1100-en-census.trendmicro.com"] == "changed"
    assert of_web["dsaas-en-f.trx.trendmicro.com"] == "removed"
    assert {entry.status for entry in found["relay-1"]} == {"unchanged"}


def test_a_name_is_uncertain_only_where_the_agents_are_too_old_for_it() -> None:
    design = edits.set_setting(sample("on-premises"), "agent-version", "12.0", "web-tier")
    found = {sources[0].id: entries for sources, entries in source_groups(report_of(design))}
    name = "agents.workload.gov-us-1.cloudonegov.trendmicro.com"
    marks = {
        group: entry.uncertain for group, entries in found.items() for entry in entries if entry.fqdn == name
    }
    assert marks == {"app-tier": False, "relay-1": False, "web-tier": True}
