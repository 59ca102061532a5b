"""Japanese sentences are put together as they would be written by hand."""

import pytest

from model.catalog.catalog import Catalog
from model.design.columns import same, with_note
from model.findings.finding import Value, said
from model.sentences import bracketed, closed, closed_template
from model.tables.wording import shortened, worded


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


def test_a_text_in_both_languages_takes_from_each_value_what_is_its_own(catalog: Catalog) -> None:
    said = worded(
        "{first} to {second}", "{first} から {second} へ", first="業務", second=catalog.kinds[0].name
    )
    assert (said.en, said.ja) == (
        f"業務 to {catalog.kinds[0].name.en}",
        f"業務から{catalog.kinds[0].name.ja}へ",
    )


@pytest.mark.parametrize(
    ("text", "note", "whole"),
    [
        ("web-1", "10.1.2.3", "web-1（10.1.2.3）"),
        ("UDP 514（暗号化なし）", "設計全体", "UDP 514（暗号化なし）［設計全体］"),
        ("siem-1", "TLS 6514（暗号化あり）", "siem-1［TLS 6514（暗号化あり）］"),
        ("業務（第2系）", "10.1.2.3", "業務（第2系）［10.1.2.3］"),
    ],
)
def test_notes_stand_in_square_brackets_beside_round_ones(text: str, note: str, whole: str) -> None:
    assert with_note(same(text), same(note)).ja == whole
    assert with_note(same(text), same(note)).en == f"{text} ({note})"


def test_what_is_in_brackets_has_no_round_ones() -> None:
    assert bracketed("条件") == "（条件）"
    assert bracketed("自動（既定値）") == "［自動（既定値）］"


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
