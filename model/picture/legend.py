"""The legend of a picture, made from what it shows: never a line that is not there."""

from __future__ import annotations

from collections.abc import Sequence

from model.catalog.catalog import Catalog
from model.frozen import Bilingual
from model.picture.connectors import Link
from model.shapes.theme import LineStyle, Theme

CHANGES = {
    "added": Bilingual(en="added", ja="追加"),
    "removed": Bilingual(en="removed", ja="廃止"),
    "changed": Bilingual(en="changed", ja="変更"),
}


def line_entries(drawn: Sequence[Link], catalog: Catalog, theme: Theme) -> list[tuple[Bilingual, LineStyle]]:
    """The purposes and changes among connectors, each with its line; purposes in catalog order, then changes."""
    used = {flow.basis.purpose for link in drawn for flow in link.flows if link.status == "unchanged"}
    found = [(purpose.name, theme.purpose(purpose.id)) for purpose in catalog.purposes if purpose.id in used]
    states = {link.status for link in drawn}
    for status, name in CHANGES.items():
        if status in states:
            change = theme.changes[status]
            text = Bilingual(en=f"{change.mark} {name.en}", ja=f"{change.mark} {name.ja}")
            found.append((text, LineStyle(colour=change.colour, width=change.width, dash=change.dash)))
    return found
