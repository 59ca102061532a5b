"""What the loader refuses: each with the place and a reason, and nothing but that."""

import copy
import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model.design.changes import Change
from model.errors import FileError
from model.storage import parse_design
from model.storage.migrations import upgraded

Raw = dict[str, Any]

RAW: Raw = {
    "format": 1,
    "catalog": {"id": "workload-security-govcloud", "version": "2026-11"},
    "title": "審査用",
    "document": {"change_number": "CHG-1", "revisions": [{"number": 1, "date": "2026-01-31", "text": "first"}]},
    "features": {"web-reputation": True},
    "settings": {"communication": "bidirectional"},
    "zones": [
        {"id": "vpc", "name": "VPC", "kind": "vpc", "cidrs": ["10.0.0.0/16"], "frame": [0, 0, 400, 300]},
        {"id": "web", "name": "Web", "kind": "subnet", "parent": "vpc", "frame": [10, 10, 100, 100]},
    ],
    "components": [
        {"id": "agent-1", "kind": "agent", "name": "Web", "zone": "web", "position": [5, 6], "ports": {"4118": 4119}},
        {"id": "relay-1", "kind": "relay", "name": "Relay", "addresses": ["10.0.0.7"], "fqdn": "relay.example.com"},
        {"id": "proxy-1", "kind": "web-proxy", "name": "Proxy"},
    ],
    "assignments": [{"source": "agent-1", "kind": "relay", "targets": ["relay-1"]}],
    "notes": [{"id": "note-1", "text": "one\ntwo", "frame": [0, 0, 50, 50]}],
    "scenarios": [{"id": "s-1", "name": "On", "changes": [{"feature": "smart-scan", "value": True}]}],
}  # fmt: skip


def refusal(data: bytes) -> FileError:
    """The error that refuses `data`, its message being one short line that starts with the file's name."""
    with pytest.raises(FileError) as caught:
        parse_design(data, "plan.portchart")
    error = caught.value
    message = str(error)
    assert message == f"plan.portchart: {error.place}: {error.reason}" if error.place else message
    assert message.isprintable()
    assert len(message.encode()) < 64 * 1024
    assert error.path == Path("plan.portchart")
    return error


def changed(change: Callable[[Raw], Any]) -> bytes:
    raw = copy.deepcopy(RAW)
    change(raw)
    return json.dumps(raw).encode()


def test_the_design_itself_is_read() -> None:
    design = parse_design(json.dumps(RAW, ensure_ascii=False).encode())
    assert design.title == "審査用"
    assert [zone.id for zone in design.zones] == ["vpc", "web"]
    assert design.components[0].ports == {4118: 4119}
    assert design.components[1].addresses == ("10.0.0.7",)
    assert design.assignments[0].chosen == ("relay-1",)
    assert design.scenarios[0].changes == (Change(feature="smart-scan", value=True),)


def setting(*path: str | int, to: Any) -> Callable[[Raw], None]:
    def change(raw: Any) -> None:
        for part in path[:-1]:
            raw = raw[part]
        raw[path[-1]] = to

    return change


def removing(*path: str | int) -> Callable[[Raw], None]:
    def change(raw: Any) -> None:
        for part in path[:-1]:
            raw = raw[part]
        del raw[path[-1]]

    return change


def doubling(*path: str | int) -> Callable[[Raw], None]:
    def change(raw: Any) -> None:
        for part in path:
            raw = raw[part]
        raw.append(copy.deepcopy(raw[0]))

    return change


TOO_MANY = [{"id": f"agent-{number}", "kind": "agent", "name": "a"} for number in range(20_001)]

WRONG_DATA: list[tuple[Callable[[Raw], None], str, str]] = [
    # the format
    (removing("format"), "format", "is missing"),
    (setting("format", to=True), "format", "is missing or not one"),
    (setting("format", to="1"), "format", "is missing or not one"),
    (setting("format", to=0), "format", "is missing or not one"),
    (setting("format", to=7), "format", "written by a newer Portchart (format 7); this one reads up to 1"),
    # types
    (setting("components", to={}), "components", "a list in [ ]"),
    (setting("components", 1, to=[]), "components[1]", "an object in { }"),
    (setting("components", 2, "name", to=3), "components[2].name", "3 is not what belongs here"),
    (setting("components", 0, "count", to=True), "components[0].count", "true is not what belongs here"),
    (setting("components", 0, "count", to="2"), "components[0].count", "a whole number"),
    (setting("components", 0, "count", to=2.0), "components[0].count", "a whole number"),
    (setting("components", 0, "zone", to=1), "components[0].zone", "a text in quotes"),
    (setting("components", 0, "position", to=[1]), "components[0].position[1]", "missing"),
    (setting("components", 0, "position", to=[1, 2, 3]), "components[0].position", "more than 2 entries"),
    (setting("features", "web-reputation", to=1), "features.web-reputation", "true or false"),
    (setting("assignments", 0, "targets", to="all"), "assignments[0].targets", "'none' or a list in [ ]"),
    (setting("assignments", 0, "targets", to=[1]), "assignments[0].targets[0]", "a text in quotes"),
    (setting("scenarios", 0, "changes", 0, "value", to=3), "scenarios[0].changes[0].value", "true or false or a text"),
    (setting("scenarios", 0, "changes", 0, "value", to="on"), "scenarios[0].changes[0]", "a feature is set to true or"),
    (setting("scenarios", 0, "changes", 0, "setting", to="a"), "scenarios[0].changes[0]", "a feature or a setting"),
    (setting("scenarios", 0, "changes", 0, to={"port": 0, "value": None, "component": "web"}),
     "scenarios[0].changes[0].port", "0 is too small"),
    (setting("scenarios", 0, "changes", 0, to={"servers": "relay", "value": [], "component": "agent-1"}),
     "scenarios[0].changes[0]", "name at least one component"),
    (setting("scenarios", 0, "changes", 0, to={"add": {"id": "new", "kind": "agent"}}),
     "scenarios[0].changes[0].add.name", "missing"),
    (setting("scenarios", 0, "changes", 0, to={"add": {"id": "n", "kind": "k", "name": "N", "ports": {"080": 1}}}),
     "scenarios[0].changes[0].add.ports.080", "digits alone"),
    (setting("scenarios", 0, "changes", 0, to={"add": {"id": "n", "kind": "k", "name": "N", "zone": "nowhere"}}),
     "scenarios[0].changes[0].add.zone", "no zone nowhere"),
    (setting("scenarios", 0, "changes", 0, to={"remove": "nobody"}),
     "scenarios[0].changes[0].remove", "no component nobody"),
    (setting("zones", 0, "kind", to="cloud"), "zones[0].kind", "'vpc', 'subnet'"),
    # fields
    (removing("catalog"), "catalog", "missing"),
    (removing("zones", 1, "frame"), "zones[1].frame", "missing"),
    (setting("components", 1, "colour", to="red"), "components[1].colour", "no such field"),
    (setting("with\u202ebidi", to=1), "with\\u202ebidi", "no such field"),
    # limits
    (setting("components", to=TOO_MANY), "components", "more than 20000 entries"),
    (setting("components", 0, "name", to="n" * 201), "components[0].name", "longer than 200 characters"),
    (setting("components", 0, "name", to=""), "components[0].name", "the text is empty"),
    (setting("notes", 0, "text", to="n" * 4001), "notes[0].text", "longer than 4000 characters"),
    (setting("components", 0, "count", to=0), "components[0].count", "the least is 1"),
    (setting("components", 0, "position", to=[0, 1_000_001]), "components[0].position[1]", "the most is 1000000"),
    (setting("zones", 0, "frame", to=[0, 0, 9, 50]), "zones[0].frame[2]", "the least is 10"),
    (setting("settings", to={f"k{n}": "v" for n in range(1001)}), "settings", "more than 1000 keys"),
    # names
    *(
        (setting("components", 1, "name", to=f"a{bad}b"), "components[1].name", f"character 2 is U+{ord(bad):04X}")
        for bad in "\x00\n\x1f\x7f\x85\xad\u061c\u200b\u200d\u200e\u202a\u202e\u2028\u2066\u2069\ufeff\ue000\U000e0041"
    ),
    (setting("title", to="a\u202eb"), "title", "character 2 is U+202E"),
    (setting("document", "revisions", 0, "text", to="\u200b"), "document.revisions[0].text", "U+200B"),
    (setting("notes", 0, "text", to="a\n\tb"), "notes[0].text", "character 3 is U+0009"),
    (setting("settings", "communication", to="a\u2067"), "settings.communication", "U+2067"),
    (setting("zones", 0, "firewall", to=" fw"), "zones[0].firewall", "no spaces at its ends"),
    (setting("components", 0, "name", to="\ud800"), "components[0].name", "half of a surrogate pair"),
    (setting("a\udc00", to=1), "a\\udc00", "half of a surrogate pair"),
    # ids
    (setting("components", 0, "id", to="Agent 1"), "components[0].id", '"Agent 1" is not an id'),
    (setting("components", 0, "id", to="-a"), "components[0].id", "is not an id"),
    (setting("components", 0, "features", to={"a\u200b": True}), "components[0].features.a\\u200b", "is not an id"),
    (setting("catalog", "version", to="A"), "catalog.version", "is not a version"),
    (doubling("components"), "components[3].id", "the id agent-1 is used twice"),
    (doubling("zones"), "zones[2].id", "the id vpc is used twice"),
    (setting("components", 0, "id", to="vpc"), "components[0].id", "the id vpc is used twice"),
    (doubling("notes"), "notes[1].id", "the id note-1 is used twice"),
    (doubling("scenarios"), "scenarios[1].id", "the id s-1 is used twice"),
    # references
    (setting("components", 0, "zone", to="dmz"), "components[0].zone", "there is no zone dmz"),
    (setting("zones", 1, "parent", to="dmz"), "zones[1].parent", "there is no zone dmz"),
    (setting("zones", 0, "parent", to="web"), "zones[0].parent", "lies within itself"),
    (setting("zones", 0, "parent", to="vpc"), "zones[0].parent", "lies within itself"),
    (setting("components", 0, "proxies", to={"updates": "x"}), "components[0].proxies.updates", "no component x"),
    (setting("components", 2, "proxies", to={"updates": "proxy-1"}), "components[2].proxies.updates", "its own proxy"),
    (setting("assignments", 0, "source", to="x"), "assignments[0].source", "there is no component x"),
    (setting("assignments", 0, "targets", to=["x"]), "assignments[0].targets", "there is no component x"),
    (setting("assignments", 0, "targets", to=["proxy-1"]), "assignments[0].targets", "proxy-1 is of kind web-proxy"),
    (setting("assignments", 0, "targets", to=[]), "assignments[0].targets", "at least one component"),
    (setting("assignments", 0, "targets", to=["relay-1"] * 2), "assignments[0].targets", "named twice"),
    (doubling("assignments"), "assignments[1]", "already has an assignment for relay"),
    (setting("scenarios", 0, "changes", 0, "component", to="x"), "scenarios[0].changes[0].component", "no component x"),
    # addresses, names and ports
    (setting("components", 1, "addresses", to=["10.0.0.256"]), "components[1].addresses[0]", "is not an IP address"),
    (setting("components", 1, "addresses", to=["10.0.0.01"]), "components[1].addresses[0]", "is not an IP address"),
    (setting("components", 1, "addresses", to=["::1", "10.0.0.1/8"]), "components[1].addresses[1]", "write 10.0.0.0/8"),
    (setting("components", 1, "addresses", to=["fe80::1%eth0"]), "components[1].addresses[0]", "is not an IP address"),
    (setting("zones", 0, "cidrs", to=["10.0.0.0/33"]), "zones[0].cidrs[0]", "is not a network"),
    (setting("zones", 0, "cidrs", to=["fe80::1%\u202e"]), "zones[0].cidrs[0]", "is not a network"),
    (setting("components", 1, "addresses", to=["fe80::%a/64"]), "components[1].addresses[0]", "is not a network"),
    (setting("zones", 0, "cidrs", to=["10.0.0.0/16", "10.9.9.9/16"]), "zones[0].cidrs[1]", "write 10.9.0.0/16"),
    (setting("components", 1, "fqdn", to="Relay"), "components[1].fqdn", "is not a full domain name"),
    (setting("components", 1, "fqdn", to="10.0.0.1"), "components[1].fqdn", "ends in a number"),
    (setting("components", 0, "ports", to={"4118": 65536}), "components[0].ports.4118", "the most is 65535"),
    (setting("components", 0, "ports", to={"0": 80}), "components[0].ports.0", "the least is 1"),
    (setting("components", 0, "ports", to={"http": 80}), "components[0].ports.http", "is not a whole number"),
    (setting("components", 0, "ports", to={"80": 81, "080": 82}), "components[0].ports.080", "in digits alone"),
    (setting("components", 2, "ports", to={"+80": 81}), "components[2].ports.+80", "in digits alone"),
    (setting("components", 2, "ports", to={"80.0": 81}), "components[2].ports.80.0", "in digits alone"),
    (setting("document", "revisions", 0, "date", to="31.1.2026"), "document.revisions[0].date", "2026-01-31"),
    (setting("document", "revisions", 0, "date", to="2026-02-30"), "document.revisions[0].date", "not in the calendar"),
    (setting("document", "revisions", 0, "date", to="２０２６-01-31"), "document.revisions[0].date", "not in the cal"),
    # numbers
    (setting("components", 0, "count", to=10**30), "components[0].count", "too long for a number"),
    (setting("components", 0, "position", to=[0, float("nan")]), "components[0].position[1]", "NaN is not a number"),
    (setting("notes", 0, "frame", 3, to=float("-inf")), "notes[0].frame[3]", "-Infinity is not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "reason"), WRONG_DATA, ids=range(len(WRONG_DATA)))
def test_wrong_data_is_refused_with_its_place(change: Callable[[Raw], None], place: str, reason: str) -> None:
    error = refusal(changed(change))
    assert error.place == place
    assert reason in error.reason


HEAD = b'{"format": 1, "catalog": {"id": "a", "version": "1"}'

AFTER_COMMA = (
    ("line 1, column 53", "nothing follows this comma")
    if sys.version_info >= (3, 13)
    else ("line 2, column 1", "a key in double quotes is missing")
)
"""Python's own reader points at a comma too many from 3.13 on, and before at what should have followed."""

WRONG_TEXT: list[tuple[bytes, str, str]] = [
    # not UTF-8, not text
    (b"", "", "the file is empty"),
    (b" \r\n", "", "the file is empty"),
    (b"\xef\xbb\xbf" + HEAD + b"}", "line 1", "byte order mark"),
    (HEAD + b',\n"title": "\xe9"}', "line 2", "byte 65 of the file is not UTF-8"),
    (HEAD + b', "title": "\xed\xa0\x80"}', "line 1", "not UTF-8"),
    (HEAD.decode().encode("utf-16-le") + b"}\0", "line 1, column 2", "not JSON"),
    (b"\0" * 100, "line 1, column 1", "not JSON"),
    # not JSON
    (HEAD, "line 1, column 53", "a comma or a closing bracket is missing"),
    (HEAD + b",\n}", *AFTER_COMMA),
    (HEAD + b"}\n\n{", "line 3, column 1", "the file goes on after its end"),
    (HEAD + b',\n"title": "a\nb"}', "line 2, column 12", "line break or control character"),
    (HEAD + b',\n"title": "a', "line 2, column 10", "no closing quote"),
    (HEAD + b', "title" "a"}', "line 1, column 63", "a colon is missing"),
    (HEAD + b", 'title': 1}", "line 1, column 55", "a key in double quotes is missing"),
    (HEAD + b', "title": "\\x"}', "line 1, column 65", "not JSON"),
    (HEAD + b', "count": 01}', "line 1, column 65", "not JSON"),
    (HEAD + b"} // drawn by hand", "line 1, column 55", "not JSON"),
    # JSON, but nothing of the kind
    (b"[]", "", "one JSON object"),
    (b'"format"', "", "one JSON object"),
    (b"null", "", "one JSON object"),
    (b"NaN", "", "NaN is not a number"),
    (b"9" * 10_000, "", "too long for a number"),
    # strictness
    (HEAD + b', "title": "a", "title": "b"}', "title", "this key is written twice"),
    (HEAD + b', "features": {"a": true, "\\u0061": true}}', "features.a", "this key is written twice"),
    (HEAD + b', "notes": [1, {"x": [{"id": 1, "id": 1}]}]}', "notes[1].x[0].id", "this key is written twice"),
    (HEAD + b', "notes": [1, 1e999]}', "notes[1]", "1e999 is too large for a number"),
    (HEAD + b', "notes": [-1E+999]}', "notes[0]", "-1E+999 is too large for a number"),
    (HEAD + b', "notes": [' + b"7" * 5000 + b"]}", "notes[0]", "too long for a number"),
    (HEAD + b', "notes": [0.' + b"7" * 5000 + b"]}", "notes[0]", "too long for a number"),
    (HEAD + b', "title": "\\ud83d"}', "title", "half of a surrogate pair"),
    (HEAD + b', "title": "\\ude00\\ud83d"}', "title", "half of a surrogate pair"),
    (HEAD + b', "features": {"\\uDC00": true}}', "features.\\udc00", "half of a surrogate pair"),
    # depth
    (b"[" * 65 + b"]" * 65, "line 1", "deeper than 64 levels"),
    (b"\n[" * 65, "line 66", "deeper than 64 levels"),
    (b"[" * 100_000, "line 1", "deeper than 64 levels"),
    (b'{"a":' * 65 + b"1" + b"}" * 65, "line 1", "deeper than 64 levels"),
    (b'["\\"[[", ' + b"[" * 64 + b"]" * 65, "line 1", "deeper than 64 levels"),
    # right at the limit, and brackets within texts, are no reason: what follows is
    (b"[" * 64 + b"]" * 64, "", "one JSON object"),
    (HEAD + b', "x": "' + b"[" * 100 + b'"}', "x", "no such field"),
    (HEAD + b', "x": "\\\\\\"' + b"[" * 100 + b'"}', "x", "no such field"),
    (HEAD + b', "\\ud83d\\ude00": 1}', "😀", "no such field"),
]


@pytest.mark.parametrize(("data", "place", "reason"), WRONG_TEXT, ids=range(len(WRONG_TEXT)))
def test_wrong_text_is_refused_with_its_place(data: bytes, place: str, reason: str) -> None:
    error = refusal(data)
    assert error.place == place
    assert reason in error.reason


def test_twenty_thousand_components_are_read() -> None:
    assert (
        len(
            parse_design(
                changed(setting("components", to=[*RAW["components"], *TOO_MANY[3:20_000]]))
            ).components
        )
        == 20_000
    )


def test_a_long_chain_of_zones_is_read_and_its_circle_refused() -> None:
    zones = [{"id": "z0", "name": "z", "kind": "other", "frame": [0, 0, 10, 10]}]
    zones += [zones[0] | {"id": f"z{n}", "parent": f"z{n - 1}"} for n in range(1, 5_000)]
    data = {"format": 1, "catalog": RAW["catalog"], "zones": zones}
    assert len(parse_design(json.dumps(data).encode()).zone_chain("z4999")) == 5_000
    zones[0] = zones[0] | {"parent": "z4999"}
    assert refusal(json.dumps(data).encode()).place == "zones[0].parent"


def test_the_first_of_many_problems_is_told() -> None:
    raw = copy.deepcopy(RAW)
    raw["components"][1]["name"] = ""
    raw["components"][2] = None
    raw["notes"] = {"a": 1}
    assert refusal(json.dumps(raw).encode()).place == "components[1].name"


def test_lack_of_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(data: bytes, path: Path | str) -> Any:
        raise MemoryError

    monkeypatch.setattr("model.storage.designs.read_json", exhausted)
    assert "not enough memory" in refusal(b"{}").reason


@pytest.mark.parametrize("enabled", [True, False])
def test_reading_leaves_the_collection_of_garbage_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        parse_design(json.dumps(RAW).encode())
        assert gc.isenabled() is enabled
        refusal(b"")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_older_formats_are_brought_up_one_step_at_a_time() -> None:
    steps = {
        1: lambda raw: raw | {"seen": [raw["format"]]},
        2: lambda raw: raw | {"seen": [*raw["seen"], raw["format"]]},
    }
    assert upgraded({"format": 1, "title": "t"}, steps, to=3) == {"format": 3, "title": "t", "seen": [1, 2]}
    assert upgraded({"format": 2, "seen": []}, steps, to=3) == {"format": 3, "seen": [2]}


def test_an_older_format_is_read_through_its_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    def to_present(raw: Raw) -> Raw:
        return {name: value for name, value in raw.items() if name != "caption"} | {
            "title": raw["caption"],
            "format": 1,
        }

    monkeypatch.setattr("model.storage.designs.FORMAT", 2)
    monkeypatch.setattr("model.storage.designs.upgraded", to_present)
    old = {"format": 1, "catalog": RAW["catalog"], "caption": "旧"}
    assert parse_design(json.dumps(old).encode()).title == "旧"
    with pytest.raises(FileError) as caught:
        parse_design(json.dumps(old | {"caption": 5}).encode())
    assert caught.value.place == "title"
