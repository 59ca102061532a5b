"""Everything the window can be asked to do, as a table: one row per action with icon, keys and place.

The texts are `action.ID` in the translations; what an action does is a method of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui.language import tr
from gui.style import icons
from gui.style.theme import Colours
from gui.widgets.widgets import plain


@dataclass(frozen=True, slots=True)
class Row:
    """One action. `keys`: shortcuts in Qt's portable notation, parted by ";"; of a `group` only one is checked."""

    id: str
    icon: str = ""
    keys: str = ""
    checkable: bool = False
    group: str = ""


ACTIONS: tuple[Row, ...] = (
    Row("new", "new", "Ctrl+N"),
    Row("open", "open", "Ctrl+O"),
    Row("save", "save", "Ctrl+S"),
    Row("save_as", "", "Ctrl+Shift+S"),
    Row("revert"),
    Row("export", "export", "Ctrl+Shift+E"),
    Row("export_again", "", "Ctrl+Shift+R"),
    Row("import_records"),
    Row("import_inventory"),
    Row("report_preview", "", "Ctrl+Shift+P"),
    Row("report_profile"),
    Row("as_is"),
    Row("as_is_forget"),
    Row("print_preview"),
    Row("print", "", "Ctrl+P"),
    Row("quit", "", "Ctrl+Q"),
    Row("undo", "undo", "Ctrl+Z"),
    Row("redo", "redo", "Ctrl+Shift+Z"),
    Row("history"),
    Row("copy_svg"),
    Row("copy_png", "", "Ctrl+Shift+C"),
    Row("preferences", "", "Ctrl+,"),
    Row("cut", "cut", "Ctrl+X"),
    Row("copy", "copy", "Ctrl+C"),
    Row("paste", "paste", "Ctrl+V"),
    Row("duplicate", "", "Ctrl+D"),
    Row("rename", "pencil", "F2"),
    Row("host_count", "hosts", "Shift+N"),
    Row("delete", "trash", "Del"),
    Row("select_all", "", "Ctrl+A"),
    Row("find", "search", "Ctrl+F"),
    Row("find_next", "", "F3"),
    Row("find_previous", "", "Shift+F3"),
    Row("quick_add", "plus", "/; Ins"),
    Row("select_tool", "select", "V", True, "tool"),
    Row("pan_tool", "hand", "H", True, "tool"),
    Row("zone_tool", "zone", "Z", True, "tool"),
    Row("note_tool", "note", "N", True, "tool"),
    Row("tie_tool", "assign", "A", True, "tool"),
    Row("tie_menu", "", "Shift+A"),
    Row("place_services", "cloud"),
    Row("arrange", "arrange", "Ctrl+Shift+A"),
    Row("arrange_selection", "arrange-selection", "Ctrl+Alt+A"),
    Row("tidy", "tidy", "Ctrl+Shift+T"),
    Row("release_bends", "route"),
    Row("align_left", "align-left"),
    Row("align_center", "align-center"),
    Row("align_right", "align-right"),
    Row("align_top", "align-top"),
    Row("align_middle", "align-middle"),
    Row("align_bottom", "align-bottom"),
    Row("distribute_horizontally", "distribute-horizontally"),
    Row("distribute_vertically", "distribute-vertically"),
    Row("bring_to_front", "to-front", "Ctrl+Shift+]"),
    Row("bring_forward", "forward", "Ctrl+]"),
    Row("send_backward", "backward", "Ctrl+["),
    Row("send_to_back", "to-back", "Ctrl+Shift+["),
    Row("lock", "lock", "Ctrl+L", True),
    Row("collapse", "collapse", "Ctrl+Home"),
    Row("expand", "expand", "Ctrl+End"),
    Row("select_contents", "contents", "Ctrl+Shift+I"),
    Row("fit", "fit", "Ctrl+0"),
    Row("actual_size", "", "Ctrl+1"),
    Row("fit_selection", "", "Ctrl+2"),
    Row("zoom_in", "zoom-in", "Ctrl++"),
    Row("zoom_out", "zoom-out", "Ctrl+-"),
    Row("filter_findings", "", "", True),
    Row("filter_changes", "", "", True),
    Row("clear_filter", "", "Ctrl+Shift+F"),
    Row("save_view"),
    Row("present", "present", "F11; F5"),
    Row("show_minimap", "map", "", True),
    Row("show_legend", "", "", True),
    Row("show_palette", "", "Ctrl+Alt+1", True),
    Row("show_side", "", "Ctrl+Alt+2", True),
    Row("show_tables", "", "Ctrl+Alt+3", True),
    Row("show_grid", "", "Ctrl+'", True),
    Row("theme_system", "", "", True, "theme"),
    Row("theme_light", "sun", "", True, "theme"),
    Row("theme_dark", "moon", "", True, "theme"),
    Row("theme_contrast", "", "", True, "theme"),
    Row("language_en", "", "", True, "language"),
    Row("language_ja", "", "", True, "language"),
    Row("whatif_mode", "toggle", "Ctrl+Shift+W", True),
    Row("whatif_adopt", "check", "Ctrl+Return"),
    Row("whatif_discard", "close", "Ctrl+Backspace"),
    Row("whatif_name", "pencil"),
    Row("whatif_howto", "route", "Ctrl+Shift+H"),
    Row("whatif_revision", "table"),
    Row("whatif_goals", "circle-check", "Ctrl+Shift+G"),
    Row("compare_table", "compare", "Ctrl+Shift+K"),
    Row("compare_pictures"),
    Row("compare_sweep", "", "Ctrl+Shift+M"),
    Row("next_pane", "", "F6"),
    Row("previous_pane", "", "Shift+F6"),
    Row("menu_bar", "", "F10"),
    Row("shortcuts", "help", "F1"),
    Row("about", "info"),
)
BY_ID = {row.id: row for row in ACTIONS}

SEPARATOR = ""
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "file",
        (
            "new", "open", "recent", SEPARATOR,
            "save", "save_as", "revert", SEPARATOR,
            "export", "export_again", "jobs", SEPARATOR,
            "import_inventory", "import_records", "as_is", "as_is_forget", SEPARATOR,
            "report_preview", "report_profile", SEPARATOR,
            "print_preview", "print", SEPARATOR, "quit",
        ),
    ),
    (
        "edit",
        (
            "undo", "redo", "history", SEPARATOR,
            "cut", "copy", "paste", "duplicate", SEPARATOR, "rename", "host_count", "delete", SEPARATOR,
            "select_all", "select_contents", "find", "find_next", "find_previous", SEPARATOR,
            "copy_png", "copy_svg", SEPARATOR, "preferences",
        ),
    ),
    (
        "view",
        (
            "fit", "fit_selection", "actual_size", "zoom_in", "zoom_out", SEPARATOR,
            "filter", "views", SEPARATOR,
            "present", "show_minimap", "show_legend", SEPARATOR,
            "show_palette", "show_side", "show_tables", "show_grid", SEPARATOR,
            "next_pane", "previous_pane", SEPARATOR,
            "theme_system", "theme_light", "theme_dark", "theme_contrast", SEPARATOR,
            "language_en", "language_ja",
        ),
    ),
    (
        "insert",
        (
            "quick_add", "kinds", SEPARATOR, "zone_tool", "note_tool", SEPARATOR, "tie_tool", "tie_menu", SEPARATOR,
            "place_services",
        ),
    ),
    (
        "arrange",
        (
            "arrange", "arrange_selection", "tidy", "release_bends", SEPARATOR, "align", "order", SEPARATOR, "lock",
            SEPARATOR, "collapse", "expand",
        ),
    ),
    (
        "whatif",
        (
            "whatif_mode", SEPARATOR,
            "whatif_adopt", "whatif_discard", SEPARATOR, "whatif_name", "scenarios", SEPARATOR,
            "whatif_goals", "compare_table", "compare_pictures", "compare_sweep",
            SEPARATOR, "whatif_howto", "whatif_revision",
        ),
    ),
    ("help", ("shortcuts", "about")),
)  # fmt: skip
"""The menus and what is in them: actions, separators, and sub-menus that the commands fill."""

FILLED: dict[str, tuple[str, ...]] = {
    "align": (
        "align_left", "align_center", "align_right", SEPARATOR,
        "align_top", "align_middle", "align_bottom", SEPARATOR,
        "distribute_horizontally", "distribute_vertically",
    ),
    "order": ("bring_to_front", "bring_forward", "send_backward", "send_to_back"),
}  # fmt: skip
"""The sub-menus that are made of actions."""

SUBMENUS = ("jobs", "recent", "kinds", "scenarios", "filter", "views", *FILLED)


def build(owner: QWidget, do: Callable[[QAction], None]) -> dict[str, QAction]:
    """All actions, belonging to `owner`; `do` does what one is for."""
    made: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for row in ACTIONS:
        action = QAction(owner)
        action.setObjectName(row.id)
        action.setCheckable(row.checkable)
        # A menu draws an icon in the place of the check mark, and then nobody sees which of them are on.
        action.setIconVisibleInMenu(not row.checkable)
        if row.keys:
            action.setShortcuts(QKeySequence.listFromString(row.keys))
        if row.group:
            groups.setdefault(row.group, QActionGroup(owner)).addAction(action)
        action.triggered.connect(lambda checked, action=action: do(action))
        owner.addAction(action)
        made[row.id] = action
    return made


def build_menus(bar: QMenuBar, made: Mapping[str, QAction]) -> dict[str, QMenu]:
    """The menus by id, sub-menus included."""
    menus: dict[str, QMenu] = {}
    for name, entries in MENUS:
        menus[name] = bar.addMenu("")
        _fill(menus[name], entries, made, menus)
    return menus


def _fill(menu: QMenu, entries: Iterable[str], made: Mapping[str, QAction], menus: dict[str, QMenu]) -> None:
    for entry in entries:
        if entry == SEPARATOR:
            menu.addSeparator()
        elif entry in SUBMENUS:
            menus[entry] = menu.addMenu("")
            _fill(menus[entry], FILLED.get(entry, ()), made, menus)
        else:
            menu.addAction(made[entry])


def write_texts(made: Mapping[str, QAction], menus: Mapping[str, QMenu]) -> None:
    """Put the texts of the language in use on actions and menus."""
    for name, action in made.items():
        text = tr(f"action.{name}")
        action.setText(text)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        bare = text.replace("…", "")
        action.setToolTip(plain(f"{bare} ({keys})" if keys else bare))
        action.setIconText(bare)
    for name, menu in menus.items():
        menu.setTitle(tr(f"menu.{name}"))


def draw_icons(made: Mapping[str, QAction], colours: Colours) -> None:
    """Give the actions their icons in the colours of a theme."""
    for row in ACTIONS:
        if row.icon:
            made[row.id].setIcon(icons.icon(row.icon, colours.text, colours.disabled))


def keyed(entries: Iterable[str], made: Mapping[str, QAction]) -> Iterable[tuple[str, str]]:
    """(text, keys) of those of some entries that are actions with a shortcut."""
    for entry in entries:
        if entry in made and not made[entry].shortcut().isEmpty():
            keys = (each.toString(QKeySequence.SequenceFormat.NativeText) for each in made[entry].shortcuts())
            yield made[entry].iconText(), ", ".join(keys)


def doings(*doers: object) -> dict[str, Callable[[], object]]:
    """What every action does: the method of its name, which one of the doers has."""
    return {row.id: next(getattr(each, row.id) for each in doers if hasattr(each, row.id)) for row in ACTIONS}
