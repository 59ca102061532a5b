"""The entry point of `portchart`: the window, or a command that needs none. Qt is loaded only for the window."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Literal

from exports.command.parser import COMMANDS

NO_DISPLAY = 2
_MANY = 200_000
"""From how many new objects on a command looks for garbage: loading makes nearly as many, and they all stay."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `portchart` with arguments (None: those of the process) and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    # Else pydantic goes through all that is installed beside it, and runs what of that calls itself its plugin.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    first = arguments[0] if arguments else ""
    if first in COMMANDS or first.startswith("-"):
        gc.set_threshold(_MANY)
        # What is left at the end goes with the process; a last search for garbage takes a tenth of the time.
        atexit.register(gc.freeze)
        from exports.command.main import main as command

        return command(arguments)
    if len(arguments) > 1 or not has_display(dict(os.environ), sys.platform):
        return _refused(len(arguments))
    return _designer(first or None)


def _refused(designs: int) -> int:
    """Say why no window opens, in the language it would have."""
    from exports.command.terminal import complain
    from model.sentences import told

    commands = ", ".join(COMMANDS)
    several = told(
        "one design can be opened at a time, not {designs}; the commands are {commands} (see portchart --help).",
        designs=designs,
        commands=commands,
    )
    nowhere = told(
        "there is no display to open the designer on. These commands work without one: {commands} "
        "(see portchart --help).",
        commands=commands,
    )
    complain(several if designs > 1 else nowhere, language_of(os.environ))
    return NO_DISPLAY


def language_of(environment: Mapping[str, str]) -> Literal["en", "ja"]:
    """The language of the user's session, as the variables of the locale have it."""
    found = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ja" if next(filter(None, found), "").startswith("ja") else "en"


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
