"""From a feature's switch to the repainted canvas, in the real window with a large design."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from model.catalog.catalog import Catalog
from model.design.design import CatalogReference, Design
from model.design.elements import Component, Zone

if TYPE_CHECKING:
    from gui.window.window import Window

SERVERS = (
    "relay", "relay", "dns-server", "dns-server", "ntp-server", "siem", "smart-protection-server", "service-gateway",
    "web-proxy", "software-mirror", "data-center-gateway", "vcenter", "active-directory", "administrator", "api-client",
)  # fmt: skip
COLUMNS = 20


def large_design(catalog: Catalog, components: int) -> Design:
    """A design of agents in zones of 40, with one set of servers and every service of the vendor."""
    services = [kind.id for kind in catalog.kinds if kind.service]
    agents = components - len(SERVERS) - len(services)
    zones: list[Zone] = []
    placed: list[Component] = []
    for number in range(0, agents, 40):
        block = number // 40
        name = f"vpc-{block + 1}"
        top = (block // 3) * 1000
        left = (block % 3) * 1200
        zones.append(
            Zone(
                id=name,
                name=f"VPC {block + 1}",
                kind="vpc",
                cidrs=(f"10.{block // 256}.{block % 256}.0/24",),
                frame=(left, top, 1100, 860),
            )
        )
        placed += [
            Component(
                id=f"agent-{each + 1}",
                kind="agent",
                name=f"tier-{each + 1}",
                zone=name,
                position=(left + 40 + (each - number) % 5 * 210, top + 60 + (each - number) // 5 * 100),
                count=4,
            )
            for each in range(number, min(number + 40, agents))
        ]
    zones.append(Zone(id="servers", name="Servers", kind="data-center", frame=(3800, 0, 300, 1700)))
    zones.append(Zone(id="internet", name="Internet", kind="internet", frame=(4500, 0, 320, 700)))
    for place, kind in enumerate(SERVERS):
        placed.append(
            Component(
                id=f"server-{place}",
                kind=kind,
                name=f"{kind}-{place}",
                zone="servers",
                position=(3840, 50 + place * 110),
            )
        )
    for place, kind in enumerate(services):
        placed.append(
            Component(id=kind, kind=kind, name=kind, zone="internet", position=(4540, 50 + place * 120))
        )
    return Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        zones=tuple(zones),
        components=tuple(placed),
    )


@contextmanager
def large_window(components: int) -> Iterator[Window]:
    """The window with a large design, shown on Qt's offscreen platform."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from exports.catalogs import catalog_file
    from gui.app import make_application
    from gui.window.furnishing import furnish
    from gui.window.window import Window

    application = QApplication.instance() or make_application(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        window = Window(catalog_file(), Path(folder), furnish)
        window.complete()
        window.resize(1680, 1050)
        window.show()
        window.document.open(large_design(window.document.catalog, components))
        application.processEvents()
        yield window
        window.document.saved(window.document.design)
        window.close()
        application.processEvents()


FEATURES = (
    "web-reputation",
    "smart-feedback",
    "process-memory-scan",
    "syslog-direct",
    "vision-one",
    "smart-scan",
)


SIZES = (100, 500, 2_000)


def toggle_times(components: int = 500, rounds: int = 4) -> list[float]:
    """CPU milliseconds from each flick of a switch to the repainted canvas."""
    times: list[float] = []
    with large_window(components) as window:
        from PySide6.QtWidgets import QApplication

        painted = [0.0]
        window.canvas.painted.connect(lambda: painted.__setitem__(0, process_time()))
        for number in range(rounds + 1):
            for feature in FEATURES:
                switch = window.whatif.rows[feature].switch
                begin = process_time()
                switch.click()
                QApplication.processEvents()
                if number:  # the first round loads what is loaded once
                    times.append((painted[0] - begin) * 1000)
    return times


def main() -> None:
    """Print the median and the worst for designs of several sizes, each beside the smallest."""
    least = 0.0
    for components in SIZES:
        times = toggle_times(components)
        least = least or median(times)
        print(f"toggle with {components:,} components to the repainted window: median", end=" ")
        print(f"{median(times):.0f} ms, worst {max(times):.0f} ms,", end=" ")
        print(
            f"{median(times) / least:.1f} times the smallest"
            + (" (target ≤ 100 ms)" if components == 500 else "")
        )


if __name__ == "__main__":
    main()
