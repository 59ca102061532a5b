"""Damaged design files against the loader: python -m tests.soak.loader --count 100000.

Each must give a design that survives writing and reading, or a FileError of one printable line under 64 KiB. Anything
else counts as a traceback.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field

import resources
from model.errors import FileError
from model.storage import dump, parse_design
from tests.designs import random_design, shipped_catalog
from tests.soak.mutations import mutated
from tests.soak.seeds import chosen_seeds

LONGEST_MESSAGE = 64 * 1024
SHOWN = 5


@dataclass
class Figures:
    """What a run found; times in seconds."""

    files: int = 0
    accepted: int = 0
    slowest: float = 0.0
    slowest_seed: int = 0
    longest_message: int = 0
    over_a_second: int = 0
    tracebacks: int = 0
    first: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The figures as one line."""
        return (
            f"{self.files} files: {self.tracebacks} tracebacks, {self.over_a_second} over a second,"
            f" slowest {self.slowest:.3f} s (seed {self.slowest_seed}), {self.accepted} accepted,"
            f" longest message {self.longest_message} characters"
        )


def sources() -> list[bytes]:
    """The files that are damaged: the samples, and random designs of none to a hundred components."""
    rng = random.Random(0)
    sizes = [*(number % 12 for number in range(150)), 40, 100]
    samples = [resources.path(name).read_bytes() for name in resources.names("samples", ".portchart")]
    return samples + [dump(random_design(rng, shipped_catalog(), size)) for size in sizes]


def read(data: bytes) -> str | None:
    """Read one file: None when it is a design, else the message that refuses it. Fails on anything else."""
    try:
        design = parse_design(data, "fuzz.portchart")
    except FileError as error:
        message = str(error)
        assert message.startswith("fuzz.portchart: ")
        assert message.isprintable(), message
        assert len(message.encode()) < LONGEST_MESSAGE
        assert message.partition(": ")[2]
        return message
    written = dump(design)
    again = parse_design(written)
    assert again == design
    assert dump(again) == written
    return None


def run(seeds: Iterable[int]) -> Figures:
    """Read one damaged file for each seed."""
    figures = Figures()
    files = sources()
    for seed in seeds:
        data = mutated(random.Random(seed), files)
        figures.files += 1
        started = time.perf_counter()
        try:
            message = read(data)
        except Exception:  # noqa: BLE001 # counting them is what this is for
            figures.tracebacks += 1
            if len(figures.first) < SHOWN:
                figures.first.append(f"seed {seed}\n{traceback.format_exc()}")
            continue
        took = time.perf_counter() - started
        figures.over_a_second += took > 1
        if took > figures.slowest:
            figures.slowest, figures.slowest_seed = took, seed
        figures.accepted += message is None
        figures.longest_message = max(figures.longest_message, len(message or ""))
    return figures


def main(arguments: list[str] | None = None) -> int:
    """Run, print the figures and the first tracebacks; 1 where there are any or a file took over a second."""
    seeds = chosen_seeds("loader", __doc__, 100_000, arguments)
    figures = run(seeds)
    print(figures.text)
    print(*figures.first, sep="\n", end="")
    return 1 if figures.tracebacks or figures.over_a_second else 0


if __name__ == "__main__":
    sys.exit(main())
