"""The document's URL table as if-statements: which names one component needs for another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.design.design import Design
from model.design.elements import Component
from tests.oracle.choices import feature, file_reputation, version, web_reputation

GOV = "workload.gov-us-1.cloudonegov.trendmicro.com"
COMMERCIAL = "workload.us-1.cloudone.trendmicro.com"
WORKLOAD_SECURITY_NAMES = (
    GOV,
    f"agents-001.{GOV}",
    f"agents.{GOV}",
    f"dsmim.{GOV}",
    f"relay.{GOV}",
    f"xdr-resp-gw.{GOV}",
)
SMART_FEEDBACK_NAMES = {
    (12, 0): ("U06b", "ds120-en.fbs25.trendmicro.com"),
    (11, 0): ("U06c", "deepsecurity1100-en.fbs25.trendmicro.com"),
    (10, 0): ("U06d", "deepsecurity1000-en.fbs20.trendmicro.com"),
}
UPDATE_SERVER_NAMES = (
    "iaus.activeupdate.trendmicro.com",
    "iaus.trendmicro.com",
    "ipv6-iaus.trendmicro.com",
    "ipv6-iaus.activeupdate.trendmicro.com",
)
IN_DOCUMENT = (
    *WORKLOAD_SECURITY_NAMES,
    f"agents-002.{GOV}",
    f"agent-comm.{GOV}",
    "files.trendmicro.com",
    *UPDATE_SERVER_NAMES,
    "dsaas1100-en-census.trendmicro.com",
    "ds200-en.fbs25.trendmicro.com",
    "ds120-en.fbs25.trendmicro.com",
    "deepsecurity1100-en.fbs25.trendmicro.com",
    "deepsecurity1000-en.fbs20.trendmicro.com",
    "dsaas.icrc.trendmicro.com",
    "dsaas-en-f.trx.trendmicro.com",
    "dsaas-en-b.trx.trendmicro.com",
    "deepsecaas11-en.gfrbridge.trendmicro.com",
    "dsaas.url.trendmicro.com",
    f"gateway.{COMMERCIAL}",
    f"gateway-control.{COMMERCIAL}",
    f"gateway.{GOV}",
    f"gateway-control.{GOV}",
)
"""Every name the document knows or suggests, in the order in which it is first met there."""


@dataclass(frozen=True)
class Name:
    """One name that a pair of components needs."""

    rules: tuple[str, ...]
    fqdn: str | None
    """None where the row asks for the destination's own name and the design does not give it."""
    mark: str = "printed"


def in_document(fqdn: str) -> int:
    """The place of a name in the document; a component's own name stands alone, so its place is all one."""
    return IN_DOCUMENT.index(fqdn) if fqdn in IN_DOCUMENT else -1


def names_between(design: Design, source: Component, destination: Component) -> Iterator[Name]:
    """The names that one component needs for another, in the document's order, each with its rows."""
    match source.kind, destination.kind:
        case "administrator", "workload-security":
            if feature(design, source, "inferred-console-name"):
                yield Name(("P03",), GOV, "inferred")
        case "service-gateway", "smart-protection-network":
            if feature(design, source, "inferred-service-gateway-names"):
                yield Name(("P34",), "dsaas.icrc.trendmicro.com", "inferred")
        case (("agent" | "relay"), "workload-security"):
            mark = "printed" if version(design, source) >= (20, 0) else "uncertain"
            for name in WORKLOAD_SECURITY_NAMES:
                yield Name(("U01",), name, mark)
            if feature(design, source, "inferred-agents-002"):
                yield Name(("U01",), f"agents-002.{GOV}", "inferred")
            if feature(design, source, "inferred-agent-comm"):
                yield Name(("U01",), f"agent-comm.{GOV}", "inferred")
        case (("agent" | "relay"), "download-center"):
            yield Name(("U02",), "files.trendmicro.com")
        case (("agent" | "relay"), "software-mirror"):
            yield Name(("U02",), destination.fqdn)
        case (("agent" | "relay"), "update-server"):
            for name in UPDATE_SERVER_NAMES:
                yield Name(("U03",), name)
        case (("agent" | "relay"), "vision-one"):
            yield Name(("U04",), f"xdr-resp-gw.{GOV}")
        case "agent", "smart-protection-network":
            yield from network_names(design, source, ())
        case "relay", "smart-protection-network":
            yield from network_names(design, source, ("P19",))
        case "agent", "smart-protection-server":
            yield Name(("U11",), destination.fqdn)
        case "relay", "smart-protection-server":
            yield Name(("U11", "P19"), destination.fqdn)
        case "workload-security", ("agent" | "relay"):
            yield Name(("U12",), f"agents-001.{GOV}", "source")
            if feature(design, source, "inferred-agents-002"):
                yield Name(("U12",), f"agents-002.{GOV}", "source")
        case "data-center-gateway", "workload-security":
            yield Name(("U13",), f"gateway.{COMMERCIAL}")
            yield Name(("U13",), f"gateway-control.{COMMERCIAL}")
            if feature(design, source, "inferred-gateway-names"):
                yield Name(("U13",), f"gateway.{GOV}", "inferred")
                yield Name(("U13",), f"gateway-control.{GOV}", "inferred")
        case "api-client", "workload-security":
            for name in WORKLOAD_SECURITY_NAMES:
                yield Name(("U14",), name)
            if feature(design, source, "inferred-agents-002"):
                yield Name(("U14",), f"agents-002.{GOV}", "inferred")


def network_names(design: Design, source: Component, through: tuple[str, ...]) -> Iterator[Name]:
    """The Smart Protection Network's names: one row of the document for each feature that asks (D6)."""
    behavior = feature(design, source, "behavior-monitoring")
    learning = feature(design, source, "predictive-machine-learning")
    memory = feature(design, source, "process-memory-scan")
    if behavior or learning:
        yield Name(("U05", *through), "dsaas1100-en-census.trendmicro.com")
    if feature(design, source, "smart-feedback"):
        numbers = version(design, source)
        if numbers >= (20, 0):
            yield Name(("U06a", *through), "ds200-en.fbs25.trendmicro.com")
        elif numbers in SMART_FEEDBACK_NAMES:
            rule, name = SMART_FEEDBACK_NAMES[numbers]
            yield Name((rule, *through), name)
    if file_reputation(design, source) == "smart-protection-network":
        yield Name(("U07", *through), "dsaas.icrc.trendmicro.com")
    if learning:
        yield Name(("U08", *through), "dsaas-en-f.trx.trendmicro.com")
        yield Name(("U08", *through), "dsaas-en-b.trx.trendmicro.com")
    if behavior or learning or memory:
        yield Name(("U09", *through), "deepsecaas11-en.gfrbridge.trendmicro.com")
    if web_reputation(design, source) == "smart-protection-network":
        yield Name(("U10", *through), "dsaas.url.trendmicro.com")
