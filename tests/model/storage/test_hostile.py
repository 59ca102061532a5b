"""Files made to exhaust the loader, and files damaged at random: a sentence, soon, and never a traceback."""

import json
import time
from collections.abc import Callable

import pytest

from model.errors import FileError
from model.storage import parse_design
from tests.soak.loader import run

MIB = 1024 * 1024
HEAD = b'{"format": 1, "catalog": {"id": "a", "version": "1"}, '
MANY = 490_000
"""Just under the number of values that a file may hold."""


def repeated(start: bytes, item: bytes, end: bytes, times: int = MANY) -> bytes:
    return HEAD + start + b",".join([item] * times) + end + b"}"


def numbered(start: bytes, item: bytes, end: bytes, times: int = MANY) -> bytes:
    return HEAD + start + b",".join(item % number for number in range(times)) + end + b"}"


def components(change: str) -> bytes:
    """Twenty thousand full components with one fault at the end."""
    items = [
        {
            "id": f"agent-{number}",
            "kind": "agent",
            "name": f"エージェント {number}",
            "position": [number, number],
            "count": 3,
            "addresses": ["10.0.0.1", "2001:db8::1"],
            "fqdn": f"a{number}.example.co.jp",
            "features": {"web-reputation": True, "smart-scan": False},
            "settings": {"agent-version": "20.0"},
            "ports": {"4118": 4119},
        }
        for number in range(20_000)
    ]
    items[-1]["name"] = change
    return HEAD + b'"components": ' + json.dumps(items, ensure_ascii=False).encode() + b"}"


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "brackets": (lambda: b"[" * 16 * MIB, "far more values"),
    "objects": (lambda: b'{"":' * 4 * MIB, "far more values"),
    "quotes": (lambda: b'"' * 16 * MIB, "far more values"),
    "escaped quotes": (lambda: b'"' + b'\\"' * (8 * MIB - 1), "far more values"),
    "fewer escaped quotes": (lambda: b'"' + b'\\"' * 1_900_000, "no closing quote"),
    "backslashes": (lambda: b'"' + b"\\" * (16 * MIB - 1), "no closing quote"),
    "spaces": (lambda: b" " * 16 * MIB, "empty"),
    "line breaks": (lambda: b"\n" * (16 * MIB - 1) + b"x", "line 16777216, column 1"),
    "nul": (lambda: b"\0" * 16 * MIB, "not JSON"),
    "one byte too many": (lambda: b" " * (16 * MIB + 1), "larger than the 16 MiB"),
    "long number": (lambda: HEAD + b'"title": ' + b"9" * 10_000_000 + b"}", "title: 99999"),
    "long fraction": (lambda: HEAD + b'"title": 0.' + b"9" * 10_000_000 + b"}", "title: 0.99999"),
    "long exponent": (lambda: HEAD + b'"title": 1e' + b"9" * 10_000_000 + b"}", "title: 1e99999"),
    "long title": (lambda: HEAD + b'"title": "' + b"x" * 10_000_000 + b'"}', "title: the text is longer"),
    "long key": (lambda: HEAD + b'"' + b"x" * 10_000_000 + b'": 1}', "no such field"),
    "long bidi key": (lambda: HEAD + b'"' + "\u202e".encode() * 3_000_000 + b'": 1}', "no such field"),
    "long kind": (lambda: HEAD + b'"zones": [{"kind": "' + b"x" * 10_000_000 + b'"}]}', "zones[0]"),
    "long date": (
        lambda: HEAD + b'"document": {"revisions": [{"number": 1, "date": "' + b"1" * 10_000_000 + b'"}]}}',
        "document.revisions[0].date",
    ),
    "long id": (lambda: HEAD + b'"features": {"' + b"x" * 10_000_000 + b'": true}}', "features.xxx"),
    "numbers for components": (lambda: repeated(b'"components": [', b"1", b"]"), "components[0]: 1 is not"),
    "empty components": (lambda: repeated(b'"components": [', b"{}", b"]"), "components[0].id"),
    "empty lists": (lambda: repeated(b'"x": [', b"[]", b"]"), "x: there is no such field"),
    "wrong switches": (lambda: numbered(b'"features": {', b'"A%d": 1', b"}"), "more than 1000 keys"),
    "right switches": (lambda: numbered(b'"features": {', b'"a%d": true', b"}"), "more than 1000 keys"),
    "unknown fields": (lambda: numbered(b"", b'"x%d": 1', b""), "more than 1000 keys"),
    "wrong addresses": (
        lambda: repeated(
            b'"components": [{"id": "a", "kind": "b", "name": "c", "addresses": [', b'"x"', b"]}]"
        ),
        "components[0].addresses[0]",
    ),
    "duplicate keys": (lambda: repeated(b'"x": [', b'{"a": 1, "a": 1}', b"]", MANY // 2), "x[0].a: this key"),
    "surrogates at the end": (
        lambda: repeated(b'"x": [', b'"\\ud83d\\ude00"', b', "\\ud800"]'),
        f"x[{MANY}]: the text holds half",
    ),
    "what-if changes": (
        lambda: repeated(b'"scenarios": [{"id": "a", "name": "b", "changes": [', b'{"value": 1}', b"]}]"),
        "scenarios[0].changes[0]",
    ),
    "long notes": (
        lambda: numbered(
            b'"notes": [',
            b'{"id": "n%d", "text": "' + b"a\\n" * 2000 + b'\\t", "frame": [0, 0, 10, 10]}',
            b"]",
            2_600,
        ),
        "notes[0].text: the text is longer",
    ),
    "circle of zones": (
        lambda: (
            HEAD
            + b'"zones": ['
            + b",".join(
                b'{"id": "z%d", "name": "z", "kind": "other", "parent": "z%d", "frame": [0, 0, 10, 10]}'
                % (number, (number + 1) % 20_000)
                for number in range(20_000)
            )
            + b"]}"
        ),
        "zones[0].parent: the zone z0 lies within itself",
    ),
    "one fault at the end": (lambda: components("a\u202e"), "components[19999].name: character 2 is U+202E"),
}


def refusal(name: str) -> tuple[str, float]:
    """The message that refuses a hostile file, and the seconds of processor time it took."""
    data = HOSTILE[name][0]()
    started = time.process_time()
    with pytest.raises(FileError) as caught:
        parse_design(data, "plan.portchart")
    return str(caught.value), time.process_time() - started


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_a_short_sentence(name: str) -> None:
    message, _seconds = refusal(name)
    assert HOSTILE[name][1] in message
    assert message.isprintable()
    assert len(message) < 600


@pytest.mark.soak
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_within_a_second(name: str) -> None:
    assert refusal(name)[1] < 1


def test_damaged_files_give_a_design_or_a_sentence() -> None:
    figures = run(range(2_000))
    assert figures.first == []
    assert figures.tracebacks == 0
    assert figures.files == 2_000
    assert 50 < figures.accepted < 1_000


@pytest.mark.soak
def test_a_hundred_thousand_damaged_files_give_a_design_or_a_sentence_within_a_second() -> None:
    figures = run(range(100_000))
    assert figures.first == []
    assert figures.over_a_second == 0, figures.text
