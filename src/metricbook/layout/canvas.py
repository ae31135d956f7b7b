"""A worksheet being drawn: runs, widths, rules and links are collected here and frozen into a `Sheet`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from metricbook.formula.tree import Area, Binary, Call, Cell, Tree
from metricbook.layout.frame import START
from metricbook.layout.plan import (
    ONE_PAGE_WIDE,
    Anchor,
    Chart,
    Constant,
    Field,
    Link,
    Picture,
    Print,
    Role,
    Rule,
    Run,
    Sheet,
    Sparkline,
    Style,
    Table,
    Validation,
)

_style = cache(Style)  # thousands of cells share a few looks

TITLE_HEIGHT = 28
FORMULAS = (Call, Binary)  # that are more than a link


@dataclass
class Canvas:
    """Draws one worksheet. Rows and columns count from 1; `at` gives references for formulas on any sheet."""

    name: str
    kind: str
    runs: list[Run] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    sparklines: list[Sparkline] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    freeze: Cell | None = None
    print: Print = ONE_PAGE_WIDE
    zoom: int = 100
    down: bool = False  # a line is a column of the sheet: `across` draws down, and `at` and `area` refer to that
    columns: dict[int, Style] = field(default_factory=dict)  # looks of cells that nothing is drawn in
    table: Table | None = None
    fields: list[Field] = field(default_factory=list)
    formulas: dict[Tree, Tree] = field(default_factory=dict)  # each once, so that rows made alike share a tree

    def put(self, row: int, column: int, content: Tree | Constant, role: Role, format: str = "General") -> None:
        """One cell."""
        if role == "title":
            self.heights[column if self.down else row] = TITLE_HEIGHT
        if isinstance(content, FORMULAS):
            content = self.formulas.setdefault(content, content)
        self.runs.append(Run(row, column, column, content, _style(role, format)))

    def across(
        self,
        row: int,
        first: int,
        last: int,
        content: Tree | tuple[Constant, ...] | Constant,
        role: Role,
        format: str = "General",
    ) -> None:
        """A run of cells with one content (a tuple: one constant each)."""
        if isinstance(content, FORMULAS):
            content = self.formulas.setdefault(content, content)
        if last >= first:
            self.runs.append(Run(row, first, last, content, _style(role, format)))

    def at(self, row: int, column: int) -> Cell:
        """A locked reference to a cell of this sheet, from any sheet."""
        return Cell(row, column, fixed=True, sheet=self.name, lock_row=True)

    def area(self, first_row: int, first: int, last_row: int, last: int) -> Area:
        """A locked reference to a rectangle of this sheet, from any sheet."""
        return Area(self.at(first_row, first), self.at(last_row, last))

    def link(self, row: int, column: int, target: Cell, tip: str = "", last: int = 0) -> None:
        """Make a cell lead to another sheet, or the cells up to the column `last` together."""
        end = Cell(row, last, fixed=True) if last > column else None
        self.links.append(Link(Cell(row, column, fixed=True), target, tip, end))

    def link_to_start(self, row: int, column: int) -> None:
        """The way back to Start."""
        self.put(row, column, "← Start", "hyperlink")
        self.link(row, column, Cell(1, 1, fixed=True, sheet=START))

    def anchor(self, name: str, area: Area) -> None:
        """Name an area for programs and the Name box."""
        self.anchors.append(Anchor(name, area))

    def sheet(self) -> Sheet:
        """The finished sheet. Two contents in one cell are a bug."""
        taken = {(run.row, column) for run in self.runs for column in range(run.first, run.last + 1)}
        assert len(taken) == sum(run.last - run.first + 1 for run in self.runs), self.name
        return Sheet(
            name=self.name,
            kind=self.kind,  # type: ignore[arg-type]
            runs=tuple(self.runs),
            widths=tuple(sorted(self.widths.items())),
            heights=tuple(sorted(self.heights.items())),
            freeze=self.freeze,
            rules=tuple(self.rules),
            validations=tuple(self.validations),
            links=tuple(self.links),
            charts=tuple(self.charts),
            sparklines=tuple(self.sparklines),
            pictures=tuple(self.pictures),
            print=self.print,
            zoom=self.zoom,
            down=self.down,
            columns=tuple(sorted(self.columns.items(), key=itemgetter(0))),
            table=self.table,
            fields=tuple(self.fields),
        )
