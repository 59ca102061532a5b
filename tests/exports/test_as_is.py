"""Existing rules beside the flows in the report, the page, the spreadsheet and in jobs.

What each rule and flow comes to is worked out by hand from the six rules of `tests.reports.RULES`.
"""

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import openpyxl
import pypdf
import pytest

import resources
from exports.artefacts import ARTEFACTS
from exports.choice import Choice
from exports.command.main import main
from exports.existing.judge import Answer
from exports.existing.shown import counted, in_order
from exports.html import write_html
from exports.matrix.json_file import write_json
from exports.matrix.xlsx_file import write_xlsx
from exports.pdf import write_pdf
from exports.registry import FORMATS
from model.design.columns import Shown
from model.design.output import Job, Output
from model.editing import edits
from model.storage import dump
from tests.reports import RULES, as_is_report, report_of, sample

WIDE = {"F-JDSQ7GAQ", "F-Z6H5N3EB", "F-PBXXZ2E8"}
PERMITTED = {"F-MYGV22X4", "F-3YBSGP2N"}


def answer() -> Answer:
    found = as_is_report().existing
    assert found is not None
    return found


def pdf_text(data: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def section_5(language: Shown) -> str:
    about = as_is_report(language)
    return pdf_text(write_pdf(replace(about, choice=Choice(frozenset({5})))))


def test_rules_and_flows_are_what_a_reader_finds() -> None:
    flows = answer().flows
    assert {name for name, each in flows.items() if each.word == "permitted"} == PERMITTED
    assert {name for name, each in flows.items() if each.word == "wide"} == WIDE
    words = [(each.label, each.word) for each in in_order(answer())]
    assert words == [
        ("13", "surplus"),
        ("11", "wide"),
        ("15", "unjudged"),
        ("14", "hidden"),
        ("10", "needed"),
        ("12", "needed"),
    ]
    assert counted(answer()).en == (
        "Flows: permitted 2, missing 22, permitted too widely 3, cannot be told 17. "
        "Rules that permit: surplus 1, too wide 1, cannot be told 1, never reached 1, needed 2."
    )


def test_the_report_says_what_is_missing_and_what_is_open_for_nothing() -> None:
    text = section_5("en")
    assert "Comparedwithexistingrules" in text
    assert f"fw-dc-01.csv:SHA-256{answer().files[0].sha256}" in text
    part = text[text.index("Flowsthatexistingrules") : text.index("Existingrulestonarrow")]
    settled = {name for name in answer().flows if name in part}
    assert settled == answer().flows.keys() - PERMITTED
    rules = text[text.index("Existingrulestonarrow") :]
    assert rules.index("13rulessurplus") < rules.index("11rulestoowide") < rules.index("14rulesneverreached")


def test_the_report_says_so_in_japanese() -> None:
    text = section_5("ja")
    assert "通信:許可済み2、許可なし22、過剰に許可3、判定不能17。" in text
    assert "縮小・削除・確認が必要な既存ルール" in text
    assert "この設計の通信には不要" in text


def test_a_report_without_rules_says_nothing_of_them() -> None:
    about = report_of(sample("on-premises"))
    assert "xistingrules" not in pdf_text(write_pdf(replace(about, choice=Choice(frozenset({5})))))
    assert b'id="existing"' not in write_html(about)


def test_the_page_has_the_verdicts_beside_the_flows_and_a_table_of_the_rules() -> None:
    page = write_html(as_is_report()).decode()
    assert '<a href="#existing">Existing rules</a>' in page
    row = next(line for line in page.splitlines() if 'id="matrix-F-JDSQ7GAQ"' in line)
    assert row
    table = page[page.index('id="existing-table"') : page.index('id="urls"')]
    assert table.count("<tr") == 1 + 6
    assert "it also lets pass what no flow of the design needs" in table
    assert page.count('c-as-is"') > len(answer().flows)


def test_reasons_call_components_as_the_table_beside_them_does() -> None:
    reasons = {
        (row.destination.name, row.standing.reason.en.partition(" is known only by name")[0])
        for row in as_is_report().rows
        if row.standing and row.standing.reason and "only by name" in row.standing.reason.en
    }
    assert ("Smart Protection Network",) * 2 in reasons
    assert all(one == other for one, other in reasons)


def test_the_spreadsheet_has_a_sheet_of_the_rules_and_names_their_file() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(as_is_report())))
    sheet = book["Existing rules"]
    assert [row[0].value for row in sheet.iter_rows()][1:] == ["13", "11", "15", "14", "10", "12"]
    headings = [cell.value for cell in next(book["Matrix"].iter_rows())]
    assert headings[-2:] == ["As is", "Existing rules"]
    about = {str(label): text for label, text in book["About"].iter_rows(values_only=True, max_col=2)}
    assert about["Existing rules, SHA-256"] == f"fw-dc-01.csv ({answer().files[0].sha256})"


def test_json_has_the_verdict_of_every_flow_and_rule() -> None:
    data = json.loads(write_json(as_is_report()))
    jsonschema.validate(data, json.loads(resources.text("schemas/flows.schema.json")))
    words = {each["id"]: each["existing"]["as_is"] for each in data["flows"]}
    assert {name for name, word in words.items() if word == "wide"} == WIDE
    assert {name for name, word in words.items() if word == "permitted"} == PERMITTED
    assert words.keys() == answer().flows.keys()
    rules = {each["rule"]: each["verdict"] for each in data["existing"]["rules"]}
    assert rules == {
        "10": "needed", "11": "wide", "12": "needed", "13": "surplus", "14": "hidden", "15": "unjudged"
    }  # fmt: skip
    assert data["existing"]["files"] == [{"name": "fw-dc-01.csv", "sha256": answer().files[0].sha256}]


def test_every_format_that_holds_the_matrix_compares() -> None:
    """The matrix is in what lists flows for people and programs; pictures, names and rules hold other things."""
    without = {"urls", "svg", "png", "drawio", *(each.id for each in ARTEFACTS)}
    assert {each.id for each in FORMATS if not each.compares} == without
    for form in FORMATS:
        if form.compares:
            assert form.write(as_is_report()) != form.write(report_of(sample("on-premises"))), form.id


@pytest.fixture
def design(tmp_path: Path) -> Path:
    """The sample with a job that compares with rules in a folder beside it."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "fw-dc-01.csv").write_text(RULES)
    outputs = (Output(format="pdf", sections=(5,)), Output(format="xlsx"), Output(format="svg"))
    job = Job(id="board", name="Board", outputs=outputs, rules=("rules/fw-dc-01.csv",), folder="out")
    path = tmp_path / "design.portchart"
    path.write_bytes(dump(edits.change_design(sample("on-premises"), jobs=(job,))))
    return path


def test_a_job_compares_with_the_rules_it_remembers(design: Path) -> None:
    assert main(["export", str(design), "--job", "Board"]) == 0
    out = design.parent / "out"
    assert "permittedtoowidely3" in pdf_text((out / "design.pdf").read_bytes())
    assert "Existing rules" in openpyxl.load_workbook(out / "design.xlsx").sheetnames
    assert (out / "design.svg").exists()


def test_a_job_whose_rules_are_gone_writes_nothing(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (design.parent / "rules" / "fw-dc-01.csv").unlink()
    assert main(["export", str(design), "--job", "Board"]) == 2
    assert "fw-dc-01.csv: there is no such file" in capsys.readouterr().err
    assert not (design.parent / "out").exists()


def test_a_job_and_a_format_without_a_place_for_rules_refuse_them(
    design: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = str(design.parent / "rules" / "fw-dc-01.csv")
    assert main(["export", str(design), "--job", "Board", "--as-is", rules]) == 2
    assert "A job says itself what --as-is would" in capsys.readouterr().err
    assert main(["export", str(design), "--to", "svg", "--as-is", rules]) == 2
    assert (
        "svg takes no --as-is; xlsx, csv, tsv, html-table, pdf, html, json, markdown can"
        in capsys.readouterr().err
    )


def test_the_command_line_writes_the_report_with_rules(design: Path) -> None:
    rules, made = design.parent / "rules" / "fw-dc-01.csv", design.parent / "made.pdf"
    chosen = ["--sections", "5", "--as-is", str(rules), "-o", str(made)]
    assert main(["export", str(design), "--to", "pdf", *chosen]) == 0
    assert "permittedtoowidely3" in pdf_text(made.read_bytes())
