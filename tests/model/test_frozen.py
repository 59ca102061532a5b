"""Stored values: what `dict` and `evolve` make of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from pydantic import ValidationError

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.design import Design
from model.design.elements import Component
from model.editing import parts
from tests.designs import designs


def test_what_is_remembered_beside_the_fields_is_not_taken_for_one() -> None:
    component = Component(id="web", kind="agent", name="Web")
    assert component.likeness, "remembered from here on"
    assert set(dict(component)) == set(Component.model_fields)
    assert Component.model_validate({**dict(component), "name": "Other"}).name == "Other"
    assert component.evolve(count=3).count == 3


@given(design=designs())
def test_a_design_whose_flows_are_known_is_copied_and_edited_as_before(
    catalog: Catalog, design: Design
) -> None:
    derive(design, catalog)
    everything = parts.take(design, [each.id for each in design.components])
    arrived = parts.paste(design, everything, (0, 0))
    assert len(arrived.design.components) == 2 * len(design.components)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Component(id="web", kind="agent", name="Web").evolve(colour="red")
