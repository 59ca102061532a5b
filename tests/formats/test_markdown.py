import re

import pytest

from exports.matrix.markdown_file import escaped, write_markdown
from exports.tables import tables
from model.design.columns import Shown
from tests.reports import HOSTILE, all_reports

UNESCAPED_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def cells(line: str) -> tuple[str, ...]:
    """A table row as CommonMark and GitHub read it: cut at bars that no backslash guards, then unescaped."""
    found, current, guarded = [], "", False
    for character in line:
        if character == "|" and not guarded:
            found.append(current)
            current = ""
            continue
        current += character
        guarded = character == "\\" and not guarded
    return tuple(ESCAPE.sub(r"\1", cell).strip() for cell in found[1:])


def sections(data: bytes) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    rows: list[tuple[str, ...]] = []
    for line in data.decode().splitlines():
        if line.startswith("## "):
            rows = found.setdefault(ESCAPE.sub(r"\1", line.removeprefix("## ")), [])
        elif line.startswith("|"):
            rows.append(cells(line))
    return found


@pytest.mark.parametrize("language", ["en", "ja", "both"])
@pytest.mark.parametrize("name", all_reports())
def test_markdown_reads_back_to_the_tables_of_the_report(name: str, language: Shown) -> None:
    report = all_reports(language)[name]
    found = sections(write_markdown(report))
    expected = tables(report)
    assert list(found) == [table.title for table in expected]
    for table in expected:
        heading, rule, *rows = found[table.title]
        assert heading == table.headings
        assert set(rule) == {"---"}
        assert len(rule) == len(heading)
        assert rows == [tuple(cell.strip() for cell in row) for row in table.rows]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_markup_survives_in_a_name(name: str) -> None:
    text = escaped(name)
    assert "\n" not in text
    for mark in "`*_<>[]|~&$#":
        assert not re.search(rf"(?<!\\)(?:\\\\)*{re.escape(mark)}", text), mark
    assert not re.search(r"https?://", text), "GitHub makes links of bare addresses"
    assert ESCAPE.sub(r"\1", text) == name


def test_line_ends_become_spaces() -> None:
    assert escaped("one\r\ntwo\n\nthree") == "one two three"
