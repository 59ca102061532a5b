"""A screen, a bus and the designer on them, driven with keys and read as a screen reader reads it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.gui.atspi.bus import Bus, BusError

PROGRAMS = ("Xvfb", "xdotool", "dbus-daemon")
_SERVICE = "org.a11y.Bus"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = "org.a11y.atspi.Registry"
_EVENTS = ("Object", "Window", "Focus")
_FOCUSED = 1 << 12
PATIENCE = 30.0
"""Seconds after which what is waited for is taken not to come."""


def why_not() -> str:
    """Which of what is needed is missing; empty where nothing is."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if not any((Path(folder) / f"dbus-1/services/{_SERVICE}.service").exists() for folder in _data_folders()):
        missing.append("at-spi2-core")
    return f"needs {', '.join(missing)}" if missing else ""


def _data_folders() -> list[str]:
    return (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")


@dataclass(frozen=True)
class Thing:
    """One thing as a screen reader sees it."""

    role: str
    name: str
    focused: bool
    depth: int


class Reader:
    """Reads the tree of the one program on the bus, and hears of its changes.

    Made before the program, which tells of nothing that nobody listens to.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        for each in _EVENTS:
            bus.listen(f"org.a11y.atspi.Event.{each}")
            bus.call(_REGISTRY, "/org/a11y/atspi/registry", _REGISTRY, "RegisterEvent", f"{each}:")

    def changed(self) -> int:
        """How many changes have been told of so far."""
        return self._bus.signals

    def await_change(self, after: int, end: float) -> bool:
        """Block until there are more than `after` changes; False if there are not by `end`."""
        return self._bus.await_signal(after, end)

    def announced(self) -> list[str]:
        """What the program has asked to be said aloud so far, in turn."""
        return self._bus.announced

    def tree(self) -> list[Thing]:
        """Everything the program shows, parents before children; nothing while it is only starting."""
        try:
            (children,) = self._ask(_REGISTRY, _ROOT, "GetChildren")
            return [thing for service, path in children for thing in self._under(service, path, 0)]
        except (
            BusError
        ):  # what has just been let go of cannot be asked any more; the next reading is without it
            return []

    def _ask(self, service: str, path: str, method: str) -> list[Any]:
        return self._bus.call(service, path, _ACCESSIBLE, method)

    def _under(self, service: str, path: str, depth: int) -> Iterator[Thing]:
        (role,) = self._ask(service, path, "GetRoleName")
        (states,) = self._ask(service, path, "GetState")
        (name,) = self._bus.call(service, path, "org.freedesktop.DBus.Properties", "Get", _ACCESSIBLE, "Name")
        (children,) = self._ask(service, path, "GetChildren")
        yield Thing(str(role), str(name), bool(states[0] & _FOCUSED), depth)
        for inner_service, inner_path in children:
            yield from self._under(inner_service, inner_path, depth + 1)


@dataclass(frozen=True)
class Session:
    """The designer on a screen of its own. Every key goes to it."""

    reader: Reader
    display: str
    program: subprocess.Popen[bytes]

    def press(self, *keys: str) -> None:
        """Press keys by the names X gives them, such as ctrl+z."""
        self._tell("key", "--delay", "30", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._tell("type", "--delay", "30", text)

    def _tell(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=os.environ | {"DISPLAY": self.display}, check=True)

    def take_keyboard(self) -> None:
        """Give the keyboard to the window; there is no window manager to do so."""
        self._tell("search", "--sync", "--onlyvisible", "--name", "Portchart", "windowfocus", "--sync")

    def wait(self, fits: Callable[[list[Thing]], bool]) -> list[Thing]:
        """The tree as soon as it fits; looked at anew whenever a change is told of, as a screen reader does."""
        end = time.monotonic() + PATIENCE
        while True:
            seen = self.reader.changed()
            tree = self.reader.tree()
            if fits(tree):
                return tree
            told = "\n".join(f"{'  ' * each.depth}{each.role}: {each.name}" for each in tree)
            assert self.reader.await_change(seen, end), f"it never came; what is there:\n{told}"
            assert self.program.poll() is None, "the designer has ended"


@contextmanager
def _running(words: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is ended when it is no longer needed."""
    with subprocess.Popen(words, **options) as program:
        try:
            yield program
        finally:
            program.terminate()
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()


@contextmanager
def session(folder: Path, root: Path) -> Iterator[Session]:
    """The designer with an empty design, its settings in a folder of the test's own."""
    with ExitStack() as stack:
        quiet = {"stderr": subprocess.DEVNULL}
        reading, writing = os.pipe()
        words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
        stack.enter_context(_running(words, pass_fds=(writing,), **quiet))
        os.close(writing)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        environment = _environment(folder, display)
        words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        daemon = stack.enter_context(_running(words, env=environment, stdout=subprocess.PIPE, **quiet))
        assert daemon.stdout is not None, "it is a pipe"
        address = daemon.stdout.readline().decode().strip()
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        bus = Bus(address)
        stack.callback(bus.close)
        (accessible,) = bus.call(_SERVICE, "/org/a11y/bus", _SERVICE, "GetAddress")
        screen_reader = Bus(str(accessible))
        stack.callback(screen_reader.close)
        reader = Reader(screen_reader)
        program = stack.enter_context(_running([sys.executable, "-m", "gui.main"], env=environment, cwd=root))
        yield Session(reader, display, program)


def _environment(folder: Path, display: str) -> dict[str, str]:
    left_out = (
        "WAYLAND_DISPLAY",
        "QT_QPA_PLATFORM",
        "QT_SCALE_FACTOR",
        "DBUS_SESSION_BUS_ADDRESS",
        "AT_SPI_BUS_ADDRESS",
    )
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    own = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
    for place in own.values():
        Path(place).mkdir()
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    return (
        kept
        | own
        | {
            "XDG_RUNTIME_DIR": str(runtime),
            "DISPLAY": display,
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
        }
    )
