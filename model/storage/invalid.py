"""Pydantic's findings about raw design data as one place and one sentence: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from model.sentences import Sentence, reason_of, told
from model.storage.strict_json import Part, place_of, shown

_EXPECTED = {
    "string_type": told("a text in quotes"),
    "int_type": told("a whole number"),
    "bool_type": told("true or false"),
    "tuple_type": told("a list in [ ]"),
    "dict_type": told("an object in {{ }}"),
    "model_type": told("an object in {{ }}"),
}
"""What was expected where a value of another type was found."""

_NO_DATE = "{subject} is not a date: write it as 2026-01-31"
_PATTERNS = {
    "version": "{subject} is not a version: use up to 32 digits, small letters, dots and hyphens",
    "date": _NO_DATE,
    "start": _NO_DATE,
    "expiry": _NO_DATE,
    "records": "{subject} is not the id of a flow, such as F-5KMM9VC3",
}
_ID = (
    "{subject} is not an id: use up to 64 small letters, digits and hyphens, starting with a letter or digit"
)

_ALTERNATIVES = 4
"""As many errors as one value of a union can bring are looked at; the rest concern other places."""


def place_and_reason(error: ValidationError, raw: Any) -> tuple[str, str]:
    """Where in `raw` the first error lies ("components[3].name") and a sentence about it."""
    details = error.errors(include_url=False, include_input=False)[:_ALTERNATIVES]
    located = [(_parts(detail, raw), detail) for detail in details]
    parts = located[0][0]
    # Each alternative of a union reports for itself; the one that came furthest is meant.
    parts = max((found for found, _ in located if found[: len(parts)] == parts), key=len)
    meant = [detail for found, detail in located if found == parts]
    if not parts and meant[0]["type"] == "value_error":
        return _own(meant[0])
    subject = parts[-1] if meant[0]["loc"][-1] == "[key]" else _at(raw, parts)
    field = str(parts[-1]) if parts else ""
    if len(parts) == 2 and parts[0] == "records":
        field = "records"  # a key, and keys have the form of what they name
    return place_of(parts), _reason(meant, field, _named(subject))


def _holds(value: Any, part: Part) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _parts(detail: ErrorDetails, raw: Any) -> list[Part]:
    """The keys and indexes in an error's location, without the marks pydantic adds for unions and keys."""
    parts: list[Part] = []
    for part in detail["loc"]:
        if _holds(raw, part):
            raw = raw[part]
            parts.append(part)
    return [*parts, detail["loc"][-1]] if detail["type"] == "missing" else parts


def _at(raw: Any, parts: Sequence[Part]) -> Any:
    for part in parts:
        raw = raw[part] if _holds(raw, part) else None
    return raw


def _named(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{shown(value)}"'
        case dict():
            return told("an object")
        case list():
            return told("a list")
        case _:
            return str(value)


def _reason(meant: Sequence[ErrorDetails], field: str, subject: str) -> str:
    wanted = [_EXPECTED.get(one["type"]) or one["ctx"]["expected"] for one in meant if _is_of_type(one)]
    if len(wanted) == len(meant):
        expected = _any_of(wanted)
        return told(
            "{subject} is not what belongs here; write {expected}", subject=subject, expected=expected
        )
    first = next(one for one in meant if not _is_of_type(one))
    context = first.get("ctx", {})
    match first["type"]:
        case "missing":
            return told("this field is missing; add it")
        case "extra_forbidden":
            return told("there is no such field here; remove it or correct its spelling")
        case "string_pattern_mismatch":
            return told(_PATTERNS.get(field, _ID), subject=subject)
        case "string_too_short":
            return told("the text is empty; write one")
        case "string_too_long":
            return told("the text is longer than {most} characters; shorten it", most=context["max_length"])
        case "too_long":
            return told("there are more than {most} entries; remove some", most=context["max_length"])
        case "greater_than_equal":
            return told("{subject} is too small; the least is {least}", subject=subject, least=context["ge"])
        case "less_than_equal":
            return told("{subject} is too large; the most is {most}", subject=subject, most=context["le"])
        case "int_parsing":
            return told("{subject} is not a whole number; write one", subject=subject)
        case "value_error":
            return reason_of(context["error"])
        case _:
            return told(
                "{subject} cannot be used here ({why}); correct it", subject=subject, why=first["msg"]
            )


def _any_of(wanted: Sequence[str]) -> str:
    found = wanted[0]
    for each in wanted[1:]:
        found = told("{one} or {other}", one=found, other=each)
    return found


def _is_of_type(detail: ErrorDetails) -> bool:
    """Whether the complaint is that a value of another kind belongs in the place."""
    return detail["type"] in _EXPECTED or detail["type"] == "literal_error"


def _own(detail: ErrorDetails) -> tuple[str, str]:
    """Where and what, as a check of the design itself says it."""
    said = reason_of(detail["ctx"]["error"])
    if isinstance(said, Sentence) and said.template == "{place}: {reason}":
        return str(said.values["place"]), cast("str", said.values["reason"])
    return "", said


def refusal(error: ValidationError) -> tuple[str, str]:
    """The first field that a value refuses ("" for the whole of it), and a sentence about it."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][-1]) if first["loc"] else ""
    place, reason = (
        _own(first)
        if first["type"] == "value_error"
        else ("", _reason([first], field, _named(first["input"])))
    )
    return ".".join([*(str(part) for part in first["loc"]), *([place] if place else [])]), reason


def refusal_of(error: ValidationError) -> str:
    """Both in one sentence."""
    place, reason = refusal(error)
    return told("{place}: {reason}", place=place, reason=reason) if place else reason
