"""JSON read strictly: what is not exactly one plain JSON value is refused with file, place and reason.

Python's own reader lets duplicate keys, NaN, infinite numbers and lone surrogates pass, and gives up on deep
nesting and long numbers with errors of its own; a file from elsewhere may hold any of these.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from math import isinf
from pathlib import Path
from typing import Any, NamedTuple

from model.errors import FileError
from model.sentences import told

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64

_MAX_VALUES = 500_000
"""Values in one file, by their commas: 20,000 components and as many assignments have some 350,000."""
_MAX_MARKS = 4 * _MAX_VALUES
"""Quotes and opening brackets: an entry with its key has at most that many."""

_MAX_KEYS = 1_000
"""Keys of one object: every one of them may be wrong, and each complaint costs time. Ids of flows are told at once."""
_FLOW = re.compile("F-[0-9A-HJKMNP-TV-Z]{8}")

_MAX_NUMBER = 20
_MAX_SHOWN = 60

_SYNTAX = {
    "Expecting value": told("a value is missing"),
    "Expecting ',' delimiter": told("a comma or a closing bracket is missing"),
    "Expecting ':' delimiter": told("a colon is missing after the key"),
    "Expecting property name enclosed in double quotes": told("a key in double quotes is missing"),
    "Unterminated string starting at": told("the text that starts here has no closing quote"),
    "Invalid control character at": told("a line break or control character is inside a text"),
    "Extra data": told("the file goes on after its end"),
    "Illegal trailing comma before end of object": told("nothing follows this comma"),
    "Illegal trailing comma before end of array": told("nothing follows this comma"),
}
"""Findings of Python's reader in words for a person who edits the file; others are passed on as they are."""

_STEPS = bytes.maketrans(b"[{]}\n", b"\x01\x01\xff\xff\x00")
"""Brackets as steps in depth, where 255 is -1 as a signed byte."""
_NO_STEPS = bytes(set(range(256)) - set(b"[{]}\n"))
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
    marks = sum(map(data.count, (b'"', b"[", b"{")))
    if marks > _MAX_MARKS or data.count(b",") > _MAX_VALUES:
        raise FileError(
            path, told("the file holds far more values than any design; check that it is the right file")
        )
    text = _decoded(data, path)
    _check_depth(data, path)
    doubts: list[_Refused] = []
    try:
        value = json.loads(
            text,
            object_pairs_hook=partial(_object, doubts),
            parse_constant=partial(_constant, doubts),
            parse_int=partial(_integer, doubts),
            parse_float=partial(_fraction, doubts),
        )
    except json.JSONDecodeError as error:
        what = _SYNTAX.get(error.msg, error.msg.lower())
        reason = told("this is not JSON ({what}); correct it or restore the file", what=what)
        place = told("line {line}, column {column}", line=error.lineno, column=error.colno)
        raise FileError(path, reason, place) from None
    if (doubts or _SURROGATE_ESCAPE.search(text)) and (found := _first_refused(value, [])):
        raise FileError(path, found.reason, found.place)
    return value


def too_large(path: Path | str, most: int = MAX_BYTES) -> FileError:
    """The refusal of a file of more than `most` bytes."""
    return FileError(
        path, told("the file is larger than the {most} MiB that are read; split it", most=most >> 20)
    )


class _Refused(NamedTuple):
    """Stands in the parsed tree where something was refused, so that its place can be told."""

    reason: str
    key: str | None = None


class _Found(NamedTuple):
    place: str
    reason: str


def _refuse(doubts: list[_Refused], reason: str, key: str | None = None) -> _Refused:
    doubts.append(_Refused(reason, key))
    return doubts[-1]


def _object(doubts: list[_Refused], pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Refused:
    value = dict(pairs)
    if len(value) == len(pairs) <= _MAX_KEYS or doubts:  # one doubt is enough
        return value
    if len(pairs) > _MAX_KEYS and not all(_FLOW.fullmatch(key) for key in value):
        return _refuse(
            doubts, told("there are more than {most} keys in one object; remove some", most=_MAX_KEYS)
        )
    if len(value) == len(pairs):
        return value
    keys = Counter(key for key, _ in pairs)
    return _refuse(doubts, told("this key is written twice; keep one"), keys.most_common(1)[0][0])


def _constant(doubts: list[_Refused], name: str) -> _Refused:
    return _refuse(doubts, told("{name} is not a number in JSON; write a number", name=name))


def _integer(doubts: list[_Refused], digits: str) -> int | _Refused:
    if len(digits) > _MAX_NUMBER:  # converting digits takes time that grows with their square
        return _refuse(doubts, told("{digits} is too long for a number; shorten it", digits=shown(digits)))
    return int(digits)


def _fraction(doubts: list[_Refused], digits: str) -> float | _Refused:
    if len(digits) > _MAX_NUMBER:
        return _refuse(doubts, told("{digits} is too long for a number; shorten it", digits=shown(digits)))
    value = float(digits)
    if isinf(value):
        return _refuse(doubts, told("{digits} is too large for a number; write a smaller one", digits=digits))
    return value


def _decoded(data: bytes, path: Path | str) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise FileError(
            path,
            told("the file starts with a byte order mark; save it as UTF-8 without one"),
            told("line {line}", line=1),
        )
    if not data.strip():
        raise FileError(path, told("the file is empty; restore it, or start a new design"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = told(
            "byte {number} of the file is not UTF-8; save the file as UTF-8", number=error.start + 1
        )
        raise FileError(path, reason, told("line {line}", line=line)) from None


def _check_depth(data: bytes, path: Path | str) -> None:
    """Refuse deep nesting before anything is built, without recursion.

    Exact for JSON up to its first error, which is as far as the reader gets.
    """
    unescaped = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    outside_strings = b"".join(unescaped.split(b'"')[::2])
    steps = array("b", outside_strings.translate(_STEPS, _NO_STEPS))
    if max(accumulate(steps), default=0) > MAX_DEPTH:
        deepest = next(number for number, depth in enumerate(accumulate(steps)) if depth > MAX_DEPTH)
        reason = told(
            "brackets nest deeper than {most} levels; check that this is the right file",
            most=MAX_DEPTH,
        )
        raise FileError(path, reason, told("line {line}", line=steps[:deepest].count(0) + 1))


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


_SURROGATE = told("the text holds half of a surrogate pair, which is no character; remove it")


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
