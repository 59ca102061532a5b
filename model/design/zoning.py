"""Which boundaries lie between two zones.

The zone tree is walked directly: a table must not wait for networkx to load.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from model.design.design import Design
from model.design.elements import Zone
from model.frozen import Bilingual


class Way(NamedTuple):
    """The boundaries crossed from one zone to another, in order; empty within one zone."""

    source: Zone | None
    destination: Zone | None
    crossed: tuple[Zone, ...]

    @property
    def firewalls(self) -> tuple[str, ...]:
        """The named devices on the boundaries crossed, each once, in order."""
        return tuple(dict.fromkeys(zone.firewall for zone in self.crossed if zone.firewall))


def way(design: Design, source: str | None, destination: str | None) -> Way:
    """The way from one zone to another (None: outside every zone)."""
    leaving, entering = design.zone_chain(source), design.zone_chain(destination)
    around = set(leaving) & set(entering)
    crossed = [name for name in leaving if name not in around]
    crossed += [name for name in reversed(entering) if name not in around]
    zones = design.zone_by_id
    return Way(
        zones[source] if source is not None else None,
        zones[destination] if destination is not None else None,
        tuple(zones[name] for name in crossed),
    )


NO_ZONE = Bilingual(en="no zone", ja="ゾーンなし")


def zone_names(design: Design) -> dict[str | None, Bilingual]:
    """How tables call each zone: by name, with the zones around it where several have that name."""
    used = Counter(zone.name for zone in design.zones)
    found: dict[str | None, Bilingual] = {None: NO_ZONE}
    for zone in design.zones:
        if used[zone.name] == 1:
            text = zone.name
        else:
            chain = design.zone_chain(zone.id)
            text = " › ".join(design.zone_by_id[name].name for name in reversed(chain))
        found[zone.id] = Bilingual(en=text, ja=text)
    return found
