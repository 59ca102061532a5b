"""Conditions, changes and lists of names in words, English and Japanese."""

from __future__ import annotations

from collections.abc import Sequence

from model.catalog.catalog import Catalog
from model.catalog.condition import (
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
from model.design.columns import listed, same, together
from model.frozen import Bilingual
from model.sentences import bracketed, closed, closed_template


def worded(en: str, ja: str, **values: Bilingual | str | int) -> Bilingual:
    """A text in both languages from their templates; values in two languages fill each with its own.

    Japanese keeps names off its own letters only where they end in others (see `closed_template`).
    """
    english = {name: value.en if isinstance(value, Bilingual) else value for name, value in values.items()}
    japanese = {name: value.ja if isinstance(value, Bilingual) else value for name, value in values.items()}
    return Bilingual(en=en.format(**english), ja=closed_template(ja, japanese))


AND = Bilingual(en=" and ", ja="、かつ")
OR = Bilingual(en=" or ", ja="、または")


def in_words(condition: Condition, catalog: Catalog) -> Bilingual:
    """A condition as a clause: "Web reputation is on and a Relay is in use"."""
    match condition:
        case FeatureOn(feature=feature):
            name = catalog.feature_by_id[feature].name
            return Bilingual(en=f"{name.en} is on", ja=closed(name.ja, "が有効"))
        case SettingIs():
            return _setting(condition, catalog)
        case VersionIn(version=version):
            return _version(version)
        case Reaches(reaches=kind):
            name = catalog.kind_by_id[kind].name
            return Bilingual(en=f"it uses a component “{name.en}”", ja=f"「{name.ja}」を利用する")
        case Term(term=term):
            return catalog.term_names[term]
        case All(all=parts):
            return listed([_nested(part, catalog) for part in parts], AND)
        case AnyOf(any=parts):
            return listed([_nested(part, catalog) for part in parts], OR)
        case Not(not_=FeatureOn(feature=feature)):
            name = catalog.feature_by_id[feature].name
            return Bilingual(en=f"{name.en} is off", ja=closed(name.ja, "が無効"))
        case Not(not_=Reaches(reaches=kind)):
            name = catalog.kind_by_id[kind].name
            return Bilingual(en=f"it uses no component “{name.en}”", ja=f"「{name.ja}」を利用しない")
        case Not(not_=part):
            inner = in_words(part, catalog)
            return Bilingual(en=f"not ({inner.en})", ja=f"「{inner.ja}」ではない")


def _nested(condition: Condition, catalog: Catalog) -> Bilingual:
    inner = in_words(condition, catalog)
    if isinstance(condition, All | AnyOf):
        return Bilingual(en=f"({inner.en})", ja=bracketed(inner.ja))
    return inner


def _setting(condition: SettingIs, catalog: Catalog) -> Bilingual:
    setting = catalog.setting_by_id[condition.setting]
    names = {choice.id: choice.name for choice in setting.choices}
    quoted = [Bilingual(en=f"“{names[value].en}”", ja=f"「{names[value].ja}」") for value in condition.is_]
    values = listed(quoted, Bilingual(en=" or ", ja="または"))
    if condition.of == "destination":
        return Bilingual(
            en=f"{setting.name.en} of the destination: {values.en}",
            ja=f"{setting.name.ja}（宛先側）: {values.ja}",
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


def change_in_words(
    condition: Condition, wanted: bool, catalog: Catalog, source: str, destination: str
) -> Bilingual:
    """What to do so that a condition without parts gets the value `wanted`, as a sentence with the names of both ends.

    For a condition with parts it asks for the condition itself.
    """
    match condition:
        case FeatureOn(feature=name):
            return _switch(catalog, name, wanted, source)
        case SettingIs():
            return _choose(catalog, condition, wanted, source if condition.of == "source" else destination)
        case Reaches(reaches=kind):
            server = catalog.kind_by_id[kind].name
            if wanted:
                return Bilingual(
                    en=f"Assign a component “{server.en}” to {source}.",
                    ja=closed(source, f" に「{server.ja}」を割り当てます。"),
                )
            return Bilingual(
                en=f"Let {source} use no component “{server.en}”.",
                ja=closed(source, f" で「{server.ja}」を使わない設定にします。"),
            )
        case _:
            words = in_words(condition if wanted else Not.model_validate({"not": condition}), catalog)
            return Bilingual(
                en=f"Make this hold for {source}: {words.en}.",
                ja=closed(source, f" が次を満たすようにします: {words.ja}。"),
            )


def _switch(catalog: Catalog, name: str, wanted: bool, source: str) -> Bilingual:
    feature = catalog.feature_by_id[name]
    whole = feature.scope == "design"
    return Bilingual(
        en=f"Switch {feature.name.en} {'on' if wanted else 'off'} for {'the design' if whole else source}.",
        ja=closed(
            "設計全体" if whole else source,
            " で",
            feature.name.ja,
            f"を{'有効' if wanted else '無効'}にします。",
        ),
    )


def _choose(catalog: Catalog, condition: SettingIs, wanted: bool, component: str) -> Bilingual:
    setting = catalog.setting_by_id[condition.setting]
    choice = next(
        (choice for choice in setting.choices if (choice.id in condition.is_) == wanted), setting.choices[0]
    )
    return Bilingual(
        en=f"Set “{setting.name.en}” of {component} to “{choice.name.en}”.",
        ja=closed(component, f" の「{setting.name.ja}」を「{choice.name.ja}」にします。"),
    )


NAMED = 3
"""How many names a sentence lists before it counts the rest."""


def shortened(names: Sequence[str], shown: int = NAMED) -> Bilingual:
    """The first names, and how many more there are."""
    more = len(names) - shown
    if more <= 0:
        return together([same(name) for name in names])
    en, ja = ", ".join(names[:shown]), "、".join(names[:shown])
    return Bilingual(en=f"{en} and {more} more", ja=closed(ja, f" ほか {more} 件"))
