"""A report profile from a file: one of its own, or that of any design."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from model.errors import FileError
from model.profile import Profile
from model.storage.atomic import unreadable
from model.storage.designs import parse_design
from model.storage.invalid import place_and_reason
from model.storage.strict_json import MAX_BYTES, read_json, too_large


def load_profile(path: Path) -> Profile:
    """The profile in a JSON file, which holds either a profile or a design. Raises FileError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if len(data) > MAX_BYTES:
        raise too_large(path)
    raw = read_json(data, path)
    if isinstance(raw, dict) and "format" in raw:
        return parse_design(data, path).profile
    if not isinstance(raw, dict):
        raise FileError(path, "a profile is one JSON object in { }; check that this is the right file")
    try:
        return Profile.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        place, reason = place_and_reason(error, raw)
        raise FileError(path, reason, place) from None
