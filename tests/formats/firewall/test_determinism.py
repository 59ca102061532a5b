"""Random designs give the same bytes in every firewall format, whatever the machine's hash seed, zone and locale."""

import os
import subprocess
import sys
from pathlib import Path

from exports.artefacts import ARTEFACTS

WRITE_ALL = """
import hashlib
from exports.artefacts import ARTEFACTS
from tests.formats.firewall.oracle import random_reports
from tests.formats.firewall.requests import proxied_reports
for each in ARTEFACTS:
    data = b"".join(each.make(report).data for report in (*random_reports(40), *proxied_reports(40)))
    print(each.id, hashlib.sha256(data).hexdigest())
"""
PLACES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONUTF8": "0"},
)


def test_bytes_are_the_same_everywhere(root: Path, tmp_path: Path) -> None:
    runs = []
    for place in PLACES:
        done = subprocess.run(
            [sys.executable, "-c", WRITE_ALL],
            cwd=tmp_path,
            env=os.environ | place | {"PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        runs.append(done.stdout.splitlines())
    assert [line.split()[0] for line in runs[0]] == [each.id for each in ARTEFACTS]
    assert runs[0] == runs[1]
