"""The shell script really run, by several shells, against sockets in a namespace: what answers passes, nothing else."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from exports.connectivity.probes import Probe, plan
from exports.connectivity.results import Result, read_results
from exports.connectivity.shell import shell
from exports.incoming.edited import read_edited
from exports.report import Report
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.namespace import needs
from tests.formats.firewall.oracle import every_report, sample_reports

RESPONDER = Path(__file__).with_name("responder.py")
SHELLS = [name for name in ("dash", "bash", "busybox") if shutil.which(name)]
runs = needs("bash", "ip", "openssl", "timeout")


class Ran(NamedTuple):
    code: int
    results: dict[tuple[str, str, str], Result]
    heard: list[str]
    file: Path


def addresses_of(probes: Iterable[Probe]) -> dict[str, str]:
    """An address for every name that is tried."""
    names = sorted({probe.host for probe in probes if any(letter.isalpha() for letter in probe.host)})
    return {name: f"10.99.{number // 250}.{number % 250 + 1}" for number, name in enumerate(names)}


def listeners(probes: Iterable[Probe], places: dict[str, str]) -> list[tuple[str, str, int]]:
    """What must listen so that every probe passes: one behaviour for each address and port."""
    found: dict[tuple[str, int, bool], set[str]] = {}
    for probe in probes:
        if probe.kind in ("resolve", "closed"):
            continue
        place = places.get(probe.host, probe.host), probe.port, probe.transport == "udp"
        wanted = found.setdefault(place, set())
        if probe.kind == "connect":
            wanted.add(probe.name)
        elif probe.kind == "get":
            wanted.add(f"http://{probe.name.removesuffix(':80')}/")
        else:
            wanted.add(f"={probe.kind}")
    return [(_behaviour(wanted), address, port) for (address, port, _), wanted in found.items()]


def _behaviour(wanted: set[str]) -> str:
    allowed = sorted(each for each in wanted if not each.startswith("="))
    if allowed:
        return " ".join(("proxy", *allowed))
    return next(kind for kind in ("tls", "dns", "ntp", "send", "tcp") if f"={kind}" in wanted)


def run(
    folder: Path,
    report: Report,
    source: str,
    program: str,
    without: Iterable[Probe] = (),
    more: Iterable[Probe] = (),
    nameless: Iterable[str] = (),
) -> Ran:
    """The script of a source run where everything listens but what `without` needs, and what `more` must not reach.

    `nameless`: names that lead nowhere.
    """
    probes = plan(report).sources[source]
    places = addresses_of(probes)
    script, hosts, answer = folder / "tests.sh", folder / "hosts", folder / "answer.json"
    script.write_bytes(shell(report).data)
    gone = {(places.get(each.host, each.host), each.port) for each in without}
    listen = [each for each in listeners(probes, places) if each[1:] not in gone]
    listen += [("tcp", places.get(each.host, each.host), each.port) for each in more]
    known = {name: address for name, address in places.items() if name not in nameless}
    hosts.write_text("".join(f"{address} {name}\n" for name, address in known.items()), encoding="utf-8")
    certificate = folder / "certificate.pem"
    if not certificate.exists():
        command = f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=test -keyout {certificate} -out {certificate}.c"
        subprocess.run(command.split(), check=True, capture_output=True)
        certificate.write_bytes(certificate.read_bytes() + Path(f"{certificate}.c").read_bytes())
    command_line = ["busybox", "sh"] if program == "busybox" else [program]
    specification = folder / "specification.json"
    specification.write_text(
        json.dumps(
            {
                "listen": listen,
                "certificate": str(certificate),
                "command": ["env", "PORTCHART_SECONDS=2", *command_line, str(script), source],
                "answer": str(answer),
            }
        ),
        encoding="utf-8",
    )
    inside = 'mount --bind "$1" /etc/hosts && exec "$2" "$3" "$4"'
    done = subprocess.run(
        ["unshare", "-rnm", "sh", "-ec", inside, "sh", hosts, sys.executable, RESPONDER, specification],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    assert found["errors"] == ""
    file = folder / "results.jsonl"
    file.write_text(found["output"], encoding="utf-8")
    results = read_results(file, file.read_bytes())
    assert len(results) == found["output"].count("\n")
    assert {(each.source, each.design) for each in results} == {(source, report.design_hash)}
    return Ran(
        found["code"], {(each.id, each.flow, each.target): each for each in results}, found["heard"], file
    )


def keyed(probes: Iterable[Probe]) -> dict[tuple[str, str, str], Probe]:
    return {
        (each.id, each.flow, f"{each.kind} {each.name or f'{each.host}:{each.port}'}"): each
        for each in probes
    }


@runs
@pytest.mark.parametrize("program", SHELLS)
@pytest.mark.parametrize(
    ("name", "source"), [("on-premises", "relay-1"), ("multi-vpc", "prod-app"), ("multi-vpc", "proxy-1")]
)
def test_everything_that_answers_passes(name: str, source: str, program: str, tmp_path: Path) -> None:
    report = sample_reports()[name]
    probes = plan(report).sources[source]
    ran = run(tmp_path, report, source, program)
    assert ran.results.keys() == keyed(probes).keys()
    wrong = [
        each for each in ran.results.values() if each.result != ("skip" if each.kind == "send" else "pass")
    ]
    assert wrong == []
    assert ran.code == 0
    assert len(ran.results) >= 8
    for probe in probes:
        if probe.kind == "send":
            assert f"portchart {probe.id}" in ran.heard
    # The results are evidence beside every flow of the source that was tried.
    texts = read_edited(ran.file).texts
    tried = {each.flow for each in probes if each.flow}
    assert texts.keys() == tried
    only_sent = {each.flow for each in probes if each.kind == "send"}
    for flow, fields in texts.items():
        assert fields["test"].startswith("passed: " if flow not in only_sent else ("passed: ", "not tried: "))


@runs
@pytest.mark.parametrize("kind", ["tcp", "tls", "dns", "ntp", "connect", "get"])
def test_what_does_not_answer_fails_alone(kind: str, tmp_path: Path) -> None:
    report = sample_reports()["multi-vpc"]
    every = plan(report).sources
    source = next(name for name, probes in every.items() if any(each.kind == kind for each in probes))
    probe = next(each for each in every[source] if each.kind == kind)
    ran = run(tmp_path, report, source, "sh", without=[probe])
    failed = {key for key, each in ran.results.items() if each.result == "fail"}
    same = {
        key
        for key, each in keyed(every[source]).items()
        if (each.host, each.port) == (probe.host, probe.port)
        and each.kind not in ("resolve", "send", "closed")
    }
    assert failed == same
    assert ran.code == 1
    text = read_edited(ran.file).texts[probe.flow]["test"]
    assert text.startswith("failed: ")
    assert "; failed: " in text


@runs
def test_what_must_stay_closed_fails_where_it_answers(tmp_path: Path) -> None:
    report = sample_reports()["multi-vpc"]
    every = plan(report).sources
    source = next(name for name, probes in every.items() if any(each.kind == "closed" for each in probes))
    closed = next(each for each in every[source] if each.kind == "closed")
    ran = run(tmp_path, report, source, "sh", more=[closed])
    assert [each.id for each in ran.results.values() if each.result == "fail"] == [closed.id]
    assert ran.code == 1


@runs
@pytest.mark.parametrize("program", SHELLS)
def test_what_must_stay_closed_is_not_proven_by_a_name_that_leads_nowhere(
    program: str, tmp_path: Path
) -> None:
    report = sample_reports()["on-premises"]
    every = plan(report).sources["records-db"]
    closed = next(each for each in every if each.kind == "closed")
    (found,) = (
        each for each in run(tmp_path, report, "records-db", program).results.values() if each.id == closed.id
    )
    assert (found.result, found.detail) == ("pass", "refused or timed out")
    ran = run(tmp_path, report, "records-db", program, nameless=[closed.host])
    (found,) = (each for each in ran.results.values() if each.id == closed.id)
    assert (found.result, found.detail) == ("skip", "not resolved")


def test_a_dns_server_is_asked_by_its_address() -> None:
    for report in sample_reports().values():
        graph = report.graph
        for probe in (
            each for probes in plan(report).sources.values() for each in probes if each.kind == "dns"
        ):
            flow = next(each for each in graph.flows if each.id == probe.flow)
            assert probe.host in graph.component(flow.destination).addresses


@runs
def test_a_proxy_that_refuses_is_no_way(tmp_path: Path) -> None:
    """A 403 is an answer, but not the one expected."""
    report = sample_reports()["multi-vpc"]
    source, probes = next(
        (name, probes)
        for name, probes in plan(report).sources.items()
        if any(each.kind == "connect" for each in probes)
    )
    proxy = next(each for each in probes if each.kind == "connect")
    ran = run(tmp_path, report, source, "sh", without=[proxy], more=[])
    assert ran.results
    places = addresses_of(probes)
    listen = [("proxy", places.get(proxy.host, proxy.host), proxy.port)]
    specification = json.loads((tmp_path / "specification.json").read_text(encoding="utf-8"))
    specification["listen"] += listen
    (tmp_path / "specification.json").write_text(json.dumps(specification), encoding="utf-8")
    inside = 'mount --bind "$1" /etc/hosts && exec "$2" "$3" "$4"'
    subprocess.run(
        ["unshare", "-rnm", "sh", "-ec", inside, "sh", tmp_path / "hosts", sys.executable, RESPONDER,
         tmp_path / "specification.json"],
        check=True,
    )  # fmt: skip
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    details = {
        (line["kind"], line["result"]): line["detail"]
        for line in map(json.loads, answer["output"].splitlines())
        if line["kind"] in ("connect", "get")
    }
    assert set(details) == {("connect", "fail"), ("get", "fail")}
    assert set(details.values()) == {"another answer than expected"}


def test_every_flow_is_tried_at_its_source_or_said_not_to_be() -> None:
    tried = 0
    for report in every_report(60):
        found = plan(report)
        flows = {
            each.flow: source for source, probes in found.sources.items() for each in probes if each.flow
        }
        by_id = {flow.id: flow for flow in report.graph.flows}
        assert {each.flow for each in found.inexpressible} == by_id.keys() - flows.keys()
        assert all(by_id[flow].source == source for flow, source in flows.items())
        tried += len(flows)
    assert tried > 300


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs shellcheck")
def test_shellcheck_and_sh_find_nothing_to_say(tmp_path: Path) -> None:
    for number, report in enumerate(every_report(20)):
        (tmp_path / f"{number}.sh").write_bytes(shell(report).data)
    files = sorted(tmp_path.iterdir())
    done = subprocess.run(["shellcheck", *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for program in SHELLS:
        for file in files:
            command = ["busybox", "sh"] if program == "busybox" else [program]
            done = subprocess.run([*command, "-n", file], capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, "")


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "tests.sh"
    script.write_bytes(shell(sample_reports()["multi-vpc"]).data)
    done = subprocess.run(["sh", script, "nobody"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: ")


@pytest.mark.parametrize("name", ["multi-vpc", "on-premises"])
def test_nothing_a_user_types_reaches_the_script(name: str) -> None:
    plain, hostile = (shell(each).data for each in harmless_and_hostile(name))

    def anonymous(data: bytes) -> list[bytes]:
        """Without hashes, and without the ports tried at each firewall: which is one device is told by its name."""
        lines = without_hash(data).splitlines()
        return [line for line in lines if not line.strip().startswith((b"design=", b"closed N-"))]

    assert anonymous(plain) == anonymous(hostile)
