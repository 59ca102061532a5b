"""Edits of any kind on anything of a design, for a hand that edits at random."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent

from gui.window.window import Window
from model.design.course import Course
from model.design.design import Design
from model.editing import bending, edits, locks


def let_go() -> None:
    """Let objects go that were to be deleted later, which only an event loop does by itself."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def begin(window: Window) -> None:
    """A small design with everything in it: nested zones, notes, a tie, and agents, relays and a proxy."""
    design = window.document.blank()
    design, outer = edits.add_zone(design, "Main", "vpc", (0, 0, 900, 600))
    design, inner = edits.add_zone(design, "Front", "subnet", (20, 60, 400, 400), outer)
    design, _ = edits.place(design, "agent", "web", (60, 120), inner)
    design, _ = edits.place(design, "agent", "app", (60, 260), inner)
    design, relay = edits.place(design, "relay", "relay", (600, 120), outer)
    design, _ = edits.place(design, "relay", "other relay", (600, 320), outer)
    design, _ = edits.place(design, "web-proxy", "way out", (600, 450), outer)
    design, _ = edits.place(design, "siem", "log", (1100, 120))
    design, _ = edits.add_note(design, "inside", (40, 380, 120, 40))
    design, _ = edits.add_note(design, "outside", (1100, 400, 160, 80))
    design = edits.assign(design, "web", "relay", (relay,))
    window.document.open(design)


def some_edits(window: Window, rng: random.Random) -> dict[str, Callable[[Design], Design]]:
    """One edit of each kind, on things and with values picked by `rng`; some of them are refused."""
    document = window.document
    design, catalog = document.edited, document.catalog
    one = rng.choice([*design.component_by_id] or ["nothing"])
    zone = rng.choice([*design.zone_by_id] or ["nothing"])
    other = rng.choice([None, *design.zone_by_id])
    note = rng.choice([each.id for each in design.notes] or ["nothing"])
    thing = rng.choice((one, zone))
    x, y = rng.randrange(-500, 2000, 10), rng.randrange(-500, 2000, 10)
    number = rng.randint(1, 9999)
    kind, feature = rng.choice(catalog.kinds).id, rng.choice(catalog.features).id
    setting = rng.choice(catalog.settings)
    value = rng.choice((None, *(each.id for each in setting.choices)))
    on = rng.choice((None, True, False))
    relays = [each.id for each in design.components_by_kind.get("relay", ())]
    proxies = [each.id for each in design.components_by_kind.get("web-proxy", ())]
    ties = rng.choice((None, (), tuple(relays[:1])))
    traffic = rng.choice(catalog.traffic_classes).id
    pair = rng.choice(sorted(window.scene.wires.pairs) or [("nothing", "nowhere")])
    course = Course(source=pair[0], target=pair[1], axis=rng.choice(("x", "y")), places=(x, y, number % 900))
    cards = dict(window.scene.cards)
    return {
        "place": lambda d: edits.place(d, kind, f"new {number}", (x, y), other)[0],
        "zone": lambda d: edits.add_zone(d, f"zone {number}", "subnet", (x, y, 300, 200), other)[0],
        "note": lambda d: edits.add_note(d, f"memo {number}", (x, y, 100, 50))[0],
        "note text": lambda d: edits.change_note(d, note, text=f"文 {number}\nline"),
        "remove": lambda d: edits.delete(d, (thing,)),
        "move": lambda d: edits.move(d, {one: (x, y)}),
        "zone in": lambda d: edits.move(d, {}, {one: zone}),
        "zone out": lambda d: edits.move(d, {}, {one: None}),
        "move zone": lambda d: edits.move_zone(d, zone, x // 10, y // 10),
        "nest": lambda d: edits.change_zone(d, zone, parent=other),
        "reframe": lambda d: edits.reframe(d, zone, (x, y, 100 + number % 900, 200)),
        "rename": lambda d: locks.renamed(d, thing, f"名前 {number}"),
        "count": lambda d: edits.change_component(d, one, count=number),
        "feature": lambda d: edits.set_feature(d, feature, on),
        "own feature": lambda d: edits.set_feature(d, feature, on, one),
        "setting": lambda d: edits.set_setting(d, setting.id, value),
        "own setting": lambda d: edits.set_setting(d, setting.id, value, one),
        "port": lambda d: edits.set_port(d, one, 443, number),
        "proxy": lambda d: edits.set_proxy(d, one, traffic, rng.choice((None, *proxies))),
        "tie": lambda d: edits.assign(d, one, "relay", ties),
        "bend": lambda d: bending.lay(d, course, cards),
    }
