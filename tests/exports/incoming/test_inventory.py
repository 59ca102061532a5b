"""Inventories: what is read from a CSV file, what is refused with row and column, and the command that takes them."""

from __future__ import annotations

import codecs
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.command.main import main
from exports.incoming.inventory import HEADINGS, MAX_ROWS, read_inventory
from model.errors import FileError
from model.inventory.planning import plan
from model.inventory.rows import Entry, Inventory
from model.storage import load
from resources import path as resource
from tests.designs import shipped_catalog
from tests.reports import sample


def written(folder: Path, data: str | bytes, encoding: str = "utf-8") -> Path:
    file = folder / "hosts.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
    return file


def read(folder: Path, data: str | bytes, encoding: str = "utf-8") -> Inventory:
    return read_inventory(written(folder, data, encoding), shipped_catalog())


def test_an_english_table_is_read_and_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    found = read(
        tmp_path, '\nHost,Type,Zone,IP Address,Version,Rack\nweb-01,agent,App,"10.0.0.1; 10.0.0.2",20,R1\n\n'
    )
    assert found.entries == (Entry(3, "web-01", "agent", "App", ("10.0.0.1", "10.0.0.2"), "20.0"),)
    assert found.ignored == ("Rack",)
    assert found.refused == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_japanese_tables_are_read_in_every_form(
    tmp_path: Path, encoding: str, separator: str, line_end: str
) -> None:
    cells = [
        ("名前", "種類", "ゾーン", "ＩＰアドレス", "バージョン"),
        ("記録", "SIEM または Syslog サーバー", "監視室", "10.0.0.1", ""),
        ("web", "エージェント", "", "", "12.0.0.123"),
    ]
    text = line_end.join(separator.join(row) for row in cells)
    assert read(tmp_path, text, encoding).entries == (
        Entry(2, "記録", "siem", "監視室", ("10.0.0.1",)),
        Entry(3, "web", "agent", "", (), "12.0"),
    )


def test_every_kind_is_known_by_its_id_and_by_both_names(tmp_path: Path) -> None:
    kinds = shipped_catalog().kinds
    rows = [
        f'h,"{text}"' for kind in kinds for text in (kind.id, kind.name.en, kind.name.ja.upper())
    ]  # fmt: skip
    found = read(tmp_path, "\n".join(["name,kind", *rows]))
    assert [entry.kind for entry in found.entries] == [kind.id for kind in kinds for _ in range(3)]


def test_no_heading_means_two_things() -> None:
    every = [heading for headings in HEADINGS.values() for heading in headings]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            "x,toaster,,,",
            "hosts.csv, row 2, column Kind: there is no kind toaster; write one of agent, relay,",
        ),
        (",agent,,,", "hosts.csv, row 2, column Name: the name is missing"),
        ("x,agent,,10.0.0.300,", "row 2, column IP: '10.0.0.300' is not an IP address"),
        ("x,agent,,010.0.0.1,", "row 2, column IP: '010.0.0.1' is not an IP address"),
        ("x,agent,,10.0.0.1/24,", "row 2, column IP: '10.0.0.1/24' is an address inside a network"),
        ("x,agent,,fe80::1%eth0,", "row 2, column IP: 'fe80::1%eth0' is not an IP address"),
        ("x,agent,,,new", "row 2, column Version: new is no version"),
        ('"x\ny",agent,,,', "row 2, column Name: character 2 is U+000A"),
        ("x\u202ey,agent,,,", "row 2, column Name: character 2 is U+202E"),
        ("x\0y,agent,,,", "row 2, column Name: character 2 is U+0000"),
        ("x,agent,a\u200bb,,", "row 2, column Zone: character 2 is U+200B"),
        (f"{'x' * 201},agent,,,", "row 2, column Name: a name has 200 characters at most"),
        ("x,age\u202ent,,,", "there is no kind age<U+202E>nt;"),
        (f"x,{'k' * 5000},,,", f"there is no kind {'k' * 40}…;"),
    ],
)
def test_a_wrong_cell_is_told_with_file_row_and_column(tmp_path: Path, cells: str, told: str) -> None:
    found = read(tmp_path, f"Name,Kind,Zone,IP,Version\n{cells}\nfine,agent,,,\n")
    assert [entry.name for entry in found.entries] == ["fine"]
    (refusal,) = found.refused
    assert told in found.sentence(refusal, "en")
    assert found.sentence(refusal, "ja").startswith("hosts.csv の 2 行目、列「")
    assert all(each.isprintable() for each in found.sentence(refusal, "en") + found.sentence(refusal, "ja"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "row 1: no column is called name"),
        ("a,b\n1,2\n", "row 1: no column is called name"),
        ("name,host\n1,2\n", "row 1: the columns name and host both hold the name; remove one"),
        ('name,kind\n"x', "line 2: this is no CSV file"),
        ("name\n" + "x" * 200_000, "line 2: this is no CSV file"),
        (b"PK\x03\x04", "this is a workbook or an archive"),
        (b"name\n\x81", "this is no UTF-8 text, nor cp932"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "this is no UTF-8 text"),
        ("name\n" + "x\n" * (MAX_ROWS + 1), f"row {MAX_ROWS + 2}: an inventory has 100,000 rows at most"),
    ],
)
def test_what_is_no_inventory_is_refused_whole(tmp_path: Path, data: str | bytes, told: str) -> None:
    with pytest.raises(FileError) as refused:
        read(tmp_path, data)
    assert told in str(refused.value)


def test_formulas_are_texts_and_their_guards_are_taken_off(tmp_path: Path) -> None:
    found = read(tmp_path, "name,kind\n=1+1,agent\n'=1+1,agent\n@SUM(A1),agent\n")
    assert [entry.name for entry in found.entries] == ["=1+1", "=1+1", "@SUM(A1)"]


@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: f"name,kind\n{text}".encode()))
)
def test_any_bytes_are_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = written(tmp_path_factory.getbasetemp(), data)
    try:
        found = read_inventory(file, shipped_catalog())
    except FileError:
        return
    planned = plan(sample("multi-vpc"), shipped_catalog(), found)
    told = [number for step in planned.steps for number in step.rows]
    told += [number for refusal in planned.refused for number in refusal.rows]
    assert sorted(told) == sorted([e.row for e in found.entries] + [n for r in found.refused for n in r.rows])


# The command

GOOD = "name,kind,zone,address\nshop-01,agent,App VPC,10.9.0.1\nshop-02,agent,App VPC,10.9.0.2\nproxy-1,,,10.9.9.9\n"


@pytest.fixture
def design(tmp_path: Path) -> Path:
    """A copy of a sample."""
    file = tmp_path / "d.portchart"
    shutil.copy(resource("samples/multi-vpc.portchart"), file)
    return file


def test_the_command_places_once_and_finds_it_done_the_second_time(
    design: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(written(tmp_path, GOOD))
    before = load(design).design
    assert main(["import-inventory", str(design), file, "--dry-run"]) == 0
    assert load(design).design == before
    said = capsys.readouterr()
    assert "App VPC (new)" in said.out
    assert "New: 1. Changed: 1. Unchanged: 0. New zones: App VPC." in said.err
    assert main(["import-inventory", str(design), file, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["written"] is True
    assert data["new_zones"] == ["App VPC"]
    first, second = data["components"]
    assert (first["result"], first["name"], first["count"], first["rows"]) == ("added", "shop", 2, [2, 3])
    assert second["changes"] == {"addresses": {"before": "10.42.1.10", "after": "10.9.9.9"}}
    after = load(design).design
    assert after.component_by_id["shop"].addresses == ("10.9.0.1", "10.9.0.2")
    assert after.component_by_id["proxy-1"].addresses == ("10.9.9.9",)
    stamp = design.stat().st_mtime_ns
    assert main(["import-inventory", str(design), file, "--language", "ja"]) == 0
    assert "追加 0 件、変更 0 件、変更なし 2 件。" in capsys.readouterr().err
    assert design.stat().st_mtime_ns == stamp


def test_refused_rows_keep_the_command_from_writing_unless_they_may_be_left_out(
    design: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(written(tmp_path, GOOD + "x,toaster,,\n"))
    before = load(design).design
    assert main(["import-inventory", str(design), file]) == 1
    assert "hosts.csv, row 5, column kind: there is no kind toaster" in capsys.readouterr().err
    assert load(design).design == before
    assert main(["import-inventory", str(design), file, "--skip-refused", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(each["rows"], each["column"]) for each in data["refused"]] == [([5], "kind")]
    assert "shop" in load(design).design.component_by_id


def test_a_file_that_is_no_inventory_is_unusable(
    design: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-inventory", str(design), str(tmp_path / "missing.csv")]) == 2
    assert main(["import-inventory", str(design), str(written(tmp_path, "a,b\n"))]) == 2
    assert "no column is called name" in capsys.readouterr().err
