"""What the model says is said in Japanese, too: every sentence it can make, with the same values in it."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.existing.read import read_existing
from exports.sentences import in_language, templates
from model.design.design import Design
from model.editing import edits
from model.editing.records import set_field
from model.errors import DesignError, FileError
from model.sentences import starting, told
from model.storage import load
from model.storage.invalid import _ID, _PATTERNS
from model.storage.profiles import load_profile
from tests.reports import report_of, sample


def told_in(root: Path) -> Iterator[str]:
    """The templates in the code."""
    for room in ("model", "exports", "gui"):
        for file in (root / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "told":
                    first = node.args[0]
                    choices = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
                    yield from (str(each.value) for each in choices if isinstance(each, ast.Constant))


def test_every_sentence_has_its_japanese(root: Path) -> None:
    assert {*told_in(root), *_PATTERNS.values(), _ID} == set(templates())


@pytest.mark.parametrize("english", sorted(templates()))
def test_both_have_the_same_places(english: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    japanese = templates()[english]
    assert places(japanese) == places(english)
    assert any(character > "\u3000" for character in japanese) or places(english) == {
        *places(english) & {"path", "place", "reason", "flow"}
    }


PLAIN = {"icons.py", "catalog.py", "design.py"}
"""Where messages are for those who build Portchart, or are passed on."""


def test_no_refusal_is_raised_in_english_alone(root: Path) -> None:
    found = []
    for room in ("model", "exports"):
        for file in (root / room).rglob("*.py"):
            if PLAIN & {file.name, file.parent.name}:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                    name = getattr(node.exc.func, "id", "")
                    if name.endswith("Error") and name not in (
                        "ArgumentTypeError",  # see exports.command.mistakes
                        "AssertionError",
                        "IsADirectoryError",
                        "TypeError",
                    ):
                        texts = [each for each in node.exc.args if _is_text(each)]
                        found += [f"{file.name}:{each.lineno}" for each in texts]
    assert found == []


def _is_text(node: ast.expr) -> bool:
    plain = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    return isinstance(node, ast.JoinedStr) or plain


def japanese(error: BaseException) -> str:
    return in_language(error, "ja")


def test_a_refused_edit_says_why() -> None:
    design = sample("on-premises")
    with pytest.raises(DesignError) as refused:
        edits.change_component(design, "app-tier", name="")
    assert japanese(refused.value) == "name: 空です。入力してください。"
    with pytest.raises(DesignError) as refused:
        edits.change_zone(design, design.zones[0].id, parent="nowhere")
    assert japanese(refused.value) == "zones[0].parent: ゾーン nowhere がありません。"
    with pytest.raises(DesignError) as refused:
        edits.delete(design, ["nobody"])
    assert japanese(refused.value) == "nobody がありません。"


def test_a_file_that_cannot_be_opened_says_where_and_why(tmp_path: Path) -> None:
    path = tmp_path / "a.portchart"
    for content, reason in (
        (b"", "ファイルが空です。元に戻すか、新しい設計を作成してください。"),
        (b'{"format": 1,}', "1 行 "),
        (b'{"format": 99}', "新しい Portchart（形式 99）で保存されています。"),
        (b"[]", "設計は { } で囲まれた 1 つの JSON オブジェクトです。"),
    ):
        path.write_bytes(content)
        with pytest.raises(FileError) as refused:
            load(path)
        assert japanese(refused.value).startswith(f"{path}: ")
        assert reason in japanese(refused.value)
        assert str(refused.value) == in_language(refused.value, "en")
    with pytest.raises(FileError) as refused:
        load(tmp_path / "nothing.portchart")
    assert (
        japanese(refused.value)
        == f"{tmp_path / 'nothing.portchart'}: ファイルがありません。名前を確認してください。"
    )


def test_a_table_of_rules_says_which_cell_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "rules.csv"
    path.write_text("source,destination,transport,port\n10.0.0.1,10.0.0.2,tcp,eighty\n", encoding="utf-8")
    with pytest.raises(FileError) as refused:
        read_existing([path], report_of(sample("on-premises")).graph)
    assert japanese(refused.value).startswith(f"{path}: ")
    assert "eighty はポート番号ではありません。セルを修正してください。" in japanese(refused.value)


def test_what_stands_in_the_wrong_place_is_named_in_japanese_too(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    for written, name in (("{}", "オブジェクト"), ("[]", "リスト")):
        path.write_text(f'{{"approvers": [{written}]}}', encoding="utf-8")
        with pytest.raises(FileError) as refused:
            load_profile(path)
        said = f"{path}: approvers[0]: {name}はここに書けません。引用符で囲んだ文字列を書いてください。"
        assert japanese(refused.value) == said


def test_a_date_that_is_none_says_how_to_write_one() -> None:
    design: Design = sample("on-premises")
    with pytest.raises(DesignError) as refused:
        set_field(design, ["F-5KMM9VC3"], "expiry", "tomorrow")
    assert (
        japanese(refused.value)
        == 'F-5KMM9VC3、expiry: "tomorrow" は日付ではありません。2026-01-31 のように書いてください。'
    )


def test_sentences_within_sentences_are_said_in_the_same_language() -> None:
    outer = told("{reason}; correct the cell", reason=told("{text} is no port", text="x"))
    assert outer == "x is no port; correct the cell"
    assert in_language(outer, "ja") == "x はポート番号ではありません。セルを修正してください。"
    assert in_language("a plain text", "ja") == "a plain text"
    assert in_language(told("never translated {n:,}", n=1000), "ja") == "never translated 1,000"


def test_a_sentence_that_stands_alone_starts_with_a_capital() -> None:
    line = told("line {line}", line=3)
    assert starting(told("what is selected is locked; unlock it first")).startswith("What is")
    assert starting(told("{place}: {reason}", place=line, reason="gone")) == "Line 3: gone"


@pytest.mark.parametrize("name", ["relay-1", "a relay that is locked"])
def test_a_name_stays_as_it_was_given(name: str) -> None:
    assert starting(told("{name} is locked", name=name)) == f"{name} is locked"
    assert starting(name) == name
