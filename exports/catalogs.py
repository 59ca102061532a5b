"""The catalogs that ship with the program, each with the bytes of its file for the hash that exports carry."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import resources
from model.catalog.catalog import Catalog, parse_catalog
from model.errors import CatalogError
from model.sentences import told
from model.storage import file_bytes

DEFAULT = "workload-security-govcloud"


class CatalogFile(NamedTuple):
    """A catalog and the SHA-256 of its file, in hexadecimal."""

    catalog: Catalog
    sha256: str


def catalog_file(name: str = DEFAULT) -> CatalogFile:
    """The shipped catalog with an id. Raises CatalogError when there is none, or it cannot be used."""
    known = [entry.removeprefix("catalogs/").removesuffix(".json") for entry in _files()]
    if name not in known:
        raise CatalogError(
            told(
                "The catalog {name} does not come with this Portchart, which has {known}; update "
                "Portchart, or correct the catalog of the design.",
                name=name,
                known=", ".join(known),
            )
        )
    data = resources.path(f"catalogs/{name}.json").read_bytes()
    return CatalogFile(parse_catalog(data, f"{name}.json"), sha256(data).hexdigest())


def read_catalog(path: Path) -> Catalog:
    """The catalog in a file. Raises FileError where it cannot be read, CatalogError where it is none."""
    return parse_catalog(file_bytes(path), path.name)


def _files() -> tuple[str, ...]:
    return resources.names("catalogs", ".json")
