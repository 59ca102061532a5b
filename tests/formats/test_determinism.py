"""The same design gives the same bytes, whatever the machine's hash seed, time zone, locale and folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exports.registry import FORMATS

WRITE_ALL = """
import hashlib, sys
from exports.registry import FORMATS
from tests.reports import report_of, sample
for form in FORMATS:
    data = form.write(report_of(sample("on-premises"), "both"))
    print(form.id, hashlib.sha256(data).hexdigest())
"""

PLACES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "ja_JP.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/New_York", "LC_ALL": "C", "PYTHONUTF8": "0"},
)


@pytest.fixture(scope="module")
def written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    runs = []
    for number, place in enumerate(PLACES):
        folder = tmp_path_factory.mktemp(f"place-{number}")
        done = subprocess.run(
            [sys.executable, "-c", WRITE_ALL],
            cwd=folder,
            env=os.environ | place | {"PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        runs.append(done.stdout.splitlines())
    return runs


@pytest.mark.parametrize("place", range(len(FORMATS)), ids=[form.id for form in FORMATS])
def test_bytes_are_the_same_everywhere(written: list[list[str]], place: int) -> None:
    assert written[0][place].startswith(FORMATS[place].id)
    assert {run[place] for run in written} == {written[0][place]}
