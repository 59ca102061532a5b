"""What the window remembers between sessions: recent files, language and theme in a small JSON file.

Window geometry alone is left to QSettings, because only Qt can write and read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path, user_state_path
from pydantic import Field

from model.design.profile import Profile
from model.frozen import Frozen, Language

ThemeChoice = Literal["system", "light", "dark", "contrast"]
Paper = Literal["a4", "letter"]
"""The paper of prints, and of reports whose profile says nothing else."""

RECENT = 10
"""How many recent files are remembered."""


class Preferences(Frozen):
    """The choices of one person. `language` None: the system's; `recent`: absolute paths, latest first."""

    language: Language | None = None
    theme: ThemeChoice = "system"
    recent: tuple[str, ...] = ()
    paper: Paper = "a4"
    grid: bool = True
    """Whether the canvas shows the dots of its grid."""
    minimap: bool = True
    legend: bool = True
    """Whether the canvas has a minimap and a legend."""
    hidden_purposes: tuple[str, ...] | None = None
    """Purposes not drawn; None: those the catalog calls quiet."""
    matrix_columns: tuple[str, ...] = ()
    """The columns of the port matrix, as `columns_of` takes them; none: the usual ones."""
    column_sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Sets of columns that this person named."""
    profile: Profile | None = None
    """What reports on designs without a profile of their own have; None: the usual, on the paper above."""

    @property
    def usual_profile(self) -> Profile:
        """The profile of reports on designs that have none of their own."""
        return self.profile or Profile(paper=self.paper)

    def used(self, path: Path) -> Preferences:
        """With a file at the head of the recent ones."""
        name = str(path.absolute())
        return self.evolve(recent=(name, *(each for each in self.recent if each != name))[:RECENT])


def config_folder() -> Path:
    """Where preferences are kept."""
    return user_config_path("portchart", appauthor=False)


def recovery_folder() -> Path:
    """Where work is kept that a crash or a signal would otherwise have lost."""
    return user_state_path("portchart", appauthor=False) / "recovery"


def read(folder: Path) -> Preferences:
    """The preferences kept in a folder; the usual ones where there are none that can be read."""
    try:
        return Preferences.model_validate_json(_renamed((folder / "preferences.json").read_bytes()))
    except (OSError, ValueError):  # pydantic's ValidationError is one
        return Preferences()


def _renamed(data: bytes) -> str:
    """Preferences in which the choice of paper was called one of units, as they are called now."""
    raw = json.loads(data)
    if isinstance(raw, dict) and "units" in raw:
        raw["paper"] = "letter" if raw.pop("units") == "us" else "a4"
    return json.dumps(raw)


def write(folder: Path, preferences: Preferences) -> None:
    """Keep preferences; a folder that cannot be written is no reason to disturb anybody, so nothing is raised."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / "preferences.json.new"
        fresh.write_text(preferences.model_dump_json(indent=1) + "\n", encoding="utf-8")
        fresh.replace(folder / "preferences.json")
    except OSError:
        return
