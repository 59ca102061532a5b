"""`portchart import-records`: what people wrote into an exported table, back into the design."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from exports.command.opened import opened
from exports.command.terminal import aligned, complain, write_text
from exports.incoming.edited import read_edited
from model.editing.records import apply_records, record_changes
from model.frozen import Bilingual
from model.sentences import told
from model.storage import load, save
from model.tables.columnsets import WRITTEN
from model.tables.matrix import rows

NOTHING = Bilingual(en="Nothing would change.", ja="変更はありません。")
NOT_WRITTEN = Bilingual(
    en="Nothing was written. Give --write to make these changes.",
    ja="まだ保存していません。変更するには --write を指定してください。",
)
EMPTY = Bilingual(en="(empty)", ja="（空）")


def import_records(arguments: Namespace) -> int:
    """Print what an edited table would change in a design's records, and make the changes where asked to; 0.

    Flows that the design does not have are named and left alone; so is what tests reached although it must stay closed,
    and what they tried where a flow does not go any more.
    """
    path, language = Path(arguments.design), arguments.language
    loaded = load(path)
    found = rows(opened(arguments.design).graph, scope="all")
    flows = {row.id for row in found} | set(loaded.design.records)
    edited = read_edited(Path(arguments.edited), found)
    texts = edited.texts
    for sentence in (*edited.breaches, *edited.outdated):
        complain(sentence, language)
    unknown = [name for name in texts if name not in flows]
    for name in unknown:
        complain(told("the design has no flow {name}; its row is left out.", name=name), language)
    changes = record_changes(loaded.design, {name: texts[name] for name in texts if name in flows})
    after = apply_records(loaded.design, changes)
    if not changes:
        write_text(NOTHING.text(language) + "\n")
        return 0
    names = {column.id.replace("-", "_"): column.title(language) for column in WRITTEN}
    empty = EMPTY.text(language)
    heading = {"en": ("Flow ID", "Field", "Now", "New"), "ja": ("通信ID", "項目", "現在", "変更後")}[language]
    write_text(
        aligned(
            heading,
            [(each.flow, names[each.field], each.before or empty, each.after or empty) for each in changes],
        )
    )
    if arguments.write:
        save(after, path, loaded.stamp)
        print(path, file=sys.stderr)
    else:
        print(NOT_WRITTEN.text(language), file=sys.stderr)
    return 0
