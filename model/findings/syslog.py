"""Direct syslog: agents can send UDP only, whatever their SIEM takes (D9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from model.derivation.effective import servers
from model.design.design import Design
from model.design.elements import Component
from model.findings.finding import Finding, Fix, said
from model.findings.fixes import switch_everywhere, tie
from model.findings.survey import Survey
from model.frozen import Bilingual
from model.tables.wording import shortened

SIEM = "siem"
DIRECT = "syslog-direct"
TRANSPORT = "syslog-transport"


def direct_to_tls(survey: Survey) -> Iterator[Finding]:
    """Agents that forward events directly to a SIEM that takes TLS (error), one finding per SIEM.

    The fix ties them to their other SIEMs where those take UDP, and else switches direct forwarding off.
    """
    design = survey.design
    tls = {
        member.id
        for subject, members in survey.classes
        if subject.kind == SIEM and subject.settings.get(TRANSPORT) == "tls"
        for member in members
    }
    if not tls:
        return
    found: dict[tuple[str, bool], dict[str, tuple[str, ...]]] = {}
    for subject, members in survey.classes:
        if DIRECT not in subject.features:
            continue
        used = [siem.id for siem in servers(design, members[0], SIEM)]
        others = tuple(siem for siem in used if siem not in tls)
        for siem in used:
            if siem in tls:
                found.setdefault((siem, bool(others)), {}).update((each.id, others) for each in members)
    for (siem, elsewhere), ties in found.items():
        sources: list[Component] = survey.in_order(ties)
        yield said(
            survey.catalog,
            "direct-syslog-to-tls",
            [*(source.id for source in sources), siem],
            {
                "source": shortened([source.name for source in sources]),
                "siem": design.component_by_id[siem].name,
            },
            ["P05", "P09"],
            _elsewhere(ties) if elsewhere else _not_directly(ties),
        )


def _elsewhere(ties: Mapping[str, tuple[str, ...]]) -> Fix:
    return Fix(
        Bilingual(en="Use only the SIEMs that take UDP", ja="UDP で受信する SIEM だけを使う"),
        lambda design: tie(design, SIEM, ties),
    )


def _not_directly(ties: Mapping[str, tuple[str, ...]]) -> Fix:
    def edit(design: Design) -> Design:
        return switch_everywhere(design, ties, DIRECT, False)

    return Fix(Bilingual(en="Switch direct forwarding off", ja="直接転送を無効にする"), edit)
