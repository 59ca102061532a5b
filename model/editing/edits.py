"""Every change a user can make, as Design → Design.

Each function returns a new design or raises DesignError with a sentence; nothing is ever changed in place.
Coordinates are whole scene pixels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from model.design.changes import Addition, AnyChange, Scenario, ServersChange, mentioned
from model.design.design import Design
from model.design.elements import Assignment, Component, Note, Zone, ZoneKind
from model.errors import DesignError
from model.frozen import Frozen
from model.sentences import told
from model.storage.invalid import refusal_of

Position = tuple[int, int]
Frame = tuple[int, int, int, int]


def _evolve(design: Design, **changes: Any) -> Design:
    try:
        return design.evolve(**changes)
    except ValidationError as error:
        raise DesignError(refusal_of(error)) from error


def _make(model: Callable[..., Any], **fields: Any) -> Any:
    try:
        return model(**fields)
    except ValidationError as error:
        raise DesignError(refusal_of(error)) from error


def _with(value: Frozen, fields: Mapping[str, Any]) -> Any:
    unknown = set(fields) - set(type(value).model_fields)
    if unknown:
        raise DesignError(told("there is no field {name} to change", name=min(unknown)))
    return _make(value.evolve, **fields)


def fresh_id(taken: Collection[str], wish: str) -> str:
    """A readable id that is not taken: the wish in lower case with hyphens, numbered from 2 where needed."""
    base = re.sub(r"[^a-z0-9]+", "-", wish.lower()).strip("-")[:56].strip("-") or "item"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def things(design: Design) -> set[str]:
    """What stands on the canvas: ids of components, zones and notes."""
    return {*design.component_by_id, *design.zone_by_id, *(note.id for note in design.notes)}


def taken(design: Design) -> set[str]:
    """Ids that new things cannot have: those in use, and those of components that scenarios add."""
    return things(design) | additions(design).keys()


def additions(design: Design) -> dict[str, Component]:
    """The components that scenarios add, by id."""
    changes = (change for scenario in design.scenarios for change in scenario.changes)
    return {change.component: change.add for change in changes if isinstance(change, Addition)}


def _component(design: Design, name: str) -> Component:
    found = design.component_by_id.get(name)
    if found is None:
        raise DesignError(told("there is no component {name}", name=name))
    return found


def _replace_components(design: Design, changed: Mapping[str, Component]) -> tuple[Component, ...]:
    return tuple(changed.get(component.id, component) for component in design.components)


# Placing and removing


def place(
    design: Design, kind: str, name: str, position: Position, zone: str | None = None
) -> tuple[Design, str]:
    """Place a component; its id comes from the name, or from the kind where the name has no Latin letters."""
    wish = name if re.search(r"[A-Za-z0-9]", name) else kind
    new = fresh_id(taken(design), wish)
    component = _make(Component, id=new, kind=kind, name=name, zone=zone, position=position)
    return _evolve(design, components=(*design.components, component)), new


def add_zone(
    design: Design,
    name: str,
    kind: ZoneKind,
    frame: Frame,
    parent: str | None = None,
    cidrs: tuple[str, ...] = (),
) -> tuple[Design, str]:
    """Draw a zone."""
    new = fresh_id(taken(design), name if re.search(r"[A-Za-z0-9]", name) else kind)
    zone = _make(Zone, id=new, name=name, kind=kind, frame=frame, parent=parent, cidrs=cidrs)
    return _evolve(design, zones=(*design.zones, zone)), new


def add_note(design: Design, text: str, frame: Frame) -> tuple[Design, str]:
    """Put a note on the canvas."""
    new = fresh_id(taken(design), "note")
    return _evolve(design, notes=(*design.notes, _make(Note, id=new, text=text, frame=frame))), new


def delete(design: Design, ids: Collection[str]) -> Design:
    """Remove components, zones and notes.

    What lay in a removed zone lies in the zone around it; references are dropped.
    """
    gone = set(ids)
    if not gone <= things(design):
        raise DesignError(told("there is nothing called {name}", name=min(gone - things(design))))

    def heir(zone: str | None) -> str | None:
        return next((name for name in design.zone_chain(zone) if name not in gone), None)

    def kept(component: Component) -> Component:
        proxies = {traffic: proxy for traffic, proxy in component.proxies.items() if proxy not in gone}
        if component.zone not in gone and len(proxies) == len(component.proxies):
            return component
        return component.evolve(zone=heir(component.zone), proxies=proxies)

    return _evolve(
        design,
        components=tuple(kept(each) for each in design.components if each.id not in gone),
        zones=tuple(
            zone.evolve(parent=heir(zone.parent)) if zone.parent in gone else zone
            for zone in design.zones
            if zone.id not in gone
        ),
        notes=tuple(note for note in design.notes if note.id not in gone),
        assignments=_assignments_without(design, gone),
        courses=tuple(each for each in design.courses if gone.isdisjoint(each.pair)),
        scenarios=tuple(_scenario_without(scenario, gone, heir) for scenario in design.scenarios),
    )


def _assignments_without(design: Design, gone: set[str]) -> tuple[Assignment, ...]:
    kept: list[Assignment] = []
    for each in design.assignments:
        targets = tuple(target for target in each.chosen if target not in gone)
        if each.source in gone or (each.chosen and not targets):
            continue
        kept.append(each if len(targets) == len(each.chosen) else each.evolve(targets=targets))
    return tuple(kept)


def _scenario_without(
    scenario: Scenario, gone: set[str], heir: Callable[[str | None], str | None]
) -> Scenario:
    found = (_change_without(change, gone, heir) for change in scenario.changes)
    changes = tuple(change for change in found if change is not None)
    return scenario if changes == scenario.changes else scenario.evolve(changes=changes)


def _change_without(
    change: AnyChange, gone: set[str], heir: Callable[[str | None], str | None]
) -> AnyChange | None:
    """What is left of a scenario's change; None where nothing is. What it adds stays, without what is gone."""
    if isinstance(change, Addition):
        proxies = {traffic: proxy for traffic, proxy in change.add.proxies.items() if proxy not in gone}
        if change.add.zone not in gone and len(proxies) == len(change.add.proxies):
            return change
        return Addition(add=change.add.evolve(zone=heir(change.add.zone), proxies=proxies))
    if isinstance(change, ServersChange) and isinstance(change.value, tuple) and change.component not in gone:
        left = tuple(server for server in change.value if server not in gone)
        return change.evolve(value=left) if left else None
    return change if gone.isdisjoint(mentioned(change)) else None


# Geometry


def move(
    design: Design, components: Mapping[str, Position], zones: Mapping[str, str | None] | None = None
) -> Design:
    """Put components at new positions; `zones` says which zone each of them now lies in, where that changed."""
    joined = zones or {}
    changed = {
        name: _with(
            _component(design, name),
            {"position": components.get(name, _component(design, name).position)}
            | ({"zone": joined[name]} if name in joined else {}),
        )
        for name in {**components, **joined}
    }
    return _evolve(design, components=_replace_components(design, changed))


def reframe(design: Design, zone: str, frame: Frame) -> Design:
    """Give a zone another frame; what lies in it stays where it is."""
    return change_zone(design, zone, frame=frame)


def move_zone(design: Design, zone: str, dx: int, dy: int) -> Design:
    """Move a zone with everything in it: nested zones, components, and the notes that lie inside its frame."""
    if zone not in design.zone_by_id:
        raise DesignError(told("there is no zone {name}", name=zone))
    area = design.zone_by_id[zone].rect
    inside = {each.id for each in design.zones if zone in design.zone_chain(each.id)}

    def shifted(frame: Frame) -> Frame:
        return frame[0] + dx, frame[1] + dy, frame[2], frame[3]

    added = {
        each.id: (each.position[0] + dx, each.position[1] + dy)
        for each in additions(design).values()
        if each.zone in inside
    }
    return _evolve(
        design,
        scenarios=added_at(design, added),
        zones=tuple(_with(z, {"frame": shifted(z.frame)}) if z.id in inside else z for z in design.zones),
        components=tuple(
            _with(c, {"position": (c.position[0] + dx, c.position[1] + dy)}) if c.zone in inside else c
            for c in design.components
        ),
        notes=tuple(
            _with(note, {"frame": shifted(note.frame)}) if area.contains(note.rect) else note
            for note in design.notes
        ),
    )


def arrangement(design: Design, positions: Mapping[str, Position], frames: Mapping[str, Frame]) -> Design:
    """Take over the result of an automatic layout as one edit; components that scenarios add may be in it.

    Those that are not, keep their places within their zones.
    """
    moved = move(design, {name: at for name, at in positions.items() if name in design.component_by_id})
    added: dict[str, Position] = {}
    for each in additions(design).values():
        zone = design.zone_by_id.get(each.zone or "")
        frame = frames.get(zone.id, zone.frame) if zone is not None else None
        if each.id in positions:
            added[each.id] = positions[each.id]
        elif zone is not None and frame is not None:
            x, y = each.position
            added[each.id] = x + frame[0] - zone.frame[0], y + frame[1] - zone.frame[1]
    return _evolve(
        moved,
        scenarios=added_at(design, added),
        zones=tuple(_with(z, {"frame": frames[z.id]}) if z.id in frames else z for z in moved.zones),
    )


def added_at(design: Design, places: Mapping[str, Position]) -> tuple[Scenario, ...]:
    """The scenarios with what they add at other places."""

    def put(change: AnyChange) -> AnyChange:
        at = places.get(change.component or "") if isinstance(change, Addition) else None
        if not isinstance(change, Addition) or at is None or at == change.add.position:
            return change
        return Addition(add=_with(change.add, {"position": at}))

    found = tuple(_with(each, {"changes": tuple(map(put, each.changes))}) for each in design.scenarios)
    return design.scenarios if found == design.scenarios else found


# Properties


def change_component(design: Design, name: str, /, **fields: Any) -> Design:
    """Change fields of a component. A new kind drops the assignments that no longer fit."""
    component = _with(_component(design, name), fields)
    assignments = design.assignments
    if component.kind != _component(design, name).kind:
        assignments = tuple(each for each in assignments if each.source != name and name not in each.chosen)
    return _evolve(design, components=_replace_components(design, {name: component}), assignments=assignments)


def change_zone(design: Design, name: str, /, **fields: Any) -> Design:
    """Change fields of a zone."""
    if name not in design.zone_by_id:
        raise DesignError(told("there is no zone {name}", name=name))
    return _evolve(
        design, zones=tuple(_with(zone, fields) if zone.id == name else zone for zone in design.zones)
    )


def change_note(design: Design, name: str, /, **fields: Any) -> Design:
    """Change fields of a note."""
    if not any(note.id == name for note in design.notes):
        raise DesignError(told("there is no note {name}", name=name))
    return _evolve(
        design, notes=tuple(_with(note, fields) if note.id == name else note for note in design.notes)
    )


def change_design(design: Design, /, **fields: Any) -> Design:
    """Change fields of the design itself: title, document data, catalog, scenarios."""
    result: Design = _with(design, fields)
    return result


def rename(design: Design, name: str, to: str) -> Design:
    """Rename a component or a zone; its id stays."""
    if name in design.zone_by_id:
        return change_zone(design, name, name=to)
    return change_component(design, name, name=to)


# Choices


def _put(values: Mapping[Any, Any], key: Any, value: Any) -> dict[Any, Any]:
    kept = {name: known for name, known in values.items() if name != key}
    return kept if value is None else {**kept, key: value}


def set_feature(design: Design, feature: str, value: bool | None, component: str | None = None) -> Design:
    """Switch a feature on or off for the design or one component; None goes back to what is inherited."""
    if component is None:
        return _evolve(design, features=_put(design.features, feature, value))
    return change_component(
        design, component, features=_put(_component(design, component).features, feature, value)
    )


def set_setting(design: Design, setting: str, value: str | None, component: str | None = None) -> Design:
    """Choose a setting for the design or one component; None goes back to what is inherited."""
    if component is None:
        return _evolve(design, settings=_put(design.settings, setting, value))
    return change_component(
        design, component, settings=_put(_component(design, component).settings, setting, value)
    )


def set_port(design: Design, component: str, default: int, actual: int | None) -> Design:
    """Let a component listen on `actual` instead of `default`; None, or the default itself, goes back (D12)."""
    value = None if actual == default else actual
    return change_component(
        design, component, ports=_put(_component(design, component).ports, default, value)
    )


def set_proxy(design: Design, component: str, traffic: str, proxy: str | None) -> Design:
    """Send a traffic class of a component through a web proxy; None goes direct (D11)."""
    return change_component(
        design, component, proxies=_put(_component(design, component).proxies, traffic, proxy)
    )


def assign(design: Design, source: str, kind: str, targets: Iterable[str] | None) -> Design:
    """Tie a component to these components of a kind; to none of them where `targets` is empty; None: all again (D2)."""
    _component(design, source)
    others = tuple(each for each in design.assignments if (each.source, each.kind) != (source, kind))
    if targets is None:
        return _evolve(design, assignments=others)
    chosen = tuple(targets)
    tie = _make(Assignment, source=source, kind=kind, targets=chosen or "none")
    return _evolve(design, assignments=(*others, tie))
