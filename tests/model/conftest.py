"""What the model's tests share."""

import pytest

from model.catalog.catalog import Catalog, parse_catalog
from resources import text


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The catalog that ships."""
    return parse_catalog(text("catalogs/workload-security-govcloud.json"))
