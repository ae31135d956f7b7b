"""One metric from its line to its cells: what is told is what stands in the workbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from metricbook.api import build_workbook, load, sampled
from metricbook.cli import main
from metricbook.layout.settings import Settings
from metricbook.problems import Refused
from metricbook.trace import Trace, trace_of
from recalculate import formualizer
from small import small


def traced(path: Path, id: str) -> Trace:
    model = load(path)
    return trace_of(model, id, Settings(inputs=sampled(path, model)))


def test_a_formula_from_line_to_value(tmp_path: Path) -> None:
    trace = traced(small(tmp_path), "cac")
    assert (Path(trace.file).name, trace.line) == ("small.yaml", 12)
    assert (trace.formula, trace.tree) == ("spend / wins", ("/", "  spend", "  wins"))
    assert (trace.unit, trace.clock, trace.by) == ("currency", "", ("channel", "period"))
    assert (trace.made_of, trace.used_in, trace.typed) == (("spend", "wins"), (), ())
    assert trace.over_periods == trace.over_members == "the formula again, on operands rolled up"
    assert [line.id for line in trace.lines] == ["cac", "cac[paid]", "cac[events]", "cac[spare_1]"]
    # the ratio of the sums, 1200 ÷ 7, not the mean of 100 and 350; a spare row is blank
    values = [[spot.value for spot in line.spots] for line in trace.lines]
    assert values == [[1200 / 7] * 2, [100.0] * 2, [350.0] * 2, [""] * 2]


def test_every_cell_named_holds_what_is_said(tmp_path: Path) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    path = small(tmp_path)
    content = build_workbook(path, sample=True).content
    written, values = load_workbook(BytesIO(content)), formualizer(content)
    spots = [
        spot for id in ("cac", "spend", "margin", "budget") for line in traced(path, id).lines for spot in line.spots
    ]
    assert len(spots) > 10
    for spot in spots:
        sheet, address = spot.address.split("!")
        assert written[sheet][address].value == spot.content
        assert values[sheet].get(address) == (spot.value or None)


def test_an_input_is_typed_on_inputs(tmp_path: Path) -> None:
    trace = traced(small(tmp_path), "margin")
    assert trace.formula == "" and trace.used_in == ()
    assert len(trace.typed) == 1 and trace.typed[0].startswith("Inputs!J") and trace.typed[0].count(":L") == 1
    assert len(traced(small(tmp_path), "spend").typed) == 3  # one line for each channel, the spare one too


def test_a_value_without_periods_has_one_cell(tmp_path: Path) -> None:
    (line,) = traced(small(tmp_path), "budget").lines
    assert [(spot.name, spot.value) for spot in line.spots] == [("value", 9000.0)]


def test_clock_weight_and_condition() -> None:
    churn = trace_of(load("growth"), "churn_rate")
    assert (churn.unit, churn.clock) == ("percent/month", "month")
    payback = trace_of(load("growth"), "cac_payback").tree
    assert payback[:5] == ("/", "  cac_blended", "  *", "    arpu", "    gross_margin") and "n/a where:" in payback


def test_a_strange_metric(tmp_path: Path) -> None:
    with pytest.raises(Refused, match='"cak" is not a metric of small'):
        traced(small(tmp_path), "cak")


def test_the_command_prints_it_and_gives_it_as_json(tmp_path: Path) -> None:
    path = str(small(tmp_path))
    shown = CliRunner().invoke(main, ["explain", path, "cac"]).stdout
    for words in (
        f"{path}:12",
        "spend / wins",
        "channel, period",
        "cac[paid], Calculations!J",
        " = 171.4285714",
        "=IF(COUNT(",
    ):
        assert words in shown
    data = json.loads(CliRunner().invoke(main, ["explain", path, "cac", "--json"]).stdout)
    assert data["lines"][1]["spots"][0]["value"] == 100.0
    assert CliRunner().invoke(main, ["explain", path, "cak"]).exit_code == 1
