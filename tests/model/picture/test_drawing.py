"""The picture: what it says, that its texts fit, and that nothing in it covers anything else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise, product

import pytest

import resources
from model.catalog.catalog import Catalog
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.course import Course
from model.design.design import CatalogReference, Design
from model.design.elements import Component, Zone
from model.editing import edits
from model.editing.folding import set_collapsed
from model.editing.stacking import restacked
from model.frozen import Language
from model.picture.cards import (
    boxes,
    card,
    card_size,
    component_lines,
    note_box,
    zone_box,
    zone_title,
    zone_titles,
)
from model.picture.connectors import link_style, link_text, links, wires
from model.picture.drawing import draw
from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Drawing, Group, IconMark, Line, Primitive, Text
from model.shapes.text import TextMeasure, measure
from model.shapes.theme import Theme, parse_theme
from model.storage import parse_design

LANGUAGES: tuple[Language, ...] = ("en", "ja")
FILES = resources.names("samples", ".portchart")


@pytest.fixture(scope="session")
def ruler() -> TextMeasure:
    return measure(resources.text("fonts/widths.json"))


def theme(name: str) -> Theme:
    return parse_theme(resources.text(f"themes/{name}.json"))


@pytest.fixture
def look(catalog: Catalog, ruler: TextMeasure) -> Look:
    return Look(catalog, theme("light"), ruler, "en")


def sample(name: str, catalog: Catalog) -> FlowGraph:
    return derive(parse_design(resources.path(name).read_bytes(), name), catalog)


def flat(items: tuple[Primitive, ...]) -> Iterator[Primitive]:
    for item in items:
        if isinstance(item, Group):
            yield from flat(item.items)
        else:
            yield item


def texts(drawing: Drawing) -> list[str]:
    return [item.text for item in flat(drawing.items) if isinstance(item, Text)]


def extent(text: Text, ruler: TextMeasure) -> Rect:
    width = ruler.width(text.text, text.size, text.bold)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return Rect(left, text.y - 0.88 * text.size, width, 1.1 * text.size)


def one_of_each(catalog: Catalog, name: str | None, count: int, address: str | None) -> Design:
    components = tuple(
        Component(
            id=kind.id,
            kind=kind.id,
            name=name or kind.name.en,
            count=count,
            addresses=(address,) if address else (),
        )
        for kind in catalog.kinds
    )
    empty = parse_design(resources.path(FILES[0]).read_bytes()).evolve(
        zones=(), components=(), assignments=()
    )
    return empty.evolve(components=components)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [None, "a", "W" * 200, "保護対象" * 50])
@pytest.mark.parametrize(
    ("count", "address"), [(1, None), (9_999_999, None), (1, "2001:db8:1111:2222:3333:4444:5555:6666")]
)
def test_texts_of_every_kinds_card_fit_it_without_touching(
    catalog: Catalog,
    look: Look,
    ruler: TextMeasure,
    language: Language,
    name: str | None,
    count: int,
    address: str | None,
) -> None:
    look = look._replace(language=language)
    graph = derive(one_of_each(catalog, name, count, address), catalog)
    for component in graph.design.components:
        group = card(component, graph, look, Point(10, 20))
        size = card_size(component, graph, look)
        outer = Rect(10, 20, size.width, size.height).inset(5)
        inner = [extent(each, ruler) for each in flat((group,)) if isinstance(each, Text)]
        inner += [each.rect for each in flat((group,)) if isinstance(each, Box)][1:]
        assert len(inner) >= 3
        assert all(outer.contains(rect) for rect in inner), component.kind
        assert not any(one.intersects(other) for one, other in combinations(inner, 2)), component.kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_count_and_address_are_never_cut_off(catalog: Catalog, look: Look, language: Language) -> None:
    """Only names of the user's own may be too long for a card."""
    look = look._replace(language=language)
    for count, address in ((1, "255.255.255.255/32"), (9_999_999, None)):
        graph = derive(one_of_each(catalog, None, count, address), catalog)
        for component in graph.design.components:
            shown = [item.text for item in flat((card(component, graph, look),)) if isinstance(item, Text)]
            assert shown[1:] == list(component_lines(component, graph, look))
            assert (address or f"×{count:,}") in " ".join(shown)


def test_card_says_what_stands_out(catalog: Catalog, look: Look) -> None:
    graph = sample("samples/multi-vpc.portchart", catalog)
    lines = {each.id: component_lines(each, graph, look) for each in graph.design.components}
    assert lines["prod-app"] == ("Agent 20.0 · ×64", "9 features on")
    assert lines["relay-dev"] == ("Relay 20.0 · 10.41.250.10", "localhost 4123 (host only)")
    assert lines["workload-security"] == ("Trend Micro cloud · 3.30.186.224/27", "6 FQDNs")
    assert lines["siem-1"] == ("SIEM or Syslog server · 10.44.3.40",)


def test_card_of_an_unknown_kind_says_so(catalog: Catalog, look: Look) -> None:
    design = one_of_each(catalog, None, 1, None)
    design = design.evolve(components=(Component(id="x", kind="quantum-router", name="Q"),))
    graph = derive(design, catalog)
    assert component_lines(design.components[0], graph, look) == ("quantum-router", "not in the catalog")
    assert "Q" in texts(draw(graph, look))


@pytest.mark.parametrize(("name", "language"), list(product(FILES, LANGUAGES)))
def test_cards_of_samples_lie_in_their_zones_and_apart(
    catalog: Catalog, look: Look, name: str, language: Language
) -> None:
    graph = sample(name, catalog)
    cards = boxes(graph, look._replace(language=language))
    for one, other in combinations(cards.values(), 2):
        assert not one.grow(10).intersects(other)
    for component, rect in cards.items():
        zone = graph.design.zone_by_id[graph.zone(component) or ""].rect
        assert zone.inset(12).contains(rect), component
        assert rect.top >= zone.top + 30, "below the title"


@pytest.mark.parametrize(("name", "language"), list(product(FILES, LANGUAGES)))
def test_labels_cover_neither_cards_nor_titles_nor_each_other(
    catalog: Catalog, look: Look, name: str, language: Language
) -> None:
    graph, look = sample(name, catalog), look._replace(language=language)
    cards = boxes(graph, look)
    labels = [wire.label for wire in wires(graph, links(graph), cards, None, look)]
    assert len(labels) == len(links(graph))
    taken = [*cards.values(), *zone_titles(graph.design.zones, look)]
    for label in labels:
        assert not any(label.intersects(other) for other in taken)
    assert not any(one.intersects(other) for one, other in combinations(labels, 2))


@pytest.mark.parametrize(("name", "language"), list(product(FILES, LANGUAGES)))
def test_lines_keep_off_the_titles_of_zones_and_their_firewalls(
    catalog: Catalog, look: Look, name: str, language: Language
) -> None:
    graph, look = sample(name, catalog), look._replace(language=language)
    runs = [
        (Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).grow(6), wire.link.pair)
        for wire in wires(graph, links(graph), boxes(graph, look), None, look)
        for a, b in pairwise(wire.points)
    ]
    for zone in graph.design.zones:
        written = [each for each in zone_title(zone, look).items if isinstance(each, Text)]
        assert len(written) == (2 if zone.firewall else 1)
        for text in written:
            place = extent(text, look.measure)
            assert not [pair for run, pair in runs if run.intersects(place)], text.text


@pytest.mark.parametrize(("name", "language"), list(product(FILES, LANGUAGES)))
def test_label_texts_fit_their_pills(
    catalog: Catalog, look: Look, ruler: TextMeasure, name: str, language: Language
) -> None:
    drawing = draw(sample(name, catalog), look._replace(language=language))
    pills = [
        group.items
        for group in drawing.items
        if isinstance(group, Group)
        and group.subject.startswith("connector:")
        and isinstance(group.items[0], Box)
    ]
    assert pills
    for box, text in pills:
        assert isinstance(box, Box)
        assert isinstance(text, Text)
        assert box.rect.contains(extent(text, ruler))


@pytest.mark.parametrize("name", FILES)
def test_connectors_run_from_border_to_border_and_through_no_card(
    catalog: Catalog, look: Look, name: str
) -> None:
    graph = sample(name, catalog)
    cards = boxes(graph, look)
    for wire in wires(graph, links(graph), cards, None, look):
        source, target = cards[wire.link.source], cards[wire.link.target]
        assert source.grow(0.01).contains(wire.points[0])
        assert not source.inset(0.01).contains(wire.points[0])
        assert target.grow(0.01).contains(wire.points[-1])
        assert not target.inset(0.01).contains(wire.points[-1])
        for a, b in zip(wire.points, wire.points[1:], strict=False):
            piece = Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).grow(0.01)
            for rect in cards.values():
                assert not rect.inset(1).intersects(piece)


@pytest.mark.parametrize("name", FILES)
def test_picture_is_the_same_each_time_and_within_its_bounds(
    catalog: Catalog, look: Look, ruler: TextMeasure, name: str
) -> None:
    graph = sample(name, catalog)
    drawing = draw(graph, look)
    assert drawing == draw(sample(name, catalog), look)
    for item in flat(drawing.items):
        match item:
            case Box() | IconMark():
                assert drawing.bounds.contains(item.rect)
            case Text():
                assert drawing.bounds.contains(extent(item, ruler))
            case Line():
                assert all(drawing.bounds.contains(point) for point in item.points)


def test_a_connector_with_a_course_is_drawn_along_it_on_every_page(catalog: Catalog, look: Look) -> None:
    graph = sample(FILES[0], catalog)
    first = links(graph)[0]
    a, b = (boxes(graph, look)[name] for name in first.pair)
    # Over everything: nothing stands there, and no connector goes there by itself.
    over = min(card.top for card in boxes(graph, look).values()) - 40
    places = (round(a.center.x), round(over), round(b.center.x))
    course = Course(source=first.source, target=first.target, axis="y", places=places)
    bent = edits.change_design(graph.design, courses=(course,))
    drawn = wires(derive(bent, catalog), links(graph), boxes(graph, look), None, look)
    (way,) = [wire for wire in drawn if wire.link.pair == first.pair]
    assert [point.y for point in way.points] == [a.top, over, over, b.top]
    assert all(wire.points != way.points for wire in drawn if wire is not way)


def test_quiet_purposes_are_drawn_only_when_asked_for(catalog: Catalog) -> None:
    graph = sample("samples/single-vpc.portchart", catalog)
    assert "dns-1" not in {link.target for link in links(graph)}
    asked = links(graph, purposes=["infrastructure"])
    assert {link.target for link in asked} == {"dns-1", "ntp-1"}


def test_label_lists_ports_in_order_and_counts_those_left_out(catalog: Catalog, look: Look) -> None:
    graph = sample("samples/on-premises.portchart", catalog)
    found = {(link.source, link.target): link_text(link, None, look) for link in links(graph)}
    assert found["app-tier", "sps-1"] == "80 · 443 · 5274 · 5275"
    assert found["dcgw-1", "corp-ad"] == "636", "once, although UDP is printed too"
    every = sample("samples/on-premises.portchart", catalog)
    (link,) = [each for each in links(every) if (each.source, each.target) == ("app-tier", "sps-1")]
    ports = (80, 443, 5274, 5275, 6000, 7000)
    many = link._replace(flows=tuple(link.flows[0]._replace(port=port) for port in ports))
    assert link_text(many, None, look) == "80 · 443 · 5274 · 5275 +2"


def test_changes_are_told_by_line_and_mark(catalog: Catalog, look: Look) -> None:
    before = parse_design(resources.path("samples/on-premises.portchart").read_bytes())
    after = edits.set_setting(before, "web-reputation-source", "smart-protection-server", "web-tier")
    after = edits.set_feature(after, "smart-scan", False, "app-tier")
    after = edits.set_feature(after, "behavior-monitoring", False, "records-db")
    compared = compare(derive(before, catalog), derive(after, catalog))
    found = {(link.source, link.target): link for link in links(derive(after, catalog), compared)}
    told = {pair: link_text(link, compared, look) for pair, link in found.items()}
    assert found["web-tier", "sps-1"].status == "added"
    assert told["web-tier", "sps-1"] == "+ 5274 · 5275"
    assert found["app-tier", "sps-1"].status == "changed"
    assert told["app-tier", "sps-1"] == "5274 · 5275  − 80 · 443"
    assert found["records-db", "smart-protection-network"].status == "changed"
    assert told["records-db", "smart-protection-network"] == "~ 80 · 443"
    assert found["dcgw-1", "vcenter-1"].status == "unchanged"
    assert link_style(found["web-tier", "sps-1"], look).dash == look.theme.changes["added"].dash
    assert link_style(found["dcgw-1", "vcenter-1"], look) == look.theme.purpose("directory")
    back = compare(derive(after, catalog), derive(before, catalog))
    gone = {(link.source, link.target): link for link in links(derive(before, catalog), back)}
    assert gone["web-tier", "sps-1"].status == "removed"
    assert link_text(gone["web-tier", "sps-1"], back, look) == "− 5274 · 5275"
    assert "− 5274 · 5275" in texts(draw(derive(before, catalog), look, back))


@pytest.mark.parametrize("name", ["Z", "Zone " * 30, "ネットワーク" * 20])
@pytest.mark.parametrize("width", [60, 200, 900])
def test_titles_of_zones_fit_their_frames(look: Look, ruler: TextMeasure, name: str, width: int) -> None:
    zone = Zone(
        id="z",
        name=name.strip(),
        kind="vpc",
        cidrs=("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        frame=(0, 0, width, 100),
        firewall="fw-perimeter-01",
    )
    for group in (zone_box(zone, look), zone_title(zone, look)):
        rects = [extent(each, ruler) for each in flat((group,)) if isinstance(each, Text)]
        assert all(zone.rect.contains(rect) for rect in rects)
        assert not any(one.intersects(other) for one, other in combinations(rects, 2))


def overlapping() -> Design:
    """A zone over the title of another, and one beside them whose title is free."""
    design = Design(catalog=CatalogReference(id="c", version="1"))
    for name, frame in (
        ("Under", (0, 0, 400, 300)),
        ("Over", (-20, -40, 300, 200)),
        ("Beside", (600, 0, 300, 300)),
    ):
        design, _ = edits.add_zone(design, name, "vpc", frame)
    return design


@pytest.mark.parametrize("upside", [False, True])
def test_a_zone_hides_what_it_covers_of_a_title_and_others_stay_over_connectors(
    catalog: Catalog, look: Look, upside: bool
) -> None:
    design = restacked(overlapping(), ["under"], "front" if upside else "back")
    design, _ = edits.place(design, "agent", "Host", (620, 100), "beside")
    drawing = draw(derive(design, catalog), look)
    said = {
        text: number
        for number, item in enumerate(drawing.items)
        for text in texts(Drawing(drawing.bounds, (item,)))
    }
    painted = {
        item.subject: number
        for number, item in reversed(list(enumerate(drawing.items)))
        if isinstance(item, Group)
    }
    assert (said["Under"] < painted["zone:over"]) is not upside
    assert said["Over"] > painted["zone:under"]
    assert said["Beside"] > painted["zone:beside"]
    assert texts(drawing).count("Under") == 1


def test_note_is_wrapped_into_its_frame(catalog: Catalog, look: Look, ruler: TextMeasure) -> None:
    design = parse_design(resources.path(FILES[0]).read_bytes())
    design, _ = edits.add_note(design, "Confirm the names with the vendor. " * 20, (0, 0, 160, 80))
    (group,) = (note_box(note, look) for note in design.notes)
    rects = [extent(each, ruler) for each in flat((group,)) if isinstance(each, Text)]
    assert len(rects) > 1
    assert all(Rect(0, 0, 160, 80).contains(rect) for rect in rects)


def test_papers_draw_a_collapsed_zone_with_all_it_holds(catalog: Catalog, look: Look) -> None:
    design = parse_design(resources.path(FILES[0]).read_bytes())
    collapsed = set_collapsed(design, [zone.id for zone in design.zones], True)
    assert draw(derive(collapsed, catalog), look) == draw(derive(design, catalog), look)
