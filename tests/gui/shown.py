"""What the canvas shows, held against the design: worked out from the design, not from what the scene was told."""

from __future__ import annotations

from collections.abc import Iterator

from gui.document.selection import Pair
from gui.window.window import Window
from model.derivation.derive import derive
from model.design.design import Design
from model.storage import dump, parse_design


def mismatches(window: Window) -> Iterator[str]:
    """Sentences about what is shown otherwise than the design says; and whether it could be saved and read."""
    scene, state, design = window.scene, window.document.state, window.document.view.design
    for each in (state.design, design):
        if parse_design(dump(each)) != each:
            yield "the design is not read back as it was written"
    ends = _ends(design)
    nodes = {each.id for each in design.zones if each.collapsed and ends[each.id] == each.id}
    cards = {each.id for each in design.components if ends[each.id] == each.id} | nodes
    if set(scene.cards) != cards or set(scene.card_items) != cards:
        yield f"cards {sorted(set(scene.card_items) ^ cards)}"
    zones = {each.id for each in design.zones if not each.collapsed and ends[each.id] == each.id}
    if set(scene.areas.boxes) != zones or set(scene.areas.titles) != zones:
        yield f"zones {sorted(set(scene.areas.boxes) ^ zones)}"
    frames = [design.zone_by_id[name].rect for name in nodes]
    notes = {each.id for each in design.notes if not any(frame.contains(each.rect) for frame in frames)}
    if set(scene.note_items) != notes:
        yield f"notes {sorted(set(scene.note_items) ^ notes)}"
    yield from _misplaced(window)
    yield from _misconnected(window, ends)
    every = {*design.component_by_id, *design.zone_by_id, *(each.id for each in design.notes)}
    if not window.selection.ids <= every:
        yield "something is selected that is not there"


def _ends(design: Design) -> dict[str, str]:
    """What stands for every component and zone: the outermost collapsed zone around it, else itself."""
    return {each.id: _end(design, each.zone, each.id) for each in design.components} | {
        each.id: _end(design, each.id, each.id) for each in design.zones
    }


def _end(design: Design, zone: str | None, name: str) -> str:
    found = name
    while zone is not None:
        around = design.zone_by_id[zone]
        found, zone = (zone if around.collapsed else found), around.parent
    return found


def _left(zone: str | None, ends: dict[str, str]) -> str | None:
    return zone if zone in ends else None


def _misplaced(window: Window) -> Iterator[str]:
    design, scene = window.document.view.design, window.scene
    for name, card in scene.card_items.items():
        each = design.component_by_id.get(name)
        place = each.position if each is not None else design.zone_by_id[name].frame[:2]
        # The area painted begins where its shadow and badges do, so only its own sheet is asked for.
        if (card.frame.x, card.frame.y) != place:
            yield f"card {name} at {card.frame.x}, {card.frame.y} and not {place}"
    for name, item in scene.areas.boxes.items():
        middle = design.zone_by_id[name].rect.center
        there = item.mapToScene(item.boundingRect().center())
        if (there.x(), there.y()) != (middle.x, middle.y):
            yield f"zone {name} elsewhere"
        if scene.areas.titles[name].pos() != item.pos():
            yield f"the title of {name} elsewhere"
    for note in design.notes:
        drawn = scene.note_items.get(note.id)
        if drawn is None:
            continue
        there, middle = drawn.mapToScene(drawn.boundingRect().center()), note.rect.center
        if (there.x(), there.y()) != (middle.x, middle.y):
            yield f"note {note.id} elsewhere"


def _misconnected(window: Window, ends: dict[str, str]) -> Iterator[str]:
    """The pairs connected otherwise than by the flows there are, and by those that go."""
    document = window.document
    catalog, view = document.catalog, document.view
    quiet = {each.id for each in catalog.purposes if each.quiet}
    flows = list(derive(view.design, catalog).network)
    there = dict(ends)
    if view.comparison is not None:
        # What is taken away is drawn where it was, unless that is folded away now.
        lost = [each for each in view.baseline.design.components if each.id not in ends]
        ghosts = {each.id for each in lost if _end(view.design, _left(each.zone, ends), each.id) == each.id}
        if set(window.scene.ghosts) != ghosts:
            yield f"ghosts {sorted(set(window.scene.ghosts) ^ ghosts)}"
        there |= {name: name for name in ghosts}
        known = {flow.id for flow in flows}
        before = derive(view.baseline.design, catalog).network
        flows += [each for each in before if each.id not in known]
    pairs: set[Pair] = set()
    for flow in flows:
        source, target = there.get(flow.source), there.get(flow.destination)
        if flow.basis.purpose not in quiet and source and target and source != target:
            pairs.add((source, target))
    if set(window.scene.wires.pairs) != pairs:
        yield f"connectors {sorted(set(window.scene.wires.pairs) ^ pairs)}"
