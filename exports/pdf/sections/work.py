"""Sections 11, 12 and 13: the steps in order, how each opening is tested, and the exact way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exports.connectivity.checks import UNKNOWN_HOST, Check, checks
from exports.connectivity.closed import negative_checks
from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.table import plain_table
from exports.pdf.sections.numbers import NUMBER, numbers_of, pair_of
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.steps import STAGES, Step, only_reasons, undone
from model.frozen import Bilingual
from model.tables.wording import worded

STEPS = Bilingual(en="Implementation steps", ja="実施手順")
TESTS = Bilingual(en="Test plan", ja="試験計画")
BACK_OUT = Bilingual(en="Back-out", ja="切り戻し手順")
NO_STEPS = Bilingual(
    en="Nothing is to be opened, changed or closed.", ja="許可・変更・廃止する通信はありません。"
)
ORDER = Bilingual(
    en="In this order: DNS and NTP, outbound 443, relays, the rest; what closes, closes last.",
    ja="DNS・NTP、外向き 443、Relay、その他の順に実施し、廃止は最後に行います。",
)
BEFORE = Bilingual(
    en="No. {numbers}: the existing rules that were compared permit these already.",
    ja="番号 {numbers}: 比較した既存ルールで、すでに許可されています。",
)
KEPT = Bilingual(
    en="No. {numbers}: what the existing rules permitted before stays: remove only what was added.",
    ja="番号 {numbers}: 既存ルールによる許可は残し、今回追加したものだけを削除します。",
)
ONLY_REASONS = Bilingual(
    en="No. {numbers}: only the reasons change, nothing is to be done.",
    ja="番号 {numbers}: 理由だけの変更のため、作業はありません。",
)
BACKWARDS = Bilingual(
    en="The exact inverse of the implementation steps, the last step first.",
    ja="実施手順を逆順に、それぞれ取り消します。",
)
HOW = Bilingual(
    en="Run each command on a host of the source group. nc comes with netcat, dig with bind-utils and ntpdate with the"
    " NTP tools.",
    ja="コマンドは送信元グループのホストで実行します。"
    "nc は netcat、dig は bind-utils、ntpdate は NTP ツールに含まれます。",
)
UNKNOWN = Bilingual(
    en=f"Put the host that is called in place of {UNKNOWN_HOST}.",
    ja=f"{UNKNOWN_HOST} は、実際に接続するホストに置き換えてください。",
)
UDP = Bilingual(
    en="UDP: without an answer from the service, silence means neither open nor closed. "
    "DNS and NTP answer; for syslog, look at the destination.",
    ja="UDP では、サービスからの応答がない限り、開閉は判断できません。"
    "DNS と NTP は応答で、Syslog は宛先側の受信で確認します。",
)
POSITIVE = Bilingual(en="What must work", ja="接続できること")
NEGATIVE = Bilingual(en="What must stay closed", ja="接続できないこと")
NO_NEGATIVE = Bilingual(
    en="No closed way follows from this design that could be tested at a source.",
    ja="送信元で確認できる、閉じておくべき経路はこの設計からは導かれません。",
)

_POSIX, _POWERSHELL = 233.0, 280.0
"""The widths of the longest checks of a name that the document prints, in points: they stay on one line."""
_EXPECTED = 44.0
"""The width of what a test is to show, which is read while it runs, in points."""


def add_steps(sheets: Sheets, parts: Parts) -> None:
    """Lay the implementation steps out."""
    sheets.begin(11, STEPS)
    if parts.steps:
        sheets.remark(ORDER)
    _already(sheets, parts, BEFORE)
    idle = [row for row in parts.rows if only_reasons(row)]
    if idle:
        numbers = numbers_of(idle, parts.numbers)
        sheets.remark(worded(ONLY_REASONS.en, ONLY_REASONS.ja, numbers=numbers))
    _steps(sheets, parts, parts.steps)


def add_back_out(sheets: Sheets, parts: Parts) -> None:
    """Lay the way back out."""
    sheets.begin(13, BACK_OUT)
    if parts.steps:
        sheets.remark(BACKWARDS)
        _already(sheets, parts, KEPT)
    _steps(sheets, parts, undone(parts.steps))


def _already(sheets: Sheets, parts: Parts, said: Bilingual) -> None:
    """What to heed where existing rules permit flows already."""
    open_now = [row for row in parts.rows if row.standing and row.standing.word in ("permitted", "wide")]
    if open_now:
        sheets.remark(worded(said.en, said.ja, numbers=numbers_of(open_now, parts.numbers)))


def _steps(sheets: Sheets, parts: Parts, order: Sequence[Step]) -> None:
    if not order:
        sheets.remark(NO_STEPS)
        return
    headings = (
        Bilingual(en="Step", ja="手順"),
        Bilingual(en="Stage", ja="段階"),
        Bilingual(en="Where", ja="対象機器"),
        Bilingual(en="What to do", ja="作業内容"),
        NUMBER,
        Bilingual(en="Done: by, at", ja="実施者・日時"),
    )
    rows = [
        (
            str(number),
            STAGES[step.stage],
            step.where,
            step.text,
            numbers_of(step.rows, parts.numbers),
            "\u3000" * 12,
        )
        for number, step in enumerate(order, start=1)
    ]
    plain_table(sheets, headings, rows)


def add_tests(sheets: Sheets, parts: Parts) -> None:
    """Lay the test plan out."""
    # Commands are to stay whole, also in a report on upright pages or in both languages.
    sheets.begin(12, TESTS, sheets.matrix)
    rows = [row for row in parts.rows if row.status != "unchanged"]
    if not parts.report.rows:
        sheets.remark(NO_STEPS)
        return
    made, negative = checks(rows), negative_checks(parts.report.rows)
    unknown = any(UNKNOWN_HOST in command for check in (*made, *negative) for command in check.posix)
    sheets.remark(Bilingual(en=f"{HOW.en} {UNKNOWN.en}", ja=HOW.ja + UNKNOWN.ja) if unknown else HOW)
    sheets.remark(UDP)
    if rows:
        sheets.sub(POSITIVE)
        _checks(sheets, parts, made)
    sheets.sub(NEGATIVE)
    if negative:
        _checks(sheets, parts, negative)
    else:
        sheets.remark(NO_NEGATIVE)


def _checks(sheets: Sheets, parts: Parts, found: Iterable[Check]) -> None:
    headings = (
        Bilingual(en="Test", ja="試験ID"),
        NUMBER,
        Bilingual(en="From → to", ja="送信元 → 宛先"),
        Bilingual(en="POSIX shell", ja="POSIX シェル"),
        Bilingual(en="PowerShell", ja="PowerShell"),
        Bilingual(en="Expected", ja="期待結果"),
        Bilingual(en="Result, evidence", ja="結果・証跡"),
    )
    rows = [
        (
            check.id,
            str(parts.numbers[pair_of(check.row)]),
            f"{check.row.source.name}\n→\u00a0{check.target}",
            "\n".join(check.posix) if check.instead is None else check.instead,
            "\n".join(check.powershell) or "—",
            check.expected,
            check.row.record.test if check.id.startswith("T-") and check.row.record.test else "\u3000" * 8,
        )
        for check in found
    ]
    plain_table(sheets, headings, rows, least={3: _POSIX, 4: _POWERSHELL, 5: _EXPECTED}, hanging=(2, 3, 4))
