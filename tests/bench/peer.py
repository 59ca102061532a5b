"""The canvas beside NodeGraphQt, a widget for node graphs made of the same Qt, with the same boxes and lines.

`python -m tests.bench.peer [--python INTERPRETER] [COMPONENTS…]`, 1,000 and 5,000 unless told. NodeGraphQt (MIT) is no
part of this project: the interpreter is one that has it (`pip install NodeGraphQt PySide6-Essentials setuptools` into
an environment of its own). With 5,000 components it takes some minutes. Each side runs in a process of its own.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

from tests.bench.nodegraph import HEIGHT, MIDDLE, WIDTH, resident, timed
from tests.bench.toggle import large_design, large_window

PEER = Path(__file__).with_name("nodegraph.py")
HERE = Path(__file__).parents[2]
Found = dict[str, float]


def measure_ours(components: int, content: Path) -> Found:
    """Our canvas with a large design: from the design to the first paint, later ones, and the memory held.

    The boxes and lines shown are written to `content`. Deriving the flows and all that the window does once the canvas
    is painted (tables, counts) is part of the memory, and deriving is part of the time.
    """
    with large_window(50) as window:
        from PySide6.QtWidgets import QApplication

        canvas = window.canvas
        canvas.setFixedSize(WIDTH, HEIGHT)
        window.resize(WIDTH + 700, HEIGHT + 500)
        QApplication.processEvents()
        design = large_design(window.document.catalog, components)
        gc.collect()
        before, begin = resident(), process_time()
        window.document.open(design)
        canvas.zoom_to(1.0)
        canvas.centerOn(*MIDDLE)
        canvas.viewport().repaint()
        built = (process_time() - begin) * 1000
        window.scene.routes.wait()
        QApplication.processEvents()
        gc.collect()
        held = resident() - before
        scale = canvas.scale_now()

        def repaint() -> None:
            canvas.viewport().update()
            canvas.viewport().repaint()

        boxes = [(name, card.x, card.y) for name, card in window.scene.cards.items()]
        lines = list(window.scene.wires.pairs)
        content.write_text(json.dumps({"boxes": boxes, "lines": lines}), encoding="utf-8")
        return {"built": built, "repaint": timed(repaint), "held": held, "scale": scale, "lines": len(lines)}


def _answer(words: list[str]) -> Found:
    """What a process prints in its last line. Raises CalledProcessError."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, env=environment, cwd=HERE, check=True, capture_output=True, text=True)
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def _why_not(python: str) -> str:
    """Why an interpreter cannot run the peer; empty where it can."""
    asked = subprocess.run([python, "-c", "import NodeGraphQt"], capture_output=True, text=True, check=False)
    return asked.stderr.strip().splitlines()[-1] if asked.returncode else ""


def compare(components: int, python: str) -> None:
    """Measure both sides and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content.json"
        ours = _answer([sys.executable, "-m", "tests.bench.peer", "--ours", str(content), str(components)])
        peer = _answer([python, str(PEER), str(content)])
    assert abs(ours["scale"] - peer["scale"]) < 0.01, "both show the same part at 100 %"
    print(f"{components:,} components, {ours['lines']:,.0f} connectors, NodeGraphQt beside ours:", end=" ")
    print(f"repaint {peer['repaint']:,.0f} ms, ours {ours['repaint']:.1f} ms,", end=" ")
    print(f"{peer['repaint'] / ours['repaint']:.0f} times faster (target at 1,000 ≥ 25);", end=" ")
    print(f"built and painted {peer['built']:,.0f} ms, ours {ours['built']:,.0f} ms,", end=" ")
    print(f"{peer['built'] / ours['built']:.0f} times faster (target at 5,000 ≥ 100);", end=" ")
    print(f"memory {peer['held'] / 2**20:,.0f} MiB, ours {ours['held'] / 2**20:,.0f} MiB,", end=" ")
    print(f"1/{peer['held'] / ours['held']:.0f} (target at 5,000 ≤ 1/50)")


def main() -> None:
    """Measure the sizes asked for; say so where there is no NodeGraphQt."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peer")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has NodeGraphQt")
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("components", type=int, nargs="*", default=[1_000, 5_000])
    asked = parser.parse_args()
    if asked.ours is not None:
        print(json.dumps(measure_ours(asked.components[0], asked.ours)))
        return
    missing = _why_not(asked.python)
    if missing:
        print(f"not measured: {asked.python} has no NodeGraphQt ({missing}); name one that has with --python")
        return
    for components in asked.components:
        compare(components, asked.python)


if __name__ == "__main__":
    main()
