"""What one part of a condition was asked of, and found: the value that stands beside it, with who decided it."""

from __future__ import annotations

from model.catalog.condition import AGENT_VERSION, Condition, FeatureOn, Reaches, SettingIs, VersionIn
from model.derivation.effective import Origin, effective_feature, effective_setting, servers
from model.derivation.graph import FlowGraph
from model.design.elements import Component
from model.frozen import Bilingual
from model.sentences import noted
from model.tables.wording import shortened, worded

_ON = Bilingual(en="on", ja="有効")
_OFF = Bilingual(en="off", ja="無効")
_NONE = Bilingual(en="none", ja="なし")


def value_text(graph: FlowGraph, part: Condition, source: str, destination: str) -> Bilingual | None:
    """What a part without parts of its own found between two components: "on, set at web-tier".

    None for parts that have parts: their value follows from those.
    """
    first, second = graph.component(source), graph.component(destination)
    match part:
        case FeatureOn(feature=name):
            feature = graph.catalog.feature_by_id[name]
            if first.kind not in feature.kinds:
                return worded("not a feature of {name}", "{name} にはない機能", name=first.name)
            switched = effective_feature(graph.design, first, feature)
            return _decided(_ON if switched.value else _OFF, switched.origin, first)
        case SettingIs(setting=name):
            return _setting(graph, name, first if part.of == "source" else second)
        case VersionIn():
            return _setting(graph, AGENT_VERSION, first)
        case Reaches(reaches=kind):
            names = [each.name for each in servers(graph.design, first, kind)]
            return shortened(names) if names else _NONE
        case _:
            return None


def _setting(graph: FlowGraph, name: str, component: Component) -> Bilingual:
    setting = graph.catalog.setting_by_id[name]
    if component.kind not in setting.kinds:
        return worded("not a setting of {name}", "{name} にはない設定", name=component.name)
    found = effective_setting(graph.design, component, setting)
    names = {choice.id: choice.name for choice in setting.choices}
    value = names.get(found.value, Bilingual(en=found.value, ja=found.value))
    return _decided(value, found.origin, component)


def _decided(value: Bilingual, origin: Origin, component: Component) -> Bilingual:
    place = _set_at(origin, component)
    return Bilingual(en=f"{value.en}, {place.en}", ja=noted(value.ja, place.ja))


def _set_at(origin: Origin, component: Component) -> Bilingual:
    match origin:
        case "component":
            return worded("set at {name}", "{name} で設定", name=component.name)
        case "design":
            return Bilingual(en="set for the whole design", ja="設計全体の設定")
        case "catalog":
            return Bilingual(en="as usual", ja="既定値")
