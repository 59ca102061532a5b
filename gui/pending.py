"""The what-if changes pending over a design: as few as say what differs from it."""

from __future__ import annotations

from collections.abc import Iterable

from model.catalog import Catalog
from model.design import Change, Design
from model.effective import effective_feature, effective_setting
from model.scenario import apply_changes


def kept(changes: tuple[Change, ...], design: Design, catalog: Catalog) -> tuple[Change, ...]:
    """The changes that still have a subject in an edited design and still change something."""
    left = tuple(
        change
        for change in changes
        if change.component is None
        or (
            change.component in design.component_by_id
            and design.component_by_id[change.component].kind in _kinds(change, catalog)
        )
    )
    return tuple(
        change
        for number, change in enumerate(left)
        if _matters(change, left[:number] + left[number + 1 :], design, catalog)
    )


def toggled(
    changes: tuple[Change, ...],
    design: Design,
    catalog: Catalog,
    new: Iterable[Change],
) -> tuple[Change, ...]:
    """The changes with new ones in place of earlier ones on the same subject, without those that change nothing."""
    result = changes
    for change in new:
        rest = tuple(each for each in result if _subject(each) != _subject(change))
        result = (*rest, change) if _matters(change, rest, design, catalog) else rest
    return result


def _subject(change: Change) -> tuple[str | None, str | None, str | None]:
    return change.feature, change.setting, change.component


def _kinds(change: Change, catalog: Catalog) -> tuple[str, ...]:
    if change.feature is not None:
        return catalog.feature_by_id[change.feature].kinds
    return catalog.setting_by_id[change.setting or ""].kinds


def _matters(change: Change, others: tuple[Change, ...], design: Design, catalog: Catalog) -> bool:
    """Whether a change makes a value in force differ from what it is without it."""
    before = apply_changes(design, catalog, others)
    after = apply_changes(before, catalog, (change,))
    return _value(change, before, catalog) != _value(change, after, catalog)


def _value(change: Change, design: Design, catalog: Catalog) -> bool | str:
    component = design.component_by_id[change.component] if change.component else None
    if change.feature is not None:
        return effective_feature(design, component, catalog.feature_by_id[change.feature]).value
    return effective_setting(design, component, catalog.setting_by_id[change.setting or ""]).value
