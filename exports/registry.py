"""The formats a report can be written in, as a table. A writer is loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

from exports.artefacts import ARTEFACTS
from exports.firewall.artefact import Artefact
from exports.firewall.permits import Inexpressible
from exports.report import Report
from model.errors import ExportError
from model.frozen import Bilingual
from model.sentences import told


def _csv(report: Report) -> bytes:
    from exports.matrix.csv_file import write_csv

    return write_csv(report)


def _tsv(report: Report) -> bytes:
    from exports.matrix.csv_file import write_tsv

    return write_tsv(report)


def _html_table(report: Report) -> bytes:
    from exports.matrix.html_table import write_html_table

    return write_html_table(report)


def _xlsx(report: Report) -> bytes:
    from exports.matrix.xlsx_file import write_xlsx

    return write_xlsx(report)


def _json(report: Report) -> bytes:
    from exports.matrix.json_file import write_json

    return write_json(report)


def _markdown(report: Report) -> bytes:
    from exports.matrix.markdown_file import write_markdown

    return write_markdown(report)


def _urls(report: Report) -> bytes:
    from exports.matrix.urls_file import write_urls

    return write_urls(report)


def _svg(report: Report) -> bytes:
    from exports.pictures.svg_file import write_svg

    return write_svg(report)


def _png(report: Report) -> bytes:
    from exports.pictures.png_file import write_png

    return write_png(report)


def _drawio(report: Report) -> bytes:
    from exports.pictures.drawio_file import write_drawio

    return write_drawio(report)


def _html(report: Report) -> bytes:
    from exports.html import write_html

    return write_html(report)


def _pdf(report: Report) -> bytes:
    from exports.pdf import write_pdf

    return write_pdf(report)


Option = Literal["sections", "columns", "headings", "theme", "scale", "encoding"]
OPTIONS: tuple[Option, ...] = get_args(Option)
_MATRIX: frozenset[Option] = frozenset({"columns", "headings"})


def _none(report: Report) -> tuple[Inexpressible, ...]:
    """The flows that a format which holds them all cannot express."""
    return ()


class Format(NamedTuple):
    """A file format: its id on the command line, its file name extension, its media type and what it holds."""

    id: str
    extension: str
    media: str
    name: Bilingual
    write: Callable[[Report], bytes]
    """Gives the bytes of the whole file, the same for the same report; raises ExportError."""
    unexpressed: Callable[[Report], tuple[Inexpressible, ...]] = _none
    """The flows the format cannot express. The user accepts them before the file is written."""
    options: frozenset[Option] = frozenset()
    """What can be chosen about it (see `Choice`)."""

    @property
    def compares(self) -> bool:
        """Whether it has a place for how flows stand with existing rules."""
        return self.id == "json" or bool(self.options & {"columns", "sections"})

    @property
    def partial(self) -> bool:
        """Whether there may be flows that it cannot express."""
        return self.unexpressed is not _none


def _firewall(artefact: Artefact) -> Format:
    return Format(
        artefact.id,
        artefact.extension,
        artefact.media,
        artefact.name,
        lambda report: artefact.make(report).data,
        lambda report: artefact.make(report).inexpressible,
    )


FORMATS: tuple[Format, ...] = (
    Format(
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Bilingual(
            en="Spreadsheet: matrix, URL allow-list, findings and sources",
            ja="スプレッドシート: 通信要件一覧、URL許可リスト、確認事項、根拠資料",
        ),
        _xlsx,
        options=_MATRIX,
    ),
    Format(
        "csv",
        ".csv",
        "text/csv",
        Bilingual(en="CSV: the port matrix", ja="CSV: 通信要件一覧"),
        _csv,
        options=_MATRIX | {"encoding"},
    ),
    Format(
        "tsv",
        ".tsv",
        "text/tab-separated-values",
        Bilingual(en="TSV: the port matrix, tab-separated", ja="TSV: 通信要件一覧（タブ区切り）"),
        _tsv,
        options=_MATRIX | {"encoding"},
    ),
    Format(
        "html-table",
        ".table.html",
        "text/html",
        Bilingual(
            en="HTML table: the port matrix alone, for wikis and mail",
            ja="HTML 表: 通信要件一覧のみ（Wiki・メール用）",
        ),
        _html_table,
        options=_MATRIX,
    ),
    Format(
        "pdf",
        ".pdf",
        "application/pdf",
        Bilingual(
            en="PDF/A: the change-board report, from the decision to the appendix",
            ja="PDF/A: 変更審査用の報告書（要約から付録まで）",
        ),
        _pdf,
        options=frozenset({"sections"}),
    ),
    Format(
        "html",
        ".html",
        "text/html",
        Bilingual(
            en="HTML: interactive topology, matrix, URL allow-list, findings and citations",
            ja="HTML: 操作できる構成図、通信要件一覧、URL許可リスト、確認事項、根拠",
        ),
        _html,
        options=frozenset({"columns"}),
    ),
    Format(
        "json",
        ".json",
        "application/json",
        Bilingual(en="JSON: everything, for programs", ja="JSON: すべての内容（プログラム用）"),
        _json,
    ),
    Format(
        "markdown",
        ".md",
        "text/markdown",
        Bilingual(en="Markdown: every table, for wikis", ja="Markdown: すべての表（Wiki 用）"),
        _markdown,
        options=_MATRIX,
    ),
    Format(
        "urls",
        ".urls.txt",
        "text/plain",
        Bilingual(
            en="Text: the URL allow-list, one name a line", ja="テキスト: URL許可リスト（1 行に 1 つ）"
        ),
        _urls,
    ),
    Format(
        "svg",
        ".svg",
        "image/svg+xml",
        Bilingual(en="SVG: the topology, for documents and Visio", ja="SVG: 構成図（文書・Visio 用）"),
        _svg,
        options=frozenset({"theme"}),
    ),
    Format(
        "png",
        ".png",
        "image/png",
        Bilingual(en="PNG: the topology, for slides and mail", ja="PNG: 構成図（スライド・メール用）"),
        _png,
        options=frozenset({"theme", "scale"}),
    ),
    Format(
        "drawio",
        ".drawio",
        "application/vnd.jgraph.mxfile",
        Bilingual(en="draw.io: the topology, to go on editing", ja="draw.io: 編集可能な構成図"),
        _drawio,
    ),
    *map(_firewall, ARTEFACTS),
)


def format_by_id(name: str) -> Format:
    """The format with an id. Raises ExportError, with the ids there are."""
    for each in FORMATS:
        if each.id == name:
            return each
    raise ExportError(
        told(
            "There is no format {name}; there is {known}.",
            name=name,
            known=", ".join(each.id for each in FORMATS),
        )
    )
