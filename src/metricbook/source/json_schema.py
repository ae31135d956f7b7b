"""The JSON Schemas with which editors complete and underline framework files and client files."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from metricbook.source.client import ClientFile
from metricbook.source.part import Part
from metricbook.source.schema import Framework

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[Part]] = {"framework": Framework, "client": ClientFile}


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes from names: an editor shows the name anyway."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(kind: str) -> dict[str, Any]:
    """Return the schema of a kind of file: framework or client."""
    schema = KINDS[kind].model_json_schema(by_alias=True, schema_generator=_Untitled)
    return {"$schema": DIALECT, "$id": f"urn:metricbook:{kind}", **schema, "title": f"Metricbook {kind}"}


def text(kind: str = "framework") -> str:
    """Return the schema as it is committed in frameworks/<kind>.schema.json."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"
