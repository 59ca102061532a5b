"""Proxy auto-config: which names clients reach through which web proxy; everything else goes directly.

The file opens nothing: it leads clients to the proxy that the design sends them through. Where clients differ over a
name, they are told apart by their own IPv4 addresses, which is all that the standard functions of these files compare.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable

from exports.firewall.artefact import Made
from exports.firewall.heading import commented, heading
from exports.firewall.permits import Groups
from exports.firewall.proxied import NO_NAME, Way, unexpressed, ways
from exports.report import Report
from model.derivation.graph import FlowGraph
from model.frozen import Bilingual

NOTES = (
    Bilingual(
        en="Names not listed are reached directly, so this file needs the filters of the other formats beside it.",
        ja="一覧にない名前へは直接接続するため、ほかの形式のフィルターと併用すること。",
    ),
)
ONLY_LEADS = Bilingual(
    en="it starts at the web proxy itself, which such a file does not govern",
    ja="Webプロキシ自身の通信であり、この形式の対象外である",
)
NO_PLACE = Bilingual(
    en="the web proxy has neither a name nor a usable address",
    ja="Webプロキシの名前も使用できるアドレスもない",
)
ALIKE = Bilingual(
    en="others reach the same name in another way, and IPv4 addresses cannot tell them apart",
    ja="同じ名前への経路が異なるほかのコンポーネントと、IPv4アドレスでは区別できない",
)

Target = tuple[str, int]
"""A name and a port."""

_SCRIPT = """
var PORTS = { http: "80", https: "443" };

function FindProxyForURL(url, host) {
  var parts = /^([a-z]+):\\/\\/(?:[^\\/?#]*@)?(?:\\[[^\\]]*\\]|[^:\\/?#]*)(?::([0-9]+))?/.exec(url.toLowerCase());
  if (!parts) return "DIRECT";
  var target = host.toLowerCase() + ":" + (parts[2] || PORTS[parts[1]]);
  if (!Object.prototype.hasOwnProperty.call(WAYS, target)) return "DIRECT";
  for (var i = 0; i < WAYS[target].length; i++) {
    var way = WAYS[target][i];
    if (!way.from) return way.proxy;
    for (var n = 0; n < way.from.length; n++) {
      if (isInNet(myIpAddress(), way.from[n][0], way.from[n][1])) return way.proxy;
    }
  }
  return "DIRECT";
}
"""


def pac(report: Report) -> Made:
    """The file as ASCII, with its head in English: browsers differ over the encoding of such files."""
    graph, groups = report.graph, Groups(report.graph)
    reasons: dict[str, Bilingual] = {
        flow.id: ONLY_LEADS for flow in graph.network if flow.basis.proxied == "from-proxy"
    }
    wanted: dict[Target, dict[str, tuple[Way, str]]] = {}
    for way in ways(graph):
        if way.proxy is None:
            continue
        place = _place(graph, groups, way)
        if place is None or not way.names:
            reasons[way.first.id] = NO_PLACE if place is None else NO_NAME
            continue
        for name in way.names:
            wanted.setdefault((name, way.port), {})[way.client] = way, place
    direct = _direct(graph)
    table: list[str] = []
    expressed: set[str] = set()
    for target, by_client in sorted(wanted.items()):
        entries, told = _entries(groups, by_client, direct.get(target, set()))
        if entries:
            table.append(f'  "{target[0]}:{target[1]}": {json.dumps(entries)}')
        clients = {way.first.id for client, (way, _) in by_client.items() if client in told}
        expressed |= clients
        reasons |= {way.first.id: ALIKE for way, _ in by_client.values() if way.first.id not in clients}
    refused = unexpressed(graph, expressed, reasons)
    ways_text = "{\n" + ",\n".join(table) + "\n}" if table else "{}"
    led = commented("//", [f"Led: {' '.join(sorted(expressed))}"] if expressed else [])
    lines = [*commented("//", heading(report, NOTES, refused, "en")), "", *led, f"var WAYS = {ways_text};"]
    return Made(("\n".join(lines) + "\n" + _SCRIPT).encode("ascii"), refused)


def _place(graph: FlowGraph, groups: Groups, way: Way) -> str | None:
    """The proxy as such files name it: by its own name, else by its first single address."""
    proxy = graph.component(way.first.destination)
    if proxy.fqdn is not None:
        return f"PROXY {proxy.fqdn}:{way.first.port}"
    group = groups.initiator(proxy.id)
    if isinstance(group, Bilingual):
        return None
    single = [network for network in map(ipaddress.ip_network, group.addresses) if network.num_addresses == 1]
    if not single:
        return None
    address = single[0].network_address
    return f"PROXY {f'[{address}]' if address.version == 6 else address}:{way.first.port}"


def _direct(graph: FlowGraph) -> dict[Target, set[str]]:
    """The clients that reach a name directly, by name and port."""
    found: dict[Target, set[str]] = {}
    for flow in graph.network:
        if not flow.basis.proxied and flow.transport == "tcp":
            for name in (*flow.basis.fqdns, *flow.basis.inferred_fqdns):
                found.setdefault((name, flow.port), set()).add(flow.source)
    return found


def _entries(
    groups: Groups, by_client: dict[str, tuple[Way, str]], direct: Iterable[str]
) -> tuple[list[dict[str, object]], set[str]]:
    """The entries for one name, one per proxy, and the clients they hold for; one for everybody where all agree."""
    places = {place for _, place in by_client.values()}
    others = set(direct) - set(by_client)
    if len(places) == 1 and not others:
        return [{"proxy": places.pop()}], set(by_client)
    nets = {client: _networks(groups, client) for client in (*by_client, *others)}
    found: dict[str, list[list[str]]] = {}
    told: set[str] = set()
    for client, (_, place) in by_client.items():
        against = [other for other in nets if other in others or by_client[other][1] != place]
        clash = any(one.overlaps(two) for other in against for one in nets[client] for two in nets[other])
        if nets[client] and not clash:
            told.add(client)
            found.setdefault(place, []).extend(
                [str(net.network_address), str(net.netmask)] for net in nets[client]
            )
    return [{"proxy": place, "from": masks} for place, masks in found.items()], told


def _networks(groups: Groups, client: str) -> list[ipaddress.IPv4Network]:
    group = groups.initiator(client)
    return [] if isinstance(group, Bilingual) else [ipaddress.IPv4Network(each) for each in group.v4]
