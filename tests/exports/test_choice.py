"""What is asked of an export on the command line: a baseline, sections, blocks of columns."""

import csv
import io
from pathlib import Path

import pytest

from exports.choice import Choice, parse_columns, parse_sections
from exports.command.main import main
from model import edits
from model.columnsets import columns_of
from model.errors import ExportError
from model.storage import dump
from tests.reports import sample


@pytest.mark.parametrize(
    ("text", "sections"),
    [("1,3,5", {1, 3, 5}), ("0", {0}), ("5-7", {5, 6, 7}), ("1, 16-17,3-3", {1, 3, 16, 17})],
)
def test_sections_are_numbers_and_ranges(text: str, sections: set[int]) -> None:
    assert parse_sections(text) == sections


@pytest.mark.parametrize("text", ["", "18", "-1", "7-5", "1,,2", "one", "1-", "٣"])
def test_what_is_no_section_is_refused(text: str) -> None:
    with pytest.raises(ExportError, match="is not a section; write numbers from 0 to 17"):
        parse_sections(text)


def test_blocks_are_named_once_and_known() -> None:
    assert parse_columns("core, audit,core") == ("core", "audit")
    with pytest.raises(ExportError, match="no block of columns 'cor'; there is core, firewall, audit"):
        parse_columns("cor")


def test_without_a_choice_everything_is_written() -> None:
    assert all(Choice().has(section) for section in range(18))
    assert [section for section in range(18) if Choice(frozenset({1, 3})).has(section)] == [1, 3]


def export(tmp_path: Path, *arguments: str) -> int:
    file = tmp_path / "new.portchart"
    file.write_bytes(dump(sample("on-premises")))
    return main(["export", str(file), *arguments])


def test_csv_holds_the_blocks_asked_for_and_what_changed(tmp_path: Path) -> None:
    before = sample("on-premises")
    gone = next(each.id for each in before.components if each.kind == "ntp-server")
    old = tmp_path / "old.portchart"
    old.write_bytes(dump(edits.delete(before, {gone})))
    out = tmp_path / "matrix.csv"
    code = export(
        tmp_path, "--to", "csv", "-o", str(out), "--columns", "core,firewall", "--baseline", str(old)
    )
    assert code == 0
    heading, *rows = csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig")))
    wanted = [column.heading.en for column in columns_of(("core", "firewall"))]
    assert heading[: len(wanted)] == wanted
    change, port = heading.index("Change"), heading.index("Port")
    assert {row[port] for row in rows if row[change] == "added"} == {"123"}
    assert {row[change] for row in rows} == {"added", "unchanged"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--to", "csv", "--short"), "csv has no sections to choose from; pdf has."),
        (("--to", "json", "--columns", "core"), "The columns of json cannot be chosen"),
        (("--to", "pdf", "--sections", "30"), "'30' is not a section"),
        (("--to", "pdf", "--baseline", "nowhere.portchart"), "nowhere.portchart"),
    ],
)
def test_what_cannot_be_chosen_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert export(tmp_path, *arguments, "-o", str(tmp_path / "out")) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
