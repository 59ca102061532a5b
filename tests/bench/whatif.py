"""What-if: previews of all switches in a large design, and a sweep beside deriving every combination."""

from __future__ import annotations

from functools import partial
from itertools import product
from statistics import median
from time import perf_counter

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.design import Design
from model.editing.scenario import apply_changes
from model.whatif.previews import previews
from model.whatif.sweep import dimension, sweep
from tests.bench.derivation import timed, uncollected
from tests.bench.toggle import large_design, large_window
from tests.designs import shipped_catalog
from tests.reports import sample


def preview_times(design: Design, catalog: Catalog, rounds: int = 15) -> tuple[float, float, int]:
    """Milliseconds for what all switches of the design, and of all its components selected, would do; how many.

    Each time for a graph of its own, as after every edit.
    """
    everything = [each.id for each in design.components]
    whole, selected = [], []
    switches = 0
    with uncollected():
        for number in range(rounds):
            graph = derive(design.evolve(title=f"round {number}"), catalog)
            time, found = timed(partial(previews, graph))
            whole.append(time)
            switches = len(found)
            selected.append(timed(partial(previews, graph, everything))[0])
    return median(whole), median(selected), switches


def sweep_times(catalog: Catalog, switches: int = 12, rounds: int = 3) -> tuple[float, float, int]:
    """Milliseconds for a sweep of the multi-VPC sample, and for deriving every combination; and how many there are."""
    graph = derive(sample("multi-vpc"), catalog)
    dimensions = [dimension(graph, feature.id) for feature in catalog.features[:switches]]
    sweeping = []
    for _ in range(rounds):
        begin = perf_counter()
        found = sweep(graph, dimensions)
        sweeping.append((perf_counter() - begin) * 1000)
    begin = perf_counter()
    for values in product((False, True), repeat=switches):
        changes = [each.change(graph, value) for each, value in zip(dimensions, values, strict=True)]
        after = derive(apply_changes(graph.design, catalog, changes), catalog)
        assert len(after.openings) >= 0
    return median(sweeping), (perf_counter() - begin) * 1000, len(found.points)


def unlike_design(catalog: Catalog, components: int = 500) -> Design:
    """The large design with features chosen otherwise at every agent, so that no two of them share a plan."""
    design = large_design(catalog, components)
    features = [each.id for each in catalog.features if each.scope == "policy" and "agent" in each.kinds][:10]
    agents = [each.id for each in design.components if each.kind == "agent"]
    chosen = {
        name: {feature: bool(number >> bit & 1) for bit, feature in enumerate(features)}
        for number, name in enumerate(agents)
    }
    return design.evolve(
        components=tuple(
            each.evolve(features=chosen[each.id]) if each.id in chosen else each for each in design.components
        )
    )


def unlike_times(catalog: Catalog, components: int = 500) -> tuple[float, float]:
    """Milliseconds that previews of unlike components hold up the window at most, and that they take when at once.

    Held up is how much longer than asked the window waits between two ticks of a clock while a thread works.
    """
    design = unlike_design(catalog, components)
    graph = derive(design, catalog)
    begin = perf_counter()
    previews(graph)
    alone = (perf_counter() - begin) * 1000
    with large_window(100) as window:
        from PySide6.QtWidgets import QApplication

        from gui.panels.whatif import ahead

        worker = window.whatif.previewing
        worker.start(lambda progress, stopped: ahead(graph, None, stopped))
        longest, last = 0.0, perf_counter()
        while worker.busy:
            QApplication.processEvents()
            now = perf_counter()
            longest, last = max(longest, now - last), now
        return longest * 1000, alone


def main() -> None:
    """Print one line per figure: what, measured, floor, ratio, target."""
    catalog = shipped_catalog()
    for what, design_of in (("", large_design), (" unlike", unlike_design)):
        whole, selected, switches = preview_times(design_of(catalog, 500), catalog)
        print(f"previews of {switches} switches with 500{what} components: {whole:.1f} ms;", end=" ")
        print(f"with all of them selected {selected:.1f} ms (target ≤ 16 ms)")
    sweeping, scratch, points = sweep_times(catalog)
    print(f"sweep of {points:,} combinations on multi-vpc: {sweeping:.0f} ms;", end=" ")
    print(f"deriving each {scratch:,.0f} ms; ratio {scratch / sweeping:.0f}")
    held, alone = unlike_times(catalog)
    print(f"window held up while previews of 500 unlike components are worked out: {held:.0f} ms;", end=" ")
    print(f"worked out at once {alone:.0f} ms")


if __name__ == "__main__":
    main()
