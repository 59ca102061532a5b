"""What differs between two designs, in words: choices, components, addresses, zones and firewalls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model.catalog.catalog import Catalog
from model.design.changes import Removal
from model.design.columns import COMMA, listed, same, with_note
from model.design.design import Design
from model.design.elements import Zone
from model.design.zoning import zone_names
from model.frozen import Bilingual
from model.sentences import closed
from model.whatif.between import changes_between
from model.whatif.words import change_text, changes_texts


def differences_in_words(catalog: Catalog, before: Design, after: Design) -> tuple[Bilingual, ...]:
    """What was done to one design to make another of it, as far as flows and permits can depend on it.

    Looks and what people write beside a design are left out: places on the canvas, notes, the document, records.
    """
    changes = changes_between(before, after)
    return (
        *changes_texts(catalog, after, [each for each in changes if not isinstance(each, Removal)]),
        *(change_text(catalog, before, each) for each in changes if isinstance(each, Removal)),
        *_components(before, after),
        *_zones(before, after),
    )


def _components(before: Design, after: Design) -> Iterator[Bilingual]:
    """What scenarios cannot change of a component that both have."""
    earlier, later = zone_names(before), zone_names(after)
    for each in after.components:
        was = before.component_by_id.get(each.id)
        if was is None or was is each:
            continue
        where = same(each.name)
        if was.name != each.name:
            yield _from_to(NAME, [same(was.name)], [where])
        if was.addresses != each.addresses:
            yield with_note(_from_to(ADDRESSES, _same(was.addresses), _same(each.addresses)), where)
        if was.fqdn != each.fqdn:
            yield with_note(_from_to(FQDN, _same([was.fqdn or ""]), _same([each.fqdn or ""])), where)
        if was.zone != each.zone:
            yield with_note(_from_to(ZONE, [earlier[was.zone]], [later[each.zone]]), where)


def _zones(before: Design, after: Design) -> Iterator[Bilingual]:
    earlier, later = zone_names(before), zone_names(after)
    for zone in after.zones:
        was = before.zone_by_id.get(zone.id)
        name = later[zone.id]
        if was is None:
            yield Bilingual(en=f"add zone {name.en}", ja=closed("ゾーン ", name.ja, " を追加"))
            continue
        if _parent(was, earlier) != _parent(zone, later):
            yield with_note(_from_to(INSIDE, [_parent(was, earlier)], [_parent(zone, later)]), name)
        if was.firewall != zone.firewall:
            yield with_note(_from_to(FIREWALL, _same([was.firewall]), _same([zone.firewall])), name)
    for zone in before.zones:
        if zone.id not in after.zone_by_id:
            name = earlier[zone.id]
            yield Bilingual(en=f"remove zone {name.en}", ja=closed("ゾーン ", name.ja, " を削除"))


NAME = Bilingual(en="name", ja="名前")
ADDRESSES = Bilingual(en="IP address", ja="IPアドレス")
FQDN = Bilingual(en="FQDN", ja="FQDN")
ZONE = Bilingual(en="zone", ja="ゾーン")
INSIDE = Bilingual(en="zone around", ja="上位のゾーン")
FIREWALL = Bilingual(en="firewall", ja="ファイアウォール")


def _parent(zone: Zone, names: dict[str | None, Bilingual]) -> Bilingual:
    return names[zone.parent]


def _same(texts: Sequence[str]) -> list[Bilingual]:
    return [same(text) for text in texts if text]


def _from_to(what: Bilingual, old: list[Bilingual], new: list[Bilingual]) -> Bilingual:
    one, other = (listed(texts, COMMA) if texts else same("—") for texts in (old, new))
    return Bilingual(en=f"{what.en} {one.en} → {other.en}", ja=f"{what.ja} {one.ja} → {other.ja}")
