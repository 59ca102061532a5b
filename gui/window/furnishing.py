"""Loads what the furniture of the window is made of between events, then lets it be built, so that no step is long."""

from __future__ import annotations

from collections.abc import Generator
from importlib import import_module

from gui.window.window import Window

_LOADED = (
    "model.findings",
    "model.whatif.effects",
    "gui.panels.palette",
    "gui.panels.whatif",
    "gui.panels.inspector",
    "gui.panels.why",
    "gui.panels.bottom",
    "gui.commands.commands",
    "gui.commands.reading",
    "exports.existing",
    "gui.output.existing",
    "exports.jobs",
    "gui.output.doings",
    "exports.incoming.inventory",
    "gui.commands.inventory",
    "gui.compare.goals",
    "gui.commands.asking",
    "gui.commands.history",
)
"""Parts that take their time; what is not named here is loaded with the furniture."""


def furnish(window: Window) -> Generator[None]:
    """What is left to do for a window after its canvas has been painted, step by step."""
    for name in _LOADED:
        import_module(name)
        yield
    from gui.window.furniture import Furniture

    yield
    yield from Furniture(window).build()
