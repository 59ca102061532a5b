"""Inventories laid beside a design: what folds into groups, what is found again, and where new cards are put."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from model.catalog.condition import AGENT_VERSION
from model.design.design import MAX_COMPONENTS, CatalogReference, Design
from model.design.elements import Component, Note, Zone
from model.errors import DesignError
from model.inventory.planning import Plan, Step, plan
from model.inventory.rows import Entry, Inventory, row_list, stem
from model.inventory.taking import take
from model.shapes.geometry import Rect, Size
from tests.designs import random_design, shipped_catalog

CARD = Size(150, 60)
EMPTY = Design(catalog=CatalogReference(id=shipped_catalog().id, version=shipped_catalog().version))
APP = Zone(id="app", name="App", kind="subnet", frame=(0, 0, 400, 200))


def cards(design: Design) -> Mapping[str, Size]:
    return {component.id: CARD for component in design.components}


def planned(design: Design, *entries: Entry) -> Plan:
    return plan(design, shipped_catalog(), Inventory("hosts.csv", {}, entries))


def hosts(*names: str, zone: str = "App", version: str = "", first: int = 2) -> list[Entry]:
    return [
        Entry(n, name, "agent", zone, (f"10.9.9.{n}",), version) for n, name in enumerate(names, start=first)
    ]  # fmt: skip


def brief(step: Step) -> tuple[str, str, int, tuple[str, ...]]:
    return step.fate, step.name, step.count, step.addresses


def after(design: Design, *entries: Entry) -> Design:
    return take(design, planned(design, *entries), cards).design


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("web-01", "web"), ("web01", "web"), ("web_1", "web"), ("web 7", "web"), ("サーバー３", "サーバー"),
        ("10", "10"),
        ("web-01.example.com", "web.example.com"),
        ("web1.a2.example", "web.a2.example"),
        ("app1.2", "app1.2"),
        ("web", "web"), ("web-01a", "web-01a"), ("10.0.0.1", "10.0.0.1"), ("a1-b2", "a1-b"), ("v2-01", "v2-01"),
    ],
)  # fmt: skip
def test_names_lose_only_the_number_at_their_end(name: str, bare: str) -> None:
    assert stem(name) == bare


def test_rows_are_told_in_runs() -> None:
    assert row_list([4, 2, 3, 9], "en") == "2–4, 9"
    assert row_list(range(1, 21, 2), "en") == "1, 3, 5, 7, 9, 11, 4 more"
    assert row_list(range(1, 21, 2), "ja") == "1、3、5、7、9、11、ほか 4 行"


def test_identical_hosts_become_one_group_and_are_found_again() -> None:
    rows = hosts("shop-01", "shop-02", "SHOP03", "db-1")
    first = planned(EMPTY, *rows)
    assert [brief(step) for step in first.steps] == [
        ("added", "shop", 3, ("10.9.9.2", "10.9.9.3", "10.9.9.4")),
        ("added", "db-1", 1, ("10.9.9.5",)),
    ]
    assert first.zones == ("App",)
    design = after(EMPTY, *rows)
    assert [step.fate for step in planned(design, *rows).steps] == ["unchanged", "unchanged"]


def test_a_host_that_joins_a_group_makes_it_larger_and_part_of_a_group_changes_nothing() -> None:
    design = after(EMPTY, *hosts("shop-01", "shop-02", "shop-03"))
    (step,) = planned(design, Entry(2, "shop-04", "agent", "App", ("10.9.9.9",))).steps
    assert brief(step) == ("updated", "shop", 4, ("10.9.9.2", "10.9.9.3", "10.9.9.4", "10.9.9.9"))
    (step,) = planned(design, Entry(2, "shop-02", "", "", ("10.9.9.3",))).steps
    assert brief(step)[:3] == ("unchanged", "shop", 3)


def test_all_hosts_of_a_group_with_new_addresses_leave_none_of_the_old_ones() -> None:
    design = after(EMPTY, *hosts("shop-01", "shop-02"))
    (step,) = planned(design, *hosts("shop-01", "shop-02", first=20)).steps
    assert brief(step) == ("updated", "shop", 2, ("10.9.9.20", "10.9.9.21"))


def test_versions_part_groups_and_an_upgrade_of_all_hosts_is_a_change() -> None:
    rows = [*hosts("q-1", "q-2", version="20.0"), *hosts("q-3", "q-4", version="12.0", first=4)]
    design = after(EMPTY, *rows)
    assert {each.name: each.settings for each in design.components} == {
        "q": {AGENT_VERSION: "12.0"},
        "q 20.0": {AGENT_VERSION: "20.0"},
    }
    assert [step.fate for step in planned(design, *rows).steps] == ["unchanged", "unchanged"]
    single = after(EMPTY, *hosts("w-1", "w-2", version="12.0"))
    (step,) = planned(single, *hosts("w-1", "w-2", version="20.0")).steps
    assert step.changes == (("version", "12.0", "20.0"),)
    half = planned(single, *hosts("w-1", version="20.0"))
    assert half.steps == ()
    assert "these are hosts of w, which stands for 2 hosts with the version 12.0" in half.refused[0].reason.en


def test_a_row_changes_the_component_of_its_name_and_what_it_does_not_say_stays() -> None:
    known = Component(
        id="p",
        kind="web-proxy",
        name="Proxy",
        zone="app",
        position=(20, 60),
        addresses=("10.0.0.1",),
        count=2,
    )
    design = EMPTY.evolve(zones=(APP,), components=(known,))
    (step,) = planned(design, Entry(2, "ｐｒｏｘｙ", "", "", ("10.0.0.9",))).steps
    assert (step.component, step.changes) == ("p", (("addresses", "10.0.0.1", "10.0.0.9"),))
    taken = take(design, planned(design, Entry(2, "proxy", "", "", ("10.0.0.9",))), cards)
    assert taken.design.components == (known.evolve(addresses=("10.0.0.9",)),)
    assert taken.touched == ("p",)


def test_a_component_moves_where_one_row_alone_says_so_and_not_while_it_is_locked() -> None:
    known = Component(id="p", kind="web-proxy", name="proxy", zone="app", position=(20, 60))
    dmz = Zone(id="dmz", name="DMZ", kind="dmz", frame=(600, 0, 400, 200))
    design = EMPTY.evolve(zones=(APP, dmz), components=(known,))
    moved = after(design, Entry(2, "proxy", "web-proxy", "dmz"))
    assert moved.component_by_id["p"].zone == "dmz"
    assert dmz.rect.contains(Rect(*moved.component_by_id["p"].position, CARD.width, CARD.height))
    there_and_here = planned(
        design, Entry(2, "proxy", "web-proxy", "dmz"), Entry(3, "proxy", "web-proxy", "app")
    )
    assert [step.fate for step in there_and_here.steps] == ["added", "unchanged"]
    locked = planned(design.evolve(components=(known.evolve(locked=True),)), Entry(2, "proxy", "", "dmz"))
    assert (locked.steps, locked.refused[0].field) == ((), "zone")


@pytest.mark.parametrize(
    ("entries", "rows", "field", "told"),
    [
        ([Entry(7, "nobody")], (7,), "kind", "nobody is new to the design; write its kind"),
        ([Entry(2, "x", "siem", "", (), "20.0")], (2,), "version", "the kind siem has no agent version"),
        (
            [Entry(2, "x", "agent"), Entry(3, "X", "agent")],
            (3,),
            "name",
            "row 2 describes the same host already",
        ),
        ([Entry(2, "twin", "", "", ("10.0.0.1",))], (2,), "name", "2 components of the design are called so"),
        (
            [Entry(2, "x", "agent", "Twins")],
            (2,),
            "zone",
            "2 zones are called so; write the id of one: z1, z2",
        ),
        (
            [Entry(2, "one"), Entry(3, "one", "agent")],
            (3,),
            "name",
            "another row is about the same component",
        ),
    ],
)
def test_rows_that_cannot_be_meant_are_refused_with_the_reason(
    entries: list[Entry], rows: tuple[int, ...], field: str, told: str
) -> None:
    design = EMPTY.evolve(
        zones=tuple(
            Zone(id=name, name="Twins", kind="other", frame=(n * 500, 0, 400, 200))
            for n, name in enumerate(("z1", "z2"))
        ),
        components=tuple(
            Component(id=name, kind="agent", name=called, position=(n * 200, 400))
            for n, (name, called) in enumerate((("t1", "twin"), ("t2", "twin"), ("o", "one")))
        ),
    )
    (refusal,) = planned(design, *entries).refused
    assert (refusal.rows, refusal.field) == (rows, field)
    assert told in refusal.reason.en
    assert refusal.reason.ja != refusal.reason.en


def test_too_many_components_or_addresses_are_refused() -> None:
    names = (f"h{chr(97 + n % 26)}{n}x" for n in range(MAX_COMPONENTS + 1))
    with pytest.raises(DesignError, match="more than 20,000 components"):
        planned(EMPTY, *(Entry(n, name, "siem") for n, name in enumerate(names, start=2)))
    rows = [Entry(n, f"web-{n}", "agent", "", (f"10.0.{n // 256}.{n % 256}",)) for n in range(2, 10_004)]
    (refusal,) = planned(EMPTY, *rows).refused
    assert (len(refusal.rows), refusal.field) == (10_002, "address")


def test_a_zone_hemmed_in_grows_downwards_and_what_lies_beyond_it_gives_way() -> None:
    outer = Zone(id="vpc", name="VPC", kind="vpc", frame=(0, 0, 460, 520))
    inner = Zone(id="app", name="App", kind="subnet", parent="vpc", frame=(20, 40, 400, 200))
    below = Zone(id="db", name="DB", kind="subnet", parent="vpc", frame=(20, 260, 400, 200))
    design = EMPTY.evolve(
        zones=(
            outer,
            inner,
            below,
            Zone(id="west", name="West", kind="office", frame=(-420, 0, 400, 520)),
            Zone(id="east", name="East", kind="office", frame=(480, 0, 400, 520)),
            Zone(id="north", name="North", kind="office", frame=(0, -420, 460, 400)),
        ),
        components=(
            Component(id="d", kind="agent", name="d", zone="db", position=(40, 300)),
            Component(id="out", kind="siem", name="out", position=(0, 540)),
        ),
        notes=(Note(id="n", text="in DB", frame=(240, 300, 100, 40)),),
    )
    grown = after(design, *(Entry(n, f"h{chr(95 + n)}", "agent", "App") for n in range(2, 12)))
    bottom = grown.zone_by_id["app"].rect.bottom
    shift = int(bottom - 240)
    assert shift > 0
    assert grown.zone_by_id["db"].frame == (20, 260 + shift, 400, 200)
    assert grown.component_by_id["d"].position == (40, 300 + shift)
    assert grown.notes[0].frame == (240, 300 + shift, 100, 40)
    assert grown.zone_by_id["vpc"].rect.contains(grown.zone_by_id["db"].rect)
    assert grown.component_by_id["out"].position == (0, 540 + int(grown.zone_by_id["vpc"].rect.bottom - 520))
    assert [grown.zone_by_id[name].frame for name in ("west", "east", "north")] == [
        (-420, 0, 400, 520),
        (480, 0, 400, 520),
        (0, -420, 460, 400),
    ]


def test_a_zone_that_is_free_on_one_side_grows_there_and_nothing_moves() -> None:
    inner = Zone(id="app", name="App", kind="subnet", frame=(0, 0, 400, 200))
    below = Zone(id="db", name="DB", kind="subnet", frame=(0, 220, 400, 200))
    design = EMPTY.evolve(zones=(inner, below))
    grown = after(design, *(Entry(n, f"h{chr(95 + n)}", "agent", "App") for n in range(2, 12)))
    assert grown.zone_by_id["db"] == below
    assert not grown.zone_by_id["app"].rect.intersects(below.rect)
    assert grown.zone_by_id["app"].rect != inner.rect


def random_entries(rng: random.Random, design: Design) -> list[Entry]:
    """Rows about components and zones that are there, and about others, with names that fold and names that clash."""
    kinds = ["agent", "agent", "relay", "web-proxy", ""]
    zones = ["", "New", "new", "別", *(zone.name for zone in design.zones), *design.zone_by_id]
    known = [component.name for component in design.components]
    entries: list[Entry] = []
    for row in range(2, rng.randint(3, 40)):
        name = f"{rng.choice(['web', 'db', 'x'])}-{rng.randint(1, 9)}"
        if rng.random() < 0.4:
            name = rng.choice([*known, "web", "db"])
        kind = rng.choice(kinds)
        version = rng.choice(["", "", "20.0", "12.0"]) if kind in ("agent", "relay") else ""
        several = [f"10.0.0.{rng.randint(1, 30)}" for _ in range(rng.choice([0, 1, 1, 2]))]
        entries.append(
            Entry(row, name, kind, rng.choice(zones), tuple(dict.fromkeys(several)), version)
        )  # fmt: skip
    return entries


def numbers(found: Plan) -> list[int]:
    return sorted(
        [number for step in found.steps for number in step.rows]
        + [number for refusal in found.refused for number in refusal.rows]
    )


@pytest.mark.parametrize("seed", range(200))
def test_every_row_has_one_fate_and_nothing_is_removed(seed: int) -> None:
    rng = random.Random(seed)
    design = random_design(rng, shipped_catalog(), rng.randint(0, 12))
    for _ in range(3):
        entries = random_entries(rng, design)
        found = planned(design, *entries)
        assert numbers(found) == [entry.row for entry in entries]
        taken = take(design, found, cards)
        assert set(taken.touched) <= set(taken.design.component_by_id)
        for old in design.components:
            new = taken.design.component_by_id[old.id]
            assert new.count >= old.count
            if old.id not in taken.touched:
                assert new.evolve(position=old.position) == old
        design = taken.design


@pytest.mark.parametrize("seed", range(200))
def test_a_second_time_nothing_is_left_to_do(seed: int) -> None:
    """For inventories that agree with themselves: a name has one kind and one zone, and what is new says its kind."""
    rng = random.Random(seed)
    design = random_design(rng, shipped_catalog(), rng.randint(0, 12))
    one: dict[str, Entry] = {}
    for entry in random_entries(rng, design):
        if stem(entry.name) not in {stem(name) for name in one} or rng.random() < 0.7:
            first = next((each for name, each in one.items() if stem(name) == stem(entry.name)), entry)
            version = entry.version if first.kind in ("agent", "relay") else ""
            same = Entry(entry.row, entry.name, first.kind or "agent", first.zone, entry.addresses, version)
            one.setdefault(entry.name, same)
    found = planned(design, *one.values())
    fine = {number for step in found.steps for number in step.rows}
    after_all = take(design, found, cards).design
    again = planned(after_all, *(entry for entry in one.values() if entry.row in fine))
    assert [step for step in again.steps if step.fate != "unchanged"] == []
    assert again.refused == ()


@pytest.mark.parametrize("seed", range(100))
def test_placed_cards_lie_in_their_zones_and_on_nothing(seed: int) -> None:
    rng = random.Random(seed)
    base = tidy_design(rng)
    entries = [
        Entry(n, f"h{chr(97 + n % 26)}{n}x", "agent", rng.choice(["", "A", "A1", "A2", "B", "New", "C"]))
        for n in range(2, rng.randint(3, 60))
    ]
    first = planned(base, *entries)
    design = take(base, first, cards).design
    rects = {c.id: Rect(*c.position, CARD.width, CARD.height) for c in design.components}
    notes = [note.rect for note in design.notes]
    for component in design.components:
        own = rects[component.id]
        chain = design.zone_chain(component.zone)
        for name in chain:
            assert design.zone_by_id[name].rect.contains(own)
        others = [rect for name, rect in rects.items() if name != component.id] + notes
        others += [
            zone.rect
            for zone in design.zones
            if zone.id not in chain and component.zone not in design.zone_chain(zone.parent)
        ]
        assert not any(own.intersects(each) for each in others), component.name
    for zone in design.zones:
        if zone.parent:
            assert design.zone_by_id[zone.parent].rect.contains(zone.rect)
        brothers = [each.rect for each in design.zones if each.parent == zone.parent and each is not zone]
        assert not any(zone.rect.intersects(each) for each in brothers)


def tidy_design(rng: random.Random) -> Design:
    """Zones, cards and a note that do not overlap."""
    x = rng.randrange(-50, 50) * 10
    zones = (
        Zone(id="a", name="A", kind="vpc", frame=(x, 0, 500, 600)),
        Zone(id="a1", name="A1", kind="subnet", parent="a", frame=(x + 20, 40, 220, 300)),
        Zone(id="a2", name="A2", kind="subnet", parent="a", frame=(x + 260, 40, 220, 300)),
        Zone(id="b", name="B", kind="dmz", frame=(x + 520, rng.randrange(0, 60) * 10, 300, 300)),
    )
    return EMPTY.evolve(
        zones=zones,
        components=(
            Component(id="c1", kind="agent", name="c1", zone="a1", position=(x + 40, 80)),
            Component(id="c2", kind="agent", name="c2", zone="a", position=(x + 40, 400)),
            Component(id="c3", kind="agent", name="c3", position=(x, 620)),
        ),
        notes=(Note(id="n", text="n", frame=(x + 300, 400, 100, 60)),),
    )
