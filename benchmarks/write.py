"""How long writing takes, against plain openpyxl writing the same finished workbook with named styles.

Run `python benchmarks/write.py`. Both write the same cells, formulas, styles, conditional formats and charts, and
both compress. The runs are interleaved, so a busy machine slows both; the ratio of the medians is the result.
Evaluation and layout are not in it. `--levels` shows what each level of compression costs and saves.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from statistics import median
from zipfile import ZipFile
from zlib import compress

from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from metricbook.formula.tree import Area, Binary, Call, Cell, Number, Text
from metricbook.layout.plan import Chart, Plan, Role, Rule, Run, Series, Sheet, Style
from metricbook.workbook.write import write

SIZES = (2_000, 20_000, 200_000)
PERIODS = 24
FIRST, LAST = 8, 8 + PERIODS - 1
TEXTS = 4  # id, label, unit, where from
ROWS_A_SHEET = 180
CHARTS = 8
FORMATS = ("#,##0", "0.0%", "#,##0.00", "0.0×", "General", "mmm yy")
ROLES: tuple[Role, ...] = ("calc", "total", "preview", "link")


def lines(cells: int) -> list[list[int]]:
    """The row numbers of each sheet; a line has 24 periods and four texts, every other line is formulas."""
    count = cells // (PERIODS + TEXTS)
    rows = [min(ROWS_A_SHEET, count - start) for start in range(0, count, ROWS_A_SHEET)]
    return [list(range(5, 5 + n)) for n in rows]


def is_formula(row: int) -> bool:
    """Every second line, except the first ones, which the formulas read."""
    return row > 6 and row % 2 == 0


def tree(row: int) -> Call:
    """The usual guard around a ratio of the two lines above."""
    count = Call("COUNT", (Cell(row - 1), Cell(row - 2)))
    ratio = Call(
        "IF", (Binary("=", Cell(row - 2), Number(0)), Text("n/a"), Binary("/", Cell(row - 1), Cell(row - 2)))
    )
    return Call("IF", (Binary("<", count, Number(2)), Text(""), ratio))


class Ones:
    """The value of every formula, as far as a benchmark cares: a float with many digits."""

    values: Sequence[float] = [1.2345678901234567] * 40

    def row(self, sheet: str, row: int, /) -> Sequence[float]:
        """The same for every row."""
        return self.values


def plan(cells: int) -> Plan:
    """The synthetic workbook as a plan."""
    return Plan("Benchmark", "", "Benchmark", "1.0.0", tuple(sheet(i, rows) for i, rows in enumerate(lines(cells))))


def sheet(index: int, rows: list[int]) -> Sheet:
    """One sheet of it."""
    name = f"Sheet number {index}"
    runs = [run for row in rows for run in line(row)]
    rules = tuple(
        Rule(Area(Cell(row, FIRST, True), Cell(row, LAST, True)), Binary("<", Cell(row), Number(0)), "bad")
        for row in rows[:10]
    )
    widths = tuple((column, 12.0) for column in range(1, LAST + 1))
    return Sheet(
        name, "check", tuple(runs), widths, rules=rules, charts=tuple(charts(name, rows)) if index < 2 else ()
    )


def line(row: int) -> list[Run]:
    """One row: the texts, then the periods as constants or as one formula."""
    code = FORMATS[row % len(FORMATS)]
    texts: list[tuple[int, str, Role]] = [
        (1, f"metric_{row}", "id"), (2, f"Metric number {row}", "label"),
        (3, "EUR", "unit"), (4, "Ledger", "where_from"),
    ]  # fmt: skip
    runs = [Run(row, column, column, words, Style(role)) for column, words, role in texts]
    if is_formula(row):
        return [*runs, Run(row, FIRST, LAST, tree(row), Style(ROLES[row % len(ROLES)], code))]
    return [*runs, Run(row, FIRST, LAST, tuple(row + column / 7 for column in range(PERIODS)), Style("input", code))]


def charts(name: str, rows: list[int]) -> list[Chart]:
    """Four line charts on each of the first two sheets."""
    here = Cell(rows[0], FIRST, True, name), Cell(rows[0], LAST, True, name)
    chart = Chart(
        "line", "A chart", "A line", Cell(5, 40, True), Cell(20, 48, True), Area(*here),
        (Series(Cell(5, 2, True, name), Area(*here)),), "#,##0", "EUR",
    )  # fmt: skip
    return [chart] * (CHARTS // 2)


def named_styles() -> dict[tuple[str, str], NamedStyle]:
    """The looks of the same roles as named styles of openpyxl."""
    box = Border(**{side: Side("thin", "FFE6D9A8") for side in ("left", "right", "top", "bottom")})
    styles = {}
    for role in ("id", "label", "unit", "where_from", "input", *ROLES):
        for code in FORMATS:
            styles[role, code] = NamedStyle(
                f"{role} {len(styles)}",
                font=Font(name="Calibri", sz=10, bold=role == "total", italic=role == "preview", color="FF1B2430"),
                fill=PatternFill("solid", fgColor="FFFFF2CC") if role == "input" else PatternFill(),
                border=box if role in ("input", "where_from") else Border(),
                alignment=Alignment(vertical="center"),
                protection=Protection(locked=role not in ("input", "where_from")),
                number_format=code,
            )
    return styles


def with_openpyxl(cells: int) -> bytes:
    """The same workbook by openpyxl alone, which writes no values beside formulas."""
    book = Workbook()
    book.remove(book.active)
    styles = {key: style.name for key, style in named_styles().items() if not book.add_named_style(style)}
    for index, rows in enumerate(lines(cells)):
        openpyxl_sheet(book, index, rows, styles)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def openpyxl_sheet(book: Workbook, index: int, rows: list[int], styles: dict[tuple[str, str], str]) -> None:
    """One sheet by openpyxl."""
    target = book.create_sheet(f"Sheet number {index}")
    for column in range(1, LAST + 1):
        target.column_dimensions[get_column_letter(column)].width = 12
    for row in rows:
        openpyxl_line(target, row, styles)
    for row in rows[:10]:
        rule = CellIsRule(operator="lessThan", formula=["0"], fill=PatternFill("solid", bgColor="FFF8CBAD"))
        target.conditional_formatting.add(f"H{row}:AE{row}", rule)
    for _ in range(CHARTS // 2 if index < 2 else 0):
        chart = LineChart()
        chart.title = "A chart"
        chart.add_data(Reference(target, min_col=FIRST, max_col=LAST, min_row=rows[0]), from_rows=True)
        target.add_chart(chart, "AN5")


def openpyxl_line(target, row: int, styles: dict[tuple[str, str], str]) -> None:
    """One row by openpyxl, its formula put together as a script would."""
    code = FORMATS[row % len(FORMATS)]
    texts = (("id", f"metric_{row}"), ("label", f"Metric number {row}"), ("unit", "EUR"), ("where_from", "Ledger"))
    for column, (role, words) in enumerate(texts, 1):
        cell = target.cell(row, column, words)
        cell.style = styles[role, "General"]
    role = ROLES[row % len(ROLES)] if is_formula(row) else "input"
    for column in range(FIRST, LAST + 1):
        letter = get_column_letter(column)
        above, over = f"{letter}{row - 1}", f"{letter}{row - 2}"
        formula = f'=IF(COUNT({above},{over})<2,"",IF({over}=0,"n/a",{above}/{over}))'
        cell = target.cell(row, column, formula if is_formula(row) else row + (column - FIRST) / 7)
        cell.style = styles[role, code]


def timed(job: Callable[[], bytes]) -> tuple[float, int]:
    """Seconds, and bytes written. Rubbish of the run before is not this one's time."""
    gc.collect()
    start = time.perf_counter()
    size = len(job())
    return time.perf_counter() - start, size


def compare(cells: int, times: int) -> str:
    """One line of the table."""
    finished, ones = plan(cells), Ones()
    pairs = [(timed(lambda: write(finished, ones)), timed(lambda: with_openpyxl(cells))) for _ in range(times)]
    ours, theirs = (median(pair[side][0] for pair in pairs) for side in (0, 1))
    sizes = pairs[0][0][1], pairs[0][1][1]
    return (
        f"{cells:>9,} {1e3 * ours:>9.0f} ms {1e6 * ours / cells:>6.1f} µs {1e3 * theirs:>9.0f} ms"
        f" {1e6 * theirs / cells:>6.1f} µs {ours / theirs:>6.2f} {sizes[0] / 1e3:>8.0f} kB {sizes[1] / 1e3:>8.0f} kB"
    )


def print_levels(cells: int) -> None:
    """Milliseconds and size by level of compression, for the parts of one workbook."""
    with ZipFile(BytesIO(write(plan(cells), Ones()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for level in range(1, 10):
        seconds, size = timed(lambda level=level: b"".join(compress(part, level) for part in parts.values()))
        print(f"level {level}: {1e3 * seconds:6.1f} ms {size / 1e3:8.0f} kB")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--cells", type=int, nargs="*", default=SIZES)
    parser.add_argument("--levels", action="store_true")
    options = parser.parse_args()
    if options.levels:
        print_levels(20_000)
        return
    print("    cells   metricbook   a cell     openpyxl   a cell  ratio       size    openpyxl")
    for cells in options.cells:
        print(compare(cells, options.times if cells < 100_000 else max(3, options.times // 2)))


if __name__ == "__main__":
    main()
