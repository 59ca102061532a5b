"""The configurations that aerleon renders: read back, compared with the flows, and asked by aerleon's own checker."""

import importlib.util
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from exports.artefacts import VENDOR_ARTEFACTS
from exports.command import main
from exports.firewall.aerleon_policy import definitions, policy
from exports.firewall.artefact import Artefact
from exports.firewall.by_name import name_rules
from exports.firewall.permits import address_permits
from exports.firewall.vendors import VENDORS, Vendor
from exports.report import Report
from model.editing import edits
from model.storage import dump
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.oracle import (
    PRINTED_SOURCES,
    RANDOM,
    every_report,
    not_opened,
    opened_by,
    packets,
    sample_reports,
    shortest,
)  # fmt: skip
from tests.formats.firewall.vendor_readers import READERS, Rule, Rules
from tests.reports import report_of, sample

pytest.importorskip("aerleon", reason="needs aerleon")

IDS = [each.id for each in VENDORS]
FIRST_PORT = 50_000
WITH_NAMES = ("cisco-asa", "juniper-srx", "palo-alto", "fortigate")
"""Devices that have objects for names."""


def expected(report: Report, vendor: Vendor) -> Rules:
    """A rule per flow and family, worked out flow by flow."""
    found: Rules = {}
    for flow in report.graph.network:
        zones = [report.graph.zone(end) for end in flow[:2]]
        ends = (
            (named(zones[0]), named(zones[1]))
            if vendor.id in ("juniper-srx", "palo-alto", "fortigate")
            else None
        )
        for sources, destinations, transport, port in opened_by(report.graph, flow):
            name = f"{flow.id}-v{6 if ':' in min(sources) else 4}"
            if vendor.id == "cisco-asa" and name.endswith("6"):
                continue
            pairs = frozenset((one, other) for one in sources for other in destinations)
            found[name] = Rule(pairs, transport, port, ends)
            if vendor.id in ("cisco-ios", "cisco-nxos", "cisco-iosxr", "junos-filter"):
                back = frozenset((other, one) for one, other in pairs)
                found[f"{name}-back"] = Rule(back, transport, port, None, True)
        names = {*flow.basis.fqdns, *flow.basis.inferred_fqdns}
        source, destination = map(report.graph.component, flow[:2])
        printed = PRINTED_SOURCES if source.kind == "workload-security" else ()
        sources = shortest(list(printed or source.addresses), 4)
        if vendor.id in WITH_NAMES and names and sources and not destination.addresses:
            pairs = frozenset((one, other) for one in sources for other in names)
            found[f"{flow.id}-fqdn"] = Rule(pairs, flow.transport, flow.port, ends, False, True)
    return found


def named(zone: str | None) -> str:
    return "outside" if zone is None else f"zone-{zone}"


@pytest.mark.parametrize(("vendor", "artefact"), [*zip(VENDORS, VENDOR_ARTEFACTS, strict=True)], ids=IDS)
def test_samples_and_random_designs_open_their_flows_and_nothing_else(
    vendor: Vendor, artefact: Artefact
) -> None:
    rules = sixth = named = 0
    for report in every_report():
        made = artefact.make(report)
        right = expected(report, vendor)
        text = made.data.decode("ascii")
        found = READERS[vendor.id](text) if right else {}
        assert found == right
        beyond = {flow.id for flow in report.graph.flows if flow.basis.scope == "host"}
        if vendor.id == "cisco-asa":  # for which aerleon writes only IPv4
            both = {flow.id: opened_by(report.graph, flow) for flow in report.graph.network}
            beyond |= {name for name, opened in both.items() if any(":" in min(each[0]) for each in opened)}
        assert {each.flow for each in made.inexpressible} == not_opened(report.graph) | beyond
        assert all(each.flow in text for each in made.inexpressible)
        rules, sixth = rules + len(found), sixth + sum("-v6" in name for name in found)
        named += sum(rule.disabled for rule in found.values())
    assert rules > 1000
    assert named > 100 or vendor.id not in WITH_NAMES
    assert sixth > 300 or vendor.id == "cisco-asa"


@pytest.mark.parametrize("vendor", [VENDORS[0], VENDORS[1], VENDORS[4]], ids=["list", "zones", "stateless"])
def test_the_checker_of_aerleon_agrees_on_every_packet(vendor: Vendor) -> None:
    from aerleon.lib import policy as aerleon_policy
    from aerleon.lib.aclcheck import AclCheck
    from aerleon.lib.policy_builder import PolicyBuilder

    asked = permitted = 0
    for report in [*sample_reports().values(), *list(every_report(RANDOM))[15::9]]:
        found = address_permits(report.graph)
        names = name_rules(vendor.platform, report.graph, found)
        written = policy(vendor, report.graph, found, names)
        if not written["filters"]:
            continue
        built = PolicyBuilder(written, definitions(found, names))
        whole = aerleon_policy.FromBuilder(built)
        for packet, right in packets(report.graph, random.Random(report.design_hash), 40):
            check = AclCheck(
                whole, packet.source, packet.destination, FIRST_PORT, packet.port, packet.transport
            )
            if vendor.id == "cisco-asa" and ":" in packet.source:
                right = False  # for which aerleon writes only IPv4
            answers = {match.action for match in check.Matches()}
            assert answers == ({"accept"} if right else set()), (packet, right)
            asked, permitted = asked + 1, permitted + right
    assert asked >= 1000
    assert 400 < permitted < asked - 400


def test_what_stands_beside_a_rule_says_its_ends_and_service_as_the_matrix_does() -> None:
    report = sample_reports()["on-premises"]
    for vendor, artefact in zip(VENDORS, VENDOR_ARTEFACTS, strict=True):
        text = artefact.make(report).data.decode("ascii")
        for flow in report.graph.network:
            if not opened_by(report.graph, flow):
                continue
            said = f"{flow.source} to {flow.destination}, {flow.transport}-{flow.port}"
            assert said in text, vendor.id
            assert f"replies of {flow.destination} to {flow.source}" in text or not vendor.stateless


def test_the_head_says_what_becomes_of_everything_else() -> None:
    for artefact in VENDOR_ARTEFACTS:
        head = (
            artefact.make(sample_reports()["single-vpc"]).data.decode("ascii").partition("NOT EXPRESSED")[0]
        )
        assert "denied" in head or "discarded" in head, artefact.id


@pytest.mark.parametrize("number", [0, 1, 3], ids=IDS[:2] + IDS[3:4])
def test_an_address_of_the_design_never_stands_in_for_a_name(number: int) -> None:
    design = edits.change_component(
        sample("single-vpc"), "dns-1", addresses=("240.0.0.1", "240.0.0.4/30", "255.255.255.255")
    )
    report = report_of(design)
    vendor, artefact = VENDORS[number], VENDOR_ARTEFACTS[number]
    text = artefact.make(report).data.decode("ascii")
    assert READERS[vendor.id](text) == expected(report, vendor)
    assert set(re.findall(r"\b240\.[0-9.]+", text)) <= {"240.0.0.1", "240.0.0.4"}


def test_long_names_stay_apart_and_short() -> None:
    design = edits.place(sample("single-vpc"), "agent", "x", (0, 0), "web-subnet")[0]
    design = edits.place(design, "agent", "y", (0, 0), "web-subnet")[0]
    longs = tuple(
        each.evolve(id="a" * 63 + tail, addresses=(address,))
        for each, tail, address in zip(
            design.components[-2:], "bc", ("10.20.10.200", "10.20.10.201"), strict=True
        )
    )
    report = report_of(design.evolve(components=(*design.components[:-2], *longs)))
    for vendor, artefact in zip(VENDORS, VENDOR_ARTEFACTS, strict=True):
        rules = READERS[vendor.id](artefact.make(report).data.decode("ascii"))
        for address in ("10.20.10.200/32", "10.20.10.201/32"):
            assert any(one == address for rule in rules.values() for one, _ in rule.pairs)


@pytest.mark.parametrize("artefact", VENDOR_ARTEFACTS, ids=IDS)
def test_nothing_a_user_types_reaches_the_configuration(artefact: Artefact) -> None:
    plain, hostile = (artefact.make(each).data for each in harmless_and_hostile())
    assert without_hash(plain) == without_hash(hostile)


def test_without_aerleon_a_sentence_says_how_to_install_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "design.portchart"
    file.write_bytes(dump(sample("single-vpc")))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["export", str(file), "--to", "cisco-asa", "-o", str(tmp_path / "x.asa")]) == 2
    errors = capsys.readouterr().err
    assert "pip install 'portchart[firewall]'" in errors
    assert main(["formats"]) == 0
    assert "cisco-asa" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["design.portchart"]


def test_listing_the_formats_does_not_load_aerleon(root: Path) -> None:
    script = "import sys, exports.registry; sys.exit('aerleon' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
