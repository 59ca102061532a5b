"""The same design gives the same bytes, whatever the machine's hash seed, time zone, locale, folder and Python."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pytest

from exports.registry import FORMATS

WRITE_ALL = """
import hashlib, sys
from exports.registry import FORMATS
from tests.reports import compared_report, report_of, sample
for form in FORMATS:
    for report in (report_of(sample("on-premises"), "both"), compared_report("ja")):
        print(form.id, hashlib.sha256(form.write(report)).hexdigest())
"""

PLACES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "ja_JP.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/New_York", "LC_ALL": "C", "PYTHONUTF8": "0"},
)


LIBRARIES = ("aerleon", "networkx", "pillow", "platformdirs", "pydantic", "reportlab", "XlsxWriter")
PYTHONS = ("python3.11", "python3.12", "python3.13")
"""Other interpreters; PORTCHART_PYTHONS names them by path where they are not on the PATH."""


def _written(python: Path | str, root: Path, folder: Path, place: Mapping[str, str]) -> list[str]:
    """A line for each format and report: its id and the hash of its bytes."""
    done = subprocess.run(
        [python, "-c", WRITE_ALL],
        cwd=folder,
        env=os.environ | place | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    return [
        _written(sys.executable, root, tmp_path_factory.mktemp(f"place-{number}"), place)
        for number, place in enumerate(PLACES)
    ]


@pytest.mark.parametrize("form", [form.id for form in FORMATS])
def test_bytes_are_the_same_everywhere(written: list[list[str]], form: str) -> None:
    runs = [[line for line in run if line.startswith(f"{form} ")] for run in written]
    assert len(runs[0]) == 2
    assert runs == [runs[0]] * len(PLACES)


@pytest.mark.soak
@pytest.mark.parametrize("python", os.environ.get("PORTCHART_PYTHONS", " ".join(PYTHONS)).split())
def test_bytes_are_the_same_with_every_python(
    python: str, written: list[list[str]], root: Path, tmp_path: Path
) -> None:
    """In an environment of its own with the versions of the libraries that are installed here."""
    found = shutil.which(python)
    if found is None or subprocess.run([found, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"there is no {python}")
    subprocess.run([found, "-m", "venv", tmp_path / "venv"], check=True)
    pinned = [f"{name}=={version(name)}" for name in LIBRARIES]
    own = tmp_path / "venv" / "bin" / "python"
    subprocess.run([own, "-m", "pip", "install", "-q", *pinned], check=True)
    assert _written(own, root, tmp_path, PLACES[1]) == written[0]
