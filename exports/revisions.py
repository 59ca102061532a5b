"""Earlier states of a design file, as git has them. Git is optional, only read from, and never asks another machine."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from model.design.design import Design
from model.errors import FileError
from model.sentences import told
from model.storage import parse_design

LISTED = 200
"""So many revisions are listed."""

_SEPARATOR = "\x1f"
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision in which a file changed: its full id, the day (ISO 8601) and the first line of its message."""

    id: str
    day: str
    subject: str

    @property
    def short(self) -> str:
        """The id as people write it."""
        return self.id[:10]


def revisions(path: Path) -> tuple[Revision, ...]:
    """The revisions of a file, newest first. Raises FileError where git is missing or does not know the file."""
    name = str(path)
    shown = f"--format=%H{_SEPARATOR}%as{_SEPARATOR}%s"
    listed = ["log", f"--max-count={LISTED}", shown, "--", f"./{path.name}"]
    text = _git(name, listed, path.parent, told("git does not keep this folder; compare with a file instead"))
    found = [line.split(_SEPARATOR, 2) for line in text.decode(errors="replace").splitlines()]
    if not found:
        raise FileError(
            name, told("git has no revision of this file; commit it, or compare with another file")
        )
    return tuple(Revision(*parts) for parts in found)


def design_at(path: Path, revision: str) -> Design:
    """A design file as it was in a revision. Raises FileError."""
    return design_in(f"{revision}:{path.name}", revision, f"./{path.name}", path.parent)


def design_in(name: str, revision: str, inside: str, folder: Path | None = None) -> Design:
    """The design at a path in a revision, called `name` in what is said of it. Raises FileError."""
    missing = told("git has no such file in that revision; check both with git log")
    return parse_design(_git(name, ["show", f"{revision}:{inside}"], folder, missing), name)


def _git(name: str, arguments: list[str], folder: Path | None, otherwise: str) -> bytes:
    """What git prints. Signature programs and fetching, which a repository can ask for, are left out."""
    command = ["git", "--no-pager", "-c", "log.showSignature=false", *arguments]
    quiet = os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            command, cwd=folder, env=quiet, capture_output=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise FileError(
            name, told("git gave no answer within {seconds} seconds; name a file", seconds=_SECONDS)
        ) from error
    except OSError as error:
        raise FileError(name, told("git is not installed, so there are no revisions; name a file")) from error
    if done.returncode:
        raise FileError(name, otherwise)
    return done.stdout
