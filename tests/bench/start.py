"""Starting and ending a command, beside starting Python with pydantic alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

SAMPLE = Path(__file__).parents[2] / "resources/samples/multi-vpc.portchart"


def _time(*arguments: str) -> float:
    begin = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return (perf_counter() - begin) * 1000


def start_times(rounds: int = 11) -> tuple[float, float]:
    """Milliseconds for `portchart flows` on a sample and for `import pydantic`, taken in turn, medians."""
    flows, floor = [], []
    for _ in range(rounds + 1):
        flows.append(_time("-m", "gui.main", "flows", str(SAMPLE)))
        floor.append(_time("-c", "import pydantic"))
    return median(flows[1:]), median(floor[1:])
