"""Columns are as wide as what stands in them; numbers are read as Excel shows them."""

from __future__ import annotations

import pytest
from package_parts import opened

from cut import Shown, cut_off
from metricbook.build import values_of, workbook_of
from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from metricbook.model.data import examples
from metricbook.workbook.number_text import number_text
from worked import read

LONG = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  channel: {label: Channel, members: {fairs: Fairs and exhibitions of the whole industry, paid: Paid}}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {example: 9}}
sheets: [{sheet: main, title: Main, blocks: [{table: {rows: channel, columns: [spend]}}]}]
"""


def widths(text: str) -> tuple[float, float]:
    """Of Inputs, in the file: the column of members and that of the first period."""
    model = read(text)
    file = workbook_of(model, Settings(inputs=examples(model)))
    columns = opened(file)["Inputs"].column_dimensions
    return columns["C"].width, columns["J"].width


def test_columns_grow_with_what_stands_in_them() -> None:
    (member, narrow), (same, wide) = widths(LONG), widths(LONG.replace("example: 9", "example: 1_234_567_890_123"))
    assert member == same
    assert member * 7 >= 239  # pixels of "Fairs and exhibitions of the whole industry" at 10 points; 7 for a digit
    assert narrow == 11 + 182 / 256
    assert wide > narrow


def test_what_is_cut_off_is_seen() -> None:
    model = read(LONG.replace("example: 9", "example: 1_234_567_890_123"))
    plan = lay_out(model, Settings(inputs=examples(model)))
    values = values_of(plan)
    found = [cell for each in plan.sheets for cell in Shown(each, values).cut()]
    assert any("Fairs and exhibitions" in cell for cell in found)
    assert any("1234567890123" in cell for cell in found)
    assert [cell for cell in cut_off(plan, values) if not cell.startswith("Main")] == []


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "#,##0", "1,234"),
        (-1234.5, '"$"#,##0', "-$1,234"),
        (0.256, "0.0%", "25.6%"),
        (0.02, "+0.0%;-0.0%;0.0%", "+2.0%"),
        (-0.02, "+0.0%;-0.0%;0.0%", "-2.0%"),
        (0.0, "+0.0%;-0.0%;0.0%", "0.0%"),
        (-0.5, '"↑ "0.0%;"↓ "0.0%;"→ "0.0%', "↓ 50.0%"),
        (7_530_000.0, '[>=999500]"$"0.00,,"M";[>=9999.5]"$"0.0,"k";"$"#,##0', "$7.53M"),
        (12_300.0, '[>=999500]"$"0.00,,"M";[>=9999.5]"$"0.0,"k";"$"#,##0', "$12.3k"),
        (990.0, '[>=999500]"$"0.00,,"M";[>=9999.5]"$"0.0,"k";"$"#,##0', "$990"),
        (-5.0, '[<0]-"$"#,##0;[>=999500]"$"0.00,,"M";"$"#,##0', "-$5"),
        (46_023.0, "mmm yy", "Jan 26"),
        (46_053.0, "d mmm yyyy", "31 Jan 2026"),
        (46_023.0, "yyyy", "2026"),
        (11.84, '0.0" mo"', "11.8 mo"),
        (3.0, "General", "3"),
    ],
)
def test_numbers_as_they_are_shown(value: float, code: str, text: str) -> None:
    assert number_text(value, code) == text
