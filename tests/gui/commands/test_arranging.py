"""Arranging everything or some, and tidying up: one step each, the same each time, with a glide to the new places."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.canvas import glide
from gui.window.window import Window
from model.design.design import Design
from model.editing import edits, locks
from model.picture.cards import title_width, zone_titles
from model.shapes.geometry import Rect, Size
from model.storage import dump
from resources import path
from tests.model.layout.scenes import pieces


def design_of(window: Window) -> Design:
    return window.document.design


def moved(before: Design, after: Design) -> set[str]:
    """The components that stand elsewhere."""
    return {c.id for c in before.components if c.position != after.component_by_id[c.id].position}


def shifted(window: Window, name: str, dx: int, dy: int) -> None:
    x, y = design_of(window).component_by_id[name].position
    window.document.edit("Move", lambda design: edits.move(design, {name: (x + dx, y + dy)}))


@pytest.mark.parametrize("action", ["arrange", "tidy"])
def test_one_step_with_the_same_result_each_time(sample: Window, action: str) -> None:
    shifted(sample, design_of(sample).components[0].id, 13, 7)
    before = dump(design_of(sample))
    sample.actions_by_id[action].trigger()
    once = dump(design_of(sample))
    assert sample.document.stack.count() == 2
    sample.document.stack.undo()
    assert dump(design_of(sample)) == before
    sample.actions_by_id[action].trigger()
    assert dump(design_of(sample)) == once != before


def added(window: Window) -> Rect:
    """Where the only component that a scenario adds would be drawn."""
    (component,) = edits.additions(design_of(window)).values()
    size = window.scene.sizes.get(component.id, Size(150, 60))
    return Rect(*component.position, size.width, size.height)


@pytest.mark.parametrize("laid", [False, True])
def test_what_a_scenario_adds_is_arranged_too(window: Window, laid: bool) -> None:
    assert window.files.read(path("samples/multi-vpc.portchart"))
    if laid:
        window.scenarios.act("use", "own-reputation-server")
    before = added(window)
    window.actions_by_id["arrange"].trigger()
    assert added(window) != before
    zone = design_of(window).zone_by_id["vpc-egress"].rect
    assert zone.contains(added(window))
    cards = {name: rect for name, rect in window.scene.cards.items() if name != "sps-1"}
    assert not any(added(window).intersects(rect) for rect in cards.values())
    window.document.stack.undo()
    assert added(window) == before


def test_what_a_scenario_adds_moves_with_its_zone(window: Window) -> None:
    assert window.files.read(path("samples/multi-vpc.portchart"))
    before = added(window)
    window.document.edit("Move", lambda design: edits.move_zone(design, "vpc-egress", 40, -20))
    assert added(window) == before.moved(40, -20)
    window.document.edit("Move", lambda design: edits.move_zone(design, "vpc-production", 40, -20))
    assert added(window) == before.moved(40, -20)


def test_zones_show_their_titles_in_full(sample: Window) -> None:
    sample.actions_by_id["arrange"].trigger()
    look = sample.scene.look
    for zone in design_of(sample).zones:
        assert title_width(zone, look) <= zone.rect.width, zone.id


@pytest.mark.parametrize("template", ["air-gapped", "multi-vpc", "on-premises", "single-vpc"])
def test_no_connector_runs_over_a_title_once_all_is_arranged(window: Window, template: str) -> None:
    window.files.new(template)
    window.actions_by_id["arrange"].trigger()
    titles = zone_titles(design_of(window).zones, window.scene.look)
    assert window.scene.wires.pairs
    over = [
        (pair, title)
        for pair, each in window.scene.wires.pairs.items()
        for piece in pieces(each.wire.points)
        for title in titles
        if title.intersects(piece.grow(0.5))
    ]
    assert over == []


def test_tidying_moves_little_and_says_when_all_is_tidy(sample: Window) -> None:
    sample.actions_by_id["arrange"].trigger()
    sample.actions_by_id["tidy"].trigger()
    tidy, steps = design_of(sample), sample.document.stack.count()
    name = tidy.components[3].id
    shifted(sample, name, 7, -6)
    sample.actions_by_id["tidy"].trigger()
    after = design_of(sample).component_by_id
    for each in tidy.components:
        (x, y), (now_x, now_y) = each.position, after[each.id].position
        assert abs(x - now_x) + abs(y - now_y) <= 30, each.id
    sample.actions_by_id["tidy"].trigger()
    assert sample.document.stack.count() == steps + 2
    assert sample.status.currentMessage() == "Everything is in its place already."


def test_only_the_selected_are_arranged(sample: Window) -> None:
    before = design_of(sample)
    zone = next(z.id for z in before.zones if sum(c.zone == z.id for c in before.components) > 2)
    inside = {c.id for c in before.components if zone in before.zone_chain(c.zone)}
    for name in inside:
        shifted(sample, name, 31, 17)
    before = design_of(sample)
    sample.selection.select([zone])
    sample.actions_by_id["arrange_selection"].trigger()
    after = design_of(sample)
    assert moved(before, after)
    assert moved(before, after) <= inside
    cards = sample.scene.cards
    assert not any(
        a.intersects(b) for x, a in cards.items() for y, b in cards.items() if x < y and x in inside
    )


def test_actions_can_be_used_where_they_mean_something(window: Window) -> None:
    made = window.actions_by_id
    assert not any(made[name].isEnabled() for name in ("arrange", "arrange_selection", "tidy"))
    window.placement.place_at("agent", 100, 100)
    assert made["arrange"].isEnabled()
    assert made["tidy"].isEnabled()
    assert not made["arrange_selection"].isEnabled()
    window.placement.place_at("relay", 500, 100)
    window.selection.select(window.scene.cards)
    assert made["arrange_selection"].isEnabled()


def shown_at(window: Window) -> dict[str, tuple[float, float]]:
    """Where the canvas paints the cards at this moment."""
    return {name: (item.position.x, item.position.y) for name, item in window.scene.card_items.items()}


def corners(frames: dict[str, Rect]) -> dict[str, tuple[float, float]]:
    return {name: (frame.x, frame.y) for name, frame in frames.items()}


def test_cards_glide_to_their_places(sample: Window, qtbot: QtBot) -> None:
    motion = sample.arrangement.glide
    motion.duration = 60
    start = shown_at(sample)
    with qtbot.waitSignal(motion.motion.finished):
        sample.actions_by_id["arrange"].trigger()
        assert corners(sample.scene.cards) != start
        assert shown_at(sample) == start
        assert not sample.scene.wires.visible()
    assert shown_at(sample) == corners(sample.scene.cards)
    assert sample.scene.wires.visible()


def test_a_change_ends_a_glide(sample: Window) -> None:
    start = shown_at(sample)
    sample.arrangement.glide.duration = 10_000
    sample.actions_by_id["arrange"].trigger()
    sample.document.stack.undo()
    assert shown_at(sample) == corners(sample.scene.cards) == start
    assert sample.scene.wires.visible()


def test_nothing_glides_where_nobody_watches(sample: Window) -> None:
    assert glide.usual_duration() == 0
    sample.actions_by_id["arrange"].trigger()
    assert shown_at(sample) == corners(sample.scene.cards)


@pytest.mark.parametrize("action", ["arrange", "tidy"])
def test_what_is_locked_stays(sample: Window, action: str) -> None:
    name = next(c.id for c in design_of(sample).components if c.zone is not None)
    shifted(sample, name, 4, 3)
    sample.document.edit("Lock", lambda design: locks.set_locked(design, [name], True))
    before = design_of(sample)
    sample.actions_by_id[action].trigger()
    after = design_of(sample)
    assert moved(before, after)
    assert name not in moved(before, after)


@pytest.mark.parametrize("zoomed", [False, True])
def test_who_saw_everything_sees_everything_that_was_tidied(sample: Window, zoomed: bool) -> None:
    service = next(each for each in design_of(sample).components if each.kind == "workload-security")
    shifted(sample, service.id, 400, 0)
    sample.canvas.fit()
    if zoomed:
        sample.canvas.zoom_to(2)
    shifted(sample, service.id, 300, 0)
    before = sample.canvas.scale_now()
    sample.actions_by_id["tidy"].trigger()
    things = sample.scene.things()
    assert things is not None
    assert (sample.canvas.seen().union(things) == sample.canvas.seen()) is not zoomed
    assert (sample.canvas.scale_now() == before) is zoomed
