"""The PowerShell script, read by a grammar of PowerShell that is not ours: it tries what the shell script tries."""

import re
from base64 import b64decode

import pytest

from exports.connectivity.powershell import powershell
from exports.connectivity.probes import Probe, dns_query, plan
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.oracle import every_report
from tests.formats.firewall.test_windows import below, parsed

FIELD = re.compile(r"(\w+) = (?:'([^']*)'|(\d+))")
COMMANDS = {
    "Set-StrictMode", "ConvertTo-Json", "Write-Verbose", "Open-Connection", "Write-Result", "Write-Answer",
    "Get-UdpAnswer", "Get-TcpAnswer", "Test-Handshake", "Test-Name", "Test-Probe", "Write-Warning",
}  # fmt: skip


def read(data: bytes) -> dict[str, list[dict[str, str]]]:
    """The probes of every source; nothing but the script's own functions and harmless commands is called."""
    root = parsed(data)
    commands = {each.text.decode() for each in below(root, "command_name")}
    assert commands <= COMMANDS
    found: dict[str, list[dict[str, str]]] = {}
    for assignment in below(root, "assignment_expression"):
        if not assignment.text.startswith(b"$probes"):
            continue
        for clause in below(assignment, "switch_clause"):
            lines = clause.text.decode().splitlines()
            source = lines[0].split("'")[1]
            objects = [line.strip() for line in lines[1:-1]]
            assert all(re.fullmatch(r"\[pscustomobject\]@\{ .* \}", line) for line in objects)
            found[source] = [
                {key: one or other for key, one, other in FIELD.findall(line)} for line in objects
            ]
    return found


def test_it_holds_the_probes_of_the_plan() -> None:
    number = 0
    for report in every_report(60):
        made = powershell(report)
        wanted = plan(report)
        if not wanted.sources:
            continue
        found = read(made.data)
        assert found.keys() == wanted.sources.keys()
        for source, probes in wanted.sources.items():
            assert [
                Probe(each["id"], each["flow"], each["kind"], each["host"], int(each["port"]), each["name"])  # type: ignore[arg-type] # compared with what it must be
                for each in found[source]
            ] == list(probes)
            for each in found[source]:
                query = b64decode(each["query"], validate=True)
                if each["kind"] == "dns":
                    assert query == dns_query(each["name"])
                elif each["kind"] == "connect":
                    assert query.startswith(f"CONNECT {each['name']} HTTP/1.1\r\n".encode())
                assert bool(query) == (each["kind"] in ("dns", "ntp", "connect", "get", "send"))
        assert made.inexpressible == wanted.inexpressible
        number += sum(map(len, found.values()))
    assert number > 1000


def test_patterns_take_good_answers_and_no_others() -> None:
    found = {
        (each["kind"], each["expected"])
        for report in every_report(20)
        if plan(report).sources
        for probes in read(powershell(report).data).values()
        for each in probes
    }
    patterns = {kind: pattern for kind, pattern in found if pattern}
    assert len(patterns) == len([each for each in found if each[1]])
    good = {"connect": b"HTTP/1.0 200 Connection established", "get": b"HTTP/1.1 404 Not Found",
            "dns": b"PC\x81\x80", "ntp": b"\x24\x01"}  # fmt: skip
    bad = {"connect": b"HTTP/1.1 403 Forbidden", "get": b"HTTP/1.1 503 Service Unavailable",
           "dns": b"PC\x01\x00", "ntp": b"\x23\x01"}  # fmt: skip
    assert set(patterns) == set(good)
    for kind, pattern in patterns.items():
        assert re.search(pattern, good[kind].hex())
        assert not re.search(pattern, bad[kind].hex())


@pytest.mark.parametrize("name", ["multi-vpc", "on-premises"])
def test_nothing_a_user_types_reaches_the_script(name: str) -> None:
    plain, hostile = (powershell(each).data for each in harmless_and_hostile(name))

    def anonymous(data: bytes) -> list[bytes]:
        """Without hashes, and without the ports tried at each firewall: which is one device is told by its name."""
        lines = without_hash(data).splitlines()
        return [line for line in lines if not line.startswith(b"$design") and b"id = 'N-" not in line]

    assert anonymous(plain) == anonymous(hostile)
