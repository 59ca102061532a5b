"""The entry point of `portchart`: the window, or a command that needs none. Qt is loaded only for the window."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from exports.command.parser import COMMANDS

NO_DISPLAY = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run `portchart` with arguments (None: those of the process) and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    first = arguments[0] if arguments else ""
    if first in COMMANDS or first.startswith("-"):
        # What is left at the end goes with the process; a last search for garbage takes a tenth of the time.
        atexit.register(gc.freeze)
        from exports.command.main import main as command

        return command(arguments)
    if len(arguments) > 1:
        print(
            f"portchart: one design can be opened at a time, not {len(arguments)}; the commands are "
            f"{', '.join(COMMANDS)} (see portchart --help).",
            file=sys.stderr,
        )
        return NO_DISPLAY
    if not has_display(dict(os.environ), sys.platform):
        print(
            "portchart: there is no display to open the designer on. These commands work without one: "
            f"{', '.join(COMMANDS)} (see portchart --help).",
            file=sys.stderr,
        )
        return NO_DISPLAY
    return _designer(first or None)


def _designer(design: str | None) -> int:
    """Show the window, after something that says that it is coming."""
    # What is loaded is never garbage, and beside a window only `gui.window.garbage` collects.
    gc.disable()
    from gui.window.opening import Opening, new_application

    application, opening = new_application([sys.argv[0]]), Opening()
    opening.appear()
    from gui.app import run

    return run(application, design, opening)


def has_display(environment: dict[str, str], system: str) -> bool:
    """Whether a window can be shown: Qt would end the process where it cannot."""
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith(("xcb", "wayland")):
        return True
    if system in ("darwin", "win32"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
