"""Design files damaged at random: in their bytes, in their text, or as data of the wrong shape."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Sequence
from typing import Any

BITS = tuple(1 << bit for bit in range(8))
TOKENS = (
    *(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        "\\",
        "\\u",
        "\n",
        "\t",
        " ",
        "\x00",
        "\ufeff",
        "\u202e",
        "\u200b",
        "🙂",
    ),
    *(
        "null",
        "true",
        "NaN",
        "Infinity",
        "-Infinity",
        "-",
        "-0",
        "0",
        "01",
        "1.5",
        "1e999",
        "-1e999",
        "1E-999",
    ),
    *('"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"', '"\\u0000"', '"\\u202e"', '""', "{}", "[]", "//"),
    *("9" * 25, "9" * 5000, "[" * 70, "[" * 5000, '{"a":' * 70, "[" * 64 + "]" * 64, '"' + "x" * 300 + '"'),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 65536, 10**9, 10**30, 1.0, 0.5, -0.0, float("inf"), float("nan")),
    *(
        "",
        " ",
        "x",
        "none",
        "X",
        "0",
        "80",
        "x" * 201,
        "x" * 100_000,
        "\ud800",
        "\u202e",
        "\u200b",
        "\n",
        "１０",
    ),
    *(
        "10.0.0.1",
        "10.0.0.1/8",
        "fe80::1%\u202e",
        "999.1.1.1",
        "a..b",
        "a.1",
        "2026-02-30",
        "zone-0",
        "agent-1",
    ),
    *({}, [], [[]], {"": None}, {"a": {"a": {"a": 1}}}, [0] * 5, [1, 2], ["none"], {"80": 80, "080": 81}),
)
KEYS = (
    "",
    "id",
    "kind",
    "name",
    "parent",
    "ports",
    "080",
    "+80",
    "[key]",
    "0",
    "A",
    "x" * 300,
    "\u202e",
    "\ud800",
)

Mutation = Callable[[random.Random, bytes], bytes]


def mutated(rng: random.Random, sources: Sequence[bytes]) -> bytes:
    """One of the sources with one to four kinds of damage."""
    data = rng.choice(sources)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        data = rng.choice(MUTATIONS)(rng, data)
    return data


def _span(rng: random.Random, data: bytes, longest: int = 200) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.randint(0, longest))


def _flip_bit(rng: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ rng.choice(BITS)]) + data[at + 1 :]


def _delete(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def _duplicate(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:end] + data[start:end] * rng.randint(1, 3) + data[end:]


def _swap(rng: random.Random, data: bytes) -> bytes:
    (first, second), (third, last) = sorted((_span(rng, data), _span(rng, data)))
    if second > third:
        return data
    return data[:first] + data[third:last] + data[second:third] + data[first:second] + data[last:]


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _insert_token(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data, longest=8)
    return data[:start] + rng.choice(TOKENS).encode() + data[rng.choice((start, end)) :]


def _repeat_line(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    comma = b"" if lines[at].endswith(b",") else b","
    return b"\n".join([*lines[:at], lines[at] + comma, *lines[at:]])


def _change_value(rng: random.Random, data: bytes) -> bytes:
    """The data with one value replaced, dropped, doubled, moved, renamed or buried."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):  # damaged before
        return _insert_token(rng, data)
    holders = _holders(raw)
    if not holders:
        return data
    holder = rng.choice(holders)
    key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match rng.randrange(6):
        case 0:
            holder[key] = rng.choice(VALUES)
        case 1:
            del holder[key]
        case 2 if isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        case 2 | 3 if isinstance(holder, dict):
            holder[rng.choice(KEYS)] = holder.pop(key)
        case 4:
            other = rng.choice(holders)
            holder[key] = copy.deepcopy(
                rng.choice(list(other.values() if isinstance(other, dict) else other))
            )
        case _:
            for _ in range(rng.choice((1, 3, 70))):
                holder[key] = rng.choice(({"id": holder[key]}, [holder[key]]))
    return json.dumps(raw, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def _holders(raw: Any) -> list[Any]:
    """Every object and list that is not empty."""
    found, waiting = [], [raw]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list) and value:
            found.append(value)
            waiting += value.values() if isinstance(value, dict) else value
    return found


MUTATIONS: tuple[Mutation, ...] = (
    *(_flip_bit, _delete, _duplicate, _swap, _truncate, _insert_token, _repeat_line),
    *(_change_value,) * 9,
)
