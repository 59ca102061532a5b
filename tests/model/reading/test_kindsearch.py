"""Kinds found by what people type."""

from __future__ import annotations

import pytest

from model.reading.kindsearch import kinds_like
from tests.designs import shipped_catalog


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("agent", "agent"),
        ("Ag", "agent"),
        ("エージェント", "agent"),
        ("sps", "smart-protection-server"),
        ("spn", "smart-protection-network"),
        ("dcg", "data-center-gateway"),
        ("データセンター", "data-center-gateway"),
        ("データセンタ", "data-center-gateway"),
        ("ｄｎｓ", "dns-server"),
        ("DNSサーバー", "dns-server"),
        ("ad", "active-directory"),
        ("ws", "workload-security"),
        ("syslog", "siem"),
        ("proxy", "web-proxy"),
        ("プロキシ", "web-proxy"),
        ("web-proxy", "web-proxy"),
        ("mirror", "software-mirror"),
        ("vc", "vcenter"),
    ],
)
def test_the_first_kind_is_the_one_meant(text: str, first: str) -> None:
    assert kinds_like(shipped_catalog(), text)[0].id == first


def test_nothing_typed_gives_all_and_nonsense_none() -> None:
    catalog = shipped_catalog()
    assert kinds_like(catalog, " ") == catalog.kinds
    assert kinds_like(catalog, "zzz") == ()


def test_a_part_of_a_name_finds_all_that_have_it() -> None:
    found = {each.id for each in kinds_like(shipped_catalog(), "gateway")}
    assert found == {"service-gateway", "data-center-gateway"}
