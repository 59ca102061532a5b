"""Window tests: real widgets on Qt's offscreen platform, and silence expected of them."""

import logging
import os
from collections.abc import Iterator

import pytest

# Before any application exists, and over a developer's own display: the tests must not depend on it.
os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which anything logs a warning it did not announce with `@pytest.mark.expected_log`.

    Qt's own messages are failed the same way by pytest-qt (`qt_log_level_fail`).
    """
    yield
    if request.node.get_closest_marker("expected_log"):
        return
    logged = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not logged, "unexpected log lines: " + "; ".join(record.getMessage() for record in logged)
