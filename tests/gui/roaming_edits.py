"""Edits of any kind on anything of a design, for a hand that edits at random."""

from __future__ import annotations

import random
from collections.abc import Callable

from gui.window import Window
from model import bending, edits, locks
from model.course import Course
from model.design import Design


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
