"""The proxy auto-config file, run by Node: who is led where."""

import ipaddress
import json
import re
import subprocess
from pathlib import Path

import pytest

from exports.firewall.pac import pac
from exports.report import Report
from model.derivation.graph import FlowGraph
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.namespace import needs
from tests.formats.firewall.oracle import RANDOM, random_reports, sample_reports
from tests.formats.firewall.requests import proxied_reports, wanted

RUN = """
const fs = require("fs"), vm = require("vm");
const answers = JSON.parse(fs.readFileSync(0)).map(([text, asked]) => {
  let client;
  const number = (a) => a.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const world = vm.createContext({
    myIpAddress: () => client,
    isInNet: (host, net, mask) => ((number(host) & number(mask)) >>> 0) === ((number(net) & number(mask)) >>> 0),
  });
  vm.runInContext(text, world);
  return asked.map(([from, url, host]) => { client = from; return world.FindProxyForURL(url, host); });
});
process.stdout.write(JSON.stringify(answers));
"""

Question = tuple[str, str, str]


def ask(files: list[tuple[str, list[Question]]]) -> list[list[str]]:
    done = subprocess.run(
        ["node", "-e", RUN], input=json.dumps(files), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


def url(host: str, port: int, *, tunnel: bool) -> str:
    scheme, usual = ("https", 443) if tunnel else ("http", 80)
    return f"{scheme}://{host}/path" if port == usual else f"{scheme}://{host}:{port}/path?x=http://y:1/"


def own(graph: FlowGraph, name: str) -> list[str]:
    """Addresses of a client that no other component has."""

    def nets(component: str) -> list[ipaddress.IPv4Network]:
        found = [ipaddress.ip_network(each) for each in graph.component(component).addresses]
        return [each for each in found if isinstance(each, ipaddress.IPv4Network)]

    others = [net for each in graph.design.components if each.id != name for net in nets(each.id)]
    return [str(net[0]) for net in nets(name) if not any(net[0] in other for other in others)]


def places(graph: FlowGraph, proxy: str, port: int) -> set[str]:
    component = graph.component(proxy)
    names = [component.fqdn] if component.fqdn else [each for each in component.addresses if "/" not in each]
    return {f"PROXY {f'[{name}]' if ':' in name else name}:{port}" for name in names}


@needs("node")
def test_clients_are_led_to_the_proxy_of_the_design_and_otherwise_go_directly() -> None:
    reports = [*sample_reports().values(), *random_reports(RANDOM // 2), *proxied_reports(RANDOM // 2)]
    files: list[tuple[str, list[Question]]] = []
    expected: list[list[set[str]]] = []
    for report in reports:
        graph, made = report.graph, pac(report)
        listed = {each.flow for each in made.inexpressible}
        questions: list[Question] = []
        answers: list[set[str]] = []
        for want in sorted(wanted(graph), key=lambda each: (each[0], str(each[1:5]))):
            proxied = want.proxy is not None and want.listens is not None
            first = graph.by_key[(want.client, want.proxy, want.listens, "tcp")].id if proxied else ""  # type: ignore[index] # both given
            if proxied and first in listed:
                continue
            right = places(graph, want.proxy or "", want.listens or 0) if proxied else {"DIRECT"}
            for client in own(graph, want.client)[:1]:
                for name in sorted(want.names):
                    questions += [
                        (client, url(name, want.port, tunnel=True in want.tunnel), name),
                        (client, url(name, want.port, tunnel=True in want.tunnel).upper(), name.upper()),
                        (client, f"https://{name}:8444/", name),
                        (client, url(f"x.{name}", want.port, tunnel=True in want.tunnel), f"x.{name}"),
                    ]
                    answers += [right, right, {"DIRECT"}, {"DIRECT"}]
        files.append((made.data.decode("ascii"), questions))
        expected.append(answers)
    proxied_answers = 0
    for found, answers in zip(ask(files), expected, strict=True):
        wrong = [(one, right) for one, right in zip(found, answers, strict=True) if one not in right]
        assert wrong == []
        proxied_answers += sum(one != "DIRECT" for one in found)
    assert proxied_answers > 1000


@needs("node")
def test_names_of_objects_lead_nowhere() -> None:
    report = sample_reports()["multi-vpc"]
    odd = ["constructor", "__proto__", "toString", "hasownproperty", "localhost", "[::1]", "10.0.0.1"]
    asked: list[Question] = [("10.40.8.1", f"https://{name}/", name) for name in odd]
    asked += [("10.40.8.1", "no url at all", "x"), ("10.40.8.1", "ftp://x/", "x")]
    (found,) = ask([(pac(report).data.decode(), asked)])
    assert set(found) == {"DIRECT"}


def test_flows_that_do_not_lead_to_a_proxy_are_listed() -> None:
    for report in sample_reports().values():
        graph = report.graph
        made = pac(report)
        listed = {each.flow for each in made.inexpressible}
        led = {
            each
            for line in re.findall("^// Led: (.*)$", made.data.decode(), re.MULTILINE)
            for each in line.split()
        }
        assert led == {flow.id for flow in graph.flows} - listed
        assert {flow.id for flow in graph.flows if flow.basis.proxied != "to-proxy"} <= listed
        assert {flow.id for flow in graph.flows} - listed == {
            graph.by_key[(want.client, want.proxy, want.listens, "tcp")].id
            for want in wanted(graph)
            if want.proxy and want.listens and want.names
        }


@pytest.mark.parametrize("name", ["multi-vpc", "air-gapped"])
def test_nothing_a_user_types_reaches_the_file(name: str, tmp_path: Path) -> None:
    reports: tuple[Report, Report] = harmless_and_hostile(name)
    plain, hostile = (pac(each).data for each in reports)
    assert without_hash(plain) == without_hash(hostile)
    plain.decode("ascii")
