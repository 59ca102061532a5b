"""Long work beside the window: one result for what was asked for last, and garbage collected between events."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.document.work import Progress, Stopped, Worker
from gui.window import garbage
from gui.window.garbage import Collector
from model.errors import FileError


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    made = Worker(qapp)
    yield made
    made.wait()
    made.deleteLater()


def test_a_result_comes_from_a_thread_into_the_windows_own(worker: Worker, qtbot: QtBot) -> None:
    there: list[threading.Thread] = []
    here: list[threading.Thread] = []
    worker.done.connect(lambda result: here.append(threading.current_thread()))

    def job(progress: Progress, stopped: Stopped) -> int:
        there.append(threading.current_thread())
        return 42

    with qtbot.waitSignal(worker.done) as told:
        worker.start(job)
    assert told.args == [42]
    assert here == [threading.main_thread()] != there
    assert not worker.busy


def test_progress_comes_in_order(worker: Worker, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    worker.progressed.connect(lambda done, total: seen.append((done, total)))

    def job(progress: Progress, stopped: Stopped) -> None:
        for number in range(5):
            progress(number, 5)

    with qtbot.waitSignal(worker.done):
        worker.start(job)
    assert seen == [(number, 5) for number in range(5)]


def test_only_what_was_asked_for_last_comes(worker: Worker, qtbot: QtBot) -> None:
    got: list[object] = []
    worker.done.connect(got.append)
    go = Event()

    def slow(progress: Progress, stopped: Stopped) -> str:
        go.wait()
        return "stopped" if stopped() else "first"

    worker.start(slow)
    with qtbot.waitSignal(worker.done):
        worker.start(lambda progress, stopped: "second")
        go.set()
    QCoreApplication.processEvents()
    assert got == ["second"]


def test_errors_are_sentences(worker: Worker, qtbot: QtBot) -> None:
    def fail(progress: Progress, stopped: Stopped) -> None:
        raise FileError(Path("rules.csv"), "it is empty")

    with qtbot.waitSignal(worker.failed) as told:
        worker.start(fail)
    assert told.args == ["rules.csv: it is empty"]
    with qtbot.waitSignal(worker.failed) as told:
        worker.start(lambda progress, stopped: 1 // 0)
    assert told.args is not None
    assert "ZeroDivisionError" in told.args[0]


def test_nothing_comes_after_waiting(worker: Worker) -> None:
    got: list[object] = []
    worker.done.connect(got.append)
    worker.start(lambda progress, stopped: "late")
    worker.wait()
    QCoreApplication.processEvents()
    assert got == []


class _Circle:
    """Something only the garbage collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_python_collects_nothing_by_itself_beside_a_window(qapp: QApplication) -> None:
    assert qapp.findChildren(Collector)
    assert not gc.isenabled()


def test_garbage_is_collected_between_events(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "MANY", 0)
    monkeypatch.setattr(garbage, "PAUSE", 1)
    owner = QObject()
    collector = Collector(owner)
    gone = weakref.ref(_Circle())
    qtbot.waitUntil(lambda: gone() is None)
    collector._timer.stop()
    owner.deleteLater()
