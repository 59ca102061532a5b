"""Designs and files: bytes to a checked Design, a Design to canonical bytes, and both with the disk.

Whatever a file holds, the outcome is a Design or a FileError whose sentence names file, place and reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from model.collecting import collection_paused
from model.design.design import FORMAT, Design
from model.errors import FileError
from model.sentences import told
from model.storage.atomic import Stamp, stamp_of, unreadable, write_atomically
from model.storage.canonical import dump
from model.storage.invalid import place_and_reason
from model.storage.migrations import upgraded
from model.storage.strict_json import MAX_BYTES, place_of, read_json, too_large

__all__ = ["Loaded", "Stamp", "dump", "file_bytes", "load", "parse_design", "save"]

_PORT_KEY = re.compile(r"[1-9][0-9]*")


class Loaded(NamedTuple):
    """A design, the file it came from, and what that file held."""

    design: Design
    path: Path
    stamp: Stamp


def parse_design(data: bytes, path: Path | str = "design") -> Design:
    """The design in `data`; `path` only names it in messages. Raises FileError, its message under 64 KiB."""
    try:
        with collection_paused():
            return _parsed(data, path)
    except MemoryError as error:
        raise FileError(
            path, told("there is not enough memory to read the file; close other programs")
        ) from error


def file_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """All of a file of at most `most` bytes. Raises FileError where it cannot be read or is larger."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if len(data) > most:
        raise too_large(path, most)
    return data


def load(path: Path) -> Loaded:
    """The design in a file, with the stamp that `save` will ask for. Raises FileError."""
    data = file_bytes(path)
    return Loaded(parse_design(data, path), path, stamp_of(data))


def save(design: Design, path: Path, expected: Stamp | None, *, force: bool = False) -> Stamp:
    """Write the design to `path` in canonical form, whole or not at all, and give the new stamp.

    `expected`: the stamp from `load` or the last `save`; None when the file is to be new. Raises ChangedOnDisk
    when the disk holds anything else (unless `force`), FileError when the file cannot be written; the old
    file is then untouched.
    """
    data = dump(design)
    if parse_design(data, path) != design:
        raise FileError(
            path,
            told("reading the design back would give another one, so it was not saved; please report this"),
        )
    return write_atomically(path, data, expected, force=force)


def _parsed(data: bytes, path: Path | str) -> Design:
    raw = read_json(data, path)
    if not isinstance(raw, dict):
        raise FileError(path, told("a design is one JSON object in {{ }}; check that this is the right file"))
    if _format_of(raw, path) < FORMAT:
        raw = upgraded(raw)
        data = json.dumps(raw).encode()
    try:
        design = Design.model_validate_json(data)
    except ValidationError as error:
        place, reason = place_and_reason(error, raw)
        raise FileError(path, reason, place) from None
    _check_port_keys(raw, path)
    return design


def _format_of(raw: dict[str, Any], path: Path | str) -> int:
    number = raw.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        reason = told(
            'the format number is missing or not one; a design starts with "format": {format}', format=FORMAT
        )
        raise FileError(path, reason, "format")
    if number > FORMAT:
        reason = told(
            "written by a newer Portchart (format {number}); this one reads up to {format}; update Portchart",
            number=number,
            format=FORMAT,
        )
        raise FileError(path, reason, "format")
    return number


def _check_port_keys(raw: dict[str, Any], path: Path | str) -> None:
    """Keys are texts in JSON: "80" and "080" would be one port, and the later one would win unseen."""
    for parts, component in _components(raw):
        for key in component.get("ports", ()):
            if not _PORT_KEY.fullmatch(key):
                raise FileError(
                    path,
                    told("a port is written in digits alone, without zeros in front; correct it"),
                    place_of([*parts, "ports", key]),
                )


def _components(raw: dict[str, Any]) -> Iterator[tuple[list[str | int], dict[str, Any]]]:
    """Every component in a file with its place, those that scenarios add included."""
    for number, component in enumerate(raw.get("components", ())):
        yield ["components", number], component
    for number, scenario in enumerate(raw.get("scenarios", ())):
        for place, change in enumerate(scenario.get("changes", ())):
            if "add" in change:
                yield ["scenarios", number, "changes", place, "add"], change["add"]
