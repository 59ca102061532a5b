"""The SVG export, and the SVG of any drawing: text stays text, every group says what it is, nothing runs.

No font is embedded: even a subset of the bundled one would be many times the size of the picture, and editors such
as Visio ignore it. Instead every text states its length, so that it takes the same room in whichever font is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from exports.markup import escaped, number
from exports.pdf.pages.style import bundled_icons, text_measure
from exports.pictures.diagram import described, language_of, picture, theme_called, with_legend
from exports.report import Report
from model.shapes.geometry import Rect
from model.shapes.icons import Segment
from model.shapes.outline import outline
from model.shapes.primitives import Box, Group, IconMark, Line, Primitive, Text
from model.shapes.theme import ThemeName

FONTS = (
    "'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic UI', Meiryo,"
    " Arial, 'Liberation Sans', sans-serif"
)
"""Those with Japanese first, then some no wider than ours: not every viewer heeds the lengths that texts state."""


def as_image(group: Group, first: bool) -> str:
    """The attributes of a group in a still picture; one that repeats a subject has nothing new to say."""
    role = ' role="img"' if first and group.title else ' aria-hidden="true"'
    return f' data-subject="{escaped(group.subject)}"{role}'


@dataclass(slots=True)
class SvgWriter:
    """Writes primitives as SVG elements. `ink`: a colour as it is to stand in an attribute.

    `attributes` gives those of a group, with the space before them; it is told whether its subject is new.
    """

    ink: Callable[[str], str] = str
    attributes: Callable[[Group, bool], str] = as_image
    _seen: set[str] = field(default_factory=set)

    def elements(self, items: Iterable[Primitive]) -> Iterator[str]:
        """The lines of some primitives, bottom first."""
        for item in items:
            match item:
                case Group():
                    yield from self._group(item)
                case Box():
                    yield self._box(item)
                case Line():
                    yield from self._line(item)
                case Text():
                    yield self._text(item)
                case IconMark():
                    yield self._icon(item)

    def _group(self, group: Group) -> Iterator[str]:
        first = group.subject not in self._seen
        self._seen.add(group.subject)
        yield f"<g{self.attributes(group, first)}>"
        if first and group.title:
            yield f"<title>{escaped(group.title)}</title>"
        yield from self.elements(group.items)
        yield "</g>"

    def _box(self, box: Box) -> str:
        radius = min(box.radius, box.rect.width / 2, box.rect.height / 2)
        corner = f' rx="{number(radius)}"' if radius else ""
        fill = "none" if box.fill is None else self.ink(box.fill)
        return (
            f'<rect {_area(box.rect)}{corner} fill="{fill}"{self._stroke(box.stroke, box.width, box.dash)}/>'
        )

    def _line(self, line: Line) -> Iterator[str]:
        path, head = outline(line)
        if not path:
            return
        stroke = self._stroke(line.stroke, line.width, line.dash)
        yield f'<path d="{path_data(path)}" fill="none"{stroke} stroke-linejoin="round"/>'
        if head is not None:
            points = " ".join(f"{number(x)},{number(y)}" for x, y in head)
            yield f'<polygon points="{points}" fill="{self.ink(line.stroke)}"/>'

    def _text(self, text: Text) -> str:
        if not text.text:
            return ""
        length = text_measure().width(text.text, text.size, text.bold)
        anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
        weight = ' font-weight="700"' if text.bold else ""
        strike = ' text-decoration="line-through"' if text.strike else ""
        spaces = ' xml:space="preserve"' if text.text != " ".join(text.text.split()) else ""
        return (
            f'<text x="{number(text.x)}" y="{number(text.y)}" font-size="{number(text.size)}"{weight}{anchor}'
            f' fill="{self.ink(text.colour)}" textLength="{number(length)}" lengthAdjust="spacingAndGlyphs"'
            f"{strike}{spaces}>{escaped(text.text)}</text>"
        )

    def _icon(self, mark: IconMark) -> str:
        icon = bundled_icons()[mark.name]
        scale = mark.rect.width / icon.size
        place = f"translate({number(mark.rect.x)} {number(mark.rect.y)}) scale({scale:.5f})"
        data = "".join(path_data(path) for path in icon.paths)
        return (
            f'<path transform="{place}" d="{data}" fill="none" stroke="{self.ink(mark.colour)}"'
            f' stroke-width="{number(icon.stroke)}" stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def _stroke(self, colour: str | None, width: float, dash: tuple[float, ...]) -> str:
        if colour is None:
            return ""
        dashes = f' stroke-dasharray="{" ".join(map(number, dash))}"' if dash else ""
        return f' stroke="{self.ink(colour)}" stroke-width="{number(width)}"{dashes}'


def path_data(path: Iterable[Segment]) -> str:
    """An outline as the `d` attribute of a path."""
    return "".join(segment[0] + " ".join(number(value) for value in segment[1:]) for segment in path)


def view_box(rect: Rect) -> str:
    """A rectangle as a `viewBox`."""
    return " ".join(map(number, (rect.x, rect.y, rect.width, rect.height)))


def _area(rect: Rect) -> str:
    return (
        f'x="{number(rect.x)}" y="{number(rect.y)}" '
        f'width="{number(rect.width)}" height="{number(rect.height)}"'
    )


def write_svg(report: Report, theme: ThemeName | None = None) -> bytes:
    """UTF-8 SVG of the topology with its legend, in a theme (None: that of the choice); one unit is one scene pixel."""
    theme = theme or report.choice.theme
    shown = picture(report, theme_called(theme))
    drawing = with_legend(report, shown)
    bounds = drawing.bounds
    size = f'width="{number(bounds.width)}" height="{number(bounds.height)}"'
    explained = " ".join(described(report, shown.wires))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{view_box(bounds)}"'
        f' lang="{language_of(report.language)}" role="graphics-document document"'
        f' aria-labelledby="title" aria-describedby="description" font-family="{FONTS}"'
        ' text-rendering="geometricPrecision">',
        f'<title id="title">{escaped(report.title)}</title>',
        f'<desc id="description">{escaped(explained)}</desc>',
        *SvgWriter().elements((Box(bounds, fill=theme_called(theme).canvas), *drawing.items)),
        "</svg>",
    ]
    return ("\n".join(line for line in lines if line) + "\n").encode()
