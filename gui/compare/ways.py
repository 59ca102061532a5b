"""One way that a search found: its changes, what they do, and buttons to try it or to keep it as a scenario."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from gui.language import said, tr
from gui.widgets.widgets import Chip, chip, column, label, push, row
from model.derivation.comparison import Comparison
from model.derivation.graph import FlowGraph
from model.whatif.search import Way
from model.whatif.words import changes_texts


def way_card(
    graph: FlowGraph, way: Way, tried: Callable[[Way], object], kept: Callable[[Way], object]
) -> QWidget:
    """A way found for a design, as a small card."""
    made = QFrame()
    made.setObjectName("way")
    lines = [label(said(each), wrap=True) for each in changes_texts(graph.catalog, graph.design, way.changes)]
    try_it = push(tr("goals.try"), lambda: tried(way), primary=True, small=True)
    keep = push(tr("goals.keep"), lambda: kept(way), small=True)
    for button in (try_it, keep):
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setLayout(
        column(
            *lines, row(*count_chips(way.comparison), -1, spacing=5), row(try_it, keep, -1, spacing=6),
            margins=(10, 8, 10, 9), spacing=5,
        )
    )  # fmt: skip
    return made


def count_chips(comparison: Comparison) -> list[QLabel]:
    """Chips with how many flows come, go and change."""
    marks: tuple[tuple[str, Chip, int], ...] = (
        ("+", "added", len(comparison.added)),
        ("−", "removed", len(comparison.removed)),
        ("~", "changed", len(comparison.changed)),
    )
    return [chip(f"{mark}{count}", kind) for mark, kind, count in marks if count]
