"""The what-if changes pending over a design: as few as say what differs from it."""

from __future__ import annotations

from collections.abc import Iterable

from model.catalog import Catalog
from model.design import AnyChange, Change, Design
from model.effective import effective_feature, effective_setting
from model.errors import ChangeError
from model.scenario import apply_changes
from model.whatif.overlay import subject_of


def kept(changes: tuple[AnyChange, ...], design: Design, catalog: Catalog) -> tuple[AnyChange, ...]:
    """The changes that can still be made to an edited design and still change something."""
    left: tuple[AnyChange, ...] = ()
    after = design
    for change in changes:
        try:
            after = apply_changes(after, catalog, (change,))
        except ChangeError:
            continue
        left = (*left, change)
    return tuple(
        change
        for number, change in enumerate(left)
        if _matters(change, left[:number] + left[number + 1 :], design, catalog)
    )


def toggled(
    changes: tuple[AnyChange, ...],
    design: Design,
    catalog: Catalog,
    new: Iterable[AnyChange],
) -> tuple[AnyChange, ...]:
    """The changes with new ones in place of earlier ones on the same subject, without those that change nothing."""
    result = changes
    for change in new:
        rest = tuple(each for each in result if subject_of(each) != subject_of(change))
        result = (*rest, change) if _matters(change, rest, design, catalog) else rest
    return result


def _matters(change: AnyChange, others: tuple[AnyChange, ...], design: Design, catalog: Catalog) -> bool:
    """Whether a change makes a value in force, or anything else, differ from what it is without it."""
    try:
        before = apply_changes(design, catalog, others)
        after = apply_changes(before, catalog, (change,))
    except ChangeError:
        return True  # the others rest on it, such as on a component it adds
    if isinstance(change, Change):
        return _value(change, before, catalog) != _value(change, after, catalog)
    return before != after


def _value(change: Change, design: Design, catalog: Catalog) -> bool | str:
    component = design.component_by_id[change.component] if change.component else None
    if change.feature is not None:
        return effective_feature(design, component, catalog.feature_by_id[change.feature]).value
    return effective_setting(design, component, catalog.setting_by_id[change.setting or ""]).value
