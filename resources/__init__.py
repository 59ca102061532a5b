"""Data that ships with the program (catalogs, fonts, icons, ...) and the one way to reach it.

Imports nothing of the program. A name is written with forward slashes and is relative to this folder:
`text("icons/icons.json")`.
"""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The file or folder called `name`, as an absolute path.

    Raises ValueError for a name that leads out of this folder, FileNotFoundError when nothing is there.
    """
    found = (_ROOT / name).resolve()
    if "\\" in name or not found.is_relative_to(_ROOT):
        raise ValueError(f"The resource name {name!r} leads out of the resources folder.")
    if not found.exists():
        raise FileNotFoundError(f"The resource {name!r} is missing; install the program again.")
    return found


def text(name: str) -> str:
    """The UTF-8 text of the file called `name`; raises as `path` does."""
    return path(name).read_text(encoding="utf-8")


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """The names, sorted and fit for `path` and `text`, of the files in `folder` that end in `suffix`.

    Looks in that folder only, not below it; raises as `path` does.
    """
    files = (entry for entry in path(folder).iterdir() if entry.is_file() and entry.name.endswith(suffix))
    return tuple(sorted(entry.relative_to(_ROOT).as_posix() for entry in files))
