"""What people expect of any desktop program: preferences, history, printing, copying the picture, autosave."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QItemSelectionModel, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import preferences
from gui.actions import ACTIONS
from gui.autosave import Autosave
from gui.guard import Guard, described, kept_work
from gui.help import Help, ShortcutsDialog
from gui.pictures import Pictures
from gui.settings import SettingsDialog
from gui.window import Window
from model import edits
from model.storage import load

# Preferences


def test_a_choice_in_the_preferences_holds_at_once_and_is_kept(sample: Window) -> None:
    dialog = SettingsDialog(sample, sample)
    dialog.languages.setCurrentIndex(dialog.languages.findData("ja"))
    dialog.themes.setCurrentIndex(dialog.themes.findData("dark"))
    dialog.units.setCurrentIndex(dialog.units.findData("us"))
    dialog.grid.click()
    assert sample.side.tabText(1) == "インスペクター"
    assert dialog.windowTitle() == "環境設定"
    assert sample.mode == "dark"
    kept = preferences.read(sample.folder)
    assert (kept.language, kept.theme, kept.units, kept.grid) == ("ja", "dark", "us", False)
    dialog.deleteLater()


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


# Shortcuts


def test_every_shortcut_is_listed_and_can_be_searched(sample: Window) -> None:
    dialog = ShortcutsDialog(tuple(Help(sample, sample)._groups()), sample)
    heads = [dialog.list.topLevelItem(number) for number in range(dialog.list.topLevelItemCount())]
    lines = [head.child(number) for head in heads if head for number in range(head.childCount())]
    assert {row.keys.replace("; ", ", ") for row in ACTIONS if row.keys} <= {
        line.text(1) for line in lines if line
    }
    dialog.search.setText("ctrl+e export")
    assert [line.text(0) for line in lines if line and not line.isHidden()] == ["Export"]
    assert [head.text(0) for head in heads if head and not head.isHidden()] == ["File"]
    dialog.deleteLater()


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
    guard = Guard(sample.document, folder)
    autosave = Autosave(sample.document, guard, pause=0)
    sample.document.edit("Title", lambda design: design.evolve(title="Half done"))
    qtbot.waitUntil(lambda: any(folder.iterdir()))
    (kept,) = folder.iterdir()
    assert load(kept).design == sample.document.design
    assert described(kept).startswith("Half done · 20")
    assert kept_work(folder) == []  # of this session, which still runs
    sample.document.saved(sample.document.design)
    assert not any(folder.iterdir())
    autosave.deleteLater()


def test_a_design_as_it_was_opened_is_not_kept(sample: Window, qtbot: QtBot, folder: Path) -> None:
    guard = Guard(sample.document, folder)
    autosave = Autosave(sample.document, guard, pause=0)
    name = sample.document.design.components[0].id
    sample.document.edit("Rename", lambda design: edits.rename(design, name, "other"))
    qtbot.waitUntil(lambda: any(folder.iterdir()))
    sample.document.stack.undo()
    assert not any(folder.iterdir())
    autosave.deleteLater()
