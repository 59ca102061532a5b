"""Which component of a design each row of an inventory is about, by name, kind and zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from model.catalog.catalog import Catalog
from model.catalog.condition import AGENT_VERSION
from model.derivation.effective import effective_setting
from model.design.design import Design
from model.design.elements import Component
from model.frozen import Bilingual
from model.inventory.rows import Entry, Refusal, same_text, stem


@dataclass(frozen=True, slots=True)
class Located:
    """A row with its zone: the id of one, the name of a new one as it was first written, or "" where it says none."""

    entry: Entry
    zone: str

    def fits_kind(self, component: Component) -> bool:
        """Whether the row says nothing else of the kind."""
        return self.entry.kind in ("", component.kind)

    def fits_zone(self, component: Component) -> bool:
        """Whether the row says nothing else of the zone."""
        return self.zone in ("", component.zone or "")


class Known:
    """A design as rows are compared with it."""

    def __init__(self, design: Design, catalog: Catalog) -> None:
        self.design, self._setting = design, catalog.setting_by_id.get(AGENT_VERSION)
        self._by_name: dict[str, list[Component]] = {}
        for component in design.components:
            self._by_name.setdefault(same_text(component.name), []).append(component)
        self._zones: dict[str, list[str]] = {}
        for zone in design.zones:
            for text in {same_text(zone.name), same_text(zone.id)}:
                self._zones.setdefault(text, []).append(zone.id)
        self._new_zones: dict[str, str] = {}

    def called(self, name: str) -> Sequence[Component]:
        """The components of a name."""
        return self._by_name.get(same_text(name), ())

    def zones_called(self, name: str) -> Sequence[str]:
        """The ids of zones with a name or an id; the name itself where it is that of a new zone."""
        text = same_text(name)
        return self._zones.get(text) or (self._new_zones.setdefault(text, name),)

    def has_version(self, kind: str) -> bool:
        """Whether components of a kind have an agent version."""
        return self._setting is not None and kind in self._setting.kinds

    def version(self, component: Component) -> str:
        """The agent version in force for a component; "" where its kind has none."""
        return self._in_force(component.kind, component)

    def usual_version(self, kind: str) -> str:
        """The agent version in force where a component of a kind says none; "" where the kind has none."""
        return self._in_force(kind, None)

    def _in_force(self, kind: str, component: Component | None) -> str:
        if self._setting is None or kind not in self._setting.kinds:
            return ""
        return effective_setting(self.design, component, self._setting).value


def located(known: Known, entries: Iterable[Entry]) -> tuple[list[Located], list[Refusal]]:
    """The rows with their zones, without those whose zone could be several and those that repeat another row."""
    found: list[Located] = []
    refused: list[Refusal] = []
    seen: dict[tuple[str, str, str], int] = {}
    for entry in entries:
        zones = known.zones_called(entry.zone) if entry.zone else ("",)
        first = seen.setdefault((same_text(entry.name), entry.kind, zones[0]), entry.row)
        if len(zones) > 1:
            ids = ", ".join(zones)
            reason = Bilingual(
                en=f"{len(zones)} zones are called so; write the id of one: {ids}",
                ja=f"この名前のゾーンが {len(zones)} つあります。ID で指定してください: {ids}",
            )
            refused.append(Refusal((entry.row,), "zone", reason))
        elif first != entry.row:
            reason = Bilingual(
                en=f"row {first} describes the same host already; keep one, with all its addresses in one cell",
                ja=f"{first} 行目と同じ機器です。1 行にまとめ、アドレスは 1 つのセルに並べてください。",
            )
            refused.append(Refusal((entry.row,), "name", reason))
        else:
            found.append(Located(entry, zones[0]))
    return found, refused


def meant(known: Known, rows: Sequence[Located]) -> tuple[dict[int, Component], list[Refusal]]:
    """The component that rows are about by its very name, by row number; rows that could be about several are refused.

    A row first means the component that is just as it says, then one of which it does not say all; a component that no
    row means so has moved to another zone, or become another kind, where one row alone says so.
    """
    found: dict[int, Component] = {}
    refused: list[Refusal] = []
    parted = _parted(known, rows)
    nearer: tuple[Callable[[Located, Component], bool], ...] = (
        lambda row, each: row.entry.kind == each.kind and row.zone == (each.zone or ""),
        lambda row, each: row.fits_kind(each) and row.fits_zone(each),
        lambda row, each: row.fits_kind(each) or row.fits_zone(each),
    )
    left = [row for row in rows if known.called(row.entry.name)]
    for number, near in enumerate(nearer):
        claimed = {each.id for each in found.values()}
        claims: dict[str, list[Located]] = {}
        for row in left:
            fit = [each for each in known.called(row.entry.name) if near(row, each)]
            may = [each for each in fit if each.id not in claimed]
            if (
                not may and number == 1 and not row.entry.kind
            ):  # nothing new: it repeats what another row says
                may = fit[:1]
            if len(may) == 1 and not _in_another_version(known, row, may[0], parted):
                claims.setdefault(may[0].id, []).append(row)
            elif len(may) > 1 and number == 1:
                refused.append(Refusal((row.entry.row,), "name", _several(may)))
        for name, several in claims.items():
            if number < 2 or len(several) == 1:
                found |= {row.entry.row: known.design.component_by_id[name] for row in several}
        done = {*found, *(row for refusal in refused for row in refusal.rows)}
        left = [row for row in left if row.entry.row not in done]
    return found, refused


def _parted(known: Known, rows: Iterable[Located]) -> frozenset[tuple[str, str]]:
    """The (stem, version) of rows whose names are numbered."""
    numbered = ((stem(row.entry.name), row.entry) for row in rows)
    return frozenset(
        (same_text(text), entry.version or known.usual_version(entry.kind))
        for text, entry in numbered
        if text != entry.name
    )


def _in_another_version(
    known: Known, row: Located, component: Component, parted: frozenset[tuple[str, str]]
) -> bool:
    """Whether a row of a group's name is another host: in another version than the group, which has rows of its own."""
    version, usual = known.version(component), known.usual_version(component.kind)
    told = row.entry.version or (usual if known.called(f"{row.entry.name} {usual}") else "")
    return (
        component.count > 1 and told not in ("", version) and (same_text(row.entry.name), version) in parted
    )


def _several(components: Sequence[Component]) -> Bilingual:
    return Bilingual(
        en=f"{len(components)} components of the design are called so; "
        "write the kind or the zone, or give each a name of its own",
        ja=f"設計にこの名前のコンポーネントが {len(components)} つあります。"
        "種類かゾーンを入力するか、名前を分けてください。",
    )
