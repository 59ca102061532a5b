"""Where things go by themselves: the zone that is seen at a place."""

from __future__ import annotations

import pytest

from model.design.design import CatalogReference, Design
from model.design.elements import Zone
from model.editing.folding import set_collapsed
from model.editing.placing import shown


@pytest.mark.parametrize(
    ("collapsed", "expected"),
    [
        ((), "inner"),
        (("inner",), "middle"),
        (("outer",), None),
        (("middle",), "outer"),
        (("inner", "outer"), None),
    ],
)
def test_what_cannot_be_seen_is_replaced_by_the_zone_around_it(
    collapsed: tuple[str, ...], expected: str | None
) -> None:
    names = ("outer", "middle", "inner")
    zones = tuple(
        Zone(id=name, name=name, kind="vpc", frame=(0, 0, 900, 900), parent=parent)
        for name, parent in zip(names, (None, *names), strict=False)
    )
    design = Design(catalog=CatalogReference(id="c", version="1"), zones=zones)
    assert shown(set_collapsed(design, collapsed, True), "inner") == expected
    assert shown(design, None) is None
