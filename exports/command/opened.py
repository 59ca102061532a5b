"""Designs named on the command line, with their catalog and flows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from exports.catalogs import CatalogFile, catalog_file
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.storage import load, parse_design
from model.storage.strict_json import MAX_BYTES

STANDARD_INPUT = "-"


class Opened(NamedTuple):
    """A design's flows and the catalog they come from."""

    graph: FlowGraph
    catalog: CatalogFile


def read_design(name: str, folder: Path | None = None) -> Design:
    """The design in a file, on standard input for "-", or in git for REVISION:PATH. Raises FileError.

    `folder`: from where files and paths are meant; standard input is then none of them.
    """
    if name == STANDARD_INPUT and folder is None:
        return parse_design(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    start = folder or Path()
    revision, colon, path = name.partition(":")
    if colon and path and len(revision) > 1 and not revision.startswith("-") and not (start / name).exists():
        from exports.revisions import design_in

        # The path is meant from there, as that of any other file is.
        return design_in(name, revision, path if Path(path).is_absolute() else f"./{path}", start)
    return load(start / name).design


def opened(name: str, folder: Path | None = None) -> Opened:
    """Read a design, see `read_design`, and derive its flows. Raises FileError; CatalogError for an unknown catalog."""
    design = read_design(name, folder)
    return derived(design, catalog_file(design.catalog.id))


def derived(design: Design, catalog: CatalogFile) -> Opened:
    """The flows of a design."""
    return Opened(derive(design, catalog.catalog), catalog)
