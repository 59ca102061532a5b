"""Cards of components that come, or are chosen otherwise, are marked in pictures as on the canvas."""

from __future__ import annotations

import pytest

from exports.catalogs import catalog_file
from exports.pictures.diagram import picture, theme_called
from exports.report import report
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.editing import edits
from model.shapes.primitives import Box, Group, Text
from model.storage import parse_design
from resources import path


def test_what_comes_and_what_is_chosen_otherwise_is_marked_on_its_card() -> None:
    file = catalog_file()
    catalog = file.catalog
    before = parse_design(path("samples/on-premises.portchart").read_bytes())
    after, name = edits.place(before, "agent", "new-tier", (70, 335), "vpc-records-prod")
    after = edits.set_feature(after, "smart-scan", False, "app-tier")
    after = edits.rename(after, "web-tier", "renamed")
    compared = compare(derive(before, catalog), derive(after, catalog))
    said = report(derive(after, catalog), file, "en", comparison=compared)
    for theme in ("light", "dark", "paper"):
        shown = picture(said, theme_called(theme))
        cards = {
            item.subject: item
            for item in shown.drawing.items
            if isinstance(item, Group) and item.subject.startswith("component:")
        }
        marks = {}
        for subject, card in cards.items():
            sheet, last = card.items[0], card.items[-1]
            assert isinstance(sheet, Box)
            assert isinstance(last, Text)
            if last.anchor == "middle":
                marks[subject] = last.text
                assert last.x == pytest.approx(sheet.rect.left + 2)
                assert card.title.startswith(f"{last.text} ")
        assert marks == {f"component:{name}": "+", "component:app-tier": "~"}
