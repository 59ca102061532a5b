"""Reports that exports are tested with: the samples, one full of hostile names, and one that compares."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import resources
from exports.catalogs import catalog_file
from exports.existing.judge import judge
from exports.existing.rules import RulesFile
from exports.existing.rules_table import read_table
from exports.report import Report, compared_with, report
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.design.columns import Shown
from model.design.design import CatalogReference, Design, DocumentData
from model.design.elements import Component, Zone
from model.editing import edits
from model.editing.records import apply_records, record_changes
from model.storage import parse_design

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "a | b \\| c",
    "<img src=x onerror=alert(1)>",
    '"quoted", and, commas',
    "[link](http://evil.example)",
    "![image](http://evil.example/x.png)",
    "`code` *bold* _under_ ~~gone~~",
    "back\\slash\\",
    "http://evil.example/?a=1&b=2",
    "&lt;b&gt; &amp; &#64;",
    "{{7*7}} ${7*7} #{7*7}",
    "'apostrophe",
    "業務サーバー（第2系）",
    "# heading",
    "--- | ---",
)
"""Names that mean something to a spreadsheet, a browser, a Markdown or a template engine."""


@cache
def sample(name: str) -> Design:
    """A sample design that ships."""
    return parse_design(resources.path(f"samples/{name}.portchart").read_bytes(), name)


SAMPLES = tuple(
    entry.removeprefix("samples/").removesuffix(".portchart")
    for entry in resources.names("samples", ".portchart")
)


def with_record(design: Design, flow: str, **texts: str) -> Design:
    """The design with some fields of one flow's record set."""
    return apply_records(design, record_changes(design, {flow: texts}))


def report_of(design: Design, language: Shown = "en") -> Report:
    """The report on a design."""
    catalog = catalog_file(design.catalog.id)
    return report(derive(design, catalog.catalog), catalog, language)


@cache
def hostile_design() -> Design:
    """Agents with hostile names, in hostile zones, and every other kind once."""
    catalog = catalog_file().catalog
    zones = tuple(
        Zone(id=f"zone-{n}", name=name, kind="subnet", frame=(0, 0, 100, 100), firewall=name)
        for n, name in enumerate(HOSTILE)
    )
    agents = tuple(
        Component(id=f"agent-{n}", kind="agent", name=name, zone=f"zone-{n}")
        for n, name in enumerate(HOSTILE)
    )
    others = tuple(
        Component(id=kind.id, kind=kind.id, name=HOSTILE[n % len(HOSTILE)], zone="zone-0", count=n + 1)
        for n, kind in enumerate(catalog.kinds)
        if kind.id != "agent"
    )
    return Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        title="=HYPERLINK(\"http://evil.example\") & 'it' | <b>",
        document=DocumentData(change_number="@CHG|1", author="&amp;"),
        features=dict.fromkeys((feature.id for feature in catalog.features), True),
        settings={"communication": "bidirectional"},
        zones=zones,
        components=(*agents, *others),
    )


@cache
def compared_report(language: Shown = "en") -> Report:
    """The multi-VPC sample against one with a server less, a port moved and a feature off."""
    before = sample("multi-vpc")
    relay = next(each.id for each in before.components if each.kind == "relay")
    gone = next(each.id for each in before.components if each.kind == "dns-server")
    after = edits.set_port(before, relay, 4122, 14122)
    after = edits.set_feature(after, "smart-feedback", not before.features.get("smart-feedback", False))
    after = edits.delete(after, {gone})
    after, _ = edits.place(after, "siem", "new SIEM", (0, 0))
    catalog = catalog_file()
    graphs = derive(before, catalog.catalog), derive(after, catalog.catalog)
    return report(graphs[1], catalog, language, compare(*graphs))


RULES = """rule,action,source,destination,protocol,port
10,permit,10.30.10.0/24,192.168.4.2,udp,53
11,permit,10.30.0.0/16,192.168.4.3,udp,123
12,permit,10.30.20.0/24,192.168.4.20,tcp,443
13,permit,10.30.0.0/16,10.99.0.0/16,tcp,3389
14,permit,10.30.10.0/24,192.168.4.2,udp,53
15,permit,,192.168.4.2,tcp,22
"""
"""Rules of a firewall of the on-premises sample.

10 and 12 permit just one flow each; 11 the time of three flows and more than that; 13 is surplus, 14 comes too late,
and 15 has no source that is an address.
"""


@cache
def as_is_report(language: Shown = "en") -> Report:
    """The on-premises sample beside RULES."""
    about = report_of(sample("on-premises"), language)
    file = RulesFile("fw-dc-01.csv", sha256(RULES.encode()).hexdigest())
    return compared_with(
        about, judge(about.graph, replace(read_table(Path(file.name), RULES), files=(file,)))
    )


@cache
def all_reports(language: Shown = "en") -> dict[str, Report]:
    """Every report by name."""
    reports = {name: report_of(sample(name), language) for name in SAMPLES}
    return reports | {"hostile": report_of(hostile_design(), language), "compared": compared_report(language)}
