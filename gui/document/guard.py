"""The crash guard: an unexpected error in a slot is reported in a sentence and the work is kept in a file."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from gui.document.document import Document
from gui.language import tr
from model.errors import FileError
from model.storage import Stamp, dump, load, write_atomically
from model.storage.strict_json import read_json


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a design was opened from or saved to, and what it held then."""

    path: Path
    stamp: Stamp


class Guard(QObject):
    """Takes the place of `sys.excepthook`. `caught(sentence, place)`: what happened, and where work was kept.

    `origin` says in which file the design is; it is kept beside the work.
    """

    caught = Signal(str, str)

    def __init__(self, document: Document, folder: Path, origin: Callable[[], Origin | None]) -> None:
        super().__init__(document)
        self._document, self._folder, self._origin = document, folder, origin
        self._before = sys.excepthook
        self._reporting = False

    def install(self) -> None:
        """Begin to guard."""
        self._before, sys.excepthook = sys.excepthook, self._caught

    def remove(self) -> None:
        """Stop guarding."""
        sys.excepthook = self._before

    @property
    def _path(self) -> Path:
        return self._folder / f"recovered-{os.getpid()}.portchart"

    def forget(self) -> None:
        """Drop what was kept: the session has ended in good order, and every question was answered."""
        drop(self._path)

    def keep(self) -> Path | None:
        """Write unsaved work to the recovery folder; None where there is none, or it cannot be written."""
        if not self._document.modified:
            return None
        path = self._path
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(_beside(path), _origin_data(self._origin()), None, force=True)
            write_atomically(path, dump(self._document.design), None, force=True)
        except (OSError, FileError):
            return None
        return path

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt) or self._reporting:
            return
        self._reporting = True
        try:
            kept = self.keep()
            where = traceback.extract_tb(trace)[-1] if trace is not None else None
            place = f" ({Path(where.filename).name}:{where.lineno})" if where is not None else ""
            self.caught.emit(f"{kind.__name__}: {error}{place}", str(kept) if kept is not None else "")
        finally:
            self._reporting = False


def kept_work(folder: Path) -> list[Path]:
    """The recovered designs of sessions that are over, oldest first."""
    found = sorted(folder.glob("recovered-*.portchart")) if folder.is_dir() else []
    return [each for each in found if not _running(each)]


def drop(kept: Path) -> None:
    """Delete what was kept."""
    for each in (kept, _beside(kept)):
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)


def origin_of(kept: Path) -> Origin | None:
    """Where a recovered design was opened from; None where that is not known, or it was in no file."""
    try:
        raw = read_json(_beside(kept).read_bytes(), "origin")
    except (OSError, FileError):
        return None
    path, digest = (raw.get("path"), raw.get("digest")) if isinstance(raw, dict) else (None, None)
    if not isinstance(path, str) or not isinstance(digest, str):
        return None
    return Origin(Path(path), Stamp(digest))


def _beside(kept: Path) -> Path:
    return kept.with_suffix(".json")


def _origin_data(origin: Origin | None) -> bytes:
    found = {} if origin is None else {"path": str(origin.path.absolute()), "digest": origin.stamp.digest}
    return json.dumps(found).encode()


def described(kept: Path) -> str:
    """Which design a recovered file holds, when it was kept, and its file, as far as can be told."""
    moment = datetime.fromtimestamp(kept.stat().st_mtime).astimezone()
    try:
        title = load(kept).design.title
    except FileError:
        title = ""
    origin = origin_of(kept)
    line = f"{title or tr('file.untitled')} · {moment:%Y-%m-%d %H:%M}"
    return f"{line}\n{origin.path}" if origin is not None else line


def _running(path: Path) -> bool:
    """Whether the session that wrote a file still runs; then the file is its own."""
    if sys.platform == "win32":  # there, signal 0 is no question
        return False
    try:
        os.kill(int(path.stem.rpartition("-")[2]), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
