"""What holds for a component: its own choice, else the design's, else the catalog's default.

And which components serve it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Literal, NamedTuple, TypeVar

from model.catalog.catalog import Catalog
from model.catalog.condition import Subject
from model.catalog.rules import Feature, Setting
from model.design.design import Design
from model.design.elements import Component

Origin = Literal["component", "design", "catalog"]
Value = TypeVar("Value", bool, str)


class Effective(NamedTuple, Generic[Value]):
    """A value in force and where it was decided."""

    value: Value
    origin: Origin


def effective_feature(design: Design, component: Component | None, feature: Feature) -> Effective[bool]:
    """Whether a feature is on for a component (None: for the design as a whole), and who says so.

    Features of scope "design" cannot be overridden at a component.
    """
    if component is not None and feature.scope == "policy" and feature.id in component.features:
        return Effective(component.features[feature.id], "component")
    if feature.id in design.features:
        return Effective(design.features[feature.id], "design")
    return Effective(feature.default, "catalog")


def effective_setting(design: Design, component: Component | None, setting: Setting) -> Effective[str]:
    """The value of a setting for a component (None: for the design as a whole), and who says so.

    A value the catalog does not know decides nothing: it is reported, never followed.
    """
    own = component.settings.get(setting.id) if component is not None else None
    if own is not None and setting.accepts(own):
        return Effective(own, "component")
    shared = design.settings.get(setting.id)
    if shared is not None and setting.accepts(shared):
        return Effective(shared, "design")
    return Effective(setting.default, "catalog")


def features_on(design: Design, catalog: Catalog, component: Component) -> frozenset[str]:
    """The features that are on for a component, among those its kind has."""
    own, shared = component.features, design.features
    # As `effective_feature`, without an object for every answer: this is asked for every component at every change.
    return frozenset(
        feature.id
        for feature in catalog.features_of(component.kind)
        if (
            own[feature.id]
            if feature.scope == "policy" and feature.id in own
            else shared.get(feature.id, feature.default)
        )
    )


def servers(design: Design, component: Component, kind: str) -> tuple[Component, ...]:
    """The components of a kind that serve a component (D2): all, these, or none; never itself; in design order."""
    candidates = design.components_by_kind.get(kind, ())
    assignment = design.assignments_of.get(component.id, {}).get(kind)
    if assignment is None:
        return tuple(other for other in candidates if other.id != component.id)
    chosen = frozenset(assignment.chosen)
    return tuple(other for other in candidates if other.id in chosen and other.id != component.id)


def bare_subject(design: Design, catalog: Catalog, kind: str, reaches: frozenset[str]) -> Subject:
    """What conditions may ask of a component of a kind that chooses nothing itself and is served by some kinds."""
    shared = design.features
    return Subject(
        kind,
        frozenset(each.id for each in catalog.features_of(kind) if shared.get(each.id, each.default)),
        {
            each.id: effective_setting(design, None, each).value
            if each.id in design.settings
            else each.default
            for each in catalog.settings_of(kind)
        },
        reaches,
    )


def own_subject(
    bare: Subject, catalog: Catalog, component: Component, ties: Mapping[str, tuple[str, ...]]
) -> Subject:
    """What conditions may ask of a component: as one that chooses nothing itself, save for its own choices."""
    if not (component.features or component.settings or ties):
        return bare
    own: dict[bool, set[str]] = {False: set(), True: set()}
    for name, value in component.features.items():
        feature = catalog.feature_by_id.get(name)
        if feature is not None and feature.scope == "policy" and bare.kind in feature.kinds:
            own[value].add(name)
    settings = {
        name: value
        for name, value in component.settings.items()
        if name in bare.settings and catalog.setting_by_id[name].accepts(value)
    }
    return Subject(
        bare.kind,
        (bare.features | own[True]) - own[False] if component.features else bare.features,
        {**bare.settings, **settings} if settings else bare.settings,
        bare.reaches - {kind for kind, targets in ties.items() if not targets},
    )
