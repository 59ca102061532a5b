"""All speed figures of one run: `python -m tests.bench`. Only the ratios carry over to another machine."""

from __future__ import annotations

from tests.bench import canvas, derivation, diagram, exports, routing, toggle, whatif
from tests.bench.start import start_times


def main() -> None:
    """Print one line per figure: what, measured, floor, ratio, target."""
    derivation.main()
    whatif.main()
    command, bare = start_times()
    print(
        f"portchart flows on a sample: {command:.0f} ms; python -c 'import pydantic' {bare:.0f} ms;", end=" "
    )
    print(f"ratio {command / bare:.1f} (target ≤ 6)")
    toggle.main()
    canvas.main()
    exports.main()
    diagram.main()
    routing.main()


if __name__ == "__main__":
    main()
