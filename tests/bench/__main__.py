"""All speed figures of one run: `python -m tests.bench`. Only the ratios carry over to another machine."""

from __future__ import annotations

from statistics import median

from tests.bench import canvas, exports, routing
from tests.bench.derivation import derivation_times
from tests.bench.start import start_times
from tests.bench.toggle import toggle_times
from tests.bench.whatif import preview_times, sweep_times
from tests.designs import shipped_catalog


def main() -> None:
    """Print one line per figure: what, measured, floor, ratio, target."""
    derived, floor, flows = derivation_times(shipped_catalog())
    print(
        f"derive 2,000 components, {flows:,} flows: {derived:.1f} ms; as many tuples {floor:.2f} ms;", end=" "
    )
    print(f"ratio {derived / floor:.1f} (target ≤ 10)")
    looking, deriving, switches = preview_times(shipped_catalog())
    print(f"previews of all {switches} switches with 500 components: {looking:.1f} ms;", end=" ")
    print(f"one derivation {deriving:.1f} ms (target ≤ 16 ms)")
    sweeping, scratch, points = sweep_times(shipped_catalog())
    print(f"sweep of {points:,} combinations on multi-vpc: {sweeping:.0f} ms;", end=" ")
    print(f"deriving each {scratch:,.0f} ms; ratio {scratch / sweeping:.0f}")
    command, bare = start_times()
    print(
        f"portchart flows on a sample: {command:.0f} ms; python -c 'import pydantic' {bare:.0f} ms;", end=" "
    )
    print(f"ratio {command / bare:.1f} (target ≤ 6)")
    toggles = toggle_times()
    print(f"toggle with 500 components to the repainted window: median {median(toggles):.0f} ms,", end=" ")
    print(f"worst {max(toggles):.0f} ms (target ≤ 100 median)")
    canvas.main()
    exports.main()
    routing.main()


if __name__ == "__main__":
    main()
