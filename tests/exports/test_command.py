"""The command line as its users run it: a process, its output, its exit code."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest

import resources
from exports.command import main
from model import edits
from model.design import Design
from model.storage import dump, parse_design
from tests.reports import SAMPLES, sample

RUN = "import sys; from exports.command import main; sys.exit(main())"
EVERY_COMMAND = (
    "flows",
    "check",
    "export",
    "formats",
    "what-if",
    "diff",
    "compare",
    "explain",
    "goals",
    "sweep",
    "import-records",
    "fmt",
    "catalog",
    "schema",
    "new",
)


class Runner:
    """Runs `portchart` in a folder of its own."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.folder = folder

    def __call__(
        self, *arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", RUN, *arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.root), "PYTHONUTF8": "1"} | (environment or {}),
            input=stdin,
            capture_output=True,
            check=False,
        )

    def file(self, name: str, design: Design) -> str:
        (self.folder / name).write_bytes(dump(design))
        return name


@pytest.fixture
def portchart(root: Path, tmp_path: Path) -> Runner:
    return Runner(root, tmp_path)


class Inside(Runner):
    """The same within this process, for the many cases in which only the words differ."""

    def __call__(
        self, *arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        assert environment is None, "the environment of this process stays as it is"
        output, errors = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            patch.setattr(sys, "stdout", output)
            patch.setattr(sys, "stderr", errors)
            code = main(arguments)
        written = output.buffer
        assert isinstance(written, io.BytesIO)
        return subprocess.CompletedProcess(arguments, code, written.getvalue(), errors.getvalue().encode())


@pytest.fixture
def inside(root: Path, tmp_path: Path) -> Inside:
    return Inside(root, tmp_path)


def succeeded(done: subprocess.CompletedProcess[bytes], code: int = 0) -> str:
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode()


def refused(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one sentence on standard error of a run that could not use its input."""
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("portchart")
    return line


# flows


def test_flows_prints_one_json_entry_per_flow(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("multi-vpc"))
    data = json.loads(succeeded(portchart("flows", name, "--json")))
    jsonschema.validate(data, json.loads(resources.text("schemas/flows.schema.json")))
    assert list(data) == ["flows"]
    keys = [(each["source"], each["destination"], each["port"], each["transport"]) for each in data["flows"]]
    assert len(set(keys)) == len(keys) > 20
    proxied = [each for each in data["flows"] if each["port"] == 1443]
    assert proxied
    assert {each["proxied"] for each in proxied} == {"to-proxy"}


def test_flows_reads_standard_input_and_keeps_scopes_apart(portchart: Runner) -> None:
    data = dump(sample("on-premises"))

    def flows(scope: str) -> list[dict[str, object]]:
        done = portchart("flows", "-", "--json", "--scope", scope, stdin=data)
        found: list[dict[str, object]] = json.loads(succeeded(done))["flows"]
        return found

    host, network = flows("host"), flows("network")
    assert {(each["port"], each["scope"]) for each in host} == {(4123, "host")}
    assert {each["scope"] for each in network} == {"network"}
    assert {each["id"] for each in flows("all")} == {each["id"] for each in (*host, *network)}


@pytest.mark.parametrize(("language", "heading"), [("en", "Destination"), ("ja", "宛先ホスト名")])
def test_flows_prints_an_aligned_table(portchart: Runner, language: str, heading: str) -> None:
    design = edits.rename(sample("single-vpc"), "web-tier", "業務サーバー群")
    name = portchart.file("design.portchart", design)
    lines = succeeded(portchart("flows", name, "--language", language)).splitlines()
    assert heading in lines[0]
    starts = [
        index
        for index, mark in enumerate(lines[1])
        if mark == "-" and lines[1][index - 1 : index] in ("", " ")
    ]
    flows = lines[2:-2]
    assert any("業務サーバー群 ×6" in line for line in flows)
    for line in flows:
        columns = "".join(character + "\0" * (wide(character) - 1) for character in line)
        assert all(columns[start - 1] == " " for start in starts[1:]), line
    assert str(len(flows)) in lines[-1]


def wide(character: str) -> int:
    return 2 if "\u3000" <= character <= "\u9fff" or "\uff01" <= character <= "\uff60" else 1


# check


def test_check_exits_by_the_gravest_finding(portchart: Runner) -> None:
    fine = portchart.file("fine.portchart", sample("single-vpc"))
    succeeded(portchart("check", fine))
    gone = [each.id for each in sample("single-vpc").components if each.kind == "dns-server"]
    broken = portchart.file("broken.portchart", edits.delete(sample("single-vpc"), gone))
    assert "error: " in succeeded(portchart("check", broken), 1)
    data = json.loads(succeeded(portchart("check", broken, "--json"), 1))
    assert data["counts"]["error"] == sum(each["severity"] == "error" for each in data["findings"]) > 0


# export


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("csv", b'\xef\xbb\xbf"Flow ID'),
        ("xlsx", b"PK"),
        ("json", b"{"),
        ("markdown", b"# "),
        ("urls", b"# "),
        ("pdf", b"%PDF-"),
    ],
)
def test_export_writes_the_same_to_a_file_and_to_standard_output(
    portchart: Runner, form: str, begins: bytes
) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    done = portchart("export", name, "--to", form, "-o", "-")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(begins)
    assert succeeded(portchart("export", name, "--to", form, "-o", "out.file")) == ""
    assert (portchart.folder / "out.file").read_bytes() == done.stdout
    assert sorted(path.name for path in portchart.folder.iterdir()) == ["design.portchart", "out.file"]


def test_export_replaces_only_what_it_is_told_to(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    succeeded(portchart("export", name, "--to", "csv"))
    first = (portchart.folder / "design.csv").read_bytes()
    assert "design.csv" in refused(portchart("export", name, "--to", "csv", "--language", "ja"))
    assert (portchart.folder / "design.csv").read_bytes() == first
    succeeded(portchart("export", name, "--to", "csv", "--language", "ja", "-o", "design.csv"))
    assert "通信ID" in (portchart.folder / "design.csv").read_text(encoding="utf-8-sig")


def test_export_says_which_formats_there_are(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    sentence = refused(portchart("export", name, "--to", "docx"))
    listed = [line.split()[0] for line in succeeded(portchart("formats")).splitlines()[2:]]
    assert {"csv", "xlsx", "json", "markdown", "urls", "pdf"} <= set(listed)
    assert all(form in sentence for form in listed)
    assert "通信要件一覧" in succeeded(portchart("formats", "--language", "ja"))


def test_export_of_standard_input_needs_a_name(portchart: Runner) -> None:
    done = portchart("export", "-", "--to", "csv", stdin=dump(sample("single-vpc")))
    assert "-o" in refused(done)


# what-if and diff


def test_what_if_prints_what_comes_goes_and_changes(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    before = (portchart.folder / name).read_bytes()
    done = portchart(
        "what-if", name, "--set", "communication=bidirectional", "--component", "web-tier", "--json"
    )
    data = json.loads(succeeded(done))
    (added,) = data["added"]
    assert (added["source"], added["destination"], added["port"]) == ("workload-security", "web-tier", 4118)
    assert (data["removed"], data["changed"]) == ([], [])
    off = json.loads(succeeded(portchart("what-if", name, "--set", "web-reputation=off", "--json")))
    assert [(each["fqdn"], each["change"]) for each in off["names"]] == [
        ("dsaas.url.trendmicro.com", "removed")
    ]
    assert all("dsaas.url.trendmicro.com" in each["before"]["fqdns"] for each in off["changed"])
    text = succeeded(portchart("what-if", name, "--set", "communication=bidirectional", "--language", "ja"))
    assert "追加 3 件" in text
    assert (portchart.folder / name).read_bytes() == before


def test_each_component_narrows_the_set_before_it(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    two = ("--component", "web-tier", "--component", "db-tier")
    done = portchart(
        "what-if", name, "--set", "communication=bidirectional", *two, "--set", "dns-over-tcp=on", "--json"
    )
    added = json.loads(succeeded(done))["added"]
    assert {each["destination"] for each in added if each["port"] == 4118} == {"web-tier", "db-tier"}
    over_tcp = {each["source"] for each in added if each["port"] == 53}
    assert {"web-tier", "app-tier", "db-tier"} <= over_tcp


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "web-reputation"], "FEATURE=VALUE"),
        (["--set", "nonsense=on"], "nonsense"),
        (["--set", "web-reputation=maybe"], "on, off or inherit"),
        (["--set", "communication=sideways"], "agent-initiated"),
        (["--set", "agent-version=new"], "version"),
        (["--set", "web-reputation=on", "--component", "nobody"], "nobody"),
        (["--set", "web-reputation=on", "--component", "No Body"], "No Body"),
        (["--set", "communication= x"], "communication"),
        (["--component", "web-tier", "--set", "web-reputation=on"], "--component belongs after"),
        ([], "--set"),
    ],
)
def test_what_if_answers_mistakes_with_a_sentence(inside: Inside, arguments: list[str], said: str) -> None:
    name = inside.file("design.portchart", sample("single-vpc"))
    assert said in refused(inside("what-if", name, *arguments))


def test_diff_exits_by_whether_flows_differ(portchart: Runner) -> None:
    old = portchart.file("old.portchart", sample("single-vpc"))
    moved = portchart.file("moved.portchart", edits.move(sample("single-vpc"), {"web-tier": (5, 5)}))
    new = portchart.file("new.portchart", edits.set_port(sample("single-vpc"), "siem-1", 514, 1514))
    assert "same" in succeeded(portchart("diff", old, moved))
    assert "port 514 → 1514" in succeeded(portchart("diff", old, new), 1)
    data = json.loads(succeeded(portchart("diff", old, new, "--json"), 1))
    assert [(each["before"]["port"], each["port"]) for each in data["changed"]] == [(514, 1514)]
    assert json.loads(succeeded(portchart("diff", old, old, "--json")))["changed"] == []


# explain, catalog, schema


def test_explain_gives_citations_and_what_stands_against_the_rest(inside: Inside) -> None:
    name = inside.file("design.portchart", sample("single-vpc"))
    text = succeeded(inside("explain", name, "web-tier", "workload-security"))
    assert "443/tcp" in text
    assert "P10" in text
    assert "row 10" in text
    text = succeeded(inside("explain", name, "workload-security", "web-tier"))
    assert "No flow from workload-security to web-tier." in text
    assert "4118/tcp" in text
    assert "P06" in text
    assert "文書には" in succeeded(inside("explain", name, "dns-1", "ntp-1", "--language", "ja"))
    assert "web-tier" in refused(inside("explain", name, "nobody", "web-tier")), "lists those there are"


def test_catalog_prints_everything_or_one_entry(inside: Inside) -> None:
    whole = succeeded(inside("catalog"))
    assert all(f"\n{rule} " in whole for rule in ("P01", "P35", "U01", "U06d", "U14"))
    assert "web-reputation" in whole
    one = succeeded(inside("catalog", "u12", "--language", "ja"))
    assert "送信元の名前" in one
    assert "A03" in succeeded(inside("catalog", "A03"))
    assert "P99" in refused(inside("catalog", "P99"))


@pytest.mark.parametrize("of", ["design", "catalog", "flows"])
def test_schema_prints_a_schema_that_fits(inside: Inside, of: str) -> None:
    schema = json.loads(succeeded(inside("schema", of)))
    jsonschema.Draft202012Validator.check_schema(schema)
    if of == "design":
        for name in SAMPLES:
            jsonschema.validate(json.loads(dump(sample(name))), schema)


# fmt and new


def test_fmt_rewrites_only_what_is_not_canonical(portchart: Runner) -> None:
    canonical = dump(sample("single-vpc"))
    loose = portchart.folder / "loose.portchart"
    loose.write_text(json.dumps(json.loads(canonical)), encoding="utf-8")
    tidy = portchart.folder / "tidy.portchart"
    tidy.write_bytes(canonical)
    os.utime(tidy, ns=(1, 1))
    done = portchart("fmt", "loose.portchart", "missing.portchart", "tidy.portchart")
    assert done.returncode == 2
    assert "missing.portchart" in done.stderr.decode()
    assert loose.read_bytes() == canonical
    assert tidy.stat().st_mtime_ns == 1
    assert (
        succeeded(portchart("fmt", "-", stdin=json.dumps(json.loads(canonical)).encode()))
        == canonical.decode()
    )


def test_new_lists_templates_and_makes_designs(portchart: Runner) -> None:
    listed = succeeded(portchart("new"))
    assert all(name in listed for name in SAMPLES)
    succeeded(portchart("new", "--template", "multi-vpc"))
    made = parse_design((portchart.folder / "multi-vpc.portchart").read_bytes())
    assert made == sample("multi-vpc")
    assert "already" in refused(portchart("new", "--template", "multi-vpc"))
    succeeded(portchart("new", "--template", "air-gapped", "-o", "multi-vpc.portchart", "--force"))
    assert parse_design((portchart.folder / "multi-vpc.portchart").read_bytes()) == sample("air-gapped")
    assert "single-vpc" in refused(portchart("new", "--template", "nothing"))
    assert (
        succeeded(portchart("new", "--template", "on-premises", "-o", "-"))
        == dump(sample("on-premises")).decode()
    )


# what holds for every command


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
