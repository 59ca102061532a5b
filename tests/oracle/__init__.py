"""What a design must derive to, found a second time and naively: every pair of components, every row.

This is a test, so the document's rows are written out in Python, from the document and not from the catalog.
It shares no code with the derivation and reads no catalog: where both agree, two readings of the document
agree. Row numbers (P01 …, U01 …, T01 for the sentence about web proxies) are the document's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from model.design.design import Design
from model.design.elements import Component
from tests.oracle.choices import KINDS, proxy_of, targets
from tests.oracle.names import Name, in_document, names_between
from tests.oracle.rows import Row, rows, rows_towards

Key = tuple[str, str, int, str]
"""Source id, destination id, port, transport."""

PURPOSES = ("management", "updates", "reputation", "logging", "infrastructure", "directory")
"""What traffic is for, the most telling first: it speaks for an entry that serves several."""


@dataclass
class Expected:
    """What one entry must carry."""

    listener: int
    protocols: set[str]
    scope: str
    purpose: str
    necessity: str
    rules: set[str]
    features: set[str]
    fqdns: list[str] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)
    source_fqdns: list[str] = field(default_factory=list)
    proxied: str = ""
    carried: set[str] = field(default_factory=set)
    """Whom the way to a proxy is for."""

    @property
    def protocol(self) -> str:
        """The application protocol; where changed ports made two rows one entry, both."""
        return ", ".join(sorted(self.protocols))


def expected(design: Design) -> dict[Key, Expected]:
    """Everything the document requires of a design, by source, destination, port and transport."""
    found: dict[Key, Expected] = {}
    for source in design.components:
        for destination in design.components:
            applying = list(rows(design, source, destination))
            names = list(names_between(design, source, destination)) if applying else []
            for row in applying:
                add(found, design, source, destination, row, names)
    return found


def expected_missing(design: Design) -> set[tuple[str, str, str, int, str, bool]]:
    """What required traffic has nowhere to go (D3): source, kind, rule, port, transport, whether excluded.

    Excluded means that components of the kind stand in the design and the source is tied to none of them.
    """
    found = set()
    for source in design.components:
        for kind in KINDS:
            if targets(design, source, kind) == []:
                absent = Component(id="absent", kind=kind, name="absent")
                for row in rows_towards(design, source, absent):
                    if not row.if_any and row.necessity != "optional":
                        stands = any(other.kind == kind for other in design.components)
                        found.add((source.id, kind, row.rules[0], row.port, row.transport, stands))
    return found


def add(
    found: dict[Key, Expected],
    design: Design,
    source: Component,
    destination: Component,
    row: Row,
    names: list[Name],
) -> None:
    """Put a row of a pair in: as one entry, or as the two of the way through a web proxy (D11)."""
    port = destination.ports.get(row.port, row.port)
    rules = set(row.rules)
    if row.scope == "network":
        rules |= {rule for name in names for rule in name.rules}
    proxy = proxy_of(design, source, row.traffic)
    if proxy is None:
        key = (source.id, destination.id, port, row.transport)
        put(found, key, row, rules, names if row.scope == "network" else [])
        return
    rules.add("T01")
    to_proxy = Row((), 1443, "tcp", "HTTP proxy", row.purpose, row.necessity, "", row.features)
    first = put(found, (source.id, proxy.id, proxy.ports.get(1443, 1443), "tcp"), to_proxy, rules, [])
    first.proxied = "to-proxy"
    first.carried.add(destination.id)
    second = put(found, (proxy.id, destination.id, port, row.transport), row, rules, names)
    second.proxied = "from-proxy"


def put(found: dict[Key, Expected], key: Key, row: Row, rules: set[str], names: list[Name]) -> Expected:
    """Make an entry, or merge into the one that is there; the stronger necessity wins (D18)."""
    new = Expected(
        row.port, {row.protocol}, row.scope, row.purpose, row.necessity, set(rules), set(row.features)
    )
    entry = found.setdefault(key, new)
    entry.listener = min(entry.listener, row.port)
    entry.protocols.add(row.protocol)
    entry.purpose = min(entry.purpose, row.purpose, key=PURPOSES.index)
    order = ("optional", "conditional", "required")
    if order.index(row.necessity) > order.index(entry.necessity):
        entry.necessity = row.necessity
    entry.rules |= rules
    entry.features |= set(row.features)
    for name in names:
        lists = {
            "printed": (entry.fqdns,),
            "inferred": (entry.inferred,),
            "uncertain": (entry.fqdns, entry.uncertain),
            "source": (entry.source_fqdns,),
        }
        for which in lists[name.mark]:
            if name.fqdn is not None and name.fqdn not in which:
                which.append(name.fqdn)
                which.sort(key=in_document)
    entry.inferred = [name for name in entry.inferred if name not in entry.fqdns]
    return entry
