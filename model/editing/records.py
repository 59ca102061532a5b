"""What people write beside flows: one field changed, and the records of an edited table taken over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from model.design.design import NO_RECORD, Design, Record
from model.errors import ChangeError
from model.sentences import told
from model.storage.invalid import refusal

FIELDS = tuple(Record.model_fields)
"""The fields of a record, in the order of the matrix."""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One field of one flow's record that gets another text."""

    flow: str
    field: str
    before: str
    after: str


def _with_records(design: Design, texts: Mapping[str, Mapping[str, str]]) -> Design:
    records = dict(design.records)
    for flow, fields in texts.items():
        try:
            record = records.get(flow, NO_RECORD).evolve(**fields)
        except ValidationError as error:
            place, reason = refusal(error)
            raise ChangeError(
                told("{flow}, {place}: {reason}.", flow=flow, place=place, reason=reason)
            ) from None
        records.pop(flow, None)
        if record != NO_RECORD:
            records[flow] = record
    try:
        return design.evolve(records=records)
    except ValidationError:
        raise ChangeError(
            told("{flows}: this is not the id of a flow, such as F-5KMM9VC3.", flows=", ".join(texts))
        ) from None


def set_field(design: Design, flows: Iterable[str], field: str, text: str) -> Design:
    """The design with one text beside several flows. Raises ChangeError where it does not fit the field."""
    return _with_records(design, {flow: {field: text} for flow in flows})


def record_changes(design: Design, texts: Mapping[str, Mapping[str, str]]) -> tuple[RecordChange, ...]:
    """What some texts, by flow id and field, would change in the records of a design; in the order given."""
    return tuple(
        RecordChange(flow, field, before, after)
        for flow, fields in texts.items()
        for field, after in fields.items()
        if (before := getattr(design.records.get(flow, NO_RECORD), field)) != after
    )


def apply_records(design: Design, changes: Iterable[RecordChange]) -> Design:
    """The design with changes of records made. Raises ChangeError where a text does not fit its field."""
    by_flow: dict[str, dict[str, str]] = {}
    for change in changes:
        by_flow.setdefault(change.flow, {})[change.field] = change.after
    return _with_records(design, by_flow)
