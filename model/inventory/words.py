"""A plan of an inventory in words, the same for a terminal and a window."""

from __future__ import annotations

from collections.abc import Callable

from model.catalog.catalog import Catalog
from model.design.columns import Column
from model.design.design import Design
from model.frozen import Bilingual, Language
from model.inventory.planning import Fate, Plan, Step
from model.inventory.rows import Inventory, Refusal, row_list

Told = Step | Refusal
"""What becomes of some rows of an inventory."""

FATES: dict[Fate, Bilingual] = {
    "added": Bilingual(en="New", ja="追加"),
    "updated": Bilingual(en="Changed", ja="変更"),
    "unchanged": Bilingual(en="Unchanged", ja="変更なし"),
}
REFUSED = Bilingual(en="✕ Refused", ja="✕ 取り込み不可")
_FIELDS = {
    "kind": Bilingual(en="kind", ja="種類"),
    "zone": Bilingual(en="zone", ja="ゾーン"),
    "count": Bilingual(en="hosts", ja="台数"),
    "addresses": Bilingual(en="addresses", ja="アドレス"),
    "version": Bilingual(en="agent version", ja="エージェントのバージョン"),
}
_NONE = Bilingual(en="(none)", ja="（なし）")
_NEW_ZONE = Bilingual(en="{name} (new)", ja="{name}（新規）")
_FOLDED = Bilingual(en="one group of {hosts}", ja="{hosts} を 1 グループに集約")
_SUMMARY = Bilingual(
    en="New: {added:,}. Changed: {updated:,}. Unchanged: {unchanged:,}.",
    ja="追加 {added:,} 件、変更 {updated:,} 件、変更なし {unchanged:,} 件。",
)
_ROWS_REFUSED = Bilingual(en="Rows refused: {count:,}.", ja="取り込めない行 {count:,} 行。")
_NEW_ZONES = Bilingual(en="New zones: {names}.", ja="新しいゾーン: {names}。")
_IGNORED = Bilingual(en="Columns not used: {names}.", ja="使わない列: {names}。")
_SHOWN = 3
"""How many addresses or hosts are told before the rest is only counted."""


def several(items: tuple[str, ...], language: Language) -> str:
    """The first few of some texts, and how many there are beyond."""
    more = len(items) - _SHOWN
    told = [*items[:_SHOWN]] if more > 1 else [*items]
    if more > 1:
        told.append(f"ほか {more:,} 件" if language == "ja" else f"{more:,} more")
    return ("、" if language == "ja" else ", ").join(told)


def columns(design: Design, catalog: Catalog, inventory: Inventory) -> tuple[Column[Told], ...]:
    """The columns of a table of what becomes of the rows."""

    def details(row: Told, language: Language) -> str:
        if isinstance(row, Refusal):
            return inventory.sentence(row, language)
        return _details(row, design, catalog, language)

    def of_step(say: Callable[[Step, Language], str]) -> Callable[[Told, Language], str]:
        return lambda row, language: say(row, language) if isinstance(row, Step) else ""

    return (
        _column("what", "What happens", "処理", 14, lambda row, language: _fate(row).text(language)),
        _column("rows", "Rows", "行", 10, lambda row, language: row_list(row.rows, language)),
        _column("name", "Name", "名前", 20, of_step(lambda step, language: step.name)),
        _column(
            "kind",
            "Kind",
            "種類",
            20,
            of_step(lambda step, language: _said("kind", step.kind, design, catalog, language)),
        ),
        _column(
            "zone",
            "Zone",
            "ゾーン",
            20,
            of_step(lambda step, language: _said("zone", step.zone, design, catalog, language)),
        ),
        _column("hosts", "Hosts", "台数", 8, of_step(lambda step, language: f"{step.count:,}")),
        _column("details", "Details", "内容", 60, details),
    )


def _column(name: str, en: str, ja: str, width: int, say: Callable[[Told, Language], str]) -> Column[Told]:
    def value(row: Told) -> Bilingual:
        return Bilingual(en=say(row, "en"), ja=say(row, "ja"))

    return Column(name, Bilingual(en=en, ja=ja), value, width)


def _fate(row: Told) -> Bilingual:
    return FATES[row.fate] if isinstance(row, Step) else REFUSED


def _details(step: Step, design: Design, catalog: Catalog, language: Language) -> str:
    parts: list[str] = []
    if step.component is None:
        parts += [each for each in (several(step.addresses, language), step.version) if each]
    for field, before, after in step.changes:
        was, now = (_said(field, value, design, catalog, language) for value in (before, after))
        parts.append(f"{_FIELDS[field].text(language)}: {was} → {now}")
    if len(step.rows) > 1:
        parts.append(_FOLDED.text(language).format(hosts=several(step.hosts, language)))
    return ("、" if language == "ja" else "; ").join(parts)


def _said(field: str, value: str, design: Design, catalog: Catalog, language: Language) -> str:
    """A value of a field as people call it."""
    if not value:
        return _NONE.text(language)
    if field == "addresses":
        return several(tuple(value.split(", ")), language)
    if field == "kind" and value in catalog.kind_by_id:
        return catalog.kind_by_id[value].name.text(language)
    if field == "zone":
        there = design.zone_by_id.get(value)
        return there.name if there is not None else _NEW_ZONE.text(language).format(name=value)
    return value


def summary(plan: Plan, inventory: Inventory, language: Language) -> str:
    """How much is placed, changed, as it was and refused; new zones, and columns that are not used."""
    refused = sum(len(each.rows) for each in plan.refused)
    told = [
        _SUMMARY.text(language).format(
            added=plan.count("added"), updated=plan.count("updated"), unchanged=plan.count("unchanged")
        )
    ]
    if refused:
        told.append(_ROWS_REFUSED.text(language).format(count=refused))
    if plan.zones:
        told.append(_NEW_ZONES.text(language).format(names=several(plan.zones, language)))
    if inventory.ignored:
        told.append(_IGNORED.text(language).format(names=several(inventory.ignored, language)))
    return ("" if language == "ja" else " ").join(told)
