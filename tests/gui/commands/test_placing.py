"""Adding to a full zone, in every way there is: what is added covers nothing and is in sight, and zones stay apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from gui.window.window import Window
from model.design.changes import Addition, Removal
from model.design.elements import Component
from model.shapes.geometry import Rect
from tests.gui.hands import LEFT, NO_KEYS, at, drop_kind, middle_of

SUBNET = "server-network"


@pytest.fixture(autouse=True)
def away() -> Iterator[None]:
    """The pointer over no window, the clipboard empty."""
    QCursor.setPos(-5_000, -5_000)
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def point(window: Window) -> None:
    """Move the mouse over the first component of the subnet."""
    x, y = middle_of(window.canvas, "records-db")
    for aside in (3, 0):
        QTest.mouseMove(window.canvas.viewport(), at(window.canvas, x + aside, y))


def from_menu(window: Window) -> None:
    if window.selection.ids.isdisjoint(window.document.design.component_by_id):
        window.selection.select([SUBNET])
    entries = [entry for menu in window.menus["kinds"].findChildren(QMenu) for entry in menu.actions()]
    next(entry for entry in entries if entry.text() == "SIEM or Syslog server").trigger()


def from_palette(window: Window) -> None:
    if window.selection.ids.isdisjoint(window.document.design.component_by_id):
        window.selection.select([SUBNET])
    tree = window.palette_panel.tree
    (item,) = tree.findItems("Relay", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    tree.scrollToItem(item)
    spot = tree.visualItemRect(item).center()
    QTest.mouseClick(tree.viewport(), LEFT, NO_KEYS, spot)
    QTest.mouseDClick(tree.viewport(), LEFT, NO_KEYS, spot)


def by_drop(window: Window) -> None:
    drop_kind(window.canvas, "web-proxy", *middle_of(window.canvas, "sps-1"))


def by_typing(window: Window) -> None:
    point(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_Slash)
    QTest.keyClicks(window.placement.quick.field, "agent")
    QTest.keyClick(window.placement.quick.field, Qt.Key.Key_Return)


def by_pasting_at_the_mouse(window: Window) -> None:
    if "records-db" not in window.selection.ids:
        window.selection.select(["records-db"])
        window.actions_by_id["copy"].trigger()
    point(window)
    window.actions_by_id["paste"].trigger()


def by_pasting_several(window: Window) -> None:
    window.selection.select(["records-db", "dns-dc"])
    window.actions_by_id["copy"].trigger()
    window.actions_by_id["paste"].trigger()


def by_duplicating(window: Window) -> None:
    window.selection.select(["sps-1", "dns-dc", "ntp-dc"])
    window.actions_by_id["duplicate"].trigger()


WAYS = (
    from_menu, from_palette, by_drop, by_typing, by_pasting_at_the_mouse, by_pasting_several, by_duplicating,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_is_added_to_a_full_subnet_finds_its_place(
    sample: Window, way: Callable[[Window], None]
) -> None:
    document, apart = sample.document, zones_over_each_other(sample)
    for step in range(1, 4):
        before = {**document.design.component_by_id}
        way(sample)
        cards, design = sample.scene.cards, document.design
        added = design.component_by_id.keys() - before.keys()
        assert added
        assert document.stack.count() == step
        assert sample.selection.ids == added
        for name in added:
            assert design.component_by_id[name].zone == SUBNET
            frame = cards[name]
            assert design.zone_by_id[SUBNET].rect.contains(
                Rect(frame.x - 20, frame.y - 40, frame.width + 40, frame.height + 60)
            )
            assert sample.canvas.seen().contains(frame)
        assert not [pair for pair in combinations(cards.values(), 2) if pair[0].intersects(pair[1])]
        assert zones_over_each_other(sample) == apart
        for each in design.components:
            for zone in design.zones:
                if zone.id in design.zone_chain(each.zone):
                    assert zone.rect.contains(cards[each.id])
                else:
                    assert not zone.rect.intersects(cards[each.id])
    for _ in range(3):
        document.stack.undo()
    assert document.design == document.last_saved


def zones_over_each_other(window: Window) -> set[tuple[str, str]]:
    """The pairs of zones, none within the other, that share area."""
    design = window.document.design
    return {
        (one.id, other.id)
        for one, other in combinations(design.zones, 2)
        if one.rect.intersects(other.rect)
        and one.id not in design.zone_chain(other.id)
        and other.id not in design.zone_chain(one.id)
    }


def test_without_a_selection_it_is_the_zone_in_the_middle_of_what_is_seen(sample: Window) -> None:
    sample.canvas.zoom_to(1.0)
    sample.canvas.look_at(sample.canvas.around(frozenset(("sps-1",))).center())
    sample.palette_panel.chosen.emit("agent")
    (made,) = sample.selection.ids
    assert sample.document.design.component_by_id[made].zone == SUBNET
    assert sample.canvas.seen().contains(sample.scene.cards[made])


def test_a_zone_is_filled_from_its_beginning_so_that_it_need_not_grow(window: Window) -> None:
    window.actions_by_id["zone_tool"].trigger()
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    window.canvas.writing.finish()
    (zone,) = window.document.design.zones
    for kind in ("relay", "agent"):
        window.palette_panel.chosen.emit(kind)
    assert window.document.design.zones == (zone,)
    x, y = zone.frame[0] + 20, zone.frame[1] + 40
    assert [each.position for each in window.document.design.components] == [(x, y), (x, y + 100)]


def test_a_zone_selected_out_of_sight_is_not_where_the_user_is(sample: Window) -> None:
    sample.selection.select(["operations-office"])
    sample.canvas.zoom_to(1.5)
    sample.canvas.look_at(sample.canvas.around(frozenset(("records-db",))).center())
    sample.palette_panel.chosen.emit("agent")
    (made,) = sample.selection.ids
    assert sample.document.design.component_by_id[made].zone == SUBNET
    assert sample.canvas.seen().contains(sample.scene.cards[made])


def test_what_is_added_to_a_collapsed_zone_stands_beside_its_node(sample: Window) -> None:
    sample.selection.select([SUBNET])
    sample.actions_by_id["collapse"].trigger()
    sample.selection.select([SUBNET])
    sample.palette_panel.chosen.emit("agent")
    (made,) = sample.selection.ids
    assert sample.document.design.component_by_id[made].zone == "data-centre-richmond"
    card = sample.scene.cards[made]
    assert not sample.document.design.zone_by_id[SUBNET].rect.intersects(card)
    assert sample.canvas.seen().contains(card)


def test_what_is_on_trial_is_not_covered_either(sample: Window) -> None:
    place = sample.document.design.component_by_id["vcenter-1"].position
    trial = Component(
        id="trial", kind="agent", name="Trial", zone="management-network", position=(place[0], place[1] + 90)
    )
    assert sample.document.try_out("trial", (Addition(add=trial), Removal(remove="dcgw-1")))
    x, y = middle_of(sample.canvas, "trial")
    drop_kind(sample.canvas, "relay", x, y)
    ghost = sample.scene.ghosts["dcgw-1"].center
    drop_kind(sample.canvas, "agent", ghost.x, ghost.y)
    cards = [*sample.scene.cards.values(), *sample.scene.ghosts.values()]
    assert "trial" in sample.scene.cards
    assert not [pair for pair in combinations(cards, 2) if pair[0].intersects(pair[1])]


def test_what_a_finding_adds_covers_nothing_and_is_shown(sample: Window) -> None:
    apart = zones_over_each_other(sample)
    sample.selection.select(["update-server", "ntp-dc"])
    sample.actions_by_id["delete"].trigger()
    sample.status.findings_asked.emit()
    for kind in ("update-server", "ntp-server"):
        card = next(
            each
            for each in sample.findings.cards()
            if each.finding.code == "missing-component" and kind in _words(sample, each.finding.message.en)
        )
        card.findChildren(QPushButton)[0].click()
        design, cards = sample.document.design, sample.scene.cards
        (made,) = sample.selection.ids
        assert design.component_by_id[made].kind == kind
        assert sample.canvas.seen().contains(cards[made])
        assert not [name for name in cards if name != made and cards[name].intersects(cards[made])]
        zone = design.component_by_id[made].zone
        assert zone == ("internet" if kind == "update-server" else None)
        assert not [
            each.id
            for each in design.zones
            if each.rect.intersects(cards[made]) and each.id not in design.zone_chain(zone)
        ]
        assert zones_over_each_other(sample) == apart


def _words(window: Window, text: str) -> set[str]:
    """The kinds that a sentence names."""
    return {kind.id for kind in window.document.catalog.kinds if kind.name.en in text}
