"""What a firewall format makes of a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from exports.firewall.permits import Inexpressible
from exports.report import Report
from model.frozen import Bilingual


class Made(NamedTuple):
    """The bytes of a file, and the flows it cannot express; the file lists them too."""

    data: bytes
    inexpressible: tuple[Inexpressible, ...]


class Artefact(NamedTuple):
    """A firewall format: its id on the command line, file name extension, media type, name, and what makes the file."""

    id: str
    extension: str
    media: str
    name: Bilingual
    make: Callable[[Report], Made]
    """The same bytes for the same report. Raises ExportError where no file could be right."""
