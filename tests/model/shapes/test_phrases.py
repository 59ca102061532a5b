"""Where Japanese sentences part, marked by hand."""

import pytest

from model.shapes.phrases import phrases

PARTED = [
    "エージェントは、|DNSサーバの |53 番へ |UDP で|問い合わせます。",
    "記載した |30 件の|通信|（11 |コンポーネント、|149 |ホスト）の|許可をお願いします。",
    "アドレスと|ポートの|表 |12 行目|（原文 |68 行目）",
    "Smart |Protection |Network を|使う|機能が|残っている",
    "Webレピュテーションの|取得元",
    "ファイアウォール用の|切り戻し手順",
    "「Relay」を|利用する",
    "（対象の|通信: 6）。|信頼できる|ネットワーク内で|使ってください。",
    "proxy-1 への |TCP 443 の|許可を|変更前の |UDP 53 に|戻す。",
    "（送信元: |prod-web ×40、|pipeline）",
    "エージェントの|バージョン |20.0 と|判定不能 1、|不要 2。",
    "通信IDと|IPアドレス・|宛先FQDN",
]


@pytest.mark.parametrize("marked", PARTED)
def test_sentences_part_between_phrases(marked: str) -> None:
    """The smallest pieces are put together as marked: single letters, with the spaces and the marks after them."""
    assert list(phrases(smallest(marked.replace("|", "")))) == marked.split("|")


def smallest(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        if pieces and (
            letter in " :、。）」・ー" or pieces[-1][-1] in "（「" or latin(pieces[-1][-1], letter)
        ):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def latin(before: str, after: str) -> bool:
    return (before + after).replace("×", "x").isascii() and " " not in before + after
