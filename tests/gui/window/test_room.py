"""The window fits a small screen in both languages, and nothing in it is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from gui.document.files import TEMPLATES
from gui.language import set_language
from gui.window.window import Window
from model.frozen import Language
from tests.gui.room import cut_off
from tests.gui.walk import LONG_NAME, settle, walk

SMALL = (1280, 800)
SMALLEST = (1024, 768)


def inside(part: QWidget, whole: QWidget) -> bool:
    """Whether a widget lies wholly within another one."""
    return whole.rect().contains(QRect(part.mapTo(whole, part.rect().topLeft()), part.size()))


def scrolls(bar: QTabBar) -> bool:
    """Whether some of its tabs are out of sight."""
    last = bar.tabRect(bar.count() - 1)
    return last.right() > bar.width() or any(
        each.isVisible() for each in bar.findChildren(QToolButton) if each.parent() is bar
    )


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_window_fits_a_small_screen(window: Window, name: str, language: Language) -> None:
    set_language(language)
    window.files.new(name)
    window.whatif.rows["web-reputation"].switch.click()
    window.whatif.rows["smart-scan"].switch.click()
    window.resize(*SMALL)
    settle()
    assert (window.width(), window.height()) == SMALL
    assert not scrolls(window.bottom.tabBar())
    assert not scrolls(window.side.tabBar())
    for page in range(window.bottom.count()):
        window.bottom.setCurrentIndex(page)
        settle()
        assert not scrolls(window.bottom.tabBar()), page
        corner = window.bottom.cornerWidget()
        assert inside(corner, window.bottom), page
        assert corner.x() >= window.bottom.tabBar().geometry().right(), page
    for button in window.toolbar.findChildren(QToolButton):
        assert inside(button, window.toolbar), button.text()
        assert button.width() >= button.sizeHint().width(), button.text()


@pytest.mark.parametrize("size", [SMALLEST, (1680, 1020)])
def test_what_is_refused_is_told_where_it_can_be_read(sample: Window, size: tuple[int, int]) -> None:
    sample.resize(*size)
    sample.selection.select(["web-tier"])
    sample.actions_by_id["lock"].trigger()
    sample.actions_by_id["delete"].trigger()
    settle()
    status, sentence = sample.status, sample.status.currentMessage()
    assert sentence
    assert status.note.text() == sentence
    assert status.note.fontMetrics().horizontalAdvance(sentence) <= status.note.width()
    assert not status.flows.isVisible()
    assert not status.catalog.isVisible()
    status.showMessage("so " * 200, 0)
    settle()
    assert status.note.text().endswith("…")
    assert "so so" in status.note.toolTip()
    assert inside(status.note, status)
    status.clearMessage()
    settle()
    assert status.catalog.isVisible()
    assert status.flows.isVisible()
    assert not status.note.isVisible()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_tab_of_the_tables_is_cut_on_the_smallest_screen(sample: Window, language: Language) -> None:
    set_language(language)
    sample.whatif.rows["web-reputation"].switch.click()
    sample.resize(*SMALLEST)
    settle()
    bottom = sample.bottom
    for page in range(bottom.count()):
        bottom.setCurrentIndex(page)
        settle()
        assert not scrolls(bottom.tabBar()), page
        shown = [each for each in (bottom.filter, sample.matrix_columns.button) if each.isVisible()]
        assert len(shown) == (2, 1, 1, 0, 0)[page]
        assert all(inside(each, bottom) for each in shown), page
        assert all(each.mapTo(bottom, QPoint()).y() > bottom.tabBar().height() for each in shown), page
    bottom.setCurrentIndex(0)
    settle()
    assert all(inside(each, bottom) for each in (bottom.filter, sample.matrix_columns.button))
    set_language("ja" if language == "en" else "en")
    settle()
    assert all(inside(each, bottom) for each in (bottom.filter, sample.matrix_columns.button))
    set_language(language)
    sample.resize(1680, 1020)
    settle()
    assert bottom.tools.mapTo(bottom, QPoint()).y() < bottom.tabBar().height()
    assert bottom.tabText(0).endswith(str(len(sample.document.view.graph.network)))


def test_a_wide_window_shows_what_a_narrow_one_leaves_out(sample: Window) -> None:
    sample.resize(*SMALL)
    settle()
    narrow = sample.bottom.filter.width()
    sample.resize(1680, 1020)
    settle()
    style = sample.toolbar.buttons["select_tool"].toolButtonStyle()
    assert style == sample.toolbar.buttons["select_tool"].toolButtonStyle().ToolButtonTextBesideIcon
    assert sample.bottom.left_out.isVisible()
    assert narrow < sample.bottom.filter.width() == 300


@pytest.mark.parametrize("language", ["en", "ja"])
def test_texts_give_way_to_icons_where_the_window_is_narrow(sample: Window, language: Language) -> None:
    set_language(language)
    sample.resize(sample.minimumSizeHint().width(), 800)
    settle()
    style = sample.toolbar.buttons["select_tool"].toolButtonStyle()
    assert style == style.ToolButtonIconOnly
    assert "Select" in sample.toolbar.buttons["select_tool"].toolTip() or language == "ja"
    assert sample.toolbar.buttons["export"].text() in ("Export", "エクスポート")
    for button in sample.toolbar.findChildren(QToolButton):
        assert inside(button, sample.toolbar), button.text()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [190, 246, 400])
def test_every_kind_has_room_for_its_name(window: Window, language: Language, width: int) -> None:
    set_language(language)
    window.columns.setSizes([width, 1500 - width - 330, 330])
    settle()
    tree = window.palette_panel.tree
    around = 18 + 11 + 2  # the panel's margins, the scroll bar, and the frame that the focus colours
    assert tree.viewport().width() >= width - around
    names = 0
    for number in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(number)
        assert item is not None
        if item.data(0, Qt.ItemDataRole.UserRole) is None:
            continue
        names += 1
        room = QRect(0, 0, tree.viewport().width() - 40, 1000)
        needed = tree.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text(0))
        assert needed.height() <= tree.visualItemRect(item).height(), item.text(0)
        assert needed.width() <= room.width(), item.text(0)
    assert names == len(window.document.catalog.kinds)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_window_becomes_as_narrow_as_a_small_screen_at_once(sample: Window, language: Language) -> None:
    """However much there was room for before, and whatever is counted while something is tried."""
    set_language(language)
    sample.resize(1680, 1020)
    settle()
    sample.resize(*SMALLEST)
    settle()
    assert (sample.width(), sample.height()) == SMALLEST
    shown = sample.rect()
    for part in (sample.toolbar.buttons["export"], sample.status.language, sample.whatif.report):
        assert shown.contains(QRect(part.mapTo(sample, QPoint()), part.size())), part.text()


@pytest.mark.parametrize("size", [SMALL, SMALLEST])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_nothing_is_cut_on_any_screen(
    window: Window, language: Language, size: tuple[int, int], tmp_path: Path
) -> None:
    """Names that people give may be longer than any screen: lists elide them, and tell them whole."""
    window.resize(*size)
    set_language(language)
    cut: dict[str, str] = {}
    seen: set[str] = set()

    def look(name: str, widget: QWidget) -> None:
        seen.add(name)
        for each in cut_off(widget):
            scrolls = size == SMALLEST and each.startswith(
                "tab "
            )  # to the tabs of the tables lead two arrows
            if LONG_NAME not in each and not scrolls:
                cut.setdefault(each, name)

    walk(window, tmp_path, look)
    assert cut == {}
    assert len(seen) > 80, "the walk leaves screens out"
