"""The page as a parser sees it that had no part in writing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "link", "br", "img", "wbr"}


@dataclass
class Element:
    """A tag with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        """The elements directly inside."""
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """The text of the element and everything in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, tag: str) -> list[Element]:
        """Every element of a tag inside, in order."""
        found = []
        for child in self.children:
            if child.tag == tag:
                found.append(child)
            found += child.all(tag)
        return found

    def by_id(self, name: str) -> Element:
        """The element with an id."""
        found = self._with_id(name)
        assert found is not None, name
        return found

    def _with_id(self, name: str) -> Element | None:
        if self.attributes.get("id") == name:
            return self
        return next((hit for child in self.children if (hit := child._with_id(name))), None)

    def paths(self, above: str = "") -> list[tuple[str, tuple[str, ...]]]:
        """For every element the tags that lead to it and the names of its attributes; pictures count as one."""
        found = []
        for child in self.children:
            path = f"{above}/{child.tag}"
            found.append((path, tuple(sorted(child.attributes))))
            if child.tag != "svg":
                found += child.paths(path)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {tag} {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read(page: bytes) -> Element:
    """The tree of a page; AssertionError where tags do not nest."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    (root,) = reader.open
    return root


def rows(table: Element) -> list[list[str]]:
    """The cells of a table's body."""
    (body,) = table.all("tbody")
    return [[cell.text for cell in row.children] for row in body.children]
