"""Any text in any field, in every picture and page: refused by the design, or built just as with plain text."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from xml.etree import ElementTree

import pytest
from PIL import Image

from exports.choice import Choice
from exports.drawio_file import write_drawio
from exports.html import write_html
from exports.html_table import write_html_table
from exports.png_file import write_png
from exports.report import Report
from exports.svg_file import write_svg
from model.columnsets import COLUMN_SETS
from model.derive import derive
from model.design import Design, Record, Revision
from model.elements import Note, Zone
from model.fields import MAX_NAME, MAX_TEXT
from model.profile import Profile
from tests.designs import shipped_catalog
from tests.formats.html.reading import read
from tests.reports import report_of, sample

PAYLOADS = (
    "</script><script>alert(1)</script>",
    "</title></style></svg><svg onload=alert(1)>",
    "<!--",
    "--><b>",
    "]]><x>",
    "<![CDATA[x",
    "&lt;img src=x&gt;",
    "&#60;b&#62;&quot;",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    '"><use href="http://evil.example/x.svg#a"/>',
    "x;html=1;image=http://evil.example/x.png;",
    "%3Cb%3E %name%",
    "$$x$$ `y` \\(z\\)",
    "${file('/etc/passwd')} %{x} #{y}",
    "javascript:alert(1)",
    "data:text/html,<script>1</script>",
    "url(http://evil.example/x)",
    "@import 'http://evil.example/x'",
    "trailing backslash\\",
    "=HYPERLINK(1)",
    "010.0.0.1",
    "two  spaces",
    "e\u0301 🂡 𠮷 ﷽",
    "שלום",
    "line\nend",
    "tab\tstop",
    "nul\x00",
    "escape\x1b[31m",
    "override\u202etxt",
    "isolate\u2066x",
    "zero\u200bwidth",
    "non\ufffecharacter",
    "lone\ud800surrogate",
    "x" * 33_000,
    "<" * MAX_NAME,
    "&" * MAX_NAME,
)
PLAIN = "plain"


def _component(design: Design, text: str) -> Design:
    first, *others = design.components
    return design.evolve(components=(first.evolve(name=text), *others))


def _zone(design: Design, **fields: str) -> Design:
    first, *others = design.zones
    changed: Zone = first.evolve(**fields)
    return design.evolve(zones=(changed, *others))


def _remarks(design: Design, text: str) -> Design:
    """A text beside every flow, in a column that the usual tables leave out but the HTML table is asked for."""
    flows = derive(design, shipped_catalog()).flows
    return design.evolve(records={flow.id: Record(remarks=text) for flow in flows})


FIELDS: dict[str, Callable[[Design, str], Design]] = {
    "component": _component,
    "zone": lambda design, text: _zone(design, name=text),
    "firewall": lambda design, text: _zone(design, firewall=text),
    "title": lambda design, text: design.evolve(title=text),
    "change number": lambda design, text: design.evolve(document=design.document.evolve(change_number=text)),
    "author": lambda design, text: design.evolve(document=design.document.evolve(author=text)),
    "revision": lambda design, text: design.evolve(
        document=design.document.evolve(revisions=(Revision(number=1, text=text),))
    ),
    "company": lambda design, text: design.evolve(profile=Profile(company=text)),
    "remarks": _remarks,
    "note": lambda design, text: design.evolve(notes=(Note(id="n", text=text, frame=(0, -200, 300, 100)),)),
}


def _xml(data: bytes) -> object:
    """Which elements there are with which attributes; texts of a drawing may be cut, wrapped or left out for room."""
    free = {"text", "rect"}
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for element in ElementTree.fromstring(data).iter():
        name = element.tag.rpartition("}")[2]
        if name not in free:
            found[name, tuple(sorted(element.attrib))] += 1
    return found


def _drawio(data: bytes) -> object:
    cells = ElementTree.fromstring(data).iter("mxCell")
    return [
        (
            cell.attrib["id"],
            tuple(cell.attrib),
            [entry.partition("=")[0] for entry in cell.get("style", "").split(";")],
        )
        for cell in cells
        if not cell.attrib["id"].startswith("firewall-")
    ]


def _html(data: bytes) -> object:
    return Counter(read(data).paths()), [script.text for script in read(data).all("script")]


def _png(data: bytes) -> object:
    image = Image.open(io.BytesIO(data))
    image.load()
    return sorted(set(image.info) & {"Title", "Software", "dpi"}), image.mode


def _whole_table(report: Report) -> bytes:
    return write_html_table(replace(report, choice=Choice(columns=tuple(COLUMN_SETS))))


FORMATS: dict[str, tuple[Callable[[Report], bytes], Callable[[bytes], object]]] = {
    "svg": (write_svg, _xml),
    "drawio": (write_drawio, _drawio),
    "html": (write_html, _html),
    "html-table": (_whole_table, _html),
    "png": (lambda report: write_png(report, 0.25), _png),
}


@pytest.fixture(scope="module")
def plain() -> dict[tuple[str, str], object]:
    """The structure of every format with a plain text in every field."""
    design = sample("single-vpc")
    reports = {field: report_of(put(design, PLAIN), "both") for field, put in FIELDS.items()}
    return {
        (field, form): structure(write(report))
        for (field, report), (form, (write, structure)) in product(reports.items(), FORMATS.items())
    }


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_it_is_refused_or_changes_nothing_but_the_text(
    field: str, payload: str, plain: dict[tuple[str, str], object]
) -> None:
    try:
        design = FIELDS[field](sample("single-vpc"), payload)
    except ValueError:
        return
    assert len(payload) <= (MAX_TEXT if field == "note" else MAX_NAME)
    report = report_of(design, "both")
    for form, (write, structure) in FORMATS.items():
        if form == "png" and payload != PAYLOADS[0]:
            continue  # nothing in a PNG reads its texts; painting one of each field is enough
        assert structure(write(report)) == plain[field, form], form


def test_the_payloads_are_not_all_refused() -> None:
    """Markup is a fair name: it must be carried, and only what cannot be seen or printed is refused."""
    refused = set()
    for number, payload in enumerate(PAYLOADS):
        try:
            _component(sample("single-vpc"), payload)
        except ValueError:
            refused.add(number)
    assert len(refused) < len(PAYLOADS) / 2
    fair = {number for number, text in enumerate(PAYLOADS) if text.isprintable() and len(text) <= MAX_NAME}
    assert not [PAYLOADS[number] for number in refused & fair if PAYLOADS[number].isascii()]
