"""Canvas, tables, what-if and the box of reasons follow one selection."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QStyleOptionGraphicsItem

from gui.window.window import Window
from model.editing import edits
from tests.gui.hands import click, drag, middle_of


def picked_flows(window: Window) -> set[tuple[str, str]]:
    return {(row.flow.source, row.flow.destination) for row in window.bottom.matrix.selected()}


def test_selecting_a_component_selects_its_rows_and_lights_its_connectors(sample: Window) -> None:
    click(sample.canvas, *middle_of(sample.canvas, "app-tier"))
    graph = sample.document.view.graph
    expected = {(flow.source, flow.destination) for flow in graph.touching["app-tier"]}
    assert picked_flows(sample) == expected
    for pair in sample.scene.wires.pairs:
        assert sample.scene.wires.is_lit(pair) == ("app-tier" in pair)
    assert sample.scene.card_items["app-tier"].opacity == 1.0
    assert sample.scene.card_items["corp-ad"].opacity < 1.0


def test_a_click_on_one_of_several_selects_it_alone_and_a_drag_moves_them_all(sample: Window) -> None:
    several = {"app-tier", "web-tier"}
    sample.selection.select(several)
    x, y = middle_of(sample.canvas, "app-tier")
    before = {name: middle_of(sample.canvas, name) for name in several}
    drag(sample.canvas, (x, y), (x + 40, y + 40))
    assert sample.selection.ids == several
    assert all(middle_of(sample.canvas, name) != before[name] for name in several)
    click(sample.canvas, *middle_of(sample.canvas, "app-tier"))
    assert sample.selection.ids == {"app-tier"}
    click(sample.canvas, *middle_of(sample.canvas, "web-tier"), Qt.KeyboardModifier.ShiftModifier)
    assert sample.selection.ids == several
    click(sample.canvas, *middle_of(sample.canvas, "web-tier"), Qt.KeyboardModifier.ShiftModifier)
    assert sample.selection.ids == {"app-tier"}


def test_labels_are_drawn_of_the_connectors_that_stand_out_alone(sample: Window) -> None:
    sample.selection.select(["app-tier"])
    wires = sample.scene.wires
    area = wires.boundingRect()
    image = QImage(area.size().toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter, option = QPainter(image), QStyleOptionGraphicsItem()
    painter.translate(-area.topLeft())
    option.exposedRect = area
    wires.labels.paint(painter, option)
    painter.end()
    seen = {}
    for pair, each in wires.pairs.items():
        at = (each.label_rect.center() - area.topLeft()).toPoint()
        seen[pair] = image.pixelColor(at.x(), at.y() - 7).alpha() > 0
    assert seen == {pair: "app-tier" in pair for pair in wires.pairs}


def test_clicking_a_connector_selects_it_and_says_why(sample: Window) -> None:
    wires = sample.scene.wires
    pair, wire = next((p, w) for p, w in wires.pairs.items() if p == ("web-tier", "relay-1"))
    middle = wire.label_rect.center()
    click(sample.canvas, middle.x(), middle.y())
    assert sample.selection.pair == pair
    assert picked_flows(sample) == {pair}
    assert sample.why.isVisible()
    texts = [each.text() for each in sample.why.findChildren(QLabel)]
    assert "web-tier → relay-1" in texts
    assert any(text.startswith("P11: ") for text in texts)
    assert any("row 11" in text for text in texts)


def test_picking_a_row_selects_its_connector_and_explains_that_flow_only(sample: Window) -> None:
    table = sample.bottom.matrix
    row = next(
        number
        for number in range(table.order.rowCount())
        if table.rows_model.rows[table.order.mapToSource(table.order.index(number, 0)).row()].flow[:2]
        == ("app-tier", "smart-protection-network")
    )
    table.selectRow(row)
    flow = table.selected()[0].flow
    assert sample.selection.pair == ("app-tier", "smart-protection-network")
    assert sample.selection.flow == flow.id
    headings = [each.text() for each in sample.why.findChildren(QLabel) if "/TCP" in each.text()]
    assert [text.split(" ")[0] for text in headings] == [f"{flow.port}/TCP"]


def test_picking_an_allowed_name_selects_its_components(sample: Window) -> None:
    sample.bottom.setCurrentIndex(1)
    table = sample.bottom.names
    table.selectRow(0)
    entry = table.selected()[0]
    assert sample.selection.ids == {entry.destination.id, *(source.id for source in entry.sources)}


def test_the_filter_keeps_rows_with_every_word(sample: Window) -> None:
    sample.bottom.filter.setText("relay-1 4122")
    table = sample.bottom.matrix
    shown = [
        table.rows_model.rows[table.order.mapToSource(table.order.index(number, 0)).row()]
        for number in range(table.order.rowCount())
    ]
    assert shown
    assert all(row.flow.port == 4122 and row.flow.destination == "relay-1" for row in shown)
    sample.bottom.filter.clear()
    assert table.order.rowCount() == len(table.rows_model.rows)


def test_ports_sort_as_numbers(sample: Window) -> None:
    table = sample.bottom.matrix
    column = next(n for n, each in enumerate(table.rows_model.columns) if each.id == "port")
    table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    ports = [int(table.order.index(number, column).data()) for number in range(table.order.rowCount())]
    assert ports == sorted(ports)
    assert len(set(ports)) > 3


def test_the_hover_card_of_a_connector_says_why_in_plain_text(sample: Window) -> None:
    sample.document.edit("Rename", lambda design: edits.rename(design, "web-tier", "<img src=x> web"))
    wire = sample.scene.wires.pairs["web-tier", "relay-1"]
    told = sample.reading.hover.said_at(QPointF(wire.label_rect.center()))
    assert told is not None
    tip = told.text
    assert tip.startswith("<img src=x> web → relay-1")
    assert "4122/TCP" in tip


def test_a_name_that_looks_like_markup_stays_a_name(sample: Window) -> None:
    name = "<img src='http://x'><b>web"
    sample.document.edit("Rename", lambda design: edits.rename(design, "web-tier", name))
    sample.selection.select(["web-tier"])
    sample.side.setCurrentWidget(sample.inspector)
    labels = [each for each in sample.findChildren(QLabel) if name in each.text()]
    assert labels
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in labels)
    tips = sample.bottom.matrix.rows_model
    shown = {str(tips.data(tips.index(n, 0), Qt.ItemDataRole.ToolTipRole)) for n in range(tips.rowCount())}
    assert any("&lt;img" in text for text in shown)
    assert not any("<img" in text for text in shown)


def test_copying_rows_gives_tab_separated_text(sample: Window, qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication

    sample.bottom.matrix.selectRow(0)
    sample.bottom.matrix.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    columns = len(sample.bottom.matrix.rows_model.columns)
    assert [len(line.split("\t")) for line in lines] == [columns, columns]


def test_hiding_a_purpose_hides_its_connectors(sample: Window) -> None:
    every = frozenset(each.id for each in sample.document.catalog.purposes)
    sample.toolbar.purposes_chosen.emit(every - {"updates"})
    shown = sample.scene.wires.pairs
    assert ("web-tier", "relay-1") not in shown
    assert any(pair[1] == "dns-dc" for pair in shown)
    sample.toolbar.purposes_chosen.emit(every)
    assert ("web-tier", "relay-1") in sample.scene.wires.pairs
