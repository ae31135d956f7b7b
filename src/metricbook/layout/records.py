"""Record tables: a worksheet to paste rows into for each, and nothing else on it.

These sheets go down: a column of the worksheet is a line of the plan. Formulas read them only on *Row calculations*.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from metricbook.formula.excel import LAST_ROW
from metricbook.formula.tree import Area, Cell
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.formats import DAY, PLAIN
from metricbook.layout.frame import RESERVED, ROWS
from metricbook.layout.plan import Role, Style, Validation
from metricbook.layout.plan import Table as ExcelTable
from metricbook.model.metric import Point
from metricbook.model.model import Check, Table
from metricbook.model.record_columns import label_of
from metricbook.source.records import Column

IDS, HEADER, BODY = 1, 2, 3
NAMED = ("key", "member", "choice")  # columns that hold a name, which stands for a number
FIRST_ROW = 5  # of the records on Row calculations
WIDTH, WIDE = 14, 24
FORMATS = {"date": DAY, "count": PLAIN["count"], "percent": PLAIN["percent"], "flag": "0"}
PROMPTS = {
    "key": "The id that the source system gives; every row has its own.",
    "text": "Any text.",
    "date": "A date.",
    "currency": "An amount in full: 210000, not 210.",
    "count": "A number.",
    "percent": "Type the percent sign: 80%.",
    "member": "As on Lists, or as your exports say it there.",
    "choice": "One of the list.",
    "flag": "1 for yes; blank for no.",
}
ERRORS = {
    "date": "Type a date.",
    "currency": "Type a number.",
    "count": "Type a number.",
    "percent": "Type a percent.",
    "flag": "Type 1, or leave it blank.",
}
CHECKED: dict[str, Literal["date", "whole"]] = {"date": "date", "flag": "whole"}
LIMITS: dict[str, tuple[float | None, float | None]] = {"date": (1.0, None), "flag": (0.0, 1.0)}


def capacity(book: Book, table: Table) -> int:
    """How many rows formulas read: as declared, or more where more have been filled in."""
    return max(table.capacity, len(book.settings.records.get(table.id, ())))


def sheet_name(table: Table) -> str:
    """The name of a table's worksheet: its label, kept apart from the technical sheets."""
    name = "".join(letter for letter in table.label if letter not in "[]:*?/\\").strip("' ") or table.id
    name = f"{name} records" if name.casefold() in (each.casefold() for each in RESERVED) else name
    return name[:31]


def pasted(book: Book, table: Table, column: str) -> Area:
    """A pasted column from its header down to the end of the sheet: no deletion of rows can cut it short."""
    line = list(table.pasted).index(column) + 1
    first = Cell(line, HEADER, fixed=True, sheet=sheet_name(table), lock_row=True)
    return Area(first, Cell(line, LAST_ROW, fixed=True, sheet=sheet_name(table), lock_row=True))


def whole(book: Book, table: Table) -> Area:
    """All pasted columns from the header down."""
    columns = list(table.pasted)
    return Area(pasted(book, table, columns[0]).first, pasted(book, table, columns[-1]).last)


def columns_read(table: Table) -> list[str]:
    """The pasted columns that stand on Row calculations, the key first of all."""
    read = [
        name
        for name, column in table.pasted.items()
        if f"{table.id}.{name}" in table.columns or column.type in ("date", "member")
    ]
    return list(dict.fromkeys([*([table.key] if table.key else []), *read]))


def checks_over(book: Book, table: Table) -> list[Check]:
    """The framework's checks that are made in each row of a table."""
    return [check for check in book.model.checks if check.over == table.id]


def rows_of(book: Book, table: Table, line: int) -> Area:
    """All rows of a line of Row calculations."""
    first = Cell(line, FIRST_ROW, fixed=True, sheet=ROWS, lock_row=True)
    last = FIRST_ROW + capacity(book, table) - 1
    return Area(first, Cell(line, last, fixed=True, sheet=ROWS, lock_row=True))


def there_line(book: Book, table: Table) -> int:
    """The line of Row calculations that holds a number where there is a record."""
    if table.key:
        return book.rows[f"{table.id}.{table.key}", (), "value"]
    return book.rows[table.id, (), "there"]


def rows_there(book: Book, table: Table) -> Area:
    """A number for each record, blank where there is none."""
    return rows_of(book, table, there_line(book, table))


def member_number(book: Book, point: Point) -> Cell:
    """The number of a member on Lists, by which rows are found."""
    return book.spots[f"number.{book.model.dimensions[point.dimension].root}.{point.member}"]


def draw(book: Book) -> None:
    """Draw the sheets."""
    for table in book.model.tables.values():
        _sheet(book, table)


def _sheet(book: Book, table: Table) -> None:
    canvas = book.canvas(sheet_name(table), "records")
    canvas.down = True
    last = HEADER + capacity(book, table)
    rows = book.settings.records.get(table.id, ())
    headers = tuple(label_of(id, column.label) for id, column in table.pasted.items())
    for line, (id, column) in enumerate(table.pasted.items(), 1):
        style = _style(book, column)
        canvas.across(line, IDS, IDS, id, "id")
        canvas.across(line, HEADER, HEADER, headers[line - 1], "header")
        if rows:
            canvas.across(line, BODY, HEADER + len(rows), tuple(row[line - 1] for row in rows), *style)
        canvas.columns[line] = Style(*style)
        canvas.widths[line] = WIDE if column.type in ("key", "member", "text") else WIDTH
        _validate(book, canvas, f"{table.id}.{id}", column, Area(Cell(BODY, line), Cell(last, line)))
    area = Area(Cell(HEADER, 1, fixed=True), Cell(last, len(headers), fixed=True))
    canvas.table = ExcelTable(f"tbl_{table.id}", area, headers)
    canvas.freeze = Cell(BODY, 1, fixed=True)
    canvas.print = replace(canvas.print, title_rows=(HEADER, HEADER))
    canvas.anchor(f"blk_records_{table.id}", canvas.area(IDS, 1, last, len(headers)))


def _style(book: Book, column: Column) -> tuple[Role, str]:
    if column.type in ("key", "text", "member", "choice"):
        return "input_text", "@" if column.type == "key" else "General"
    format = book.formats.unit("currency") if column.type == "currency" else FORMATS[column.type or "count"]
    return "input", format


def _validate(book: Book, canvas: Canvas, id: str, column: Column, area: Area) -> None:
    kind = column.type or "text"
    title = label_of(id.partition(".")[2], column.label)[:32]
    prompt = PROMPTS[kind] if column.required else f"{PROMPTS[kind]} May stay blank."
    if kind == "choice":
        source = book.areas[f"options.{id}"]
        found = Validation(area, "list", title, prompt, "Choose one of the list.", source=source)
    elif kind in ERRORS:
        low, high = LIMITS.get(kind, (None, None))
        found = Validation(area, CHECKED.get(kind, "decimal"), title, prompt, ERRORS[kind], low, high)
    else:
        found = Validation(area, "text", title, prompt, "At most 255 characters.", high=255)
    canvas.validations.append(found)
