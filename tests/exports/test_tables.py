from hashlib import sha256

import pytest

from exports.command.terminal import aligned, columns_of
from exports.report import Report
from exports.tables import about_lines, findings_table, lines_text, sources_table, tables
from model.catalog.rules import Rule
from model.editing import edits
from model.storage import dump
from tests.designs import shipped_catalog
from tests.reports import all_reports, report_of, sample


def rule_with_lines(lines: tuple[int, ...]) -> Rule:
    rule = shipped_catalog().rule_by_id["P01"]
    return rule.evolve(citation=rule.citation.evolve(lines=lines))


@pytest.mark.parametrize(
    ("lines", "text"),
    [((30,), "30"), ((49, 50, 51, 53, 55), "49–51, 53, 55"), ((1, 2, 4, 5), "1–2, 4–5")],
)
def test_runs_of_lines_are_shortened(lines: tuple[int, ...], text: str) -> None:
    assert lines_text(rule_with_lines(lines)) == text


@pytest.mark.parametrize("report", all_reports("both").values(), ids=all_reports())
def test_every_row_is_as_wide_as_its_heading_and_has_no_blank(report: Report) -> None:
    for table in tables(report):
        assert len(table.headings) == len(table.widths)
        assert {len(row) for row in table.rows} <= {len(table.headings)}
        assert all(cell.strip() for row in table.rows for cell in row)


@pytest.mark.parametrize(
    ("name", "others"),
    [("on-premises", {"P21"}), ("multi-vpc", {"P20", "P21"})],
    ids=["a reading names P21", "a finding names P20, too"],
)
def test_sources_hold_every_rule_named_once(name: str, others: set[str]) -> None:
    report = report_of(sample(name))
    cited = {rule for flow in report.graph.network for rule in flow.basis.rules}
    listed = [row[0] for row in sources_table(report).rows]
    assert set(listed) == cited | others
    assert len(listed) == len(cited | others)


def test_tables_say_what_they_were_compared_with() -> None:
    about = dict(about_lines(all_reports("ja")["compared"]))
    assert about["ベースライン"] == "Shared platform: two VPCs behind one egress · CHG-0043050 · 版 4"
    assert about["ベースライン SHA-256"] == sha256(dump(sample("multi-vpc"))).hexdigest()
    assert "ベースライン" not in dict(about_lines(all_reports("ja")["multi-vpc"]))


def test_findings_name_what_they_are_about() -> None:
    design = edits.rename(sample("single-vpc"), "web-tier", "Public web")
    gone = [each.id for each in design.components if each.kind == "dns-server"]
    report = report_of(edits.delete(design, gone))
    table = findings_table(report)
    severity, about = table.headings.index("Severity"), table.headings.index("About")
    errors = [row for row in table.rows if row[severity] == "error"]
    assert errors
    assert any("Public web" in row[about].split(", ") for row in errors)
    assert len(table.rows) == len(report.findings)


def test_a_report_says_what_is_not_given() -> None:
    design = sample("single-vpc").evolve(title="", document={"change_number": "", "author": ""})
    about = dict(about_lines(report_of(design, "ja")))
    assert about["変更管理番号"] == "未設定"
    assert about["件名"] == shipped_catalog().title.ja


def test_text_tables_line_up_under_wide_characters() -> None:
    lines = aligned(("Name", "名称"), [("業務", "a"), ("x", "b")]).splitlines()
    assert lines == ["Name  名称", "----  ----", "業務  a", "x     b"]
    assert [columns_of(text) for text in ("abc", "日本", "e\u0301", "ｶﾅ")] == [3, 4, 1, 2]
