"""Section 2: what the report covers, what it is compared with, which features and settings the flows follow from."""

from __future__ import annotations

from collections import Counter

from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.table import plain_table
from exports.pdf.sections.parts import Parts
from exports.report import Report
from exports.tables import ALTERED
from model.catalog.rules import Feature, Setting
from model.derivation.effective import effective_feature, effective_setting
from model.design.columns import COMMA, listed, same, with_note
from model.design.design import Design
from model.design.zoning import zone_names
from model.frozen import Bilingual
from model.tables.matrix import NOT_GIVEN
from model.tables.wording import shortened

TITLE = Bilingual(en="Scope, baseline, features on and off", ja="対象範囲・前提")
ZONES = Bilingual(en="Zones and components", ja="ゾーンとコンポーネント")
BASELINE = Bilingual(en="Baseline", ja="ベースライン")
FEATURES = Bilingual(en="Features", ja="機能")
SETTINGS = Bilingual(en="Settings", ja="設定")
NO_BASELINE = Bilingual(
    en="No baseline was given: every flow of the matrix is asked for.",
    ja="ベースラインの指定はありません。通信要件一覧のすべての通信を申請します。",
)
NO_COMPONENTS = Bilingual(en="The design holds no component.", ja="コンポーネントは配置されていません。")
ON = Bilingual(en="on", ja="有効")
OFF = Bilingual(en="off", ja="無効")
NONE = Bilingual(en="none", ja="なし")
_EXCEPTIONS = Bilingual(en="Different at", ja="異なるコンポーネント")


def add_scope(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    report = parts.report
    sheets.begin(2, TITLE)
    sheets.sub(ZONES)
    _zones(sheets, report)
    sheets.sub(BASELINE)
    _baseline(sheets, report)
    sheets.sub(FEATURES)
    _features(sheets, report)
    sheets.sub(SETTINGS)
    _settings(sheets, report)


def _zones(sheets: Sheets, report: Report) -> None:
    design = report.design
    if not design.components:
        sheets.remark(NO_COMPONENTS)
        return
    headings = (
        Bilingual(en="Zone", ja="ゾーン"),
        Bilingual(en="Networks", ja="ネットワーク"),
        Bilingual(en="Firewall", ja="ファイアウォール"),
        Bilingual(en="Components", ja="コンポーネント"),
        Bilingual(en="Kinds", ja="種類"),
    )
    rows = []
    for zone, name in zone_names(design).items():
        inside = [each for each in design.components if each.zone == zone]
        if zone is None and not inside:
            continue
        known = design.zone_by_id.get(zone or "")
        kinds = Counter(each.kind for each in inside)
        texts = [
            Bilingual(
                en=f"{report.catalog.kind_by_id[kind].name.en} {count}",
                ja=f"{report.catalog.kind_by_id[kind].name.ja} {count}",
            )
            if kind in report.catalog.kind_by_id
            else same(f"{kind} {count}")
            for kind, count in kinds.items()
        ]
        rows.append(
            (
                name,
                ", ".join(known.cidrs) if known and known.cidrs else NOT_GIVEN,
                known.firewall if known and known.firewall else NOT_GIVEN,
                str(len(inside)),
                listed(texts, COMMA) if texts else NONE,
            )
        )
    plain_table(sheets, headings, rows)


def _baseline(sheets: Sheets, report: Report) -> None:
    if report.comparison is None:
        sheets.remark(NO_BASELINE)
        return
    before = report.comparison.before.design
    revision = max((each.number for each in before.document.revisions), default=None)
    headings = (
        Bilingual(en="Title", ja="件名"),
        Bilingual(en="Change number", ja="変更管理番号"),
        Bilingual(en="Revision", ja="版"),
        Bilingual(en="SHA-256", ja="SHA-256"),
    )
    row = (
        before.title or NOT_GIVEN,
        before.document.change_number or NOT_GIVEN,
        NOT_GIVEN if revision is None else str(revision),
        report.baseline_hash or NOT_GIVEN,
    )
    plain_table(sheets, headings, [row])
    if report.altered:
        sheets.y += 8
        plain_table(sheets, (ALTERED,), [(text,) for text in report.altered], bold=())


def _features(sheets: Sheets, report: Report) -> None:
    headings = (
        Bilingual(en="Feature", ja="機能"),
        Bilingual(en="Whole design", ja="設計全体"),
        _EXCEPTIONS,
        Bilingual(en="What it means for the flows", ja="通信への影響"),
    )
    rows = []
    for feature in sorted(report.catalog.features, key=lambda each: not _on(report.design, each)):
        if set(feature.kinds).isdisjoint(report.design.components_by_kind):
            continue
        on = _on(report.design, feature)
        rows.append((feature.name, ON if on else OFF, _otherwise(report.design, feature, on), feature.note))
    plain_table(sheets, headings, rows)


def _on(design: Design, feature: Feature) -> bool:
    return effective_feature(design, None, feature).value


def _otherwise(design: Design, feature: Feature, on: bool) -> Bilingual:
    names = [
        each.name
        for each in design.components
        if each.kind in feature.kinds and effective_feature(design, each, feature).value != on
    ]
    return shortened(names) if names else NONE


def _settings(sheets: Sheets, report: Report) -> None:
    headings = (
        Bilingual(en="Setting", ja="設定"),
        Bilingual(en="Whole design", ja="設計全体"),
        _EXCEPTIONS,
        Bilingual(en="What it means for the flows", ja="通信への影響"),
    )
    rows = []
    for setting in report.catalog.settings:
        if set(setting.kinds).isdisjoint(report.design.components_by_kind):
            continue
        value = effective_setting(report.design, None, setting).value
        rows.append(
            (
                setting.name,
                _called(setting, value),
                _set_otherwise(report.design, setting, value),
                setting.note,
            )
        )
    plain_table(sheets, headings, rows)


def _called(setting: Setting, value: str) -> Bilingual:
    return next((choice.name for choice in setting.choices if choice.id == value), same(value))


def _set_otherwise(design: Design, setting: Setting, value: str) -> Bilingual:
    found: list[Bilingual] = []
    for each in design.components:
        if each.kind not in setting.kinds:
            continue
        own = effective_setting(design, each, setting).value
        if own != value:
            found.append(with_note(same(each.name), _called(setting, own)))
    if not found:
        return NONE
    return Bilingual(
        en=shortened([each.en for each in found]).en, ja=shortened([each.ja for each in found]).ja
    )
