"""`portchart catalog`: the rules, features and settings, and one rule or discrepancy in full."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from exports.catalogs import catalog_file
from exports.command.terminal import aligned, write_bytes, write_text
from exports.plain import Data, json_text
from exports.tables import source_columns
from model.catalog.catalog import Catalog
from model.catalog.rules import Connection, Discrepancy, Names, Rule
from model.design.columns import Column, same, with_note
from model.errors import CatalogError
from model.explain import citation_text
from model.frozen import Bilingual, Language
from model.sentences import told
from model.tables.wording import in_words, worded

_LISTED = ("rule", "table", "row", "lines", "reading")
FEATURE = Bilingual(en="Feature", ja="機能")
SETTING = Bilingual(en="Setting", ja="設定")
NAME = Bilingual(en="Name", ja="名称")
VALUES = Bilingual(en="Values", ja="値")
LINE = ("line {lines}", "原文 {lines} 行目")
WHEN = Bilingual(en="when {}", ja="条件: {}")
INFERRED = Bilingual(en="inferred, not printed", ja="推定（記載なし）")
SOURCE_SIDE = Bilingual(en="name of the source", ja="送信元の名前")
OWN = Bilingual(en="the destination's own FQDN", ja="宛先自身の FQDN")


def catalog(arguments: Namespace) -> int:
    """Print the whole catalog in short, or entries in full; 0. With --against, see `against`."""
    if arguments.against is not None:
        from exports.command.revision import against

        return against(arguments)
    found = catalog_file().catalog
    if arguments.json:
        write_bytes(json_text(_data(found, [name.upper() for name in arguments.subjects])).encode())
        return 0
    parts = [_entry(found, name.upper(), arguments.language) for name in arguments.subjects] or [
        _overview(found, arguments.language)
    ]
    write_text("\n".join(line for part in parts for line in part) + "\n")
    return 0


def _data(found: Catalog, names: Sequence[str]) -> Data:
    """The entries named, or the whole catalog, as its file has them."""
    if not names:
        whole: Data = found.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return whole
    for name in names:
        _known(found, name)
    entries = [found.rule_by_id.get(name) or found.discrepancy_by_id[name] for name in names]
    return {
        "entries": [each.model_dump(mode="json", by_alias=True, exclude_defaults=True) for each in entries]
    }


def _known(found: Catalog, name: str) -> None:
    if name not in found.rule_by_id and name not in found.discrepancy_by_id:
        raise CatalogError(
            told("The catalog has no rule {name}; `portchart catalog` lists those it has.", name=name)
        )


def _overview(found: Catalog, language: Language) -> Iterator[str]:
    yield with_note(found.title, same(f"{found.id} {found.version}")).text(language)
    yield ""
    columns: list[Column[Rule]] = [column for column in source_columns(found) if column.id in _LISTED]
    headings = [column.title(language) for column in columns]
    yield aligned(headings, [[column.cell(rule, language) for column in columns] for rule in found.rules])
    features = [(feature.id, feature.name.text(language)) for feature in found.features]
    yield aligned((FEATURE.text(language), NAME.text(language)), features)
    settings = [
        (setting.id, setting.name.text(language), ", ".join(choice.id for choice in setting.choices))
        for setting in found.settings
    ]
    yield aligned((SETTING.text(language), NAME.text(language), VALUES.text(language)), settings).rstrip("\n")


def _entry(found: Catalog, name: str, language: Language) -> Iterator[str]:
    _known(found, name)
    if name in found.rule_by_id:
        return _rule(found, found.rule_by_id[name], language)
    return _discrepancy(found.discrepancy_by_id[name], language)


def _rule(found: Catalog, rule: Rule, language: Language) -> Iterator[str]:
    purpose = found.purpose_by_id[rule.purpose].name.text(language)
    yield f"{rule.id}  {purpose}"
    yield f"    {found.document.title.text(language)}: {citation_text(found, rule.citation).text(language)}"
    yield f"    {rule.reading.text(language)}"
    for link in rule.connections:
        yield f"    {_connection(found, link, language)}"
    for names in rule.names:
        yield from (f"    {line}" for line in _names(found, names, language))
    for name in rule.discrepancies:
        yield from (f"    {line}" for line in _discrepancy(found.discrepancy_by_id[name], language))


def _connection(found: Catalog, link: Connection, language: Language) -> str:
    text = f"{_ends(link.from_, link.to)}  {link.port}/{link.transport}  {link.protocol}"
    if link.when is not None:
        text += "  " + WHEN.text(language).format(in_words(link.when, found).text(language))
    return text


def _names(found: Catalog, names: Names, language: Language) -> Iterator[str]:
    marks = [(names.own, OWN), (names.inferred, INFERRED), (names.side == "source", SOURCE_SIDE)]
    texts = [mark.text(language) for holds, mark in marks if holds]
    if names.when is not None:
        texts.append(WHEN.text(language).format(in_words(names.when, found).text(language)))
    yield "  ".join([_ends(names.from_, names.to), *texts])
    yield from (f"    {name}" for name in names.fqdns)


def _ends(sources: tuple[str, ...], destinations: tuple[str, ...]) -> str:
    return f"{', '.join(sources)} → {', '.join(destinations)}"


def _discrepancy(item: Discrepancy, language: Language) -> Iterator[str]:
    lines = ", ".join(map(str, item.lines))
    subject = with_note(item.subject, worded(*LINE, lines=lines)) if lines else item.subject
    yield f"{item.id}  {subject.text(language)}"
    yield f"    {item.reading.text(language)}"
