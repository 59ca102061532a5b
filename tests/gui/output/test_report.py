"""The report in the window: its profile, and a preview that shows what the PDF holds, page by page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from exports.pdf import write_pdf
from exports.pdf.document import pages
from exports.report import Report
from gui.language import set_language
from gui.output.pages import picture_of
from gui.output.preview import Preview
from gui.output.profile import ProfileDialog
from gui.style import theme
from gui.window.window import Window
from model.design.changes import Change, Scenario
from model.design.design import Design
from model.design.profile import NO_PROFILE, Profile
from model.editing import edits
from model.editing.records import set_field
from tests.formats.pictures import apart, report_called
from tests.gui.hands import LEFT, NO_KEYS
from tests.outputs import SVG_LOGO, logos, png_logo

DOTS = 144


def on_screen(report: Report, number: int) -> Image.Image:
    """A page as the preview paints it, at DOTS an inch."""
    image = picture_of(pages(report)[number], DOTS / 72).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    size = image.width(), image.height()
    return Image.frombytes("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine())


def with_profile(name: str, language: str, profile: Profile) -> Report:
    return replace(report_called(name, "ja" if language == "ja" else "en"), profile=profile)


CASES = [
    ("compared", "ja", Profile(company="例示 Co.", logo=logos()[0], approvers=("CISO",))),
    ("on-premises", "en", Profile(logo=logos()[1], orientation="portrait")),
]


@pytest.mark.parametrize(("name", "language", "profile"), CASES, ids=["changes", "portrait"])
def test_the_preview_shows_every_page_of_the_pdf(
    qapp: QApplication, name: str, language: str, profile: Profile
) -> None:
    report = with_profile(name, language, profile)
    opened = pdfplumber.open(io.BytesIO(write_pdf(report)))
    assert len(opened.pages) == len(pages(report))
    worst = 0.0
    for number, page in enumerate(opened.pages):
        printed = page.to_image(resolution=DOTS).original.convert("RGB")
        shown = on_screen(report, number).resize(printed.size)
        worst = max(worst, apart(printed, shown))
        if number == 0:
            assert apart(printed, shown.rotate(180)) > 4.0, "the comparison must be able to fail"
    assert worst < 2.5


@pytest.fixture
def preview(sample: Window, qtbot: QtBot) -> Iterator[Preview]:
    colours = theme.LIGHT
    shown = Preview(sample.document, sample.leaving._shown, colours, sample)
    with qtbot.waitSignal(shown.view.page_changed):
        shown.show()
    yield shown
    shown.wait()
    shown.close()
    shown.deleteLater()


def test_the_preview_follows_language_sections_and_the_design(
    sample: Window, preview: Preview, qtbot: QtBot
) -> None:
    assert len(preview.view.pages) > 20
    assert preview.outline.count() == 18
    assert preview.place.text() == f"Page 1 of {len(preview.view.pages)}"
    preview.forms.setCurrentIndex(1)
    with qtbot.waitSignal(preview.worker.done):
        preview.forms.activated.emit(1)
    assert [preview.outline.item(n).text()[:1] for n in range(3)] == ["1", "3", "5"]
    assert preview.output().sections == (1, 3, 5)
    preview.languages.setCurrentIndex(1)
    with qtbot.waitSignal(preview.worker.done):
        preview.languages.activated.emit(1)
    said = Qt.ItemDataRole.AccessibleTextRole
    assert preview.outline.item(0).data(said) == "1 要約 Decision"
    with qtbot.waitSignal(preview.worker.done):
        sample.document.edit("x", lambda design: edits.change_design(design, profile=Profile(paper="letter")))
    assert preview.view.pages[0].paper.width == 792


def changed(design: Design, flow: str, what: str) -> Design:
    """The design with something new in its papers."""
    if what == "evidence":
        return set_field(design, [flow], "test", "Ausnahme")
    if what == "scenario":
        off = Change(feature="web-reputation", value=not design.features.get("web-reputation"))
        return edits.change_design(design, scenarios=(Scenario(id="s", name="Ausnahme", changes=(off,)),))
    return edits.change_design(design, document=design.document.evolve(change_number="Ausnahme"))


@pytest.mark.parametrize("what", ["evidence", "scenario", "document data"])
def test_the_preview_follows(what: str, sample: Window, preview: Preview, qtbot: QtBot) -> None:
    flow = sample.document.view.graph.network[0].id
    assert "Ausnahme" not in repr(preview.view.pages)
    with qtbot.waitSignal(preview.worker.done):
        assert sample.document.edit("x", lambda design: changed(design, flow, what))
    assert "Ausnahme" in repr(preview.view.pages)


def has_pages(shown: Preview) -> bool:
    return bool(shown.view.pages)


def test_a_preview_that_was_closed_is_left_alone(sample: Window, qtbot: QtBot) -> None:
    for _ in range(2):
        sample.leaving.report_preview()
        shown = sample.leaving.preview
        assert shown is not None
        qtbot.waitUntil(partial(has_pages, shown))
        shown.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert sample.document.edit("x", lambda design: edits.change_design(design, title="Other"))


def test_the_preview_scrolls_zooms_and_follows_links(preview: Preview, qtbot: QtBot) -> None:
    view = preview.view
    view.go_to_anchor("section-5")
    number = view.number
    assert view.pages[number - 1].anchors.keys() & {"section-5"}
    assert preview.outline.currentItem().text().startswith("5 ")
    page = view.pages[number - 1]
    link = page.links[0]
    place, unit = view._place(number - 1), view._unit()
    spot = place.topLeft()
    spot.setX(round(place.x() + (link.rect.x + 3) * unit))
    spot.setY(round(place.y() + (link.rect.y + 3) * unit))
    QTest.mouseClick(view.viewport(), LEFT, NO_KEYS, spot)
    assert link.anchor in view.pages[view.number - 1].anchors
    before = view.scale
    view.zoom_to(before * 2)
    assert view.scale == pytest.approx(before * 2)
    assert preview.scale.text() == f"{view.scale:.0%}"
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.number == len(view.pages)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.number == 1
    view.fit_width()
    assert view.scale == pytest.approx(before)


def test_a_what_if_is_shown_to_the_board_with_one_click(sample: Window, qtbot: QtBot) -> None:
    assert not sample.whatif.report.isEnabled(), "nothing differs from the design"
    sample.whatif.rows["web-reputation"].switch.click()
    sample.whatif.report.click()
    shown = sample.leaving.preview
    assert shown is not None
    qtbot.waitUntil(lambda: bool(shown.view.pages))
    assert "section-4" in {name for page in shown.view.pages for name in page.anchors}, (
        "the changes are drawn"
    )


def test_the_preview_writes_what_it_shows(
    sample: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "shown.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(out), ""))
    sample.actions_by_id["report_preview"].trigger()
    shown = sample.leaving.preview
    assert shown is not None
    qtbot.waitUntil(lambda: bool(shown.view.pages))
    exporter = sample.leaving.exporter
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        shown.asked.emit(shown.output())
    assert len(pdfplumber.open(io.BytesIO(out.read_bytes())).pages) == len(shown.view.pages)


def test_a_profile_is_asked_for_checked_and_kept(sample: Window, tmp_path: Path) -> None:
    dialog = ProfileDialog(NO_PROFILE, NO_PROFILE, sample)
    dialog.company.setText("  例示 Co. ")
    dialog.paper.setCurrentIndex(2)
    dialog.orientation.setCurrentIndex(1)
    dialog.approvers.setPlainText("CISO\n\n 情報システム部長 ")
    good, bad = tmp_path / "logo.svg", tmp_path / "bad.svg"
    good.write_bytes(SVG_LOGO)
    bad.write_bytes(SVG_LOGO.replace(b"<circle", b'<image href="http://evil.example/x.png"/><circle'))
    dialog.read_logo(bad)
    assert "bad.svg: the SVG has <image>" in dialog.wrong.text()
    assert dialog.profile().logo is None
    dialog.read_logo(tmp_path / "none.png")
    assert "none.png: there is no such file" in dialog.wrong.text()
    set_language("ja")
    dialog.read_logo(tmp_path / "none.png")
    assert "none.png: ファイルがありません" in dialog.wrong.text()
    dialog.read_logo(good)
    assert dialog.wrong.text() == ""
    assert dialog.profile() == Profile(
        company="例示 Co.",
        logo=logos()[1],
        paper="letter",
        orientation="portrait",
        approvers=("CISO", "情報システム部長"),
    )
    dialog.picture.grab()
    dialog.drop.click()
    assert dialog.profile().logo is None
    dialog.company.setText("x" * 300)
    dialog.accept()
    assert "200" in dialog.wrong.text()
    dialog.deleteLater()


def test_a_logo_with_its_checksums_right_but_no_picture_is_refused(sample: Window, tmp_path: Path) -> None:
    from tests.model.design.test_profile import png

    broken, good = tmp_path / "broken.png", tmp_path / "good.png"
    broken.write_bytes(png(8, 8))
    good.write_bytes(png_logo())
    dialog = ProfileDialog(NO_PROFILE, NO_PROFILE, sample)
    dialog.read_logo(broken)
    assert "cannot be decoded" in dialog.wrong.text()
    dialog.read_logo(good)
    assert dialog.profile().logo == logos()[0]
    dialog.deleteLater()


def test_a_design_without_a_profile_gets_this_persons_usual_one(sample: Window) -> None:
    usual, own = Profile(company="Usual"), Profile(company="Own")
    assert sample.leaving.profile == NO_PROFILE
    sample.keep(sample.preferences.evolve(profile=usual))
    assert sample.leaving.profile == usual
    sample.document.edit("x", lambda design: edits.change_design(design, profile=own))
    assert sample.leaving.profile == own
    sample.document.stack.undo()
    assert sample.leaving.profile == usual
