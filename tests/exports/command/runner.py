"""Runs `portchart` as its users do, in a process or within the test's own."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from exports.command import main
from model.design.design import Design
from model.storage import dump

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
