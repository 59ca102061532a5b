"""Two reports that differ only in the texts a user may type freely: harmless in one, hostile in the other."""

from __future__ import annotations

import re

from exports.report import Report
from model.design.design import Design, DocumentData, Revision
from model.design.elements import Note, Zone
from tests.reports import HOSTILE, report_of, sample

BREAKING = (
    *HOSTILE,
    '" } } table inet evil { chain x { accept } } #',
    "accept; flush ruleset",
    "0.0.0.0/0",
    "any",
    "http_access allow all",
    '${file("/etc/passwd")} %{ if true }x%{ endif }',
    "$(Remove-Item C:\\) `n @{} ' ; #>",
    "*/ } function FindProxyForURL(u, h) { return 'DIRECT'; } /*",
    "COMMIT",
    "-A INPUT -j ACCEPT",
    "010.0.0.1",
    "مرحبا",
    "x" * 200,
    "trailing \\",
)
"""Texts that mean something to nft, squid, Terraform, PowerShell, JavaScript or iptables-restore."""


def harmless_and_hostile(name: str = "on-premises") -> tuple[Report, Report]:
    """The sample with plain texts in every free field, and with hostile ones in the same fields."""
    return report_of(_named(sample(name), ("plain",))), report_of(_named(sample(name), BREAKING))


def _named(design: Design, texts: tuple[str, ...]) -> Design:
    def text(number: int) -> str:
        return texts[number % len(texts)]

    zones: list[Zone] = [
        zone.evolve(name=text(n), firewall=text(n + 5)) for n, zone in enumerate(design.zones)
    ]
    return design.evolve(
        title=text(3),
        document=DocumentData(
            change_number=text(4),
            author=text(5),
            revisions=(Revision(number=1, author=text(6), text=text(7)),),
        ),
        zones=tuple(zones),
        components=tuple(each.evolve(name=text(n + 7)) for n, each in enumerate(design.components)),
        notes=tuple(Note(id=f"note-{n}", text=text(n), frame=(0, 0, 50, 50)) for n in range(30)),
    )


def without_hash(data: bytes) -> bytes:
    """A file without the hashes of design and catalog, which tell any two designs apart."""
    found, number = re.subn(rb"SHA-256 [0-9a-f]{64}", b"SHA-256", data)
    assert number == 2
    return found
