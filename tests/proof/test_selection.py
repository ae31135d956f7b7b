"""A reader chooses another period, view or comparison: what should follow does, and nothing else moves.

The selectors are typed into the finished file and LibreOffice recalculates it, all choices in one call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count, takewhile

import pytest
from openpyxl.utils import get_column_letter

from metricbook.layout.plan import Plan
from metricbook.model.metric import Metric, Where
from metricbook.model.model import Model
from metricbook.reference import Reference
from metricbook.reference import find as find_shipped
from metricbook.workbook.write import write
from proof.chosen import File
from proof.opened import FIRST, line_id, lines
from proof.rollup import Meaning
from proof.scenarios import VIEWS, Inputs, Scenario, framework, read_as, sample, serial
from proof.test_recalculation import computed, errors
from proof.typed import COMPARISON, CURRENT, LAST_YEAR, NA, When
from recalculate import HAS_LIBREOFFICE, Value, Values, differences, libreoffice, same
from recalculate import read as stored
from worked import read

pytestmark = [
    pytest.mark.soffice,
    pytest.mark.skipif(not HAS_LIBREOFFICE, reason="LibreOffice is not installed"),
    pytest.mark.xdist_group("selection"),
]

SMALL = """
dimensions:
  period: {grain: month, count: 16, first: 2025-01, fiscal_year_start: 4}
  channel: {label: Channel, members: {ads: Ads, fairs: Fairs}}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {need: essential}}
  wins: {label: Wins, unit: count, by: [channel, period], rollup: sum, good: higher, input: {need: essential},
         target: {value: 20, per: period}}
  people: {label: Customers, unit: count, rollup: last, good: higher, input: {need: essential}}
  cac: {label: Cost of a win, unit: currency, formula: spend / wins, good: lower}
  last_quarter: {label: Wins of a quarter, unit: count, formula: "ROLLING(wins, 3)", rollup: last}
sheets:
  - sheet: main
    title: Main
    blocks:
      - headline: [wins, cac, people]
      - scorecard: [wins, people, cac, last_quarter]
      - table: {title: By month, rows: [spend, wins, cac], columns: period}
      - table: {title: By channel, rows: channel, columns: [spend, wins, cac], total: true}
      - chart: {kind: line, title: Customers, metrics: [people]}
      - chart: {kind: column, title: Wins, metrics: [wins], over: channel}
"""


def cac(spend: float, wins: float) -> float:
    return spend / wins


def last_quarter(series: list[float | None], n: int) -> float | None:
    return sum(x or 0.0 for x in series[-n:]) if len(series) >= n and None not in series[-n:] else None


@dataclass(frozen=True)
class Choice:
    """A period counted from 0, or none; a view and a comparison."""

    book: str
    period: int | None
    view: str
    comparison: str


MONTH, QUARTER, YEAR = VIEWS["month"]
CHOICES = (
    Choice("growth", None, MONTH, "Previous"),
    Choice("growth", 18, MONTH, "Last year"),
    Choice("growth", 16, QUARTER, "Previous"),
    Choice("growth", 11, YEAR, "Last year"),  # the year before is not in the workbook
    Choice("small", None, MONTH, "Previous"),
    Choice("small", 9, MONTH, "Last year"),  # likewise
    Choice("small", 13, MONTH, "Last year"),
    Choice("small", 7, QUARTER, "Previous"),  # the second month of a fiscal quarter
    Choice("small", 14, QUARTER, "Last year"),
    Choice("small", 5, YEAR, "Previous"),
    Choice("small", 15, YEAR, "Last year"),  # April: the first month of a fiscal year, not filled in yet
    Choice("small", 0, YEAR, "Previous"),
)
ALONE = {CHOICES[3], CHOICES[5], CHOICES[9], CHOICES[10], CHOICES[11]}  # there is nothing to compare with
BEFORE = {"growth": CHOICES[0], "small": CHOICES[4]}
NOTED = {"growth": "arr", "small": "wins"}


@cache
def scenario(book: str) -> Scenario:
    """The workbook that the reader has before the choice."""
    if book == "growth":
        return Scenario(book, framework("growth"), sample(framework("growth")))
    model = read(SMALL)
    inputs = {
        (metric.id, where, month): float(1 + (7 * month + 5 * at) % 11) * (100 if metric.id == "spend" else 1)
        for metric in model.metrics.values()
        if metric.is_input and not metric.target_of
        for at, where in enumerate(each for each in model.wheres(metric) if all(each) or not each)
        for month in range(15)
    }
    return Scenario(book, model, inputs)


def note(period: int) -> str:
    return f"What happened in month {period + 1}"


@dataclass(frozen=True)
class Chosen:
    """A workbook after a choice, as LibreOffice calculates it."""

    choice: Choice
    plan: Plan
    values: Values

    @property
    def model(self) -> Model:
        return scenario(self.choice.book).model

    @cached_property
    def inputs(self) -> Inputs:
        day = None if self.choice.period is None else serial(self.model.periods, self.choice.period)
        return read_as(scenario(self.choice.book).inputs, day, self.choice.view, self.choice.comparison)

    @cached_property
    def meaning(self) -> Meaning:
        return Meaning(self.model, self.inputs, find=_find)

    @property
    def reporting(self) -> int:
        return self.meaning.reading.reporting()

    def at(self, sheet: str, row: int, column: int) -> Value:
        return self.values[sheet].get(f"{get_column_letter(column)}{row}")

    def row(self, sheet: str, row: int) -> list[Value]:
        """A row's cells; the index is the column."""
        return [None, *(self.at(sheet, row, column) for column in range(1, 40))]

    def pages(self) -> Iterator[tuple[str, int]]:
        """Every row of the framework's pages."""
        for sheet in self.plan.sheets:
            if sheet.kind == "page":
                yield from ((sheet.name, row) for row in range(1, 1 + max(run.row for run in sheet.runs)))


def _find(name: str) -> Reference:
    own: dict[str, Reference] = {"cac": cac, "last_quarter": last_quarter}
    return own.get(name) or find_shipped(name)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[Choice, Chosen]:
    """Every choice, typed into the file of the workbook as it was."""
    folder = tmp_path_factory.mktemp("selection")
    plans, files = {}, {}
    for book in BEFORE:
        plans[book], grid = scenario(book).values()
        files[book] = File(write(plans[book], grid))
    paths = []
    for number, each in enumerate(CHOICES):
        file, periods = files[each.book], scenario(each.book).model.periods
        day = None if each.period is None else serial(periods, each.period)
        notes = {file.cell(f"in_note.{NOTED[each.book]}", period): note(period) for period in range(periods.count)}
        paths.append(folder / f"{number}.xlsx")
        paths[-1].write_bytes(file.typed({**file.chosen(day, each.view, each.comparison), **notes}))
    found = libreoffice(paths, folder / "out")
    return {each: Chosen(each, plans[each.book], values) for each, values in zip(CHOICES, found, strict=True)}


@pytest.fixture(params=CHOICES, ids=lambda each: f"{each.book}, {each.period}, {each.view}, {each.comparison}")
def chosen(request: pytest.FixtureRequest, opened: dict[Choice, Chosen]) -> Chosen:
    return opened[request.param]


def _shown(chosen: Chosen) -> Iterator[tuple[int, Metric, Where]]:
    """Row on Results, metric and coordinate of every number that pages show."""
    rows = lines(chosen.plan, "Results")
    for metric in chosen.model.metrics.values():
        if metric.unit not in ("text", "choice", "member"):
            for where in chosen.model.wheres(metric):
                if (id := line_id(chosen.model, metric.id, where)) in rows:
                    yield rows[id], metric, where


def test_results_are_those_of_the_window(chosen: Chosen) -> None:
    heads = {name: column for column, name in enumerate(chosen.row("Results", 6)) if name}
    wrong, numbers = [], 0
    for row, metric, where in _shown(chosen):
        windows = {"Actual": CURRENT, "Comparison": COMPARISON, "Last year": LAST_YEAR}
        wanted = {
            head: chosen.meaning.value(metric.id, where, window) if metric.timed or head == "Actual" else None
            for head, window in windows.items()
        }
        actual, before = wanted["Actual"], wanted["Comparison"]
        is_change = isinstance(actual, float) and isinstance(before, float)
        wanted["Change"] = actual - before if is_change else None  # type: ignore[operator]
        if is_change:
            wanted["Change %"] = (actual - before) / abs(before) if before else NA  # type: ignore[operator,arg-type]
        found = {head: chosen.at("Results", row, int(heads[head])) for head in wanted}
        wrong += [f"{metric.id} {where}: {wanted}, but {found}"] * (
            not all(same(found[h], wanted[h]) for h in wanted)
        )
        numbers += is_change
    assert wrong == [] and (numbers == 0) == (chosen.choice in ALONE)


def test_everything_is_as_if_it_had_been_built_so(chosen: Chosen) -> None:
    """Every cell of every sheet, but for what notes say."""
    plan, grid = Scenario("built", chosen.model, chosen.inputs).values()
    expected = computed(plan, grid)
    wrong = differences(expected, chosen.values)
    assert [each for each in wrong if "What happened in month" not in each] == []
    assert errors(expected) == []


def test_what_does_not_depend_on_the_choice_stays(chosen: Chosen, opened: dict[Choice, Chosen]) -> None:
    before = opened[BEFORE[chosen.choice.book]]
    for sheet in ("Inputs", "Notes", "Lists", "Framework"):
        cells = {at: value for at, value in before.values[sheet].items() if "checks pass" not in str(value)}
        assert differences({sheet: cells}, chosen.values) == []
    rows = lines(chosen.plan)
    for metric in chosen.model.metrics.values():
        for where in chosen.model.wheres(metric):
            row = rows[line_id(chosen.model, metric.id, where)]
            for column in range(FIRST, FIRST + chosen.model.periods.count):
                assert same(before.at("Calculations", row, column), chosen.at("Calculations", row, column)), (
                    row,
                    column,
                    metric.id,
                    where,
                )


def _twelve(chosen: Chosen) -> range:
    """The periods on pages and in charts: twelve up to the reporting period, the first twelve before the twelfth."""
    first = max(0, chosen.reporting - 11)
    return range(first, first + 12)


def _known(chosen: Chosen, id: str, when: When) -> Value:
    """A metric's value as far as the reader looks: of what came after the reporting period only targets are told."""
    is_later = isinstance(when, int) and when > chosen.reporting and not chosen.model.metrics[id].target_of
    return None if is_later else chosen.meaning.value(id, (), when)


def test_scorecards_and_tables_follow(chosen: Chosen) -> None:
    """A number in the column Actual is the window's; one under a date is that period's, and dates end with it."""
    labels = [metric.label for metric in chosen.model.metrics.values()]
    ids = {each.label: each.id for each in chosen.model.metrics.values() if labels.count(each.label) == 1}
    starts = {serial(chosen.model.periods, n): n for n in range(chosen.model.periods.count)}
    actual, periods, compared = 0, {}, 0
    wrong = []
    for sheet, number in chosen.pages():
        row = chosen.row(sheet, number)
        dates = {column: starts[cell] for column, cell in enumerate(row) if column > 2 and cell in starts}
        if row[2] is None and len(dates) > 1:
            periods, actual = dates, 0
            assert [*periods.values()] == list(_twelve(chosen))
        elif row[2] == "Metric":
            periods, actual = {}, row.index("Actual")
        elif row[2] in ids:
            places = {**periods, **({actual: CURRENT} if actual else {})}
            for column, when in places.items():
                if isinstance(row[column], float) or column in periods:  # others are headings, and told in words
                    wanted, compared = _known(chosen, ids[str(row[2])], when), compared + 1
                    wrong += [] if same(wanted, row[column]) else [f"{sheet} {number} {when}: {wanted}, {row}"]
        elif row[2] is None:
            periods, actual = {}, 0
    assert wrong == [] and compared >= 4


def test_charts_show_the_last_twelve_periods(chosen: Chosen) -> None:
    drawn = _twelve(chosen)
    starts = [serial(chosen.model.periods, period) for period in drawn]
    assert chosen.row("Chart data", 5)[FIRST : FIRST + 12] == starts
    rows = list(takewhile(lambda row: chosen.at("Chart data", row, 1), count(8)))
    ids = {row: str(chosen.at("Chart data", row, 1)) for row in rows}
    wrong, compared = [], 0
    for row, id in ids.items():
        if (name := id.removesuffix(".end")) in chosen.model.metrics:
            for column, period in enumerate(drawn, FIRST):
                wanted = _known(chosen, name, period) if name == id or period == chosen.reporting else None
                found, compared = chosen.at("Chart data", row, column), compared + 1
                right = same(found, wanted) if isinstance(wanted, float) else found == "#N/A"
                wrong += [] if right else [f"{id} {period}: {wanted}, but {found}"]
    assert wrong == [] and compared >= 48


def test_the_note_beside_a_number_is_that_of_its_month(chosen: Chosen) -> None:
    notes = {str(cell) for sheet, row in chosen.pages() for cell in chosen.row(sheet, row) if "month" in str(cell)}
    said = {each for each in notes if "What happened in month" in each}
    assert said and all(each.endswith(note(chosen.reporting)) for each in said), said


def test_the_file_holds_what_was_typed() -> None:
    """The tool itself: only the typed cells of the file are others."""
    plan, grid = scenario("small").values()
    file = File(write(plan, grid))
    cells = {file.cell("in_note.wins", 2): "<Spring>", file.cell("in_picked_period"): 45_809.0}
    before, after = stored(file.content), stored(file.typed(cells))
    other = {(sheet, at) for sheet in after for at in after[sheet] if after[sheet][at] != before[sheet].get(at)}
    assert other == cells.keys() and [after[sheet][at] for sheet, at in cells] == ["<Spring>", 45_809.0]
