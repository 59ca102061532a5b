"""Japanese sentences are put together as they would be written by hand."""

import pytest

from model.catalog.catalog import Catalog
from model.findings.finding import Value, said
from model.sentences import closed, closed_template
from model.tables.wording import shortened


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("DNSサーバ", " がありません"), "DNSサーバがありません"),
        (("Relay", " がありません"), "Relay がありません"),
        (("挙動監視、機械学習型検索", " のために"), "挙動監視、機械学習型検索のために"),
        (("a、b ほか 3 件", " から"), "a、b ほか 3 件から"),
        (("本番（東京）", " を削除"), "本番（東京）を削除"),
        (("宛先の", "Workload Security からの受信方式"), "宛先の Workload Security からの受信方式"),
        (("バージョン 20.0", "が"), "バージョン 20.0 が"),
        (("項目", " ", "本番", " は"), "項目 本番は"),
        (("", " は", "", "ない"), " はない"),
        (("web-1", " と ", "web-2"), "web-1 と web-2"),
    ],
)
def test_parts_are_closed_up(parts: tuple[str, ...], whole: str) -> None:
    assert closed(*parts) == whole


def test_a_template_keeps_its_formats() -> None:
    template = "{most:,} 行目の {name!r} と {{ }} と {kind} は"
    assert closed_template(template, {"most": 1000, "name": "a", "kind": "NTPサーバ"}) == (
        "1,000 行目の 'a' と { } と NTPサーバは"
    )


def test_findings_have_no_space_before_a_particle_after_a_japanese_name(catalog: Catalog) -> None:
    values: dict[str, Value] = {
        "kind": catalog.kind_by_id["dns-server"].name,
        "sources": shortened(["web", "app", "db", "job"]),
        "ports": "53/UDP",
        "rules": "P01",
    }
    message = said(catalog, "missing-component", (), values).message
    assert message.ja.startswith("DNSサーバがありません。web、app、db ほか 1 件から 53/UDP で接続する必要が")


def test_a_name_with_braces_stays_as_it_is(catalog: Catalog) -> None:
    values: dict[str, Value] = {"kind": "{sources}", "sources": "web", "ports": "53", "rules": "P01"}
    message = said(catalog, "missing-component", (), values).message
    assert message.ja.startswith("{sources} がありません。web から 53 で")
