"""Refusals, messages and mistakes of the command line in the language asked for; exit codes do not hang on it."""

from __future__ import annotations

import pytest

from exports.command.mistakes import language_in
from model.design.output import Job, Output
from tests.exports.command.runner import Inside
from tests.reports import sample

DESIGN = "design.portchart"

REFUSALS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("flows", "none.portchart"),
        "portchart: none.portchart: ファイルがありません。名前を確認してください。",
    ),
    (
        ("check", DESIGN, "--scope", "x"),
        "portchart: 不明な引数です: --scope x。詳細は portchart --help を参照してください。",
    ),
    (
        ("flows", DESIGN, "--scope", "x"),
        "portchart flows: --scope: 'x' は指定できません（指定できるもの: ",
    ),
    (("flows",), "portchart flows: 次の引数が必要です: DESIGN。詳細は portchart flows --help を"),
    (("export", DESIGN), "portchart export: 次のいずれかの引数が必要です: --to --job。"),
    (
        ("export", DESIGN, "--to", "csv", "--job", "x"),
        "portchart export: --job と --to は同時に指定できません。",
    ),
    (
        ("export", DESIGN, "--to", "png", "--scale", "9"),
        "portchart export: --scale: '9' は 0.25 から 8 までの数値ではありません。",
    ),
    (("export", DESIGN, "--to"), "portchart export: --to: 値を 1 つ指定してください。"),
    (("as-is", DESIGN), "portchart as-is: 次の引数が必要です: RULES。"),
    (
        ("explain", DESIGN, "a", "b", "--how-to", "add", "--port", "x"),
        "portchart explain: --port: 'x' は整数ではありません。",
    ),
    (("flows", DESIGN, "--json=1"), "portchart flows: --json: 値 '1' は指定できません。"),
    (("export", DESIGN, "--to", "csv", "--s", "1"), "portchart export: --s は複数のオプションに一致します: "),
    (
        ("what-if", DESIGN, "--component", "relay-1"),
        "portchart what-if: --component は、対象を絞り込む --set の後に指定してください。",
    ),
    (("export", DESIGN, "--to", "docx"), "portchart: 形式 docx はありません。"),
    (
        ("export", DESIGN, "--to", "svg", "--columns", "core"),
        "portchart: svg に --columns は指定できません。",
    ),
    (
        ("export", DESIGN, "--to", "csv", "--replace"),
        "portchart: --replace は --job と組み合わせて使います。",
    ),
    (("export", DESIGN, "--to", "csv", "--at", "x"), "portchart: --at は --as-is のルールの適用先を"),
    (("export", "-", "--to", "csv"), "portchart: standard input: ファイルが空です。"),
    (("what-if", DESIGN), "portchart: 試す変更がありません。"),
    (
        ("what-if", DESIGN, "--set", "nothing=on"),
        "portchart: カタログに機能または設定 nothing はありません。",
    ),
    (("explain", DESIGN, "nobody", "relay-1"), "portchart: 設計にコンポーネント nobody はありません。"),
    (
        ("explain", DESIGN, "nobody", "any", "--how-to", "remove"),
        "portchart: 設計にコンポーネントまたはゾーン nobody はありません。",
    ),
    (("goals", DESIGN, "--goal", "peace"), "portchart: 目標 peace はありません。"),
    (("catalog", "Z99"), "portchart: カタログにルール Z99 はありません。"),
    (("new", "--template", "x"), "portchart: x: --template: そのようなテンプレートはありません。"),
    (("fmt", "none.portchart"), "portchart: none.portchart: ファイルがありません。"),
    (("as-is", DESIGN, "none.csv"), "portchart: none.csv: ファイルがありません。"),
)


@pytest.mark.parametrize(
    ("arguments", "said"), REFUSALS, ids=lambda each: " ".join(each) if isinstance(each, tuple) else ""
)
def test_a_refusal_is_in_the_language_asked_for(
    inside: Inside, arguments: tuple[str, ...], said: str
) -> None:
    inside.file(DESIGN, sample("single-vpc"))
    front = [*arguments[:1], "--language", "ja", *arguments[1:]]
    japanese, english = inside(*front), inside(*arguments)
    assert japanese.stderr.decode().startswith(said)
    assert (japanese.returncode, english.returncode) == (2, 2)
    (line,) = english.stderr.decode().splitlines()
    assert line.isascii()


@pytest.mark.parametrize(
    "arguments",
    [
        ("goals", DESIGN),
        ("explain", DESIGN, "web-tier", "workload-security"),
        ("explain", DESIGN, "relay-1", "update-server", "--how-to", "remove"),
        ("catalog",),
        ("check", DESIGN),
    ],
    ids=" ".join,
)
def test_notes_stand_in_the_brackets_of_the_language(inside: Inside, arguments: tuple[str, ...]) -> None:
    inside.file(DESIGN, sample("on-premises"))
    japanese, english = (
        inside(*arguments, "--language", language).stdout.decode() for language in ("ja", "en")
    )
    assert "（" in japanese
    assert "(" not in japanese
    assert "(" in english
    assert "（" not in english


def test_what_a_job_is_refused_for(inside: Inside) -> None:
    job = Job(id="board", name="Board", outputs=(Output(format="nftables", language="ja"),))
    inside.file(DESIGN, sample("on-premises").evolve(jobs=(job,)))
    done = inside("export", DESIGN, "--job", "board")
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert lines[-1].startswith("portchart: nftables では")
    done = inside("export", DESIGN, "--to", "nftables", "--language", "ja")
    assert done.returncode == 1
    assert "--accept-inexpressible を指定してください。" in done.stderr.decode().splitlines()[-1]


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("flows x --language ja", "ja"),
        ("flows --lang=ja x", "ja"),
        ("flows x --language ja --language en", "en"),
        ("flows x --language", ""),
        ("flows ja", "en"),
        ("flows x -l ja", "en"),
    ],
)
def test_the_language_is_known_although_the_rest_is_wrong(typed: str, language: str) -> None:
    assert language_in(typed.split()) == language
