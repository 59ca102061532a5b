"""The command line that every soak run has: how many seeds, from which one on."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from model.catalog.catalog import Catalog
from tests.designs import shipped_catalog

SHOWN = 20


def chosen_seeds(name: str, about: str | None, count: int, arguments: list[str] | None) -> range:
    """The seeds asked for; `count` of them where nothing is."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.soak.{name}", description=about)
    parser.add_argument("--count", type=int, default=count, help=f"how many seeds (default: {count})")
    parser.add_argument("--seed", type=int, default=0, help="the first seed (default: 0)")
    chosen = parser.parse_args(arguments)
    return range(chosen.seed, chosen.seed + chosen.count)


def run(seeds: range, failures: Callable[[int, Catalog], Iterable[str]], what: str) -> int:
    """Print how many failures the designs of some seeds have, and the first of them; 1 where there are any."""
    catalog = shipped_catalog()
    found = [f"seed {seed}: {text}" for seed in seeds for text in failures(seed, catalog)]
    print(f"{len(seeds)} designs: {len(found)} {what}")
    for text in found[:SHOWN]:
        print(text)
    return 1 if found else 0
