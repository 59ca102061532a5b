"""Changes as phrases, in both languages."""

import pytest

from model.catalog.catalog import Catalog
from model.design.changes import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    ServersChange,
)
from model.design.design import CatalogReference, Design
from model.design.elements import Component
from model.whatif.words import change_text, changes_texts

DESIGN = Design(
    catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"),
    components=(
        Component(id="web", kind="agent", name="Web tier"),
        Component(id="p", kind="web-proxy", name="Proxy 1"),
    ),
)


@pytest.mark.parametrize(
    ("change", "en", "ja"),
    [
        (
            Change(feature="web-reputation", value=True),
            "Web Reputation on (whole design)",
            "Webレピュテーション: 有効（設計全体）",
        ),
        (
            Change(feature="web-reputation", value=None, component="web"),
            "Web Reputation inherited (Web tier)",
            "継承",
        ),
        (Change(setting="agent-version", value="12.3"), ": 12.3 (whole design)", "12.3（設計全体）"),
        (PortChange(port=4122, value=80, component="web"), "port 4122 → 80 (Web tier)", "ポート 4122 → 80"),
        (
            PortChange(port=4122, value=None, component="web"),
            "port 4122 as printed (Web tier)",
            "ポート 4122: 記載どおり",
        ),
        (
            ProxyChange(traffic="updates", value="p", component="web"),
            "through Proxy 1 (Web tier)",
            "アップデート（Update Server、ダウンロードセンター）: Proxy 1 経由（Web tier）",
        ),
        (
            ProxyChange(traffic="updates", value=None, component="web"),
            "directly (Web tier)",
            "直接接続（Web tier）",
        ),
        (
            ServersChange(servers="web-proxy", value=("p",), component="web"),
            "Web proxy: Proxy 1 (Web tier)",
            ": Proxy 1",
        ),
        (
            ServersChange(servers="relay", value="none", component="web"),
            "Relay: none (Web tier)",
            "Relay: なし",
        ),
        (
            ServersChange(servers="relay", value=None, component="web"),
            "Relay: all (Web tier)",
            "Relay: すべて",
        ),
        (CountChange(count=7, component="web"), "7 hosts (Web tier)", "7 台（Web tier）"),
        (
            Addition(add=Component(id="n", kind="siem", name="New")),
            "add SIEM or Syslog server New",
            "New を追加",
        ),
        (Addition(add=Component(id="n", kind="relay", name="Relay")), "add Relay", "Relay を追加"),
        (Removal(remove="web"), "remove Web tier", "Web tier を削除"),
        (Change(feature="unknown-one", value=False), "unknown-one off (whole design)", "unknown-one: 無効"),
        (Removal(remove="gone"), "remove gone", "gone を削除"),
    ],
)
def test_a_change_reads_as_a_phrase(catalog: Catalog, change: AnyChange, en: str, ja: str) -> None:
    found = change_text(catalog, DESIGN, change)
    assert found.en.endswith(en)
    assert ja in found.ja


def test_changes_that_are_alike_are_one_phrase_and_what_is_added_has_its_name(catalog: Catalog) -> None:
    new = Component(id="n", kind="web-proxy", name="Edge")
    found = changes_texts(
        catalog,
        DESIGN,
        (
            Addition(add=new),
            Change(feature="firewall", value=True, component="web"),
            ProxyChange(traffic="updates", value="n", component="web"),
            Change(feature="firewall", value=True, component="p"),
            Change(feature="firewall", value=False),
        ),
    )
    assert [each.en for each in found] == [
        "add Web proxy Edge",
        "Firewall on (Web tier, Proxy 1)",
        "Updates (Update Server, Download Center) through Edge (Web tier)",
        "Firewall off (whole design)",
    ]
    assert found[1].ja.endswith("有効（Web tier、Proxy 1）")
