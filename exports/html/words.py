"""What the page itself says, in both languages."""

from __future__ import annotations

from exports.markup import escaped
from model.design.columns import Shown, shown
from model.frozen import Bilingual

DIAGRAM = Bilingual(en="Topology", ja="構成図")
CHANGES = Bilingual(en="Changes", ja="変更点")
MATRIX = Bilingual(en="Port matrix", ja="通信要件一覧")
EXISTING = Bilingual(en="Existing rules", ja="既存ルール")
URLS = Bilingual(en="URL allow-list", ja="URL許可リスト")
FINDINGS = Bilingual(en="Findings", ja="確認事項")
CITATIONS = Bilingual(en="Citations", ja="根拠")
UNCLEAR = Bilingual(en="Where the document is unclear", ja="文書の不明点と解釈")
ABOUT = Bilingual(en="About this report", ja="この文書について")
FEATURES = Bilingual(en="Features on", ja="有効な機能")
SECTIONS = Bilingual(en="Sections", ja="目次")

FILTER = Bilingual(en="Filter", ja="絞り込み")
ALL_COLUMNS = Bilingual(en="All columns", ja="全列を表示")
ONLY_SELECTED = Bilingual(en="Only the selection", ja="選択のみ表示")
CLEAR = Bilingual(en="Clear selection", ja="選択を解除")
ANY = Bilingual(en="any", ja="すべて")
SELECTED = Bilingual(en="Selected:", ja="選択中:")
SORT = Bilingual(en="Sort", ja="並べ替え")
NOTHING = Bilingual(en="None.", ja="ありません。")
NO_CHANGE = Bilingual(en="No flow differs from the baseline.", ja="ベースラインと異なる通信はありません。")
HELP = Bilingual(
    en="Select a component, a connector or a row to see what belongs to it. Keys: Tab, arrows, Enter, Esc; "
    "in the picture + and − zoom, 0 fits, Shift with arrows moves. Drag to move, Ctrl with the wheel to zoom.",
    ja="コンポーネント、接続線、行を選択すると、関連するものが強調表示されます。キー操作: Tab、矢印、Enter、Esc。"
    "図では + と − で拡大縮小、0 で全体表示、Shift+矢印で移動。ドラッグで移動、Ctrl+ホイールで拡大縮小できます。",
)
SOURCE = Bilingual(
    en="Each rule is one row of the vendor's document. The readings are ours, in our words.",
    ja="各ルールは、ベンダー文書の表の 1 行に対応します。解釈は当方の言葉によるものです。",
)
CONTROLS = (
    ("in", Bilingual(en="Zoom in", ja="拡大")),
    ("out", Bilingual(en="Zoom out", ja="縮小")),
    ("fit", Bilingual(en="Show all", ja="全体を表示")),
)
"""The buttons above the picture: what each does, and its name."""


def said(text: Bilingual | str, language: Shown) -> str:
    """A text in the report's language or in both, safe in the page."""
    return escaped(shown(text, language))
