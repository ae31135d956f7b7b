"""How numbers look: a unit and its `decimals` → an Excel number format."""

from __future__ import annotations

import pytest

from metricbook.layout.formats import Formats
from worked import read


@pytest.mark.parametrize(
    ("keys", "format"),
    [
        ("unit: count", "#,##0"),
        ("unit: count, decimals: 1", "[>=100]#,##0;[<=-100]-#,##0;#,##0.0"),
        ("unit: count, decimals: 2, signed: true", "+#,##0.00;-#,##0.00;#,##0.00"),
        ("unit: currency, decimals: 2", '"$"#,##0.00'),
        ("unit: percent, decimals: 0", "0%"),
        ("unit: points, decimals: 2", "+0.00%;-0.00%;0.00%"),
        ("unit: ratio, decimals: 2", '0.00"×"'),
        ("unit: days, decimals: 1", "#,##0.0"),
    ],
)
def test_decimals_keep_thousands_signs_and_units(keys: str, format: str) -> None:
    model = read(
        "dimensions: {period: {grain: month, count: 2, first: 2026-01}}\n"
        f"metrics: {{x: {{label: X, {keys}, rollup: last, input: {{}}}}}}\n"
        "sheets: [{sheet: main, title: Main, blocks: [{table: {rows: [x], columns: period}}]}]\n"
    )
    assert Formats("USD").of(model.metrics["x"]) == format
