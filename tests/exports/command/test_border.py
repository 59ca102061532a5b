"""What holds for every command: sentences instead of tracebacks, help, exit codes, nothing loaded needlessly."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from model.design.output import Job, Output
from model.editing import edits
from model.storage import dump
from tests.exports.command.runner import EVERY_COMMAND, RUN, Inside, Runner, refused, succeeded
from tests.reports import sample


@pytest.mark.parametrize(
    "arguments",
    [
        ["flows", "missing.portchart"],
        ["check", "missing.portchart"],
        ["export", "missing.portchart", "--to", "csv"],
        ["what-if", "missing.portchart", "--set", "smart-scan=on"],
        ["diff", "missing.portchart", "missing.portchart"],
        ["explain", "missing.portchart", "a", "b"],
        ["fmt", "missing.portchart"],
        ["new", "--template", "nothing"],
        ["flows", "."],
        ["flows", "design.portchart", "--scope", "sideways"],
        ["export", "design.portchart", "--to", "csv", "-o", "no/such/folder/x.csv"],
        ["export", "design.portchart", "--to", "csv", "-o", "."],
        ["schema", "everything"],
        ["nonsense"],
        [],
    ],
)
def test_input_that_cannot_be_used_gives_one_sentence_and_2(inside: Inside, arguments: list[str]) -> None:
    inside.file("design.portchart", sample("single-vpc"))
    assert refused(inside(*arguments))


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\xff\xfe", b'{"format": 99}', b'{"format": 1, "format": 1}']
)
def test_hostile_input_gives_one_sentence(inside: Inside, data: bytes) -> None:
    assert "standard input" in refused(inside("flows", "-", stdin=data))


def test_a_design_for_another_catalog_is_refused(inside: Inside) -> None:
    data = json.loads(dump(sample("single-vpc")))
    data["catalog"]["id"] = "another-product"
    sentence = refused(inside("flows", "-", stdin=json.dumps(data).encode()))
    assert "another-product" in sentence
    assert "workload-security-govcloud" in sentence


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_help_documents_the_exit_codes(inside: Inside, command: str) -> None:
    text = succeeded(inside(command, "--help"))
    assert text.startswith(f"usage: portchart {command}")
    assert "Exit codes: 0" in text


def test_help_and_version(portchart: Runner) -> None:
    text = succeeded(portchart("--help"))
    assert all(f"\n    {command}" in text for command in EVERY_COMMAND)
    assert succeeded(portchart("--version")).startswith("portchart ")


LOADED = """
import sys
from exports.command import main
assert main({arguments!r}) in (0, 1)
print(*sorted({{name.partition('.')[0] for name in sys.modules}}), file=sys.stderr)
"""


def modules_of(root: Path, arguments: Sequence[str]) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(arguments=list(arguments))],
        cwd=root,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return set(done.stderr.decode().splitlines()[-1].split())


SINGLE = "resources/samples/single-vpc.portchart"


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["flows", SINGLE], {"networkx", "reportlab", "xlsxwriter"}),
        (["flows", SINGLE, "--json"], {"networkx", "reportlab", "xlsxwriter"}),
        (["check", SINGLE], {"reportlab", "xlsxwriter"}),
        (["diff", SINGLE, SINGLE], {"networkx", "reportlab", "xlsxwriter"}),
        (["export", SINGLE, "--to", "csv", "-o", "-"], {"reportlab", "xlsxwriter"}),
        (["export", SINGLE, "--to", "xlsx", "-o", "-"], {"reportlab"}),
        (["export", SINGLE, "--to", "pdf", "-o", "-"], {"xlsxwriter"}),
        (["schema", "flows"], {"pydantic", "networkx", "reportlab", "xlsxwriter"}),
    ],
)
def test_no_command_loads_qt_or_more_than_it_needs(
    root: Path, arguments: list[str], absent: set[str]
) -> None:
    loaded = modules_of(root, arguments)
    assert "exports" in loaded
    assert not loaded & (absent | {"PySide6", "shiboken6", "gui"})


@pytest.mark.parametrize(
    "name", ["design.portchart", "./design.portchart", "other-name", "old.portchart", "fw.csv"]
)
def test_nothing_that_is_read_is_written_over(inside: Inside, name: str) -> None:
    for each in ("design.portchart", "old.portchart"):
        inside.file(each, sample("single-vpc"))
    (inside.folder / "fw.csv").write_text("rule,action,source,destination,protocol,port\n", encoding="utf-8")
    (inside.folder / "other-name").symlink_to("design.portchart")
    before = (inside.folder / name).read_bytes()
    read = ("--baseline", "old.portchart", "--as-is", "fw.csv")
    sentence = refused(inside("export", "design.portchart", "--to", "csv", *read, "-o", name))
    assert "is read for this export and would be lost" in sentence
    assert (inside.folder / name).read_bytes() == before
    assert succeeded(inside("export", "design.portchart", "--to", "csv", *read, "-o", "made.csv")) == ""


def test_a_job_does_not_write_over_its_rules(inside: Inside) -> None:
    job = Job(id="board", name="Board", outputs=(Output(format="csv"),), rules=("fw.csv",), pattern="fw")
    inside.file("design.portchart", sample("single-vpc").evolve(jobs=(job,)))
    rules = inside.folder / "fw.csv"
    rules.write_text("rule,action,source,destination,protocol,port\n", encoding="utf-8")
    before = rules.read_bytes()
    assert "fw.csv is read for this export" in refused(
        inside("export", "design.portchart", "--job", "board", "--replace")
    )
    assert rules.read_bytes() == before


def test_a_reader_that_goes_away_ends_it_quietly(root: Path) -> None:
    """The pipe's reading end is closed before the command writes, so the first write fails."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", RUN, "flows", SINGLE, "--json"],
        cwd=root,
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_said_in_a_sentence(root: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", RUN, "flows", SINGLE],
            cwd=root,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("portchart: standard output cannot be written")


def test_a_terminal_without_japanese_gets_escapes_and_json_stays_utf8(portchart: Runner) -> None:
    design = edits.rename(sample("single-vpc"), "web-tier", "業務サーバー")
    name = portchart.file("design.portchart", design)
    ascii_only = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    text = portchart("flows", name, environment=ascii_only)
    assert "\\u696d\\u52d9" in succeeded(text)
    markdown = portchart("export", name, "--to", "markdown", "-o", "-", environment=ascii_only)
    assert "業務サーバー" in succeeded(markdown)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["flows", SINGLE], 0),
        (["check", SINGLE, "--json"], 0),
        (["explain", SINGLE, "web-tier", "dns-1"], 0),
        (["catalog", "P12"], 0),
        (["formats"], 0),
        (["new"], 0),
        (["what-if", SINGLE, "--set", "smart-scan=on"], 0),
        (["diff", SINGLE, "resources/samples/multi-vpc.portchart"], 1),
        (["fmt", "nothing.portchart"], 2),
        (["schema", "nothing"], 2),
        (["export", SINGLE, "--to", "nothing"], 2),
    ],
)
def test_every_command_gives_its_exit_code_to_the_shell(root: Path, arguments: list[str], code: int) -> None:
    done = subprocess.run([sys.executable, "-c", RUN, *arguments], cwd=root, capture_output=True, check=False)
    assert done.returncode == code
    assert bool(done.stdout) == (code != 2)
    assert bool(done.stderr) == (code == 2)
