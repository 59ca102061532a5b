"""A headless Chromium, spoken to over a pipe in its own protocol, that keeps account of all it says and asks for."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import which
from typing import IO, Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
KEYS = {"Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36}
KEYS |= {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Tab": 9}


def program() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for path in map(which, NAMES) if path is not None), None)


class Browser:
    """One page in one Chromium. `messages`: whatever reached the console; `requests`: every address asked for."""

    def __init__(self, answers: IO[bytes], questions: IO[bytes]) -> None:
        self._in = answers
        self._out = questions
        self._last = 0
        self._session: str | None = None
        self._waiting: list[dict[str, Any]] = []
        self.messages: list[str] = []
        self.requests: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.size(1440, 900)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask for something and give the answer; AssertionError where Chromium refuses."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            assert byte, "Chromium went away"
            data += byte
        message: dict[str, Any] = json.loads(data)
        parameters = message.get("params", {})
        match message.get("method"):
            case "Runtime.consoleAPICalled":
                self.messages.append(str(parameters["args"]))
            case "Runtime.exceptionThrown":
                self.messages.append(str(parameters["exceptionDetails"]))
            case "Log.entryAdded":
                self.messages.append(parameters["entry"]["text"])
            case "Page.javascriptDialogOpening":
                self.messages.append(parameters["message"])
            case "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])
            case str() as event:
                self._waiting.append({"method": event})
        return message

    def open(self, file: Path) -> None:
        """Show a file, and wait until it has loaded."""
        self._waiting.clear()
        self.call("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self._waiting):
            self._next()

    def value(self, script: str) -> Any:
        """What an expression gives in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def size(self, width: int, height: int) -> None:
        """Set the window's size in pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def prefer(self, scheme: str, media: str = "") -> None:
        """Let the reader prefer "light" or "dark", or the page be printed (media "print")."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def click(self, query: str) -> None:
        """Press and release the mouse in the middle of what a CSS selector finds, brought into view."""
        found = self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(query)});"
            " e.scrollIntoView({block: 'center', inline: 'nearest'}); const r = e.getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.mouse(kind, *found)

    def mouse(self, kind: str, x: float, y: float, **more: Any) -> None:
        """One event of the mouse, in pixels of the window."""
        pressed = {"button": "left", "buttons": 1, "clickCount": 1} if kind != "mouseWheel" else {}
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **(pressed | more))

    def press(self, key: str, modifiers: int = 0) -> None:
        """Press and release a key: a name such as "Enter", or a character. Modifiers: 8 is Shift."""
        code = KEYS.get(key, ord(key.upper()) if len(key) == 1 else 0)
        text = {"Enter": "\r", " ": " "}.get(key, key if len(key) == 1 else "")
        common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def write(self, query: str, text: str) -> None:
        """Replace what stands in a field, as by typing."""
        self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(query)}); e.focus(); e.select(); }})()"
        )
        if text:
            self.call("Input.insertText", text=text)
        else:
            self.press("\b")


# Chromium speaks its protocol on descriptors 3 and 4.
_START = "import os, sys; r, w, *rest = sys.argv[1:]; os.dup2(int(r), 3); os.dup2(int(w), 4); os.execv(rest[0], rest)"


@contextmanager
def running(folder: Path, environment: dict[str, str]) -> Iterator[Browser]:
    """A Chromium with a new profile in a folder; it ends with the block."""
    chromium = program()
    assert chromium is not None
    with ExitStack() as stack:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        high = [fcntl.fcntl(each, fcntl.F_DUPFD, 10) for each in (theirs_in, theirs_out)]
        command = [chromium, *FLAGS, f"--user-data-dir={folder}"]
        started = subprocess.Popen(
            [sys.executable, "-c", _START, *map(str, high), *command],
            pass_fds=high,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(started.wait, timeout=30)
        stack.callback(started.terminate)
        for each in (theirs_in, theirs_out, *high):
            os.close(each)
        answers = stack.enter_context(os.fdopen(ours_in, "rb"))
        questions = stack.enter_context(os.fdopen(ours_out, "wb"))
        yield Browser(answers, questions)
