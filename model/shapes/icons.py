"""Icons as outlines, which the screen and paper each draw with a pen of their own.

`tools/build_icons.py` writes the data that `icons` reads.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Segment: TypeAlias = (
    tuple[Literal["M"], float, float]  # move to x, y
    | tuple[Literal["L"], float, float]  # line to x, y
    | tuple[Literal["C"], float, float, float, float, float, float]  # cubic curve: two control points, end
    | tuple[Literal["Z"]]  # close
)


@dataclass(frozen=True)
class Icon:
    """An icon `size` units wide and high, y down, drawn by stroking each of `paths` `stroke` units wide.

    Nothing is filled; ends and joins are round.
    """

    size: float
    stroke: float
    paths: tuple[tuple[Segment, ...], ...]


def icons(data: str) -> Mapping[str, Icon]:
    """The icons by name in `data`, the text of `icons/icons.json`; each is read when first asked for: few are drawn.

    Asking for one raises ValueError, naming it, where its outline has anything but M, L, C and Z in it.
    """
    return _Icons(json.loads(data))


def _read(name: str, entry: dict[str, Any]) -> Icon:
    return Icon(
        size=float(entry["size"]),
        stroke=float(entry["stroke"]),
        paths=tuple(tuple(_segment(name, each) for each in path) for path in entry["paths"]),
    )


def _segment(icon: str, values: list[str | float]) -> Segment:
    operator, *numbers = values
    points = tuple(float(number) for number in numbers)
    match operator, points:
        case "M", (x, y):
            return ("M", x, y)
        case "L", (x, y):
            return ("L", x, y)
        case "C", (x1, y1, x2, y2, x, y):
            return ("C", x1, y1, x2, y2, x, y)
        case "Z", ():
            return ("Z",)
    raise ValueError(f"The icon {icon!r} has an outline with {values!r} in it, which is not a known segment.")


class _Icons(Mapping[str, Icon]):
    def __init__(self, entries: dict[str, dict[str, Any]]) -> None:
        self._entries = entries
        self._known: dict[str, Icon] = {}

    def __getitem__(self, name: str) -> Icon:
        if name not in self._known:
            self._known[name] = _read(name, self._entries[name])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
