"""A small design built with the keyboard alone, and read back the way a screen reader reads it: over AT-SPI."""

from __future__ import annotations

import ctypes.util
from pathlib import Path

import pytest

from tests.gui.atspi.session import Session, Thing, session, why_not

MISSING = why_not() or ("" if ctypes.util.find_library("xcb-cursor") else "needs libxcb-cursor")


def painted(tree: list[Thing]) -> dict[str, str]:
    """The things drawn on the canvas: name and role, in the order told."""
    start = next((number for number, each in enumerate(tree) if each.role == "canvas"), len(tree))
    found: dict[str, str] = {}
    for each in tree[start + 1 :]:
        if each.depth <= tree[start].depth:
            break
        if (
            each.depth == tree[start].depth + 1
            and each.name
            and each.role in ("panel", "list item", "comment")
        ):
            found[each.name] = each.role
    return found


def shows(desk: Session, *names: str) -> None:
    """Wait until things of these names are on the canvas."""
    desk.wait(lambda tree: set(names) <= painted(tree).keys())


def has_keyboard(desk: Session, name: str) -> None:
    """Wait until a screen reader would say that this has the keyboard."""
    desk.wait(lambda tree: name in [each.name for each in tree if each.focused])


def says(desk: Session, words: str) -> None:
    """Wait until the program asks for something beginning with these words to be said."""
    desk.wait(lambda tree: any(each.startswith(words) for each in desk.reader.announced()))


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_a_design_built_with_keys_is_read_back(tmp_path: Path, root: Path) -> None:
    with session(tmp_path, root) as desk:
        desk.wait(lambda tree: any(each.role == "canvas" for each in tree))
        desk.take_keyboard()
        desk.press("z", "Return")
        has_keyboard(desk, "Name")
        desk.write("Front")
        desk.press("Return")
        shows(desk, "Zone Front (VPC), 0 components")
        desk.press("shift+F6")
        has_keyboard(desk, "Search components…")
        desk.write("relay")
        desk.press("Return")
        shows(desk, "Relay, in Front; 0 out, 0 in")
        desk.press("ctrl+a")
        desk.write("エージェント")
        desk.press("Return")
        shows(
            desk,
            "Agent, in Front; 1 out, 0 in",
            "Relay, in Front; 0 out, 1 in",
            "Agent → Relay: 4122/TCP HTTPS",
        )
        desk.press("F6")
        has_keyboard(desk, "Agent, in Front; 1 out, 0 in")
        desk.press("Return")
        has_keyboard(desk, "Name")
        desk.write("web")
        desk.press("Return")
        has_keyboard(desk, "web, Agent, in Front; 1 out, 0 in")
        desk.press("period")
        has_keyboard(desk, "web → Relay: 4122/TCP HTTPS")
        desk.press("Left")
        says(desk, "Upright piece 1 of 1, at ")
        desk.press("alt+Home")
        has_keyboard(desk, "Relay, in Front; 0 out, 1 in")
        desk.press("alt+Page_Up")
        has_keyboard(desk, "Zone Front (VPC), 2 components")
        desk.press("ctrl+Right")
        says(desk, "Zone Front: 330 wide, 220 high")
        desk.press("ctrl+z", "ctrl+z", "alt+Home")
        has_keyboard(desk, "Relay, in Front; 0 out, 1 in")
        tree = desk.reader.tree()
        assert painted(tree) == {
            "Zone Front (VPC), 2 components": "panel",
            "Relay, in Front; 0 out, 1 in": "list item",
            "web, Agent, in Front; 1 out, 0 in": "list item",
            "web → Relay: 4122/TCP HTTPS": "list item",
        }
        desk.press("ctrl+z")
        shows(desk, "Agent, in Front; 1 out, 0 in")
