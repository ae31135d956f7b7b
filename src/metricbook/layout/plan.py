"""The plan: the whole workbook as plain data, every cell with its place, content and role.

The plan holds runs, not cells: neighbours in one row that hold the same formula share one tree. Rows and columns
count from 1. Nothing here knows metrics, and nothing here knows how a workbook file is written.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.frozen import frozen

Constant = float | str | None

DIGIT, PADDING = 7, 5
"""Pixels of a digit of Calibri 11, the measure of a column's width, and of what stands around it in a cell."""

Address = tuple[str, str, str]
"""By what a cell is found again wherever it stands: its block, the id of its row, the key of its column."""

Role = Literal[
    "blank", "text", "quiet", "title", "question", "heading",
    "subheading", "header", "header_right", "header_small", "header_flow", "date_header",
    "id", "key", "label", "member", "unit", "input", "input_text", "where_from", "setting", "calc", "link", "result",
    "total", "total_label", "preview", "preview_label", "cell_label", "cell", "cell_text", "cell_total",
    "cell_total_label", "status", "card_label", "card_star", "card_value", "card_note", "card_note_right",
    "card_status", "selector", "selector_label", "event_date", "state", "constant", "code", "legend_input",
    "legend_calc", "legend_link", "hyperlink", "rule_line", "wrap",
    "wrap_label", "wrap_value", "remark", "item_label", "item", "item_text", "item_status", "item_note", "card_spark",
    "explain_value", "explain_sign", "explain_result", "input_loaded", "input_text_loaded",
    "input_words", "input_words_loaded", "legend_loaded",
]  # fmt: skip


@frozen
class Style:
    """How a cell looks: a role (fonts, fills, borders, locking follow from it) and an Excel number format."""

    role: Role
    format: str = "General"


@frozen
class Run:
    """The cells `first`…`last` of a row; on a sheet that goes down, of a column.

    `content` is a lowered tree (a formula in every cell), a tuple (one constant per cell), or one constant that
    stands in each cell; None is an empty, styled cell.
    """

    row: int
    first: int
    last: int
    content: Tree | tuple[Constant, ...] | Constant
    style: Style


RuleLook = Literal[
    "good", "fair", "bad", "quiet", "wrong", "next", "next_header", "off", "unseen", "number", "header", "row"
]  # fmt: skip


@frozen
class Rule:
    """A conditional format over an area: where `formula` (written for its top left cell) is true, `look` applies.

    With a `format` the cell's numbers are shown in it.
    """

    area: Area
    formula: Tree
    look: RuleLook
    format: str = ""


@frozen
class Validation:
    """What may be typed into an area, and what is said about it.

    `source` is the range of a list; `low` and `high` bound a number; the prompt shows when the cell is selected.
    """

    area: Area
    kind: Literal["decimal", "whole", "date", "list", "text"]
    title: str
    prompt: str
    error: str
    low: float | None = None
    high: float | None = None
    source: Area | None = None


@frozen
class Link:
    """A hyperlink inside the workbook: from `at` (to `last` in the same row) to a cell of another sheet."""

    at: Cell
    target: Cell
    tip: str = ""
    last: Cell | None = None


Part = Literal[
    "main", "second", "third", "fourth", "fifth", "sixth", "plan", "goal", "total", "up", "down", "hidden", "end"
]
"""What a series is: one of several, the plan, a bullet's goal, a bridge's total or step, the unseen base of a stack,
or the value at the end of a line."""


@frozen
class Series:
    """One series of a chart: its name's cell, its values, and the part it plays. The legend may leave it out."""

    name: Cell
    values: Area
    part: Part = "main"
    in_legend: bool = True


@frozen
class Chart:
    """A chart that covers `first`…`last` of its sheet. `format` is the number format of the value axis and of labels,
    `column_format` that of labels over columns.

    `empty` is a cell in which nothing ever stands; lines with gaps need one. A bullet's first series is in front.
    """

    kind: Literal["line", "column", "bar", "stacked", "bullet", "funnel", "waterfall"]
    title: str
    alt: str
    first: Cell
    last: Cell
    categories: Area
    series: tuple[Series, ...]
    format: str
    axis_title: str
    category_format: str = "General"
    empty: Area | None = None
    column_format: str = "General"
    note: str = ""  # stands behind the title, in small


@frozen
class Sparkline:
    """A small line chart in the cell `at` over `values`."""

    at: Cell
    values: Area


@frozen
class Picture:
    """A picture over the cells from `at` on: so many pixels right of that cell's corner and below it, so large."""

    content: bytes
    kind: Literal["png", "jpeg"]
    alt: str
    at: Cell
    offset: tuple[int, int]  # across, down
    size: tuple[int, int]


@frozen
class Table:
    """An Excel table: its name, its area with the header row, and the words of that row."""

    name: str
    area: Area
    headers: tuple[str, ...]


@frozen
class Field:
    """Neighbouring cells of a row that somebody types into, and by what they are found when the workbook comes back.

    `issued` is what stands in them before anybody types, `loaded` what files say of them. `options` are the ids and
    words of which one is chosen; the workbook has them in the block `words`. `earlier` are ids that the row had in
    earlier versions.
    """

    block: str
    row: str
    keys: tuple[str, ...]
    at: Cell  # the first of them, with its sheet
    kind: Literal["number", "date", "text", "option"]
    label: str
    issued: tuple[Constant, ...]
    options: tuple[tuple[str, str], ...] = ()
    words: str = ""
    earlier: tuple[str, ...] = ()
    asked: bool = False  # does something remain blank without it?
    loaded: tuple[Constant, ...] = ()

    def addresses(self) -> tuple[Address, ...]:
        """The address of each cell."""
        return tuple((self.block, self.row, key) for key in self.keys)


@frozen
class Print:
    """How a sheet prints. `pages_wide` 0 leaves the width free.

    `break_before` starts a page before these columns, `break_above` above these rows. `largest` is the scale in
    percent at which it prints where the width would allow for more. `areas` are all that prints, each on pages of its
    own; none of them means the whole sheet.
    """

    landscape: bool = True
    pages_wide: int = 1
    title_rows: tuple[int, int] | None = None
    title_columns: tuple[int, int] | None = None
    break_before: tuple[int, ...] = ()
    break_above: tuple[int, ...] = ()
    largest: int = 100
    areas: tuple[Area, ...] = ()


ONE_PAGE_WIDE = Print()
TOP_LEFT = Cell(1, 1, fixed=True)


@frozen
class Sheet:
    """One worksheet. `freeze` is the first cell that scrolls. `kind` decides the tab colour and the protection.

    Where `down` is true, runs go down the columns: their `row` is a column of the sheet, and so it is in formulas
    that refer to this sheet. Everything else of the sheet has its rows and columns as they are.
    """

    name: str
    kind: Literal["start", "page", "fill", "records", "check"]
    runs: tuple[Run, ...]
    widths: tuple[tuple[int, float], ...] = ()  # (column, characters)
    heights: tuple[tuple[int, float], ...] = ()  # (row, points)
    freeze: Cell | None = None
    rules: tuple[Rule, ...] = ()
    validations: tuple[Validation, ...] = ()
    links: tuple[Link, ...] = ()
    charts: tuple[Chart, ...] = ()
    sparklines: tuple[Sparkline, ...] = ()
    pictures: tuple[Picture, ...] = ()
    print: Print = ONE_PAGE_WIDE
    zoom: int = 100
    select: Cell = TOP_LEFT
    down: bool = False
    columns: tuple[tuple[int, Style], ...] = ()  # looks of columns where no cell is drawn
    table: Table | None = None
    fields: tuple[Field, ...] = ()


@frozen
class Anchor:
    """A defined name for programs and the Name box; no formula uses it."""

    name: str
    area: Area  # areas of anchors always name their sheet and have fixed columns


@frozen
class Plan:
    """The whole workbook. `properties` are the custom document properties (name, text)."""

    title: str
    subject: str
    header: str  # what the printed header says: client and framework
    footer: str  # what the printed footer says: framework, version
    sheets: tuple[Sheet, ...]
    anchors: tuple[Anchor, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    styles: tuple[Style, ...] = field(default=())
    accent: str = ""  # the brand's colour as six hex digits; the workbook's own without one

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything that somebody may type into, sheet after sheet."""
        return tuple(field for sheet in self.sheets for field in sheet.fields)

    @property
    def down(self) -> frozenset[str]:
        """The sheets whose runs go down."""
        return frozenset(sheet.name for sheet in self.sheets if sheet.down)
