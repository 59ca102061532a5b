"""What to do at the firewalls, in order, and exactly how to undo it.

Names and time come first, since everything else needs them; then what goes out on 443; then the relays; then the rest.
What closes closes last, when its replacement works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from exports.pdf.sections.joined import grouped_ports
from model.design.columns import COMMA, listed, same, with_note
from model.flow import Flow
from model.frozen import Bilingual
from model.tables.matrix import SAME_ZONE, Ends, Row
from model.tables.wording import shortened, worded

_SOURCES = 12
"""How many sources a step names before it counts the rest: whoever carries it out is to type them."""
Action = Literal["permit", "change", "restore", "name", "unname", "move", "return", "close"]
"""`change`: the port of a permit, `name`: the names it is for, `move`: its addresses or where it stands; what comes
after each undoes it."""

STAGES = (
    Bilingual(en="DNS and NTP", ja="DNS・NTP"),
    Bilingual(en="Outbound 443", ja="外向き 443"),
    Bilingual(en="Relays", ja="Relay"),
    Bilingual(en="The rest", ja="その他"),
    Bilingual(en="Closing", ja="廃止"),
)
_CLOSING = len(STAGES) - 1
_INVERSE: Mapping[Action, Action] = {
    "permit": "close",
    "close": "permit",
    "change": "restore",
    "restore": "change",
    "name": "unname",
    "unname": "name",
    "move": "return",
    "return": "move",
}
_BACK: frozenset[Action] = frozenset({"restore", "unname", "return"})


class Step(NamedTuple):
    """One action for flows of one stage that pass the same firewalls to the same destination."""

    stage: int
    action: Action
    rows: tuple[Row, ...]

    @property
    def inverse(self) -> Step:
        """The step that undoes this one."""
        return Step(self.stage, _INVERSE[self.action], self.rows)

    @property
    def where(self) -> Bilingual:
        """The firewalls concerned; within one zone the host's own or a security group."""
        now, then = self._stands
        if now == then:
            return now
        return listed([now, then] if self.action == "move" else [then, now], COMMA)

    @property
    def _stands(self) -> tuple[Bilingual, Bilingual]:
        """Where the permit stands now, and where it stood before."""
        row = self.rows[0]
        return row.crossing.firewall, _ends(row, before=True).crossing.firewall

    @property
    def text(self) -> Bilingual:
        """The step as a sentence."""
        back = self.action in _BACK
        names = _signed(self.rows[0], back=back)
        en, ja = (
            _MOVE_AT
            if _WORDS[self.action] is _MOVE and self._stands[0] != self._stands[1]
            else _WORDS[self.action]
        )
        return worded(
            en,
            ja,
            ports=_ports(self.rows, before=back),
            earlier=_ports(self.rows, before=not back),
            names=f": {names}" if names else "",
            **self._between(before=back),
            **{f"former_{name}": text for name, text in self._between(before=not back).items()},
        )

    def _between(self, *, before: bool) -> dict[str, Bilingual]:
        """Sources and target with their addresses, as they are or were, and where the permit stands."""
        ends = [_ends(row, before=before) for row in self.rows]
        sources = dict.fromkeys(_end(each.source.name, each.source.source_addresses) for each in ends)
        target = ends[0].destination
        return {
            "sources": Bilingual(
                en=shortened([each.en for each in sources], _SOURCES).en,
                ja=shortened([each.ja for each in sources], _SOURCES).ja,
            ),
            "target": _end(target.name, target.component.addresses),
            "firewall": ends[0].crossing.firewall,
        }


_MOVE = (
    "Permit {ports} from {sources} to {target}{names}; then remove the permit of {earlier} from {former_sources}"
    " to {former_target}.",
    "{sources} から {target} への {ports} を許可し{names}、その後、"
    "{former_sources} から {former_target} への {earlier} の許可を削除する。",
)
_MOVE_AT = (
    "{firewall}: permit {ports} from {sources} to {target}{names}. {former_firewall}: then remove the permit of"
    " {earlier} from {former_sources} to {former_target}.",
    "{firewall}: {sources} から {target} への {ports} を許可する{names}。"
    "{former_firewall}: その後、{former_sources} から {former_target} への {earlier} の許可を削除する。",
)
"""The same where the permit stands at another firewall than before."""
_WORDS: Mapping[Action, tuple[str, str]] = {
    "move": _MOVE,
    "return": _MOVE,
    "permit": (
        "Permit {ports} from {sources} to {target}.",
        "{sources} から {target} への {ports} を許可する。",
    ),
    "close": (
        "Remove the permit of {ports} from {sources} to {target}.",
        "{sources} から {target} への {ports} の許可を削除する。",
    ),
    "change": (
        "Change the permit from {sources} to {target} from {earlier} to {ports}{names}.",
        "{sources} から {target} への許可を {earlier} から {ports} に変更する{names}。",
    ),
    "restore": (
        "Change the permit from {sources} to {target} back from {earlier} to {ports}{names}.",
        "{sources} から {target} への許可を {earlier} から変更前の {ports} に戻す{names}。",
    ),
    "name": (
        "Change the names in the permit of {ports} from {sources} to {target}{names}.",
        "{sources} から {target} への {ports} の許可で FQDN を変更する{names}。",
    ),
    "unname": (
        "Change the names in the permit of {ports} from {sources} to {target} back{names}.",
        "{sources} から {target} への {ports} の許可で FQDN を元に戻す{names}。",
    ),
}


def _names(flow: Flow) -> tuple[str, ...]:
    return (*flow.basis.fqdns, *flow.basis.inferred_fqdns)


def _signed(row: Row, *, back: bool = False) -> str:
    """The names that a changed flow gets and loses, or the other way round."""
    if row.before is None:
        return ""
    now, then = _names(row.flow), _names(row.before)
    come, go = (then, now) if back else (now, then)
    signed = [f"+\u00a0{name}" for name in come if name not in go]
    return ", ".join([*signed, *(f"−\u00a0{name}" for name in go if name not in come)])


def only_reasons(row: Row) -> bool:
    """Whether a flow changes in nothing that is set at a firewall: only in what it is needed for."""
    if row.before is None or row.moved is not None:
        return False
    return row.before.port == row.flow.port and not _signed(row)


def _ends(row: Row, *, before: bool) -> Ends:
    """The ends of a flow as they are, or were in the baseline."""
    if before and row.moved is not None:
        return row.moved
    return Ends(row.source, row.destination, row.crossing)


def _action(row: Row) -> Action:
    if row.status == "removed":
        return "close"
    if row.before is None:
        return "permit"
    if row.moved is not None:
        return "move"
    return "change" if row.before.port != row.flow.port else "name"


def _end(name: str, addresses: Sequence[str]) -> Bilingual:
    text = ", ".join(addresses[:2]) + (" …" if len(addresses) > 2 else "")
    # A line may end before the addresses, not between a group and its count.
    whole = same(name.replace(" ×", "\u00a0×"))
    return with_note(whole, same(text)) if text else whole


def _ports(rows: Iterable[Row], *, before: bool) -> str:
    flows = [row.before if before and row.before is not None else row.flow for row in rows]
    text = grouped_ports((flow.transport, flow.port) for flow in flows)
    return text.replace("P ", "P\u00a0")  # no line ends between a transport and its ports


def steps(rows: Sequence[Row]) -> tuple[Step, ...]:
    """The steps that turn the baseline into what the rows say; all flows are new where nothing was compared."""
    found: dict[tuple[int, Action, tuple[str, ...], str, str], list[Row]] = {}
    for row in rows:
        if row.status == "unchanged" or only_reasons(row):
            continue
        action = _action(row)
        stage = _CLOSING if action == "close" else _stage(row)
        where = tuple(_place(_ends(row, before=before)) for before in (False, True))
        found.setdefault((stage, action, where, row.flow.destination, _signed(row)), []).append(row)
    ordered = sorted(found.items(), key=lambda item: item[0][0])
    return tuple(Step(stage, action, tuple(group)) for (stage, action, *_), group in ordered)


def _place(ends: Ends) -> str:
    """Where a permit stands; all zones are alike where none is left."""
    return "" if ends.crossing.firewall == SAME_ZONE else ends.crossing.firewall.en


def _stage(row: Row) -> int:
    if row.reason.catalog.purpose_by_id[row.flow.basis.purpose].quiet:
        return 0
    if row.flow.basis.proxied or (row.flow.port == 443 and row.destination.kind.service):
        return 1
    return 2 if "relay" in (row.source.kind.id, row.destination.kind.id) else 3


def undone(order: Sequence[Step]) -> tuple[Step, ...]:
    """The exact inverse of some steps: each undone, the last one first."""
    return tuple(step.inverse for step in reversed(order))
