"""What a what-if means beyond its flows: by zones and firewalls, in findings, and what stays at services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exports.changes import effects_data, residue_data
from exports.plain import Data
from exports.tables import SEVERITY_NAMES
from model.derivation.basis import in_order
from model.derivation.graph import FlowGraph
from model.design.columns import COMMA, listed, same, with_note
from model.design.zoning import zone_names
from model.findings import Finding
from model.frozen import Bilingual, Language
from model.tables.wording import shortened, worded
from model.whatif.board import Counts
from model.whatif.effects import effects
from model.whatif.residue import Residue, alike

_STAYS = (
    "{setting}: {server}. These names stay on the {service}:",
    "{setting}: {server}。{service} に残る名前:",
)
_NOTHING_STAYS = (
    "{setting}: {server}. Nothing stays on the {service}.",
    "{setting}: {server}。{service} に残るものはありません。",
)
BY_ZONES = Bilingual(en="By zones:", ja="ゾーン別:")
BY_FIREWALLS = Bilingual(en="By firewalls:", ja="ファイアウォール別:")
NEW = Bilingual(en="New findings:", ja="新しい確認事項:")
SOLVED = Bilingual(en="Findings solved:", ja="解消される確認事項:")


def consequence_data(before: FlowGraph, after: FlowGraph) -> Data:
    """The consequences as data."""
    left = [residue_data(each) for several in alike(after, before) for each in several]
    return effects_data(effects(before, after)) | {"residue": left}


def consequence_lines(before: FlowGraph, after: FlowGraph, language: Language) -> Iterator[str]:
    """The consequences as lines, each part after an empty one; nothing where there are none."""
    found = effects(before, after)
    names = zone_names(before.design) | zone_names(after.design)
    if found.zones:
        yield from ("", BY_ZONES.text(language))
        for (source, destination), counts in found.zones.items():
            yield f"  {_counted(counts)}  {names[source].text(language)} → {names[destination].text(language)}"
    if found.firewalls:
        yield from ("", BY_FIREWALLS.text(language))
        yield from (f"  {_counted(counts)}  {device}" for device, counts in found.firewalls.items())
    for heading, several in ((NEW, found.new), (SOLVED, found.solved)):
        if several:
            yield from ("", heading.text(language))
            yield from (f"  {_finding(each, language)}" for each in several)
    yield from _residue_lines(after, alike(after, before), language)


def _counted(counts: Counts) -> str:
    return f"+{counts.added} −{counts.removed} ~{counts.changed}"


def _finding(found: Finding, language: Language) -> str:
    return f"{SEVERITY_NAMES[found.severity].text(language)}: {found.message.text(language)}"


def _residue_lines(graph: FlowGraph, left: Sequence[Sequence[Residue]], language: Language) -> Iterator[str]:
    """What stays on a service although a server took over, and what keeps it there; the same things together."""
    catalog = graph.catalog
    for several in left:
        first = several[0]
        users = [graph.component(name).name for each in several for name in each.components]
        yield ""
        yield worded(
            *(_STAYS if first.stays else _NOTHING_STAYS),
            setting=catalog.setting_by_id[first.setting].name,
            server=with_note(catalog.kind_by_id[first.server].name, shortened(users)),
            service=catalog.kind_by_id[first.service].name,
        ).text(language)
        for names in zip(*(each.stays for each in several), strict=True):
            features = [catalog.feature_by_id[name].name.text(language) for name in names[0].features]
            rules = in_order(catalog, (rule for each in names for rule in each.rules))
            keeping = listed([same(each) for each in (*features, *rules)], COMMA)
            name = Bilingual(en=f"{names[0].fqdn} ", ja=names[0].fqdn)
            yield f"  {with_note(name, keeping).text(language)}"
