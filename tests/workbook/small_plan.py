"""A small plan that holds one of everything, and a values table beside it. Rows and numbers are chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from metricbook.formula.tree import Area, Binary, Call, Cell, Number, Text
from metricbook.layout.plan import (
    Anchor,
    Chart,
    Link,
    Plan,
    Print,
    Role,
    Rule,
    Run,
    Series,
    Sheet,
    Sparkline,
    Style,
    Validation,
)


@dataclass(frozen=True)
class Error:
    """Stands in for the evaluator's error value."""

    code: str


@dataclass
class Table:
    """Values by (sheet, row, column); what is not there is None."""

    cells: dict[tuple[str, int, int], object] = field(default_factory=dict)

    def row(self, sheet: str, row: int, /) -> Sequence:
        return [self.cells.get((sheet, row, column)) for column in range(40)]


def put(row: int, first: int, content, role: Role, code: str = "General", last: int = 0) -> Run:
    """A run; its end follows from a tuple's length unless given."""
    end = last or (first + len(content) - 1 if isinstance(content, tuple) else first)
    return Run(row, first, end, content, Style(role, code))


def at(row: int, column: int, sheet: str = "") -> Cell:
    return Cell(row, column, fixed=True, sheet=sheet)


def area(sheet: str, row: int, column: int, last_row: int, last_column: int) -> Area:
    return Area(at(row, column, sheet), at(last_row, last_column, sheet))


PERIODS = tuple(46_023.0 + days for days in (0, 31, 59, 90, 120, 151))  # January to June 2026
KEYS = tuple(f"2026-{month:02}" for month in range(1, 7))
ARR = (4_379_000.0, 4_536_000.0, 4_736_000.0, 4_899_000.0, 5_098_000.0)
SPEND = (310_000.0, 295_000.0, 322_000.0, 318_000.0, 305_000.0)
WON = (26.0, 23.0, 30.0, 24.0, 27.0)
CHANNELS = (
    ("Organic search", 39_500.0),
    ("Paid search", 98_900.0),
    ("Events & fairs", 68_900.0),
    ("Partner", 40_300.0),
)
MILLIONS = '[>=1000000]0.00,,"M";#,##0'

_ratio = Call(
    "IF",
    (
        Binary("<", Call("COUNT", (Cell(6), Cell(7))), Number(2)),
        Text(""),
        Call("IF", (Binary("=", Cell(7), Number(0)), Text("n/a"), Binary("/", Cell(6), Cell(7)))),
    ),
)


def _card(column: int, name: str, value: object, code: str, status: str, star: bool = False) -> tuple[Run, ...]:
    card: tuple[tuple[int, object, Role], ...] = (
        (6, name, "card_star" if star else "card_label"),
        (7, value, "card_value"),
        (8, f"Target 6.05M{'' if star else ' a month'}", "card_note"),
        (9, None, "card_note"),
        (10, status, "card_status"),
    )
    right = tuple(
        put(row, column + 1, "0.5% short" if row == 8 else None, "card_note_right" if row == 8 else role)
        for row, _, role in card
    )
    return right + tuple(
        put(row, column, content, role, code if row == 7 else "General") for row, content, role in card
    )


_PAGE = Sheet(
    name="Executive",
    kind="page",
    runs=(
        put(2, 2, "Acme Robotics", "title"),
        put(3, 2, "Marketing performance · Are we growing, and at what price?", "question"),
        put(2, 8, "Reporting period", "selector_label"),
        put(3, 8, 46_143.0, "selector", "mmm yyyy"),
        put(4, 2, None, "rule_line", last=9),
        put(5, 2, "✓ All 14 checks pass · 38 of 38 inputs filled", "state"),
        *_card(2, "NORTH STAR · ARR", Cell(6, 8, fixed=True, sheet="Inputs"), MILLIONS, "▲ At risk", star=True),
        *_card(4, "Net revenue retention", 1.11, "0%", "● On track"),
        *_card(6, "CAC", Cell(8, 8, fixed=True, sheet="Inputs"), "#,##0", "■ Off track"),
        *_card(8, "LTV : CAC", 3.8, "0.0×", "● On track"),
        put(12, 2, "Trend", "heading"),
        put(27, 2, ("Metric", "Actual", "Target", "Variance", "Status", "Note"), "header"),
        put(28, 2, "MQL → SQL rate", "cell_label"),
        put(28, 3, (0.175, 0.22, -0.045), "cell", "0.0%"),
        put(28, 6, "■ Off track", "status"),
        put(28, 7, "Two webinars drew students", "input_text"),
        put(29, 2, "ARR", "cell_label"),
        put(29, 3, (6_020_000.0, 6_050_000.0, -30_000.0), "cell", "#,##0;-#,##0;0"),
        put(29, 6, "▲ At risk", "status"),
        put(29, 7, None, "input_text"),
        put(30, 2, "Total", "cell_total_label"),
        put(30, 3, (1.0, 2.0, 3.0, None, None), "cell_total"),
        put(31, 2, "Open the inputs", "hyperlink"),
    ),
    widths=((1, 1.5), *((column, 16.0) for column in range(2, 10)), (10, 1.5)),
    heights=((2, 28), (4, 4), (7, 30), (10, 20)),
    rules=tuple(
        Rule(area("", row, column, row, end), Binary("=", at(row, column), Text(word)), look)
        for row, column, end in ((10, 2, 3), (10, 4, 5), (10, 6, 7), (10, 8, 9), (28, 6, 6), (29, 6, 6))
        for word, look in (("● On track", "good"), ("▲ At risk", "fair"), ("■ Off track", "bad"))
    ),
    validations=(
        Validation(
            area("", 3, 8, 3, 8), "list", "Period", "Choose one", "Not a period", source=area("Inputs", 3, 4, 3, 9)
        ),
    ),
    links=(Link(at(31, 2), at(6, 2, "Inputs"), "Go & fill in"),),
    charts=(
        Chart(
            "line",
            "ARR against plan",
            "Line chart: ARR rises from 4.4 to 5.1 million, close to its plan.",
            at(13, 2),
            at(25, 5),
            area("Inputs", 3, 4, 3, 9),
            (
                Series(at(6, 2, "Inputs"), area("Inputs", 6, 4, 6, 9)),
                Series(at(9, 2, "Inputs"), area("Inputs", 9, 4, 9, 9), "plan"),
            ),
            MILLIONS,
            "EUR",
            "mmm",
        ),
        Chart(
            "bar",
            "Spend by channel",
            "Bar chart: paid search takes most.",
            at(13, 6),
            at(25, 9),
            area("Inputs", 12, 2, 15, 2),
            (Series(at(11, 2, "Inputs"), area("Inputs", 12, 4, 15, 4)),),
            "#,##0",
            "EUR",
        ),
    ),
    sparklines=(Sparkline(at(9, 2), area("Inputs", 6, 4, 6, 9)),),
)

_INPUTS = Sheet(
    name="Inputs",
    kind="fill",
    runs=(
        put(1, 2, "Inputs", "title"),
        put(1, 4, "Type in the yellow cells. A blank means “not known yet”.", "quiet"),
        put(3, 1, None, "header", last=3),
        put(3, 4, PERIODS, "date_header", "mmm yy"),
        put(3, 10, "Where from (report, account, date)", "header"),
        put(4, 1, "id", "id"),
        put(4, 4, KEYS, "key"),
        put(5, 2, "Start here: 2 numbers", "heading"),
        put(6, 1, "arr", "id"),
        put(6, 2, "ARR", "label"),
        put(6, 3, "EUR", "unit"),
        put(6, 4, (*ARR, None), "input", "#,##0"),
        put(6, 10, "Billing, 31 Dec", "where_from"),
        put(7, 1, "won", "id"),
        put(7, 2, "New customers", "label"),
        put(7, 3, "#", "unit"),
        put(7, 4, (*WON, "1,200"), "input", "#,##0"),
        put(7, 10, "=cmd|' /C calc'!A0", "where_from"),
        put(8, 2, "ARR per customer", "preview_label"),
        put(8, 3, "result", "result"),
        put(8, 4, _ratio, "preview", "#,##0", last=9),
        put(9, 2, "Plan", "label"),
        put(9, 4, tuple(4_400_000.0 + 150_000 * n for n in range(6)), "calc", "#,##0"),
        put(11, 2, "Spend by channel", "heading"),
        *(put(12 + i, 2, name, "member") for i, (name, _) in enumerate(CHANNELS)),
        *(put(12 + i, 4, spend, "input", "#,##0") for i, (_, spend) in enumerate(CHANNELS)),
        put(16, 2, ("Total", None), "total_label"),
        put(16, 4, Call("SUM", (Area(Cell(12), Cell(15)),)), "total", "#,##0"),
        put(16, 5, Cell(9, sheet="Inputs"), "link", "#,##0", last=9),
    ),
    widths=((1, 12), (2, 26), (3, 7), *((column, 11) for column in range(4, 10)), (10, 34)),
    freeze=at(5, 4),
    rules=(
        Rule(area("", 6, 4, 7, 9), Call("ISTEXT", (Cell(6),)), "wrong"),
        Rule(area("", 6, 4, 7, 9), Binary("=", Cell(4, lock_row=True), Text("2026-06")), "next"),
        Rule(area("", 3, 4, 3, 9), Binary("=", Cell(4), Text("2026-06")), "next_header"),
        Rule(area("", 12, 2, 15, 3), Binary("=", at(15, 4), Number(0)), "off"),
    ),
    validations=(
        Validation(
            area("", 6, 4, 7, 9), "decimal", "A number", "Full amounts: 210000, not 210", "Type a number.", low=0
        ),
        Validation(area("", 12, 4, 15, 4), "decimal", "Spend", "In EUR", "Type a number."),
        Validation(area("", 6, 10, 7, 10), "text", "Where from", "Report, account, date", "Too long.", high=200),
    ),
    print=Print(pages_wide=0, title_rows=(3, 4), title_columns=(1, 3), break_before=(7,)),
    zoom=90,
)

_CHECKS = Sheet(
    name="Bob's checks",
    kind="check",
    runs=(
        put(1, 1, "Checks", "title"),
        put(2, 1, Call("ISNUMBER", (Cell(6, 4, fixed=True, sheet="Inputs"),)), "calc"),
        put(3, 1, Call("NA", ()), "calc"),
        put(4, 1, Text("in order"), "calc"),
    ),
    print=Print(landscape=False),
)

SMALL = Plan(
    title="Acme Robotics: growth",
    subject="Marketing performance",
    header="Acme & Co · Growth",
    footer="growth 1.0.0",
    sheets=(_PAGE, _INPUTS, _CHECKS),
    anchors=(Anchor("in_arr", area("Inputs", 6, 4, 6, 9)), Anchor("chk_all", area("Bob's checks", 2, 1, 2, 1))),
    properties=(("metricbook.framework", "growth 1.0.0"), ("metricbook.fingerprint", "abc & def")),
)


def small_values() -> Table:
    """What the formulas of the small plan give, reckoned by hand, and the constants that charts read."""
    table = Table()
    for column, (arr, won) in enumerate(zip(ARR, WON, strict=True), 4):
        table.cells["Inputs", 6, column] = arr
        table.cells["Inputs", 8, column] = arr / won
        table.cells["Inputs", 16, column] = 4_400_000.0 + 150_000 * (column - 4)
    table.cells["Inputs", 8, 9] = ""
    table.cells["Inputs", 16, 4] = 247_600.0
    table.cells["Inputs", 16, 9] = 5_150_000.0
    for column, period in enumerate(PERIODS, 4):
        table.cells["Inputs", 3, column] = period
        table.cells["Inputs", 9, column] = 4_400_000.0 + 150_000 * (column - 4)
    for row, (name, spend) in enumerate(CHANNELS, 12):
        table.cells["Inputs", row, 2], table.cells["Inputs", row, 4] = name, spend
    table.cells |= {("Inputs", 6, 2): "ARR", ("Inputs", 9, 2): "Plan", ("Inputs", 11, 2): "Spend by channel"}
    table.cells |= {("Executive", 7, 2): 5_098_000.0, ("Executive", 7, 6): ARR[4] / 27}
    table.cells |= {
        ("Bob's checks", 2, 1): True,
        ("Bob's checks", 3, 1): Error("#N/A"),
        ("Bob's checks", 4, 1): "in order",
    }
    return table
