"""The wheel, installed alone into a fresh environment: complete, and in nobody's way.

Dependencies are lent from the running environment, so nothing is downloaded.
"""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

PACKAGES = ("model", "exports", "gui", "resources")


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that must succeed, run as if from a new shell."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the commands in a fresh environment that holds the wheel."""
    home = tmp_path_factory.mktemp("fresh")
    venv.create(home, with_pip=False, symlinks=True)
    commands = home / ("Scripts" if os.name == "nt" else "bin")
    run(
        *(sys.executable, "-m", "pip", "--python", commands / "python", "install", "--quiet"),
        *("--no-deps", "--no-index", wheel),
        cwd=home,
    )
    # A line in a .pth file lends the packages there without running the .pth files among them,
    # so this checkout's editable installation stays out of sight.
    site = Path(
        run(commands / "python", "-c", "import site; print(site.getsitepackages()[0])", cwd=home).strip()
    )
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return commands


def test_it_holds_every_file_of_the_packages_and_nothing_else(wheel: Path, root: Path) -> None:
    present = {
        file.relative_to(root).as_posix()
        for package in PACKAGES
        for file in (root / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == present


def test_its_commands_run_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "portchart", "--version", cwd=tmp_path).split() == ["portchart", "0.1.0"]
    formats = run(installed / "portchart", "formats", cwd=tmp_path)
    assert {"csv", "json", "pdf", "xlsx"} <= set(formats.split())


def test_each_top_level_name_belongs_to_this_distribution_alone(installed: Path, tmp_path: Path) -> None:
    owners = run(
        installed / "python",
        "-c",
        "from importlib.metadata import packages_distributions as owners\n"
        f"for name in {PACKAGES!r}: print(name, *owners()[name])",
        cwd=tmp_path,
    )
    assert owners.splitlines() == [f"{name} portchart" for name in PACKAGES]
