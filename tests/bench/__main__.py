"""All speed figures of one run: `python -m tests.bench`. Only the ratios carry over to another machine."""

from __future__ import annotations

from tests.bench import canvas, derivation, diagram, exports, routing, start, toggle, whatif


def main() -> None:
    """Print one line per figure: what, measured, floor, ratio, target."""
    derivation.main()
    whatif.main()
    start.main()
    toggle.main()
    canvas.main()
    exports.main()
    diagram.main()
    routing.main()


if __name__ == "__main__":
    main()
