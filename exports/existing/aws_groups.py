"""Security groups as `aws ec2 describe-security-groups` prints them.

The output does not tell which hosts a group is attached to, so a group belongs to the component that it is named after
(as our own templates name them) or that the user names for it. Both ends' groups must permit a connection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from exports.existing.boxes import Range, network_range
from exports.existing.matches import Match, Unclear, addresses, protocol, unclear
from exports.existing.rules import Existing, Filter, Step, Unjudged
from exports.firewall.permits import Groups, group_name
from model.derivation.graph import FlowGraph
from model.errors import FileError
from model.frozen import Bilingual
from model.sentences import reason_of, told
from model.storage.strict_json import shown

UNATTACHED = Bilingual(
    en="no component is named after the group; say which it is for with --group GROUP=COMPONENT",
    ja="グループ名に対応するコンポーネントがない。--group GROUP=COMPONENT で指定すること",
)
NO_ADDRESS = Bilingual(
    en="the component it is attached to has no usable address",
    ja="適用先コンポーネントに使用できるアドレスがない",
)

Ends = list[tuple[int, Range]]

_DIRECTIONS = {"in": "IpPermissions", "out": "IpPermissionsEgress"}


def read_groups(path: Path, value: Any, graph: FlowGraph, attached: Mapping[str, Sequence[str]]) -> Existing:
    """A filter for each direction at each component with groups. `attached`: components by group id or name.

    Raises FileError where the data have another form.
    """
    try:
        return _Reader(value["SecurityGroups"], graph, attached).existing()
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = (
            reason_of(error)
            if isinstance(error, ValueError)
            else told("an entry has another form than aws prints")
        )
        raise FileError(
            path, told("{what}; give the output of aws ec2 describe-security-groups", what=what)
        ) from error


class _Reader:
    def __init__(
        self, entries: list[dict[str, Any]], graph: FlowGraph, attached: Mapping[str, Sequence[str]]
    ) -> None:
        self.groups = Groups(graph, named=True)
        self.by_name: dict[str, Sequence[str]] = {
            name: (each.id,)
            for each in graph.design.components
            for name in (each.id, group_name(each.id), f"portchart-{group_name(each.id)}")
        }
        self.by_name.update(attached)
        self.components = {str(each["GroupId"]): self._components(each) for each in entries}
        self.entries = entries
        self.unjudged: list[Unjudged] = []

    def existing(self) -> Existing:
        steps: dict[tuple[str, str], list[Step]] = {}
        for entry in self.entries:
            names, group = self.components[str(entry["GroupId"])], shown(str(entry["GroupId"]))
            if not names:
                self.unjudged.append(Unjudged(group, UNATTACHED))
            for name, (direction, key) in product(names, _DIRECTIONS.items()):
                own = steps.setdefault((name, direction), [])
                for number, permission in enumerate(entry.get(key, []), start=1):
                    for place, peers in enumerate(self._peers(permission), start=1):
                        label = f"{group} {direction} {number}.{place}"
                        self._add(own, label, name, direction, permission, peers)
        filters = tuple(
            Filter(
                f"{name} {direction}",
                tuple(own),
                frozenset((4, 6)),
                frozenset((name,)) if direction == "out" else None,
                frozenset((name,)) if direction == "in" else None,
                shares=True,
            )
            for (name, direction), own in steps.items()
        )
        return Existing(filters, tuple(dict.fromkeys(self.unjudged)))

    def _components(self, entry: dict[str, Any]) -> Sequence[str]:
        named = self.by_name.get(str(entry["GroupId"])) or self.by_name.get(str(entry.get("GroupName", "")))
        return named or ()

    def _add(
        self,
        own: list[Step],
        label: str,
        name: str,
        direction: str,
        permission: dict[str, Any],
        peers: Ends | Unclear,
    ) -> None:
        match, doubt = Match((4, 6)), peers.reason if isinstance(peers, Unclear) else None
        try:
            here = self._own(name)
            match.between("destination" if direction == "in" else "source", here)
            if not isinstance(peers, Unclear):
                match.between("source" if direction == "in" else "destination", peers)
            number = protocol(str(permission["IpProtocol"]))
            match.restrict("protocol", [number])
            if number[0] in (6, 17) and number[0] == number[1]:
                low, high = int(permission["FromPort"]), int(permission["ToPort"])
                if not 0 <= low <= high <= 65535:
                    raise ValueError(told("{low}-{high} is no range of ports", low=low, high=high))
                match.restrict("port", [(low, high)])
            boxes = match.boxes()
        except Unclear as found:
            self.unjudged.append(Unjudged(label, found.reason))
            return
        if doubt is not None:
            self.unjudged.append(Unjudged(label, doubt))
        if boxes:
            own.append(Step(label, "permit", boxes, 0, doubt))

    def _own(self, name: str) -> Ends:
        found = self.groups.initiator(name)
        if isinstance(found, Bilingual):
            raise Unclear(NO_ADDRESS)
        return [network_range(each) for each in found.addresses]

    def _peers(self, permission: dict[str, Any]) -> Iterator[Ends | Unclear]:
        """The far sides of a permission, one entry after the other."""
        for each in permission.get("IpRanges", []):
            yield [addresses(each["CidrIp"])]
        for each in permission.get("Ipv6Ranges", []):
            yield [addresses(each["CidrIpv6"])]
        for each in permission.get("UserIdGroupPairs", []):
            others = self.components.get(str(each["GroupId"]))
            try:
                yield (
                    [end for name in others for end in self._own(name)]
                    if others
                    else unclear("another group", "別のグループ")
                )
            except Unclear as doubt:
                yield doubt
        for _ in permission.get("PrefixListIds", []):
            yield unclear("a prefix list", "プレフィックスリスト")
