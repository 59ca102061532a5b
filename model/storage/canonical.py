"""The one way a design is written: made so that a small edit is a small difference in git.

UTF-8, two spaces, fields in the model's order, fields at their default left out, keys of mappings sorted.
Zones, components and scenarios take one line per field, everything smaller one line per thing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic_core import PydanticUndefined

from model.design.changes import Scenario
from model.design.design import Design, DocumentData
from model.design.elements import Component, Zone
from model.design.output import Job
from model.design.profile import Logo, Profile
from model.frozen import Frozen

_BLOCKS = {Design, DocumentData, Zone, Component, Scenario, Profile, Logo, Job}
"""Written one field per line."""

_ALWAYS = {(Design, "format"), (Component, "position")}
"""Written even at their default: a component that leaves the origin still changes one line."""

_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def dump(design: Design) -> bytes:
    """The design in canonical form; equal designs give equal bytes."""
    return (_block(design, "\n") + "\n").encode("utf-8")


@cache
def _defaults(model: type[Frozen]) -> dict[str, Any]:
    return {name: field.get_default(call_default_factory=True) for name, field in model.model_fields.items()}


def _fields(value: Frozen) -> Iterator[tuple[str, Any]]:
    """The fields worth writing, in order."""
    model = type(value)
    for name, default in _defaults(model).items():
        content = getattr(value, name)
        if default is PydanticUndefined or content != default or (model, name) in _ALWAYS:
            yield name, content


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(value[key]) for key in sorted(value)}
    if isinstance(value, str | int):
        return value
    if isinstance(value, Frozen):
        return {name: _plain(content) for name, content in _fields(value)}
    return value


def _block(value: Frozen, newline: str) -> str:
    """A model with one field per line; `newline` is the line break and the indent of the closing bracket."""
    inner = newline + "  "
    lines = [f"{_compact(name)}: {_field(value, content, inner)}" for name, content in _fields(value)]
    return _spread("{", lines, "}", newline)


def _field(owner: Frozen, content: Any, newline: str) -> str:
    if type(content) in _BLOCKS:
        return _block(content, newline)
    if isinstance(owner, Design) and isinstance(content, dict):
        entries = [f"{_compact(key)}: {_compact(entry)}" for key, entry in _plain(content).items()]
        return _spread("{", entries, "}", newline)
    if isinstance(content, tuple) and content and isinstance(content[0], Frozen):
        return _spread("[", [_item(item, newline + "  ") for item in content], "]", newline)
    return _compact(_plain(content))


def _item(item: Frozen, newline: str) -> str:
    return _block(item, newline) if type(item) in _BLOCKS else _compact(_plain(item))


def _spread(opening: str, lines: list[str], closing: str, newline: str) -> str:
    inner = newline + "  "
    return f"{opening}{inner}{(',' + inner).join(lines)}{newline}{closing}"
