"""The window's texts: complete, used, alike in both languages, and never markup."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

import pytest

from gui import actions
from gui.document.files import TEMPLATES
from gui.language import set_language, texts, tr
from gui.preferences import Paper, ThemeChoice
from model.catalog.rules import Feature, Kind, Rule, Setting
from model.design.elements import ZoneKind
from model.design.profile import PaperSize
from model.shapes.theme import ThemeName

BUILT = {
    "action.": [row.id for row in actions.ACTIONS],
    "menu.": [*(name for name, _ in actions.MENUS), *actions.SUBMENUS],
    "zone.": list(get_args(ZoneKind)),
    "severity.": ["error", "warning", "information"],
    "template.": list(TEMPLATES),
    "whatif.group.": ["protection", "service", "settings", "beyond", "inferred"],
    "whatif.scenario.": ["use", "edit", "rename", "baseline", "delete"],
    "inspector.": ["change_number", "author"],
    "edit.": ["change_number", "author"],
    "settings.": ["language", "theme", "paper"],
    "export.theme_": list(get_args(ThemeName)),
    "profile.": ["company", "paper", "orientation", "landscape", "portrait"],
    "profile.paper_": list(get_args(PaperSize)),
    "compare.": ["added", "removed", "changed"],
    "records.": ["id", "flow", "field", "now", "new"],
    "export.": ["changes", "baseline", "profile", "rules", "rules_at", "rules_groups", "folder", "pattern"],
    "columns.": ["screen", "core", "core_firewall", "core_audit", "every"],
    "settings.theme_": list(get_args(ThemeChoice)),
    "settings.paper_": list(get_args(Paper)),
    "spoken.": ["level_piece", "upright_piece"],
    "revision.field.": [
        name for each in (Rule, Feature, Setting, Kind) for name in each.model_fields if name != "id"
    ],
}
"""Keys that the code puts together, by their beginning."""


def used_keys(root: Path) -> set[str]:
    found: set[str] = set()
    for file in (root / "gui").rglob("*.py"):
        found |= set(re.findall(r"\btr\(\s*[\"']([a-z_.-]+)[\"']", file.read_text(encoding="utf-8")))
    return found | {beginning + each for beginning, names in BUILT.items() for each in names}


def test_every_text_is_there_in_both_languages_and_used(root: Path) -> None:
    assert used_keys(root) == set(texts())
    for key, forms in texts().items():
        assert set(forms) - {"en1"} == {"en", "ja"}, key
        assert all(form.strip() for form in forms.values()), key


@pytest.mark.parametrize("key", sorted(texts()))
def test_both_languages_fill_the_same_places(key: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    forms = texts()[key]
    assert places(forms["en"]) == places(forms["ja"])
    assert places(forms.get("en1", "")) <= places(forms["en"])


def test_one_is_no_plural_in_english() -> None:
    assert tr("status.flows", count=1) == "1 flow"
    assert tr("status.flows", count=2) == "2 flows"
    set_language("ja")
    assert tr("status.flows", count=1) == "1 通信"


def test_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        tr("no.such.text")
