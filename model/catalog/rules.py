"""What the rows of a catalog are: small frozen values; `catalog` checks how they refer to each other.

A *rule* is one row of a table of the vendor's document. A row of the port table brings *connections* (who opens
which port where), a row of the URL table brings *names* (FQDNs for a source and a destination); where one table
is silent the other's row may bring both. Every rule carries its citation and our reading of it.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from model.catalog.condition import Condition, Side, is_version
from model.frozen import Bilingual, Frozen
from model.terms import Scope, Transport

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Host = Annotated[
    str, StringConstraints(pattern=r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$", max_length=253)
]
PortNumber = Annotated[int, Field(ge=1, le=65535)]
Severity = Literal["error", "warning", "information"]


class Group(Frozen):
    """A heading of the palette."""

    id: Identifier
    name: Bilingual


class Purpose(Frozen):
    """What traffic is for; colours and line styles follow it.

    `quiet` purposes (DNS, NTP) are drawn only when asked for. `refused`: what is missing where it is not permitted, in
    our words and no further than the document goes.
    """

    id: Identifier
    name: Bilingual
    quiet: bool = False
    refused: Bilingual | None = None


class Kind(Frozen):
    """What a component can be. A service runs at the vendor, on the Internet; `source_addresses` are printed for it."""

    id: Identifier
    name: Bilingual
    group: Identifier
    icon: Identifier
    service: bool = False
    source_addresses: tuple[str, ...] = ()
    note: Bilingual | None = None

    def connects_from(self, own: tuple[str, ...]) -> tuple[str, ...]:
        """What connections of a component come from: the printed addresses, else its own.

        Where addresses are printed, those that a component was given are where it listens.
        """
        return self.source_addresses or own


class Feature(Frozen):
    """Something that can be switched on.

    scope "policy": set for the design, overridable at every component of `kinds`; "design": set once, for the
    whole design. category "protection" and "service" come from the document; "beyond" and "inferred" are
    offered on request and never on by default. `refused`: as for purposes, where flows exist because of the feature.
    """

    id: Identifier
    name: Bilingual
    scope: Literal["policy", "design"]
    category: Literal["protection", "service", "beyond", "inferred"]
    kinds: tuple[Identifier, ...]
    default: bool = False
    note: Bilingual
    refused: Bilingual | None = None


class Choice(Frozen):
    """One value a setting can take."""

    id: str
    name: Bilingual


class Setting(Frozen):
    """Something a component of `kinds` is set to: one of `choices`, or any version where `version` is true."""

    id: Identifier
    name: Bilingual
    kinds: tuple[Identifier, ...]
    choices: tuple[Choice, ...] = Field(min_length=1)
    default: str
    version: bool = False
    substitutes: Identifier | None = None
    """The feature this setting chooses the server of (file or web reputation)."""
    note: Bilingual

    def accepts(self, value: str) -> bool:
        """Whether a value means something here: one of the choices or, for a version, any version."""
        return (self.version and is_version(value)) or any(choice.id == value for choice in self.choices)


class TrafficClass(Frozen):
    """A class of traffic that a component may send through a web proxy (A18)."""

    id: Identifier
    name: Bilingual


class Protocol(Frozen):
    """An application protocol and whether it protects its content.

    `alternative` says what the document offers instead.
    """

    name: str
    encrypted: bool
    warns: bool = False
    """Whether its use raises the cleartext finding."""
    alternative: Bilingual | None = None


class Citation(Frozen):
    """Where a rule is printed: the table, the row in it, and the line numbers of the source text."""

    table: Literal["ports", "urls", "text"]
    row: int = Field(ge=1)
    lines: tuple[int, ...] = Field(min_length=1)


class Connection(Frozen):
    """Components of the kinds `from` open `port` at components of the kinds `to` while `when` holds.

    scope "host": the component connects to itself on the loopback. `if_any` names the sides that the document marks "if
    any": the flow then counts as conditional, and an absent destination is no finding. `optional`: printed but of no
    practical use, or beyond the document. `printed_protocol`: what the document prints, where our reading differs.
    """

    from_: tuple[Identifier, ...] = Field(alias="from")
    to: tuple[Identifier, ...] = Field(min_length=1)
    port: PortNumber
    transport: Transport
    protocol: str
    printed_protocol: str | None = None
    traffic: Identifier | None = None
    scope: Scope = "network"
    if_any: tuple[Side, ...] = ()
    when: Condition | None = None
    optional: Literal["printed", "beyond"] | None = None


class Names(Frozen):
    """FQDNs that flows from `from` to `to` need while `when` holds.

    `own`: the destination's own FQDN. `inferred`: not printed, marked wherever shown. side "source": they
    name the initiator and never belong in a destination filter. Where `certain_when` fails, the names are
    used but marked uncertain.
    """

    from_: tuple[Identifier, ...] = Field(alias="from", min_length=1)
    to: tuple[Identifier, ...] = Field(min_length=1)
    fqdns: tuple[Host, ...] = ()
    own: bool = False
    inferred: bool = False
    side: Side = "destination"
    when: Condition | None = None
    certain_when: Condition | None = None


class Inheritance(Frozen):
    """Components of `kind` also follow the rules whose source is `from`, except those listed (D4)."""

    kind: Identifier
    from_: Identifier = Field(alias="from")
    exceptions: tuple[str, ...] = Field(alias="except", default=())


class Rule(Frozen):
    """One row of the document: its citation, our reading of it, and what follows from it."""

    id: str
    citation: Citation
    purpose: Identifier
    reading: Bilingual
    connections: tuple[Connection, ...] = ()
    names: tuple[Names, ...] = ()
    inherits: Inheritance | None = None
    discrepancies: tuple[str, ...] = ()


class Discrepancy(Frozen):
    """A place where the document is unclear, and the reading taken."""

    id: str
    subject: Bilingual
    reading: Bilingual
    lines: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()


class Notice(Frozen):
    """A finding raised by what a design uses: one of the rules, one of the kinds, or one of the features.

    `unless` names a feature that settles it; `offer` names a feature that the fix turns on.
    """

    code: Identifier
    severity: Severity
    rules: tuple[str, ...] = ()
    kinds: tuple[Identifier, ...] = ()
    features: tuple[Identifier, ...] = ()
    uncertain_names: bool = False
    unless: Identifier | None = None
    offer: Identifier | None = None
    message: Bilingual
    discrepancies: tuple[str, ...] = ()


class Message(Frozen):
    """The sentence of a finding that the program itself checks for; `{placeholders}` are filled in by the check."""

    code: Identifier
    severity: Severity
    message: Bilingual
    discrepancies: tuple[str, ...] = ()


class Document(Frozen):
    """The vendor document the rules come from, by name and shape; its sentences are not kept."""

    title: Bilingual
    product: str
    tables: dict[Literal["ports", "urls", "text"], Bilingual]
    lines: int
