"""`portchart import-inventory`: hosts of an inventory, placed in the design or brought up to date there."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from exports.catalogs import catalog_file
from exports.command.terminal import aligned, write_bytes, write_text
from exports.incoming.inventory import read_inventory
from exports.pdf.pages.style import text_measure
from exports.pictures.diagram import theme_called
from exports.plain import Data, json_text
from model.editing import bending
from model.frozen import Bilingual
from model.inventory.planning import Plan, Step, plan
from model.inventory.rows import Inventory
from model.inventory.taking import card_sizes, take
from model.inventory.words import columns, summary
from model.picture.look import Look
from model.storage import load, save

NOT_WRITTEN = Bilingual(
    en="Nothing was written: rows were refused. Correct them, or give --skip-refused to leave them out.",
    ja="取り込めない行があるため保存していません。修正するか、--skip-refused を指定して除外してください。",
)


def import_inventory(arguments: Namespace) -> int:
    """Place and update components as an inventory says, and print what that comes to.

    0 done, or nothing to do; 1 rows are refused, and nothing is written unless they may be left out.
    """
    path, language = Path(arguments.design), arguments.language
    loaded = load(path)
    design, catalog = loaded.design, catalog_file(loaded.design.catalog.id).catalog
    inventory = read_inventory(Path(arguments.inventory), catalog)
    planned = plan(design, catalog, inventory)
    look = Look(catalog, theme_called("light"), text_measure(), language)
    after = take(design, planned, card_sizes(look)).design
    may = not planned.refused or arguments.skip_refused
    written = may and planned.does_something and not arguments.dry_run
    if written:
        save(bending.carried(design, after), path, loaded.stamp)
    if arguments.json:
        write_bytes(json_text(_data(planned, inventory, written=written)).encode())
    else:
        if planned.steps:
            told = columns(design, catalog, inventory)
            cells = [[each.cell(step, language) for each in told] for step in planned.steps]
            write_text(aligned([each.title(language) for each in told], cells))
        print(summary(planned, inventory, language), file=sys.stderr)
    for refusal in planned.refused:
        print(f"portchart: {inventory.sentence(refusal, language)}", file=sys.stderr)
    if not may:
        print(f"portchart: {NOT_WRITTEN.text(language)}", file=sys.stderr)
    if written:
        print(path, file=sys.stderr)
    return 0 if may else 1


def _data(planned: Plan, inventory: Inventory, *, written: bool) -> Data:
    return {
        "file": inventory.file,
        "written": written,
        "new_zones": list(planned.zones),
        "ignored_columns": list(inventory.ignored),
        "components": [_step_data(step) for step in planned.steps],
        "refused": [
            {
                "rows": list(each.rows),
                "column": inventory.headings.get(each.field, each.field),
                "reason": {"en": each.reason.en, "ja": each.reason.ja},
            }
            for each in planned.refused
        ],
    }


def _step_data(step: Step) -> Data:
    """One component; `null` where there is nothing to say. `zone` is an id, or the name of one of `new_zones`."""
    return {
        "result": step.fate,
        "component": step.component,
        "name": step.name,
        "kind": step.kind,
        "zone": step.zone or None,
        "count": step.count,
        "addresses": list(step.addresses),
        "version": step.version or None,
        "rows": list(step.rows),
        "changes": {field: {"before": before, "after": after} for field, before, after in step.changes},
    }
