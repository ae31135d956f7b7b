"""The JSON Schemas with which editors complete and underline framework files and client files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from metricbook.source.client import ClientFile
from metricbook.source.load import load, shipped
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


def text_with_ids(words: Mapping[str, str]) -> str:
    """Return the schema of client files with the ids of the shipped frameworks, for editors to complete.

    `words` are the fixed words of the workbook by id. Other ids stay allowed, since a framework may be the reader's
    own. It is not committed: it would be another one with every metric.
    """
    schema = schema_of("client")
    parts = schema["properties"]
    sources = [load(path).framework for path in shipped().values()]
    metrics = _described(sources, "metrics")
    parts["framework"]["anyOf"].insert(0, {"enum": list(shipped())})
    for choice in (each for each in parts["framework"]["anyOf"] if each.get("type") == "array"):
        choice["items"] = _one_of(shipped())
    for key in ("metrics", "constants", "dimensions", "sections", "records"):
        _name(parts[key], _described(sources, key))
    _name(parts["show"], metrics)
    _name(parts["words"], words)
    sheets = [page.sheet for each in sources for page in each.sheets if page.sheet]
    parts["hide"]["items"] = _one_of([*sheets, *_described(sources, "dimensions"), *metrics])
    asked = {key: option for each in sources for key, option in each.profile.items()}
    parts["profile"]["properties"] = {
        key: {**_one_of(option.options), "description": option.label} for key, option in asked.items()
    }
    parts["choose"]["properties"] = {
        id: {**_one_of(metric.variants), "description": metrics[id]}
        for each in sources
        for id, metric in each.metrics.items()
        if metric.variants and metric.follow is None
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _described(sources: Iterable[Framework], key: str) -> dict[str, str]:
    """The ids of a part of all frameworks with what they are called; the framework that says most says it."""
    found: dict[str, str] = {}
    for each in sources:
        for id, part in getattr(each, key).items():
            words = getattr(part, "label", "") or getattr(part, "title", "") or ""
            found[id] = found.get(id) or words
    return dict(sorted(found.items()))


def _name(part: dict[str, Any], ids: Mapping[str, str]) -> None:
    """Name the keys of a mapping, each with the shape that any of its keys has."""
    shapes = part.get("patternProperties")
    shape = next(iter(shapes.values())) if shapes else part["additionalProperties"]
    part["properties"] = {id: {**shape, "description": words or id} for id, words in ids.items()}


def _one_of(ids: Iterable[str]) -> dict[str, Any]:
    """One of these words to choose from, or any other."""
    return {"anyOf": [{"enum": list(dict.fromkeys(ids))}, {"type": "string"}]}
