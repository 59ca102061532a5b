"""A generic rule list as CSV, first match first: what firewalls export, or people keep in a spreadsheet.

The columns of our own generic list are understood, and the usual names for them. Empty ends mean nothing: write "any".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from exports.existing.boxes import WHOLE, Range
from exports.existing.matches import Match, addresses, ports, protocol
from exports.existing.rules import Existing, Filter, Step, Unjudged
from exports.incoming.csv_rows import table_rows
from model.errors import FileError
from model.frozen import Bilingual
from model.sentences import reason_of, told
from model.storage.strict_json import shown

COLUMNS = {
    "rule": ("rule", "id", "name", "no", "number", "#"),
    "action": ("action", "verdict"),
    "source": ("source_networks", "source", "src", "source_ip", "source ip", "source address"),
    "destination": (
        "destination_networks",
        "destination",
        "dst",
        "destination_ip",
        "destination ip",
        "destination address",
    ),
    "transport": ("transport", "protocol", "proto"),
    "port": ("port", "dport", "destination_port", "destination port", "service"),
}
"""What each column may be called, in lower case."""
_PERMITS = {"permit", "allow", "accept", "pass"}
_DENIES = {"deny", "drop", "block", "reject"}
_BY_NAME = Bilingual(
    en="it names a host, which an address filter cannot look up",
    ja="名前で指定されており、アドレスでは判定できない",
)
MOST_ROWS = 100_000


def read_table(path: Path, text: str) -> Existing:
    """One filter with the rows in their order. Raises FileError with the row that cannot be read."""
    lines = list(table_rows(path, text))
    if len(lines) > MOST_ROWS:
        raise FileError(path, told("the file has more than {most:,} rows; give it in parts", most=MOST_ROWS))
    places = _places(path, lines[0] if lines else ())
    rows = {
        number: {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    }
    named = Counter(row.get("rule", "") for row in rows.values())
    steps: list[Step] = []
    unjudged: list[Unjudged] = []
    for number, row in rows.items():
        name, place = row.get("rule", ""), told("row {row}", row=number)
        label = (shown(name) if named[name] == 1 else f"{shown(name)} {place}").strip() or place
        found = _row(path, place, label, row)
        if isinstance(found, Unjudged):
            unjudged.append(found)
            continue
        if found.doubt is not None:
            unjudged.append(Unjudged(found.label, found.doubt))
        if found.boxes:  # of ICMP alone nothing is left
            steps.append(found)
    return Existing((Filter("rules", tuple(steps), frozenset((4, 6))),), tuple(unjudged))


def is_table(path: Path, text: str) -> bool:
    """Whether the first row names the columns of a rule list."""
    try:
        _places(path, next(iter(table_rows(path, text)), ()))
    except FileError:
        return False
    return True


def _places(path: Path, heading: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = next((name for name, known in COLUMNS.items() if cell.strip().lower() in known), None)
        if name is not None:
            found.setdefault(name, place)
    absent = [name for name in ("source", "destination", "transport", "port") if name not in found]
    if absent:
        raise FileError(
            path,
            told(
                "the first row names no column {absent}; it needs source, destination, transport "
                "and port, and may have rule and action",
                absent=", ".join(absent),
            ),
            told("row {row}", row=1),
        )
    return found


def _row(path: Path, place: str, label: str, row: dict[str, str]) -> Step | Unjudged:
    action = row.get("action", "").lower() or "permit"
    if action not in _PERMITS | _DENIES:
        raise FileError(
            path, told("{action!r} is no action; write permit or deny", action=shown(action)), place
        )
    match, permits, doubt = Match((4, 6)), action in _PERMITS, None
    try:
        for end in ("source", "destination"):
            found = list(_ends(row[end]))
            if found:
                match.between(end, found)
            elif permits:
                return Unjudged(label, _BY_NAME)
            else:
                doubt = _BY_NAME
        match.restrict("protocol", [protocol(each) for each in _values(row["transport"].lower())])
        match.restrict("port", [ports(each) for each in _values(row["port"].lower())])
        boxes, doubt = match.judged(doubt)
        return Step(label, "permit" if permits else "deny", boxes, 0, doubt)
    except ValueError as error:
        raise FileError(path, told("{reason}; correct the cell", reason=reason_of(error)), place) from error


def _values(text: str) -> list[str]:
    found = [each for each in re.split(r"[\s,;/]+", text) if each]
    if not found:
        raise ValueError(told('a cell is empty; write "any" where that is meant'))
    return found


def _ends(text: str) -> Iterator[tuple[int, Range]]:
    """The addresses in a cell; none where it is empty, as for hosts that only have names."""
    for each in re.split(r"[\s,;]+", text):
        if each.lower() in ("any", "all", "*"):
            yield from WHOLE.items()
        elif each:
            yield addresses(each)
