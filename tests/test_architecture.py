"""The rooms and doors of ARCHITECTURE.md, as tests."""

import subprocess
import sys
from pathlib import Path

import grimp
import networkx as nx
import pytest

PACKAGES = ("model", "exports", "gui", "resources")

IMPORT_EVERY_MODULE = """
import importlib, pkgutil, sys
for name in ("model", "exports"):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
"""


def modules_loaded_by(code: str, root: Path) -> set[str]:
    """Names of the top-level modules loaded in a fresh interpreter after `code` ran there."""
    report = "import sys\nprint(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_model_and_exports_never_load_qt(root: Path) -> None:
    loaded = modules_loaded_by(IMPORT_EVERY_MODULE, root)
    assert {"model", "exports"} <= loaded
    assert not loaded & {"PySide6", "shiboken6", "gui"}


def test_model_loads_neither_paper_nor_resources(root: Path) -> None:
    loaded = modules_loaded_by(IMPORT_EVERY_MODULE.replace('("model", "exports")', '("model",)'), root)
    assert not loaded & {"PySide6", "reportlab", "xlsxwriter", "resources", "exports", "gui"}


@pytest.mark.parametrize("module", ["exports.command", "gui.main"])
def test_the_command_line_starts_without_the_heavy_libraries(module: str, root: Path) -> None:
    loaded = modules_loaded_by(f"import {module}", root)
    assert not loaded & {"PySide6", "reportlab", "networkx", "xlsxwriter", "numpy"}


def test_no_import_cycles_lazy_ones_included() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports: nx.DiGraph[str] = nx.DiGraph()
    for module in graph.modules:
        imports.add_edges_from((module, found) for found in graph.find_modules_directly_imported_by(module))
    assert [sorted(group) for group in nx.strongly_connected_components(imports) if len(group) > 1] == []


def test_import_contracts_hold(root: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
