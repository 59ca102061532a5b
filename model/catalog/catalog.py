"""The catalog: everything Portchart knows about one product, read once and never changed.

It refers only to things it defines; `parse_catalog` says in a sentence where one does not.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import StringConstraints, ValidationError, model_validator

from model.catalog.condition import (
    AGENT_VERSION,
    Condition,
    FeatureOn,
    Reaches,
    SettingIs,
    Term,
    parts_of,
)
from model.catalog.following import Followed, Pair, pairs
from model.catalog.questions import Questions
from model.catalog.rules import (
    Connection,
    Discrepancy,
    Document,
    Feature,
    Group,
    Identifier,
    Inheritance,
    Kind,
    Message,
    Names,
    Notice,
    Protocol,
    Purpose,
    Rule,
    Setting,
    TrafficClass,
)
from model.errors import CatalogError
from model.flow import Basis
from model.frozen import Bilingual, Frozen
from model.sentences import told


class Catalog(Frozen):
    """A whole catalog: everything Portchart knows about one product."""

    format: Literal[1]
    id: Identifier
    version: Annotated[str, StringConstraints(pattern=r"^[0-9a-z.-]{1,32}$")]
    title: Bilingual
    document: Document
    groups: tuple[Group, ...]
    purposes: tuple[Purpose, ...]
    kinds: tuple[Kind, ...]
    features: tuple[Feature, ...]
    settings: tuple[Setting, ...]
    traffic_classes: tuple[TrafficClass, ...]
    proxy_rule: str
    """The rule whose connection says how a web proxy is reached."""
    protocols: tuple[Protocol, ...]
    terms: dict[str, Condition]
    term_names: dict[str, Bilingual]
    rules: tuple[Rule, ...]
    discrepancies: tuple[Discrepancy, ...]
    notices: tuple[Notice, ...]
    messages: tuple[Message, ...]

    @cached_property
    def kind_by_id(self) -> dict[str, Kind]:
        """Kinds by id."""
        return {kind.id: kind for kind in self.kinds}

    @cached_property
    def feature_by_id(self) -> dict[str, Feature]:
        """Features by id."""
        return {feature.id: feature for feature in self.features}

    @cached_property
    def setting_by_id(self) -> dict[str, Setting]:
        """Settings by id."""
        return {setting.id: setting for setting in self.settings}

    @cached_property
    def rule_by_id(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def purpose_by_id(self) -> dict[str, Purpose]:
        """Purposes by id."""
        return {purpose.id: purpose for purpose in self.purposes}

    @cached_property
    def protocol_by_name(self) -> dict[str, Protocol]:
        """Protocols by the name connections use."""
        return {protocol.name: protocol for protocol in self.protocols}

    @cached_property
    def discrepancy_by_id(self) -> dict[str, Discrepancy]:
        """Discrepancies by id (A01 …)."""
        return {item.id: item for item in self.discrepancies}

    @cached_property
    def message_by_code(self) -> dict[str, Message]:
        """Messages by code."""
        return {message.code: message for message in self.messages}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of every rule in the catalog, for stable sorting."""
        return {rule.id: place for place, rule in enumerate(self.rules)}

    @cached_property
    def name_order(self) -> dict[str, int]:
        """The place of every name in the catalog, for stable sorting: the printed ones, then the inferred."""
        parts = sorted((part for rule in self.rules for part in rule.names), key=lambda part: part.inferred)
        names = dict.fromkeys(name for part in parts for name in part.fqdns)
        return {name: place for place, name in enumerate(names)}

    def inheritance(self, kind: str) -> Iterator[tuple[Rule, Inheritance]]:
        """The rules through which a kind follows another kind's rules."""
        for rule in self.rules:
            if rule.inherits is not None and rule.inherits.kind == kind:
                yield rule, rule.inherits

    def settings_of(self, kind: str) -> tuple[Setting, ...]:
        """The settings that components of a kind have."""
        return self._settings_of.get(kind, ())

    def features_of(self, kind: str) -> tuple[Feature, ...]:
        """The features that components of a kind can have on."""
        return self._features_of.get(kind, ())

    @cached_property
    def _features_of(self) -> dict[str, tuple[Feature, ...]]:
        return {
            kind.id: tuple(each for each in self.features if kind.id in each.kinds) for kind in self.kinds
        }

    @cached_property
    def _settings_of(self) -> dict[str, tuple[Setting, ...]]:
        return {
            kind.id: tuple(each for each in self.settings if kind.id in each.kinds) for kind in self.kinds
        }

    def listening_ports(self, kind: str) -> tuple[int, ...]:
        """The default ports components of a kind listen on, ascending; the keys of a component's `ports`."""
        return tuple(
            sorted({link.port for rule in self.rules for link in rule.connections if kind in link.to})
        )

    def destination_kinds(self, kind: str) -> tuple[str, ...]:
        """The kinds that components of a kind may connect to, in catalog order: what can be assigned to them (D2)."""
        reached = {
            to
            for followed in self.connections_of.get(kind, ())
            if followed.part.scope == "network"
            for to in followed.part.to
        }
        return tuple(item.id for item in self.kinds if item.id in reached)

    @cached_property
    def connections_of(self) -> dict[str, tuple[Followed[Connection], ...]]:
        """The connections components of each kind open, in catalog order, inheritance applied."""
        return {
            kind.id: tuple(
                Followed(rule, part, through)
                for rule, source, through in self._sources(kind.id)
                for part in rule.connections
                if source in part.from_
            )
            for kind in self.kinds
        }

    @cached_property
    def names_of(self) -> dict[tuple[str, str], tuple[Followed[Names], ...]]:
        """The names each (source kind, destination kind) needs, in catalog order, inheritance applied."""
        found: dict[tuple[str, str], list[Followed[Names]]] = {}
        for kind in self.kinds:
            for rule, source, through in self._sources(kind.id):
                for part in rule.names:
                    if source in part.from_:
                        for to in part.to:
                            found.setdefault((kind.id, to), []).append(Followed(rule, part, through))
        return {pair: tuple(names) for pair, names in found.items()}

    @cached_property
    def questions(self) -> Questions:
        """What the conditions of the rules ask of components."""
        return self._asked[0]

    @cached_property
    def pairs_of(self) -> dict[str, tuple[Pair, ...]]:
        """What the rules say of each kind towards every kind it may connect to, and within its own host."""
        return self._asked[1]

    @cached_property
    def bases(self) -> dict[object, Basis | None]:
        """What the rules say between likenesses, as far as it was worked out: the planner keeps it here."""
        return {}

    @cached_property
    def mutual(self) -> frozenset[str]:
        """The kinds whose components connect to others of their kind."""
        return frozenset(
            kind for kind, several in self.pairs_of.items() if any(to.to == kind for to in several)
        )

    @cached_property
    def _asked(self) -> tuple[Questions, dict[str, tuple[Pair, ...]]]:
        questions = Questions(self.terms)
        return questions, {
            kind: tuple(pairs(kind, followed, self.names_of, questions))
            for kind, followed in self.connections_of.items()
        }

    def _sources(self, kind: str) -> Iterator[tuple[Rule, str, Rule | None]]:
        """Every rule with the source kind as which a kind follows it, and the rule it inherits through."""
        inherited = tuple(self.inheritance(kind))
        for rule in self.rules:
            yield rule, kind, None
            for through, link in inherited:
                if rule.id not in link.exceptions:
                    yield rule, link.from_, through

    @model_validator(mode="after")
    def _refers_to_what_it_defines(self) -> Self:
        problems = list(_problems(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self


def _duplicates(what: str, ids: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            yield f"{what} {name} is defined twice"
        seen.add(name)


def _condition_problems(where: str, condition: Condition | None, catalog: Catalog) -> Iterator[str]:
    kinds, features, settings = catalog.kind_by_id, catalog.feature_by_id, catalog.setting_by_id
    for part in parts_of(condition):
        match part:
            case FeatureOn(feature=name) if name not in features:
                yield f"{where}: unknown feature {name}"
            case Reaches(reaches=name) if name not in kinds:
                yield f"{where}: unknown kind {name}"
            case Term(term=name) if name not in catalog.terms:
                yield f"{where}: unknown term {name}"
            case SettingIs(setting=name, is_=values):
                if name not in settings:
                    yield f"{where}: unknown setting {name}"
                else:
                    known = {choice.id for choice in settings[name].choices}
                    yield from (
                        f"{where}: {name} has no choice {value}" for value in values if value not in known
                    )
            case _:
                pass


def _rule_problems(rule: Rule, catalog: Catalog) -> Iterator[str]:
    where = f"rule {rule.id}"
    kinds, rules = catalog.kind_by_id, catalog.rule_by_id
    classes = {item.id for item in catalog.traffic_classes}
    if rule.purpose not in catalog.purpose_by_id:
        yield f"{where}: unknown purpose {rule.purpose}"
    if not all(1 <= line <= catalog.document.lines for line in rule.citation.lines):
        yield f"{where}: the document has lines 1 to {catalog.document.lines}, and no others"
    if not (rule.connections or rule.names or rule.inherits):
        yield f"{where}: says nothing"
    parts: tuple[Connection | Names, ...] = (*rule.connections, *rule.names)
    for part in parts:
        yield from (f"{where}: unknown kind {kind}" for kind in (*part.from_, *part.to) if kind not in kinds)
        yield from _condition_problems(where, part.when, catalog)
    for link in rule.connections:
        if link.protocol not in catalog.protocol_by_name:
            yield f"{where}: unknown protocol {link.protocol}"
        if link.traffic is not None and link.traffic not in classes:
            yield f"{where}: unknown traffic class {link.traffic}"
    for names in rule.names:
        yield from _condition_problems(where, names.certain_when, catalog)
        if not (names.fqdns or names.own):
            yield f"{where}: names without a name"
    if rule.inherits is not None:
        ends = (rule.inherits.kind, rule.inherits.from_)
        yield from (f"{where}: unknown kind {kind}" for kind in ends if kind not in kinds)
        yield from (f"{where}: unknown rule {name}" for name in rule.inherits.exceptions if name not in rules)
    yield from _unknown_discrepancies(where, rule.discrepancies, catalog)


def _term_cycles(catalog: Catalog) -> Iterator[str]:
    def visit(name: str, path: tuple[str, ...]) -> Iterator[str]:
        if name in path:
            yield f"term {name} is defined by itself"
            return
        for part in parts_of(catalog.terms[name]):
            if isinstance(part, Term) and part.term in catalog.terms:
                yield from visit(part.term, (*path, name))

    for name in catalog.terms:
        yield from visit(name, ())


def _problems(catalog: Catalog) -> Iterator[str]:
    groups = {group.id for group in catalog.groups}
    for what, ids in (
        ("kind", [kind.id for kind in catalog.kinds]),
        ("feature", [feature.id for feature in catalog.features]),
        ("setting", [setting.id for setting in catalog.settings]),
        ("rule", [rule.id for rule in catalog.rules]),
        ("group", [group.id for group in catalog.groups]),
        ("purpose", [purpose.id for purpose in catalog.purposes]),
        ("protocol", [protocol.name for protocol in catalog.protocols]),
        ("traffic class", [each.id for each in catalog.traffic_classes]),
        ("discrepancy", [item.id for item in catalog.discrepancies]),
        ("finding", [notice.code for notice in catalog.notices] + [each.code for each in catalog.messages]),
    ):
        yield from _duplicates(what, ids)
    yield from (
        f"kind {kind.id}: unknown group {kind.group}" for kind in catalog.kinds if kind.group not in groups
    )
    owners: tuple[Feature | Setting, ...] = (*catalog.features, *catalog.settings)
    for owner in owners:
        yield from (
            f"{owner.id}: unknown kind {kind}" for kind in owner.kinds if kind not in catalog.kind_by_id
        )
    for setting in catalog.settings:
        if setting.default not in {choice.id for choice in setting.choices}:
            yield f"setting {setting.id}: its default {setting.default} is not among its choices"
        if setting.substitutes is not None and setting.substitutes not in catalog.feature_by_id:
            yield f"setting {setting.id}: unknown feature {setting.substitutes}"
        if setting.version != (setting.id == AGENT_VERSION):
            yield f"setting {setting.id}: only {AGENT_VERSION} holds a version"
    for name, condition in catalog.terms.items():
        yield from _condition_problems(f"term {name}", condition, catalog)
    if set(catalog.terms) != set(catalog.term_names):
        yield "every term needs a name in term_names, and no other"
    yield from _term_cycles(catalog)
    for rule in catalog.rules:
        yield from _rule_problems(rule, catalog)
    if (
        catalog.proxy_rule not in catalog.rule_by_id
        or len(catalog.rule_by_id[catalog.proxy_rule].connections) != 1
    ):
        yield f"proxy_rule {catalog.proxy_rule} must be a rule with one connection"
    for notice in catalog.notices:
        yield from _notice_problems(notice, catalog)
    for message in catalog.messages:
        yield from _unknown_discrepancies(f"finding {message.code}", message.discrepancies, catalog)
    for item in catalog.discrepancies:
        yield from _unknown_rules(f"discrepancy {item.id}", item.rules, catalog)


def _notice_problems(notice: Notice, catalog: Catalog) -> Iterator[str]:
    where = f"finding {notice.code}"
    yield from _unknown_rules(where, notice.rules, catalog)
    yield from _unknown_discrepancies(where, notice.discrepancies, catalog)
    yield from (f"{where}: unknown kind {name}" for name in notice.kinds if name not in catalog.kind_by_id)
    for feature in (*notice.features, notice.unless, notice.offer):
        if feature is not None and feature not in catalog.feature_by_id:
            yield f"{where}: unknown feature {feature}"


def _unknown_rules(where: str, rules: tuple[str, ...], catalog: Catalog) -> Iterator[str]:
    yield from (f"{where}: unknown rule {name}" for name in rules if name not in catalog.rule_by_id)


def _unknown_discrepancies(where: str, names: tuple[str, ...], catalog: Catalog) -> Iterator[str]:
    yield from (
        f"{where}: unknown discrepancy {name}" for name in names if name not in catalog.discrepancy_by_id
    )


def parse_catalog(data: str | bytes, where: str = "catalog") -> Catalog:
    """The catalog in JSON text. Raises CatalogError with the first problem and its place."""
    try:
        return Catalog.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole file"
        reason = first["msg"].removeprefix("Value error, ")
        raise CatalogError(
            told(
                "{where}: {place}: {reason}. Restore the file or correct this place.",
                where=where,
                place=place,
                reason=reason,
            )
        ) from error
