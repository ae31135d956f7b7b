"""The committed JSON Schema is the one that the models give, and it says what an editor needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from metricbook.source.json_schema import KINDS, schema_of, text

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
of_each_kind = pytest.mark.parametrize("kind", KINDS)


@of_each_kind
def test_the_committed_schema_is_current(kind: str) -> None:
    assert (FRAMEWORKS / f"{kind}.schema.json").read_text(encoding="utf-8") == text(kind)


@of_each_kind
def test_it_is_json_of_its_dialect(kind: str) -> None:
    assert json.loads(text(kind))["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@of_each_kind
def test_every_key_is_described_and_no_other_is_allowed(kind: str) -> None:
    parts: dict[str, Any] = {**schema_of(kind)["$defs"], kind: schema_of(kind)}
    for name, part in parts.items():
        assert part["additionalProperties"] is False, name
        for key, described in part["properties"].items():
            assert described.get("description"), f"{name}.{key}"


def test_keys_are_named_as_in_the_file() -> None:
    assert {"from", "to"} <= set(schema_of("framework")["$defs"]["Target"]["properties"])
