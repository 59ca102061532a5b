"""JSON Schemas of the files that people and other programs write; the same types check them here.

A schema describes the shape of a file. What only the whole file shows (ids that refer to each other, circles)
is checked when the file is read. The schemas in `resources/schemas` are these, written by `portchart schema`.
"""

import json
from typing import Any

from pydantic import BaseModel

from model.catalog.catalog import Catalog
from model.design.design import Design

JsonSchema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def catalog_schema() -> JsonSchema:
    """The schema of a catalog file."""
    return _schema(Catalog)


def design_schema() -> JsonSchema:
    """The schema of a design file."""
    return _schema(Design)


def schema_text(schema: JsonSchema) -> str:
    """A schema as the text of its file: two spaces, readable characters, one line end at the end."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema(model: type[BaseModel]) -> JsonSchema:
    return {"$schema": DIALECT} | model.model_json_schema(by_alias=True)
