"""What a firewall format makes of a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exports.firewall.permits import Inexpressible
from exports.report import Report
from model.frozen import Bilingual


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a file, and the flows it cannot express; the file lists them too."""

    data: bytes
    inexpressible: tuple[Inexpressible, ...]


@dataclass(frozen=True, slots=True)
class Artefact:
    """A firewall format: its id on the command line, file name extension, media type, name, and what makes the file."""

    id: str
    extension: str
    media: str
    name: Bilingual
    make: Callable[[Report], Made]
    """The same bytes for the same report. Raises ExportError where no file could be right."""
