"""The labels and line styles of connectors, each worked out once: a large design has thousands, few of them unlike."""

from __future__ import annotations

from dataclasses import dataclass

from model.derivation.comparison import Comparison
from model.picture.connectors import Link, label_size, link_style, link_text
from model.picture.look import Look
from model.shapes.geometry import Size
from model.shapes.theme import LineStyle


@dataclass(frozen=True, slots=True)
class Caption:
    """What a connector says, how much room that takes, and how its line looks."""

    text: str
    size: Size
    style: LineStyle


class Captions:
    """Remembers captions for one look."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._known: dict[tuple[object, ...], Caption] = {}

    def of(self, link: Link, comparison: Comparison | None) -> Caption:
        """The caption of a connector. What did not change needs no look at the comparison, which costs more."""
        compared = comparison if link.status != "unchanged" else None
        key = (
            link.status,
            *[(flow.port, flow.transport, flow.basis.purpose) for flow in link.flows],
            *([compared.status(flow) for flow in link.flows] if compared is not None else ()),
            *[flow.port for flow in link.removed],
        )
        found = self._known.get(key)
        if found is None:
            text = link_text(link, compared, self._look)
            found = Caption(text, label_size(text, self._look), link_style(link, self._look))
            self._known[key] = found
        return found
