"""Every small way in which a catalog could be wrong: one alteration of its data at a time."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from model.catalog.catalog import Catalog
from model.catalog.condition import Condition

Data = Any
"""JSON data."""
Path = tuple[str | int, ...]
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


class Absent:
    """Stands for "take this out"."""


@dataclass(frozen=True)
class Mutant:
    """One alteration: where, and to what. `part` says what kind of thing is altered."""

    subject: str
    """The rule, term, feature or setting altered."""
    part: str
    change: str
    path: Path
    value: Data

    @property
    def name(self) -> str:
        """What tells this mutant from all others."""
        place = " ".join(str(step) for step in self.path[2:])
        return f"{self.subject} {place}: {self.change}"

    def apply(self, catalog: Catalog, data: Data) -> Catalog:
        """The altered catalog. Only the altered element is validated: to be refused is not to be noticed."""
        altered = _with(data[self.path[0]], self.path[1:], self.value)
        match self.path:
            case (("rules" | "features" | "settings" | "kinds") as key, int(number), *_):
                items = list(getattr(catalog, key))
                items[number] = type(items[number]).model_validate_json(json.dumps(altered[number]))
                value: Any = tuple(items)
            case ("terms", str(term), *_):
                value = {**catalog.terms, term: CONDITION.validate_json(json.dumps(altered[term]))}
            case _:
                value = altered
        fields = {name: getattr(catalog, name) for name in Catalog.model_fields}
        return Catalog.model_construct(**{**fields, str(self.path[0]): value})


def _with(data: Data, path: Path, value: Data) -> Data:
    """The data with one place altered; the given data stays as it is."""
    if not path:
        return value
    altered = copy.copy(data)
    if len(path) > 1 or value is not Absent:
        altered[path[0]] = _with(
            data.get(path[0]) if isinstance(data, dict) else data[path[0]], path[1:], value
        )
    else:
        del altered[path[0]]
    return altered


def mutants(data: Data, catalog: Catalog) -> Iterator[Mutant]:
    """Every mutant of a catalog, `data` being its JSON data."""
    for number, rule in enumerate(data["rules"]):
        yield from _of_rule(rule, ("rules", number), data, catalog)
    for term, condition in data["terms"].items():
        for change, value in conditions(condition, data):
            yield Mutant(f"term {term}", "condition", change, ("terms", term), value)
    for number, feature in enumerate(data["features"]):
        yield from _of_feature(feature, ("features", number))
    for number, setting in enumerate(data["settings"]):
        yield from _of_setting(setting, ("settings", number))
    for number, kind in enumerate(data["kinds"]):
        path = ("kinds", number, "service")
        service = kind.get("service", False)
        yield Mutant(f"kind {kind['id']}", "kind", f"service {not service}", path, not service)
    for rule in data["rules"]:
        if rule["id"] != data["proxy_rule"]:
            yield Mutant("proxy rule", "proxy", rule["id"], ("proxy_rule",), rule["id"])


def _of_rule(rule: Data, path: Path, data: Data, catalog: Catalog) -> Iterator[Mutant]:
    name = rule["id"]
    for number, link in enumerate(rule.get("connections", ())):
        yield from _of_connection(name, link, (*path, "connections", number), data)
    for number, names in enumerate(rule.get("names", ())):
        yield from _of_names(name, names, (*path, "names", number), data, catalog)
    for part in ("connections", "names"):
        for number, _ in enumerate(rule.get(part, ())):
            rest = [item for place, item in enumerate(rule[part]) if place != number]
            yield Mutant(name, "condition", f"without part {number}", (*path, part), rest)
    if rule.get("connections"):
        for purpose in data["purposes"]:
            if purpose["id"] != rule["purpose"]:
                yield Mutant(name, "purpose", purpose["id"], (*path, "purpose"), purpose["id"])
    if "inherits" in rule:
        yield from _of_inheritance(name, rule["inherits"], (*path, "inherits"), data)


def _of_connection(rule: str, link: Data, path: Path, data: Data) -> Iterator[Mutant]:
    def changed(part: str, key: str, *values: Data) -> Iterator[Mutant]:
        for value in values:
            if value != link.get(key, Absent):
                text = "absent" if value is Absent else str(value)
                yield Mutant(rule, part, text, (*path, key), value)

    kinds = [kind["id"] for kind in data["kinds"]]
    for key, part in (("from", "source"), ("to", "destination")):
        for change, value in _of_list(link[key], kinds):
            added = [kind for kind in value if kind not in link[key]]
            # A kind added for which the condition can never hold changes nothing, so it is no mutant.
            if len(value) <= len(link[key]) or any(
                _can_hold(link.get("when"), part, kind, data) for kind in added
            ):
                yield Mutant(rule, part, change, (*path, key), value)
    yield from changed("port", "port", link["port"] + 1, 1)
    yield from changed("transport", "transport", "tcp", "udp")
    yield from changed("protocol", "protocol", *(protocol["name"] for protocol in data["protocols"]))
    yield from changed("protocol", "printed_protocol", Absent, "NTP")
    yield from changed("traffic", "traffic", Absent, *(item["id"] for item in data["traffic_classes"]))
    yield from changed("scope", "scope", {"network": "host", "host": "network"}[link.get("scope", "network")])
    marked = link.get("if_any", [])
    for side in ("source", "destination"):
        toggled = [item for item in ("source", "destination") if (item in marked) != (item == side)]
        yield from changed("if any", "if_any", toggled)
    yield from changed("optional", "optional", Absent, "printed", "beyond")
    yield from _of_condition(rule, "condition", link, "when", path, data)


def _of_names(rule: str, names: Data, path: Path, data: Data, catalog: Catalog) -> Iterator[Mutant]:
    kinds = [kind["id"] for kind in data["kinds"]]
    for key, part in (("from", "source"), ("to", "destination")):
        other = names["to" if key == "from" else "from"]
        for change, value in _of_list(names[key], kinds):
            added = [
                kind
                for kind in value
                if kind not in names[key] and _can_hold(names.get("when"), part, kind, data)
            ]
            pairs = [(kind, end) if key == "from" else (end, kind) for kind in added for end in other]
            # A name added where no connection is, or where its condition can never hold, says nothing.
            if len(value) <= len(names[key]) or any(_joined(catalog, *pair) for pair in pairs):
                yield Mutant(rule, part, change, (*path, key), value)
    fqdns = names.get("fqdns", [])
    for number, fqdn in enumerate(fqdns):
        rest = [item for place, item in enumerate(fqdns) if place != number]
        yield Mutant(rule, "name", f"without {fqdn}", (*path, "fqdns"), rest)
        yield Mutant(rule, "name", f"misspelt {fqdn}", (*path, "fqdns", number), fqdn.replace(".", "-x.", 1))
        if number:
            swapped = [*fqdns[: number - 1], fqdn, fqdns[number - 1], *fqdns[number + 1 :]]
            yield Mutant(rule, "name", f"{fqdn} one earlier", (*path, "fqdns"), swapped)
    for key in ("own", "inferred"):
        flag = not names.get(key, False)
        yield Mutant(rule, "name", f"{key} {flag}", (*path, key), flag)
    side = "destination" if names.get("side") == "source" else "source"
    yield Mutant(rule, "name", f"names the {side}", (*path, "side"), side)
    yield from _of_condition(rule, "condition", names, "when", path, data)
    yield from _of_condition(rule, "certainty", names, "certain_when", path, data)


def _can_hold(condition: Data, side: str, kind: str, data: Data) -> bool:
    """Whether a condition can hold where a component of a kind stands on a side: it has what is asked of it."""
    match condition:
        case {"feature": name}:
            return side != "source" or _has(data["features"], name, kind)
        case {"setting": name}:
            return side != condition.get("of", "source") or _has(data["settings"], name, kind)
        case {"version": _}:
            return side != "source" or _has(data["settings"], "agent-version", kind)
        case {"term": name}:
            return _can_hold(data["terms"][name], side, kind, data)
        case {"all": parts}:
            return all(_can_hold(part, side, kind, data) for part in parts)
        case {"any": parts}:
            return any(_can_hold(part, side, kind, data) for part in parts)
        case _:
            return True


def _has(items: Data, name: str, kind: str) -> bool:
    return any(item["id"] == name and kind in item["kinds"] for item in items)


def _joined(catalog: Catalog, source: str, destination: str) -> bool:
    return any(
        destination in followed.part.to and followed.part.scope == "network"
        for followed in catalog.connections_of[source]
    )


def _of_inheritance(rule: str, inherits: Data, path: Path, data: Data) -> Iterator[Mutant]:
    kinds = [kind["id"] for kind in data["kinds"]]
    yield Mutant(rule, "inheritance", "absent", path, Absent)
    for key in ("kind", "from"):
        for kind in kinds:
            if kind != inherits[key]:
                yield Mutant(rule, "inheritance", kind, (*path, key), kind)
    exceptions = inherits["except"]
    for name in exceptions:
        rest = [item for item in exceptions if item != name]
        yield Mutant(rule, "inheritance", f"without {name}", (*path, "except"), rest)
    for other in data["rules"]:
        parts = (*other.get("connections", ()), *other.get("names", ()))
        followed = any(inherits["from"] in part["from"] for part in parts)
        if followed and other["id"] not in exceptions:
            yield Mutant(
                rule, "inheritance", f"with {other['id']}", (*path, "except"), [*exceptions, other["id"]]
            )


def _of_condition(subject: str, part: str, owner: Data, key: str, path: Path, data: Data) -> Iterator[Mutant]:
    if key in owner:
        yield Mutant(subject, part, "no condition", (*path, key), Absent)
        for change, value in conditions(owner[key], data):
            yield Mutant(subject, part, change, (*path, key), value)


def conditions(condition: Data, data: Data) -> Iterator[tuple[str, Data]]:
    """A condition altered in every way: each part negated, replaced, left out; "all" and "any" exchanged."""
    yield f"not {condition}", {"not": condition}
    match condition:
        case {"feature": name}:
            for feature in data["features"]:
                if feature["id"] != name:
                    yield f"{name} becomes {feature['id']}", {"feature": feature["id"]}
        case {"setting": name, "is": values}:
            (setting,) = (item for item in data["settings"] if item["id"] == name)
            for change, value in _of_list(values, [choice["id"] for choice in setting["choices"]]):
                yield f"{name} {change}", {**condition, "is": value}
            side = "source" if condition.get("of") == "destination" else "destination"
            yield f"{name} of the {side}", {**condition, "of": side}
        case {"version": bounds}:
            for key, bound in bounds.items():
                major, minor = map(int, bound.split("."))
                earlier = f"{major}.{minor - 1}" if minor else f"{major - 1}.9"
                for version in (earlier, f"{major}.{minor + 1}"):
                    yield f"{key} {bound} becomes {version}", {"version": {**bounds, key: version}}
                rest = {other: value for other, value in bounds.items() if other != key}
                yield f"{key} {bound} left out", {"version": rest}
        case {"reaches": name}:
            for kind in data["kinds"]:
                if kind["id"] != name:
                    yield f"{name} becomes {kind['id']}", {"reaches": kind["id"]}
        case {"term": name}:
            for term in data["terms"]:
                if term != name:
                    yield f"{name} becomes {term}", {"term": term}
        case {"not": part}:
            for change, value in conditions(part, data):
                yield change, {"not": value}
        case {"all": parts} | {"any": parts}:
            key, other = ("all", "any") if "all" in condition else ("any", "all")
            yield f"{key} becomes {other}: {condition}", {other: parts}
            for number, part in enumerate(parts):
                others = [*parts[:number], *parts[number + 1 :]]
                if others:
                    yield f"without {part}", {key: others}
                for change, value in conditions(part, data):
                    yield f"{number + 1}. {change}", {key: [*parts[:number], value, *parts[number + 1 :]]}


def _of_feature(feature: Data, path: Path) -> Iterator[Mutant]:
    subject = f"feature {feature['id']}"
    default = not feature.get("default", False)
    scope = "design" if feature["scope"] == "policy" else "policy"
    yield Mutant(subject, "default", f"default {default}", (*path, "default"), default)
    yield Mutant(subject, "scope", f"scope {scope}", (*path, "scope"), scope)
    for kind in feature["kinds"]:
        rest = [item for item in feature["kinds"] if item != kind]
        yield Mutant(subject, "kinds", f"not of {kind}", (*path, "kinds"), rest)


def _of_setting(setting: Data, path: Path) -> Iterator[Mutant]:
    subject = f"setting {setting['id']}"
    for choice in setting["choices"]:
        if choice["id"] != setting["default"]:
            yield Mutant(subject, "default", f"default {choice['id']}", (*path, "default"), choice["id"])
    for kind in setting["kinds"]:
        rest = [item for item in setting["kinds"] if item != kind]
        yield Mutant(subject, "kinds", f"not of {kind}", (*path, "kinds"), rest)


def _of_list(items: Sequence[str], known: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """A list with each item replaced, each left out where others remain, and each other one added."""
    others = [item for item in known if item not in items]
    for number, item in enumerate(items):
        for other in others:
            yield f"{item} becomes {other}", [*items[:number], other, *items[number + 1 :]]
        if len(items) > 1:
            yield f"without {item}", [*items[:number], *items[number + 1 :]]
    for other in others:
        yield f"with {other}", [*items, other]
