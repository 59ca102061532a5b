"""The window's colours (light, dark, high contrast) as a palette and a style sheet. The drawing has its own themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from string import Template
from typing import Literal

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QColor, QGuiApplication, QPalette

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
        chosen.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.strong_line))
    return chosen


def style_sheet(colours: Colours) -> str:
    """The style sheet of the whole application."""
    return _SHEET.substitute(asdict(colours))


def colour_names() -> tuple[str, ...]:
    """The names of all colours."""
    return tuple(field.name for field in fields(Colours))


_SHEET = Template("""
QWidget { font-size: 13px; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $tooltip; color: $on_tooltip; border: 0; padding: 5px 8px; }

QMenuBar { background: $window; border-bottom: 1px solid $line; padding: 1px 6px; }
QMenuBar::item { padding: 5px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $strong_line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 26px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $strong_line; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 7px; }

#toolbar { background: $window; border-bottom: 1px solid $line; }
#toolbar QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 8px; color: $text; }
#toolbar QToolButton:hover { background: $hover; }
#toolbar QToolButton:pressed, #toolbar QToolButton:checked { background: $accent_soft; color: $accent; }
#toolbar QToolButton:disabled { color: $strong_line; }
#toolbar QToolButton::menu-indicator { image: none; width: 0; }
#toolbar QToolButton[outlined="true"] {
  border: 1px solid $strong_line; background: $panel; padding: 5px 10px; }
#toolbar QToolButton[outlined="true"]:hover { background: $hover; }
#toolbar QToolButton[outlined="true"][pending="true"] { border-color: $accent; color: $accent; }
#toolbar QToolButton[primary="true"] {
  background: $accent; color: $on_accent; font-weight: bold; padding: 5px 12px; }
#toolbar QToolButton:focus { border: 2px solid $accent; padding: 4px 7px; }
#toolbar QToolButton[outlined="true"]:focus { border: 2px solid $accent; padding: 4px 9px; }
#toolbar QToolButton[primary="true"]:focus { border: 3px double $on_accent; padding: 3px 10px; }
#toolbar QToolButton[primary="true"]:disabled { background: $track; color: $panel; }
#rule { background: $line; }

QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QLineEdit, QSpinBox, QComboBox, QPlainTextEdit, QDateEdit {
  background: $panel; color: $text; border: 1px solid $strong_line; border-radius: 6px;
  padding: 4px 8px; min-height: 20px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QDateEdit:focus {
  border: 2px solid $accent; padding: 3px 7px; }
QComboBox:focus { padding-right: 21px; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: $strong_line; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {
  border: 1px solid $removed; background: $removed_soft; }
QComboBox { padding-right: 22px; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $strong_line; outline: 0;
  selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QListView::item { min-height: 26px; padding: 0 6px; border-radius: 4px; }
QComboBox QListView::item:selected { background: $accent_soft; color: $text; }
QSpinBox > QLineEdit { border: 0; padding: 0 6px; min-height: 0; background: transparent; }
QSpinBox { padding: 4px 2px; }
QSpinBox:focus { border: 2px solid $accent; padding: 3px 1px; }
QSpinBox > QLineEdit:focus { border: 0; padding: 0 6px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }

QPushButton {
  background: $panel; color: $text; border: 1px solid $strong_line; border-radius: 6px;
  padding: 6px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:disabled { color: $strong_line; border-color: $line; }
QPushButton[primary="true"], QDialog QPushButton:default {
  background: $accent; color: $on_accent; border-color: $accent; font-weight: bold; }
QPushButton[primary="true"]:disabled { background: $hover; color: $faint; border-color: $line; }
QPushButton[small="true"] { padding: 3px 10px; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton[primary="true"]:focus, QDialog QPushButton:default:focus {
  border: 3px double $on_accent; padding: 4px 12px; }
QPushButton[small="true"]:focus { padding: 2px 9px; }
QPushButton[flat="true"] { border: 0; padding: 2px 4px; color: $accent; }
QPushButton[flat="true"]:focus { border: 2px solid $accent; border-radius: 4px; padding: 0 2px; }

QMessageBox QLabel#qt_msgbox_informativelabel { min-width: 340px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QListWidget { border: 1px solid $strong_line; border-radius: 6px; padding: 4px; }
QTreeView::indicator:unchecked, QListView::indicator:unchecked, QTableView::indicator:unchecked {
  width: 12px; height: 12px; border: 1px solid $strong_line; border-radius: 3px; background: $panel; }
#files { border: 1px solid $strong_line; border-radius: 6px; }
#files::item { padding: 3px 2px; }
QListWidget:focus, #files:focus { border: 2px solid $accent; }
QListWidget::item { padding: 5px 8px; border-radius: 4px; }
#outline::item { padding: 5px 0; }
QListWidget::item:selected { background: $accent_soft; color: $text; }

QCheckBox, QRadioButton { spacing: 7px; }
QCheckBox::indicator { width: 16px; height: 16px; }

QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $muted; padding: 8px 14px 7px 14px;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; font-weight: bold; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { border: 2px solid $accent; border-radius: 5px; padding: 6px 12px 7px 12px; }
#sideTabs QTabBar::tab, #bottomTabs QTabBar::tab { padding: 8px 9px 7px 9px; }
#sideTabs QTabBar::tab:focus, #bottomTabs QTabBar::tab:focus { padding: 6px 7px 7px 7px; }

QTableView, QListView, QTreeView { background: $panel; color: $text; border: 1px solid $panel; outline: 0;
  gridline-color: $line; selection-background-color: $accent_soft; selection-color: $text;
  alternate-background-color: $panel; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $accent; }
QTableView::item { padding: 3px 7px; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $panel; }
QHeaderView::section {
  background: $window; color: $muted; border: 0; border-bottom: 1px solid $line; padding: 6px 10px; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $window; border: 0; }

QScrollArea { border: 0; background: $panel; }
QScrollArea > QWidget > QWidget { background: $panel; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: $track; border-radius: 3px; margin: 2px 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 3px 2px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }

QGraphicsView { border: 0; }
QStatusBar { background: $window; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $muted; padding: 0 6px; }
QStatusBar QToolButton { border: 0; color: $muted; padding: 2px 8px; border-radius: 4px; }
QStatusBar QToolButton:hover { background: $hover; color: $text; }
QStatusBar QToolButton::menu-indicator { image: none; width: 0; }

#palette, #side { background: $panel; }
QLabel[role="heading"] { color: $muted; font-size: 11px; font-weight: bold; }
QLabel[role="muted"] { color: $muted; font-size: 12px; }
QLabel[role="title"] { font-size: 14px; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="error"] { color: $removed; font-size: 12px; }
QLabel[chip="plain"] {
  background: $hover; color: $muted; border-radius: 9px; padding: 2px 8px; font-size: 12px; }
QLabel[chip="added"] {
  background: $added_soft; color: $added; border-radius: 9px; padding: 2px 8px; font-size: 12px;
  font-weight: bold; }
QLabel[chip="removed"] {
  background: $removed_soft; color: $removed; border-radius: 9px; padding: 2px 8px; font-size: 12px;
  font-weight: bold; }
QLabel[chip="changed"] {
  background: $changed_soft; color: $changed; border-radius: 9px; padding: 2px 8px; font-size: 12px;
  font-weight: bold; }
#why { background: $panel; border-top: 1px solid $line; }
#card { background: $panel; border: 1px solid $line; border-radius: 7px; }
#way { background: $hover; border-radius: 6px; }
#trying { background: $changed_soft; color: $changed; padding: 8px 14px; }
#featureRow { border-radius: 6px; }
#inherit, #drop, #more { border: 0; border-radius: 4px; padding: 2px; color: $muted; }
#inherit:hover, #drop:hover, #more:hover { background: $hover; }
#inherit:focus, #drop:focus, #more:focus { background: $accent_soft; }
#more::menu-indicator { image: none; width: 0; }
#featureRow[pending="on"] { background: $added_soft; }
#featureRow[pending="off"] { background: $removed_soft; }
#findBar { background: $panel; border: 1px solid $strong_line; border-radius: 8px; }
#findBar QToolButton { border: 0; border-radius: 5px; padding: 4px; }
#findBar QToolButton:hover { background: $hover; }
#findBar QToolButton:focus { background: $accent_soft; }
#quickAdd { background: $panel; border: 1px solid $strong_line; border-radius: 8px; }
#quickAdd QListWidget { border: 0; padding: 0; }
#legend { background: $window; border: 0; border-top: 1px solid $line; }
#hoverCard { background: $panel; border: 1px solid $strong_line; }
#heat { gridline-color: $line; }
#heat QHeaderView::section { border-right: 1px solid $line; }
#traffic { border: 1px solid $line; border-radius: 6px; padding: 2px; }
#strip { background: $accent_soft; border-bottom: 1px solid $line; }
#filterChip { background: $panel; border: 1px solid $strong_line; border-radius: 10px; padding: 2px 9px; color: $text; }
#filterChip:hover { background: $hover; }
#filterChip:focus { border: 2px solid $accent; padding: 1px 8px; }
#bubble { background: $panel; border: 1px solid $strong_line; border-radius: 6px; padding: 5px 9px; }
#bubble[wrong="true"] { color: $removed; border-color: $removed; }
#hint { background: $panel; border: 1px solid $line; border-radius: 10px; }
""")
