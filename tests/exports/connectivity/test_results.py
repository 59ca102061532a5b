"""Results read back: what the scripts print becomes evidence beside flows, anything else is refused in a sentence."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from exports.command import main
from exports.connectivity.checks import hosts_of
from exports.connectivity.probes import plan
from exports.connectivity.results import Result, evidence, read_results
from exports.incoming.edited import read_edited
from model.design.design import Design
from model.editing import edits
from model.errors import FileError
from model.storage import dump, load
from tests.reports import report_of, sample
from tests.soak.mutations import mutated

LINE: dict[str, Any] = {
    "id": "T-Q89JX108",
    "flow": "F-Q89JX108",
    "kind": "tcp",
    "host": "relay.example",
    "port": 4122,
    "name": "",
    "result": "pass",
    "detail": "connected",
    "source": "prod-app",
    "machine": "web-01",
    "time": "2026-11-24T09:10:11Z",
    "design": "0" * 64,
}


def lines(*changes: dict[str, Any]) -> bytes:
    return "".join(json.dumps(LINE | each) + "\n" for each in changes).encode()


def results(data: bytes) -> tuple[Result, ...]:
    return read_results(Path("results.jsonl"), data)


def test_a_flow_passes_where_everything_passed() -> None:
    found = evidence(results(lines({}, {"kind": "tls", "detail": "handshake"}, {"machine": "web-02"})))
    assert found == {"F-Q89JX108": "passed: 3 of 3, 2026-11-24T09:10:11Z, 2 machines"}


def test_what_failed_and_what_was_not_tried_is_named() -> None:
    tls = {"kind": "tls", "result": "fail", "detail": "no handshake"}
    sent = {"kind": "send", "port": 514, "result": "skip", "detail": "sent; look for it at the destination"}
    found = evidence(results(lines({}, tls, sent)))
    assert found["F-Q89JX108"] == (
        "failed: 1 of 3, 2026-11-24T09:10:11Z, web-01; failed: tls relay.example:4122; "
        "not tried: send relay.example:514"
    )
    alone = evidence(results(lines(sent)))
    assert alone["F-Q89JX108"].startswith("not tried: 0 of 1, ")


def test_the_last_run_counts() -> None:
    failed = {"result": "fail", "time": "2026-11-24T08:00:00Z"}
    for data in (lines(failed, {}), lines({}, failed)):
        assert evidence(results(data))["F-Q89JX108"].startswith("passed: 1 of 1, 2026-11-24T09:10:11Z")


def test_negative_tests_without_a_flow_are_no_evidence_for_one() -> None:
    assert evidence(results(lines({"id": "N-01", "flow": "", "kind": "closed"}))) == {}


def test_what_was_reached_although_it_must_stay_closed_is_not_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = {"id": "N-01", "flow": "", "kind": "closed", "host": "dns.example", "port": 22}
    file, design = tmp_path / "results.jsonl", tmp_path / "design.portchart"
    design.write_bytes(dump(sample("multi-vpc")))
    file.write_bytes(lines(closed, closed | {"id": "N-02", "port": 25, "result": "fail"}))
    assert main(["import-records", str(design), str(file)]) == 0
    assert capsys.readouterr().err == (
        "portchart: prod-app reached dns.example on 25 although that must stay closed "
        "(N-02, web-01, 2026-11-24T09:10:11Z).\n"
    )
    assert main(["import-records", str(design), str(file), "--language", "ja"]) == 0
    assert "prod-app から dns.example の 25 に接続できました" in capsys.readouterr().err


def tried(design: Design, source: str, destination: str) -> tuple[dict[str, Any], ...]:
    """What the tests of a design print of the flow between two components, all passed."""
    report = report_of(design)
    flow = next(each for each in report.graph.network if each[:2] == (source, destination))
    return tuple(
        {"id": each.id, "flow": each.flow, "kind": each.kind, "host": each.host, "port": each.port}
        for each in plan(report).sources[source]
        if each.flow == flow.id
    )


def test_what_was_tried_where_a_flow_does_not_go_any_more_is_no_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = edits.change_component(
        sample("on-premises"), "relay-1", fqdn=None, addresses=("10.1.0.9", "10.1.0.8")
    )
    made = tried(before, "app-tier", "relay-1")
    (flow,) = {each["flow"] for each in made}
    file, design = tmp_path / "results.jsonl", tmp_path / "design.portchart"
    file.write_bytes(lines(*made))

    def told(design_now: Design) -> tuple[str, str]:
        design.write_bytes(dump(design_now))
        assert main(["import-records", str(design), str(file)]) == 0
        said = capsys.readouterr()
        return said.out, said.err

    output, errors = told(before)
    assert f"passed: {len(made)} of {len(made)}" in output
    assert "was tried" not in errors
    output, errors = told(edits.set_port(before, "relay-1", 4122, 14122))
    assert output == "Nothing would change.\n"
    assert f"{flow} was tried at 10.1.0." in errors
    assert "on 4122, where it does not go now" in errors
    output, errors = told(edits.change_component(before, "relay-1", addresses=("10.1.0.8",)))
    assert f"passed: {len(made) // 2} of {len(made) // 2}" in output
    assert f"{flow} was tried at 10.1.0.9 on 4122" in errors


def test_long_evidence_is_cut_to_what_a_record_holds() -> None:
    many = [{"host": f"host-{n}.example", "result": "fail"} for n in range(50)]
    text = evidence(results(lines(*many)))["F-Q89JX108"]
    assert len(text) == 200
    assert text.endswith("…")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_that_shells_redirect_in_is_read(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    file.write_bytes(lines({}).decode().replace("\n", "\r\n").encode(encoding))
    assert read_edited(file).texts == {"F-Q89JX108": {"test": "passed: 1 of 1, 2026-11-24T09:10:11Z, web-01"}}


@pytest.mark.parametrize(
    "change",
    [
        {"id": "T-1"}, {"flow": "F-../x"}, {"kind": "rm"}, {"host": "a b"}, {"host": ""}, {"port": 0},
        {"port": "443"}, {"port": True}, {"name": "<script>"}, {"result": "ok"}, {"detail": "=1+1"},
        {"source": "../x"}, {"machine": "x\n"}, {"machine": "=cmd"}, {"time": "yesterday"}, {"design": "0"},
        {"more": 1}, {"detail": None}, {"id": ["T-Q89JX108"]},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_script_prints_is_refused_with_its_line(change: dict[str, Any]) -> None:
    with pytest.raises(FileError, match=r"results\.jsonl: line 2: .*run the script again"):
        results(lines({}, change))


@pytest.mark.parametrize(
    "data",
    [b"{", b"[]\n", b"{}\n", b'{"id": NaN}\n', b'{"id":1,"id":2}\n', b"\xff\xfe\x00", b"{\xff", b"{" * 5000,
     b'{"x": "' + b"x" * 5000 + b'"}'],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_result_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(FileError) as caught:
        results(data)
    assert str(caught.value).isprintable()


def test_damaged_results_are_read_or_refused_and_nothing_else() -> None:
    rng = random.Random(5)
    source = [json.dumps(LINE).encode(), json.dumps(LINE | {"id": "N-01", "flow": ""}).encode()]
    refused = []
    for _ in range(2000):
        try:
            evidence(results(mutated(rng, source)))
        except FileError as error:
            refused.append(str(error))
    assert len(refused) > 200
    assert all(message.isprintable() and len(message) < 1000 for message in refused)


def test_the_command_shows_what_changes_and_writes_only_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    design, file = tmp_path / "design.portchart", tmp_path / "results.jsonl"
    design.write_bytes(dump(sample("multi-vpc")))
    row = report_of(sample("multi-vpc")).rows[0]
    flow, place = row.id, {"host": hosts_of(row)[0], "port": row.flow.port}
    file.write_bytes(lines({"flow": flow, "id": flow.replace("F", "T", 1), **place}, {"flow": "F-00000000"}))
    before = design.read_bytes()
    assert main(["import-records", str(design), str(file)]) == 0
    output, errors = capsys.readouterr()
    assert "passed: 1 of 1" in output
    assert "no flow F-00000000" in errors
    assert design.read_bytes() == before
    assert main(["import-records", str(design), str(file), "--write"]) == 0
    assert load(design).design.records[flow].test == "passed: 1 of 1, 2026-11-24T09:10:11Z, web-01"
