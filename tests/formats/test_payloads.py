"""Any text in any field, in every format: refused by the design, or written just as a plain text is.

The fields are those of a design's file, and the formats those of the registry: neither list can be forgotten here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from exports.jobs import planned
from exports.registry import FORMATS
from model.design.design import Design
from model.design.fields import MAX_NAME
from model.errors import FileError
from model.storage.schemas import design_schema
from tests.formats.hostile.fields import accepts, full_design, places, unused, whole_report, with_texts
from tests.formats.hostile.payloads import PAYLOADS
from tests.formats.hostile.structures import STRUCTURES, structure

PLAIN = "plain"
SLOW = {"pdf", "png"}
SLOWER = SLOW | {"cisco-asa", "palo-alto", "xlsx"}
NUMBERED = [pytest.param(text, id=str(number)) for number, text in enumerate(PAYLOADS)]
IDS = [form.id for form in FORMATS]
FREE = [field for field in places() if accepts(field, "any words")]


def _with(fields: Iterable[str], payload: str) -> Design:
    """A plain text in every field, and a payload in some."""
    return with_texts(fields, payload, with_texts(FREE, PLAIN))


@pytest.fixture(scope="module")
def plain() -> dict[str, object]:
    """The structure of every format with a plain text in every field."""
    report = whole_report(_with((), PLAIN), PLAIN)
    return {form: structure(form, report) for form in IDS}


def test_every_format_has_a_structure_and_every_text_of_a_design_a_place() -> None:
    assert set(STRUCTURES) == set(IDS)
    assert unused(full_design(), design_schema()) == set()
    assert {
        "title",
        "zones[].firewall",
        "scenarios[].name",
        "views[].name",
        "records{}.remarks",
        "jobs[].name",
    } < set(FREE)


def _differing(design: Design, rule: str, plain: dict[str, object], formats: Iterable[str]) -> set[str]:
    """The formats whose structure is not that of plain texts; a rule's name that is refused is left plain."""
    try:
        report = whole_report(design, rule)
    except FileError:
        report = whole_report(design, PLAIN)
    return {form for form in formats if structure(form, report) != plain[form]}


@pytest.mark.parametrize("payload", NUMBERED)
def test_every_format_is_written_as_with_plain_texts(payload: str, plain: dict[str, object]) -> None:
    """In all fields at once; the slowest formats with some of the payloads only (the soak run tries all)."""
    fields = [field for field in FREE if accepts(field, payload)]
    some = PAYLOADS.index(payload) % 5 == 0
    formats = [form for form in IDS if some or form not in SLOW]
    if fields:
        assert _differing(_with(fields, payload), payload, plain, formats) == set()


@pytest.mark.soak
@pytest.mark.parametrize("payload", NUMBERED)
def test_every_format_is_written_as_with_a_plain_text_in_each_field(
    payload: str, plain: dict[str, object]
) -> None:
    """In one field after the other; the slow formats with the payload in all fields, but every payload."""
    taking = [field for field in FREE if accepts(field, payload)]
    formats = [form for form in IDS if form not in SLOWER]
    for field in taking:
        assert (field, _differing(_with((field,), payload), PLAIN, plain, formats)) == (field, set())
    assert _differing(_with((), payload), payload, plain, formats) == set(), "as the name of an existing rule"
    assert _differing(_with(taking, payload), payload, plain, SLOWER) == set()


@pytest.mark.parametrize("payload", NUMBERED)
def test_files_of_a_job_stay_in_its_folder_under_names_that_every_system_takes(payload: str) -> None:
    fields = [
        field for field in ("title", "document.change_number", "scenarios[].name") if accepts(field, payload)
    ]
    design = with_texts(fields, payload)
    (job,) = design.jobs
    for pattern in ("{title}", "{change}", "{scenario}", "{design}", "x{title}{change}{scenario}"):
        changed = job.evolve(pattern=pattern, folder="")
        file = Path("/folder") / f"{payload.replace('/', '')}.portchart"
        for plan in planned(changed, design, file, "2026-01-02"):
            name = plan.path.name
            assert plan.path.parent == Path("/folder")
            assert 0 < len(name.encode()) <= 255
            assert not set(name) & set('<>:"/\\|?*')
            assert name.isprintable()
            assert name.split(".")[0].upper() not in ("CON", "NUL", "AUX", "PRN")
            assert name.strip(" ") == name


def test_the_payloads_are_not_all_refused() -> None:
    """Markup is a fair name: it must be carried, and only what cannot be seen or printed is refused."""
    refused = {text for text in PAYLOADS if not accepts("components[].name", text)}
    assert len(refused) < len(PAYLOADS) / 2
    fair = {text for text in PAYLOADS if text.isprintable() and len(text) <= MAX_NAME}
    assert not [text for text in refused & fair if text.isascii()]
