"""Rules that firewalls have now, laid beside the flows of the window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from exports.catalogs import catalog_file
from exports.existing.judge import judge
from exports.existing.read import is_rule_list, read_existing
from exports.firewall.permits import address_permits
from exports.registry import format_by_id
from exports.report import report
from gui.output.existing import ExistingRules
from gui.output.rules import Rules, RulesDialog
from gui.window.window import Window
from tests.gui.hands import drop_file


@pytest.fixture
def existing(sample: Window) -> ExistingRules:
    return sample.existing


def rules_of(window: Window, path: Path) -> Path:
    """All that the design needs, as the rule list writes it."""
    path.write_bytes(
        format_by_id("rules-csv").write(report(window.document.view.graph, catalog_file(), "en", None))
    )
    return path


def cells(window: Window, column: int) -> list[str]:
    model = window.bottom.matrix.rows_model
    return [model.text(row, column) for row in range(len(model.rows))]


def test_every_flow_says_how_it_stands(sample: Window, existing: ExistingRules, tmp_path: Path) -> None:
    path = rules_of(sample, tmp_path / "rules.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(lines[: len(lines) // 2]), encoding="utf-8")
    assert existing.compare(Rules((path,)))
    assert sample.bottom.matrix.rows_model.columns[0].id == "as-is"
    graph = sample.document.view.graph
    expected = judge(graph, read_existing([path], graph))
    found = cells(sample, 0)
    assert found.count("permitted") == expected.count("permitted")
    assert found.count("missing") == expected.count("missing")
    assert found.count("cannot be told") == expected.count("unknown")
    judged = [text for text in found if text != "not compared"]  # what stays on a host passes no firewall
    assert len(judged) == len(graph.network)
    assert {"permitted", "missing"} <= set(found)
    assert f"permitted: {expected.count('permitted')}" in sample.status.currentMessage()


def test_the_rules_follow_edits_and_are_put_away(
    sample: Window, existing: ExistingRules, tmp_path: Path
) -> None:
    assert existing.compare(Rules((rules_of(sample, tmp_path / "rules.csv"),)))
    before = len(cells(sample, 0))
    assert "missing" not in cells(sample, 0)
    sample.document.edit("Ports", lambda design: design.evolve(settings=design.settings))
    sample.document.stack.undo()
    assert len(cells(sample, 0)) == before
    existing.as_is_forget()
    assert sample.bottom.matrix.rows_model.columns[0].id == "source"
    assert existing.rules is None


def test_rules_that_cannot_be_read_are_a_sentence(
    sample: Window, existing: ExistingRules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(sample.files, "complain", lambda title, text: said.append(text))
    path = tmp_path / "rules.json"
    path.write_text("[", encoding="utf-8")
    assert not existing.compare(Rules((path,)))
    assert "rules.json" in said[0]
    assert sample.bottom.matrix.rows_model.columns[0].id == "source"


def test_groups_that_no_component_is_named_after_are_said_whose_they_are(
    sample: Window, existing: ExistingRules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = sample.document.view.graph
    permit = next(each for each in address_permits(graph).permits if each.flow.transport == "tcp")
    entry = {
        "IpProtocol": "tcp", "FromPort": permit.flow.port, "ToPort": permit.flow.port,
        "IpRanges": [{"CidrIp": each} for each in permit.destination.v4],
    }  # fmt: skip
    group = {"GroupId": "sg-x", "GroupName": "legacy", "IpPermissionsEgress": [entry]}
    path = tmp_path / "groups.json"
    path.write_text(json.dumps({"SecurityGroups": [group]}), encoding="utf-8")
    typed = iter(("sg-x", f"sg-x = {permit.flow.source}"))
    said: list[str] = []

    def type_and_go(dialog: RulesDialog) -> int:
        assert dialog.field.wanted() == (str(path),)
        dialog.field.groups.setText(next(typed))
        dialog.go.click()
        return dialog.result()

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *asked: ([str(path)], ""))
    monkeypatch.setattr(RulesDialog, "exec", type_and_go)
    monkeypatch.setattr(sample.files, "complain", lambda title, text: said.append(text))
    sample.actions_by_id["as_is"].trigger()
    assert len(said) == 1
    assert "sg-0123=web-1" in said[0]
    assert existing.verdicts(graph)[permit.flow.id].word == "permitted"
    assert existing.asked.groups == (f"sg-x = {permit.flow.source}",)


@pytest.mark.parametrize("name", ["rules.csv", "rules.save"])
def test_dropped_rules_are_compared_once_it_is_said_whose_they_are(
    sample: Window, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    path = rules_of(sample, tmp_path / "rules.csv")
    if name == "rules.save":
        path = tmp_path / name
        path.write_text("*filter\n:FORWARD DROP [0:0]\nCOMMIT\n", encoding="utf-8")
    asked: list[Rules] = []

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RulesDialog):
            asked.append(dialog.field.rules())
            dialog.go.click()
        else:
            QTimer.singleShot(5, go)

    QTimer.singleShot(0, go)
    drop_file(sample, path)
    qtbot.waitUntil(lambda: sample.existing.rules is not None)
    assert [each.paths for each in asked] == [(path,)]
    assert sample.bottom.matrix.rows_model.columns[0].id == "as-is"
    assert not sample.document.stack.canUndo()


def test_an_inventory_is_no_rule_list(tmp_path: Path) -> None:
    path = tmp_path / "hosts.csv"
    path.write_text("name,kind,zone,address,version\nweb,agent,,,\n", encoding="utf-8")
    assert not is_rule_list(path)
    path.write_text("source,destination,protocol,port\n", encoding="utf-8")
    assert is_rule_list(path)
    path.write_bytes(b"\xff\xfe\x00")
    assert not is_rule_list(path)
    assert not is_rule_list(tmp_path / "missing.csv")
