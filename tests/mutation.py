"""The catalog altered in one place at a time: every alteration must make a test fail (python -m tests.mutation).

A mutant is killed when a worked example or a check of the catalog's marks fails on it, or when the derivation
from it no longer agrees with the oracle on a fixed set of random designs.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType

from model.catalog.catalog import Catalog, parse_catalog
from model.derivation.derive import derive
from model.design.design import Design
from resources import text
from tests.model.catalog import test_catalog
from tests.model.derivation import (
    test_derive,
    test_derive_marks,
    test_derive_proxy,
    test_derive_ways,
    test_graph,
)
from tests.model.vendor_rows import PORT_ROWS
from tests.mutants import Data, Mutant, mutants
from tests.oracle import expected, expected_missing
from tests.oracle.agreement import differences
from tests.soak.derivation import designs

NAME = "catalogs/workload-security-govcloud.json"
DESIGNS = 120
QUICK_PARTS = ("source", "destination", "port", "transport", "condition")

THROUGH_P19 = (
    "relays follow the row through P19 already; names and citations merge, and P19 is cited by the ports"
)
OTHERWISE_CLOSED = "flows of this pair exist only where the condition holds, so there is nothing else to name"
HOP_PURPOSE = "the way to a proxy has the purpose of the traffic it carries"

EQUIVALENT: dict[str, str] = {
    "P09 connections 0 from: with relay": "as through P19; marked if any, so never missing, not even twice",
    "U05 names 0 from: with relay": THROUGH_P19,
    "U06a names 0 from: with relay": THROUGH_P19,
    "U06b names 0 from: with relay": THROUGH_P19,
    "U06c names 0 from: with relay": THROUGH_P19,
    "U06d names 0 from: with relay": THROUGH_P19,
    "U07 names 0 from: with relay": THROUGH_P19,
    "U08 names 0 from: with relay": THROUGH_P19,
    "U09 names 0 from: with relay": THROUGH_P19,
    "U10 names 0 from: with relay": THROUGH_P19,
    "U11 names 0 from: with relay": THROUGH_P19,
    "P19 inherits except: without U01": "U01 names relays itself; P10, the port, cites P19 anyway",
    "U07 names 0 to: with service-gateway": "a Service Gateway is reached only where the Network does not serve",
    "U11 names 0 when: no condition": OTHERWISE_CLOSED,
    "U12 names 0 when: no condition": OTHERWISE_CLOSED,
    "U12 names 1 when: without {'term': 'accepts-management'}": OTHERWISE_CLOSED,
    "term updates-directly : 2. 1. direct-updates with on": '"on" suffices by itself in the first part of the term',
    "T01 purpose: updates": HOP_PURPOSE,
    "T01 purpose: reputation": HOP_PURPOSE,
    "T01 purpose: logging": HOP_PURPOSE,
    "T01 purpose: infrastructure": HOP_PURPOSE,
    "T01 purpose: directory": HOP_PURPOSE,
}
"""Mutants that derive the same from every design, by name, each with the argument."""

Check = Callable[[Catalog], None]


@dataclass
class Result:
    """What a run found. `killers` counts the mutants by the check that failed first."""

    total: int = 0
    survivors: list[str] = field(default_factory=list)
    equivalent: list[str] = field(default_factory=list)
    killers: Counter[str] = field(default_factory=Counter)


def checks(catalog: Catalog) -> dict[str, Check]:
    """What each mutant must survive to count as unnoticed, cheapest first."""
    found: dict[str, Check] = {}
    for module in (test_derive, test_derive_ways, test_derive_proxy, test_derive_marks, test_graph):
        found.update(_worked_examples(module))
    for marks in (
        test_catalog.test_what_is_optional_or_stays_on_the_host,
        test_catalog.test_the_connections_the_url_table_and_the_text_add,
        test_catalog.test_the_inferred_names_are_these_and_need_asking_for,
        test_catalog.test_traffic_classes_follow_the_destination,
    ):
        found[marks.__name__] = marks
    for row in PORT_ROWS:
        found[f'the "if any" marks of {row[0]}'] = partial(
            test_catalog.test_a_port_row_is_marked_if_any_on_the_right_sides, row=row
        )
    for seed, design in designs(catalog, range(DESIGNS)):
        found[f"design {seed}"] = _agreement_on(design)
    return found


def _worked_examples(module: ModuleType) -> Iterator[tuple[str, Check]]:
    for name, function in vars(module).items():
        if name.startswith("test_") and list(inspect.signature(function).parameters) == ["catalog"]:
            yield name, function


def _agreement_on(design: Design) -> Check:
    required, needed = expected(design), expected_missing(design)

    def check(catalog: Catalog) -> None:
        assert not next(differences(derive(design, catalog), required, needed), None)

    return check


def killer(catalog: Catalog, order: dict[str, Check]) -> str | None:
    """The check that fails on a catalog, or None; the one that failed moves to the front for the next time."""
    for name, check in list(order.items()):
        try:
            check(catalog)
        except Exception:  # noqa: BLE001 # whatever a check raises, it has noticed
            rest = {other: order[other] for other in order if other != name}
            order.clear()
            order.update({name: check, **rest})
            return name
    return None


def run(catalog: Catalog, data: Data, altered: Iterable[Mutant], order: dict[str, Check]) -> Result:
    """Try mutants on the checks."""
    result = Result()
    for mutant in altered:
        result.total += 1
        found = killer(mutant.apply(catalog, data), order)
        if found is not None:
            result.killers[found] += 1
        elif mutant.name in EQUIVALENT:
            result.equivalent.append(mutant.name)
        else:
            result.survivors.append(mutant.name)
    return result


def quick(altered: Iterable[Mutant]) -> Iterator[Mutant]:
    """One mutant for each part of each row that decides which flows there are."""
    seen = set()
    for mutant in altered:
        key = (mutant.subject, mutant.part, mutant.path[:4])
        if mutant.part in QUICK_PARTS and key not in seen and mutant.name not in EQUIVALENT:
            seen.add(key)
            yield mutant


def main(arguments: list[str] | None = None) -> int:
    """Run all mutants and print the figures; 1 where one survives or an exclusion has become wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--subject", help="only this rule, or only this term, feature, setting or kind")
    parser.add_argument("--killers", action="store_true", help="also list which checks killed how many")
    chosen = parser.parse_args(arguments)
    data = json.loads(text(NAME))
    catalog = parse_catalog(text(NAME))
    order = checks(catalog)
    unaltered = killer(catalog, order)
    if unaltered is not None:
        print(f"The catalog itself fails: {unaltered}")
        return 1
    altered = [item for item in mutants(data, catalog) if chosen.subject in (None, item.subject)]
    result = run(catalog, data, altered, order)
    killed = sum(result.killers.values())
    print(
        f"{killed} of {result.total - len(result.equivalent)} mutants killed, {len(result.equivalent)} equivalent"
    )
    for name in result.survivors:
        print(f"survived: {name}")
    wrong = EQUIVALENT.keys() - set(result.equivalent) if chosen.subject is None else set()
    for name in sorted(wrong):
        print(f"called equivalent, but killed or gone: {name}")
    if chosen.killers:
        for name, count in result.killers.most_common():
            print(f"{count:6} {name}")
    return 1 if result.survivors or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
