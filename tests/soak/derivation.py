"""The derivation against the oracle on many random designs: python -m tests.soak.derivation --count 10000."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from model.catalog.catalog import Catalog, parse_catalog
from model.design.design import Design
from resources import text
from tests.designs import random_design
from tests.oracle.agreement import Agreement, Difference, agreement
from tests.oracle.designs import crowded_design
from tests.oracle.tied import tied_design
from tests.soak.seeds import SHOWN, chosen_seeds


@dataclass
class Figures:
    """What a run found."""

    designs: int = 0
    flows: int = 0
    differences: Counter[str] = field(default_factory=Counter)
    first: list[tuple[int, Difference]] = field(default_factory=list)
    """The first differences with the seed of their design."""

    def add(self, seed: int, found: Agreement) -> None:
        """Count one design in."""
        self.designs += 1
        self.flows += found.flows
        for difference in found.differences:
            self.differences[difference.kind] += 1
            if len(self.first) < SHOWN:
                self.first.append((seed, difference))

    @property
    def text(self) -> str:
        """The figures as one line."""
        counts = ", ".join(
            f"{self.differences[kind]} {kind}" for kind in ("missing", "extra", "attribute", "needs")
        )
        return f"{self.designs} designs, {self.flows} flows: {counts}"


def designs(catalog: Catalog, seeds: Iterable[int]) -> Iterator[tuple[int, Design]]:
    """One design for each seed: crowded and as anyone would draw it, in turn."""
    for seed in seeds:
        rng = random.Random(seed)
        size = rng.randint(1, 24)
        yield seed, random_design(rng, catalog, size) if seed % 2 else crowded_design(rng, size)


def run(catalog: Catalog, seeds: Iterable[int]) -> Figures:
    """Compare derivation and oracle on the designs of some seeds: one of `designs`, and one of tied agents."""
    figures = Figures()
    for seed, design in designs(catalog, seeds):
        figures.add(seed, agreement(design, catalog))
        figures.add(seed, agreement(tied_design(random.Random(seed), seed % 16 + 1), catalog))
    return figures


def main(arguments: list[str] | None = None) -> int:
    """Run, print the figures and the first differences; 1 where there are any."""
    seeds = chosen_seeds("derivation", __doc__, 10_000, arguments)
    catalog = parse_catalog(text("catalogs/workload-security-govcloud.json"))
    figures = run(catalog, seeds)
    print(figures.text)
    for seed, difference in figures.first:
        print(f"seed {seed}: {difference.kind}: {difference.text}")
    return 1 if figures.first else 0


if __name__ == "__main__":
    sys.exit(main())
