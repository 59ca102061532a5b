"""The design: what the architect placed and chose. A value; every edit makes a new one (see `edits`).

Ids are short, readable and stable. Coordinates are whole scene pixels, y downwards. Nothing derived is stored here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from model.course import Course
from model.fields import (
    Address,
    Cidr,
    Coordinate,
    DateText,
    Extent,
    Fqdn,
    HostCount,
    Line,
    Name,
    Prose,
    SettingValue,
    Several,
)
from model.frozen import Frozen
from model.geometry import Point, Rect
from model.output import MAX_JOBS, Job
from model.profile import NO_PROFILE, Profile
from model.rules import Identifier, PortNumber
from model.views import SavedView

FORMAT: Literal[1] = 1
"""The number of the file format this program writes."""

MAX_COMPONENTS = 20_000

FlowId = Annotated[str, StringConstraints(pattern=r"^F-[0-9A-HJKMNP-TV-Z]{8}$")]
"""The stable name of a flow; see `model.flow.Flow.id`."""
ZoneKind = Literal["vpc", "subnet", "dmz", "data-center", "office", "internet", "other"]


class CatalogReference(Frozen):
    """Which catalog the design was drawn against."""

    id: Identifier
    version: Annotated[str, StringConstraints(pattern=r"^[0-9a-z.-]{1,32}$")]


class Revision(Frozen):
    """One line of the revision list that the change board reads."""

    number: Annotated[int, Field(ge=0, le=1_000_000)]
    date: DateText = ""
    author: Line = ""
    text: Line = ""


class DocumentData(Frozen):
    """What the change-board document says about itself."""

    change_number: Line = ""
    author: Line = ""
    revisions: Several[Revision] = Field(default=(), max_length=1_000)


class Record(Frozen):
    """What people write beside one flow in the change-board document; nothing of it is derived.

    `nat`, `rule_number` and `log` come from whoever runs the firewall; `rfc` is the number of the change, `approval`
    says who approved what and when, `test` how its test went.
    """

    owner: Line = ""
    start: DateText = ""
    expiry: DateText = ""
    remarks: Line = ""
    nat: Line = ""
    rule_number: Line = ""
    log: Line = ""
    rfc: Line = ""
    approval: Line = ""
    test: Line = ""


NO_RECORD = Record()
"""What is written beside a flow that nobody wrote anything beside."""


class Zone(Frozen):
    """A network area. `frame` is [x, y, width, height]; `firewall` names the device its boundary stands for.

    `collapsed`: the canvas shows it as one node; its frame is kept for when it is expanded again.
    """

    id: Identifier
    name: Name
    kind: ZoneKind
    cidrs: Several[Cidr] = Field(default=(), max_length=1_000)
    parent: Identifier | None = None
    frame: tuple[Coordinate, Coordinate, Extent, Extent]
    firewall: Line = ""
    collapsed: bool = False
    locked: bool = False

    @property
    def rect(self) -> Rect:
        """The frame as a rectangle in scene pixels."""
        return Rect(*self.frame)


class Component(Frozen):
    """One host, a group of `count` identical hosts, or a service. `position` is the top left corner.

    `features` and `settings` override the design's; `ports` maps a default listening port to the one used here (D12);
    `proxies` maps a traffic class to the web proxy it goes through (D11).
    """

    id: Identifier
    kind: Identifier
    name: Name
    zone: Identifier | None = None
    position: tuple[Coordinate, Coordinate] = (0, 0)
    count: HostCount = 1
    addresses: Several[Address] = Field(default=(), max_length=10_000)
    fqdn: Fqdn | None = None
    features: dict[Identifier, bool] = Field(default_factory=dict)
    settings: dict[Identifier, SettingValue] = Field(default_factory=dict)
    ports: dict[PortNumber, PortNumber] = Field(default_factory=dict)
    proxies: dict[Identifier, Identifier] = Field(default_factory=dict)
    locked: bool = False
    """Not moved, renamed or deleted by hand; see `model.locks`."""

    @property
    def point(self) -> Point:
        """The position as a point in scene pixels."""
        return Point(*self.position)


class Assignment(Frozen):
    """Narrows D2: `source` uses only `targets` of a kind, or none of that kind. Without one it uses all of them."""

    source: Identifier
    kind: Identifier
    targets: Literal["none"] | Several[Identifier]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen components; empty for "none"."""
        return () if self.targets == "none" else self.targets


class Note(Frozen):
    """Free text on the canvas; `frame` is [x, y, width, height]."""

    id: Identifier
    text: Prose
    frame: tuple[Coordinate, Coordinate, Extent, Extent]
    locked: bool = False

    @property
    def rect(self) -> Rect:
        """The frame as a rectangle in scene pixels."""
        return Rect(*self.frame)


class Change(Frozen):
    """One what-if change to the design or to one component.

    It sets a feature (true or false; null goes back to what is inherited) or a setting.
    """

    feature: Identifier | None = None
    setting: Identifier | None = None
    value: bool | SettingValue | None
    component: Identifier | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.feature is None) == (self.setting is None):
            raise ValueError("a change names either a feature or a setting")
        if self.value is not None and isinstance(self.value, bool) != (self.feature is not None):
            raise ValueError("a feature is set to true or false, a setting to a text")
        return self


class PortChange(Frozen):
    """Lets a component listen on `value` instead of the default `port`; null goes back to the default (D12)."""

    port: PortNumber
    value: PortNumber | None
    component: Identifier


class ProxyChange(Frozen):
    """Sends a traffic class of a component through the web proxy `value`; null goes direct (D11)."""

    traffic: Identifier
    value: Identifier | None
    component: Identifier


class ServersChange(Frozen):
    """Ties a component to these components of the kind `servers`, or to none; null: to all of them again (D2)."""

    servers: Identifier
    value: Literal["none"] | Several[Identifier] | None
    component: Identifier

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.value == ():
            raise ValueError('name at least one component, or write "none" or null')
        return self


class CountChange(Frozen):
    """Makes a component a group of `count` hosts."""

    count: HostCount
    component: Identifier


class Addition(Frozen):
    """Puts a component on the canvas."""

    add: Component

    @property
    def component(self) -> str:
        """The id of the component."""
        return self.add.id

    def __hash__(self) -> int:
        return hash(self.add.id)


class Removal(Frozen):
    """Takes a component from the canvas, with the ties to it."""

    remove: Identifier

    @property
    def component(self) -> str:
        """The id of the component."""
        return self.remove


def _member(value: Any) -> str:
    """Which change is written, told apart by its key; what has none of the keys is read as a feature or setting."""
    keys = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Frozen) else ()
    return next((name for key, name in _MEMBERS.items() if key in keys), "Change")


_MEMBERS = {
    "port": "PortChange",
    "traffic": "ProxyChange",
    "servers": "ServersChange",
    "count": "CountChange",
    "add": "Addition",
    "remove": "Removal",
}

AnyChange = Annotated[
    Annotated[Change, Tag("Change")]
    | Annotated[PortChange, Tag("PortChange")]
    | Annotated[ProxyChange, Tag("ProxyChange")]
    | Annotated[ServersChange, Tag("ServersChange")]
    | Annotated[CountChange, Tag("CountChange")]
    | Annotated[Addition, Tag("Addition")]
    | Annotated[Removal, Tag("Removal")],
    Discriminator(_member),
]
"""One change that a scenario may make; a closed union, told apart by its key."""


def mentioned(change: AnyChange) -> tuple[str, ...]:
    """The components that a change needs to be there, by id."""
    match change:
        case Addition():
            return tuple(change.add.proxies.values())
        case ProxyChange(value=str(proxy)):
            return change.component, proxy
        case ServersChange(value=tuple(servers)):
            return change.component, *servers
        case _:
            return (change.component,) if change.component is not None else ()


class Scenario(Frozen):
    """A named set of changes laid over the design. They may name the design's components and those they add."""

    id: Identifier
    name: Name
    changes: Several[AnyChange] = ()


class Design(Frozen):
    """Everything the architect decided. Construction checks ids, references and the zone tree (ValidationError)."""

    format: Literal[1] = FORMAT
    catalog: CatalogReference
    title: Line = ""
    document: DocumentData = DocumentData()
    features: dict[Identifier, bool] = Field(default_factory=dict)
    settings: dict[Identifier, SettingValue] = Field(default_factory=dict)
    zones: Several[Zone] = Field(default=(), max_length=MAX_COMPONENTS)
    components: Several[Component] = Field(default=(), max_length=MAX_COMPONENTS)
    assignments: Several[Assignment] = Field(default=(), max_length=10 * MAX_COMPONENTS)
    notes: Several[Note] = Field(default=(), max_length=MAX_COMPONENTS)
    scenarios: Several[Scenario] = Field(default=(), max_length=1_000)
    views: Several[SavedView] = Field(default=(), max_length=1_000)
    courses: Several[Course] = Field(default=(), max_length=10 * MAX_COMPONENTS)
    records: dict[FlowId, Record] = Field(default_factory=dict, max_length=10 * MAX_COMPONENTS)
    """By flow id; one of a flow that is gone is kept, so that it is there again when the flow comes back."""
    profile: Profile = NO_PROFILE
    jobs: Several[Job] = Field(default=(), max_length=MAX_JOBS)

    @cached_property
    def component_by_id(self) -> dict[str, Component]:
        """Components by id."""
        return {component.id: component for component in self.components}

    @cached_property
    def course_of(self) -> dict[tuple[str, str], Course]:
        """Courses by source and target."""
        return {course.pair: course for course in self.courses}

    @cached_property
    def zone_by_id(self) -> dict[str, Zone]:
        """Zones by id."""
        return {zone.id: zone for zone in self.zones}

    @cached_property
    def components_by_kind(self) -> dict[str, tuple[Component, ...]]:
        """Components of each kind, in design order."""
        found: dict[str, list[Component]] = {}
        for component in self.components:
            found.setdefault(component.kind, []).append(component)
        return {kind: tuple(components) for kind, components in found.items()}

    @cached_property
    def assignments_of(self) -> dict[str, dict[str, Assignment]]:
        """Assignments by source and kind."""
        found: dict[str, dict[str, Assignment]] = {}
        for assignment in self.assignments:
            found.setdefault(assignment.source, {})[assignment.kind] = assignment
        return found

    def zone_chain(self, zone: str | None) -> tuple[str, ...]:
        """A zone and its parents, innermost first; empty for None."""
        chain: list[str] = []
        while zone is not None:
            chain.append(zone)
            zone = self.zone_by_id[zone].parent
        return tuple(chain)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for problem in _problems(self):
            raise ValueError(problem)
        return self


def _colliding(*collections: tuple[str, Iterable[str]]) -> Iterator[str]:
    """Ids used twice in collections that share one name space."""
    seen: set[str] = set()
    for what, ids in collections:
        for number, name in enumerate(ids):
            if name in seen:
                yield f"{what}[{number}].id: the id {name} is used twice; give each thing its own id"
            seen.add(name)


def _zone_problems(design: Design) -> Iterator[str]:
    parents = {zone.id: zone.parent for zone in design.zones}
    settled: set[str] = set()
    for number, zone in enumerate(design.zones):
        if zone.parent is not None and zone.parent not in parents:
            yield f"zones[{number}].parent: there is no zone {zone.parent}"
            return
    for number, zone in enumerate(design.zones):
        walked: set[str] = set()
        at: str | None = zone.id
        while at is not None and at not in settled:
            if at in walked:
                yield f"zones[{number}].parent: the zone {zone.id} lies within itself; break the circle"
                return
            walked.add(at)
            at = parents[at]
        settled |= walked


def _component_problems(design: Design) -> Iterator[str]:
    zones = {zone.id for zone in design.zones}
    kinds = {component.id: component.kind for component in design.components}
    for number, component in enumerate(design.components):
        where = f"components[{number}]"
        if component.zone is not None and component.zone not in zones:
            yield f"{where}.zone: there is no zone {component.zone}"
        for traffic, proxy in component.proxies.items():
            if proxy not in kinds:
                yield f"{where}.proxies.{traffic}: there is no component {proxy}"
            elif proxy == component.id:
                yield f"{where}.proxies.{traffic}: a component cannot be its own proxy"


def _assignment_problems(design: Design) -> Iterator[str]:
    kinds = {component.id: component.kind for component in design.components}
    seen: set[tuple[str, str]] = set()
    for number, assignment in enumerate(design.assignments):
        where = f"assignments[{number}]"
        if assignment.source not in kinds:
            yield f"{where}.source: there is no component {assignment.source}"
        if (assignment.source, assignment.kind) in seen:
            yield f"{where}: {assignment.source} already has an assignment for {assignment.kind}; keep one"
        seen.add((assignment.source, assignment.kind))
        if assignment.targets == ():
            yield f'{where}.targets: name at least one component, or write "none"'
        if len(set(assignment.chosen)) != len(assignment.chosen):
            yield f"{where}.targets: a component is named twice"
        for target in assignment.chosen:
            if target not in kinds:
                yield f"{where}.targets: there is no component {target}"
            elif kinds[target] != assignment.kind:
                yield f"{where}.targets: {target} is of kind {kinds[target]}, not {assignment.kind}"
            elif target == assignment.source:
                yield f"{where}.targets: a component cannot be assigned to itself"


def _problems(design: Design) -> Iterator[str]:
    yield from _colliding(
        ("zones", [zone.id for zone in design.zones]),
        ("components", [component.id for component in design.components]),
        ("notes", [note.id for note in design.notes]),
    )
    yield from _colliding(("scenarios", [scenario.id for scenario in design.scenarios]))
    yield from _colliding(("views", [view.id for view in design.views]))
    yield from _colliding(("jobs", [job.id for job in design.jobs]))
    pairs: set[tuple[str, str]] = set()
    for number, course in enumerate(design.courses):
        if course.pair in pairs:
            yield f"courses[{number}]: {course.source} to {course.target} already has a course; keep one"
        pairs.add(course.pair)
    yield from _zone_problems(design)
    yield from _component_problems(design)
    yield from _assignment_problems(design)
    components = {component.id for component in design.components}
    for number, scenario in enumerate(design.scenarios):
        added = {change.component for change in scenario.changes if isinstance(change, Addition)}
        for place, change in enumerate(scenario.changes):
            where = f"scenarios[{number}].changes[{place}]"
            for name in mentioned(change):
                if name not in components and name not in added:
                    yield f"{where}.{_place_of(change, name)}: there is no component {name}"
            if isinstance(change, Addition) and not {change.add.zone} <= {None, *design.zone_by_id}:
                yield f"{where}.add.zone: there is no zone {change.add.zone}"


def _place_of(change: AnyChange, name: str) -> str:
    """The field of a change that names a component."""
    if isinstance(change, Addition):
        return "add.proxies"
    if isinstance(change, Removal):
        return "remove"
    return "component" if change.component == name else "value"
