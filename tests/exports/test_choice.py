"""What is asked of an export on the command line: a baseline, sections, blocks of columns."""

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image

import resources
from exports.choice import Choice, parse_columns, parse_sections
from exports.command.main import main
from model.editing import edits
from model.errors import ExportError
from model.storage import dump
from model.tables.columnsets import columns_of
from tests.reports import sample


@pytest.mark.parametrize(
    ("text", "sections"),
    [("1,3,5", {1, 3, 5}), ("0", {0}), ("5-7", {5, 6, 7}), ("1, 16-17,3-3", {1, 3, 16, 17})],
)
def test_sections_are_numbers_and_ranges(text: str, sections: set[int]) -> None:
    assert parse_sections(text) == sections


@pytest.mark.parametrize("text", ["", "18", "-1", "7-5", "1,,2", "one", "1-", "٣"])
def test_what_is_no_section_is_refused(text: str) -> None:
    with pytest.raises(ExportError, match="is not a section; write numbers from 0 to 17"):
        parse_sections(text)


def test_columns_can_be_named_one_by_one(tmp_path: Path) -> None:
    out = tmp_path / "matrix.tsv"
    options = ("--columns", "source,port,owner", "--headings", "both", "--language", "ja")
    assert export(tmp_path, "--to", "tsv", "-o", str(out), *options) == 0
    heading, *rows = (line.split("\t") for line in out.read_bytes().decode("utf-8-sig").splitlines())
    assert heading[:4] == [
        "Flow ID 通信ID",
        "Source 送信元ホスト名",
        "Port 宛先ポート番号",
        "Owner 申請者・管理責任者",
    ]
    assert {row[3] for row in rows} == {"未設定"}


def test_cp932_holds_japanese_and_refuses_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "matrix.csv"
    options = ("--to", "csv", "--encoding", "cp932", "--language", "ja", "-o", str(out))
    assert export(tmp_path, *options) == 0
    assert out.read_bytes().decode("cp932").startswith('"通信ID","変更区分"')
    before = out.read_bytes()
    design = edits.rename(sample("on-premises"), "app-tier", "Café")
    (tmp_path / "named.portchart").write_bytes(dump(design))
    capsys.readouterr()
    assert main(["export", str(tmp_path / "named.portchart"), *options]) == 2
    assert "「送信元ホスト名」: 「é」（U+00E9）は cp932 で書き出せません" in capsys.readouterr().err
    assert out.read_bytes() == before


def test_theme_and_scale_reach_the_picture(tmp_path: Path) -> None:
    small, large, dark = (tmp_path / name for name in ("small.png", "large.png", "dark.svg"))
    assert export(tmp_path, "--to", "png", "--scale", "0.5", "-o", str(small)) == 0
    assert export(tmp_path, "--to", "png", "--scale", "1", "-o", str(large)) == 0
    widths = [Image.open(io.BytesIO(each.read_bytes())).width for each in (small, large)]
    assert widths[0] == -(-widths[1] // 2)
    assert export(tmp_path, "--to", "svg", "--theme", "dark", "-o", str(dark)) == 0
    canvas = json.loads(resources.text("themes/dark.json"))["canvas"]
    assert f'fill="{canvas}"' in dark.read_text(encoding="utf-8")


@pytest.mark.parametrize("scale", ["0", "9", "nan", "two"])
def test_a_scale_out_of_reach_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], scale: str
) -> None:
    assert export(tmp_path, "--to", "png", "--scale", scale) == 2
    assert "is not a number from 0.25 to 8" in capsys.readouterr().err


def test_blocks_are_named_once_and_known() -> None:
    assert parse_columns("core, audit,core") == ("core", "audit")
    with pytest.raises(ExportError, match="no block of columns 'cor'; there is core, firewall, audit"):
        parse_columns("cor")


def test_without_a_choice_everything_is_written() -> None:
    assert all(Choice().has(section) for section in range(18))
    assert [section for section in range(18) if Choice(frozenset({1, 3})).has(section)] == [1, 3]


def export(tmp_path: Path, *arguments: str) -> int:
    file = tmp_path / "new.portchart"
    file.write_bytes(dump(sample("on-premises")))
    return main(["export", str(file), *arguments])


def test_csv_holds_the_blocks_asked_for_and_what_changed(tmp_path: Path) -> None:
    before = sample("on-premises")
    gone = next(each.id for each in before.components if each.kind == "ntp-server")
    old = tmp_path / "old.portchart"
    old.write_bytes(dump(edits.delete(before, {gone})))
    out = tmp_path / "matrix.csv"
    code = export(
        tmp_path, "--to", "csv", "-o", str(out), "--columns", "core,firewall", "--baseline", str(old)
    )
    assert code == 0
    heading, *rows = csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig")))
    wanted = [column.heading.en for column in columns_of(("core", "firewall"))]
    assert heading[: len(wanted)] == wanted
    change, port = heading.index("Change"), heading.index("Port")
    assert {row[port] for row in rows if row[change] == "added"} == {"123"}
    assert {row[change] for row in rows} == {"added", "unchanged"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--to", "csv", "--short"), "csv takes no --sections; pdf can be given one."),
        (("--to", "json", "--columns", "core"), "json takes no --columns; xlsx, csv, tsv, html-table, html"),
        (("--to", "svg", "--scale", "3"), "svg takes no --scale; png can be given one."),
        (("--to", "xlsx", "--encoding", "cp932"), "xlsx takes no --encoding; csv, tsv can be given one."),
        (("--to", "pdf", "--sections", "30"), "'30' is not a section"),
        (("--to", "pdf", "--baseline", "nowhere.portchart"), "nowhere.portchart"),
    ],
)
def test_what_cannot_be_chosen_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert export(tmp_path, *arguments, "-o", str(tmp_path / "out")) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
