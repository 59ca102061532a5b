"""A report profile from a file: one of its own, or that of any design."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from model.design.profile import Profile
from model.errors import FileError
from model.sentences import told
from model.storage.designs import file_bytes, parse_design
from model.storage.invalid import place_and_reason
from model.storage.strict_json import read_json


def load_profile(path: Path) -> Profile:
    """The profile in a JSON file, which holds either a profile or a design. Raises FileError."""
    data = file_bytes(path)
    raw = read_json(data, path)
    if isinstance(raw, dict) and "format" in raw:
        return parse_design(data, path).profile
    if not isinstance(raw, dict):
        raise FileError(
            path, told("a profile is one JSON object in {{ }}; check that this is the right file")
        )
    try:
        return Profile.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        place, reason = place_and_reason(error, raw)
        raise FileError(path, reason, place) from None
