"""The design: what the architect placed and chose. A value; every edit makes a new one (see `edits`).

Ids are short, readable and stable. Coordinates are whole scene pixels, y downwards. Nothing derived is stored here.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from model.catalog.rules import Identifier
from model.design.changes import Addition, AnyChange, Removal, Scenario, mentioned
from model.design.course import Course
from model.design.elements import Assignment, Component, Note, Zone
from model.design.fields import DateText, Line, SettingValue, Several
from model.design.output import MAX_JOBS, Job
from model.design.profile import NO_PROFILE, Profile
from model.design.views import SavedView
from model.frozen import Frozen
from model.sentences import Sentence, told

FORMAT: Literal[1] = 1
"""The number of the file format this program writes."""

MAX_COMPONENTS = 20_000

FlowId = Annotated[str, StringConstraints(pattern=r"^F-[0-9A-HJKMNP-TV-Z]{8}$")]
"""The stable name of a flow; see `model.flow.Flow.id`."""


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
        for place, reason in _problems(self):
            raise ValueError(told("{place}: {reason}", place=place, reason=reason))
        return self


_Problem = tuple[str, Sentence]
"""A place in a design, and what is wrong there."""


def _colliding(*collections: tuple[str, Iterable[str]]) -> Iterator[_Problem]:
    """Ids used twice in collections that share one name space."""
    seen: set[str] = set()
    for what, ids in collections:
        for number, name in enumerate(ids):
            if name in seen:
                yield (
                    f"{what}[{number}].id",
                    told("the id {name} is used twice; give each thing its own id", name=name),
                )
            seen.add(name)


def _zone_problems(design: Design) -> Iterator[_Problem]:
    parents = {zone.id: zone.parent for zone in design.zones}
    settled: set[str] = set()
    for number, zone in enumerate(design.zones):
        if zone.parent is not None and zone.parent not in parents:
            yield f"zones[{number}].parent", told("there is no zone {name}", name=zone.parent)
            return
    for number, zone in enumerate(design.zones):
        walked: set[str] = set()
        at: str | None = zone.id
        while at is not None and at not in settled:
            if at in walked:
                yield (
                    f"zones[{number}].parent",
                    told("the zone {id} lies within itself; break the circle", id=zone.id),
                )
                return
            walked.add(at)
            at = parents[at]
        settled |= walked


def _component_problems(design: Design) -> Iterator[_Problem]:
    zones = {zone.id for zone in design.zones}
    kinds = {component.id: component.kind for component in design.components}
    for number, component in enumerate(design.components):
        where = f"components[{number}]"
        if component.zone is not None and component.zone not in zones:
            yield f"{where}.zone", told("there is no zone {name}", name=component.zone)
        for traffic, proxy in component.proxies.items():
            if proxy not in kinds:
                yield f"{where}.proxies.{traffic}", told("there is no component {name}", name=proxy)
            elif proxy == component.id:
                yield f"{where}.proxies.{traffic}", told("a component cannot be its own proxy")


def _assignment_problems(design: Design) -> Iterator[_Problem]:
    kinds = {component.id: component.kind for component in design.components}
    seen: set[tuple[str, str]] = set()
    for number, assignment in enumerate(design.assignments):
        where = f"assignments[{number}]"
        if assignment.source not in kinds:
            yield f"{where}.source", told("there is no component {name}", name=assignment.source)
        if (assignment.source, assignment.kind) in seen:
            yield (
                where,
                told(
                    "{source} already has an assignment for {kind}; keep one",
                    source=assignment.source,
                    kind=assignment.kind,
                ),
            )
        seen.add((assignment.source, assignment.kind))
        if assignment.targets == ():
            yield f"{where}.targets", told('name at least one component, or write "none"')
        if len(set(assignment.chosen)) != len(assignment.chosen):
            yield f"{where}.targets", told("a component is named twice")
        for target in assignment.chosen:
            if target not in kinds:
                yield f"{where}.targets", told("there is no component {name}", name=target)
            elif kinds[target] != assignment.kind:
                yield (
                    f"{where}.targets",
                    told(
                        "{target} is of kind {found}, not {kind}",
                        target=target,
                        found=kinds[target],
                        kind=assignment.kind,
                    ),
                )
            elif target == assignment.source:
                yield f"{where}.targets", told("a component cannot be assigned to itself")


def _problems(design: Design) -> Iterator[_Problem]:
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
            yield (
                f"courses[{number}]",
                told(
                    "{source} to {target} already has a course; keep one",
                    source=course.source,
                    target=course.target,
                ),
            )
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
                    yield (
                        f"{where}.{_place_of(change, name)}",
                        told("there is no component {name}", name=name),
                    )
            if isinstance(change, Addition) and not {change.add.zone} <= {None, *design.zone_by_id}:
                yield f"{where}.add.zone", told("there is no zone {name}", name=change.add.zone)


def _place_of(change: AnyChange, name: str) -> str:
    """The field of a change that names a component."""
    if isinstance(change, Addition):
        return "add.proxies"
    if isinstance(change, Removal):
        return "remove"
    return "component" if change.component == name else "value"
