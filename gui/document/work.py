"""Long work in a thread of its own, with progress and a way to stop it. Only what was asked for last counts.

A thread touches nothing of Qt but one object that lives as long as the program. Objects of Qt made for each job would
be ended by the garbage collector, at a moment and in a thread that are not theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from threading import Event, Thread
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from gui.language import tr, worded
from model.errors import PortchartError

Progress = Callable[[int, int], None]
"""Told (done, total) now and then; a total of 0 is not known."""

Stopped = Callable[[], bool]
"""Whether nobody waits for the result any more."""

Job = Callable[[Progress, Stopped], Any]
"""Work that touches nothing but immutable values and what is its own. A PortchartError it raises is a sentence."""

Call = Callable[[], None]


class _Post(QObject):
    """Carries calls from threads to the window's own."""

    posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def _call(self, call: Call) -> None:
        call()


@cache
def _post() -> _Post:
    """The one there is; asked for first in the window's thread, whose it then is."""
    return _Post()


class _Task:
    """One job, and whether its result is still wanted."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stop = Event()


class Worker(QObject):
    """Does one job at a time. `done(result)` or `failed(sentence)` once for each job that nothing overtook."""

    done = Signal(object)
    failed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._deliver: Callable[[Call], None] = _post().posted.emit
        self._current: _Task | None = None
        self._thread: Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return self._current is not None

    def start(self, job: Job, *, at_once: bool = False) -> None:
        """Begin a job; the result of an earlier one no longer comes. `at_once`: do it here, since it takes no time."""
        self.cancel()
        task = self._current = _Task(job)
        if at_once:
            self._work(task, lambda call: call())
            return
        self._thread = Thread(target=self._follow, args=(task, self._thread), name="worker")
        self._thread.start()

    def cancel(self) -> None:
        """Stop the job; its result no longer comes."""
        if self._current is not None:
            self._current.stop.set()
            self._current = None

    def wait(self) -> None:
        """Stop, and let the thread end."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _follow(self, task: _Task, before: Thread | None) -> None:
        """In the thread: the job, when the one before it has ended."""
        if before is not None:
            before.join()
        if not task.stop.is_set():
            self._work(task, self._deliver)

    def _work(self, task: _Task, deliver: Callable[[Call], None]) -> None:
        def progress(done: int, total: int) -> None:
            deliver(partial(self._tell, task, done, total))

        try:
            result = task.job(progress, task.stop.is_set)
        except PortchartError as error:
            deliver(partial(self._end, task, "failed", worded(error)))
        except Exception as error:  # noqa: BLE001 # the worker's wrapper: whatever happens in the thread is reported in the window
            sentence = tr("work.unexpected", kind=type(error).__name__, text=str(error))
            deliver(partial(self._end, task, "failed", sentence))
        else:
            deliver(partial(self._end, task, "done", result))

    def _tell(self, task: _Task, done: int, total: int) -> None:
        if task is self._current and isValid(self):
            self.progressed.emit(done, total)

    def _end(self, task: _Task, outcome: Literal["done", "failed"], about: Any) -> None:
        if task is self._current and isValid(self):
            self._current = None
            (self.done if outcome == "done" else self.failed).emit(about)


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
