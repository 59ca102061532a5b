"""Where texts of widgets end their lines."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.language import set_language
from gui.widgets.breaking import broken, kept_together
from gui.widgets.widgets import label
from gui.window.window import Window

_ID = Qt.ItemDataRole.UserRole


def lines(text: str, width: int) -> list[str]:
    """The lines into which Qt breaks a text, without what has no width."""
    layout = QTextLayout(text)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return ["".join(letter for letter in each if letter not in "\u2060\u200b") for each in found]


def test_japanese_ends_lines_between_phrases(qtbot: QtBot) -> None:
    text = "ローカルWebサーバー上のミラー"
    letter = QFontMetrics(QTextLayout(text).font()).horizontalAdvance("ミ")
    width = QFontMetrics(QTextLayout(text).font()).horizontalAdvance("ローカルWebサーバー上の") + letter + 2
    assert lines(text, width) == ["ローカルWebサーバー上のミ", "ラー"]
    assert lines(kept_together(text), width) == ["ローカルWebサーバー上の", "ミラー"]


def test_the_name_of_a_feature_stays_on_a_line_of_a_panel(qtbot: QtBot) -> None:
    text = "挙動監視、機械学習型検索、プロセスメモリスキャン"
    width = QFontMetrics(QTextLayout(text).font()).horizontalAdvance(text[:-1]) + 2
    assert lines(text, width)[-1] == "ン"
    assert lines(broken(text), width)[-1] == "プロセスメモリスキャン"


def test_a_name_and_its_particle_stay_on_a_line(qtbot: QtBot) -> None:
    text = "この通信を Relay は使う"
    width = QFontMetrics(QTextLayout(text).font()).horizontalAdvance("この通信を Relay") + 3
    assert lines(text, width)[1].startswith("は")
    assert lines(kept_together(text), width)[1].replace("\u00a0", " ") == "Relay は使う"


@pytest.mark.parametrize("text", ["", "Web Reputation: 443 · 80", "the relay’s name…"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert broken(text) == text


def test_a_long_name_ends_lines_at_its_dots_in_japanese_too(qtbot: QtBot) -> None:
    text = "宛先は agents.workload.gov-us-1.example.com です"
    assert "\u200b" in broken(text)
    assert broken(text).replace("\u200b", "").replace("\u2060", "").replace("\u00a0", " ") == text


def test_a_label_says_what_it_was_given(qtbot: QtBot) -> None:
    shown = label("DNSサーバの 53 番へ問い合わせます。", wrap=True)
    qtbot.addWidget(shown)
    assert (
        QLabel.text(shown) != shown.text() == shown.accessibleName() == "DNSサーバの 53 番へ問い合わせます。"
    )
    shown.setText("Plain")
    assert QLabel.text(shown) == "Plain"
    assert not shown.accessibleName()


def test_the_palette_parts_no_word(sample: Window) -> None:
    set_language("ja")
    tree = sample.palette_panel.tree
    items = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    mirror = next(each for each in items if each and each.data(0, _ID) == "software-mirror")
    assert mirror.data(0, Qt.ItemDataRole.AccessibleTextRole) == "ローカルWebサーバー上のミラー"
    for width in range(60, 260):
        assert not [line for line in lines(mirror.text(0), width) if line.endswith("ミ")]
