"""Starting: a command beside starting Python with pydantic alone, and the window beside a bare one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

SAMPLE = Path(__file__).parents[2] / "resources/samples/multi-vpc.portchart"

_BARE = """
import os, sys
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        os._exit(0)
application = QApplication(sys.argv)
bare = Bare()
bare.resize(1680, 1020)
bare.show()
application.exec()
"""
_FIRST = """
import os, sys
from gui import main
from gui.window import opening
class Opening(opening.Opening):
    def appear(self):
        super().appear()
        os._exit(0)
opening.Opening = Opening
main.main(sys.argv[1:])
"""
_LOADED = """
import os, sys
from gui import main
from gui.window import opening
class Opening(opening.Opening):
    def appear(self):
        super().appear()
        from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, QTimer
        from PySide6.QtGui import QMouseEvent
        from gui import app
        %s
opening.Opening = Opening
main.main(sys.argv[1:])
"""
_USABLE = (
    _LOADED
    % """
        class Window(app.Window):
            def __init__(self, *arguments):
                super().__init__(*arguments)
                self.canvas.painted.connect(self.look)
            def look(self):
                if self.document.design.components and self.scene.cards and self.scene.wires.pairs:
                    QTimer.singleShot(0, self.press)
            def press(self):
                middle = next(iter(self.scene.cards.values())).center
                at = QPointF(self.canvas.mapFromScene(middle.x, middle.y))
                for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
                    left = Qt.MouseButton.LeftButton
                    event = QMouseEvent(kind, at, at, left, left, Qt.KeyboardModifier.NoModifier)
                    QCoreApplication.sendEvent(self.canvas.viewport(), event)
                if self.selection.ids:
                    os._exit(0)
        app.Window = Window
"""
)
"""Ends once the drawing is on the screen and a click on a component has selected it."""
_WHOLE = (
    _LOADED
    % """
        furnish = app.furnish
        def whole(window):
            yield from furnish(window)
            if window.status.findings.text() and window.side.count() == 4:
                QTimer.singleShot(0, lambda: os._exit(0))
        app.furnish = whole
"""
)
"""Ends once all panels are there and filled."""


def _time(*arguments: str) -> float:
    begin = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return (perf_counter() - begin) * 1000


def start_times(rounds: int = 11) -> tuple[float, float]:
    """Milliseconds for `portchart flows` on a sample and for `import pydantic`, taken in turn, medians."""
    flows, floor = [], []
    for _ in range(rounds + 1):
        flows.append(_time("-m", "gui.main", "flows", str(SAMPLE)))
        floor.append(_time("-c", "import pydantic"))
    return median(flows[1:]), median(floor[1:])


def _cpu(program: str) -> float:
    """CPU milliseconds of a program until it ends."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    # What was compiled once is found again, as after any first start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = getrusage(RUSAGE_CHILDREN)
    words = [sys.executable, "-c", program, str(SAMPLE)]
    quiet = subprocess.DEVNULL
    subprocess.run(words, env=environment, cwd=SAMPLE.parents[2], check=True, stdout=quiet, stderr=quiet)
    after = getrusage(RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def window_times(rounds: int = 7) -> tuple[float, float, float, float]:
    """CPU milliseconds, medians taken in turn: a bare window painted; ours first painted; its canvas
    with a sample drawn and a component of it clicked; all panels filled."""
    times: list[list[float]] = [[], [], [], []]
    for _ in range(rounds + 1):
        for found, program in zip(times, (_BARE, _FIRST, _USABLE, _WHOLE), strict=True):
            found.append(_cpu(program))
    bare, first, usable, whole = (median(each[1:]) for each in times)
    return bare, first, usable, whole


def main() -> None:
    """Print both beside their floors."""
    command, floor = start_times()
    print(
        f"portchart flows on a sample: {command:.0f} ms; python -c 'import pydantic' {floor:.0f} ms;", end=" "
    )
    print(f"ratio {command / floor:.1f} (target ≤ 6)")
    bare, first, usable, whole = window_times()
    print(f"bare window painted: {bare:.0f} ms; designer's first paint {first:.0f} ms,", end=" ")
    print(f"{first / bare:.2f} × (target ≤ 1.4);", end=" ")
    print(f"canvas with a sample {usable:.0f} ms, {usable / bare:.2f} × (target ≤ 2.5);", end=" ")
    print(f"every panel filled {whole:.0f} ms, {whole / bare:.2f} ×")


if __name__ == "__main__":
    main()
