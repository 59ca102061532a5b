"""Every export says which catalog, in which version, its rows come from."""

import io
import zipfile

import pypdf
import pytest

from exports.pictures.diagram import picture, theme_called, with_legend
from exports.registry import FORMATS, Format
from model.shapes.primitives import Text
from tests.reports import all_reports

CATALOG = "workload-security-govcloud 2026-11"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_every_export_names_its_catalog(form: Format) -> None:
    report = all_reports()["multi-vpc"]
    if form.id == "png":
        drawn = with_legend(report, picture(report, theme_called("paper")))
        assert any(CATALOG in item.text for item in drawn.items if isinstance(item, Text))
        return
    data = form.write(report)
    if form.id == "pdf":
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    elif form.id == "xlsx":
        text = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml").decode()
    else:
        text = data.decode("utf-8-sig")
    name, version = CATALOG.split()
    assert name in text
    assert version in text.split(name, 1)[1][:60]
