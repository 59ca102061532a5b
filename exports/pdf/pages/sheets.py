"""Pages as values: what stands where, which places can be linked to. Lengths are points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from exports.pdf.pages.even import even_lines
from exports.pdf.pages.marks import Stamp
from exports.pdf.pages.style import HEAD, INK, SOFT, Paper, Papers, text_measure
from model.design.columns import Shown
from model.frozen import Bilingual
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Drawing, Primitive, Text


class Placed(NamedTuple):
    """A drawing at a point, scaled."""

    drawing: Drawing
    at: Point
    scale: float

    def on_page(self, rect: Rect) -> Rect:
        """Where a rectangle of the drawing lies on the page."""
        bounds, scale = self.drawing.bounds, self.scale
        return Rect(
            self.at.x + (rect.x - bounds.x) * scale,
            self.at.y + (rect.y - bounds.y) * scale,
            rect.width * scale,
            rect.height * scale,
        )


class Strip(NamedTuple):
    """One row of a table on a page: top, height, the lines of each cell, background, and the colour of its mark."""

    top: float
    height: float
    cells: tuple[tuple[str, ...], ...]
    fill: str | None = None
    bar: str | None = None
    heading: bool = False


class Grid(NamedTuple):
    """The part of a table that stands on one page; `edges` are the x of its column borders."""

    edges: tuple[float, ...]
    strips: tuple[Strip, ...]
    bold: frozenset[int] = frozenset()


class Link(NamedTuple):
    """A rectangle that leads to an anchor."""

    rect: Rect
    anchor: str


@dataclass(slots=True)
class Page:
    """One page: its paper, what is on it, its anchors (name to y), its bookmarks (text, anchor) and its links."""

    paper: Paper
    items: list[Primitive | Placed | Grid | Stamp] = field(default_factory=list)
    anchors: dict[str, float] = field(default_factory=dict)
    bookmarks: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class _Lead(NamedTuple):
    """Headings, and what is said below them, that a table is to follow: from where on the page they are."""

    top: float
    items: int
    anchors: int
    bookmarks: int
    section: bool
    """Whether it begins with a section's heading."""


_ROOM_TO_BEGIN = 150.0
"""With less room than this left on a page a section begins on the next one."""
_ROOM_FOR_HEADING = 80.0
"""With less than this a part of a section begins on the next page."""
_FEW_WORDS = 100.0
"""The height of what is said below a section's heading, with it, that goes with the first of its parts."""


class Sheets:
    """Pages being filled from top to bottom; `y` is where the next thing goes on the last one."""

    def __init__(self, language: Shown, papers: Papers) -> None:
        self.language = language
        self.papers = papers
        self.pages: list[Page] = []
        self.y = 0.0
        self._named: set[str] = set()
        self._lead: _Lead | None = None
        self._said = False
        """Whether the headings that lead have text below them already."""
        self.full = True
        """Whether the next section has to begin on a new page."""

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def matrix(self) -> Paper:
        """The paper of the port matrix and of the test plan: twice the text needs twice the room."""
        return self.papers.large if self.language == "both" else self.papers.wide

    def turn(self, paper: Paper | None = None) -> Page:
        """Begin a new page, for text where no paper is named."""
        paper = paper or self.papers.text
        self.pages.append(Page(paper))
        self.y = paper.top
        self.full = False
        self._lead = None
        return self.page

    def room(self) -> float:
        """What is left of the page's height."""
        return self.page.paper.bottom - self.y

    def keep(self, height: float) -> None:
        """Go over to a new page where less than a height is left, and take along the headings that lead to here."""
        old, lead, y = self.page, self._lead, self.y
        self._lead = None
        if self.room() >= height or y <= old.paper.top:
            return
        texts = [item for item in old.items[lead.items :] if isinstance(item, Text)] if lead else []
        if lead is None or len(texts) != len(old.items) - lead.items:
            self.turn(old.paper)
            return
        if lead.top <= old.paper.top:
            return
        del old.items[lead.items :]
        marks = old.bookmarks[lead.bookmarks :]
        del old.bookmarks[lead.bookmarks :]
        names = list(old.anchors)[lead.anchors :]
        page, down = self.turn(old.paper), old.paper.top - lead.top
        page.items.extend(text._replace(y=text.y + down) for text in texts)
        page.bookmarks.extend(marks)
        page.anchors.update({name: old.anchors.pop(name) + down for name in names})
        self.y = y + down

    def _leads(self, *, section: bool = False) -> None:
        """A heading begins here: it goes with one directly above, and with its section's and a few words below it."""
        above, page = self._lead, self.page
        if above is not None and self._said:
            introduced = not section and above.section and self.y - above.top < _FEW_WORDS
            above = above if introduced else None
        self._lead = above or _Lead(self.y, len(page.items), len(page.anchors), len(page.bookmarks), section)
        self._said = False

    def anchor(self, name: str, y: float) -> None:
        """Name a place on the page being filled; where a name is given twice, the first place keeps it."""
        if name not in self._named:
            self._named.add(name)
            self.page.anchors[name] = y

    def begin(
        self, number: int, title: Bilingual, paper: Paper | None = None, *, fresh: bool = False
    ) -> None:
        """Begin a section, with a bookmark; on a new page where it is to be `fresh` or little room is left."""
        paper = paper or self.papers.text
        if self.full or fresh or self.page.paper != paper or self.room() < _ROOM_TO_BEGIN:
            self.turn(paper)
        else:
            self.y += 20
        self._leads(section=True)
        name = f"{number} {both(title, self.language)}"
        anchor = section_anchor(number)
        self.page.bookmarks.append((name, anchor))
        self.page.anchors[anchor] = self.y - 12
        self.heading(name, 13)
        self.y += 4

    def sub(self, title: Bilingual | str) -> None:
        """A heading inside a section, kept together with what follows."""
        if self.room() < _ROOM_FOR_HEADING:
            self.keep(_ROOM_FOR_HEADING)
        if self.room() < _ROOM_FOR_HEADING:
            self.turn(self.page.paper)
        elif self.y > self.page.paper.top:
            self.y += 8
        self._leads()
        self.heading(title if isinstance(title, str) else both(title, self.language))
        self.y += 2

    def heading(self, text: str, size: float = 10.5) -> None:
        """A heading across the page, in as many lines as it takes."""
        measure, left = text_measure(), self.page.paper.left
        for line in measure.wrap(text, size, self.page.paper.room, True):
            self.page.items.append(Text(left, self.y + measure.ascent(size), line, size, HEAD, True))
            self.y += measure.line_height(size)

    def paragraph(self, text: str, size: float = 8.5, colour: str = INK, width: float | None = None) -> None:
        """Wrapped text at the left margin; goes over to new pages where it must."""
        measure, room = text_measure(), width or self.page.paper.room
        self._said = True
        for line in even_lines(text, size, room):
            if self.room() < size * 1.5:
                self.turn(self.page.paper)
            self.page.items.append(
                Text(self.page.paper.left, self.y + measure.ascent(size), line, size, colour)
            )
            self.y += size * 1.5

    def remark(self, text: Bilingual) -> None:
        """A quiet paragraph in the report's language, or in both one below the other."""
        self.paragraph(stacked(text, self.language), 8, SOFT)
        self.y += 4


def section_anchor(number: int) -> str:
    """The name of the place where a section begins."""
    return f"section-{number}"


def both(text: Bilingual, language: Shown) -> str:
    """A heading: in both languages whatever the report's, its own first."""
    first, second = (text.ja, text.en) if language == "ja" else (text.en, text.ja)
    return first if first == second else f"{first} {second}"


def stacked(text: Bilingual | str, language: Shown) -> str:
    """A text in the report's language; in both, one below the other (once where they are the same)."""
    if isinstance(text, str):
        return text
    if language == "both":
        return text.en if text.en == text.ja else f"{text.en}\n{text.ja}"
    return text.text(language)
