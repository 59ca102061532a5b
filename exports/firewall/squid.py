"""squid: what clients may reach through a web proxy, by exact name and port; everything else is denied.

A name matches only itself: no leading dot, and `-n` keeps squid from looking names up for addresses. One value a line:
squid cuts long lines. Names of access lists are generated, short: squid cuts longer ones off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from exports.firewall.artefact import Made
from exports.firewall.heading import commented, heading
from exports.firewall.permits import Group, Groups, shortened
from exports.firewall.proxied import NO_NAME, Way, unexpressed, ways
from exports.report import Report
from model.derivation.graph import FlowGraph
from model.frozen import Bilingual

NOTES = (
    Bilingual(
        en="A complete squid.conf for the web proxies of the design; check it with squid -k parse -f FILE.",
        ja="設計内の Webプロキシ用の squid.conf。squid -k parse -f FILE で確認すること。",
    ),
)
PROPOSED = Bilingual(
    en="The design sends nothing through a web proxy: this is what one would have to permit.",
    ja="設計には Webプロキシ経由の通信がない。プロキシを置く場合に許可すべき内容を示す。",
)
_LONGEST = 60


def squid(report: Report) -> Made:
    """A squid.conf as UTF-8 text."""
    graph, groups = report.graph, Groups(report.graph)
    lists: dict[str, list[str]] = {}
    rules: dict[tuple[str, ...], list[str]] = {}
    ports: set[int] = set()
    expressed: set[str] = set()
    reasons: dict[str, Bilingual] = {}
    found = ways(graph)
    for way in found:
        problem = _problem(groups, way)
        if isinstance(problem, Bilingual):
            reasons.setdefault(way.last.id if problem is NO_NAME else way.first.id, problem)
            continue
        expressed |= {way.first.id, way.last.id}
        ports.add(way.first.port if way.proxy is not None else _usual_port(graph))
        rules.setdefault(tuple(_rule(lists, way, *problem)), []).extend((way.first.id, way.last.id))
    for way in found:  # a flow on to a destination stands when any client's way to it does
        if way.last.id not in expressed:
            reasons.setdefault(way.last.id, reasons.get(way.first.id, NO_NAME))
        if way.first.id not in expressed:
            reasons.setdefault(way.first.id, NO_NAME)
    refused = unexpressed(graph, expressed, reasons)
    notes = NOTES if any(way.proxy is not None for way in found) else (*NOTES, PROPOSED)
    lines = [
        *commented("#", heading(report, notes, refused)),
        "",
        *(f"http_port {port}" for port in sorted(ports or {_usual_port(graph)})),
        "acl tunnel method CONNECT",
        *(line for name in sorted(lists) for line in lists[name]),
        *(line for rule, flows in rules.items() for line in _allowed(rule, flows)),
        "http_access deny all",
    ]
    return Made(("\n".join(lines) + "\n").encode(), refused)


def _usual_port(graph: FlowGraph) -> int:
    """The port that the document uses for a web proxy."""
    return graph.catalog.rule_by_id[graph.catalog.proxy_rule].connections[0].port


def _problem(groups: Groups, way: Way) -> Bilingual | tuple[Group, Group | None]:
    """Why a way cannot be written, or the groups of the client and of the proxy."""
    client = groups.initiator(way.client)
    if isinstance(client, Bilingual):
        return client
    proxy = groups.initiator(way.proxy) if way.proxy is not None else None
    if isinstance(proxy, Bilingual):
        return proxy
    return (client, proxy) if way.names else NO_NAME


def _rule(lists: dict[str, list[str]], way: Way, client: Group, proxy: Group | None) -> Iterator[str]:
    """The names of the access lists of a way; makes those that are not there yet."""
    if proxy is not None:
        yield _list(lists, f"at-{proxy.component}", "localip", proxy.addresses)
        yield _list(lists, f"listening-{way.first.port}", "localport", [str(way.first.port)])
    yield _list(lists, client.name, "src", client.addresses)
    if len(way.tunnel) == 1:
        yield "tunnel" if True in way.tunnel else "!tunnel"
    yield _list(lists, f"port-{way.port}", "port", [str(way.port)])
    digest = sha256("\n".join(way.names).encode()).hexdigest()[:8]
    yield _list(lists, f"to-{way.destination}-{digest}", "dstdomain -n", sorted(way.names))


def _allowed(rule: Iterable[str], flows: Iterable[str]) -> Iterator[str]:
    """A rule under the flows that it is for."""
    yield f"# {' '.join(dict.fromkeys(flows))}"
    yield f"http_access allow {' '.join(rule)}"


def _list(lists: dict[str, list[str]], name: str, kind: str, values: Iterable[str]) -> str:
    name = shortened(name, _LONGEST)
    lists.setdefault(name, [f"acl {name} {kind} {value}" for value in values])
    return name
