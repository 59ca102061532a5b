"""Parts of a design on their way: what travels with them, what is tied on arrival, and what is refused."""

from __future__ import annotations

import json
import random

import pytest

from model.catalog.catalog import Catalog
from model.design.course import Course
from model.design.design import CatalogReference, Design
from model.editing import edits, locks, parts
from model.errors import FileError
from tests.designs import random_design

EMPTY = Design(catalog=CatalogReference(id="c", version="1"))


def small() -> Design:
    """An agent in a zone, tied to a relay in it and to one outside, behind a proxy outside; a note in the zone."""
    design, _ = edits.add_zone(EMPTY, "Zone", "vpc", (0, 0, 400, 300))
    design, _ = edits.place(design, "agent", "web", (20, 40), "zone")
    design, _ = edits.place(design, "relay", "inner", (220, 40), "zone")
    design, _ = edits.place(design, "relay", "outer", (600, 40))
    design, _ = edits.place(design, "web-proxy", "proxy", (600, 140))
    design, _ = edits.add_note(design, "n", (20, 200, 100, 50))
    design = edits.assign(design, "web", "relay", ["inner", "outer"])
    return edits.set_proxy(design, "web", "internet", "proxy")


def test_a_zone_travels_with_all_it_holds_and_ties_among_the_copied_are_kept() -> None:
    design = small()
    arrival = parts.paste(design, parts.take(design, ["zone"]), (1000, 0))
    after = arrival.design
    assert arrival.names == {"zone": "zone-2", "web": "web-2", "inner": "inner-2", "note": "note-2"}
    assert after.component_by_id["web-2"].zone == "zone-2"
    assert after.component_by_id["web-2"].position == (1020, 40)
    assert after.assignments_of["web-2"]["relay"].chosen == ("inner-2", "outer")
    assert after.component_by_id["web-2"].proxies == {"internet": "proxy"}
    assert after.assignments_of["web"]["relay"].chosen == ("inner", "outer")
    assert arrival.lost == 0


def test_bent_connectors_among_the_copied_come_along_and_others_stay() -> None:
    among = Course(source="web", target="inner", axis="x", places=(60, 200))
    design = edits.change_design(small(), courses=(among, Course(source="web", target="outer", places=(5,))))
    sent = parts.read(parts.write(parts.take(design, ["zone"])), "clipboard")
    after = parts.paste(design, sent, (1000, 30)).design
    assert after.courses[:2] == design.courses
    assert after.courses[2:] == (Course(source="web-2", target="inner-2", axis="x", places=(90, 1200)),)
    assert len(parts.paste(EMPTY, sent, (0, 0)).design.courses) == 1


def test_in_another_design_ties_to_what_stayed_behind_are_lost_and_counted() -> None:
    sent = parts.take(small(), ["zone"])
    arrival = parts.paste(EMPTY, parts.read(parts.write(sent), "clipboard"), (0, 0))
    assert arrival.design.component_by_id.keys() == {"web", "inner"}
    assert arrival.design.assignments_of["web"]["relay"].chosen == ("inner",)
    assert arrival.design.component_by_id["web"].proxies == {}
    assert arrival.lost == 2


def test_a_namesake_of_another_kind_is_not_the_component_that_was_meant() -> None:
    other, _ = edits.place(EMPTY, "agent", "outer", (0, 0))
    assert parts.paste(other, parts.take(small(), ["zone"]), (0, 0)).lost == 2


def test_a_tie_to_none_stays_one() -> None:
    design = edits.assign(small(), "web", "relay", [])
    after = parts.paste(EMPTY, parts.take(design, ["web"]), (0, 0)).design
    assert after.assignments_of["web"]["relay"].targets == "none"


def test_copies_are_not_locked() -> None:
    design = locks.set_locked(small(), ["zone", "web", "note"], True)
    assert locks.locked(parts.paste(EMPTY, parts.take(design, ["zone"]), (0, 0)).design) == frozenset()


def test_cut_and_pasted_into_the_empty_place_a_component_keeps_its_id() -> None:
    design = small()
    sent = parts.take(design, ["web"])
    after = parts.paste(edits.delete(design, ["web"]), sent, (0, 0)).design
    assert after.assignments_of["web"] == design.assignments_of["web"]


def test_any_parts_come_back_as_they_were_written(catalog: Catalog) -> None:
    rng = random.Random(11)
    for _ in range(60):
        design = random_design(rng, catalog, 8)
        every = [*design.component_by_id, *design.zone_by_id, *(note.id for note in design.notes)]
        sent = parts.take(design, rng.sample(every, rng.randrange(len(every) + 1)))
        assert parts.read(parts.write(sent), "clipboard") == sent
        arrival = parts.paste(design, sent, (10, 10))
        assert arrival.lost == 0
        assert len(arrival.design.components) == len(design.components) + len(sent.components)


def altered(**changes: object) -> bytes:
    raw = json.loads(parts.write(parts.take(small(), ["zone"])))
    return json.dumps(raw | changes).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"what": "portchart-parts"}',
        altered(what="something"),
        altered(more=1),
        altered(outside="outer"),
        altered(outside=["nobody"]),
        altered(outside=[[]]),
        altered(design=3),
        altered(design={"format": 1}),
        parts.write(parts.take(small(), ["zone"])).replace(b'"outside"', b'"what": "x", "outside"'),
    ],
)
def test_what_is_no_part_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(FileError, match="clipboard: "):
        parts.read(data, "clipboard")
