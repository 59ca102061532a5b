"""Every Japanese text that ships is spelled by the same rules.

- Brackets in a Japanese sentence are full width （ ）; a menu's key, (&F), is written as the platform writes it.
- Words borrowed with -er, -or, -ar end in a long vowel: サーバー, コンピューター, フォルダー. The kinds of component
  keep the names that the vendor's document gives them (DNSサーバ, 管理者のコンピュータ), wherever they are named.
- Kana and a Latin letter or digit are parted by a space (FQDN を, バージョン 20.0).
- Digits are parted by a space from what they count (2 台), Japanese letters by none from each other.
- One word for one thing: 宛先, IPアドレス, 通信ID, ほか, すでに.
- Sentences end in 。, ask with ？, list with 、; nothing is in full-width letters or digits.
- The window's texts are Japanese, or one of those that are the same in both languages.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import resources
from exports.catalogs import catalog_file
from gui.language import texts

TOP = Path(resources.__file__).parents[1]
JAPANESE = re.compile("[぀-ヿ一-鿿]")

RULES = {
    "brackets of half width": "[()]",
    "a borrowed word without its long vowel": "(サーバ|コンピュータ|フォルダ|フィルタ|ユーザ|ブラウザ|"
    "ベンダ|コネクタ|ポインタ|インスペクタ|プリンタ|ヘッダ|パラメータ|マネージャ|ルータ|エディタ|レイヤ|クラスタ|ドライバ)(?![ーリ])",
    "no space between kana and Latin": "[A-Za-z0-9][ぁ-ん]|[ぁ-ん][A-Za-z0-9]|[ァ-ヿ][0-9]",
    "a space between Japanese letters": "[ぁ-ヿ一-鿿々] [ぁ-ヿ一-鿿々]",
    "no space between a number and what it counts": r"(?<![A-Za-z0-9.])[0-9]+"
    "(?:件|個|台|本|行|通り|章|枚|回|組|種類|ページ|文字)",
    "another word for the same": "IP アドレス|通信 ID|送信先|既に|(?<!その)他の|かっこ|"
    "ウェブ|WEB|下さい|出来る",
    "punctuation of half width": "[぀-ヿ一-鿿][,!?;]|[,!?;][぀-ヿ一-鿿]",
    "letters or digits of full width": "[Ａ-Ｚａ-ｚ０-９]",
    "punctuation that stands twice or before a space": "[、。]{2}|[。、][ ]",
}
SAME = {
    *("action.language_en", "menu.whatif", "edit.try", "toolbar.whatif", "whatif.title", "why.names_changed"),
    *("zone.dmz", "zone.vpc", "new.zone", "compare.fqdns", "status.fqdns"),
    *("profile.paper_a3", "settings.paper_a4", "inspector.firewall_hint", "inspector.fqdn_hint"),
}
"""Window texts without a Japanese letter that are right as they are: names, units and examples."""
INPUT = {"exports/incoming/inventory.py"}
"""Headings that people may write in a file of theirs; these are read, not shown."""


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def written(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts of a program; what is filled in when it runs stands as …"""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr):
            parts = [each.value if isinstance(each, ast.Constant) else "…" for each in child.values]
            yield child.lineno, "".join(str(part) for part in parts)
            for each in child.values:
                yield from written(each)
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.lineno, child.value
        else:
            yield from written(child)


@cache
def shipped() -> tuple[tuple[str, str], ...]:
    """Every Japanese text that ships, with the place where it is."""
    return tuple((where, text) for where, text in every_text() if is_prose(text))


def every_text() -> Iterator[tuple[str, str]]:
    for folder in ("catalogs", "sentences", "translations"):
        for name in resources.names(folder, ".json"):
            for text in strings(json.loads(resources.text(name))):
                yield name, text
    for room in ("model", "exports", "gui"):
        for path in sorted((TOP / room).rglob("*.py")):
            where = path.relative_to(TOP).as_posix()
            if where not in INPUT:
                for line, text in written(ast.parse(path.read_text("utf-8"))):
                    yield f"{where}:{line}", text


def is_prose(text: str) -> bool:
    """Whether a text is Japanese to be read: not a set of letters, nor a pattern to search with."""
    return bool(JAPANESE.search(text)) and not re.search(r"\[[^\]]*[ァぁ、ー]", text) and "ぁぃぅ" not in text


@cache
def given() -> re.Pattern[str]:
    """What others spell: the document's names of kinds, and the keys of menus."""
    names = [
        re.escape(each.name.ja) for each in catalog_file().catalog.kinds if JAPANESE.search(each.name.ja)
    ]
    return re.compile("|".join([*names, r"\(&[A-Z]\)"]))


def ours(text: str) -> str:
    """A text with what others spell blotted out."""
    return given().sub("…", text)


@pytest.mark.parametrize("rule", RULES)
def test_japanese_is_spelled_by_one_rule(rule: str) -> None:
    found = [f"{where}: {text}" for where, text in shipped() if re.search(RULES[rule], ours(text))]
    assert not found, rule


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("brackets of half width", "推定(記載なし)"),
        ("brackets of half width", "保存（任意)"),
        ("a borrowed word without its long vowel", "自社サーバの設定"),
        ("no space between kana and Latin", "2つの名前"),
        ("no space between kana and Latin", "FQDNを指定"),
        ("no space between kana and Latin", "バージョン20.0"),
        ("no space between a number and what it counts", "両方なら2台"),
        ("a space between Japanese letters", "20.0以降 の名前"),
        ("another word for the same", "他の形式"),
        ("punctuation of half width", "保存しますか?"),
        ("letters or digits of full width", "ＤＮＳの設定"),
        ("punctuation that stands twice or before a space", "です。 次"),
    ],
)
def test_each_rule_can_fail(rule: str, text: str) -> None:
    assert is_prose(text)
    assert re.search(RULES[rule], ours(text))


def test_a_menus_key_and_the_documents_names_are_right() -> None:
    assert not re.search(RULES["brackets of half width"], ours("ファイル(&F)"))
    long = RULES["a borrowed word without its long vowel"]
    assert not re.search(long, ours("管理者のコンピュータは、DNSサーバの 53 番へ"))
    assert not re.search(long, "ファイアウォールとフィルタリング、サーバー")


def test_a_sentence_ends_as_its_english_one_does() -> None:
    wrong = []
    for key, text in texts().items():
        for english, japanese in zip(text["en"].split("\n"), text["ja"].split("\n"), strict=True):
            said = re.search("(です|ます|ません|ました|ください|でしょう)$", japanese.rstrip())
            if english.rstrip().endswith(".") and said:
                wrong.append(f"{key}: {japanese}")
            if english.rstrip().endswith("…") != japanese.rstrip().endswith("…"):
                wrong.append(f"{key}: {japanese}")
    assert not wrong


def test_no_english_is_left_where_japanese_is_expected() -> None:
    words = {key: re.sub("{[^}]*}", "", text["ja"]) for key, text in texts().items()}
    assert {
        key for key, said in words.items() if re.search("[A-Za-z]", said) and not JAPANESE.search(said)
    } == SAME
