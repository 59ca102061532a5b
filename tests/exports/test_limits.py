"""Files of rules, catalogs and tables that are too large are refused without being read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.catalogs import read_catalog
from exports.existing.read import read_existing
from exports.incoming.csv_rows import table_bytes
from model.errors import FileError
from tests.reports import report_of, sample

MIB = 1 << 20


def sparse(path: Path, size: int) -> Path:
    """A file of so many bytes that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_rules_over_the_limit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="larger than the 16 MiB"):
        read_existing((sparse(tmp_path / "fw.csv", 16 * MIB + 1),), report_of(sample("single-vpc")).graph)


def test_a_catalog_over_the_limit_is_refused_not_cut_short(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="larger than the 16 MiB"):
        read_catalog(sparse(tmp_path / "catalog.json", 16 * MIB + 1))


def test_a_table_over_the_limit_is_refused(tmp_path: Path) -> None:
    assert len(table_bytes(sparse(tmp_path / "most.csv", 64 * MIB))) == 64 * MIB
    with pytest.raises(FileError, match="larger than the 64 MiB"):
        table_bytes(sparse(tmp_path / "more.csv", 64 * MIB + 1))
