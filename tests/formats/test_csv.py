import csv
import io

import pytest

from exports.matrix.csv_file import guarded, write_csv
from exports.report import Report
from model.design.columns import Shown
from model.tables.matrix import COLUMNS
from tests.reports import HOSTILE, all_reports

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def without_guard(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


@pytest.mark.parametrize("language", ["en", "ja", "both"])
@pytest.mark.parametrize("name", all_reports())
def test_csv_reads_back_to_the_rows_of_the_matrix(name: str, language: Shown) -> None:
    report = all_reports(language)[name]
    heading, *lines = read(write_csv(report))
    last = {"en": "Catalog", "ja": "カタログ", "both": "Catalog カタログ"}[language]
    assert heading == [*(column.title(language) for column in COLUMNS), last]
    named = "workload-security-govcloud 2026-11"
    expected = [[*(column.cell(row, language) for column in COLUMNS), named] for row in report.rows]
    assert [[without_guard(cell) for cell in line] for line in lines] == expected
    assert len(lines) >= len(report.graph.network) > 0


@pytest.mark.parametrize("report", all_reports().values(), ids=all_reports())
def test_no_cell_is_a_formula_and_every_cell_is_quoted(report: Report) -> None:
    data = write_csv(report)
    assert data.startswith(b"\xef\xbb\xbf")
    for line in read(data):
        assert not [cell for cell in line if cell.startswith(FORMULA)]
    for text in data.decode("utf-8-sig").removesuffix("\r\n").split('"\r\n"'):
        assert len(text.strip('"').split('","')) >= len(COLUMNS)


def test_guard_leaves_other_texts_alone() -> None:
    assert [guarded(name) for name in HOSTILE[:5]] == [
        "'=1+1",
        "'+cmd|' /C calc'!A0",
        "'-2+3",
        "'@SUM(1)",
        "a | b \\| c",
    ]
    assert guarded("\tx") == "'\tx"
    assert guarded("") == ""
