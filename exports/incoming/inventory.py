"""An inventory read from CSV: names, kinds, zones, addresses and versions of hosts, headed in English or Japanese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from exports.incoming.csv_rows import csv_rows, table_bytes
from model.catalog.catalog import Catalog
from model.design.fields import MAX_NAME, Address, Name
from model.errors import FileError
from model.frozen import Bilingual
from model.inventory.rows import Entry, Inventory, Refusal, same_text
from model.sentences import told

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name",
        "host",
        "hostname",
        "host name",
        "名前",
        "名称",
        "ホスト",
        "ホスト名",
        "コンポーネント名",
    ),
    "kind": ("kind", "type", "role", "種類", "種別", "役割"),
    "zone": ("zone", "network", "ゾーン", "ネットワーク"),
    "address": ("address", "addresses", "ip", "ip address", "アドレス", "ip アドレス", "ipアドレス"),
    "version": ("version", "agent version", "バージョン", "エージェントのバージョン"),
}
"""What a column may be called, as it is compared."""

MAX_ROWS = 100_000

_FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings}
_NAME: TypeAdapter[str] = TypeAdapter(Name)
_ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
_VERSION = re.compile(r"(\d{1,3})(?:\.(\d{1,3})(?:[.\-+]\S*)?)?", re.ASCII)
_QUOTED = 40


def read_inventory(path: Path, catalog: Catalog) -> Inventory:
    """The rows of a CSV or TSV file; a row with a wrong cell is among those refused.

    Raises FileError where the file is no table, has no column of names, or is too large.
    """
    rows = enumerate(csv_rows(path, table_bytes(path)), start=1)
    start, heading = next(((n, row) for n, row in rows if _filled(row)), (1, ()))
    columns = _columns(path, start, heading)
    kinds = _kinds(catalog)
    entries: list[Entry] = []
    refused: list[Refusal] = []
    for number, row in rows:
        if not _filled(row):
            continue
        if len(entries) + len(refused) >= MAX_ROWS:
            raise FileError(
                path,
                told("an inventory has {most:,} rows at most; split it", most=MAX_ROWS),
                told("row {row}", row=number),
            )
        cells = {f: row[place].strip() if place < len(row) else "" for f, place in columns.items()}
        problem = next(
            (Refusal((number,), f, why) for f in columns if (why := _CHECKS[f](cells[f], kinds))), None
        )
        if problem is None:
            entries.append(_entry(number, cells, kinds))
        else:
            refused.append(problem)
    places = set(columns.values())
    ignored = tuple(
        text.strip() for place, text in enumerate(heading) if place not in places and text.strip()
    )
    names = {field: heading[place].strip() for field, place in columns.items()}
    return Inventory(path.name, names, tuple(entries), tuple(refused), ignored)


def _filled(row: tuple[str, ...]) -> bool:
    return any(cell.strip() for cell in row)


def _columns(path: Path, number: int, heading: tuple[str, ...]) -> dict[str, int]:
    """The places of the columns by field."""
    found: dict[str, int] = {}
    where = told("row {row}", row=number)
    for place, text in enumerate(heading):
        field = _FIELD_OF.get(" ".join(same_text(text).split()))
        if field in found:
            raise FileError(
                path,
                told(
                    "the columns {one} and {other} both hold the {field}; remove one",
                    one=heading[found[field]].strip(),
                    other=text.strip(),
                    field=field,
                ),
                where,
            )
        if field is not None:
            found[field] = place
    if "name" not in found:
        raise FileError(
            path, told("no column is called name; head the columns name, kind, zone, address, version"), where
        )
    return found


def _kinds(catalog: Catalog) -> dict[str, str]:
    """The ids of kinds by everything they are called."""
    called = ((text, kind.id) for kind in catalog.kinds for text in (kind.name.en, kind.name.ja, kind.id))
    return {same_text(text): name for text, name in called}


def _entry(number: int, cells: Mapping[str, str], kinds: Mapping[str, str]) -> Entry:
    return Entry(
        number,
        cells["name"],
        kinds.get(same_text(cells.get("kind", "")), ""),
        cells.get("zone", ""),
        tuple(dict.fromkeys(_ADDRESS.validate_python(part) for part in _parts(cells.get("address", "")))),
        _version(cells.get("version", "")),
    )


def _version(text: str) -> str:
    """The part of an agent's version that rules look at; a spreadsheet makes 20 of 20.0."""
    found = _VERSION.fullmatch(text)
    return f"{found[1]}.{found[2] or 0}" if found else ""


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,;、，；]+", text) if part]


# What is wrong with a cell; None where nothing is


def _name_problem(text: str, kinds: Mapping[str, str]) -> Bilingual | None:
    if not text:
        return Bilingual(en="the name is missing; write one", ja="名前がありません。入力してください。")
    return _text_problem(text)


def _zone_problem(text: str, kinds: Mapping[str, str]) -> Bilingual | None:
    return _text_problem(text) if text else None


def _kind_problem(text: str, kinds: Mapping[str, str]) -> Bilingual | None:
    if not text or same_text(text) in kinds:
        return None
    ids = ", ".join(dict.fromkeys(kinds.values()))
    return Bilingual(
        en=f"there is no kind {quoted(text)}; write one of {ids}",
        ja=f"「{quoted(text)}」という種類はありません。次のいずれかを入力してください: {ids}",
    )


def _address_problem(text: str, kinds: Mapping[str, str]) -> Bilingual | None:
    for part in _parts(text):
        why = _refused(_ADDRESS, part)
        if why:
            return Bilingual(
                en=why if len(part) <= _QUOTED else f"{quoted(part)} is not an IP address",
                ja=f"「{quoted(part)}」は IP アドレスでもネットワークでもありません。"
                "10.1.2.3 や 10.1.0.0/16 のように入力してください。",
            )
    return None


def _version_problem(text: str, kinds: Mapping[str, str]) -> Bilingual | None:
    if not text or _version(text):
        return None
    return Bilingual(
        en=f"{quoted(text)} is no version; write one such as 20.0",
        ja=f"「{quoted(text)}」はバージョンではありません。20.0 のように入力してください。",
    )


_CHECKS: Mapping[str, Callable[[str, Mapping[str, str]], Bilingual | None]] = {
    "name": _name_problem,
    "kind": _kind_problem,
    "zone": _zone_problem,
    "address": _address_problem,
    "version": _version_problem,
}


def _text_problem(text: str) -> Bilingual | None:
    if len(text) > MAX_NAME:
        return Bilingual(
            en=f"a name has {MAX_NAME} characters at most; shorten it",
            ja=f"名前は {MAX_NAME} 文字以内で入力してください。",
        )
    why = _refused(_NAME, text)
    if not why:
        return None
    place = next(n for n, character in enumerate(text) if _refused(_NAME, f"x{character}x"))
    code = f"U+{ord(text[place]):04X}"
    return Bilingual(en=why, ja=f"{place + 1} 文字目の {code} は表示も印刷もできません。削除してください。")


def _refused(accepts: TypeAdapter[str], text: str) -> str:
    """Why a text is refused; "" where it is not."""
    try:
        accepts.validate_python(text)
    except ValidationError as error:
        return error.errors(include_url=False, include_input=False)[0]["msg"].removeprefix("Value error, ")
    return ""


def quoted(text: str) -> str:
    """A text as it may be shown in a sentence: not long, and nothing in it that cannot be seen."""
    short = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    return "".join(each if each.isprintable() else f"<U+{ord(each):04X}>" for each in short)
