"""Window tests: real widgets on Qt's offscreen platform, and silence expected of them."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

if TYPE_CHECKING:
    from gui.window.window import Window

# Before any application exists, and over a developer's own display: the tests must not depend on it.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gui import language
from gui.window.garbage import Collector

PATIENCE = 60_000
"""How long tests wait for what must come, milliseconds."""


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which anything logs a warning it did not announce with `@pytest.mark.expected_log`.

    Qt's own messages are failed the same way by pytest-qt (`qt_log_level_fail`).
    """
    yield
    if request.node.get_closest_marker("expected_log"):
        return
    logged = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not logged, "unexpected log lines: " + "; ".join(record.getMessage() for record in logged)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it: its fonts and style are part of what is tested."""
    from gui.app import make_application

    application = QApplication.instance()
    return application if isinstance(application, QApplication) else make_application(["test"])


@pytest.fixture(scope="package", autouse=True)
def collected(qapp: QApplication) -> Iterator[None]:
    """The application collects garbage by itself; what is tested after the window leaves that to Python again."""
    yield
    QGuiApplication.clipboard().clear()  # this platform would let go of what Python made after Python has ended
    for collector in qapp.findChildren(Collector):
        collector.stop()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English."""
    language.set_language("en")
    yield
    language.set_language("en")


class Patient(QtBot):
    """Waits a minute for what a test waits for, not five seconds: a busy machine is slow, and time proves nothing."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(
        self,
        signal: SignalInstance,
        *,
        timeout: int = PATIENCE,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """What drives the windows of tests."""
    return Patient(request)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window with an empty design."""
    from exports.catalogs import catalog_file
    from gui.window.furnishing import furnish
    from gui.window.window import Window

    shown = Window(catalog_file(), tmp_path / "config", furnish)
    shown.complete()
    shown.resize(1500, 950)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.document.saved(shown.document.design)
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def sample(window: Window) -> Window:
    """The window with the on-premises template."""
    window.files.new("on-premises")
    return window
