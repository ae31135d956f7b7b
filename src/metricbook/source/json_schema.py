"""The JSON Schema with which editors complete and underline framework files."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from metricbook.source.schema import Framework

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:metricbook:framework"


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes from names: an editor shows the name anyway."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def framework_schema() -> dict[str, Any]:
    """Return the schema of a framework file."""
    schema = Framework.model_json_schema(by_alias=True, schema_generator=_Untitled)
    return {"$schema": DIALECT, "$id": ID, **schema, "title": "Metricbook framework"}


def text() -> str:
    """Return the schema as it is committed in frameworks/framework.schema.json."""
    return json.dumps(framework_schema(), indent=2, ensure_ascii=False) + "\n"
