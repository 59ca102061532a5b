import pytest

from exports.catalogs import DEFAULT
from exports.matrix.urls_file import write_urls
from exports.report import Report
from model.design.design import CatalogReference, Design
from model.design.elements import Assignment, Component
from tests.reports import all_reports, report_of, sample


def names_in(data: bytes) -> list[str]:
    return [line for line in data.decode().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("report", all_reports().values(), ids=all_reports())
def test_each_name_that_a_flow_needs_stands_on_its_line_once(report: Report) -> None:
    needed = {
        name
        for flow in report.graph.network
        for name in (*flow.basis.fqdns, *flow.basis.inferred_fqdns)
    }  # fmt: skip
    assert names_in(write_urls(report)) == sorted(needed)


def test_names_of_sources_alone_make_no_list() -> None:
    design = Design(
        catalog=CatalogReference(id=DEFAULT, version="2026-11"),
        settings={"communication": "bidirectional"},
        components=(
            Component(id="workload-security", kind="workload-security", name="Workload Security"),
            Component(id="agent", kind="agent", name="Agent"),
        ),
        assignments=(Assignment(source="agent", kind="workload-security", targets="none"),),
    )
    report = report_of(design)
    assert [flow.basis.source_fqdns for flow in report.graph.network if flow.port == 4118] == [
        ("agents-001.workload.gov-us-1.cloudonegov.trendmicro.com",)
    ]
    assert names_in(write_urls(report)) == []
    assert report.allow_list == ()


def test_the_header_says_where_the_list_comes_from() -> None:
    report = report_of(sample("air-gapped"), "both")
    header = [line for line in write_urls(report).decode().splitlines() if line.startswith("#")]
    assert f"# Catalog カタログ: {report.catalog.id} {report.catalog.version}" in header
    assert any(report.design_hash in line for line in header)
    assert any(report.design.title in line for line in header)
