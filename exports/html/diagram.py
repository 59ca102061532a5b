"""The topology inside the page: the same drawing as on paper, in the colours of the page, with its legend."""

from __future__ import annotations

from collections.abc import Iterator

from exports.html.colours import inked
from exports.html.words import CONTROLS, DIAGRAM, said
from exports.markup import escaped
from exports.pictures.diagram import Picture, described, legend_entries, picture
from exports.pictures.svg_file import FONTS, SvgWriter, view_box
from exports.report import Report
from model.shapes.geometry import Point
from model.shapes.primitives import Line


def diagram(report: Report) -> Iterator[str]:
    """The lines of the section."""
    theme, references = inked()
    shown = picture(report, theme)
    words = report.language
    yield '<section id="diagram">'
    yield f'<div class="head"><h2>{said(DIAGRAM, words)}</h2>'
    yield '<div class="tools" data-script hidden>'
    for action, name in CONTROLS:
        yield f'<button type="button" data-view="{action}">{said(name, words)}</button>'
    yield "</div></div>"
    yield '<div class="picture">'
    yield (
        f'<svg id="picture" viewBox="{view_box(shown.drawing.bounds)}" role="group"'
        f' aria-label="{said(DIAGRAM, words)}" font-family="{FONTS}" text-rendering="geometricPrecision">'
    )
    yield from SvgWriter(ink=references.__getitem__).elements(shown.drawing.items)
    yield "</svg>"
    yield "</div>"
    yield from _legend(report, shown, references)
    yield "</section>"


def _legend(report: Report, shown: Picture, references: dict[str, str]) -> Iterator[str]:
    yield '<ul class="legend">'
    for text, style in legend_entries(report, shown.wires, shown.look.theme):
        line = Line((Point(0, 7), Point(34, 7)), style.colour, style.width, style.dash, arrow=True)
        drawn = "".join(SvgWriter(ink=references.__getitem__).elements((line,)))
        yield f'<li><svg width="36" height="14" aria-hidden="true">{drawn}</svg>{escaped(text)}</li>'
    yield "</ul>"
    yield from (f'<p class="note">{escaped(text)}</p>' for text in described(report, shown.wires))
