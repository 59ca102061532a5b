"""Changes in words, as short phrases in English and Japanese."""

from __future__ import annotations

from model.catalog import Catalog
from model.design import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    Design,
    PortChange,
    ProxyChange,
    Removal,
    ServersChange,
)
from model.frozen import Bilingual

_SWITCHED = {
    True: Bilingual(en="on", ja="有効"),
    False: Bilingual(en="off", ja="無効"),
    None: Bilingual(en="inherited", ja="継承"),
}
_WHOLE = Bilingual(en="whole design", ja="設計全体")


def change_text(catalog: Catalog, design: Design, change: AnyChange) -> Bilingual:
    """A change as a phrase: "Web reputation on (web-tier)". What the catalog lacks is called by its id."""
    match change:
        case Change(feature=str(name)):
            feature = catalog.feature_by_id.get(name)
            value = _SWITCHED[change.value if isinstance(change.value, bool) else None]
            said = _of(feature.name if feature else _same(name), value)
        case Change():
            said = _setting(catalog, change)
        case PortChange():
            said = _of(
                Bilingual(en=f"port {change.port}", ja=f"ポート {change.port}"),
                _same(str(change.value or change.port)),
                "→",
            )
        case ProxyChange():
            traffic = {each.id: each.name for each in catalog.traffic_classes}.get(change.traffic)
            direct = Bilingual(en="directly", ja="直接接続")
            through = direct if change.value is None else _through(_name(design, change.value))
            said = _of(traffic or _same(change.traffic), through)
        case ServersChange():
            said = _servers(catalog, design, change)
        case CountChange():
            said = Bilingual(en=f"{change.count} hosts", ja=f"{change.count} 台")
        case Addition():
            kind = catalog.kind_by_id.get(change.add.kind)
            return _of(
                Bilingual(en="add", ja="追加"),
                kind.name if kind else _same(change.add.kind),
                "",
                change.add.name,
            )
        case Removal():
            return Bilingual(
                en=f"remove {_name(design, change.remove)}", ja=f"{_name(design, change.remove)} を削除"
            )
    place = _WHOLE if change.component is None else _same(_name(design, change.component))
    return Bilingual(en=f"{said.en} ({place.en})", ja=f"{said.ja}({place.ja})")


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
    return Bilingual(en=f"through {proxy}", ja=f"{proxy} 経由")


def _same(text: str) -> Bilingual:
    return Bilingual(en=text, ja=text)


def _of(what: Bilingual, value: Bilingual, between: str = "", name: str = "") -> Bilingual:
    gap = f"{between} " if between in ("", ":") else f" {between} "
    tail = f" {name}" if name else ""
    return Bilingual(en=f"{what.en}{gap}{value.en}{tail}", ja=f"{what.ja}{gap}{value.ja}{tail}")
