"""NodeGraphQt with the boxes and lines it is handed: a program of its own, for an interpreter that has NodeGraphQt.

`python nodegraph.py CONTENT.json` prints how long building, the first paint and later ones took, and the memory held.
It imports nothing of this project, so that the interpreter needs nothing of it; see `peer`.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

WIDTH, HEIGHT = 1600, 1000
MIDDLE = (600, 500)
ROUNDS = 5


def resident() -> int:
    """The bytes of memory this process holds, where the system tells (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def timed(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU milliseconds of one call, the median of several."""
    times = []
    for _ in range(rounds):
        begin = process_time()
        act()
        times.append((process_time() - begin) * 1000)
    return median(times)


def _graph(content: dict[str, Any]) -> Any:
    """A graph of the boxes and lines, made in the quickest way its interface offers: nothing can be undone."""
    library = import_module("NodeGraphQt")

    def prepared(node: Any) -> None:
        library.BaseNode.__init__(node)
        node.add_input("in", multi_input=True, display_name=False)
        node.add_output("out", display_name=False)

    box = type("Box", (library.BaseNode,), {"__identifier__": "b", "NODE_NAME": "Box", "__init__": prepared})
    graph = library.NodeGraph()
    graph.register_node(box)
    made = {
        name: graph.create_node("b.Box", name=name, pos=(x, y), selected=False, push_undo=False)
        for name, x, y in content["boxes"]
    }
    for source, target in content["lines"]:
        made[source].output(0).connect_to(made[target].input(0), push_undo=False, emit_signal=False)
    return graph


def _shown(graph: Any) -> Any:
    """Its view at 100 %, painted once."""
    core = import_module("PySide6.QtCore")
    viewer = graph.viewer()
    viewer.resize(WIDTH, HEIGHT)
    viewer.show()
    viewer.reset_zoom(core.QPointF(*MIDDLE))
    viewer.viewport().repaint()
    return viewer


def main() -> None:
    """Measure, and print what was found as JSON."""
    widgets = import_module("PySide6.QtWidgets")
    application = widgets.QApplication([])
    content = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    few = [name for name, _, _ in content["boxes"][:2]]
    # What is loaded once is loaded before the clock starts.
    warm = _graph({"boxes": content["boxes"][:2], "lines": [few]})
    _shown(warm).close()
    gc.collect()
    before, begin = resident(), process_time()
    graph = _graph(content)
    viewer = _shown(graph)
    built = (process_time() - begin) * 1000
    application.processEvents()
    gc.collect()
    held = resident() - before

    def repaint() -> None:
        viewer.viewport().update()
        viewer.viewport().repaint()

    scale = viewer.transform().m11()
    print(json.dumps({"built": built, "repaint": timed(repaint), "held": held, "scale": scale}))


if __name__ == "__main__":
    main()
