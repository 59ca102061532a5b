"""Runs commands in a network namespace of their own: real rulesets loaded, real packets sent, nothing else touched."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SENDER = Path(__file__).with_name("sender.py")


@cache
def why_not(*tools: str) -> str:
    """Why the tools cannot run in a namespace here; empty where they can."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        return f"needs {', '.join(missing)}"
    done = subprocess.run(["unshare", "-rn", tools[0], "--version"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "this machine allows no network namespaces"


def needs(*tools: str) -> pytest.MarkDecorator:
    reason = why_not(*tools) if shutil.which("unshare") else "needs unshare"
    return pytest.mark.skipif(bool(reason), reason=reason)


def run(script: str, stdin: bytes = b"", *arguments: str) -> bytes:
    """The output of a shell script in a fresh namespace; fails the test when the script does."""
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-ec", script, "sh", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout


def delivered(setup: str, stdin: bytes, packets: list[Any], folder: Path) -> list[bool]:
    """Which packets pass both the output and the input hook once the script `setup` has run."""
    asked, answer = folder / "packets.json", folder / "delivered.json"
    asked.write_text(json.dumps(packets), encoding="utf-8")
    run(f'{setup}; exec "$1" "$2" "$3" "$4"', stdin, sys.executable, str(SENDER), str(asked), str(answer))
    found: list[bool] = json.loads(answer.read_text(encoding="utf-8"))
    return found
