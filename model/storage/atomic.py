"""Files written whole or not at all, and never over a change that nobody has seen."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from model.errors import ChangedOnDisk, FileError
from model.sentences import told

_READING = {
    errno.ENOENT: told("there is no such file; check the name"),
    errno.EISDIR: told("this is a folder; name a file in it"),
    errno.EACCES: told("you may not read this file; ask its owner"),
}
_WRITING = {
    errno.ENOENT: told("the folder does not exist; create it or choose another"),
    errno.EISDIR: told("this is a folder; name a file in it"),
    errno.EACCES: told("you may not write here; choose another folder or change its permissions"),
    errno.EPERM: told("you may not write here; choose another folder or change its permissions"),
    errno.EROFS: told("the disk is read-only; choose another folder"),
    errno.ENOSPC: told("the disk is full; free some space and save again"),
    errno.EDQUOT: told("your disk quota is used up; free some space and save again"),
}
_WAYS_OUT = told("save under another name, or overwrite it on purpose")


class Stamp(NamedTuple):
    """What a file held when it was last read or written; where there was no file, None is used instead."""

    digest: str


def stamp_of(data: bytes) -> Stamp:
    """The stamp of a file with this content."""
    return Stamp(hashlib.sha256(data).hexdigest())


def stamp_on_disk(path: Path) -> Stamp | None:
    """The stamp of the file as it is now, None when there is none. Raises FileError if unreadable."""
    try:
        with path.open("rb") as file:
            return Stamp(hashlib.file_digest(file, "sha256").hexdigest())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError | ValueError) -> FileError:
    """The sentence for a file that the system would not let us read."""
    return FileError(path, _sentence(error, _READING, told("the file cannot be read")))


def write_atomically(path: Path, data: bytes, expected: Stamp | None, *, force: bool = False) -> Stamp:
    """Write `data` to `path` so that at every moment the file is either the old one or the new one, whole.

    A symbolic link stays and its target is replaced; an existing file keeps its mode, a new one follows the
    umask. `expected` is the stamp of the file as last seen (None: there was none); anything else on disk
    raises ChangedOnDisk unless `force`. Raises FileError when the file cannot be written; the old one is then
    untouched.
    """
    try:
        _replace(path, Path(os.path.realpath(path)), data, expected, force)
    except (OSError, ValueError) as error:
        raise FileError(path, _sentence(error, _WRITING, told("the file cannot be written"))) from error
    return stamp_of(data)


def _replace(path: Path, target: Path, data: bytes, expected: Stamp | None, force: bool) -> None:
    mode = _mode_of(path, target)
    temporary = target.with_name(f".portchart-{secrets.token_hex(8)}.tmp")
    private = 0o600 if mode is not None else 0o666
    try:
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), private
        )
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        if not force:
            _check_unchanged(path, stamp_on_disk(target), expected)
        os.replace(temporary, target)  # noqa: PTH105 # the one call of this module that counts
    finally:
        with contextlib.suppress(OSError):  # replaced, or never made
            temporary.unlink()
    # The new file is in place and whole. Some network drives refuse to sync a folder; then a power cut could
    # still bring the old file back.
    with contextlib.suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _mode_of(path: Path, target: Path) -> int | None:
    """An existing file's permissions, None when there is none; refuses what is no ordinary writable file."""
    try:
        status = target.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a directory")
    if not stat.S_ISREG(status.st_mode):
        raise FileError(path, told("this is not an ordinary file; choose another name"))
    if not os.access(target, os.W_OK):
        raise FileError(
            path, told("the file is write-protected; save under another name or lift the protection")
        )
    return stat.S_IMODE(status.st_mode)


def _check_unchanged(path: Path, found: Stamp | None, expected: Stamp | None) -> None:
    if found == expected:
        return
    if expected is None:
        raise ChangedOnDisk(path, told("there is already a file of this name; {ways}", ways=_WAYS_OUT))
    happened = told("was changed") if found else told("was moved or deleted")
    raise ChangedOnDisk(
        path,
        told("the file {happened} since it was read; {ways}", happened=happened, ways=_WAYS_OUT),
    )


def _sentence(error: OSError | ValueError, known: Mapping[int, str], otherwise: str) -> str:
    if isinstance(error, ValueError):
        return told("a file cannot have this name; choose another")
    system = (error.strerror or type(error).__name__).lower()
    found = known.get(error.errno or 0)
    return found or told("{what} ({system}); check the disk and the name", what=otherwise, system=system)
