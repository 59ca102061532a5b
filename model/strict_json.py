"""JSON read strictly: what is not exactly one plain JSON value is refused with file, place and reason.

Python's own reader lets duplicate keys, NaN, infinite numbers and lone surrogates pass, and gives up on deep
nesting and long numbers with errors of its own; a file from elsewhere may hold any of these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.errors import FileError

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64

_MAX_MARKS = 3_000_000
"""Quotes, commas and opening brackets in one file. 16 MiB in canonical form hold fewer."""

_MAX_NUMBER = 20
_MAX_SHOWN = 60

# An unfinished string runs to the end, so that the search never starts anew inside it.
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")

Part = str | int


def shown(text: str) -> str:
    """A text from a file as a message may show it: short, and with nothing invisible in it."""
    cut = text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def place_of(parts: Sequence[Part]) -> str:
    """Keys and indexes as one place: ("components", 3, "name") as "components[3].name"."""
    place = ""
    for part in parts:
        place += f"[{part}]" if isinstance(part, int) else f".{shown(part)}"
    return place.removeprefix(".")


def read_json(data: bytes, path: Path | str) -> Any:
    """The value in `data`; `path` only names it. Raises FileError with the first place not strict JSON."""
    if len(data) > MAX_BYTES:
        raise too_large(path)
    if sum(map(data.count, (b'"', b",", b"[", b"{"))) > _MAX_MARKS:
        raise FileError(
            path, "the file holds far more values than any design; check that it is the right file"
        )
    text = _decoded(data, path)
    _check_depth(text, path)
    doubts: list[_Refused] = []
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, doubts),
            parse_constant=lambda name: _refuse(f"{name} is not a number in JSON; write a number", doubts),
            parse_int=lambda digits: _number(digits, int, doubts),
            parse_float=lambda digits: _number(digits, float, doubts),
        )
    except json.JSONDecodeError as error:
        reason = f"this is not JSON ({error.msg.lower()}); correct it or restore the file"
        raise FileError(path, reason, f"line {error.lineno}, column {error.colno}") from None
    if (doubts or _SURROGATE_ESCAPE.search(text)) and (found := _first_refused(value, [])):
        raise FileError(path, found.reason, found.place)
    return value


def too_large(path: Path | str) -> FileError:
    """The refusal of a file over MAX_BYTES."""
    return FileError(
        path, f"the file is larger than {MAX_BYTES >> 20} MiB, the most a design may have; split the design"
    )


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands in the parsed tree where something was refused, so that its place can be told."""

    reason: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    place: str
    reason: str


def _refuse(reason: str, doubts: list[_Refused], key: str | None = None) -> _Refused:
    doubts.append(_Refused(reason, key))
    return doubts[-1]


def _object(pairs: list[tuple[str, Any]], doubts: list[_Refused]) -> dict[str, Any] | _Refused:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    seen: set[str] = set()
    twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value] # add gives None
    return _refuse("this key is written twice; keep one", doubts, twice)


def _number(digits: str, convert: Callable[[str], float], doubts: list[_Refused]) -> float | _Refused:
    if len(digits) > _MAX_NUMBER:  # converting digits takes time that grows with their square
        return _refuse(f"{shown(digits)} is too long for a number; shorten it", doubts)
    value = convert(digits)
    if value in (float("inf"), float("-inf")):
        return _refuse(f"{digits} is too large for a number; write a smaller one", doubts)
    return value


def _decoded(data: bytes, path: Path | str) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise FileError(
            path, "the file starts with a byte order mark; save it as UTF-8 without one", "line 1"
        )
    if not data.strip():
        raise FileError(path, "the file is empty; restore it, or start a new design")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte {error.start + 1} of the file is not UTF-8; save the file as UTF-8"
        raise FileError(path, reason, f"line {line}") from None


def _check_depth(text: str, path: Path | str) -> None:
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        mark = text[found.start()]
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = text.count("\n", 0, found.start()) + 1
                raise FileError(
                    path,
                    f"brackets nest deeper than {MAX_DEPTH} levels; check that it is the right file",
                    f"line {line}",
                )
        elif mark != '"':
            depth -= 1


def _first_refused(value: Any, parts: list[Part]) -> _Found | None:
    """The first refused thing in document order. `_check_depth` has made sure that the recursion ends."""
    match value:
        case _Refused(reason, key):
            return _Found(place_of(parts if key is None else [*parts, key]), reason)
        case str():
            return _Found(place_of(parts), _SURROGATE) if _has_surrogate(value) else None
        case dict():
            entries: Any = value.items()
        case list():
            entries = enumerate(value)
        case _:
            return None
    for part, entry in entries:
        if isinstance(part, str) and _has_surrogate(part):
            return _Found(place_of([*parts, part]), _SURROGATE)
        parts.append(part)
        if found := _first_refused(entry, parts):
            return found
        parts.pop()
    return None


_SURROGATE = "the text holds half of a surrogate pair, which is no character; remove it"


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
