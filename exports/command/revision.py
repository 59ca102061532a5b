"""`portchart catalog --against`: what another catalog file changes, by itself and in designs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from exports.catalogs import catalog_file, read_catalog
from exports.command.opened import read_design
from exports.command.terminal import write_bytes, write_text
from exports.plain import comparison_data, json_text
from model.derivation.comparison import Comparison
from model.derivation.derive import derive
from model.design.columns import same, with_note
from model.design.design import Design
from model.frozen import Bilingual, Language
from model.tables.matrix import rows
from model.whatif.revision import EntryChange, impact, revised

STATUS = {
    "added": Bilingual(en="added", ja="追加"),
    "removed": Bilingual(en="removed", ja="廃止"),
    "changed": Bilingual(en="changed", ja="変更"),
}
SAME = Bilingual(en="The rules are the same.", ja="ルールに変更はありません。")
COUNTS = Bilingual(
    en="{} added, {} removed, {} changed, {} unchanged", ja="追加 {}、廃止 {}、変更 {}、変更なし {}"
)


def against(arguments: Namespace) -> int:
    """Print what differs; 1 where something does, else 0. Raises FileError, or CatalogError for a file that is none."""
    old = catalog_file().catalog
    new = read_catalog(Path(arguments.against))
    entries = revised(old, new)
    designs = [(name, read_design(name)) for name in arguments.subjects]
    compared = [(name, design, impact(design, old, new)) for name, design in designs]
    if arguments.json:
        data = {
            "entries": [
                {"part": each.part, "id": each.id, "status": each.status, "what": list(each.what)}
                for each in entries
            ],
            "designs": [
                {"design": name, **comparison_data(rows(derive(design, new), found, scope="all"), found)}
                for name, design, found in compared
            ],
        }
        write_bytes(json_text(data).encode())
    else:
        write_text("\n".join(_lines(entries, compared, arguments.language)) + "\n")
    return 1 if entries or any(not found.same for _, _, found in compared) else 0


def _lines(
    entries: Sequence[EntryChange], compared: Sequence[tuple[str, Design, Comparison]], language: Language
) -> Iterator[str]:
    if not entries:
        yield SAME.text(language)
    for each in entries:
        status = STATUS[each.status]
        said = with_note(status, same(", ".join(each.what))) if each.what else status
        yield f"{each.part} {each.id}: {said.text(language)}"
    for name, _design, found in compared:
        counts = len(found.added), len(found.removed), len(found.changed), found.unchanged
        yield f"{name}: {COUNTS.text(language).format(*counts)}"
        for mark, flows in (("+", found.added), ("−", found.removed)):
            yield from (
                f"  {mark} {flow.source} → {flow.destination}  {flow.port}/{flow.transport}" for flow in flows
            )
        for change in found.changed:
            flow = change.after
            said = with_note(same(f"{flow.port}/{flow.transport}"), same(", ".join(change.what)))
            yield f"  ~ {flow.source} → {flow.destination}  {said.text(language)}"
