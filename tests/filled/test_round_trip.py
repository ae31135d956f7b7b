"""Whatever is typed: built, read and built again it is the same, and a later version loses nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from metricbook.build import model_of, workbook_of
from metricbook.filled.carry import carry
from metricbook.filled.read import read_filled
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Field, Plan
from metricbook.layout.settings import Settings
from metricbook.model.model import Model
from small import small

NUMBERS = st.floats(-1e15, 1e15, allow_nan=False).map(lambda number: number + 0.0)  # no −0: cells have none
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zs"]) | st.sampled_from("=+-@'\"<&> \n")
TEXTS = st.text(LETTERS, min_size=1, max_size=40).filter(lambda text: bool(text.strip())) | st.sampled_from(
    ["_x0041_", "#REF!", "1,200", "TRUE", "=1+1", "01", "n/a", "]]>", "2026-01"]
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return model_of(small(tmp_path_factory.mktemp("round")))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """A version with a metric less, a member less and a period less, that begins later."""
    changes = (
        ("  spend: {label: Cost,", "  cost: {label: Cost, aliases: [spend],"),
        ("spend / wins", "cost / wins"),
        ("  budget: {label: Budget, unit: currency, by: [], input: {example: 9_000}}\n", ""),
        ("[budget, margin]", "[margin]"),
        ("count: 3, first: 2026-01", "count: 2, first: 2026-02"),
        (", events: Events", ""),
        (", events: 700", ""),
        (", events: 2", ""),
    )
    path = small(tmp_path_factory.mktemp("later"))
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return model_of(path)


@pytest.fixture(scope="module")
def plan(model: Model) -> Plan:
    return lay_out(model)


@pytest.fixture(scope="module")
def later_plan(later: Model) -> Plan:
    return lay_out(later)


def cells_of(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "option":
        return st.sampled_from([word for _, word in field.options if word])
    return TEXTS if field.kind == "text" else NUMBERS


@st.composite
def typed(draw: st.DrawFn, plan: Plan) -> dict[Any, Any]:
    """Something typed into some of the cells; nothing for the period that pages show, which has to be one of them."""
    fields = [field for field in plan.fields if field.block != "picked" or field.kind == "option"]
    chosen = draw(st.lists(st.sampled_from(fields), max_size=12, unique_by=id))
    return {address: draw(cells_of(field)) for field in chosen for address in field.addresses()}


@given(st.data())
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_it_is_the_same_again_and_nothing_is_lost_later(
    model: Model, plan: Plan, later: Model, later_plan: Plan, tmp_path: Path, data: st.DataObject
) -> None:
    cells = data.draw(typed(plan))
    path = tmp_path / "filled.xlsx"
    path.write_bytes(workbook_of(model, Settings(typed=cells)))
    filled = read_filled(path)
    issued = {address: content for field in plan.fields for address, content in
              zip(field.addresses(), field.issued, strict=True)}  # fmt: skip
    changed = {address: value for address, value in cells.items() if value != issued[address]}
    again = carry(filled, plan, model)
    assert again.typed == changed
    assert (again.report.dropped, again.report.findings) == ((), ())

    into = carry(filled, later_plan, later)
    kept = sorted(map(repr, [*into.typed.values(), *(each.value for each in into.report.dropped)]))
    assert kept == sorted(map(repr, changed.values()))
