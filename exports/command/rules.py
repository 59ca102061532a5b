"""`portchart catalog`: the rules, features and settings, and one rule or discrepancy in full."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from exports.catalogs import catalog_file
from exports.command.terminal import aligned, write_text
from exports.tables import source_columns
from model.catalog import Catalog
from model.columns import Column
from model.errors import CatalogError
from model.explain import citation_text
from model.frozen import Bilingual, Language
from model.rules import Connection, Discrepancy, Names, Rule
from model.wording import in_words

_LISTED = ("rule", "table", "row", "lines", "reading")
FEATURE = Bilingual(en="Feature", ja="機能")
SETTING = Bilingual(en="Setting", ja="設定")
NAME = Bilingual(en="Name", ja="名称")
VALUES = Bilingual(en="Values", ja="値")
LINE = Bilingual(en="line {}", ja="原文 {} 行")
WHEN = Bilingual(en="when {}", ja="条件: {}")
INFERRED = Bilingual(en="inferred, not printed", ja="推定(記載なし)")
SOURCE_SIDE = Bilingual(en="name of the source", ja="送信元の名前")
OWN = Bilingual(en="the destination's own FQDN", ja="宛先自身の FQDN")


def catalog(arguments: Namespace) -> int:
    """Print the whole catalog in short, or one entry in full; 0."""
    found = catalog_file().catalog
    lines = (
        _overview(found, arguments.language)
        if arguments.rule is None
        else _entry(found, arguments.rule.upper(), arguments.language)
    )
    write_text("\n".join(lines) + "\n")
    return 0


def _overview(found: Catalog, language: Language) -> Iterator[str]:
    yield f"{found.title.text(language)} ({found.id} {found.version})"
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
    if name in found.rule_by_id:
        return _rule(found, found.rule_by_id[name], language)
    if name in found.discrepancy_by_id:
        return _discrepancy(found.discrepancy_by_id[name], language)
    raise CatalogError(f"The catalog has no rule {name}; `portchart catalog` lists those it has.")


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
    where = f" ({LINE.text(language).format(', '.join(map(str, item.lines)))})" if item.lines else ""
    yield f"{item.id}  {item.subject.text(language)}{where}"
    yield f"    {item.reading.text(language)}"
