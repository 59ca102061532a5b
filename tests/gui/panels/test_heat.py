"""The heat map of openings between zones, and the list of what a component opens and receives."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from gui.panels.traffic import Traffic
from gui.style import theme
from gui.window.window import Window
from model.design.views import Filter
from tests.gui.hands import LEFT
from tests.gui.window.test_language import contrast, laid_over

HEAT = 3


def names_of(window: Window) -> tuple[str, ...]:
    return window.bottom.heat.heat.names


def text(window: Window, source: str, target: str) -> str | None:
    heat = window.bottom.heat.heat
    index = heat.index(heat.names.index(source), heat.names.index(target))
    found = index.data()
    assert found is None or isinstance(found, str)
    return found


def crossing(window: Window) -> dict[tuple[str, str], set[str]]:
    """Ids of flows by the names of their zones, gone through the rows of the matrix."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in window.bottom.matrix.rows_model.rows:
        if row.flow.basis.scope == "network" and row.source.zone.en != row.destination.zone.en:
            found.setdefault((row.source.zone.en, row.destination.zone.en), set()).add(row.id)
    return found


def test_every_pair_of_zones_is_counted(sample: Window) -> None:
    expected = crossing(sample)
    sample.bottom.setCurrentIndex(HEAT)
    counts = {
        pair: len(
            {
                (flow.destination, flow.port, flow.transport)
                for flow in sample.document.view.graph.network
                if flow.id in ids
            }
        )
        for pair, ids in expected.items()
    }
    assert counts
    for pair, count in counts.items():
        assert text(sample, *pair) == str(count)
    for name in names_of(sample):
        assert text(sample, name, name) is None
    assert sum(counts.values()) == len(sample.document.view.graph.openings)


def test_a_cell_selects_its_flows_and_enter_shows_their_rows(sample: Window) -> None:
    expected = crossing(sample)
    pair = next(iter(expected))
    sample.bottom.setCurrentIndex(HEAT)
    heat = sample.bottom.heat
    index = heat.heat.index(names_of(sample).index(pair[0]), names_of(sample).index(pair[1]))
    QTest.mouseClick(heat.viewport(), LEFT, pos=heat.visualRect(index).center())
    assert sample.selection.flows == expected[pair]
    lit = {each for each in sample.scene.wires.pairs if sample.scene.wires.is_lit(each)}
    assert lit <= sample.selection.pairs
    heat.activated.emit(index)
    assert sample.bottom.currentIndex() == 0
    assert {row.id for row in sample.bottom.matrix.selected()} == expected[pair]


def test_the_heat_map_follows_the_filter_and_the_what_if(sample: Window) -> None:
    sample.bottom.setCurrentIndex(HEAT)
    before = dict(sample.bottom.heat.heat.cells)
    sample.showing.ask(Filter(ports=(4122,)))
    ports = {f.port for cell in sample.bottom.heat.heat.cells.values() for f in cell.flows}
    assert ports <= {4122}
    sample.actions_by_id["clear_filter"].trigger()
    assert sample.bottom.heat.heat.cells == before
    sample.whatif.rows["web-reputation"].switch.click()
    comparison = sample.document.view.comparison
    assert comparison is not None
    zones = {each.id: each.zone for each in sample.document.view.design.components}
    changes = {(zones[f.source], zones[f.destination]) for f in (*comparison.added, *comparison.removed)}
    shown = {pair for pair, cell in sample.bottom.heat.heat.cells.items() if set(cell.text) & {"+", "−"}}
    assert shown == {pair for pair in changes if pair[0] != pair[1]}


@pytest.mark.parametrize("mode", get_args(theme.Mode))
def test_the_counts_stand_out_from_every_shade(sample: Window, mode: theme.Mode) -> None:
    sample.bottom.setCurrentIndex(HEAT)
    sample.whatif.rows["web-reputation"].switch.click()
    heat, colours = sample.bottom.heat.heat, theme.BY_MODE[mode]
    heat.colours = colours
    told = set()
    for row in range(heat.rowCount()):
        for column in range(heat.columnCount()):
            index = heat.index(row, column)
            if heat.cell(index) is None:
                continue
            shade = heat.data(index, Qt.ItemDataRole.BackgroundRole).color()
            seen = laid_over(shade.name(), colours.panel, shade.alphaF())
            told.add(seen)
            ink = heat.data(index, Qt.ItemDataRole.ForegroundRole).color().name()
            assert contrast(ink, seen) >= (7.0 if mode.startswith("contrast") else 4.5)
            changes = bool(set(index.data()) & {"+", "−"})
            font = heat.data(index, Qt.ItemDataRole.FontRole)
            assert (font is not None and font.bold()) is changes
    assert len(told) > 1


def test_find_and_rows_know_that_the_heat_map_is_no_table(sample: Window) -> None:
    sample.bottom.setCurrentIndex(HEAT)
    assert not sample.bottom.filter.isVisible()
    sample.selection.select(["web-tier"])
    sample.bottom.heat.selectionModel().select(
        sample.bottom.heat.heat.index(0, 0), QItemSelectionModel.SelectionFlag.Select
    )
    sample.bottom.go_to_rows()
    assert sample.bottom.currentIndex() == 0
    assert sample.bottom.filter.isVisible()


def lines(traffic: Traffic, branch: int) -> dict[str, str]:
    head = traffic.topLevelItem(branch)
    assert head is not None
    found = [item for n in range(head.childCount()) if (item := head.child(n)) is not None]
    return {item.text(0): item.text(1) for item in found}


def test_a_component_lists_what_it_opens_and_receives(sample: Window) -> None:
    sample.side.setCurrentWidget(sample.inspector)
    sample.selection.select(["relay-1"])
    traffic = sample.inspector.traffic
    assert traffic is not None
    graph = sample.document.view.graph
    for branch, end in ((0, 1), (1, 0)):
        expected: dict[str, dict[str, list[str]]] = {}
        for flow in graph.network:
            ends = flow.source, flow.destination
            if ends[1 - end] == "relay-1":
                peer = graph.component(ends[end]).name
                expected.setdefault(peer, {}).setdefault(flow.transport.upper(), []).append(str(flow.port))
        assert lines(traffic, branch) == {
            name: ", ".join(f"{' · '.join(ports)} {transport}" for transport, ports in found.items())
            for name, found in expected.items()
        }
        assert expected


def test_a_line_of_the_list_selects_its_connector_and_the_list_stays(sample: Window) -> None:
    sample.side.setCurrentWidget(sample.inspector)
    sample.selection.select(["relay-1"])
    traffic = sample.inspector.traffic
    assert traffic is not None
    head = traffic.topLevelItem(1)
    assert head is not None
    item = head.child(0)
    assert item is not None
    traffic.scrollToItem(item)
    QTest.mouseClick(traffic.viewport(), LEFT, pos=traffic.visualItemRect(item).center())
    pair = item.data(0, Qt.ItemDataRole.UserRole)
    assert sample.selection.pair == tuple(pair)
    assert sample.inspector.traffic is traffic
