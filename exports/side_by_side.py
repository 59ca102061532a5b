"""Designs side by side: one line per measure, for the command line and the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.tables import SEVERITY_NAMES
from model.derivation.comparison import Comparison
from model.frozen import Bilingual
from model.whatif.goals import GOALS
from model.whatif.measures import Measures

_ADDED = Bilingual(en="Flows added", ja="追加される通信")
_REMOVED = Bilingual(en="Flows removed", ja="廃止される通信")
_CHANGED = Bilingual(en="Flows changed", ja="変更される通信")
_FLOWS = Bilingual(en="Flows", ja="通信")
_OPENINGS = Bilingual(en="Openings", ja="ファイアウォール開放")
_NAMES = Bilingual(en="FQDNs", ja="FQDN")
_CLEARTEXT = Bilingual(en="Cleartext flows", ja="平文の通信")
_FINDINGS = Bilingual(en="Findings: {}", ja="確認事項: {}")
_MET = Bilingual(en="met", ja="達成")
_BROKEN = Bilingual(en="broken by {}", ja="違反 {} 件")


@dataclass(frozen=True, slots=True)
class Line:
    """One measure with its number for each design; None where there is none. `goal`: how many flows break a goal."""

    name: Bilingual
    numbers: tuple[int | None, ...]
    goal: bool = False

    def text(self, number: int | None) -> Bilingual:
        """A number of the line as it is written."""
        if number is None:
            return Bilingual(en="", ja="")
        if not self.goal:
            return Bilingual(en=f"{number:,}", ja=f"{number:,}")
        return Bilingual(en=_BROKEN.en.format(number), ja=_BROKEN.ja.format(number)) if number else _MET


def lines(measured: Sequence[Measures], compared: Sequence[Comparison | None]) -> Iterator[Line]:
    """The lines of a table; `compared` holds what differs from the first design, None for itself."""
    yield Line(_FLOWS, tuple(each.flows for each in measured))
    yield Line(_ADDED, tuple(_count(each.added if each else None) for each in compared))
    yield Line(_REMOVED, tuple(_count(each.removed if each else None) for each in compared))
    yield Line(_CHANGED, tuple(_count(each.changed if each else None) for each in compared))
    yield Line(_OPENINGS, tuple(each.openings for each in measured))
    yield Line(_NAMES, tuple(each.fqdns for each in measured))
    yield Line(_CLEARTEXT, tuple(each.cleartext for each in measured))
    for severity, name in SEVERITY_NAMES.items():
        heading = Bilingual(en=_FINDINGS.en.format(name.en), ja=_FINDINGS.ja.format(name.ja))
        yield Line(heading, tuple(each.findings[severity] for each in measured))
    for goal in GOALS:
        yield Line(goal.name, tuple(each.goals[goal.id] for each in measured), goal=True)


def _count(things: Sequence[object] | None) -> int | None:
    return len(things) if things is not None else None
