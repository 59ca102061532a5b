"""Output jobs: the names of files, what is written, and what is left alone."""

import csv
import io
from pathlib import Path

import pytest
from pydantic import ValidationError

from exports.command.main import main
from exports.jobs import planned, safe_name
from model.design.changes import Change, Scenario
from model.design.design import Design, DocumentData, Revision
from model.design.output import Job, Output, with_job
from model.editing import edits
from model.storage import dump
from tests.designs import shipped_catalog
from tests.reports import sample

HERE = Path("here")


def job(*outputs: Output, **fields: object) -> Job:
    return Job.model_validate({"id": "board", "name": "Change board", "outputs": outputs, **fields})


def names(made: Job, design: Design | None = None) -> list[str]:
    files = planned(made, design or sample("single-vpc"), HERE / "design.portchart", "2026-11-24")
    return [str(file.path.relative_to(HERE)) for file in files]


def test_names_come_from_the_pattern() -> None:
    document = DocumentData(change_number="CHG/42", revisions=(Revision(number=3), Revision(number=1)))
    scenario = Scenario(id="relay", name="Relay: off?", changes=())
    design = sample("single-vpc").evolve(title="Ключ 設計", document=document, scenarios=(scenario,))
    every = "{title}_{change}_r{revision}_{scenario}_{format}_{language}_{date}"
    made = job(Output(format="pdf", language="ja"), pattern=every, scenarios=("relay",), folder="out/board")
    assert names(made, design) == ["out/board/Ключ 設計_CHG-42_r3_Relay- off-_pdf_ja_2026-11-24.pdf"]


def test_files_of_one_name_are_told_apart() -> None:
    made = job(
        Output(format="pdf"),
        Output(format="pdf", language="ja"),
        Output(format="pdf", language="ja", sections=(1,)),
        Output(format="csv"),
    )
    assert names(made) == ["design.pdf", "design-ja.pdf", "design-pdf-ja.pdf", "design.csv"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        ("a\\b:c*?", "a-b-c-"),
        ("  . ", "export"),
        ("con", "_con"),
        ("LPT1.x", "_LPT1.x"),
        ("x" * 500, "x" * 120),
        ("業務通信の申請" * 30, ("業務通信の申請" * 30)[:66]),
        ("業務 通信", "業務 通信"),
        ("a\u202etxt", "a-txt"),
    ],
)
def test_a_name_is_one_file_on_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("pattern", ["", "{owner}", "{", "a}b", "{design", "{design.title}"])
def test_a_pattern_with_anything_else_in_braces_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError, match=r"stands for nothing|made of something"):
        job(Output(format="pdf"), pattern=pattern)


def test_a_job_takes_the_place_of_that_of_its_id() -> None:
    one, other = job(Output(format="pdf")), job(Output(format="csv"))
    assert with_job((), one) == (one,)
    assert with_job((one,), other) == (other,)
    assert with_job((one,), other.evolve(id="x")) == (one, other.evolve(id="x"))


def stored(tmp_path: Path, made: Job, design: Design | None = None) -> str:
    file = tmp_path / "new.portchart"
    file.write_bytes(dump((design or sample("on-premises")).evolve(jobs=(made,))))
    return str(file)


def test_the_command_writes_every_file_and_leaves_those_alone_that_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = job(
        Output(format="csv", language="ja", columns=("core",), encoding="cp932"),
        Output(format="markdown", headings="both"),
        folder="out",
    )
    file = stored(tmp_path, made)
    assert main(["export", file, "--job", "Change board"]) == 0
    out = tmp_path / "out"
    assert sorted(each.name for each in out.iterdir()) == ["new.csv", "new.md"]
    heading = next(csv.reader(io.StringIO((out / "new.csv").read_bytes().decode("cp932"))))
    assert heading[-2:] == ["備考", "カタログ"]
    assert "Flow ID 通信ID" in (out / "new.md").read_text(encoding="utf-8")
    (out / "new.md").write_text("mine", encoding="utf-8")
    (out / "new.csv").unlink()
    capsys.readouterr()
    assert main(["export", file, "--job", "board"]) == 2
    assert "There already is" in capsys.readouterr().err
    assert [each.name for each in out.iterdir()] == ["new.md"]
    assert (out / "new.md").read_text(encoding="utf-8") == "mine"
    assert main(["export", file, "--job", "board", "--replace"]) == 0
    assert (out / "new.md").read_text(encoding="utf-8") != "mine"


def test_a_job_shows_what_its_scenario_changes_against_its_baseline(tmp_path: Path) -> None:
    design = sample("on-premises")
    feature = next(each for each in ("smart-feedback", "web-reputation") if not design.features.get(each))
    known = shipped_catalog().feature_by_id[feature]
    assert known.id == feature
    scenario = Scenario(id="more", name="More", changes=(Change(feature=feature, value=True),))
    gone = next(each.id for each in design.components if each.kind == "ntp-server")
    (tmp_path / "old.portchart").write_bytes(dump(edits.delete(design, {gone})))
    made = job(Output(format="csv"), scenarios=("more",), baseline="old.portchart")
    assert (
        main(["export", stored(tmp_path, made, design.evolve(scenarios=(scenario,))), "--job", "board"]) == 0
    )
    rows = list(csv.DictReader(io.StringIO((tmp_path / "new.csv").read_bytes().decode("utf-8-sig"))))
    added = {row["Destination"] for row in rows if row["Change"] == "added"}
    assert design.component_by_id[gone].name in added


def test_a_job_never_writes_over_the_design_it_is_kept_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.json"
    content = dump(sample("on-premises").evolve(jobs=(job(Output(format="json")),)))
    file.write_bytes(content)
    assert main(["export", str(file), "--job", "board", "--replace"]) == 2
    assert "plan.json is read for this export and would be lost" in capsys.readouterr().err
    assert file.read_bytes() == content


def test_a_long_japanese_title_makes_a_name_that_the_disk_takes(tmp_path: Path) -> None:
    outputs = [Output(format="aws-cloudformation", language="both", accept=True)] * 2
    made = job(*outputs, pattern="{title}{scenario}")
    file = stored(tmp_path, made, sample("multi-vpc").evolve(title="業務システム移行" * 25))
    assert main(["export", file, "--job", "board"]) == 0
    written = [each for each in tmp_path.iterdir() if each.name.startswith("業務システム移行")]
    assert len(written) == 2


def test_names_that_no_file_can_have_are_refused_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = job(Output(format="csv"), folder="長い名前のフォルダー" * 20)
    assert main(["export", stored(tmp_path, made), "--job", "board"]) == 2
    assert "the folder cannot be made (file name too long)" in capsys.readouterr().err


def test_flows_that_cannot_be_expressed_stop_that_file_alone(tmp_path: Path) -> None:
    made = job(Output(format="nftables"), Output(format="csv"))
    file = stored(tmp_path, made)
    assert main(["export", file, "--job", "board"]) == 1
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".portchart"] == ["new.csv"]
    assert main(["export", file, "--job", "board", "--replace", "--accept-inexpressible"]) == 0
    assert (tmp_path / "new.nft").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--job", "other"), "The design has no job other; there is board."),
        (("--job", "board", "--columns", "core"), "A job says itself what --columns would"),
        (("--job", "board", "-o", "x"), "A job says itself what --output would"),
        (("--job", "board", "--language", "ja"), "--language に当たる内容はジョブで決まっています。"),
        (("--job", "board", "--scenario", "x"), "A job says itself what --scenario would"),
        (("--to", "csv", "--group", "sg-1=web"), "--group says whose the rules of --as-is are"),
        (("--to", "csv", "--at", "web"), "--at says whose the rules of --as-is are"),
        (("--to", "csv", "--as-is", "x", "--group", "sg-1"), "'sg-1' does not attach a group"),
        (("--to", "csv", "--replace"), "--replace goes with --job"),
        ((), "one of the arguments --to --job is required"),
        (("--to", "csv", "--job", "board"), "not allowed with argument"),
    ],
)
def test_what_does_not_fit_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert main(["export", stored(tmp_path, job(Output(format="csv"))), *arguments]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"baseline": "none.portchart"}, "none.portchart"),
        ({"scenarios": ("none",)}, "none"),
        ({"folder": "new.portchart"}, "the folder cannot be made"),
        ({"outputs": (Output(format="docx"),)}, "There is no format docx"),
    ],
)
def test_a_job_that_cannot_be_done_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fields: dict[str, object], sentence: str
) -> None:
    made = job(Output(format="csv")).evolve(**fields)
    assert main(["export", stored(tmp_path, made), "--job", "board"]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
