"""What `show` tells of a framework beside its metrics: dimensions, record tables with their columns, and checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table as ScreenTable

from metricbook.model.dimensions import Dimension
from metricbook.model.model import Model, Table
from metricbook.model.record_columns import label_of
from metricbook.screen_table import screen_table


def structure_tables(model: Model) -> Iterator[ScreenTable]:
    """Dimensions, each record table, and checks, for people."""
    rows = ((each.id, each.label, each.of, ", ".join(_named(each))) for each in model.dimensions.values())
    yield screen_table("Dimensions and their members", ("id", "Dimension", "Part of", "Members"), rows)
    for table in model.tables.values():
        columns = (
            (each["id"], each["label"], each["type"], "required" if each["required"] else "", _values(each))
            for each in _columns(table)
        )
        title = f"Record table {table.id}: {table.label}"
        yield screen_table(title, ("Column", "Heading", "Type", "", "Of, or options"), columns)
    checks = ((each.id, each.severity, each.message) for each in model.checks)
    yield screen_table("Checks", ("id", "Severity", "If it fails"), checks)


def structure_data(model: Model) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "dimensions": [
            {
                "id": each.id,
                "label": each.label,
                "of": each.of or None,
                "groups": dict(each.groups),
                "members": {one.id: one.label for one in each.members if one.label},
            }
            for each in model.dimensions.values()
        ],
        "tables": [{"id": each.id, "label": each.label, "columns": _columns(each)} for each in model.tables.values()],
        "checks": [{"id": each.id, "severity": each.severity, "message": each.message} for each in model.checks],
    }


def _named(dimension: Dimension) -> list[str]:
    return [f"{each.id} ({each.label})" for each in dimension.members if each.label]


def _columns(table: Table) -> list[dict[str, Any]]:
    return [
        {
            "id": id,
            "label": label_of(id, column.label),
            "type": column.type,
            "of": column.of,
            "options": dict(column.options or {}),
            "required": column.required,
        }
        for id, column in table.pasted.items()
    ]


def _values(column: dict[str, Any]) -> str:
    return column["of"] or ", ".join(f"{id} ({word})" for id, word in column["options"].items())
