"""Designs named on the command line, with their catalog and flows."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from exports.catalogs import CatalogFile, catalog_file
from model.derive import derive
from model.design import Design
from model.graph import FlowGraph
from model.storage import load, parse_design
from model.storage.strict_json import MAX_BYTES

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Opened:
    """A design's flows and the catalog they come from."""

    graph: FlowGraph
    catalog: CatalogFile


def read_design(name: str) -> Design:
    """The design in a file, or on standard input for "-". Raises FileError."""
    if name == STANDARD_INPUT:
        return parse_design(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    return load(Path(name)).design


def opened(name: str) -> Opened:
    """Read a design and derive its flows. Raises FileError, or CatalogError where its catalog is unknown."""
    design = read_design(name)
    return derived(design, catalog_file(design.catalog.id))


def derived(design: Design, catalog: CatalogFile) -> Opened:
    """The flows of a design."""
    return Opened(derive(design, catalog.catalog), catalog)
