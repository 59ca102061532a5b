"""All speed figures of one run: `python -m tests.bench`. Only the ratios carry over to another machine."""

from __future__ import annotations

from tests.bench import canvas, diagram, exports, routing, toggle
from tests.bench.derivation import derivation_times
from tests.bench.start import start_times
from tests.bench.whatif import preview_times, sweep_times, unlike_times
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
    toggle.main()
    held, alone = unlike_times(shipped_catalog())
    print(f"window held up while previews of 500 unlike components are worked out: {held:.0f} ms;", end=" ")
    print(f"worked out at once {alone:.0f} ms; ratio {alone / held:.0f}")
    canvas.main()
    exports.main()
    diagram.main()
    routing.main()


if __name__ == "__main__":
    main()
