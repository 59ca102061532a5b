"""A new revision of a catalog: which entries changed, and what that does to a design."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from model.catalog.catalog import Catalog
from model.catalog.rules import Feature, Kind, Rule, Setting
from model.derivation.comparison import Comparison, compare
from model.derivation.derive import derive
from model.design.design import Design
from model.frozen import Frozen


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry of a catalog that came, went or changed; `what` names the fields that differ."""

    part: Literal["rule", "feature", "setting", "kind", "term"]
    id: str
    status: Literal["added", "removed", "changed"]
    what: tuple[str, ...] = ()


def revised(old: Catalog, new: Catalog) -> tuple[EntryChange, ...]:
    """Everything that flows come from and that differs between two catalogs, rules first, in catalog order."""
    return (
        *_differing("rule", old.rules, new.rules),
        *_differing("feature", old.features, new.features),
        *_differing("setting", old.settings, new.settings),
        *_differing("kind", old.kinds, new.kinds),
        *_terms(old, new),
    )


def impact(design: Design, old: Catalog, new: Catalog) -> Comparison:
    """The flows that come, go and change in a design when the new catalog takes the place of the old one."""
    return compare(derive(design, old), derive(design, new))


def _differing(
    part: Literal["rule", "feature", "setting", "kind"],
    old: Sequence[Rule] | Sequence[Feature] | Sequence[Setting] | Sequence[Kind],
    new: Sequence[Rule] | Sequence[Feature] | Sequence[Setting] | Sequence[Kind],
) -> Iterator[EntryChange]:
    earlier: dict[str, Frozen] = {each.id: each for each in old}
    later: dict[str, Frozen] = {each.id: each for each in new}
    for name in dict.fromkeys((*earlier, *later)):
        before, after = earlier.get(name), later.get(name)
        if before is None or after is None:
            yield EntryChange(part, name, "added" if before is None else "removed")
        elif before != after:
            fields = type(after).model_fields
            what = tuple(field for field in fields if getattr(before, field) != getattr(after, field))
            yield EntryChange(part, name, "changed", what)


def _terms(old: Catalog, new: Catalog) -> Iterator[EntryChange]:
    for name in dict.fromkeys((*old.terms, *new.terms)):
        if name not in old.terms or name not in new.terms:
            yield EntryChange("term", name, "added" if name not in old.terms else "removed")
        elif old.terms[name] != new.terms[name]:
            yield EntryChange("term", name, "changed")
