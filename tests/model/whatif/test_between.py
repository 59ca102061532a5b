"""What lies between two designs: changes of a scenario, and the rest."""

import random

from model.catalog.catalog import Catalog
from model.design.changes import Addition, AnyChange, Change, CountChange, Removal, Scenario
from model.design.course import Course
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits
from model.editing.scenario import apply_changes
from model.errors import DesignError
from model.whatif.between import carried, changes_between, same
from tests.designs import random_design
from tests.model.whatif.changes import random_change
from tests.model.whatif.test_overlay import BASE


def test_every_overlay_is_found_again_from_the_design_it_makes(catalog: Catalog) -> None:
    """The changes found need not be those that were made, but make the same of the design."""
    made, refused = 0, []
    for seed in range(300):
        rng = random.Random(seed)
        design = random_design(rng, catalog, 12).evolve(scenarios=())
        after = design
        for _ in range(6):
            try:
                after = apply_changes(after, catalog, [random_change(rng, after, catalog)])
            except DesignError:
                continue
        try:
            again = apply_changes(design, catalog, changes_between(design, after))
        except DesignError as error:
            refused.append(str(error))
            continue
        made += design != after
        assert same(again, after, design), seed
    assert made > 150
    # A scenario adds no component of a kind that the catalog lacks, nor turns what it does not know.
    assert all("catalog" in sentence for sentence in refused)


def test_changes_are_as_few_as_differ() -> None:
    after = edits.change_component(BASE, "web", count=7)
    after = edits.set_feature(after, "smart-scan", False)
    after = edits.delete(after, {"relay-2"})
    new = Component(id="dns", kind="dns-server", name="DNS")
    after = edits.change_design(after, components=(*after.components, new))
    expected: tuple[AnyChange, ...] = (
        Addition(add=new),
        Change(feature="smart-scan", value=False),
        CountChange(count=7, component="web"),
        Removal(remove="relay-2"),
    )
    assert changes_between(BASE, after) == expected
    assert changes_between(BASE, BASE) == ()


def test_names_places_and_zones_are_carried_and_choices_are_not() -> None:
    after = edits.rename(edits.move(BASE, {"web": (70, 90)}), "relay-1", "First")
    after = edits.change_zone(after, "vpc", name="Production")
    assert changes_between(BASE, after) == ()
    assert carried(BASE, after) == after
    tried = edits.set_feature(edits.change_component(after, "web", count=9), "smart-scan", False)
    assert carried(BASE, tried) == after


def test_a_zone_that_goes_with_what_is_taken_away_on_trial_leaves_it_outside() -> None:
    after = edits.delete(BASE, {"vpc", "web"})
    rest: Design = carried(BASE, after)
    assert rest.component_by_id["web"].zone is None
    assert rest.zones == ()
    assert changes_between(rest, after) == (Removal(remove="web"),)


def test_a_bent_connector_stays_bent_while_an_end_is_away_on_trial(catalog: Catalog) -> None:
    away, here = (
        Course(source=source, target="relay-1", places=(10, 20, 30)) for source in ("web", "relay-2")
    )
    design = edits.change_design(BASE, courses=(away,))
    tried = edits.change_design(apply_changes(design, catalog, [Removal(remove="web")]), courses=(here,))
    assert carried(design, tried).courses == (here, away)
    back = edits.change_design(design, courses=())
    assert carried(design, back).courses == ()


def test_proxies_among_new_components_are_chosen_when_all_are_there(catalog: Catalog) -> None:
    first = Component(id="host", kind="agent", name="Host", proxies={"management": "way"})
    second = Component(id="way", kind="web-proxy", name="Way")
    after = edits.change_design(BASE, components=(*BASE.components, first, second))
    changes = changes_between(BASE, after)
    assert apply_changes(BASE, catalog, changes) == after


def test_what_is_taken_away_on_trial_stays_in_the_scenarios(catalog: Catalog) -> None:
    named = Scenario(id="many", name="Many", changes=(CountChange(count=50, component="web"),))
    design = edits.change_design(BASE, scenarios=(named,))
    tried = edits.rename(apply_changes(design, catalog, [Removal(remove="web")]), "proxy", "Way out")
    assert carried(design, tried).scenarios == (named,)


def test_bends_are_carried_and_those_of_what_is_taken_away_stay(catalog: Catalog) -> None:
    first = Course(source="web", target="relay-1", places=(40,))
    second = Course(source="relay-1", target="proxy", places=(90,))
    new = Course(source="extra", target="proxy", places=(10,))
    design = edits.change_design(BASE, courses=(first,))
    extra = Component(id="extra", kind="relay", name="Extra")
    shown = apply_changes(design, catalog, [Removal(remove="web"), Addition(add=extra)])
    bent = edits.change_design(shown, courses=(*shown.courses, second, new))
    assert not same(shown, bent, design)
    assert carried(design, bent).courses == (second, first)
