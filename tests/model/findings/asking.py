"""One finding of a design, and what its fix makes of it."""

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.design import Design
from model.findings import Finding, findings

SITE = (
    "dns-server",
    "ntp-server",
    "workload-security",
    "update-server",
    "download-center",
    "smart-protection-network",
)
SERVER = "smart-protection-server"
NETWORK = "smart-protection-network"
FILES_BY_SERVER = {"file-reputation-source": SERVER}


def found(design: Design, catalog: Catalog, code: str) -> list[Finding]:
    return [finding for finding in findings(derive(design, catalog)) if finding.code == code]


def only(design: Design, catalog: Catalog, code: str) -> Finding:
    (finding,) = found(design, catalog, code)
    return finding


def fixed(design: Design, catalog: Catalog, code: str) -> Design:
    fix = only(design, catalog, code).fix
    assert fix is not None
    return fix.edit(design)


def settles(design: Design, catalog: Catalog, code: str) -> bool:
    return found(fixed(design, catalog, code), catalog, code) == []
