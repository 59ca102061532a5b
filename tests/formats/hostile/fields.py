"""Every text in a design's file, found in a design that has one of everything, and texts put in their place."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from exports.choice import Choice
from exports.existing.judge import judge
from exports.existing.rules_table import read_table
from exports.report import Report
from model.derivation.derive import derive
from model.design.changes import (
    Addition,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    Scenario,
    ServersChange,
)
from model.design.course import Course
from model.design.design import Design, DocumentData, Record, Revision
from model.design.elements import Assignment, Component, Note
from model.design.output import Job, Output
from model.design.profile import Profile
from model.design.views import Filter, SavedView
from model.editing.records import FIELDS as RECORDED
from model.errors import FileError
from model.frozen import Frozen
from model.storage import dump, parse_design
from model.tables.columnsets import AS_IS, COLUMN_SETS
from model.tables.matrix import COLUMNS
from tests.designs import shipped_catalog
from tests.outputs import logos
from tests.reports import report_of, sample

Place = tuple[str | int, ...]


@cache
def full_design() -> Design:
    """A sample with every field of a design's file in use.

    All components stand in zones: rows are sorted by zone, and what stands in none has a name that is no field.
    """
    design = sample("on-premises")
    home = design.zones[0].id
    design = design.evolve(
        components=tuple(each.evolve(zone=each.zone or home) for each in design.components)
    )
    relay = next(each for each in design.components if each.kind == "relay")
    agent, *others = [each for each in design.components if each.kind == "agent"]
    proxy = Component(
        id="egress",
        kind="web-proxy",
        name="plain",
        zone=home,
        addresses=("10.9.9.9",),
        fqdn="egress.example.com",
    )
    changes = (
        Change(feature="smart-scan", value=False),
        Change(setting="communication", value="bidirectional", component=agent.id),
        PortChange(port=4122, value=14122, component=relay.id),
        ProxyChange(traffic="management", value=proxy.id, component=agent.id),
        ServersChange(servers="relay", value=(relay.id,), component=agent.id),
        CountChange(count=3, component=agent.id),
        Removal(remove=others[0].id),
        Addition(add=Component(id="new", kind="agent", name="plain", zone=home)),
    )
    first, *zones = design.zones
    design = design.evolve(
        title="plain",
        document=DocumentData(
            change_number="plain",
            author="plain",
            revisions=(Revision(number=1, date="2026-01-02", author="plain", text="plain"),),
        ),
        features={"smart-scan": True},
        settings={"communication": "bidirectional"},
        zones=(first.evolve(firewall="plain", cidrs=("10.0.0.0/8",)), *zones),
        components=(
            *(
                each.evolve(
                    features={"smart-scan": True},
                    settings={"communication": "agent-initiated"},
                    proxies={"management": proxy.id},
                    ports={4118: 14118},
                )
                if each.id == agent.id
                else each
                for each in design.components
            ),
            proxy,
        ),
        assignments=(Assignment(source=agent.id, kind="relay", targets=(relay.id,)),),
        notes=(Note(id="note", text="plain", frame=(0, -200, 300, 100)),),
        scenarios=(Scenario(id="scenario", name="plain", changes=changes),),
        views=(
            SavedView(
                id="view",
                name="plain",
                filter=Filter(features=("smart-scan",), zones=(first.id,)),
                hidden=("infrastructure",),
            ),
        ),
        courses=(Course(source=agent.id, target=relay.id, axis="y", places=(5,)),),
        profile=Profile(
            company="plain", logo=logos()[1], paper="a3", orientation="portrait", approvers=("plain",)
        ),
        jobs=(
            Job(
                id="job",
                name="plain",
                outputs=(
                    Output(
                        format="csv",
                        language="ja",
                        columns=("port",),
                        headings="ja",
                        theme="dark",
                        encoding="cp932",
                    ),
                ),
                scenarios=("scenario",),
                baseline="plain",
                rules=("plain",),
                rules_at=agent.id,
                rules_groups=(f"sg-1={agent.id}",),
                profile="plain",
                folder="plain",
                pattern="plain",
            ),
        ),
    )
    texts = {name: "2026-01-02" if name in ("start", "expiry") else "plain" for name in RECORDED}
    flows = derive(design, shipped_catalog()).flows
    return design.evolve(records={flow.id: Record(**texts) for flow in flows})


@cache
def _document() -> Any:
    return json.loads(dump(full_design()))


def _texts(value: Any, place: Place = ()) -> Iterator[Place]:
    if isinstance(value, str):
        yield place
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, (*place, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _texts(each, (*place, number))


_MAPS = {"features", "settings", "proxies", "records"}


def _general(place: Place) -> str:
    """A place without numbers and keys: `components[].name`."""
    words: list[str] = []
    for number, step in enumerate(place):
        if isinstance(step, int):
            words[-1] += "[]"
        elif number and place[number - 1] in _MAPS:
            words[-1] += "{}"
        else:
            words.append(step)
    return ".".join(words)


@cache
def places() -> dict[str, tuple[Place, ...]]:
    """The places of all texts in the file, by field."""
    found: dict[str, list[Place]] = {}
    for place in _texts(_document()):
        found.setdefault(_general(place), []).append(place)
    return {field: tuple(each) for field, each in found.items()}


def with_texts(fields: Iterable[str], text: str, base: Design | None = None) -> Design:
    """The full design (or `base`), read from a file in which a text stands in some fields. Raises FileError."""
    document = json.loads(dump(base or full_design()))
    for field in fields:
        for place in places()[field]:
            at = document
            for step in place[:-1]:
                at = at[step]
            at[place[-1]] = text
    return parse_design(json.dumps(document).encode())


def unused(design: Design, schema: dict[str, Any]) -> set[tuple[str, str]]:
    """The texts (class, field) that a design's file may have by its schema, and this design leaves out."""
    known = {
        (name, field)
        for name, definition in {"Design": schema, **schema["$defs"]}.items()
        for field, value in definition.get("properties", {}).items()
        if '"string"' in json.dumps(value)
    }
    used: set[tuple[str, str]] = set()
    waiting: list[object] = [design]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Frozen):
            fields = {name: getattr(value, name) for name in value.model_fields_set}
            used |= {(type(value).__name__, name) for name, each in fields.items() if each}
            waiting += fields.values()
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, tuple):
            waiting += value
    return known - used


def accepts(field: str, text: str) -> bool:
    """Whether a design's file may have a text in a field."""
    try:
        with_texts((field,), text)
    except FileError:
        return False
    return True


def whole_report(design: Design, rule: str) -> Report:
    """The report on a design with every column, compared with one existing rule of a name. Raises FileError."""
    report = report_of(design, "both")
    rows = io.StringIO()
    csv.writer(rows).writerows(
        [
            ("rule", "action", "source", "destination", "protocol", "port"),
            (rule, "permit", "any", "any", "any", "any"),
        ]
    )
    existing = judge(report.graph, read_table(Path("rules.csv"), rows.getvalue()))
    columns = dict.fromkeys((*(each.id for each in COLUMNS), *COLUMN_SETS, *(each.id for each in AS_IS)))
    return replace(report, existing=existing, choice=Choice(columns=tuple(columns), scale=0.25))
