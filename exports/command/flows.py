"""`portchart flows`: the port matrix as text or JSON."""

from __future__ import annotations

from argparse import Namespace

from exports.command.opened import opened
from exports.command.terminal import aligned, write_bytes, write_text
from exports.plain import flows_data, json_text
from model.design.columns import Shown
from model.frozen import Bilingual
from model.tables.matrix import COLUMNS, Row, rows


def flows(arguments: Namespace) -> int:
    """Print the flows of a design; 0."""
    found = rows(opened(arguments.design).graph, scope=arguments.scope)
    if arguments.json:
        write_bytes(json_text({"flows": flows_data(found)}).encode())
    else:
        write_text(matrix_text(found, arguments.language, wide=arguments.wide))
    return 0


def matrix_text(found: tuple[Row, ...], language: Shown, *, wide: bool = False, change: bool = False) -> str:
    """Rows as an aligned table with their number below: the main columns, or all."""
    number = _counted(len(found)).text("ja" if language == "ja" else "en")
    if not found:
        return number + "\n"
    columns = [column for column in COLUMNS if wide or column.essential or (change and column.id == "change")]
    table = aligned(
        [column.title(language) for column in columns],
        [[column.cell(row, language) for column in columns] for row in found],
    )
    return f"{table}\n{number}\n"


def _counted(number: int) -> Bilingual:
    if number == 0:
        return Bilingual(en="No flows.", ja="通信はありません。")
    return Bilingual(en=f"{number} {'flow' if number == 1 else 'flows'}.", ja=f"通信 {number} 件。")
