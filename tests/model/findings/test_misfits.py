"""What a design says and the catalog does not know, or cannot mean."""

import pytest

from model.catalog.catalog import Catalog
from model.design.design import CatalogReference
from tests.drawn import draw, place
from tests.model.findings.asking import SITE, fixed, found, only, settles

# Proxies, kinds, values and catalogs that do not fit


def test_a_proxy_that_is_none_is_an_error_and_going_direct_settles_it(catalog: Catalog) -> None:
    agents = [
        place(f"agent-{n}", proxies={"management": "dns-server", "updates": "web-proxy"}) for n in (1, 2)
    ]
    design = draw(*agents, "web-proxy", *SITE)
    finding = only(design, catalog, "proxy-not-a-proxy")
    assert (finding.severity, finding.subjects) == ("error", ("agent-1", "agent-2", "dns-server"))
    after = fixed(design, catalog, "proxy-not-a-proxy")
    assert found(after, catalog, "proxy-not-a-proxy") == []
    assert after.component_by_id["agent-1"].proxies == {"updates": "web-proxy"}


def test_an_unknown_kind_is_told_by_its_component_names(catalog: Catalog) -> None:
    design = draw(
        place("mf-1", kind="mainframe", name="Ledger"), place("mf-2", kind="mainframe", name="Payroll")
    )
    finding = only(design, catalog, "unknown-kind")
    assert finding.subjects == ("mf-1", "mf-2")
    assert "Ledger and Payroll" in finding.message.en
    assert "mainframe" in finding.message.ja
    assert found(draw("agent"), catalog, "unknown-kind") == []


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"features": {"telepathy": True}}, "unknown-value", "telepathy"),
        ({"settings": {"mood": "good"}}, "unknown-value", "mood"),
        ({"settings": {"communication": "shouting"}}, "unknown-value", "“Communication direction”"),
        ({"proxies": {"gossip": "agent-2"}}, "unknown-value", "gossip"),
        ({"features": {"dns-over-tcp": True}}, "misplaced-value", "“DNS over TCP too”"),
        ({"settings": {"syslog-transport": "tls"}}, "misplaced-value", "“Transport from Workload Security”"),
        ({"ports": {4122: 5000}}, "misplaced-value", "4122"),
    ],
)
def test_an_entry_without_effect_is_told_and_can_be_removed(
    catalog: Catalog, fields: dict[str, object], code: str, words: str
) -> None:
    design = draw(place("agent-1", **fields), place("agent-2"))
    finding = only(design, catalog, code)
    assert finding.subjects == ("agent-1",)
    assert words in finding.message.en
    assert settles(design, catalog, code)


def test_an_unknown_entry_of_the_design_itself_can_be_removed(catalog: Catalog) -> None:
    design = draw("agent", settings={"agent-version": "newest"})
    assert only(design, catalog, "unknown-value").subjects == ()
    after = fixed(design, catalog, "unknown-value")
    assert after.settings == {}
    assert found(draw("agent", settings={"agent-version": "20.1"}), catalog, "unknown-value") == []


def test_another_catalog_or_version_is_a_warning_and_can_be_taken_over(catalog: Catalog) -> None:
    other = draw("agent").evolve(catalog=CatalogReference(id=catalog.id, version="2020-01"))
    finding = only(other, catalog, "catalog-mismatch")
    assert "2020-01" in finding.message.en
    assert catalog.version in finding.message.en
    assert settles(other, catalog, "catalog-mismatch")
    assert found(draw("agent"), catalog, "catalog-mismatch") == []
