"""Tables that people wrote or edited, as rows: CSV or TSV, with a limit on size and nothing guessed at but its form."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from model.errors import FileError
from model.sentences import told
from model.storage import file_bytes

MAX_BYTES = 64 * 1024 * 1024

_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"[\r\n]")


def table_bytes(path: Path) -> bytes:
    """The bytes of a table. Raises FileError where it cannot be read or is too large."""
    return file_bytes(path, MAX_BYTES)


def csv_rows(path: Path, data: bytes) -> Iterator[tuple[str, ...]]:
    """The rows of a table in UTF-8, UTF-16 or cp932, without the marks that guard formulas. Raises FileError."""
    for row in table_rows(path, _decoded(path, data)):
        yield tuple(cell[1:] if _GUARDED.match(cell) else cell for cell in row)


def table_rows(path: Path, text: str) -> Iterator[list[str]]:
    """The rows of a table, empty ones too, separated by what its first line has most of.

    Raises FileError where it is no table; `path` is for the sentence.
    """
    first = _LINE_END.split(text, maxsplit=1)[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from lines
    except csv.Error as error:
        raise FileError(
            path, told("this is no CSV file ({error})", error=error), told("line {line}", line=lines.line_num)
        ) from error


def _decoded(path: Path, data: bytes) -> str:
    """UTF-8, UTF-16 where its mark says so, or else cp932, in which few other texts make sense."""
    if data.startswith(b"PK"):  # a zip file, as workbooks are
        raise FileError(
            path, told("this is a workbook or an archive, not a table of text; save it as “CSV UTF-8”")
        )
    for encoding in ("utf-16",) if data.startswith(_UTF_16) else ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(path, told("this is no UTF-8 text, nor cp932; save it as “CSV UTF-8”"))
