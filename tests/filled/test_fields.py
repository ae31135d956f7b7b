"""Every cell that is not locked has an address, and no two have the same: so nothing typed can be passed over."""

from __future__ import annotations

from collections import Counter

import pytest

from metricbook.build import model_of
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.workbook.styles import LOOKS


@pytest.fixture(scope="module", params=["growth", "attribution", "advocacy", "gtm_measurement"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return lay_out(model_of(request.param))


def test_every_open_cell_has_an_address_of_its_own(plan: Plan) -> None:
    cells = {
        (sheet.name, run.row, column)
        for sheet in plan.sheets
        if sheet.kind != "records"  # the rows of a table are found by its name
        for run in sheet.runs
        if LOOKS[run.style.role].open
        for column in range(run.first, run.last + 1)
    }
    fields = [
        (field.at.sheet, field.at.row, field.at.column + number)
        for field in plan.fields
        for number in range(len(field.keys))
    ]
    assert set(fields) == cells
    assert len(fields) == len(cells)


def test_no_address_stands_for_two_cells(plan: Plan) -> None:
    counts = Counter(address for field in plan.fields for address in field.addresses())
    assert [address for address, count in counts.items() if count > 1] == []
