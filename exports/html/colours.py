"""Theme colours as CSS variables, so that one picture follows the reader's light or dark setting, and paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from exports.pictures.diagram import theme_called
from model.shapes.theme import Theme, ThemeName


def _colours(values: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _colours(value, (*path, key))
        elif isinstance(value, str) and value.startswith("#"):
            yield (*path, key), value


def variable(path: tuple[str, ...]) -> str:
    """The CSS variable of a place in a theme: "--zones-vpc-fill"."""
    return "--" + "-".join(path).replace("_", "-")


@cache
def inked() -> tuple[Theme, dict[str, str]]:
    """A theme in which every colour differs, and the reference to its variable for each of them.

    A picture drawn in it can be painted in any theme: its colours say which place of the theme they come from.
    """
    data = theme_called("light").model_dump()
    references: dict[str, str] = {}
    for number, (path, _) in enumerate(_colours(data)):
        code = f"#{number:06x}"
        references[code] = f"var({variable(path)})"
        place = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = code
    return Theme.model_validate(data), references


def _block(name: ThemeName) -> str:
    entries = (f"{variable(path)}:{value}" for path, value in _colours(theme_called(name).model_dump()))
    return ":root{" + ";".join(entries) + "}"


def variables() -> str:
    """CSS that sets the variables: light, dark where the reader prefers that, paper in print."""
    return (
        f"{_block('light')}\n"
        f"@media screen and (prefers-color-scheme:dark){{{_block('dark')}}}\n"
        f"@media print{{{_block('paper')}}}\n"
    )
