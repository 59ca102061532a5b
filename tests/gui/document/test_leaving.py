"""What must not be lost: work after a crash or a signal; and where a window can be shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui import main
from gui.document.guard import Guard, kept_work
from gui.window.window import Window
from model.editing import edits
from model.storage import load


@pytest.mark.qt_no_exception_capture
def test_an_unexpected_error_is_reported_and_the_work_kept(
    sample: Window, qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guard = Guard(sample.document, tmp_path / "recovery", sample.files.origin)
    sample.document.edit("Rename", lambda design: edits.rename(design, "app-tier", "shop"))
    before = sys.excepthook
    guard.install()
    try:
        with qtbot.waitSignal(guard.caught) as told:
            try:
                raise ZeroDivisionError("seven by nought")
            except ZeroDivisionError as error:
                sys.excepthook(type(error), error, error.__traceback__)
    finally:
        guard.remove()
    assert sys.excepthook is before
    assert "ZeroDivisionError: seven by nought" in told.args[0]
    assert load(Path(told.args[1])).design.component_by_id["app-tier"].name == "shop"
    assert kept_work(tmp_path / "recovery") == []  # its session still runs: this one
    guard.forget()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_work_of_a_session_that_is_over_is_found_and_recovered(sample: Window, tmp_path: Path) -> None:
    over = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    left = tmp_path / f"recovered-{int(over.stdout)}.portchart"
    assert sample.files._write(left, None)
    assert kept_work(tmp_path) == [left]
    assert sample.files.recover(left)
    assert sample.document.modified
    assert sample.files.path is None


def test_sigterm_ends_the_window_in_order_and_keeps_unsaved_work(root: Path, tmp_path: Path) -> None:
    code = """
import sys
from gui import app, main
from gui.window.window import Window
from PySide6.QtCore import QTimer
from model.editing import edits
def change():
    window = next(each for each in app.QApplication.topLevelWidgets() if isinstance(each, Window))
    window.document.edit("Place", lambda design: edits.place(design, "agent", "kept", (0, 0))[0])
    print("ready", flush=True)
prepare = app.prepare
def prepared(application):
    prepare(application)
    QTimer.singleShot(0, change)
app.prepare = prepared
sys.exit(main.main([]))
"""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    started = subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    started.send_signal(signal.SIGTERM)
    assert started.wait(timeout=60) == 0
    started.stdout.close()
    kept = list((tmp_path / "state").rglob("recovered-*.portchart"))
    assert [load(path).design.components[0].name for path in kept] == ["kept"]


def test_without_a_display_it_says_what_works(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main.main([]) == 2
    told = capsys.readouterr().err
    assert "no display" in told
    assert all(command in told for command in ("flows", "check", "export", "what-if", "diff"))
    assert "Traceback" not in told
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert main.main([]) == 2
    assert "画面がありません" in capsys.readouterr().err
    assert main.main(["a.portchart", "b.portchart"]) == 2
    assert "一度に開ける設計は 1 つです（指定は 2 個）" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.eucJP"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
    ],
)
def test_the_language_is_that_of_the_session(environment: dict[str, str], language: str) -> None:
    assert main.language_of(environment) == language


@pytest.mark.parametrize(
    ("environment", "system", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_where_a_window_can_be_shown(environment: dict[str, str], system: str, expected: bool) -> None:
    assert main.has_display(environment, system) is expected


def test_two_designs_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["a.portchart", "b.portchart"]) == 2
    assert "one design" in capsys.readouterr().err


def test_a_command_goes_to_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["formats"]) == 0
    assert "xlsx" in capsys.readouterr().out
