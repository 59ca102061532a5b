"""Older formats of the design file, brought up to the present one on raw data before anything is validated.

A migration is a function from the raw object of one format to that of the next, entered under the format it
reads, with the date and the reason in its docstring. Format 1 is the first, so there is none yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from model.design.design import FORMAT

Raw = dict[str, Any]

MIGRATIONS: Mapping[int, Callable[[Raw], Raw]] = {}


def upgraded(raw: Raw, migrations: Mapping[int, Callable[[Raw], Raw]] = MIGRATIONS, to: int = FORMAT) -> Raw:
    """The raw design in format `to`; `raw["format"]` must be a format from 1 to `to`."""
    for number in range(raw["format"], to):
        raw = migrations[number](raw) | {"format": number + 1}
    return raw
