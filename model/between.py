"""What the rules say between two components, whether or not a proxy stands in the way."""

from __future__ import annotations

from model.basis import basis_of
from model.catalog import Catalog
from model.design import Component, Design
from model.effective import subject
from model.flow import Basis


def bases_between(
    design: Design, catalog: Catalog, source: Component, destination: Component
) -> tuple[Basis, ...]:
    """The bases of the connections that hold between two components, proxies and assignments left aside."""
    first, second = subject(design, catalog, source), subject(design, catalog, destination)
    found = (
        basis_of(catalog, followed, first, second, destination.fqdn)
        for followed in catalog.connections_of[source.kind]
        if destination.kind in followed.part.to
    )
    return tuple(basis for basis in found if basis is not None)
