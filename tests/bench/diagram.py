"""A drawing of 5,000 components and their connectors on one PDF page, beside its bare bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from exports.catalogs import catalog_file
from exports.pdf.pages.sheets import Page, Placed
from exports.pdf.pages.style import A4, paper_theme, text_measure
from exports.pdf.pages.write import write_pages
from model.derivation.derive import derive
from model.picture.cards import boxes
from model.picture.connectors import Wire, links
from model.picture.drawing import draw
from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Drawing, Group, Line, Primitive, Text
from tests.bench.exports import cpu_time, small_report
from tests.bench.toggle import large_design

COMPONENTS = 5_000
_RADIUS = 6


def _drawing() -> Drawing:
    """Cards, labels and connectors of two corners; how connectors find their way is not what is measured."""
    catalog = catalog_file().catalog
    graph = derive(large_design(catalog, COMPONENTS), catalog)
    look = Look(catalog, paper_theme(), text_measure(), "en")
    cards = boxes(graph, look)
    routed = []
    for link in links(graph):
        start, end = cards[link.source], cards[link.target]
        middle = (start.right + end.left) / 2
        points = (
            Point(start.right, start.center.y),
            Point(middle, start.center.y),
            Point(middle, end.center.y),
            Point(end.left, end.center.y),
        )
        routed.append(Wire(link, points, Rect(middle - 20, start.center.y - 9, 40, 18)))
    return draw(graph, look, routed=routed)


def bare_bytes(drawing: Drawing) -> bytes:
    """The floor: the same marks as a page's stream, formatted as they come and compressed.

    Boxes and icons only by the names of their shapes; no text is measured or encoded, no colour or pen worked out.
    """
    out: list[str] = []
    _put(drawing.items, out, {})
    return zlib.compress("\n".join(out).encode("latin-1", "replace"))


def _put(items: Iterable[Primitive], out: list[str], shapes: dict[object, int]) -> None:
    for item in items:
        if isinstance(item, Group):
            _put(item.items, out, shapes)
        elif isinstance(item, Box):
            key = (item.rect.width, item.rect.height, item.fill)
            shape = shapes.setdefault(key, len(shapes))
            out.append(f"q 1 0 0 1 {item.rect.x:.2f} {item.rect.y:.2f} cm /B{shape} Do Q")
        elif isinstance(item, Text):
            out.append(f"BT 0 0 0 rg /F1 {item.size} Tf {item.x:.2f} {item.y:.2f} Td ({item.text}) Tj ET")
        elif isinstance(item, Line):
            _put_line(item.points, out)
        else:
            out.append(f"q 1 0 0 1 {item.rect.x:.2f} {item.rect.y:.2f} cm /{item.name} Do Q")


def _put_line(points: tuple[Point, ...], out: list[str]) -> None:
    """An upright connector with two rounded corners and an arrowhead."""
    a, b, c, d = points
    across, down, on = (1 if b.x > a.x else -1), (1 if c.y > b.y else -1), (1 if d.x > c.x else -1)
    far, near = _RADIUS, _RADIUS * 0.4477
    out.append(
        f"0 0 0 RG 1 w {a.x:.2f} {a.y:.2f} m {b.x - across * far:.2f} {b.y:.2f} l {b.x - across * near:.2f} {b.y:.2f} "
        f"{b.x:.2f} {b.y + down * near:.2f} {b.x:.2f} {b.y + down * far:.2f} c {c.x:.2f} {c.y - down * far:.2f} l "
        f"{c.x:.2f} {c.y - down * near:.2f} {c.x + on * near:.2f} {c.y:.2f} {c.x + on * far:.2f} {c.y:.2f} c "
        f"{d.x - on * 7:.2f} {d.y:.2f} l S"
    )
    back = d.x - on * 10
    out.append(f"{d.x:.2f} {d.y:.2f} m {back:.2f} {d.y + 4:.2f} l {back:.2f} {d.y - 4:.2f} l f")


def main() -> None:
    """Print the figures."""
    drawing, about = _drawing(), small_report()
    page = Page(A4, [Placed(drawing, Point(20, 20), 0.1)])
    ours, bare = cpu_time(lambda: write_pages([page], about)), cpu_time(lambda: bare_bytes(drawing))
    print(f"PDF drawing, {COMPONENTS:,} components: {ours:.0f} ms; its bare bytes {bare:.0f} ms;", end=" ")
    print(f"ratio {ours / bare:.2f} (target ≤ 1.5)")


if __name__ == "__main__":
    main()
