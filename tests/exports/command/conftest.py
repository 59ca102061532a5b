"""`portchart` as a process, and inside the test's own process, which is quicker."""

from pathlib import Path

import pytest

from tests.exports.command.runner import Inside, Runner


@pytest.fixture
def portchart(root: Path, tmp_path: Path) -> Runner:
    return Runner(root, tmp_path)


@pytest.fixture
def inside(root: Path, tmp_path: Path) -> Inside:
    return Inside(root, tmp_path)
