"""A difference by zones, firewalls and findings."""

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.editing import edits
from model.findings import findings
from model.whatif.board import Counts
from model.whatif.effects import effects
from tests.reports import sample


def test_a_difference_is_counted_at_every_firewall_that_it_crosses(catalog: Catalog) -> None:
    before = sample("multi-vpc")
    after = edits.set_setting(before, "communication", "bidirectional", "prod-web")
    found = effects(derive(before, catalog), derive(after, catalog))
    assert [(flow.source, flow.destination) for flow in found.comparison.added] == [
        ("workload-security", "prod-web")
    ]
    assert found.zones == {("internet", "production-private"): Counts(added=1)}
    assert found.firewalls == {"anfw-production": Counts(added=1)}


def test_the_flows_of_a_removed_component_keep_the_zones_they_had(catalog: Catalog) -> None:
    before = sample("multi-vpc")
    after = edits.delete(before, {"relay-dev"})
    found = effects(derive(before, catalog), derive(after, catalog))
    assert found.zones["development-private", "development-dmz"].removed == 1
    assert sum(counts.removed for counts in found.zones.values()) == len(
        [flow for flow in found.comparison.removed if flow.basis.scope == "network"]
    )


def test_findings_are_new_or_solved(catalog: Catalog) -> None:
    before = sample("multi-vpc")
    graph = derive(before, catalog)
    after = derive(edits.set_setting(before, "communication", "manager-initiated"), catalog)
    found = effects(graph, after)
    assert found.new
    assert set(found.new) == set(findings(after)) - set(findings(graph))
    assert set(found.solved) == set(findings(graph)) - set(findings(after))
    back = effects(after, graph)
    assert (back.new, back.solved) == (found.solved, found.new)


def test_no_difference_has_no_effects(catalog: Catalog) -> None:
    graph = derive(sample("multi-vpc"), catalog)
    found = effects(graph, graph)
    assert found.comparison.same
    assert (found.zones, found.firewalls, found.new, found.solved) == ({}, {}, (), ())
