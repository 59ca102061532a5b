"""Changes in words, as short phrases in English and Japanese."""

from __future__ import annotations

from collections.abc import Iterable

from model.catalog.catalog import Catalog
from model.design.changes import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    ServersChange,
)
from model.design.columns import with_note
from model.design.design import Design
from model.design.elements import Component
from model.editing.edits import change_design
from model.frozen import Bilingual
from model.sentences import closed

_SWITCHED = {
    True: Bilingual(en="on", ja="有効"),
    False: Bilingual(en="off", ja="無効"),
    None: Bilingual(en="inherited", ja="継承"),
}
_TO = "→"
_WHOLE = Bilingual(en="whole design", ja="設計全体")


def change_text(catalog: Catalog, design: Design, change: AnyChange) -> Bilingual:
    """A change as a phrase: "Web reputation on (web-tier)". What the catalog lacks is called by its id."""
    return changes_texts(catalog, design, (change,))[0]


def changes_texts(catalog: Catalog, design: Design, changes: Iterable[AnyChange]) -> tuple[Bilingual, ...]:
    """Changes as phrases, those that are alike together: "Web reputation on (web-tier, app-tier)".

    Components that one of them adds are called by their names in the others.
    """
    several = tuple(changes)
    there = design.component_by_id
    added = {change.add.id: change.add for change in several if isinstance(change, Addition)}
    known = (*design.components, *(each for name, each in added.items() if name not in there))
    named = change_design(design, components=known)
    places: dict[tuple[str, str], list[Bilingual | None]] = {}
    for change in several:
        said = _phrase(catalog, named, change)
        places.setdefault((said.en, said.ja), []).append(_place(named, change))
    return tuple(_at(Bilingual(en=en, ja=ja), found) for (en, ja), found in places.items())


def _at(said: Bilingual, places: list[Bilingual | None]) -> Bilingual:
    where = [each for each in places if each is not None]
    if not where:
        return said
    en, ja = ", ".join(each.en for each in where), "、".join(each.ja for each in where)
    return with_note(said, Bilingual(en=en, ja=ja))


def _place(design: Design, change: AnyChange) -> Bilingual | None:
    if isinstance(change, Addition | Removal):
        return None
    return _WHOLE if change.component is None else _same(_name(design, change.component))


def _phrase(catalog: Catalog, design: Design, change: AnyChange) -> Bilingual:
    """What a change does, without the place."""
    match change:
        case Change(feature=str(name)):
            feature = catalog.feature_by_id.get(name)
            value = _SWITCHED[change.value if isinstance(change.value, bool) else None]
            return _of(feature.name if feature else _same(name), value)
        case Change():
            return _setting(catalog, change)
        case PortChange(value=None):
            return Bilingual(en=f"port {change.port} as printed", ja=f"ポート {change.port}: 記載どおり")
        case PortChange():
            return _of(
                Bilingual(en=f"port {change.port}", ja=f"ポート {change.port}"),
                _same(str(change.value)),
                _TO,
            )
        case ProxyChange():
            traffic = {each.id: each.name for each in catalog.traffic_classes}.get(change.traffic)
            direct = Bilingual(en="directly", ja="直接接続")
            through = direct if change.value is None else _through(_name(design, change.value))
            return _of(traffic or _same(change.traffic), through)
        case ServersChange():
            return _servers(catalog, design, change)
        case CountChange():
            return Bilingual(en=f"{change.count} hosts", ja=f"{change.count} 台")
        case Addition():
            return _addition(catalog, change.add)
        case Removal():
            name = _name(design, change.remove)
            return Bilingual(en=f"remove {name}", ja=closed(name, " を削除"))


def _addition(catalog: Catalog, component: Component) -> Bilingual:
    """A kind that is added, with the component's name where that says more."""
    kind = catalog.kind_by_id.get(component.kind)
    what = kind.name if kind else _same(component.kind)
    if component.name in (what.en, what.ja):
        return Bilingual(en=f"add {what.en}", ja=closed(what.ja, " を追加"))
    return Bilingual(
        en=f"add {what.en} {component.name}", ja=closed(f"{what.ja} {component.name}", " を追加")
    )


def _setting(catalog: Catalog, change: Change) -> Bilingual:
    setting = catalog.setting_by_id.get(change.setting or "")
    if change.value is None:
        value = _SWITCHED[None]
    else:
        choices = {choice.id: choice.name for choice in setting.choices} if setting else {}
        value = choices.get(str(change.value), _same(str(change.value)))
    return _of(setting.name if setting else _same(change.setting or ""), value, ":")


def _servers(catalog: Catalog, design: Design, change: ServersChange) -> Bilingual:
    kind = catalog.kind_by_id.get(change.servers)
    name = kind.name if kind else _same(change.servers)
    match change.value:
        case None:
            value = Bilingual(en="all", ja="すべて")
        case "none":
            value = Bilingual(en="none", ja="なし")
        case tuple(targets):
            names = [_name(design, target) for target in targets]
            value = Bilingual(en=", ".join(names), ja="、".join(names))
    return _of(name, value, ":")


def _name(design: Design, component: str) -> str:
    known = design.component_by_id.get(component)
    return known.name if known is not None else component


def _through(proxy: str) -> Bilingual:
    return Bilingual(en=f"through {proxy}", ja=closed(proxy, " 経由"))


def _same(text: str) -> Bilingual:
    return Bilingual(en=text, ja=text)


def _of(what: Bilingual, value: Bilingual, between: str = "") -> Bilingual:
    if between == _TO:
        return Bilingual(en=f"{what.en} {_TO} {value.en}", ja=f"{what.ja} {_TO} {value.ja}")
    return Bilingual(en=f"{what.en}{between} {value.en}", ja=f"{what.ja}: {value.ja}")
