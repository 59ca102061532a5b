"""Saving: the file is the old one or the new one, whole, and no unseen change is lost."""

import errno
import os
import resource
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from model.design.design import CatalogReference, Design
from model.errors import ChangedOnDisk, FileError
from model.storage import Stamp, dump, load, save

OLD = Design(catalog=CatalogReference(id="a", version="1"), title="old")
NEW = OLD.evolve(title="new")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A saved design, alone in its folder."""
    path = tmp_path / "plan.portchart"
    path.write_bytes(dump(OLD))
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_a_new_file_holds_the_canonical_form(tmp_path: Path) -> None:
    path = tmp_path / "設計 1.portchart"
    stamp = save(NEW, path, None)
    assert path.read_bytes() == dump(NEW)
    assert names(tmp_path) == ["設計 1.portchart"]
    assert load(path).design == NEW
    assert load(path).stamp == stamp


def test_saving_again_and_again(file: Path) -> None:
    stamp: Stamp | None = load(file).stamp
    for title in ("a", "b", "c"):
        stamp = save(OLD.evolve(title=title), file, stamp)
        assert load(file).design.title == title
    assert names(file.parent) == ["plan.portchart"]


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_a_new_file_follows_the_umask(tmp_path: Path, umask: int, expected: int) -> None:
    before = os.umask(umask)
    try:
        save(NEW, tmp_path / "new.portchart", None)
    finally:
        os.umask(before)
    assert mode(tmp_path / "new.portchart") == expected


@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o664, 0o755])
def test_an_existing_file_keeps_its_permissions(file: Path, permissions: int) -> None:
    file.chmod(permissions)
    save(NEW, file, load(file).stamp)
    assert mode(file) == permissions
    assert load(file).design == NEW


def test_symbolic_links_are_kept(tmp_path: Path, file: Path) -> None:
    (tmp_path / "links").mkdir()
    near = tmp_path / "near.portchart"
    near.symlink_to("plan.portchart")
    far = tmp_path / "links" / "far.portchart"
    far.symlink_to("../near.portchart")
    save(NEW, far, load(far).stamp)
    assert far.readlink() == Path("../near.portchart")
    assert near.readlink() == Path("plan.portchart")
    assert not file.is_symlink()
    assert load(file).design == NEW
    assert names(tmp_path / "links") == ["far.portchart"]


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "link.portchart"
    link.symlink_to("target.portchart")
    save(NEW, link, None)
    assert link.is_symlink()
    assert load(tmp_path / "target.portchart").design == NEW


def test_links_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(FileError):
        save(NEW, tmp_path / "a", None, force=True)
    with pytest.raises(FileError):
        load(tmp_path / "a")
    assert names(tmp_path) == ["a", "b"]
    assert (tmp_path / "a").is_symlink()


def refuses_changed(file: Path, expected: Stamp | None, found: bytes | None, reason: str) -> None:
    """`file` holds `found`, saving refuses for `reason` and leaves it, and saves when forced."""
    others = [name for name in names(file.parent) if name != file.name]
    with pytest.raises(ChangedOnDisk) as caught:
        save(NEW, file, expected)
    assert reason in str(caught.value)
    assert str(file) in str(caught.value)
    assert (file.read_bytes() if file.exists() else None) == found
    assert [name for name in names(file.parent) if name != file.name] == others
    save(NEW, file, expected, force=True)
    assert file.read_bytes() == dump(NEW)


def test_a_change_by_someone_else_is_seen_even_with_size_and_time_kept(file: Path) -> None:
    stamp, status = load(file).stamp, file.stat()
    other = dump(OLD.evolve(title="odd"))
    file.write_bytes(other)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    refuses_changed(file, stamp, other, "was changed since it was read")


def test_a_file_that_is_gone_is_seen(file: Path) -> None:
    stamp = load(file).stamp
    file.unlink()
    refuses_changed(file, stamp, None, "was moved or deleted since it was read")


def test_a_new_file_replaces_none(file: Path) -> None:
    refuses_changed(file, None, dump(OLD), "there is already a file of this name")


def test_a_damaged_file_on_disk_counts_as_changed(file: Path) -> None:
    stamp = load(file).stamp
    file.write_bytes(b"\0" * 100)
    refuses_changed(file, stamp, b"\0" * 100, "was changed since it was read")


def test_a_file_that_was_only_touched_is_not_changed(file: Path) -> None:
    stamp = load(file).stamp
    os.utime(file, ns=(0, 0))
    save(NEW, file, stamp)
    assert load(file).design == NEW


def failing(code: int) -> Callable[..., Any]:
    def fail(*_arguments: object, **_options: object) -> Any:
        raise OSError(code, os.strerror(code))

    return fail


STEPS = ["os.open", "os.fsync", "pathlib.Path.chmod", "os.replace"]
REASONS = {
    errno.ENOSPC: "the disk is full; free some space and save again",
    errno.EDQUOT: "your disk quota is used up",
    errno.EACCES: "you may not write here",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the file cannot be written (input/output error)",
}


@pytest.mark.parametrize("code", REASONS, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_step_leaves_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    stamp = load(file).stamp
    with monkeypatch.context() as patch:
        patch.setattr(step, failing(code))
        with pytest.raises(FileError) as caught:
            save(NEW, file, stamp)
    assert not isinstance(caught.value, ChangedOnDisk)
    assert REASONS[code] in str(caught.value)
    assert str(caught.value).startswith(f"{file}: ")
    assert file.read_bytes() == dump(OLD)
    assert names(file.parent) == ["plan.portchart"]
    save(NEW, file, stamp)


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "os.replace"])
def test_a_failure_with_a_new_file_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(step, failing(errno.ENOSPC))
        with pytest.raises(FileError, match="the disk is full"):
            save(NEW, tmp_path / "new.portchart", None)
    assert names(tmp_path) == []


def test_a_write_that_ends_early_leaves_the_old_file(file: Path) -> None:
    stamp = load(file).stamp
    long = OLD.evolve(title="長" * 200)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(FileError, match="the file cannot be written"):
            save(long, file, stamp)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert file.read_bytes() == dump(OLD)
    assert names(file.parent) == ["plan.portchart"]


@pytest.mark.parametrize("step", ["os.fsync", "os.replace"])
def test_an_interruption_leaves_nothing_behind(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    stamp = load(file).stamp
    monkeypatch.setattr(step, interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(NEW, file, stamp)
    assert file.read_bytes() == dump(OLD)
    assert names(file.parent) == ["plan.portchart"]


def is_folder(number: int) -> bool:
    return stat.S_ISDIR(os.fstat(number).st_mode)


def test_the_content_is_on_disk_before_the_name_and_the_name_before_the_end(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(number: int) -> None:
        steps.append("sync folder" if is_folder(number) else "sync file")
        fsync(number)

    def noted_replace(source: Path, target: Path) -> None:
        assert source.parent == target.parent == file.parent
        assert source.read_bytes() == dump(NEW)
        assert mode(source) == mode(target)
        steps.append("replace")
        replace(source, target)

    stamp = load(file).stamp
    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    save(NEW, file, stamp)
    assert steps == ["sync file", "replace", "sync folder"]


def test_a_folder_that_cannot_be_synced_is_no_failure(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def only_files(number: int) -> None:
        if is_folder(number):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        fsync(number)

    stamp = load(file).stamp
    monkeypatch.setattr(os, "fsync", only_files)
    save(NEW, file, stamp)
    assert load(file).design == NEW


def test_the_design_is_read_back_before_it_is_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = load(file).stamp
    monkeypatch.setattr("model.storage.designs.dump", lambda _design: dump(OLD.evolve(title="another")))
    with pytest.raises(FileError, match="was not saved"):
        save(NEW, file, stamp)
    assert file.read_bytes() == dump(OLD)


@pytest.fixture
def unprivileged(tmp_path: Path) -> Iterator[None]:
    """Permissions bind this process even where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and "pytest" in folder.name:
            folder.chmod(0o755)
    for entry in (tmp_path, *tmp_path.iterdir()):
        os.chown(entry, 65534, 65534)
    os.setresuid(65534, 65534, 0)
    yield
    os.setresuid(0, 0, 0)


@pytest.mark.usefixtures("unprivileged")
class TestPermissions:
    def test_a_folder_that_may_not_be_written(self, file: Path) -> None:
        stamp = load(file).stamp
        file.parent.chmod(0o555)
        with pytest.raises(FileError, match="you may not write here; choose another folder"):
            save(NEW, file, stamp)
        with pytest.raises(FileError, match="you may not write here; choose another folder"):
            save(NEW, file.with_name("new.portchart"), None)
        file.parent.chmod(0o755)
        assert file.read_bytes() == dump(OLD)
        assert names(file.parent) == ["plan.portchart"]

    def test_a_file_that_may_not_be_written(self, file: Path) -> None:
        stamp = load(file).stamp
        file.chmod(0o444)
        with pytest.raises(FileError, match="write-protected"):
            save(NEW, file, stamp, force=True)
        assert file.read_bytes() == dump(OLD)

    def test_a_file_that_may_not_be_read(self, file: Path) -> None:
        stamp = load(file).stamp
        file.chmod(0o200)
        with pytest.raises(FileError, match="you may not read this file"):
            load(file)
        with pytest.raises(FileError, match="you may not read this file"):
            save(NEW, file, stamp)
        file.chmod(0o600)
        assert file.read_bytes() == dump(OLD)
        assert names(file.parent) == ["plan.portchart"]


def test_places_that_are_no_place_for_a_file(tmp_path: Path, file: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, reason in (
        (tmp_path / "missing" / "new.portchart", "the folder does not exist; create it or choose another"),
        (tmp_path, "this is a folder; name a file in it"),
        (tmp_path / "pipe", "this is not an ordinary file"),
        (file / "below.portchart", "the file cannot be written (not a directory)"),
        (tmp_path / ("n" * 300), "the file cannot be written (file name too long)"),
        (tmp_path / "a\0b", "a file cannot have this name"),
    ):
        with pytest.raises(FileError) as caught:
            save(NEW, path, None)
        assert reason in str(caught.value)
    assert names(tmp_path) == ["pipe", "plan.portchart"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.portchart"
    large.touch()
    os.truncate(large, 1 << 40)
    for path, reason in (
        (tmp_path / "none.portchart", "there is no such file; check the name"),
        (tmp_path, "this is a folder"),
        (large, "the file is larger than the 16 MiB that are read"),
        (tmp_path / "a\0b", "a file cannot have this name"),
    ):
        with pytest.raises(FileError) as caught:
            load(path)
        assert reason in str(caught.value)


def test_a_design_is_read_from_a_pipe() -> None:
    reading, writing = os.pipe()
    os.write(writing, dump(NEW))
    os.close(writing)
    try:
        assert load(Path(f"/dev/fd/{reading}")).design == NEW
    finally:
        os.close(reading)
