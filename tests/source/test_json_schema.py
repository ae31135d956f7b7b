"""The committed JSON Schema is the one that the models give, and it says what an editor needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from metricbook.source.json_schema import framework_schema, text

COMMITTED = Path(__file__).parents[2] / "frameworks" / "framework.schema.json"


def test_the_committed_schema_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == text()


def test_it_is_json_of_its_dialect() -> None:
    assert json.loads(text())["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_key_is_described_and_no_other_is_allowed() -> None:
    parts: dict[str, Any] = {**framework_schema()["$defs"], "Framework": framework_schema()}
    for name, part in parts.items():
        assert part["additionalProperties"] is False, name
        for key, described in part["properties"].items():
            assert described.get("description"), f"{name}.{key}"


def test_keys_are_named_as_in_the_file() -> None:
    assert {"from", "to"} <= set(framework_schema()["$defs"]["Target"]["properties"])
