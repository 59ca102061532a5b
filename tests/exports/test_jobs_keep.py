"""A job keeps whatever the command line or the export dialog offers: gone through option by option, field by field.

An option that is added and is not kept fails here: it has no row in `KEPT`, or a job with its row writes other bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from exports.command.main import main
from exports.command.parser import parser
from model.design.changes import Change, Scenario
from model.design.output import Job, Output
from model.editing import edits
from model.storage import dump, load
from tests.reports import RULES, sample

GROUPS = json.dumps(
    {
        "SecurityGroups": [
            {
                "GroupId": "sg-0123",
                "GroupName": "unlike any component",
                "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
                "IpPermissionsEgress": [],
            }
        ]
    }
)
HERE = "relay-1"
INPUT = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n"

KEPT: dict[str, tuple[str, tuple[str, ...], dict[str, object], dict[str, object]]] = {
    "to": ("markdown", (), {}, {}),
    "output": ("csv", (), {}, {"folder": "kept"}),
    "scenarios": ("csv", ("--scenario", "tried"), {}, {"scenarios": ("tried",)}),
    "baseline": ("csv", ("--baseline", "old.portchart"), {}, {"baseline": "old.portchart"}),
    "existing": ("csv", ("--as-is", "fw.csv"), {}, {"rules": ("fw.csv",)}),
    "at": ("csv", ("--as-is", "fw.save", "--at", HERE), {}, {"rules": ("fw.save",), "rules_at": HERE}),
    "groups": (
        "csv",
        ("--as-is", "fw.json", "--group", f"sg-0123={HERE}"),
        {},
        {"rules": ("fw.json",), "rules_groups": (f"sg-0123={HERE}",)},
    ),
    "profile": ("html", ("--profile", "whose.json"), {}, {"profile": "whose.json"}),
    "sections": ("pdf", ("--sections", "1,16"), {"sections": (1, 16)}, {}),
    "columns": ("csv", ("--columns", "port,owner"), {"columns": ("port", "owner")}, {}),
    "headings": ("csv", ("--headings", "both"), {"headings": "both"}, {}),
    "encoding": ("csv", ("--encoding", "cp932"), {"encoding": "cp932"}, {}),
    "theme": ("svg", ("--theme", "dark"), {"theme": "dark"}, {}),
    "scale": ("png", ("--scale", "0.5"), {"scale": 50}, {}),
    "language": ("csv", ("--language", "ja"), {"language": "ja"}, {}),
    "accept_inexpressible": ("nftables", ("--accept-inexpressible",), {"accept": True}, {}),
}
"""By option: a format, the option as typed, and the fields of the file and of the job that keep it."""

RUNNING = {"help", "design", "job", "replace"}
"""What says which job is run, and how: no choice about a file."""


def options() -> dict[str, argparse.Action]:
    """The options of `portchart export`, by where they are stored."""
    commands = next(
        each for each in parser(lambda: "")._actions if isinstance(each, argparse._SubParsersAction)
    )
    return {each.dest: each for each in reversed(commands.choices["export"]._actions)}


def test_every_option_has_its_place_in_a_job() -> None:
    assert options().keys() == KEPT.keys() | RUNNING
    outputs = {name for _, _, fields, _ in KEPT.values() for name in fields}
    assert outputs | {"format"} == set(Output.model_fields)
    jobs = {name for _, _, _, fields in KEPT.values() for name in fields}
    assert jobs | {"id", "name", "outputs", "pattern"} == set(Job.model_fields)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a design that has a scenario, an older design and existing rules; it is the current one."""
    design = sample("on-premises")
    tried = Scenario(id="tried", name="Tried", changes=(Change(feature="smart-feedback", value=True),))
    made = design.evolve(
        scenarios=(tried,), jobs=(Job(id="board", name="Board", outputs=(Output(format="csv"),)),)
    )
    (tmp_path / "design.portchart").write_bytes(dump(made))
    gone = next(each.id for each in design.components if each.kind == "ntp-server")
    (tmp_path / "old.portchart").write_bytes(dump(edits.delete(design, {gone})))
    (tmp_path / "fw.csv").write_text(RULES, encoding="utf-8")
    (tmp_path / "fw.json").write_text(GROUPS, encoding="utf-8")
    (tmp_path / "fw.save").write_text(INPUT, encoding="utf-8")
    (tmp_path / "whose.json").write_text('{"company": "Another Company"}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("option", KEPT)
def test_a_job_writes_what_the_option_does(option: str, folder: Path) -> None:
    form, typed, of_output, of_job = KEPT[option]
    output = Output.model_validate({"format": form, **of_output})
    fields = {"id": "board", "name": "Board", "outputs": (output,), "folder": "out", **of_job}
    job = Job.model_validate(fields)
    path = folder / "design.portchart"
    path.write_bytes(dump(load(path).design.evolve(jobs=(job,))))
    command = ["export", "design.portchart", "--to", form]
    assert main([*command, *typed, "-o", "typed"]) == 0
    assert main(["export", "design.portchart", "--job", "board"]) == 0
    (written,) = (folder / job.folder).iterdir()
    assert written.read_bytes() == (folder / "typed").read_bytes()
    if typed:
        less = typed[:-2] if len(typed) > 2 else ()  # the rules alone
        usual = main([*command, *less, "-o", "usual"])
        assert usual == 1 or (folder / "usual").read_bytes() != written.read_bytes()


@pytest.mark.parametrize("option", sorted(KEPT.keys() - {"to", "accept_inexpressible"}))
def test_what_a_job_keeps_is_not_said_beside_it(
    option: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = options()[option]
    given = () if found.nargs == 0 else ("out.csv",)
    if found.choices:
        given = (str(next(iter(found.choices))),)
    if option == "scale":
        given = ("1",)
    assert main(["export", "design.portchart", "--job", "board", found.option_strings[-1], *given]) == 2
    assert f"A job says itself what {found.option_strings[-1]} would" in capsys.readouterr().err
