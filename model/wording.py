"""Conditions and other catalog facts in words, English and Japanese, for cells of tables."""

from __future__ import annotations

from model.catalog import Catalog
from model.columns import listed
from model.condition import (
    All,
    AnyOf,
    Condition,
    FeatureOn,
    Not,
    Reaches,
    SettingIs,
    Term,
    VersionIn,
    VersionRange,
)
from model.frozen import Bilingual

AND = Bilingual(en=" and ", ja="、かつ")
OR = Bilingual(en=" or ", ja="、または")


def in_words(condition: Condition, catalog: Catalog) -> Bilingual:
    """A condition as a clause: "Web reputation is on and a Relay is in use"."""
    match condition:
        case FeatureOn(feature=feature):
            name = catalog.feature_by_id[feature].name
            return Bilingual(en=f"{name.en} is on", ja=f"{name.ja}が有効")
        case SettingIs():
            return _setting(condition, catalog)
        case VersionIn(version=version):
            return _version(version)
        case Reaches(reaches=kind):
            name = catalog.kind_by_id[kind].name
            return Bilingual(en=f"it uses a component “{name.en}”", ja=f"{name.ja}を利用する")
        case Term(term=term):
            return catalog.term_names[term]
        case All(all=parts):
            return listed([_nested(part, catalog) for part in parts], AND)
        case AnyOf(any=parts):
            return listed([_nested(part, catalog) for part in parts], OR)
        case Not(not_=part):
            inner = in_words(part, catalog)
            return Bilingual(en=f"not ({inner.en})", ja=f"「{inner.ja}」ではない")


def _nested(condition: Condition, catalog: Catalog) -> Bilingual:
    inner = in_words(condition, catalog)
    if isinstance(condition, All | AnyOf):
        return Bilingual(en=f"({inner.en})", ja=f"({inner.ja})")
    return inner


def _setting(condition: SettingIs, catalog: Catalog) -> Bilingual:
    setting = catalog.setting_by_id[condition.setting]
    names = {choice.id: choice.name for choice in setting.choices}
    quoted = [Bilingual(en=f"“{names[value].en}”", ja=f"「{names[value].ja}」") for value in condition.is_]
    values = listed(quoted, Bilingual(en=" or ", ja="または"))
    if condition.of == "destination":
        return Bilingual(
            en=f"{setting.name.en} of the destination: {values.en}",
            ja=f"宛先の{setting.name.ja}: {values.ja}",
        )
    return Bilingual(en=f"{setting.name.en}: {values.en}", ja=f"{setting.name.ja}: {values.ja}")


def _version(version: VersionRange) -> Bilingual:
    low, high = version.at_least, version.below
    if low is not None and high is not None:
        return Bilingual(
            en=f"agent version {low} or later, below {high}",
            ja=f"エージェントのバージョンが {low} 以上 {high} 未満",
        )
    if low is not None:
        return Bilingual(en=f"agent version {low} or later", ja=f"エージェントのバージョンが {low} 以上")
    if high is not None:
        return Bilingual(en=f"agent version below {high}", ja=f"エージェントのバージョンが {high} 未満")
    return Bilingual(en="every agent version", ja="すべてのエージェントのバージョン")
