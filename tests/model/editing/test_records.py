"""What people write beside flows: kept by flow id, in one line each, and shown in the board's columns."""

import json

import pytest

from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.design.design import NO_RECORD, Design, Record
from model.editing.records import FIELDS, apply_records, record_changes
from model.errors import ChangeError, FileError
from model.storage import dump, parse_design
from model.tables.columnsets import AUDIT, COLUMN_SETS, CORE, FIREWALL, KNOWN, WRITTEN, columns_of, encrypted
from model.tables.matrix import COLUMNS, Row, rows
from tests.designs import shipped_catalog
from tests.reports import sample, with_record

BOARD = {
    "core": """Flow ID, Change, Source zone, Source, Source IP, Destination zone, Destination, Destination IP,
        Destination FQDN/URL, Transport, Port, Service, Source port, Direction, Action, Justification,
        Required/conditional/optional, Condition, Owner, Start, Expiry, Remarks""",
    "firewall": "Firewall, Path, NAT, Proxy, Objects, Rule no., Log, TLS inspection exclusion, Return rule",
    "audit": """RFC no., Risk, Encrypted, Test ID, Test result, Rollback, Approver/date/status,
        Source row/revision""",
}


def matrix(design: Design) -> tuple[Row, ...]:
    return rows(derive(design, shipped_catalog()))


def cells(row: Row) -> dict[str, str]:
    return {column.id: column.cell(row, "en") for block in COLUMN_SETS.values() for column in block}


@pytest.mark.parametrize("name", BOARD)
def test_blocks_have_the_boards_columns_in_its_order(name: str) -> None:
    assert [column.heading.en for column in COLUMN_SETS[name]] == [
        name.strip() for name in BOARD[name].split(",")
    ]


def test_no_block_is_called_as_a_column() -> None:
    assert set(COLUMN_SETS).isdisjoint(KNOWN)
    assert columns_of(column.id for column in COLUMNS) == COLUMNS


def test_blocks_together_have_each_column_once_and_no_blank_cell() -> None:
    every = columns_of(("audit", "core", "firewall"))
    assert every == (*CORE, *FIREWALL, *AUDIT)
    assert len({column.id for column in every}) == len(every)
    assert columns_of(()) == COLUMNS
    assert [column.id for column in columns_of(("audit",))][:2] == ["flow-id", "rfc"]
    for row in matrix(sample("multi-vpc")):
        assert all(cells(row).values())


def test_a_record_is_shown_beside_its_flow_and_nowhere_else() -> None:
    design = sample("on-premises")
    first = matrix(design)[0].id
    texts = {field: "2026-12-31" if field in ("start", "expiry") else f"some {field}" for field in FIELDS}
    found = matrix(with_record(design, first, **texts))
    written = {column.id.replace("-", "_"): column.cell(found[0], "en") for column in WRITTEN}
    assert written == texts
    assert {column.cell(row, "ja") for row in found[1:] for column in WRITTEN} == {"未設定"}


def test_a_removed_flow_keeps_what_was_written() -> None:
    before = sample("multi-vpc")
    catalog = shipped_catalog()
    after = before.evolve(components=tuple(each for each in before.components if each.kind != "ntp-server"))
    earlier = derive(before, catalog)
    gone = compare(earlier, derive(after, catalog)).removed[0].id
    later = derive(with_record(after, gone, remarks="as agreed"), catalog)
    (row,) = [row for row in rows(later, compare(earlier, later)) if row.id == gone]
    assert (row.status, row.record.remarks) == ("removed", "as agreed")
    assert cells(row)["action"] == "close"
    assert cells(row)["rollback"] == "put the permit back"


def test_records_take_one_line_each_and_come_back() -> None:
    design = sample("single-vpc")
    ids = [row.id for row in matrix(design)[:2]]
    design = with_record(design, ids[1], owner="山田", expiry="2027-03-31")
    design = with_record(design, ids[0], rfc="CHG-1")
    text = dump(design).decode()
    lines = [line.strip().rstrip(",") for line in text.splitlines() if line.strip().startswith('"F-')]
    wanted = {ids[0]: {"rfc": "CHG-1"}, ids[1]: {"owner": "山田", "expiry": "2027-03-31"}}
    assert [json.loads(f"{{{line}}}") for line in lines] == [{name: wanted[name]} for name in sorted(wanted)]
    assert parse_design(text.encode()) == design


def test_an_emptied_record_is_dropped() -> None:
    design = sample("single-vpc")
    first = matrix(design)[0].id
    written = with_record(design, first, owner="A", test="passed")
    assert with_record(written, first, owner="").records == {first: Record(test="passed")}
    assert with_record(written, first, owner="", test="") == design
    assert b'"records"' not in dump(design)


def test_changes_are_told_and_applied() -> None:
    design = with_record(sample("single-vpc"), "F-00000000", owner="A", remarks="kept")
    changes = record_changes(
        design, {"F-00000000": {"owner": "B", "remarks": "kept"}, "F-00000001": {"log": "on"}}
    )
    assert [(each.flow, each.field, each.before, each.after) for each in changes] == [
        ("F-00000000", "owner", "A", "B"),
        ("F-00000001", "log", "", "on"),
    ]
    after = apply_records(design, changes)
    assert after.records == {"F-00000000": Record(owner="B", remarks="kept"), "F-00000001": Record(log="on")}
    assert record_changes(after, {"F-00000001": {"log": "on"}}) == ()


@pytest.mark.parametrize(
    ("flow", "texts", "sentence"),
    [
        (
            "F-00000000",
            {"expiry": "31.12.2026"},
            'F-00000000, expiry: "31.12.2026" is not a date: write it as 2026-01-31.',
        ),
        (
            "F-00000000",
            {"start": "2026-02-30"},
            "F-00000000, start: '2026-02-30' is not in the calendar; correct it.",
        ),
        ("F-IIIIIIII", {"owner": "A"}, "F-IIIIIIII: this is not the id of a flow, such as F-5KMM9VC3."),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(flow: str, texts: dict[str, str], sentence: str) -> None:
    with pytest.raises(ChangeError) as refused:
        with_record(sample("single-vpc"), flow, **texts)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"F-1": {"owner": "A"}}, 'records["F-1"]: "F-1" is not the id of a flow, such as F-5KMM9VC3'),
        ({"F-00000000": {"expiry": "soon"}}, '"soon" is not a date: write it as 2026-01-31'),
        ({"F-00000000": {"colour": "red"}}, "there is no such field here; remove it or correct its spelling"),
    ],
)
def test_a_file_with_a_wrong_record_says_what_is_wrong(record: object, sentence: str) -> None:
    raw = json.loads(dump(sample("single-vpc"))) | {"records": record}
    with pytest.raises(FileError) as refused:
        parse_design(json.dumps(raw).encode(), "x")
    assert sentence.rpartition(": ")[2] in str(refused.value)
    assert "records" in str(refused.value)


def test_risk_and_encryption_follow_the_catalog_and_the_boundary() -> None:
    found = {
        (row.flow.basis.protocol, bool(row.crossing.way.crossed)): row for row in matrix(sample("multi-vpc"))
    }
    assert cells(found["HTTPS", True])["risk"] == "encrypted, crosses a boundary"
    assert cells(found["DNS", True])["risk"] == "unencrypted, crosses a boundary"
    assert cells(found["HTTPS", True])["encrypted"] == "yes"
    assert not encrypted(found["HTTP proxy", True])
    assert cells(found["HTTPS", True])["inspection"] != cells(found["DNS", True])["inspection"]
    assert found["DNS", True].record == NO_RECORD
