"""Spreadsheets opened by LibreOffice: the matrix arrives cell by cell as it was written (make soak)."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from exports.matrix.csv_file import write_csv
from exports.matrix.xlsx_file import write_xlsx
from exports.tables import matrix_table
from tests.reports import SAMPLES, report_of, sample

OFFICE = shutil.which("soffice")
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"


@pytest.mark.soak
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_it_opens_workbooks_and_csv_files(tmp_path: Path) -> None:
    for name in SAMPLES:
        report = report_of(sample(name), "both")
        (tmp_path / f"{name}.xlsx").write_bytes(write_xlsx(report))
        (tmp_path / f"{name}-csv.csv").write_bytes(write_csv(report))
    files = sorted(tmp_path.iterdir())
    subprocess.run(
        [OFFICE or "", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", UTF8_CSV,
         "--infilter=CSV:44,34,76,1", "--outdir", tmp_path / "out", *files],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    for name in SAMPLES:
        expected = matrix_table(report_of(sample(name), "both"))
        for stem in (name, f"{name}-csv"):
            text = (tmp_path / "out" / f"{stem}.csv").read_text(encoding="utf-8-sig")
            cells = {cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row}
            assert {row[0] for row in expected.rows} <= cells
            assert set(expected.headings) <= cells
