"""The workbook's credits are the reference's: six models, by every margin, in every month, on journeys made up."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from metricbook.build import model_of, records_of, values_of
from metricbook.formula.evaluate import Grid, Value
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Settings
from metricbook.model.model import Model
from metricbook.reference import attributed
from metricbook.reference.attributed import TOTAL, Table, credited
from metricbook.reference.attribution import MODELS, STANDARD, Journey, Rules
from metricbook.workbook.write import write
from proof.journeys import MARGINS, Rows, generated, journeys
from proof.opened import FIRST, lines
from recalculate import HAS_LIBREOFFICE, differences, formualizer, libreoffice
from recalculate import read as stored

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
MONTHS = tuple(f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(24))
SMALL = 200  # rows that formulas read, where journeys are made up
OTHER = Rules(Fraction(30, 100), Fraction(40, 100), Fraction(25, 100), Fraction(25, 100), half_life=Fraction(30))
SEEDS = (1, 2)

pytestmark = pytest.mark.xdist_group("attribution")  # workbooks are made once


@cache
def model() -> Model:
    return model_of("attribution", {"data": "records"})


def plan_of(rows: Rows, in_force: str = "linear", rules: Rules = STANDARD, capacity: int = SMALL) -> Plan:
    """The workbook of these rows, pasted from CSV files."""
    book = model()
    book = replace(book, tables={id: replace(table, capacity=capacity) for id, table in book.tables.items()})
    with tempfile.TemporaryDirectory() as folder:
        files = {id: Path(folder) / f"{id}.csv" for id in book.tables}
        for id, file in files.items():
            with file.open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(out, list(book.tables[id].pasted))
                writer.writeheader()
                writer.writerows(getattr(rows, id))
        pasted = {id: loaded.rows for id, loaded in records_of(book, files).items()}
    constants = {name: float(getattr(rules, name)) for name in ("u_ends", "u_middle", "w_milestones", "w_others")}
    constants["half_life"] = float(rules.half_life)
    inputs = {(name, (), None): value for name, value in {**constants, "attribution_model": in_force}.items()}
    return lay_out(book, Settings(records=pasted, inputs=inputs))


class Book:
    """A calculated workbook, read by the ids of its lines."""

    def __init__(self, plan: Plan) -> None:
        self.grid: Grid = values_of(plan)
        self.rows, self.checks = lines(plan), lines(plan, "Checks")

    def months(self, line: str) -> dict[str, Value]:
        """A line's values by month."""
        row = self.rows[line]
        return {month: self.grid.value("Calculations", row, FIRST + n) for n, month in enumerate(MONTHS)}

    def failing(self, check: str) -> Value:
        """In how many rows or months a check fails."""
        return self.grid.value("Checks", self.checks[check], 4)


@cache
def made_up(seed: int, in_force: str = "linear", rules: Rules = STANDARD) -> tuple[Book, list[Journey]]:
    rows = generated(seed)
    return Book(plan_of(rows, in_force, rules)), list(journeys(rows).values())


def wrong(book: Book, line: str, wanted: Mapping[str, Fraction | int]) -> list[str]:
    """Where a line differs from what it should be in the months that hold records."""
    last = max(wanted, default="")
    found = book.months(line)
    return [
        f"{line} {month}: {found[month]!r} instead of {float(wanted.get(month, 0))}"
        for month in MONTHS
        if month <= last and found[month] != pytest.approx(float(wanted.get(month, 0)), abs=1e-6)
    ]


def wrong_by(book: Book, metric: str, first: str, sums: Table, margin: str) -> list[str]:
    """The same for a metric by one margin; `first` stands before the member in the brackets, if anything."""
    found = []
    for member in (TOTAL, *MARGINS[margin]):
        wanted = {month: value for (of, month), value in sums.items() if of == member}
        if member != TOTAL:  # a month without this member is a 0, as long as there are records
            wanted = {month: wanted.get(month, Fraction(0)) for of, month in sums if of == TOTAL}
        inside = ", ".join(each for each in (first, member) if each and (first or member != TOTAL))
        found += wrong(book, f"{metric}[{inside}]" if inside else metric, wanted)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_model_credits_customers_and_revenue_like_the_reference(seed: int) -> None:
    book, each = made_up(seed)
    for name, margin in product(MODELS, MARGINS):
        assert (
            wrong_by(book, "credited_customers", name, attributed.credited_customers(each, name, margin), margin)
            == []
        )
        assert wrong_by(book, "credited_value", name, attributed.credited_value(each, name, margin), margin) == []


@pytest.mark.parametrize("name", ["linear", "w_shaped", "decay"])
def test_the_model_in_force_credits_leads_mqls_and_customers(name: str) -> None:
    book, each = made_up(SEEDS[0], name)
    for stage, margin in product(("lead", "mql", "opportunity", "customer"), MARGINS):
        assert wrong_by(book, "credited", stage, credited(each, stage, name, margin), margin) == []
    total = {month: value for (of, month), value in credited(each, "lead", name, "source").items() if of == TOTAL}
    assert wrong(book, "attr_leads", total) == []
    value = attributed.credited_value(each, name, "source")
    assert wrong(book, "attr_value", {month: part for (of, month), part in value.items() if of == TOTAL}) == []
    pipeline = attributed.attr_pipeline(each, name, "channel")
    assert wrong_by(book, "attr_pipeline", "", pipeline, "channel") == []
    assert wrong(book, "marketing_credit", attributed.credited_to_marketing(each, name)) == []


def test_weights_and_half_life_are_settings() -> None:
    book, each = made_up(SEEDS[1], "linear", OTHER)
    for name in ("u_shaped", "w_shaped", "decay"):
        sums = attributed.credited_value(each, name, "channel", OTHER)
        assert wrong_by(book, "credited_value", name, sums, "channel") == []


@pytest.mark.parametrize("seed", SEEDS)
def test_what_nobody_gets_credit_for_is_said(seed: int) -> None:
    book, each = made_up(seed)
    leads, customers = attributed.leads_on_record(each), attributed.customers_on_record(each)
    assert wrong(book, "leads_on_record", leads) == []
    assert wrong(book, "customers_on_record", customers) == []
    assert wrong(book, "value_due", attributed.value_due(each)) == []
    for line, there, stage in (
        ("leads_without_touch", leads, "lead"),
        ("customers_without_touch", customers, "customer"),
    ):
        sums = credited(each, stage, "linear", "source")
        assert wrong(book, line, {month: n - sums[TOTAL, month] for month, n in there.items()}) == []
    assert book.failing("all_leads_credited") != 0


@pytest.mark.parametrize("seed", SEEDS)
def test_checks_find_milestones_marked_twice_and_models_that_do_not_add_up(seed: int) -> None:
    book, rows = made_up(seed)[0], generated(seed)
    for check, mark in (("one_lead_touch", "made_lead"), ("one_opportunity_touch", "made_opportunity")):
        marks = Counter(row["deal"] for row in rows.touches if row[mark])
        assert book.failing(check) == sum(n > 1 for n in marks.values())
    assert [book.failing(f"{name}_adds_up") for name in MODELS] == [0] * len(MODELS)


@cache
def written() -> bytes:
    plan = plan_of(generated(SEEDS[0], deals=15), "w_shaped")
    return write(plan, values_of(plan))


def test_another_engine_computes_the_same() -> None:
    assert differences(stored(written()), formualizer(written())) == []


@pytest.mark.soffice
@pytest.mark.skipif(not HAS_LIBREOFFICE, reason="LibreOffice is not installed")
def test_libreoffice_computes_the_same(tmp_path: Path) -> None:
    path = tmp_path / "attribution.xlsx"
    path.write_bytes(written())
    assert differences(stored(written()), libreoffice([path], tmp_path / "out")[0]) == []
