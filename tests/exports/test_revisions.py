"""Revisions of a design file: listed and read through git, and a sentence wherever git cannot."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest

from exports.revisions import design_at, revisions
from model.errors import FileError
from model.storage import dump
from tests.reports import sample

git_needed = pytest.mark.skipif(which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.com")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A design with two revisions, in a folder of a repository."""
    path = tmp_path / "plans" / "design.portchart"
    path.parent.mkdir()
    git(tmp_path, "init", "-q")
    for number, title in enumerate(("First", "Second · with \x1f in it")):
        path.write_bytes(dump(sample("single-vpc").evolve(title=f"Title {number}")))
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", title)
    return path


@git_needed
def test_revisions_are_listed_newest_first_and_read(kept: Path) -> None:
    found = revisions(kept)
    assert [each.subject for each in found] == ["Second · with \x1f in it", "First"]
    assert [design_at(kept, each.id).title for each in found] == ["Title 1", "Title 0"]
    assert len(found[0].short) == 10
    assert found[0].day.count("-") == 2


@git_needed
def test_a_repository_cannot_make_git_run_a_program(kept: Path) -> None:
    """`log.showSignature` would start the program that the repository names."""
    ran = kept.parent / "ran"
    git(kept.parent, "config", "log.showSignature", "true")
    git(kept.parent, "config", "gpg.program", f"touch {ran}")
    assert len(revisions(kept)) == 2
    assert not ran.exists()


@git_needed
def test_what_git_does_not_know_is_refused_in_a_sentence(kept: Path, tmp_path: Path) -> None:
    other = kept.with_name("other.portchart")
    other.write_bytes(b"")
    with pytest.raises(FileError, match="no revision of this file"):
        revisions(other)
    with pytest.raises(FileError, match="no such file in that revision"):
        design_at(other, "HEAD")


@git_needed
def test_a_folder_that_git_does_not_keep_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(FileError, match="git does not keep this folder"):
        revisions(tmp_path / "design.portchart")


def test_without_git_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileError, match="git is not installed"):
        revisions(tmp_path / "design.portchart")
