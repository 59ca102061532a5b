"""The HTML table export: the port matrix alone, to paste into a wiki or a mail. No script, nothing outside."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from exports.markup import escaped
from exports.report import Report
from exports.tables import about_lines, matrix_table

_STYLE = (
    "body{font:13px/1.45 'Noto Sans JP',Meiryo,'Yu Gothic UI',sans-serif;margin:16px;color:#111820}"
    "h1{font-size:18px}table{border-collapse:collapse}"
    "th,td{border:1px solid #c9d1db;padding:3px 7px;text-align:left;vertical-align:top}"
    "th{background:#edf1f6}"
    "tr.added td{background:#e6f4ea}tr.removed td{background:#fbe9e7;text-decoration:line-through}"
    "tr.changed td{background:#fff4d6}dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px}dd{margin:0}"
)


def write_html_table(report: Report) -> bytes:
    """UTF-8 HTML with one table; rows carry what became of them as their class."""
    table = matrix_table(report)
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode("ascii")
    headings = "".join(f'<th scope="col">{escaped(name)}</th>' for name in table.headings)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{"ja" if report.language == "ja" else "en"}">',
        '<head><meta charset="utf-8">',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">",
        f"<title>{escaped(report.title)}</title><style>{_STYLE}</style></head>",
        f"<body><h1>{escaped(report.title)}</h1>",
        f"<table><caption>{escaped(table.title)}</caption>",
        f"<thead><tr>{headings}</tr></thead>",
        "<tbody>",
    ]
    for row, cells in zip(report.rows, table.rows, strict=True):
        mark = f' class="{row.status}"' if row.status not in (None, "unchanged") else ""
        lines.append(f"<tr{mark}>{''.join(f'<td>{escaped(cell)}</td>' for cell in cells)}</tr>")
    lines += ["</tbody></table>", "<dl>"]
    lines += [f"<dt>{escaped(label)}</dt><dd>{escaped(text)}</dd>" for label, text in about_lines(report)]
    lines += ["</dl></body>", "</html>"]
    return ("\n".join(lines) + "\n").encode()
