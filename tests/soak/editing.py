"""Random editing in a real window: python -m tests.soak.editing --count 10000.

For each seed: fourteen edits of every kind, what is shown compared with the design after each, then everything undone
and redone to the same bytes. A message of Qt and an error in a slot count as faults. A part of the seeds is run with
`--first`, so that several processes can share them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from pathlib import Path
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from exports.catalogs import catalog_file
from gui.app import make_application
from gui.window.furnishing import furnish
from gui.window.window import Window
from tests.gui.roaming import roam

STEPS = 14
SHOWN = 20
TOLD = 250
"""After so many sequences it says how far it is."""

_HARMLESS = "This plugin does not support propagateSizeHints()"
"""What the platform without a screen says of every window."""


def run(first: int, count: int) -> list[str]:
    """What was wrong in the sequences of `count` seeds."""
    found: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if message != _HARMLESS:
            found.append(f"Qt: {message}")

    def fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        found.append(f"{kind.__name__}: {error}")
        sys.__excepthook__(kind, error, trace)

    sys.excepthook = fail
    application = make_application(["soak"])
    before = qInstallMessageHandler(hear)
    with tempfile.TemporaryDirectory() as folder:
        window = Window(catalog_file(), Path(folder) / "config", furnish)
        window.complete()
        window.resize(1500, 950)
        window.show()
        pages = window.side.count()
        for seed in range(first, first + count):
            window.side.setCurrentIndex(seed % pages)
            try:
                found += roam(window, seed, STEPS, Path(folder)).wrong
            except Exception as error:  # noqa: BLE001 # whatever an edit raises is a fault to be told
                traceback.print_exc()
                found.append(f"seed {seed}: {type(error).__name__}: {error}")
            application.processEvents()
            if (seed - first) % TOLD == TOLD - 1:
                print(
                    f"{seed - first + 1} sequences, {len(found)} faults",
                    *found[-SHOWN:],
                    sep="\n",
                    flush=True,
                )
        window.close()
        window.deleteLater()
        QGuiApplication.clipboard().clear()  # Qt would let go of what Python made after Python has ended
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qInstallMessageHandler(before)
    sys.excepthook = sys.__excepthook__
    return found


def main() -> int:
    """The exit code: 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.editing", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    found = run(asked.first, asked.count)
    for each in found[:SHOWN]:
        print(each)
    print(f"{asked.count} sequences of {STEPS} edits from seed {asked.first}: {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
