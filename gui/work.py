"""Long work in a thread of its own, with progress and a way to stop it. Only what was asked for last counts."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from gui.language import tr
from model.errors import PortchartError

Progress = Callable[[int, int], None]
"""Told (done, total) now and then; a total of 0 is not known."""

Stopped = Callable[[], bool]
"""Whether nobody waits for the result any more."""

Job = Callable[[Progress, Stopped], Any]
"""Work that touches nothing but immutable values and what is its own. A PortchartError it raises is a sentence."""


class _Told(QObject):
    done = Signal(object)
    failed = Signal(str)
    progressed = Signal(int, int)


class _Running(QRunnable):
    """One job in a thread of the pool."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.told = _Told()
        self.stop = Event()
        self._job = job

    def run(self) -> None:
        try:
            result = self._job(self.told.progressed.emit, self.stop.is_set)
        except PortchartError as error:
            self.told.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 # the worker's wrapper: whatever happens in the thread is reported in the window
            self.told.failed.emit(tr("work.unexpected", kind=type(error).__name__, text=str(error)))
        else:
            self.told.done.emit(result)


class Worker(QObject):
    """Does one job at a time. `done(result)` or `failed(sentence)` once for each job that nothing overtook."""

    done = Signal(object)
    failed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._current: _Running | None = None
        self._running: set[_Running] = set()

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return self._current is not None

    def start(self, job: Job, *, at_once: bool = False) -> None:
        """Begin a job; the result of an earlier one no longer comes. `at_once`: do it here, since it takes no time."""
        self.cancel()
        work = self._current = _Running(job)
        way = Qt.ConnectionType.DirectConnection if at_once else Qt.ConnectionType.QueuedConnection
        work.told.done.connect(lambda result: self._end(work, self.done.emit, result), way)
        work.told.failed.connect(lambda sentence: self._end(work, self.failed.emit, sentence), way)
        work.told.progressed.connect(lambda done, total: self._tell(work, done, total), way)
        self._running.add(work)
        if at_once:
            work.run()
        else:
            self._pool.start(work)

    def cancel(self) -> None:
        """Stop the job; its result no longer comes."""
        if self._current is not None:
            self._current.stop.set()
            self._current = None

    def wait(self) -> None:
        """Stop, and let the thread end."""
        self.cancel()
        self._pool.waitForDone()

    def _tell(self, work: _Running, done: int, total: int) -> None:
        if work is self._current:
            self.progressed.emit(done, total)

    def _end(self, work: _Running, outcome: Callable[[Any], None], about: Any) -> None:
        self._running.discard(work)
        if work is self._current:
            self._current = None
            outcome(about)


def counting(progress: Progress, stopped: Stopped) -> Stopped:
    """A `stopped` that also tells how often it was asked: the progress of a search whose end is not known."""
    asked = 0

    def counted() -> bool:
        nonlocal asked
        asked += 1
        if asked % 25 == 0:
            progress(asked, 0)
        return stopped()

    return counted
