"""`portchart export` with a format that cannot express every flow: listed, and written only when accepted."""

import subprocess
import sys
from pathlib import Path

import pytest

from exports.artefacts import ARTEFACTS
from exports.command import main
from exports.firewall.artefact import Artefact
from exports.registry import format_by_id
from model.editing import edits
from model.storage import dump
from tests.formats.firewall.oracle import not_opened
from tests.reports import report_of, sample


def export(folder: Path, *arguments: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return main(["export", "design.portchart", *arguments])


def test_flows_that_cannot_be_expressed_are_listed_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "design.portchart").write_bytes(dump(sample("single-vpc")))
    assert export(tmp_path, "--to", "nftables") == 1
    output, errors = capsys.readouterr()
    *listed, sentence = errors.splitlines()
    graph = report_of(sample("single-vpc")).graph
    assert {line.split()[0] for line in listed} == not_opened(graph)
    assert "--accept-inexpressible" in sentence
    assert output == ""
    assert [path.name for path in tmp_path.iterdir()] == ["design.portchart"]


def test_accepted_they_are_listed_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "design.portchart").write_bytes(dump(sample("single-vpc")))
    assert export(tmp_path, "--to", "nftables", "--accept-inexpressible", "--language", "ja") == 0
    errors = capsys.readouterr().err.splitlines()
    assert errors[-1] == "design.nft"
    assert all("アドレス" in line for line in errors[:-1])
    written = (tmp_path / "design.nft").read_bytes()
    assert written == format_by_id("nftables").write(report_of(sample("single-vpc"), "ja"))


def test_a_design_that_can_be_expressed_needs_no_acceptance(tmp_path: Path) -> None:
    design = sample("single-vpc")
    addressed = {"workload-security": "192.0.2.1", "smart-protection-network": "192.0.2.2",
                 "update-server": "192.0.2.3", "download-center": "192.0.2.4"}  # fmt: skip
    for name, address in addressed.items():
        design = edits.change_component(design, name, addresses=(address,))
    (tmp_path / "design.portchart").write_bytes(dump(design))
    assert export(tmp_path, "--to", "nftables") == 0
    assert (tmp_path / "design.nft").exists()


def test_the_exit_code_reaches_the_shell(root: Path) -> None:
    run = "import sys; from exports.command import main; sys.exit(main())"
    arguments = ["export", "resources/samples/single-vpc.portchart", "--to", "nftables", "-o", "-"]
    command = [sys.executable, "-c", run, *arguments]
    refused = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr.startswith(b"F-")
    done = subprocess.run([*command, "--accept-inexpressible"], cwd=root, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"#!/usr/sbin/nft -f")


@pytest.mark.parametrize("artefact", ARTEFACTS, ids=[each.id for each in ARTEFACTS])
def test_the_registry_gives_what_the_artefact_makes(artefact: Artefact) -> None:
    form, report = format_by_id(artefact.id), report_of(sample("multi-vpc"))
    made = artefact.make(report)
    assert (form.write(report), form.unexpressed(report)) == (made.data, made.inexpressible)
    assert made.inexpressible
