"""The pages of the report are as they were when somebody last looked at them."""

import pytest
from PIL import Image

from exports.pdf import write_pdf
from model.design.columns import Shown
from tests.exports.pdf.reading import report_called
from tests.exports.pdf.reviewed import REPORTS, differs, pages_of, path_of, thumbnails

SAME = 24.0
"""Squares of pages differ by less where fonts are smoothed in another way, or a word is another."""
AGAIN = "look at the PDF, and where it is as it should be, run: python -m tests.exports.pdf.reviewed"


@pytest.mark.parametrize(("name", "language"), REPORTS)
def test_pages_look_as_they_were_reviewed(name: str, language: Shown) -> None:
    made = thumbnails(write_pdf(report_called(name, language)))
    with Image.open(path_of(name, language)) as opened:
        kept = pages_of(opened.convert("L"), len(made) + 1)
    beyond = kept.pop()
    assert len(set(beyond.tobytes())) == 1, f"there are fewer pages than were reviewed; {AGAIN}"
    for number, (page, reviewed) in enumerate(zip(made, kept, strict=True), start=1):
        assert differs(page, reviewed) < SAME, f"page {number} looks otherwise than reviewed; {AGAIN}"
    assert differs(made[0], made[1]) > SAME, "the comparison must be able to fail"
