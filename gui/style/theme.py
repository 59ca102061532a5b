"""The window's colours (light, dark, high contrast) as a palette and a style sheet. The drawing has its own themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from string import Template
from typing import Literal

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QColor, QGuiApplication, QPalette

import resources
from gui.preferences import ThemeChoice

Mode = Literal["light", "dark", "contrast", "contrast-dark"]

FAMILY = "Noto Sans JP"
"""The bundled font: one for screen, paper and measuring."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of the window. `*_soft` are backgrounds behind text of the same name."""

    window: str
    panel: str
    canvas: str
    dots: str
    line: str
    strong_line: str
    text: str
    muted: str
    faint: str
    disabled: str
    accent: str
    on_accent: str
    accent_soft: str
    hover: str
    added: str
    added_soft: str
    removed: str
    removed_soft: str
    changed: str
    changed_soft: str
    track: str
    knob: str
    tooltip: str
    on_tooltip: str


LIGHT = Colours(
    window="#ffffff",
    panel="#ffffff",
    canvas="#fbfcfd",
    dots="#dfe3e8",
    line="#e1e5ea",
    strong_line="#c5ccd4",
    text="#1b2128",
    muted="#586573",
    faint="#697582",
    disabled="#98a2ad",
    accent="#0b57d0",
    on_accent="#ffffff",
    accent_soft="#e6effc",
    hover="#f1f4f8",
    added="#17693a",
    added_soft="#e6f5ec",
    removed="#b3261e",
    removed_soft="#fdecea",
    changed="#8a4b00",
    changed_soft="#fff3dd",
    track="#bcc4cd",
    knob="#ffffff",
    tooltip="#28303a",
    on_tooltip="#ffffff",
)

DARK = Colours(
    window="#1b1f25",
    panel="#1f242b",
    canvas="#15181d",
    dots="#2a3038",
    line="#333a44",
    strong_line="#4a5360",
    text="#e8ebef",
    muted="#aab4c0",
    faint="#93a0ad",
    disabled="#6b7683",
    accent="#78aaff",
    on_accent="#0a1a33",
    accent_soft="#22344f",
    hover="#2a313a",
    added="#74d69a",
    added_soft="#1c3527",
    removed="#ff9a90",
    removed_soft="#432422",
    changed="#f3c069",
    changed_soft="#40321a",
    track="#4d5763",
    knob="#f4f6f8",
    tooltip="#e8ebef",
    on_tooltip="#1b1f25",
)

CONTRAST = replace(
    LIGHT,
    canvas="#ffffff",
    dots="#c8c8c8",
    line="#767676",
    strong_line="#4d4d4d",
    text="#000000",
    muted="#2b2b2b",
    faint="#404040",
    disabled="#767676",
    accent="#0000b8",
    accent_soft="#dfe6ff",
    hover="#ececec",
    added="#00501f",
    removed="#8c0000",
    changed="#5c3600",
    track="#5a5a5a",
    tooltip="#000000",
)

CONTRAST_DARK = replace(
    DARK,
    window="#000000",
    panel="#000000",
    canvas="#000000",
    dots="#3d3d3d",
    line="#8c8c8c",
    strong_line="#b8b8b8",
    text="#ffffff",
    muted="#e6e6e6",
    faint="#d0d0d0",
    disabled="#8c8c8c",
    accent="#ffe500",
    on_accent="#000000",
    accent_soft="#3a3500",
    hover="#2b2b2b",
    added="#6ef59c",
    added_soft="#00290f",
    removed="#ffa59c",
    removed_soft="#330500",
    changed="#ffd27a",
    changed_soft="#2b1c00",
    track="#8c8c8c",
    tooltip="#ffffff",
    on_tooltip="#000000",
)

BY_MODE: dict[Mode, Colours] = {
    "light": LIGHT,
    "dark": DARK,
    "contrast": CONTRAST,
    "contrast-dark": CONTRAST_DARK,
}


def mode_for(choice: ThemeChoice) -> Mode:
    """The colours chosen, else those the system asks for; high contrast is light or dark as the system is."""
    if choice in ("light", "dark"):
        return choice
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    if choice == "contrast" or asks_for_contrast():
        return "contrast-dark" if dark else "contrast"
    return "dark" if dark else "light"


def asks_for_contrast() -> bool:
    """Whether the system asks for high contrast; Qt tells from 6.10 on."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _system_signals() -> list[SignalInstance]:
    hints = QGuiApplication.styleHints()
    signals = [hints.colorSchemeChanged]
    if hasattr(hints, "accessibility"):
        signals.append(hints.accessibility().contrastPreferenceChanged)
    return signals


def on_system_change(slot: Callable[[], None]) -> None:
    """Call a slot when the system asks for other colours."""
    for signal in _system_signals():
        signal.connect(slot)


def off_system_change(slot: Callable[[], None]) -> None:
    """Call it no more."""
    for signal in _system_signals():
        signal.disconnect(slot)


def palette(colours: Colours) -> QPalette:
    """The palette that Qt's own widgets and dialogs follow (`setColorScheme` alone does nothing on plain X)."""
    roles = QPalette.ColorRole
    chosen = QPalette()
    for role, colour in {
        roles.Window: colours.window,
        roles.WindowText: colours.text,
        roles.Base: colours.panel,
        roles.AlternateBase: colours.hover,
        roles.Text: colours.text,
        roles.Button: colours.panel,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.removed,
        roles.Highlight: colours.accent,
        roles.HighlightedText: colours.on_accent,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.accent,
        roles.ToolTipBase: colours.tooltip,
        roles.ToolTipText: colours.on_tooltip,
        roles.PlaceholderText: colours.faint,
        roles.Light: colours.panel,
        roles.Midlight: colours.hover,
        roles.Mid: colours.line,
        roles.Dark: colours.strong_line,
        roles.Shadow: colours.strong_line,
    }.items():
        chosen.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        chosen.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return chosen


def style_sheet(colours: Colours) -> str:
    """The style sheet of the whole application, with `$name` for each colour in its file."""
    return Template(resources.text("themes/window.qss")).substitute(asdict(colours))


def colour_names() -> tuple[str, ...]:
    """The names of all colours."""
    return tuple(field.name for field in fields(Colours))
