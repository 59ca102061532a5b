"""Steps in the board's order and their exact inverse; checks that can be run; what must stay closed."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterable, Sequence

import pytest

from exports.connectivity.checks import UNKNOWN_HOST, checks, hosts_of
from exports.connectivity.closed import negative_checks
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.steps import STAGES, Step, only_reasons, steps, undone
from exports.pdf.sections.summary import permits_by_firewall
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.design.design import Design
from model.editing import edits
from model.flow import Flow
from model.frozen import Language
from model.tables.matrix import Row, rows
from tests.designs import shipped_catalog
from tests.exports.pdf.reading import lines_of, plumbed, report_called, squeezed, whole_rows
from tests.reports import SAMPLES, hostile_design, sample

Permits = dict[tuple[str, str, str, int], int]


def compared(before: Design, after: Design) -> tuple[Row, ...]:
    catalog = shipped_catalog()
    first, second = derive(before, catalog), derive(after, catalog)
    return rows(second, compare(first, second))


def changed() -> tuple[Row, ...]:
    """Rows of a design in which flows come, go and change their port."""
    before = sample("on-premises")
    relay = next(each.id for each in before.components if each.kind == "relay")
    gone = next(each.id for each in before.components if each.kind == "ntp-server")
    after = edits.set_port(edits.delete(before, {gone}), relay, 4122, 14122)
    after, _ = edits.place(after, "siem", "second SIEM", (0, 0))
    return compared(before, after)


def named(flow: Flow) -> tuple[str, str, str, int]:
    return flow.source, flow.destination, flow.transport, flow.basis.listener


def carried_out(state: Permits, order: Iterable[Step]) -> Permits:
    """What a firewall permits after some steps: the port open for each flow."""
    found = dict(state)
    for step in order:
        for row in step.rows:
            match step.action:
                case "permit":
                    assert named(row.flow) not in found
                    found[named(row.flow)] = row.flow.port
                case "close":
                    assert found.pop(named(row.flow)) == row.flow.port
                case "change":
                    found[named(row.flow)] = row.flow.port
                case "restore":
                    assert row.before is not None
                    found[named(row.flow)] = row.before.port
    return found


def as_it_was(found: Sequence[Row]) -> Permits:
    earlier = [row.before or row.flow for row in found if row.status not in ("added", None)]
    return {named(flow): flow.port for flow in earlier}


@pytest.mark.parametrize("found", [changed(), rows(derive(sample("multi-vpc"), shipped_catalog()))])
def test_steps_lead_from_the_baseline_to_the_matrix_and_back(found: tuple[Row, ...]) -> None:
    order = steps(found)
    done = carried_out(as_it_was(found), order)
    assert done == {named(row.flow): row.flow.port for row in found if row.status != "removed"}
    assert carried_out(done, undone(order)) == as_it_was(found)


def test_each_step_back_undoes_the_step_of_the_same_place_from_the_end() -> None:
    order = steps(changed())
    assert {step.action for step in order} == {"permit", "change", "close"}
    for step, back in zip(order, reversed(undone(order)), strict=True):
        assert back.inverse == step
        assert back.rows == step.rows
        assert back.text != step.text


def test_a_step_says_what_is_to_be_changed_and_there_is_none_where_only_reasons_do() -> None:
    """Smart Feedback needs one more name at the Network; the ways to the proxy before it stay as they are."""
    before = sample("multi-vpc")
    after = edits.set_port(edits.set_feature(before, "smart-feedback", True), "relay-prod", 4122, 14122)
    found = compared(before, after)
    texts = {step.text.en for step in steps(found)}
    assert texts == {
        "Change the names in the permit of TCP\u00a080, 443 from proxy-1 (10.42.1.10) to Smart Protection"
        " Network: +\u00a0ds200-en.fbs25.trendmicro.com.",
        "Change the permit from prod-app\u00a0×64 (10.40.16.0/22) and prod-web\u00a0×40 (10.40.8.0/22) to"
        " relay-prod\u00a0×2 (10.40.250.10, 10.40.250.11) from TCP\u00a04122 to TCP\u00a014122.",
    }
    back = {step.text.en for step in undone(steps(found))}
    assert any(text.endswith("back: −\u00a0ds200-en.fbs25.trendmicro.com.") for text in back)
    assert any(text.endswith("back from TCP\u00a014122 to TCP\u00a04122.") for text in back)
    idle = {(row.flow.destination, row.flow.port) for row in found if only_reasons(row)}
    assert idle == {("proxy-1", 1443)}


def test_a_permit_moves_with_the_addresses_and_the_firewalls_of_its_flow() -> None:
    """What takes its place is permitted first; the way back is the same with both sides exchanged."""
    before = sample("on-premises")
    after = edits.change_component(before, "siem-1", addresses=("192.168.8.40",), zone="management-network")
    after = edits.change_component(after, "ntp-dc", addresses=("192.168.4.9",))
    found = {step.text.en: step for step in steps(compared(before, after))}
    service = "Workload Security (3.30.186.224/27)"
    siem = next(step for step in found.values() if step.rows[0].flow.destination == "siem-1")
    assert siem.where.en == "fw-dc-01, fw-office-02"
    assert siem.text.en == (
        f"fw-dc-01: permit TCP\u00a06514 from {service} to siem-1 (192.168.8.40)."
        f" fw-office-02: then remove the permit of TCP\u00a06514 from {service} to siem-1 (10.64.12.40)."
    )
    assert siem.inverse.where.en == "fw-office-02, fw-dc-01"
    assert siem.inverse.text.en == (
        f"fw-office-02: permit TCP\u00a06514 from {service} to siem-1 (10.64.12.40)."
        f" fw-dc-01: then remove the permit of TCP\u00a06514 from {service} to siem-1 (192.168.8.40)."
    )
    gateway = (
        "Permit UDP\u00a0123 from dcgw-1 (192.168.8.15) to ntp-dc (192.168.4.9); then remove the permit of"
    )
    assert f"{gateway} UDP\u00a0123 from dcgw-1 (192.168.8.15) to ntp-dc (192.168.4.3)." in found
    assert {row.what for step in found.values() for row in step.rows} == {
        ("destination_addresses",),
        ("destination_addresses", "boundaries", "firewalls"),
    }


def test_a_firewall_that_a_flow_no_longer_passes_closes_its_permit() -> None:
    before = sample("on-premises")
    after = edits.change_component(before, "siem-1", zone="management-network")
    found = dict(permits_by_firewall(compared(before, after), "en"))
    statuses = {
        name: row.status for name, rows in found.items() for row in rows if row.flow.destination == "siem-1"
    }
    assert statuses == {"fw-dc-01": "changed", "fw-office-02": "removed"}


def test_names_and_time_come_first_and_closing_last() -> None:
    stages = [STAGES[step.stage].en for step in steps(rows(derive(sample("on-premises"), shipped_catalog())))]
    assert list(dict.fromkeys(stages)) == ["DNS and NTP", "Outbound 443", "Relays", "The rest"]
    assert STAGES[steps(changed())[-1].stage].en == "Closing"


def test_steps_say_who_where_and_what() -> None:
    (step,) = [
        each
        for each in steps(rows(derive(sample("multi-vpc"), shipped_catalog())))
        if each.rows[0].destination.component.id == "siem-1"
    ]
    assert step.where.en == "fw-soc-01"
    assert (
        step.text.en
        == "Permit TCP\u00a06514 from Workload Security (3.30.186.224/27) to siem-1 (10.44.3.40)."
    )
    assert step.inverse.text.en == (
        "Remove the permit of TCP\u00a06514 from Workload Security (3.30.186.224/27) to siem-1 (10.44.3.40)."
    )


def test_no_line_of_a_step_ends_between_a_group_and_its_count() -> None:
    texts = [step.text.en for step in steps(rows(derive(sample("air-gapped"), shipped_catalog())))]
    assert any("rhel-6-hosts\u00a0×9 (172.20.18.128/26) and " in text for text in texts)
    assert not any(" ×" in text for text in texts)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_flow_has_one_check_that_names_its_host_and_port(name: str) -> None:
    found = rows(derive(sample(name), shipped_catalog()))
    made = checks(found)
    assert [check.id for check in made] == ["T" + row.id[1:] for row in found]
    for check in made:
        row = check.row
        if row.source.kind.service:
            assert check.instead is not None
            assert row.source.source_addresses[0] in check.instead.ja
            continue
        for host in hosts_of(row) if row.flow.transport == "tcp" else hosts_of(row)[:1]:
            assert any(host in command for command in check.posix)
            assert any(host in command for command in check.powershell)
        if row.flow.transport == "tcp":
            assert {row.flow.port} == {
                int(words[-1]) for words in map(shlex.split, check.posix) if words[0] == "nc"
            }


@pytest.mark.parametrize("design", [*map(sample, SAMPLES), hostile_design()], ids=[*SAMPLES, "hostile"])
def test_commands_are_valid_shell_and_hold_no_name_that_a_user_typed(design: Design) -> None:
    found = rows(derive(design, shipped_catalog()))
    for check in (*checks(found), *negative_checks(found)):
        for command in check.posix:
            subprocess.run(["sh", "-n", "-c", command], check=True)
            assert not set(shlex.split(command)) & {each.name for each in design.components} - set(
                hosts_of(check.row)
            )


def test_a_host_without_name_or_address_is_left_to_be_filled_in() -> None:
    found = rows(derive(hostile_design(), shipped_catalog()))
    relay = next(row for row in found if row.flow.port == 4122)
    assert hosts_of(relay) == (UNKNOWN_HOST,)


@pytest.mark.parametrize(
    "found", [changed(), *(rows(derive(sample(name), shipped_catalog())) for name in SAMPLES)]
)
def test_nothing_that_may_be_open_is_expected_to_be_closed(found: tuple[Row, ...]) -> None:
    open_now = {
        (row.flow.source, host, row.flow.port)
        for row in found
        if row.status != "removed"
        for host in hosts_of(row)
    }
    made = negative_checks(found)
    assert made
    for check in made:
        words = shlex.split(check.posix[0])
        assert (check.row.flow.source, words[-2], int(words[-1])) not in open_now


def test_removed_flows_and_ways_round_the_proxy_are_tried() -> None:
    before = sample("on-premises")
    relay = next(each.id for each in before.components if each.kind == "relay")
    found = compared(before, edits.delete(before, {relay}))
    gone = {row.id for row in found if row.status == "removed" and row.flow.transport == "tcp"}
    assert gone
    assert gone <= {check.row.id for check in negative_checks(found)}
    proxied = rows(derive(sample("multi-vpc"), shipped_catalog()))
    tried = {check.posix[0] for check in negative_checks(proxied) if check.row.flow.basis.proxied}
    assert "nc -vz -w 5 workload.gov-us-1.cloudonegov.trendmicro.com 443" in tried


def test_a_way_round_a_proxy_is_said_to_lead_where_its_command_does() -> None:
    """The row concerned leads to the proxy, the command past it: read in a drill, the two must not disagree."""
    found = rows(derive(sample("multi-vpc"), shipped_catalog()))
    names = {row.destination.name: set(hosts_of(row)) for row in found}
    made = negative_checks(found)
    past = [check for check in made if check.target != check.row.destination.name]
    assert {(check.row.destination.name, check.target) for check in past} == {
        ("proxy-1", "Workload Security")
    }
    for check in made:
        assert shlex.split(check.posix[0])[-2] in names[check.target]
    printed = whole_rows("multi-vpc", "en", 12, 7)[-len(made) :]
    assert [row[2] for row in printed] == [
        squeezed(f"{check.row.source.name}→{check.target}") for check in made
    ]


def test_a_host_to_be_filled_in_is_spoken_of_where_one_is() -> None:
    for name in ("single-vpc", "air-gapped", "compared"):
        text = squeezed("".join(page.extract_text() for page in plumbed(name, "en", 12)))
        commands = " ".join(row[3] for row in whole_rows(name, "en", 12, 7))
        assert ("inplaceofDESTINATION" in text) == (UNKNOWN_HOST in commands)
    assert UNKNOWN_HOST in " ".join(row[3] for row in whole_rows("single-vpc", "en", 12, 7))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_report_prints_steps_checks_and_the_way_back(language: Language) -> None:
    report = report_called("compared", language)
    order = Parts(report).steps
    for section, wanted in ((11, order), (13, undone(order))):
        printed = [row[3] for row in whole_rows("compared", language, section, 6)]
        assert printed == [squeezed(step.text.text(language)) for step in wanted]
    tests = whole_rows("compared", language, 12, 7)
    asked = [row for row in report.rows if row.status in ("added", "changed")]
    negative = negative_checks(report.rows)
    assert [row[0] for row in tests] == ["T" + row.id[1:] for row in asked] + [check.id for check in negative]
    assert [row[3] for row in tests[-len(negative) :]] == [squeezed(check.posix[0]) for check in negative]


@pytest.mark.parametrize("name", ["compared", "letter"])
def test_commands_to_reach_one_host_stand_on_one_line_in_both_languages(name: str) -> None:
    """Whoever copies one from the paper or the screen is to get it whole."""
    about = report_called(name, "both")
    lines = [squeezed(line) for line in lines_of(about, 12)]
    made = checks([row for row in about.rows if row.status not in ("removed", "unchanged")])
    commands = {
        squeezed(command)
        for check in made
        if check.instead is None
        for command in (*check.posix, *check.powershell)
        if command.startswith(("nc -vz", "Test-NetConnection"))
    }
    assert commands
    assert [command for command in commands if not any(command in line for line in lines)] == []
