"""What people expect of any desktop program: preferences, history, printing, copying the picture, autosave."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QItemSelectionModel, QTimer
from PySide6.QtGui import QAction, QColor, QGuiApplication, QPageLayout, QPageSize, QShortcut
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from exports.catalogs import catalog_file
from gui import preferences
from gui.actions import ACTIONS
from gui.commands.help import Help, ShortcutsDialog
from gui.commands.pictures import Pictures
from gui.commands.settings import SettingsDialog
from gui.document.autosave import Autosave
from gui.document.guard import Guard, described, drop, kept_work
from gui.preferences import Preferences
from gui.window.furnishing import furnish
from gui.window.window import Window
from model.design.profile import NO_PROFILE, Profile
from model.editing import edits
from model.storage import dump, load
from tests.gui.hands import answer

# Preferences


def test_a_choice_in_the_preferences_holds_at_once_and_is_kept(sample: Window) -> None:
    dialog = SettingsDialog(sample, sample)
    dialog.languages.setCurrentIndex(dialog.languages.findData("ja"))
    dialog.themes.setCurrentIndex(dialog.themes.findData("dark"))
    dialog.paper.setCurrentIndex(dialog.paper.findData("letter"))
    dialog.grid.click()
    assert sample.side.tabText(1) == "インスペクター"
    assert dialog.windowTitle() == "環境設定"
    assert sample.mode == "dark"
    kept = preferences.read(sample.folder)
    assert (kept.language, kept.theme, kept.paper, kept.grid) == ("ja", "dark", "letter", False)
    dialog.deleteLater()


def test_the_paper_preferred_is_that_of_prints_and_of_reports_without_a_profile(sample: Window) -> None:
    assert sample.pictures.printer().pageLayout().pageSize().id() == QPageSize.PageSizeId.A4
    assert sample.leaving.profile == NO_PROFILE
    sample.keep(sample.preferences.evolve(paper="letter"))
    assert sample.pictures.printer().pageLayout().pageSize().id() == QPageSize.PageSizeId.Letter
    assert sample.leaving.profile == Profile(paper="letter")
    own = Profile(company="Agency", paper="a3")
    sample.document.edit("x", lambda design: design.evolve(profile=own))
    assert sample.leaving.profile == own


def test_preferences_that_called_paper_a_unit_are_still_read(tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_text('{"units": "us", "recent": ["/a"]}', encoding="utf-8")
    assert preferences.read(tmp_path) == Preferences(paper="letter", recent=("/a",))
    (tmp_path / "preferences.json").write_text('["units"]', encoding="utf-8")
    assert preferences.read(tmp_path) == Preferences()


def test_the_grid_is_dots_that_can_be_hidden(window: Window) -> None:
    def colours() -> set[str]:
        shot = window.canvas.grab().toImage()
        return {shot.pixelColor(x, y).name() for x in range(120) for y in range(120)}

    window.hint.hide()
    canvas = QColor(window.scene.look.theme.canvas).name()
    assert colours() > {canvas}
    window.actions_by_id["show_grid"].trigger()
    assert colours() == {canvas}
    assert not window.actions_by_id["show_grid"].isChecked()


# History


def test_the_history_lists_every_step_and_goes_to_one(sample: Window) -> None:
    before = sample.document.design
    assert sample.document.edit("Title: first", lambda design: design.evolve(title="first"))
    assert sample.document.edit("Title: second", lambda design: design.evolve(title="second"))
    sample.actions_by_id["history"].trigger()
    steps = sample.history.steps
    assert [steps.model().index(row, 0).data() for row in range(3)] == [
        "As opened", "Title: first", "Title: second",
    ]  # fmt: skip
    select = QItemSelectionModel.SelectionFlag.ClearAndSelect
    steps.selectionModel().setCurrentIndex(steps.model().index(1, 0), select)
    assert sample.document.design.title == "first"
    steps.selectionModel().setCurrentIndex(steps.model().index(0, 0), select)
    assert sample.document.design == before


# The window


def test_what_was_hidden_is_hidden_the_next_time_and_a_presentation_is_not(window: Window) -> None:
    window.actions_by_id["show_palette"].trigger()
    window.actions_by_id["present"].trigger()
    assert window.bottom.isHidden()
    assert window.close()
    again = Window(catalog_file(), window.folder, furnish)
    again.complete()
    assert again.palette_panel.isHidden()
    assert not again.actions_by_id["show_palette"].isChecked()
    assert [each.isHidden() for each in (again.bottom, again.right, again.toolbar)] == [False] * 3
    again.close()
    again.deleteLater()


def test_what_cannot_be_done_yet_is_not_offered(window: Window) -> None:
    assert not window.menus["jobs"].isEnabled()
    assert not window.actions_by_id["as_is_forget"].isEnabled()
    assert not window.actions_by_id["revert"].isEnabled()
    assert not window.menus["recent"].isEnabled()


def offered(window: Window) -> list[str]:
    """The actions in the menu of what is selected; the text of what is in that menu alone."""
    window.commands.show_menu(window.mapToGlobal(window.rect().center()))
    menu = next(each for each in window.findChildren(QMenu) if each.isVisible() and each.title() == "")
    menu.close()
    return [action.objectName() or action.text() for action in menu.actions() if not action.isSeparator()]


def test_the_menu_of_what_is_selected_offers_what_can_be_done_with_it(sample: Window) -> None:
    sample.selection.select([])
    assert offered(sample) == [
        sample.actions_by_id["quick_add"].text() + "\t/",
        "paste",
        "select_all",
        "place_services",
        "arrange",
        "tidy",
        "fit",
        "actual_size",
    ]
    sample.selection.select(["app-tier"])
    assert {"rename", "tie_menu", "lock", "delete"} <= set(offered(sample))
    assert "collapse" not in offered(sample)
    sample.selection.select([sample.document.design.zones[0].id])
    assert {"rename", "collapse", "select_contents"} <= set(offered(sample))
    assert "tie_menu" not in offered(sample)
    flow = sample.document.view.graph.network[0]
    sample.selection.select_pair((flow.source, flow.destination))
    assert offered(sample) == ["whatif_howto", "fit", "fit_selection", "actual_size"]


# The title


def test_the_name_and_the_unsaved_mark_can_be_read_whole(sample: Window) -> None:
    sample.document.edit("x", lambda design: design.evolve(title="x"))
    assert sample.title.text() == "Untitled — not saved"
    assert sample.title.height() >= sample.title.fontMetrics().height()
    assert sample.windowTitle().startswith("*")


# Shortcuts


def test_every_shortcut_is_listed_and_can_be_searched(sample: Window) -> None:
    dialog = ShortcutsDialog(tuple(Help(sample, sample)._groups()), sample)
    heads = [dialog.list.topLevelItem(number) for number in range(dialog.list.topLevelItemCount())]
    lines = [head.child(number) for head in heads if head for number in range(head.childCount())]
    assert {row.keys.replace("; ", ", ") for row in ACTIONS if row.keys} <= {
        line.text(1) for line in lines if line
    }
    dialog.search.setText("ctrl+shift+e export")
    assert [line.text(0) for line in lines if line and not line.isHidden()] == ["Export"]
    assert [head.text(0) for head in heads if head and not head.isHidden()] == ["File"]
    dialog.deleteLater()


TAKEN_BY_TEXT_FIELDS = {"Ctrl+E", "Ctrl+K", "Ctrl+U"}
"""What line edits take for themselves on X11, whatever the window binds to it (Qt's table of standard keys)."""


def test_no_keys_are_bound_twice_and_none_that_a_text_field_would_swallow(sample: Window) -> None:
    sample.actions_by_id["compare_pictures"].trigger()
    bound = [keys.toString() for each in sample.findChildren(QAction) for keys in each.shortcuts()]
    bound += [each.key().toString() for each in sample.findChildren(QShortcut)]
    assert {"Ctrl+S", "F5", "F7", "Shift+F7"} <= set(bound)
    assert [keys for keys, times in Counter(bound).items() if times > 1] == []
    assert TAKEN_BY_TEXT_FIELDS.isdisjoint(bound)


@pytest.mark.parametrize("name", ["en", "ja"])
def test_no_two_menus_open_with_the_same_letter(sample: Window, name: str) -> None:
    sample.actions_by_id[f"language_{name}"].trigger()
    texts = [action.text() for action in sample.menuBar().actions()]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) == len(set(letters)) == len(texts)


def test_what_can_be_checked_shows_its_mark_in_menus_and_no_icon(sample: Window) -> None:
    found = [action for menu in sample.menus.values() for action in menu.actions() if action.isCheckable()]
    assert len(found) > 12
    assert [action.objectName() for action in found if action.isIconVisibleInMenu()] == []


# The picture elsewhere


@pytest.fixture
def pictures(sample: Window) -> Pictures:
    return sample.pictures


def test_the_picture_is_copied_as_svg(sample: Window) -> None:
    sample.actions_by_id["copy_svg"].trigger()
    data = QGuiApplication.clipboard().mimeData().data("image/svg+xml").data()
    words = {
        each.text for each in ElementTree.fromstring(bytes(data)).iter("{http://www.w3.org/2000/svg}text")
    }
    assert {each.name for each in sample.document.design.components} <= words


def test_the_picture_is_copied_as_an_image(sample: Window) -> None:
    sample.actions_by_id["copy_png"].trigger()
    image = QGuiApplication.clipboard().image()
    content = sample.scene.content()
    assert image.width() > 1.5 * content.width()
    accents = {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }
    assert len(accents) > 20


def test_the_picture_is_printed_on_one_page(sample: Window, pictures: Pictures, tmp_path: Path) -> None:
    printer = pictures.printer()
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    pictures.paint_on(printer)
    pages = PdfReader(tmp_path / "page.pdf").pages
    assert len(pages) == 1
    assert pages[0].mediabox.width > pages[0].mediabox.height
    text = "".join(pages[0].extract_text().split())
    assert all("".join(each.name.split()) in text for each in sample.document.design.components)


def test_the_page_is_shown_before_it_is_printed(sample: Window) -> None:
    seen: list[int] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        shown = dialog.findChild(QPrintPreviewWidget) if isinstance(dialog, QPrintPreviewDialog) else None
        if not isinstance(dialog, QPrintPreviewDialog) or shown is None or not shown.pageCount():
            QTimer.singleShot(5, look)
            return
        seen.append(shown.pageCount())
        dialog.close()

    QTimer.singleShot(0, look)
    sample.actions_by_id["print_preview"].trigger()
    assert seen == [1]


# Autosave


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "recovery"
    made.mkdir()
    return made


def test_unsaved_work_is_kept_while_people_draw(sample: Window, qtbot: QtBot, folder: Path) -> None:
    guard = Guard(sample.document, folder, sample.files.origin)
    autosave = Autosave(sample.document, guard, pause=0)
    sample.document.edit("Title", lambda design: design.evolve(title="Half done"))
    qtbot.waitUntil(lambda: any(folder.glob("*.portchart")))
    (kept,) = folder.glob("*.portchart")
    assert load(kept).design == sample.document.design
    assert described(kept).startswith("Half done · 20")
    assert kept_work(folder) == []  # of this session, which still runs
    sample.document.saved(sample.document.design)
    assert not any(folder.iterdir())
    autosave.deleteLater()


def test_a_design_as_it_was_opened_is_not_kept(sample: Window, qtbot: QtBot, folder: Path) -> None:
    guard = Guard(sample.document, folder, sample.files.origin)
    autosave = Autosave(sample.document, guard, pause=0)
    name = sample.document.design.components[0].id
    sample.document.edit("Rename", lambda design: edits.rename(design, name, "other"))
    qtbot.waitUntil(lambda: any(folder.iterdir()))
    sample.document.stack.undo()
    assert not any(folder.iterdir())
    autosave.deleteLater()


def test_recovered_work_goes_back_to_its_file_and_not_over_what_somebody_else_wrote(
    sample: Window, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.portchart"
    assert sample.files._write(path, None)
    sample.document.edit("Title", lambda design: design.evolve(title="Half done"))
    guard = Guard(sample.document, folder, sample.files.origin)
    kept = guard.keep()
    assert kept is not None
    assert described(kept).endswith(f"\n{path}")
    left = kept.rename(folder / "recovered-0.portchart")
    kept.with_suffix(".json").rename(folder / "recovered-0.json")
    sample.document.saved(sample.document.design)
    sample.files.new(None)
    assert sample.files.recover(left)
    assert (sample.files.path, sample.document.modified) == (path, True)
    assert sample.files.save()
    assert load(path).design.title == "Half done"
    path.write_bytes(path.read_bytes().replace(b"Half done", b"Theirs"))
    assert sample.files.recover(left)
    answer("Cancel")
    assert not sample.files.save()
    assert load(path).design.title == "Theirs"


@pytest.mark.parametrize("beside", ["", "{", "[]", '{"path": 1, "digest": "x"}'])
def test_recovered_work_whose_file_is_not_known_is_in_none(sample: Window, folder: Path, beside: str) -> None:
    (folder / "recovered-0.portchart").write_bytes(dump(sample.document.design))
    if beside:
        (folder / "recovered-0.json").write_text(beside, encoding="utf-8")
    assert sample.files.recover(folder / "recovered-0.portchart")
    assert sample.files.path is None
    drop(folder / "recovered-0.portchart")
    assert not any(folder.iterdir())


def test_the_hint_keeps_its_size_in_another_language(window: Window, qtbot: QtBot) -> None:
    assert window.hint.isVisible()
    for chosen in ("ja", "en"):
        window.actions_by_id[f"language_{chosen}"].trigger()
        qtbot.waitUntil(lambda: window.hint.size() == window.hint.sizeHint() and window.hint.height() > 200)
        middle = window.hint.geometry().center()
        assert (middle - window.canvas.rect().center()).manhattanLength() < 4
