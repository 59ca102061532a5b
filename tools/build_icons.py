"""Builds resources/icons: one file of outlines that both the screen and paper draw, and its licence.

Run it only to add an icon or to change the version of Lucide, then commit what it wrote:

    npm pack lucide-static@1.62.0
    tar xf lucide-static-1.62.0.tgz
    python -m tools.build_icons package

Needs fonttools. The same input gives the same bytes.
"""

import json
import shutil
import sys
from pathlib import Path

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import SVGPath

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"

COMPONENTS = {
    "active-directory": "book-user",
    "administrator": "user-cog",
    "agent": "shield-check",
    "api-client": "braces",
    "data-center-gateway": "building-2",
    "dns-server": "signpost",
    "download-center": "download",
    "ntp-server": "clock",
    "relay": "radio-tower",
    "service-gateway": "door-open",
    "siem": "scroll-text",
    "smart-protection-network": "globe-lock",
    "smart-protection-server": "scan-search",
    "software-mirror": "hard-drive-download",
    "update-server": "refresh-cw",
    "vcenter": "boxes",
    "vision-one": "radar",
    "web-proxy": "waypoints",
    "workload-security": "cloud-cog",
}
ACTIONS = {
    "align-bottom": "align-end-horizontal",
    "align-center": "align-center-vertical",
    "align-left": "align-start-vertical",
    "align-middle": "align-center-horizontal",
    "align-right": "align-end-vertical",
    "align-top": "align-start-horizontal",
    "arrange": "workflow",
    "arrange-selection": "group",
    "arrow-left-right": "arrow-left-right",
    "arrow-right": "arrow-right",
    "assign": "spline",
    "backward": "layers-arrow-down",
    "building": "building",
    "check": "check",
    "chevron-down": "chevron-down",
    "chevron-right": "chevron-right",
    "chevron-up": "chevron-up",
    "circle-check": "circle-check",
    "circle-x": "circle-x",
    "close": "x",
    "cloud": "cloud",
    "collapse": "minimize-2",
    "compare": "git-compare",
    "contents": "square-dashed-mouse-pointer",
    "copy": "copy",
    "cut": "scissors",
    "distribute-horizontally": "align-horizontal-distribute-center",
    "distribute-vertically": "align-vertical-distribute-center",
    "expand": "maximize-2",
    "export": "file-output",
    "eye": "eye",
    "eye-off": "eye-off",
    "filter": "funnel",
    "fit": "maximize",
    "forward": "layers-arrow-up",
    "globe": "globe",
    "hand": "hand",
    "help": "circle-question-mark",
    "home": "house",
    "hosts": "hash",
    "info": "info",
    "languages": "languages",
    "layout": "layout-dashboard",
    "link": "link",
    "lock": "lock",
    "map": "map",
    "minus": "minus",
    "moon": "moon",
    "network": "network",
    "new": "file-plus",
    "note": "sticky-note",
    "open": "folder-open",
    "paste": "clipboard-paste",
    "pencil": "pencil",
    "plus": "plus",
    "present": "presentation",
    "print": "printer",
    "redo": "redo-2",
    "route": "route",
    "save": "save",
    "search": "search",
    "select": "mouse-pointer",
    "server": "server",
    "settings": "settings",
    "shield": "shield",
    "sun": "sun",
    "table": "table",
    "tidy": "wand-sparkles",
    "to-back": "send-to-back",
    "to-front": "bring-to-front",
    "toggle": "toggle-right",
    "trash": "trash-2",
    "triangle-alert": "triangle-alert",
    "undo": "undo-2",
    "unlock": "lock-open",
    "wrench": "wrench",
    "zone": "square-dashed",
    "zoom-in": "zoom-in",
    "zoom-out": "zoom-out",
}
SIZE, STROKE = 24, 2  # what every Lucide icon is drawn with


def outlines(svg: bytes) -> list[list[list[object]]]:
    """The outlines in `svg`, each a list of ["M", x, y], ["L", x, y], ["C", x1, y1, x2, y2, x, y] and ["Z"].

    Coordinates are absolute, in the icon's own units, y down. Arcs and quadratic curves become cubic ones.
    Raises ValueError for what two-pixel strokes alone do not draw.
    """
    for expected in (f'viewBox="0 0 {SIZE} {SIZE}"', f'stroke-width="{STROKE}"'):
        if svg.count(expected.partition("=")[0].encode() + b"=") != svg.count(expected.encode()):
            raise ValueError(f"the icon is not drawn with {expected}")
    if svg.count(b"fill=") != svg.count(b'fill="none"') or b"transform=" in svg:
        raise ValueError("the icon has filled or transformed parts")
    pen = RecordingPen()
    SVGPath.fromstring(svg).draw(pen)
    paths: list[list[list[object]]] = []
    at = (0.0, 0.0)
    for operator, points in pen.value:
        if operator == "moveTo":
            paths.append([["M", *_rounded(points)]])
        elif operator == "lineTo":
            paths[-1].append(["L", *_rounded(points)])
        elif operator == "curveTo":
            paths[-1].append(["C", *_rounded(points)])
        elif operator == "qCurveTo":
            control, end = points
            paths[-1].append(["C", *_rounded((_towards(at, control), _towards(end, control), end))])
        elif operator == "closePath":
            paths[-1].append(["Z"])
        elif operator != "endPath":
            raise ValueError(f"unexpected drawing operation {operator}")
        if points:
            at = points[-1]
    return paths


def document(package: Path) -> str:
    """The text of icons.json, one icon on each line, from the unpacked npm package."""
    lines = []
    for name, source in sorted((COMPONENTS | ACTIONS).items()):
        try:
            paths = outlines((package / "icons" / f"{source}.svg").read_bytes())
        except ValueError as error:
            raise ValueError(f"{name} ({source}.svg): {error}") from error
        icon = {"paths": paths, "size": SIZE, "stroke": STROKE}
        lines.append(f"{json.dumps(name)}:{json.dumps(icon, separators=(',', ':'), sort_keys=True)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _rounded(points: tuple[tuple[float, float], ...]) -> list[float]:
    numbers = (round(number, 3) + 0.0 for point in points for number in point)
    return [int(number) if number == int(number) else number for number in numbers]


def _towards(end: tuple[float, float], control: tuple[float, float]) -> tuple[float, float]:
    """The cubic control point beside `end` that draws the same as the quadratic one, `control`."""
    return end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3


def main(package: Path) -> None:
    """Build everything from the unpacked npm package."""
    ICONS.mkdir(parents=True, exist_ok=True)
    (ICONS / "icons.json").write_text(document(package), encoding="utf-8")
    shutil.copyfile(package / "LICENSE", ICONS / "LICENSE")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m tools.build_icons FOLDER_OF_THE_UNPACKED_PACKAGE")
    main(Path(sys.argv[1]))
