"""Charts: what they read, what they show before anything is calculated, and how they look."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from package_parts import every, one, part
from small_plan import SMALL, small_values

from metricbook.build import workbook_of
from metricbook.layout.settings import Settings
from metricbook.workbook.write import write
from worked import read


@pytest.fixture(scope="module")
def file() -> bytes:
    return write(SMALL, small_values())


@pytest.fixture(scope="module")
def line(file: bytes) -> Element:
    return part(file, "xl/charts/chart1.xml")


@pytest.fixture(scope="module")
def bar(file: bytes) -> Element:
    return part(file, "xl/charts/chart2.xml")


def series(chart: Element) -> list[Element]:
    return every(chart, ".//ser")


def points(element: Element) -> dict[str | None, str | None]:
    return {point.get("idx"): one(point, "v").text for point in every(element, ".//pt")}


def test_series_read_cells_and_carry_their_values(line: Element) -> None:
    arr, plan = series(line)
    assert one(arr, "tx/strRef/f").text == "'Inputs'!$B$6"
    assert points(one(arr, "tx")) == {"0": "ARR"}
    assert one(arr, "val/numRef/f").text == "'Inputs'!$D$6:$I$6"
    assert points(one(arr, "val")) == {
        "0": "4379000", "1": "4536000", "2": "4736000", "3": "4899000", "4": "5098000",
    }  # fmt: skip
    assert one(arr, "val/numRef/numCache/ptCount").get("val") == "6"  # June is blank: counted, not drawn
    assert points(one(plan, "tx")) == {"0": "Plan"}


def test_categories_are_dates_or_texts(line: Element, bar: Element) -> None:
    dates, names = (one(series(chart)[0], "cat") for chart in (line, bar))
    assert one(dates, "numRef/numCache/formatCode").text == "mmm"
    assert points(dates)["0"] == "46023"
    assert list(points(one(names, "strRef")).values()) == [
        "Organic search",
        "Paid search",
        "Events & fairs",
        "Partner",
    ]


def test_blanks_are_gaps(line: Element, bar: Element) -> None:
    for chart in (line, bar):
        assert one(chart, "chart/dispBlanksAs").get("val") == "gap"


ONE_LINE = """
dimensions: {period: {grain: month, count: 3, first: 2026-01}}
metrics:
  wins: {label: Wins, unit: count, good: higher, rollup: sum, input: {}, target: {value: 5}}
sheets:
  - sheet: main
    title: Main
    blocks: [{chart: {kind: line, title: Wins, metrics: [wins], target: true}}]
"""


def test_a_line_chart_names_an_empty_cell_that_nobody_sees() -> None:
    file = workbook_of(read(ONE_LINE), Settings(inputs={("wins", (), 0): 4.0}))
    drawn = part(file, "xl/charts/chart1.xml")
    wins, target, end, empty = series(drawn)
    assert points(one(wins, "val")) == {"0": "4"}  # a blank month has no point in the cache
    assert len(points(one(target, "val"))) == 3
    assert points(one(empty, "val")) == {}
    assert one(empty, "val/numRef/f").text == "'Chart data'!$J$7"
    assert left_out(drawn) == [one(each, "idx").get("val") for each in (end, empty)]


def left_out(chart: Element) -> list[str | None]:
    """What the legend does not say."""
    entries = every(chart, "chart/legend/legendEntry")
    return [one(entry, "idx").get("val") for entry in entries if one(entry, "delete").get("val") == "1"]


def test_the_value_of_the_reporting_period_stands_at_the_end_of_a_line() -> None:
    file = workbook_of(read(ONE_LINE), Settings(inputs={("wins", (), 0): 4.0, ("wins", (), 1): 6.0}))
    end = series(part(file, "xl/charts/chart1.xml"))[2]
    assert points(one(end, "val")) == {"1": "6"}
    assert (one(end, "dLbls/showVal").get("val"), one(end, "dLbls/dLblPos").get("val")) == ("1", "t")
    assert one(end, "dLbls/numFmt").get("sourceLinked") == "0"


def test_axes_are_there(line: Element, bar: Element) -> None:
    for chart in (line, bar):
        axes = every(chart, ".//catAx") + every(chart, ".//valAx")
        assert [one(axis, "delete").get("val") for axis in axes] == ["0", "0"]
    assert one(line, ".//valAx/numFmt").attrib == {"formatCode": '[>=1000000]0.00,,"M";#,##0', "sourceLinked": "0"}
    assert one(line, ".//catAx/numFmt").get("formatCode") == "mmm"
    assert "".join(one(line, ".//valAx/title").itertext()).strip() == "EUR"


def test_the_plan_is_a_dashed_grey_line_without_marks(line: Element) -> None:
    arr, plan = series(line)
    assert one(plan, "spPr/ln/prstDash").get("val") == "dash"
    assert one(plan, "spPr/ln/solidFill/srgbClr").get("val") == "8A94A6"
    assert one(plan, "marker/symbol").get("val") == "none"
    assert one(arr, "marker/symbol").get("val") == "circle"
    assert one(arr, "spPr/ln/solidFill/srgbClr").get("val") == "1F5FBF"
    assert [one(s, "smooth").get("val") for s in (arr, plan)] == ["0", "0"]


def test_bars_start_at_zero_and_list_members_from_the_top(bar: Element) -> None:
    assert one(bar, ".//valAx/scaling/min").get("val") == "0"
    assert one(bar, ".//catAx/scaling/orientation").get("val") == "maxMin"
    assert one(bar, ".//barChart/barDir").get("val") == "bar"
    assert one(bar, ".//barChart/dLbls/showVal").get("val") == "1"


def test_one_series_needs_no_legend(line: Element, bar: Element) -> None:
    assert len(every(line, "chart/legend")) == 1
    assert every(bar, "chart/legend") == []


def test_charts_have_titles_and_say_in_words_what_they_show(file: bytes, line: Element) -> None:
    assert "".join(one(line, "chart/title").itertext()).strip() == "ARR against plan"
    frames = every(part(file, "xl/drawings/drawing1.xml"), ".//cNvPr")
    assert [frame.get("descr") for frame in frames] == [
        "Line chart: ARR rises from 4.4 to 5.1 million, close to its plan.",
        "Bar chart: paid search takes most.",
    ]


def test_a_chart_covers_its_cells(file: bytes) -> None:
    first, second = every(part(file, "xl/drawings/drawing1.xml"), "twoCellAnchor")
    places = [[one(first, f"{end}/{axis}").text for end in ("from", "to") for axis in ("col", "row")]]
    assert places == [["1", "12", "5", "25"]]  # from the corner of B13 to the far corner of E25
    assert second.get("editAs") == "oneCell"


def test_no_border_no_fill(line: Element) -> None:
    look = one(line, "spPr")
    assert every(look, "noFill") and every(look, "ln/noFill")
    assert one(line, "roundedCorners").get("val") == "0"


KINDS = """
dimensions:
  period: {grain: month, count: 1, first: 2026-01}
  channel: {label: Channel, members: {search: Search, social: Social}}
metrics:
  visitors: {label: Visitors, unit: count, rollup: sum, by: [period], input: {}}
  leads: {label: Leads, unit: count, rollup: sum, by: [period], input: {}}
  wins: {label: Wins, unit: count, rollup: sum, by: [period], input: {}}
  spend: {label: Spend, unit: currency, rollup: sum, by: [channel, period], input: {}}
  budget: {label: Budget, unit: currency, rollup: sum, by: [channel, period], input: {}}
  cac: {label: CAC, unit: currency, good: lower, formula: spend / wins, target: {value: 20}}
sheets:
  - sheet: main
    title: Main
    blocks:
      - chart: {kind: funnel, title: Funnel, metrics: [visitors, leads, wins]}
      - chart: {kind: waterfall, title: Bridge, metrics: [visitors, leads, wins], minus: [leads]}
      - chart: {kind: bullet, title: Budget, metrics: [spend, budget], over: channel}
      - chart: {kind: stacked, title: Parts, metrics: [visitors, leads, wins]}
      - chart: {kind: column, title: CAC, metrics: [cac], target: true}
"""
FUNNEL, BRIDGE, BULLET, STACKED, COLUMN = range(1, 6)


@pytest.fixture(scope="module")
def kinds() -> dict[int, Element]:
    model = read(KINDS)
    inputs = {(id, (), 0): value for id, value in (("visitors", 80.0), ("leads", 60.0), ("wins", 20.0))}
    file = workbook_of(model, Settings(inputs=inputs))
    return {number: part(file, f"xl/charts/chart{number}.xml") for number in range(1, 6)}


def is_unseen(bar: Element) -> bool:
    return bool(every(bar, "spPr/noFill")) and bool(every(bar, "spPr/ln/noFill"))


@pytest.mark.parametrize(
    ("kind", "direction", "unseen", "legend"),
    [
        (FUNNEL, "bar", [0], None),
        (BRIDGE, "col", [0], ["0", "4", "5"]),
        (STACKED, "col", [], []),
    ],
)
def test_stacks_stand_on_what_nobody_sees(
    kinds: dict[int, Element], kind: int, direction: str, unseen: list[int], legend: list[str] | None
) -> None:
    chart = kinds[kind]
    assert one(chart, ".//barChart/barDir").get("val") == direction
    assert one(chart, ".//barChart/grouping").get("val") == "stacked"
    assert one(chart, ".//barChart/overlap").get("val") == "100"
    assert [number for number, each in enumerate(series(chart)) if is_unseen(each)] == unseen
    assert (left_out(chart) if every(chart, "chart/legend") else None) == legend


def test_a_funnel_has_its_numbers_in_its_names_and_no_scale(kinds: dict[int, Element]) -> None:
    names = points(one(series(kinds[FUNNEL])[1], "cat/strRef"))
    assert list(names.values()) == ["Visitors  80", "Leads  60 (75.0%)", "Wins  20 (33.3%)"]
    assert one(kinds[FUNNEL], ".//valAx/numFmt").get("formatCode") == ";;;"


def test_a_goal_lies_behind_and_its_edge_in_front(kinds: dict[int, Element]) -> None:
    names = [next(iter(points(one(each, "tx")).values())) for each in series(kinds[BULLET])]
    assert names == ["Budget", "Spend", "Budget"]
    assert every(series(kinds[BULLET])[2], "spPr/noFill") and every(series(kinds[BULLET])[2], "spPr/ln/solidFill")
    assert left_out(kinds[BULLET]) == [one(series(kinds[BULLET])[2], "idx").get("val")]


def test_parts_are_shares_of_one_whole(kinds: dict[int, Element]) -> None:
    assert [points(one(each, "val"))["0"] for each in series(kinds[STACKED])] == ["0.5", "0.375", "0.125"]
    assert one(kinds[STACKED], ".//valAx/scaling/max").get("val") == "1"


def test_a_target_is_a_line_over_columns(kinds: dict[int, Element]) -> None:
    assert len(every(kinds[COLUMN], ".//barChart/ser")) == len(every(kinds[COLUMN], ".//lineChart/ser")) == 1
    bars, lines = (
        [axis.get("val") for axis in every(kinds[COLUMN], f".//{kind}/axId")] for kind in ("barChart", "lineChart")
    )
    assert bars == lines
