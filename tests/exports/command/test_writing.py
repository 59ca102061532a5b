"""Commands that write files: export, fmt, new."""

import json
import os

import pytest

from model.storage import dump, parse_design
from tests.exports.command.runner import Runner, refused, succeeded
from tests.reports import SAMPLES, sample

# export


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("csv", b'\xef\xbb\xbf"Flow ID'),
        ("xlsx", b"PK"),
        ("json", b"{"),
        ("markdown", b"# "),
        ("urls", b"# "),
        ("pdf", b"%PDF-"),
    ],
)
def test_export_writes_the_same_to_a_file_and_to_standard_output(
    portchart: Runner, form: str, begins: bytes
) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    done = portchart("export", name, "--to", form, "-o", "-")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(begins)
    assert succeeded(portchart("export", name, "--to", form, "-o", "out.file")) == ""
    assert (portchart.folder / "out.file").read_bytes() == done.stdout
    assert sorted(path.name for path in portchart.folder.iterdir()) == ["design.portchart", "out.file"]


def test_export_replaces_only_what_it_is_told_to(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    succeeded(portchart("export", name, "--to", "csv"))
    first = (portchart.folder / "design.csv").read_bytes()
    assert "design.csv" in refused(portchart("export", name, "--to", "csv", "--language", "ja"))
    assert (portchart.folder / "design.csv").read_bytes() == first
    succeeded(portchart("export", name, "--to", "csv", "--language", "ja", "-o", "design.csv"))
    assert "通信ID" in (portchart.folder / "design.csv").read_text(encoding="utf-8-sig")


def test_export_says_which_formats_there_are(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    sentence = refused(portchart("export", name, "--to", "docx"))
    listed = [line.split()[0] for line in succeeded(portchart("formats")).splitlines()[2:]]
    assert {"csv", "xlsx", "json", "markdown", "urls", "pdf"} <= set(listed)
    assert all(form in sentence for form in listed)
    assert "通信要件一覧" in succeeded(portchart("formats", "--language", "ja"))


def test_export_of_standard_input_needs_a_name(portchart: Runner) -> None:
    done = portchart("export", "-", "--to", "csv", stdin=dump(sample("single-vpc")))
    assert "-o" in refused(done)


# fmt and new


def test_fmt_rewrites_only_what_is_not_canonical(portchart: Runner) -> None:
    canonical = dump(sample("single-vpc"))
    loose = portchart.folder / "loose.portchart"
    loose.write_text(json.dumps(json.loads(canonical)), encoding="utf-8")
    tidy = portchart.folder / "tidy.portchart"
    tidy.write_bytes(canonical)
    os.utime(tidy, ns=(1, 1))
    done = portchart("fmt", "loose.portchart", "missing.portchart", "tidy.portchart")
    assert done.returncode == 2
    assert "missing.portchart" in done.stderr.decode()
    assert loose.read_bytes() == canonical
    assert tidy.stat().st_mtime_ns == 1
    assert (
        succeeded(portchart("fmt", "-", stdin=json.dumps(json.loads(canonical)).encode()))
        == canonical.decode()
    )


def test_new_lists_templates_and_makes_designs(portchart: Runner) -> None:
    listed = succeeded(portchart("new"))
    assert all(name in listed for name in SAMPLES)
    succeeded(portchart("new", "--template", "multi-vpc"))
    made = parse_design((portchart.folder / "multi-vpc.portchart").read_bytes())
    assert made == sample("multi-vpc")
    assert "already" in refused(portchart("new", "--template", "multi-vpc"))
    succeeded(portchart("new", "--template", "air-gapped", "-o", "multi-vpc.portchart", "--force"))
    assert parse_design((portchart.folder / "multi-vpc.portchart").read_bytes()) == sample("air-gapped")
    assert "single-vpc" in refused(portchart("new", "--template", "nothing"))
    assert (
        succeeded(portchart("new", "--template", "on-premises", "-o", "-"))
        == dump(sample("on-premises")).decode()
    )
