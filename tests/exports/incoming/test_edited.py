"""What people write into an exported table comes back: from CSV and XLSX, as spreadsheets save it."""

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from exports.choice import Choice
from exports.command.main import main
from exports.incoming.edited import read_edited
from exports.matrix.csv_file import write_csv, write_tsv
from exports.matrix.xlsx_file import write_xlsx
from exports.report import Report
from model.derivation.derive import derive
from model.design.columns import Shown
from model.design.design import Design, Record
from model.editing.records import FIELDS, apply_records, record_changes
from model.errors import FileError
from model.storage import dump, load
from model.tables.columnsets import COLUMN_SETS, WRITTEN
from model.tables.matrix import rows
from tests.designs import shipped_catalog
from tests.reports import HOSTILE, report_of, sample, with_record

ALL = Choice(columns=tuple(COLUMN_SETS))


def ids(design: Design) -> list[str]:
    return [row.id for row in rows(derive(design, shipped_catalog()))]


def written() -> Design:
    """A sample with hostile remarks beside its flows, in every field of the first."""
    design = sample("multi-vpc")
    names = ids(design)
    design = with_record(
        design,
        names[0],
        **{field: "2026-12-31" if field in ("start", "expiry") else f"a {field}" for field in FIELDS},
    )
    for name, text in zip(names[1:], HOSTILE, strict=False):
        design = with_record(design, name, remarks=text, owner="佐藤")
    return design


def table_of(design: Design, language: Shown) -> Report:
    return replace(report_of(design, language), choice=ALL)


@pytest.mark.parametrize("language", ["en", "ja", "both"])
@pytest.mark.parametrize("kind", ["csv", "tsv", "xlsx"])
def test_an_unedited_table_changes_nothing_and_restores_everything(
    tmp_path: Path, kind: str, language: Shown
) -> None:
    design = written()
    file = tmp_path / f"matrix.{kind}"
    file.write_bytes(
        {"csv": write_csv, "tsv": write_tsv, "xlsx": write_xlsx}[kind](table_of(design, language))
    )
    texts = read_edited(file).texts
    assert list(texts) == ids(design)
    assert record_changes(design, texts) == ()
    bare = design.evolve(records={})
    assert apply_records(bare, record_changes(bare, texts)).records == design.records


def test_a_workbook_saved_by_another_program_comes_back_with_dates(tmp_path: Path) -> None:
    design = sample("single-vpc")
    file = tmp_path / "matrix.xlsx"
    file.write_bytes(write_xlsx(table_of(design, "ja")))
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    columns = {column.id: heading.index(column.title("ja")) + 1 for column in WRITTEN}
    sheet.cell(2, columns["expiry"]).value = datetime(2027, 3, 31)
    sheet.cell(2, columns["rule-number"]).value = 1042
    sheet.cell(3, columns["owner"]).value = "田中 & <子>"
    sheet.cell(3, columns["start"]).value = "2026/4/1"
    sheet.cell(4, columns["remarks"]).value = None
    book.save(file)
    changes = record_changes(design, read_edited(file).texts)
    first, second = ids(design)[:2]
    assert apply_records(design, changes).records == {
        first: Record(expiry="2027-03-31", rule_number="1042"),
        second: Record(owner="田中 & <子>", start="2026-04-01"),
    }


def saved_with(
    folder: Path, values: Mapping[str, str | float | datetime | date], epoch: datetime = WINDOWS_EPOCH
) -> Path:
    """A matrix with values that another program put beside its first flow."""
    file = folder / "matrix.xlsx"
    file.write_bytes(write_xlsx(table_of(sample("single-vpc"), "en")))
    book = openpyxl.load_workbook(file)
    book.epoch = epoch
    sheet = book.worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    for column in WRITTEN:
        if column.id in values:
            sheet.cell(2, heading.index(column.title("en")) + 1).value = values[column.id]
    book.save(file)
    return file


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH])
def test_dates_switches_and_numbers_come_back_as_people_see_them(tmp_path: Path, epoch: datetime) -> None:
    values: dict[str, str | float | datetime | date] = {
        "approval": datetime(2026, 12, 1),
        "start": datetime(2026, 12, 1, 12, 30),
        "expiry": date(2027, 3, 31),
        "log": True,
        "rule-number": 1.1,
        "rfc": 20261125000123,
        "remarks": datetime(2026, 12, 1, 9, 5),
    }
    texts = read_edited(saved_with(tmp_path, values, epoch)).texts[ids(sample("single-vpc"))[0]]
    assert {field: text for field, text in texts.items() if text} == {
        "approval": "2026-12-01",
        "start": "2026-12-01",
        "expiry": "2027-03-31",
        "log": "TRUE",
        "rule_number": "1.1",
        "rfc": "20261125000123",
        "remarks": "2026-12-01 09:05",
    }


def test_a_number_is_not_shown_with_the_digits_that_excel_stores(tmp_path: Path) -> None:
    file = saved_with(tmp_path, {"rule-number": 1.1})
    made = file.read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"<v>1.1</v>", b"<v>1.1000000000000001</v>")
            target.writestr(name, content)
    assert read_edited(file).texts[ids(sample("single-vpc"))[0]]["rule_number"] == "1.1"


def test_a_formula_that_nobody_worked_out_is_refused_and_never_taken_for_an_empty_cell(
    tmp_path: Path,
) -> None:
    with pytest.raises(FileError, match="formula has no result yet"):
        read_edited(saved_with(tmp_path, {"expiry": "=TODAY()+30"}))


def test_sheets_may_be_moved_and_put_before_the_matrix(tmp_path: Path) -> None:
    file = saved_with(tmp_path, {"owner": "山田"})
    book = openpyxl.load_workbook(file)
    book.move_sheet(book.worksheets[0], 2)
    book.create_sheet("表紙", 0)["A1"] = "変更申請"
    book.create_sheet("empty", 0)
    book.save(file)
    texts = read_edited(file).texts
    assert list(texts) == ids(sample("single-vpc"))
    assert texts[ids(sample("single-vpc"))[0]]["owner"] == "山田"


def test_what_is_typed_into_the_workbook_stays_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(table_of(sample("single-vpc"), "en"))))
    heading, first = list(book.worksheets[0].iter_rows(max_row=2))
    written = {column.title("en") for column in WRITTEN}
    as_text = {each.value for each, cell in zip(heading, first, strict=True) if cell.number_format == "@"}
    assert as_text == written


@pytest.mark.parametrize("kind", ["csv", "tsv", "utf-16", "xlsx"])
def test_no_character_of_what_was_written_is_lost_on_the_way(tmp_path: Path, kind: str) -> None:
    design = sample("single-vpc")
    texts = (
        "山田\u3000花子",
        "a  b",
        "x\u00a0y",
        "'=1+1",
        "''-5",
        "'",
        "-",
        "'quoted'",
        "46357",
        "007",
        "1-2",
    )
    for name, text in zip(ids(design), texts, strict=False):
        design = with_record(design, name, owner=text, remarks=text)
    report, file = table_of(design, "ja"), tmp_path / "matrix"
    made = {"csv": write_csv, "xlsx": write_xlsx}.get(kind, write_tsv)(report)
    file.write_bytes(made.decode("utf-8-sig").encode("utf-16") if kind == "utf-16" else made)
    assert record_changes(design, read_edited(file).texts) == ()


def test_a_cell_of_several_lines_becomes_one_line(tmp_path: Path) -> None:
    file = tmp_path / "edited.csv"
    file.write_text('Flow ID,Owner\nF-00000000," A \nB\tC "\n', encoding="utf-8")
    assert read_edited(file).texts == {"F-00000000": {"owner": "A B C"}}


def test_columns_may_be_moved_and_left_out_and_separated_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "edited.csv"
    file.write_text("Note;Owner;Flow ID\nx;A;F-00000000\ny;not given;F-00000001\n;;\n", encoding="utf-8")
    assert read_edited(file).texts == {"F-00000000": {"owner": "A"}, "F-00000001": {"owner": ""}}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Flow ID,Port\nF-00000000,1\n", "holds no flow ids beside columns that can be edited"),
        (b"", "holds no flow ids"),
        (b"Flow ID,Owner,Owner\n", "a column stands in the table twice"),
        (
            b"Flow ID,Owner\nF-00000000,A\nF-00000000,B\n",
            "row 3: the flow F-00000000 stands in the table twice",
        ),
        ("Flow ID,Owner\nF-00000000,é\n".encode("latin-1"), "no UTF-8 text"),
        (b"PK\x03\x04nonsense", "no workbook that can be read"),
    ],
)
def test_what_is_no_such_table_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "edited"
    file.write_bytes(content)
    with pytest.raises(FileError) as refused:
        read_edited(file)
    assert sentence in str(refused.value)


def test_entities_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    made = write_xlsx(table_of(sample("single-vpc"), "en"))
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/sharedStrings.xml":
                content = content.replace(b"<sst", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sst', 1)
            target.writestr(name, content)
    with pytest.raises(FileError, match="declares entities"):
        read_edited(file)


def edited(tmp_path: Path, **texts: str) -> tuple[str, str, str]:
    """A design and its CSV with some texts written beside the first flow, as paths; and that flow's id."""
    design, file = tmp_path / "new.portchart", tmp_path / "matrix.csv"
    design.write_bytes(dump(sample("single-vpc")))
    made = csv.reader(io.StringIO(write_csv(table_of(sample("single-vpc"), "en")).decode("utf-8-sig")))
    heading, first, *others = made
    for column in WRITTEN:
        if column.id in texts:
            first[heading.index(column.heading.en)] = texts[column.id]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([heading, first, *others])
    return str(design), str(file), first[0]


def test_the_command_shows_first_and_writes_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    design, file, flow = edited(tmp_path, owner="山田", expiry="2027-03-31")
    before = Path(design).read_bytes()
    assert main(["import-records", design, file]) == 0
    shown = capsys.readouterr()
    assert [line.split() for line in shown.out.splitlines()[2:]] == [
        [flow, "Owner", "(empty)", "山田"],
        [flow, "Expiry", "(empty)", "2027-03-31"],
    ]
    assert "--write" in shown.err
    assert Path(design).read_bytes() == before
    assert main(["import-records", design, file, "--write"]) == 0
    assert load(Path(design)).design.records == {flow: Record(owner="山田", expiry="2027-03-31")}
    capsys.readouterr()
    assert main(["import-records", design, file, "--language", "ja"]) == 0
    assert capsys.readouterr().out == "変更はありません。\n"


def test_the_command_names_what_it_cannot_take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design, file, flow = edited(tmp_path, expiry="soon")
    assert main(["import-records", design, file, "--write"]) == 2
    assert f'{flow}, expiry: "soon" is not a date: write it as 2026-01-31.' in capsys.readouterr().err
    other = tmp_path / "other.csv"
    other.write_text("Flow ID,Owner\nF-ZZZZZZZZ,A\n", encoding="utf-8")
    assert main(["import-records", design, str(other), "--write"]) == 0
    assert "no flow F-ZZZZZZZZ; its row is left out" in capsys.readouterr().err
    assert load(Path(design)).design.records == {}
