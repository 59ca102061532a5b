"""What all tests share. It names no toolkit: the model's and the exports' tests run where Qt cannot load."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's top folder."""
    return Path(__file__).resolve().parent.parent
