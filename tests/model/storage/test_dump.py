"""The canonical form: nothing lost, nothing arbitrary, and small differences for small edits."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import resources
from model.design.design import CatalogReference, Design, DocumentData, Revision
from model.design.elements import Assignment, Component, Note, Zone
from model.storage import dump, load, parse_design
from tests.designs import designs, random_design, shipped_catalog

EVERYTHING = Design(
    catalog=CatalogReference(id="govcloud", version="1"),
    title='本番 "A"',
    document=DocumentData(
        author="山田", revisions=(Revision(number=1, date="2026-01-31"), Revision(number=2))
    ),
    features={"web-reputation": True, "smart-scan": False},
    zones=(
        Zone(id="vpc", name="VPC", kind="vpc", cidrs=("10.0.0.0/16", "10.1.0.0/16"), frame=(0, -5, 400, 300)),
        Zone(id="web", name="Web", kind="subnet", parent="vpc", frame=(10, 10, 100, 100), firewall="fw"),
    ),
    components=(
        Component(id="agent-1", kind="agent", name="A", zone="web", ports={4122: 5000, 443: 8443}, count=40),
        Component(id="relay-1", kind="relay", name="R", position=(7, 8), features={"b": True, "a": False}),
    ),
    assignments=(
        Assignment(source="agent-1", kind="relay", targets=("relay-1",)),
        Assignment(source="agent-1", kind="siem", targets="none"),
    ),
    notes=(Note(id="note-1", text="one\ntwo", frame=(0, 0, 50, 50)),),
)

WRITTEN = """\
{
  "format": 1,
  "catalog": {"id": "govcloud", "version": "1"},
  "title": "本番 \\"A\\"",
  "document": {
    "author": "山田",
    "revisions": [
      {"number": 1, "date": "2026-01-31"},
      {"number": 2}
    ]
  },
  "features": {
    "smart-scan": false,
    "web-reputation": true
  },
  "zones": [
    {
      "id": "vpc",
      "name": "VPC",
      "kind": "vpc",
      "cidrs": ["10.0.0.0/16", "10.1.0.0/16"],
      "frame": [0, -5, 400, 300]
    },
    {
      "id": "web",
      "name": "Web",
      "kind": "subnet",
      "parent": "vpc",
      "frame": [10, 10, 100, 100],
      "firewall": "fw"
    }
  ],
  "components": [
    {
      "id": "agent-1",
      "kind": "agent",
      "name": "A",
      "zone": "web",
      "position": [0, 0],
      "count": 40,
      "ports": {"443": 8443, "4122": 5000}
    },
    {
      "id": "relay-1",
      "kind": "relay",
      "name": "R",
      "position": [7, 8],
      "features": {"a": false, "b": true}
    }
  ],
  "assignments": [
    {"source": "agent-1", "kind": "relay", "targets": ["relay-1"]},
    {"source": "agent-1", "kind": "siem", "targets": "none"}
  ],
  "notes": [
    {"id": "note-1", "text": "one\\ntwo", "frame": [0, 0, 50, 50]}
  ]
}
"""


def test_the_form_in_full() -> None:
    assert dump(EVERYTHING).decode() == WRITTEN


def test_an_empty_design_is_short() -> None:
    empty = Design(catalog=CatalogReference(id="a", version="1"))
    assert dump(empty) == b'{\n  "format": 1,\n  "catalog": {"id": "a", "version": "1"}\n}\n'


def test_what_if_changes_take_a_line_each_and_keep_null() -> None:
    changes = [{"feature": "a", "value": None}, {"setting": "b", "value": "c", "component": "d"}]
    raw = {
        "format": 1,
        "catalog": {"id": "a", "version": "1"},
        "components": [{"id": "d", "kind": "agent", "name": "d"}],
        "scenarios": [{"id": "s", "name": "S", "changes": changes}],
    }
    design = parse_design(json.dumps(raw).encode())
    assert dump(design).decode().splitlines()[-11:] == [
        '  "scenarios": [',
        "    {",
        '      "id": "s",',
        '      "name": "S",',
        '      "changes": [',
        '        {"feature": "a", "value": null},',
        '        {"setting": "b", "value": "c", "component": "d"}',
        "      ]",
        "    }",
        "  ]",
        "}",
    ]


@given(designs())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back_whatever_the_order_of_keys(design: Design) -> None:
    written = dump(design)
    again = parse_design(written)
    assert again == design
    assert dump(again) == written
    shuffled = json.dumps(backwards(json.loads(written))).encode()
    assert dump(parse_design(shuffled)) == written


def backwards(value: object) -> object:
    """The same data with the keys of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(60))
def test_what_is_written_of_full_designs_is_read_back(seed: int) -> None:
    rng = random.Random(seed)
    design = random_design(rng, shipped_catalog(), rng.randint(0, 40))
    written = dump(design)
    assert parse_design(written) == design
    assert dump(parse_design(written)) == written


def changed_lines(before: Design, after: Design) -> list[tuple[str, str]]:
    old, new = dump(before).decode().splitlines(), dump(after).decode().splitlines()
    assert len(old) == len(new)
    return [(one, other) for one, other in zip(old, new, strict=True) if one != other]


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("position", [(-40, 1234), (0, 0), (7, 0)])
def test_moving_a_component_changes_one_line(number: int, position: tuple[int, int]) -> None:
    components = list(EVERYTHING.components)
    components[number] = components[number].evolve(position=position)
    moved = EVERYTHING.evolve(components=tuple(components))
    if moved == EVERYTHING:
        assert changed_lines(EVERYTHING, moved) == []
    else:
        [(old, new)] = changed_lines(EVERYTHING, moved)
        assert new.strip().rstrip(",") == f'"position": [{position[0]}, {position[1]}]'
        assert old.strip().startswith('"position": ')


def test_other_small_edits_change_one_line() -> None:
    zone = EVERYTHING.zones[0].evolve(frame=(0, 0, 500, 300))
    resized = EVERYTHING.evolve(zones=(zone, *EVERYTHING.zones[1:]))
    switched = EVERYTHING.evolve(features={"web-reputation": False, "smart-scan": False})
    retied = EVERYTHING.evolve(
        assignments=(EVERYTHING.assignments[0].evolve(targets="none"), EVERYTHING.assignments[1])
    )
    renamed = EVERYTHING.evolve(
        components=(EVERYTHING.components[0].evolve(name="業務"), EVERYTHING.components[1])
    )
    for after in (resized, switched, retied, renamed):
        assert len(changed_lines(EVERYTHING, after)) == 1


@pytest.mark.parametrize("name", resources.names("samples", ".portchart"))
def test_the_samples_are_in_canonical_form(name: str) -> None:
    path = Path(resources.path(name))
    assert dump(load(path).design) == path.read_bytes()
