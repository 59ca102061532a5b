"""The drawing outside the canvas: on the clipboard as SVG or PNG, and on paper with a preview before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from exports.catalogs import CatalogFile
from gui.canvas.paint import Picture
from gui.desk import Desk
from gui.language import language, tr
from gui.preferences import Paper
from gui.widgets.widgets import open_at
from model.shapes.primitives import Drawing

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exports.report import Report

PIXELS = 2.0
"""Pixels of a copied picture per scene pixel: sharp in a slide."""
_PAPER: Mapping[Paper, QPageSize.PageSizeId] = {
    "a4": QPageSize.PageSizeId.A4,
    "letter": QPageSize.PageSizeId.Letter,
}
DOTS = 600
"""Dots an inch on paper."""
MOST_PIXELS = 60_000_000
"""A larger picture is copied at a smaller scale: clipboards hold it in memory several times."""


class Pictures(QObject):
    """Copies and prints the design as shown, in the colours of paper; what that takes is loaded when asked for."""

    def __init__(self, desk: Desk, parent: QWidget, catalog: CatalogFile) -> None:
        super().__init__(parent)
        self._w, self._parent, self._catalog = desk, parent, catalog

    def copy_svg(self) -> None:
        """Put the drawing on the clipboard as SVG; editors that take only text get its source."""
        from exports.pictures.svg_file import write_svg

        data = write_svg(self._report())
        mime = QMimeData()
        mime.setData("image/svg+xml", data)
        mime.setText(data.decode())
        QGuiApplication.clipboard().setMimeData(mime)
        self._w.status.showMessage(tr("picture.copied"), 8_000)

    def copy_png(self) -> None:
        """Put the drawing on the clipboard as an image."""
        QGuiApplication.clipboard().setImage(image(self._drawing()))
        self._w.status.showMessage(tr("picture.copied"), 8_000)

    def print(self) -> None:
        """Ask for a printer and print the drawing on one page."""
        from PySide6.QtPrintSupport import QPrintDialog

        printer = self.printer()
        dialog = QPrintDialog(printer, self._parent)
        if dialog.exec():
            self.paint_on(printer)

    def print_preview(self) -> None:
        """Show the page before it is printed."""
        from PySide6.QtPrintSupport import QPrintPreviewDialog

        printer = self.printer()  # named, because the dialog does not keep it alive
        dialog = QPrintPreviewDialog(printer, self._parent)
        dialog.setWindowTitle(tr("picture.preview"))
        open_at(dialog, 1000, 760)
        dialog.paintRequested.connect(self.paint_on)
        dialog.exec()
        dialog.deleteLater()

    def printer(self) -> QPrinter:
        """The usual printer, its paper as preferred, turned the way the drawing lies."""
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(DOTS)
        printer.setPageSize(QPageSize(_PAPER[self._w.preferences.paper]))
        bounds = self._drawing().bounds
        wide = bounds.width >= bounds.height
        printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        )
        printer.setDocName(self._w.files.name)
        return printer

    def paint_on(self, printer: QPrinter) -> None:
        """Draw the design on a printer's page, as large as fits."""
        painter = QPainter(printer)
        try:
            area = painter.viewport()
            paint(painter, self._drawing(), QRectF(0, 0, area.width(), area.height()))
        finally:
            painter.end()

    def _report(self) -> Report:
        from exports.report import report

        view = self._w.document.view
        return report(view.graph, self._catalog, language(), view.comparison)

    def _drawing(self) -> Drawing:
        from exports.pictures.diagram import picture, theme_called, with_legend

        made = self._report()
        return with_legend(made, picture(made, theme_called("paper")))


def image(drawing: Drawing) -> QImage:
    """A drawing on white, PIXELS per scene pixel or fewer where it would grow beyond MOST_PIXELS."""
    bounds = drawing.bounds
    scale = min(PIXELS, (MOST_PIXELS / (bounds.width * bounds.height)) ** 0.5)
    size = QSizeF(bounds.width * scale, bounds.height * scale)
    made = QImage(size.toSize(), QImage.Format.Format_RGB32)
    made.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(made)
    try:
        paint(painter, drawing, QRectF(0, 0, size.width(), size.height()))
    finally:
        painter.end()
    return made


def paint(painter: QPainter, drawing: Drawing, area: QRectF) -> None:
    """Draw a drawing into an area of the painter's device, centred and as large as fits."""
    bounds = drawing.bounds
    scale = min(area.width() / bounds.width, area.height() / bounds.height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(
        area.x() + (area.width() - bounds.width * scale) / 2,
        area.y() + (area.height() - bounds.height * scale) / 2,
    )
    painter.scale(scale, scale)
    painter.translate(-bounds.x, -bounds.y)
    for item in drawing.items:
        Picture((item,)).paint(painter, scale)  # each by itself: what lies above hides the texts below it
