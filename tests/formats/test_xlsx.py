import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import resources
from exports.matrix.xlsx_file import write_xlsx
from exports.tables import Table, tables
from model.design.columns import Shown
from model.editing import edits
from model.errors import ExportError
from model.shapes.text import measure
from tests.reports import all_reports, report_of, sample


def read(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def texts(sheet: Worksheet) -> list[tuple[str, ...]]:
    return [tuple(str(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("language", ["en", "ja", "both"])
@pytest.mark.parametrize("name", all_reports())
def test_xlsx_reads_back_to_the_tables_of_the_report(name: str, language: Shown) -> None:
    report = all_reports(language)[name]
    book = read(write_xlsx(report))
    expected = tables(report)
    assert book.sheetnames[:4] == [table.title for table in expected]
    for table in expected:
        assert texts(book[table.title]) == [table.headings, *table.rows]
    assert len(expected[0].rows) == len(report.rows) >= len(report.graph.network)


@pytest.mark.parametrize("name", all_reports())
def test_every_cell_is_a_text_and_nothing_is_a_link(name: str) -> None:
    for sheet in read(write_xlsx(all_reports()[name])).worksheets:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n"}, "n only for empty cells"
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def sheet_of(table: Table, book: openpyxl.Workbook) -> Worksheet:
    found = book[table.title]
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize("language", ["en", "ja", "both"])
@pytest.mark.parametrize("name", ["on-premises", "air-gapped"])
def test_rows_are_tall_enough_for_their_wrapped_texts(name: str, language: Shown) -> None:
    """Measured with the bundled font, which no spreadsheet uses but which is not narrower than the usual ones."""
    measuring = measure(resources.text("fonts/widths.json"))
    report = all_reports(language)[name]
    book = read(write_xlsx(report))
    for table in tables(report):
        sheet = sheet_of(table, book)
        for number, cells in enumerate(table.rows, start=2):
            points = [width * 5.25 for width in table.widths]
            lines = max(len(measuring.wrap(text, 10, room)) for text, room in zip(cells, points, strict=True))
            height = sheet.row_dimensions[number].height
            assert height is not None
            assert height >= min(lines * 13.0, 409.0)


def test_sheets_are_set_up_for_reading_and_for_paper() -> None:
    report = all_reports()["multi-vpc"]
    book = read(write_xlsx(report))
    for table in tables(report):
        sheet = sheet_of(table, book)
        last = get_column_letter(len(table.headings))
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{last}{max(len(table.rows), 1) + 1}"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1), "one page wide, which is the default"
        assert sheet.page_setup.fitToHeight == 0, "as many pages high as it takes"
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.right.text == "&P / &N"
        spans = sheet.column_dimensions.values()
        widths = [span.width for span in spans for _ in range(span.min or 0, (span.max or 0) + 1)]
        assert widths == [pytest.approx(width, abs=1) for width in table.widths]
        assert sheet["A1"].font.bold
        assert sheet["A1"].alignment.wrap_text


def test_the_workbook_says_what_it_is_and_when_is_fixed() -> None:
    report = all_reports("both")["multi-vpc"]
    book = read(write_xlsx(report))
    about = [text for _, text in texts(book.worksheets[-1])]
    assert report.design_hash in about
    assert report.catalog_hash in about
    assert f"{report.catalog.id} {report.catalog.version}" in about
    assert report.design.document.change_number in about
    assert book.properties.title == report.design.title
    assert book.properties.created == datetime(2000, 1, 1)


def test_a_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    design = sample("single-vpc")
    agent = next(each.id for each in design.components if each.kind == "agent")
    addresses = tuple(f"10.{n // 250}.{n % 250}.77" for n in range(4_000))
    crowded = report_of(edits.change_component(design, agent, addresses=addresses))
    with pytest.raises(ExportError, match=r"Matrix, row \d+, Source IP: .* export CSV or JSON instead"):
        write_xlsx(crowded)
