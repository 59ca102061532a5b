"""The basis of a flow: what one connection of a rule, with the names that belong to it, says between two subjects."""

from __future__ import annotations

from collections.abc import Iterable

from model.catalog.catalog import Catalog
from model.catalog.condition import All, AnyOf, Condition, FeatureOn, Subject, Term, Terms, holds
from model.catalog.following import Followed
from model.catalog.rules import Connection
from model.flow import Basis
from model.terms import Necessity

_STRENGTH: dict[Necessity, int] = {"optional": 0, "conditional": 1, "required": 2}


def basis_of(
    catalog: Catalog,
    followed: Followed[Connection],
    source: Subject,
    destination: Subject,
    own_fqdn: str | None,
) -> Basis | None:
    """The basis of a connection between two subjects, or None where its condition does not hold.

    `own_fqdn` is the destination's own FQDN, used where a rule names it.
    """
    link = followed.part
    if not holds(link.when, source, destination, catalog.terms):
        return None
    rules = [*followed.cites]
    names: dict[str, list[str]] = {"printed": [], "inferred": [], "uncertain": [], "source": []}
    if link.scope == "network":
        for each in catalog.names_of.get((source.kind, destination.kind), ()):
            part = each.part
            if not holds(part.when, source, destination, catalog.terms):
                continue
            rules.extend(each.cites)
            found = ([own_fqdn] if part.own and own_fqdn is not None else []) + list(part.fqdns)
            if part.side == "source":
                names["source"].extend(found)
            elif part.inferred:
                names["inferred"].extend(found)
            else:
                names["printed"].extend(found)
                if not holds(part.certain_when, source, destination, catalog.terms):
                    names["uncertain"].extend(found)
    return Basis(
        listener=link.port,
        protocol=link.protocol,
        rules=in_order(catalog, rules),
        purpose=followed.rule.purpose,
        scope=link.scope,
        necessity=_necessity(link),
        fqdns=_once(names["printed"]),
        inferred_fqdns=_once(names["inferred"]),
        uncertain_fqdns=_once(names["uncertain"]),
        source_fqdns=_once(names["source"]),
        features=_once(asking(link.when, source, destination, catalog.terms)),
        printed_protocol=link.printed_protocol,
    )


def _necessity(link: Connection) -> Necessity:
    """D18: optional as marked; required where the row has no condition; else conditional."""
    if link.optional is not None:
        return "optional"
    return "required" if link.when is None and not link.if_any else "conditional"


def asking(condition: Condition | None, source: Subject, destination: Subject, terms: Terms) -> Iterable[str]:
    """The features that are on and make the condition hold; features of parts that fail are left out."""
    match condition:
        case FeatureOn(feature=feature):
            if feature in source.features:
                yield feature
        case All(all=parts):
            if holds(condition, source, destination, terms):
                for part in parts:
                    yield from asking(part, source, destination, terms)
        case AnyOf(any=parts):
            for part in parts:
                yield from asking(part, source, destination, terms)
        case Term(term=name):
            yield from asking(terms[name], source, destination, terms)
        case _:
            pass


def merged(catalog: Catalog, one: Basis, other: Basis) -> Basis:
    """One basis for two reasons to open the same port: everything either needs, the stronger necessity.

    Names keep the catalog's order, whoever came first; one that either prints is no longer merely inferred.
    """
    if one is other:
        return one
    printed = _in_name_order(catalog, (*one.fqdns, *other.fqdns))
    inferred = _in_name_order(catalog, (*one.inferred_fqdns, *other.inferred_fqdns))
    purposes = [purpose.id for purpose in catalog.purposes]
    return Basis(
        listener=min(one.listener, other.listener),
        protocol=one.protocol
        if one.protocol == other.protocol
        else ", ".join(sorted({*_parts(one), *_parts(other)})),
        rules=in_order(catalog, (*one.rules, *other.rules)),
        purpose=min(one.purpose, other.purpose, key=purposes.index),
        scope=one.scope,
        necessity=max(one.necessity, other.necessity, key=_STRENGTH.__getitem__),
        fqdns=printed,
        inferred_fqdns=tuple(name for name in inferred if name not in printed),
        uncertain_fqdns=_in_name_order(catalog, (*one.uncertain_fqdns, *other.uncertain_fqdns)),
        source_fqdns=_in_name_order(catalog, (*one.source_fqdns, *other.source_fqdns)),
        features=tuple(
            name for name in catalog.feature_by_id if name in one.features or name in other.features
        ),
        printed_protocol=one.printed_protocol or other.printed_protocol,
        proxied=one.proxied or other.proxied,
        carried=_once((*one.carried, *other.carried)),
    )


def in_order(catalog: Catalog, rules: Iterable[str]) -> tuple[str, ...]:
    """Rule ids, each once, in catalog order."""
    return tuple(sorted(set(rules), key=catalog.order.__getitem__))


def _in_name_order(catalog: Catalog, names: Iterable[str]) -> tuple[str, ...]:
    """Names, each once: a component's own first, then the catalog's in its order."""
    return tuple(sorted(set(names), key=lambda name: (catalog.name_order.get(name, -1), name)))


def _parts(basis: Basis) -> list[str]:
    return basis.protocol.split(", ")


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
