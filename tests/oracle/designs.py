"""Designs made to go wrong: small and crowded, so that choices, exceptions and changed ports meet."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from model.design.design import CatalogReference, Design
from model.design.elements import Assignment, Component
from tests.oracle.choices import DESIGN_FEATURES, KINDS, POLICY_FEATURES, SETTINGS

FEATURES = (*POLICY_FEATURES, *DESIGN_FEATURES, "no-such-feature")
VALUES: dict[str, Sequence[str]] = {
    **{name: (*values, "no-such-value") for name, (_kinds, values) in SETTINGS.items()},
    "agent-version": (
        *(
            "20.0",
            "20.1",
            "100.0",
            "19.9",
            "12.1",
            "12.0",
            "11.9",
            "11.1",
            "11.0",
            "10.9",
            "10.1",
            "10.0",
            "9.9",
        ),
        *("20", "20.0.1", "new", "٢٠.٠"),
    ),
    "no-such-setting": ("on",),
}
CLASSES = ("management", "updates", "smart-protection", "relays", "no-such-class")
PORTS = (53, 80, 123, 389, 443, 514, 636, 1443, 4118, 4122, 4123, 5274, 5275, 6514, 8080, 9999)


def crowded_design(rng: random.Random, size: int) -> Design:
    """A design of about `size` components; the same for the same state of `rng`."""
    offered = [kind for kind in KINDS if rng.random() < 0.8] or ["agent"]
    kinds = rng.choices((*offered, "agent", "agent", "relay", "no-such-kind"), k=size)
    if rng.random() < 0.5:
        kinds += [kind for kind in offered if kind not in kinds]
    rng.shuffle(kinds)
    of_kind: dict[str, list[str]] = {}
    for number, kind in enumerate(kinds):
        of_kind.setdefault(kind, []).append(f"{kind}-{number}")
    components = tuple(
        _component(rng, kind, f"{kind}-{number}", of_kind) for number, kind in enumerate(kinds)
    )
    return Design(
        catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"),
        features=_features(rng, 0.4),
        settings=_settings(rng, 0.3),
        components=components,
        assignments=tuple(
            assignment
            for component in components
            for kind in KINDS
            if rng.random() < 0.06
            for assignment in (_assignment(rng, component.id, kind, of_kind),)
        ),
    )


def _component(rng: random.Random, kind: str, name: str, of_kind: Mapping[str, list[str]]) -> Component:
    """Most proxies named are web proxies; a few are not, and so are none."""
    strangers = [other for others in of_kind.values() for other in others if other != name]
    proxies = {}
    for traffic in CLASSES:
        chance = rng.random()
        candidates = [other for other in of_kind.get("web-proxy", ()) if other != name]
        if chance < 0.02:
            candidates = strangers
        if chance < 0.25 and candidates:
            proxies[traffic] = rng.choice(candidates)
    return Component(
        id=name,
        kind=kind,
        name=name,
        count=rng.choice((1, 1, 1, 500)),
        fqdn=f"{name}.example.com" if rng.random() < 0.5 else None,
        features=_features(rng, 0.15),
        settings=_settings(rng, 0.15),
        ports={port: rng.choice(PORTS) for port in PORTS if rng.random() < 0.06},
        proxies=proxies,
    )


def _features(rng: random.Random, chance: float) -> dict[str, bool]:
    return {name: rng.random() < 0.6 for name in FEATURES if rng.random() < chance}


def _settings(rng: random.Random, chance: float) -> dict[str, str]:
    return {name: rng.choice(values) for name, values in VALUES.items() if rng.random() < chance}


def _assignment(rng: random.Random, source: str, kind: str, of_kind: Mapping[str, list[str]]) -> Assignment:
    others = [other for other in of_kind.get(kind, ()) if other != source]
    if not others or rng.random() < 0.3:
        return Assignment(source=source, kind=kind, targets="none")
    return Assignment(
        source=source, kind=kind, targets=tuple(rng.sample(others, rng.randint(1, len(others))))
    )
