"""A flow: one connection that must be permitted, from the component that opens it to the component that listens.

A design has tens of thousands of flows and few reasons, so a flow is a small tuple that shares its `Basis`
with all flows that exist for the same reasons.
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from model.terms import Necessity, Scope, Transport

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Basis(NamedTuple):
    """Why flows exist and what they carry.

    `listener` is the default port as printed (the flow's own port may differ, D12). `fqdns` are the printed
    names of the destination, `inferred_fqdns` those switched on although not printed, `uncertain_fqdns` the
    printed ones used beyond the agent versions they are printed for, `source_fqdns` names of the initiator
    (never for a destination filter, A17). `rules` are rule ids in catalog order, `features` the features that
    are on and ask for the flow. `printed_protocol` differs from `protocol` where our reading corrects the
    document. `proxied` says how the flow takes part in a way through a web proxy: "" (not at all),
    "to-proxy", or "from-proxy"; `carried` then lists the ends served.
    """

    listener: int
    protocol: str
    rules: tuple[str, ...]
    purpose: str
    scope: Scope
    necessity: Necessity
    fqdns: tuple[str, ...] = ()
    inferred_fqdns: tuple[str, ...] = ()
    uncertain_fqdns: tuple[str, ...] = ()
    source_fqdns: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    printed_protocol: str | None = None
    proxied: str = ""
    carried: tuple[str, ...] = ()


class Flow(NamedTuple):
    """One entry per (source, destination, port, transport).

    Source and destination are component ids; equal for loopback.
    """

    source: str
    destination: str
    port: int
    transport: Transport
    basis: Basis

    @property
    def key(self) -> tuple[str, str, int, Transport]:
        """What makes the entry one."""
        return self[:4]

    @property
    def id(self) -> str:
        """A stable name, "F-" and eight base-32 digits, made from source, destination and the rule's printed listener.

        It never depends on order, language, or a port changed at the listener.
        """
        return flow_id(self.source, self.destination, self.basis.listener, self.transport)


def flow_id(source: str, destination: str, listener: int, transport: str) -> str:
    """The stable name of a flow; see `Flow.id`."""
    digest = sha256(f"{source}\n{destination}\n{listener}/{transport}".encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    return "F-" + "".join(_DIGITS[number >> shift & 31] for shift in range(35, -1, -5))
