"""What a local server cannot take over, against the table of D7."""

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.design import CatalogReference, Design
from model.design.elements import Component
from model.whatif.residue import residues

GFRBRIDGE = "deepsecaas11-en.gfrbridge.trendmicro.com"
CENSUS = "dsaas1100-en-census.trendmicro.com"
ICRC = "dsaas.icrc.trendmicro.com"
URL = "dsaas.url.trendmicro.com"


def with_features(*names: str, **sources: str) -> Design:
    return Design(
        catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"),
        features=dict.fromkeys(names, True),
        settings={name.replace("_", "-"): value for name, value in sources.items()},
        components=(
            Component(id="web", kind="agent", name="Web"),
            Component(id="db", kind="agent", name="DB"),
        ),
    )


def test_moving_file_reputation_moves_icrc_and_nothing_else(catalog: Catalog) -> None:
    design = with_features(
        "smart-scan",
        "web-reputation",
        "behavior-monitoring",
        file_reputation_source="smart-protection-server",
    )
    (found,) = residues(derive(design, catalog))
    assert (found.setting, found.service) == ("file-reputation-source", "smart-protection-network")
    assert (found.server, found.components) == ("smart-protection-server", ("web", "db"))
    assert found.moved == (ICRC,)
    assert {each.fqdn: each.features for each in found.stays} == {
        CENSUS: ("behavior-monitoring",),
        GFRBRIDGE: ("behavior-monitoring",),
        URL: ("web-reputation",),
    }
    assert {each.fqdn: each.rules for each in found.stays}[GFRBRIDGE] == ("U09",)
    assert found.ports == ((80, "tcp"), (443, "tcp"))


def test_a_name_kept_by_several_features_names_them_all(catalog: Catalog) -> None:
    design = with_features(
        "web-reputation",
        "process-memory-scan",
        "predictive-machine-learning",
        web_reputation_source="smart-protection-server",
    )
    (found,) = residues(derive(design, catalog))
    assert found.moved == (URL,)
    kept = {each.fqdn: set(each.features) for each in found.stays}
    assert kept[GFRBRIDGE] == {"process-memory-scan", "predictive-machine-learning"}


@pytest.mark.parametrize("server", ["smart-protection-server", "service-gateway"])
def test_nothing_stays_where_nothing_else_asks(catalog: Catalog, server: str) -> None:
    (found,) = residues(derive(with_features("smart-scan", file_reputation_source=server), catalog))
    assert (found.server, found.moved, found.stays, found.ports) == (server, (ICRC,), (), ())


def test_there_is_no_residue_without_a_substitution(catalog: Catalog) -> None:
    assert residues(derive(with_features("smart-scan", "web-reputation"), catalog)) == ()
    off = with_features("web-reputation", file_reputation_source="smart-protection-server")
    assert residues(derive(off, catalog)) == ()
