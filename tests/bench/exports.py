"""The matrix as PDF and XLSX, and the whole report, each beside the least that could write it."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import resources
from exports.catalogs import catalog_file
from exports.matrix.xlsx_file import write_xlsx
from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.style import A4, Papers
from exports.pdf.pages.table import TableRow, flow_table
from exports.pdf.pages.write import write_pages
from exports.report import Report, report
from exports.tables import tables
from model.derivation.derive import derive
from tests.bench.toggle import large_design

COLUMNS = 10
SAMPLE = Path(__file__).parents[2] / "resources/samples/multi-vpc.portchart"
_PAPERS = Papers(A4, A4, A4)


def _texts(rows: int) -> list[tuple[str, ...]]:
    """Rows as a matrix has them: some columns repeat a few texts, some are different in every row."""
    return [
        (
            str(number), f"agent-{number % 400}", "VPC production", f"10.{number % 200}.{number % 50}.0/24",
            f"relay-{number % 7}", "Production DMZ", str(443 + number % 5), "TCP",
            f"name-{number % 30}.workload.example.com", f"P{number % 35 + 1:02}, U{number % 20 + 1:02}",
        )
        for number in range(rows)
    ]  # fmt: skip


def cpu_time(act: Callable[[], object], rounds: int = 3) -> float:
    """CPU milliseconds, the median."""
    times = []
    for _ in range(rounds):
        begin = process_time()
        act()
        times.append((process_time() - begin) * 1000)
    return median(times)


def small_report() -> Report:
    """A report whose title and hashes the PDFs carry."""
    catalog = catalog_file()
    return report(derive(large_design(catalog.catalog, 40), catalog.catalog), catalog)


def pdf_table(texts: Sequence[tuple[str, ...]], about: Report) -> bytes:
    """Our table over as many pages as it takes."""
    sheets = Sheets("en", _PAPERS)
    sheets.turn()
    headings = [f"Column {number}" for number in range(COLUMNS)]
    flow_table(sheets, headings, [TableRow(row) for row in texts])
    return write_pages(sheets.pages, about)


def drawn_strings(texts: Sequence[tuple[str, ...]]) -> bytes:
    """The obvious floor: reportlab's `drawString` for every cell, 40 rows a page, without measuring or borders."""
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas = Canvas(data, invariant=1, pageCompression=1)
    for first in range(0, len(texts), 40):
        canvas.setFont("Helvetica", 6.5)
        for line, row in enumerate(texts[first : first + 40]):
            for place, text in enumerate(row):
                canvas.drawString(32 + place * 78, 550 - line * 12, text)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def long_table(texts: Sequence[tuple[str, ...]]) -> bytes:
    """Reportlab's own table over several pages."""
    from reportlab.platypus import LongTable, SimpleDocTemplate

    data = io.BytesIO()
    rows = [[*row] for row in texts]
    SimpleDocTemplate(data, invariant=1).build([LongTable(rows, repeatRows=1)])
    return data.getvalue()


def bare_xlsx(about: Report) -> bytes:
    """The same cells written by XlsxWriter alone."""
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C8D0D8"})
    for table in tables(about):
        sheet = book.add_worksheet(table.title)
        for number, cells in enumerate((table.headings, *table.rows)):
            for place, text in enumerate(cells):
                sheet.write_string(number, place, text, plain)
    book.close()
    return data.getvalue()


_PAGE = "from reportlab.pdfgen.canvas import Canvas; import io; page = Canvas(io.BytesIO())"
_FONTS = f"""
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
for name in ("Regular", "Bold"):
    registerFont(TTFont(name, {str(resources.path("fonts"))!r} + f"/NotoSansJP-{{name}}.ttf"))
    page.setFont(name, 9)
    page.drawString(50, 50, "Change 変更")
"""
_SAVED = "page.showPage(); page.save()"
_CHECKED = """
import os; os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
from pydantic import BaseModel
class Value(BaseModel):
    number: int
Value.model_validate_json('{"number": 1}')
"""
_OPENED = f"""
from time import perf_counter
import resources
from exports.catalogs import catalog_file
from exports.command.opened import opened
about = opened({str(SAMPLE)!r})
begin = perf_counter()
from exports.pdf import write_pdf
from exports.report import report
write_pdf(report(about.graph, about.catalog))
print((perf_counter() - begin) * 1000)
"""


def process_times() -> dict[str, float]:
    """Wall milliseconds: of an empty page with reportlab as a process, and what the report of a sample takes.

    "command": as a process of its own. "opened": in one that has the design open and nothing of reportlab loaded.
    "least": a process that checks one number with pydantic and shows two words in the fonts of the report.
    """

    def process(*arguments: str) -> float:
        begin = perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        return (perf_counter() - begin) * 1000

    def told(code: str) -> float:
        return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)

    rounds = [
        {
            "empty": process("-c", "\n".join((_PAGE, _SAVED))),
            "least": process("-c", "\n".join((_CHECKED, _PAGE, _FONTS, _SAVED))),
            "opened": told(_OPENED),
            "command": process("-m", "gui.main", "export", str(SAMPLE), "--to", "pdf", "-o", "-"),
        }
        for _ in range(8)
    ]
    return {name: median(each[name] for each in rounds[1:]) for name in rounds[0]}


def main() -> None:
    """Print the figures."""
    about = small_report()
    texts = _texts(10_000)
    ours, floor = cpu_time(lambda: pdf_table(texts, about)), cpu_time(lambda: drawn_strings(texts))
    print(f"PDF matrix, 10,000 rows: {ours:.0f} ms; drawString {floor:.0f} ms;", end=" ")
    print(f"ratio {ours / floor:.2f} (target ≤ 0.25)", end="; ")
    slow = cpu_time(lambda: long_table(texts), 1)
    print(f"LongTable {slow:,.0f} ms; {slow / ours:.0f} times as fast (target ≥ 25)", end="; ")
    many = _texts(50_000)
    more = cpu_time(lambda: pdf_table(many, about))
    print(f"50,000 rows {more:,.0f} ms; a row takes {more / ours / 5:.2f} times as long (target 1)")
    catalog = catalog_file()
    large = report(derive(large_design(catalog.catalog, 1_600), catalog.catalog), catalog)
    book, bare = cpu_time(lambda: write_xlsx(large)), cpu_time(lambda: bare_xlsx(large))
    print(f"XLSX, {len(large.rows):,} rows: {book:.0f} ms; XlsxWriter alone {bare:.0f} ms;", end=" ")
    print(f"ratio {book / bare:.2f} (target ≤ 1.2)")
    took = process_times()
    empty = took.pop("empty")
    print(
        f"report of multi-vpc beside a process that makes an empty page, {empty:.0f} ms (target ≤ 3):",
        end=" ",
    )
    print("; ".join(f"{name} {each:.0f} ms, {each / empty:.1f}" for name, each in took.items()))


if __name__ == "__main__":
    main()
