"""Calculations: the time line, inputs as read, then every metric, target and check once, one formula per row."""

from __future__ import annotations

from itertools import chain

from metricbook.formula.aggregates import aggregates
from metricbook.formula.tree import OWN_ROW, Cell, Tree
from metricbook.layout import fiscal, own_lines, reading, spares, timeline, windows
from metricbook.layout.book import Book, Line
from metricbook.layout.canvas import Canvas
from metricbook.layout.counted import counted
from metricbook.layout.dictionary import in_words
from metricbook.layout.formats import DATE
from metricbook.layout.frame import (
    CALCULATIONS,
    COMPARISON,
    CURRENT,
    FIRST,
    FIXED,
    ID,
    LABEL,
    LAST_YEAR,
    LINE,
    MEMBER,
    UNIT,
)
from metricbook.layout.inputs import Block, member_reference, member_words
from metricbook.layout.lower import Lowering, distance_of
from metricbook.layout.plan import Print, Role
from metricbook.layout.rolling import draw_windows, kinds, total_over_members, weight_cell, weighted_average
from metricbook.layout.sections import counts_as_filled, need_of
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    beside,
    blank,
    call,
    equals,
    guarded,
    head,
    here,
    index,
    times,
    when,
)
from metricbook.layout.target_lines import target_in_period, target_number
from metricbook.layout.text_width import shortened
from metricbook.model.metric import Metric, Where
from metricbook.model.model import Check

HEADER, KEYS, BODY = 5, 6, 8
SENTENCE = 250  # pixels of what a check says before its member


def place(book: Book, blocks: tuple[Block, ...]) -> dict[str, list[int]]:
    """Give every line of Calculations its row; gives the rows at which headings stand, by heading."""
    headings: dict[str, list[int]] = {"Periods": [BODY]}
    row = timeline.place(book, BODY + 1) + 1
    headings["Inputs as read"] = [row]
    row += 1
    for line in sorted((line for block in blocks for line, _ in block.rows), key=_how_counted):
        typed = line.metric.unit in ("choice", "member") or line.metric.target_of
        book.place(row, Line(line.metric, line.where, "typed") if typed else line)
        row += 1
    if spares.late_lines(book.model):
        headings["Spare rows of Lists, as typed"] = [row + 1]
        row = spares.place(book, row + 2)
    for title, lines in (("Metrics", _metric_lines(book)), ("Targets", _target_lines(book))):
        if lines:
            headings[title] = [row + 1]
            row += 2
        for line in lines:
            book.place(row, line)
            row += 1
    row = own_lines.place(book, row + 1)
    checks = [check for check in book.model.checks if not check.over]
    if checks:
        headings["Checks, 0 holds and 1 fails"] = [row + 1]
        row += 2
        for check in checks:
            for where in check_wheres(book, check):
                book.rows[f"check.{check.id}", where, "value"] = row
                row += 1
    return headings


def _how_counted(line: Line) -> tuple[bool, bool, bool]:
    """Lines that count in the same way stand together, so that one area counts them."""
    counts = counts_as_filled(line.metric)
    return not (counts and reading.closable(line)), not counts, need_of(line) != "essential"


def _metric_lines(book: Book) -> list[Line]:
    lines: list[Line] = []
    for metric in book.model.metrics.values():
        if metric.target_of:
            continue
        wheres = book.model.wheres(metric)
        every = [Line(metric, where, kind) for kind in kinds(book, metric) for where in wheres]
        lines += [line for line in every if not book.has(*line.key)]
    return lines


def _target_lines(book: Book) -> list[Line]:
    return [Line(metric, book.total(metric.id)) for metric in book.model.metrics.values() if metric.target_of]


def check_wheres(book: Book, check: Check) -> tuple[Where, ...]:
    """Every coordinate at which a check is made: members, and totals where there are any."""
    found: list[Where] = [()]
    for number, axis in enumerate(check.axes):
        stand_in = Metric(check.id, "", "count", (axis,), True, "none", "none", totals=(check.totals[number],))
        found = [(*where, point) for where in found for point in book.model.points(stand_in, 0)]
    return tuple(where for where in found if not any(point and point.group for point in where))


def draw(book: Book, blocks: tuple[Block, ...], headings: dict[str, list[int]]) -> None:
    """Draw the sheet."""
    canvas = book.canvas(CALCULATIONS, "check")
    _head(book, canvas)
    for title, rows in headings.items():
        canvas.put(rows[0], LABEL, title, "heading")
    timeline.draw(book, canvas, chain(fiscal.rows(book), windows.rows(book, counted(book, blocks))))
    for block in blocks:
        for line, _ in block.rows:
            typed = line.metric.unit in ("choice", "member") or line.metric.target_of
            read = Line(line.metric, line.where, "typed") if typed else line
            row = book.rows[read.key]
            _labels(book, canvas, read, row)
            reading.draw_line(book, canvas, block, line, row)
            for kind in ("raw", "nothing") if spares.begins_late(book.model, line) else ():
                extra = Line(line.metric, line.where, kind)
                _labels(book, canvas, extra, book.rows[extra.key])
    for line in _metric_lines_drawn(book):
        row = book.rows[line.key]
        _labels(book, canvas, line, row)
        if not (line.metric.is_input and line.metric.unit in ("choice", "member")):
            _formula_line(book, canvas, line, row)
    for line in _target_lines(book):
        row = book.rows[line.key]
        _labels(book, canvas, line, row)
        _target_line(book, canvas, line, row)
    for check in book.model.checks:
        if not check.over:
            _check_lines(book, canvas, check)
    own_lines.draw(book, canvas)
    _anchors(book, canvas)
    last = book.frame.last
    canvas.widths |= {
        ID: 18,
        LABEL: 36,
        MEMBER: 18,
        UNIT: 9,
        LINE: 7,
        CURRENT: 12,
        COMPARISON: 12,
        LAST_YEAR: 12,
        FIXED: 12,
    }
    canvas.widths |= dict.fromkeys(range(FIRST, last + 1), 11)
    canvas.freeze = Cell(BODY - 1, LINE, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(1, KEYS), title_columns=(ID, FIXED),
                         break_before=tuple(range(FIRST + 12, last + 1, 12)))  # fmt: skip


def _head(book: Book, canvas: Canvas) -> None:
    canvas.put(1, LABEL, "Calculations", "title")
    canvas.put(2, LABEL, "Every input as it is read, then every metric once. One formula per row, all across; "
               "totals and windows apply the same formula to rolled-up inputs.", "question")  # fmt: skip
    canvas.put(4, LABEL, book.spots["master_words"], "quiet")
    canvas.link_to_start(1, MEMBER)
    heads = {LABEL: "Metric", MEMBER: "Of which", UNIT: "Unit", LINE: "Line", CURRENT: "Current",
             COMPARISON: "Comparison", LAST_YEAR: "Last year", FIXED: "Fixed"}  # fmt: skip
    for column in range(ID, FIRST):
        canvas.put(HEADER, column, heads.get(column), "header_right" if column >= LINE else "header")
    canvas.across(
        HEADER, FIRST, book.frame.last, head(book.marks["start"]), "date_header", DATE[book.model.periods.grain]
    )
    canvas.put(KEYS, ID, "id", "key")
    canvas.across(KEYS, FIRST, book.frame.last, tuple(book.model.periods.keys()), "key", "@")


def _labels(book: Book, canvas: Canvas, line: Line, row: int) -> None:
    metric = line.metric
    weight = book.model.metrics[metric.weight].label if metric.weight else ""
    words = {"value": "", "weighted": f", × {weight}", "weight": f", weight: {weight}",
             "raw": ", as typed", "nothing": ", counts as nothing",
             "typed": ", by period" if metric.target_of else ", as typed"}[line.kind]  # fmt: skip
    variant = f": {metric.variant_label}" if metric.variant_label and metric.base else ""
    is_number = metric.unit in ("choice", "member") and line.kind == "value"
    canvas.put(row, ID, f"{book.line_id(line)}{' as number' if is_number else ''}", "id")
    canvas.put(row, LABEL, f"{metric.label}{variant}{words}", "label")
    canvas.put(row, MEMBER, member_words(book, line.where), "member")
    canvas.put(row, UNIT, book.formats.word(metric.unit), "unit")


def _metric_lines_drawn(book: Book) -> list[Line]:
    """Lines of metrics, without inputs at members, which are drawn as read."""
    lines = []
    for metric in book.model.metrics.values():
        if metric.target_of:
            continue
        for kind in kinds(book, metric):
            for where in book.model.wheres(metric):
                typed = metric.is_input and kind == "value" and all(p is not None and not p.group for p in where)
                if not typed or metric.unit in ("choice", "member"):
                    lines.append(Line(metric, where, kind))
    return lines


def _formula_line(book: Book, canvas: Canvas, line: Line, row: int) -> None:
    metric, format = line.metric, book.formats.of(line.metric)
    tree = _tree(book, line, row)
    distance = distance_of(book, metric.formula) if line.kind == "value" else None
    if not metric.timed:
        canvas.put(row, FIXED, tree, "calc", format)
        return
    if distance is not None:
        canvas.put(row, FIXED, float(distance), "constant", "0")
    role: Role = "calc" if all(point is not None for point in line.where) else "total"
    canvas.across(row, FIRST, book.frame.last, tree, role, format)
    draw_windows(book, canvas, line, row, tree)


def _tree(book: Book, line: Line, row: int) -> Tree:
    """The formula of a line in a period: a product with its weight, a total over members, or the metric's own."""
    metric = line.metric
    rolled_up = any(point is None or point.group for point in line.where)
    if line.kind == "weight" and not rolled_up:
        return weight_cell(book, line)
    if line.kind == "weight":
        return total_over_members(book, line)
    if line.kind == "weighted":
        if rolled_up:
            return total_over_members(book, line)
        value, weight = here(book.row(metric.id, line.where)), weight_cell(book, line)
        product = guarded(times(value, weight), [value, weight])
        if not spares.begins_late(book.model, Line(metric, line.where)):
            return product
        return when(equals(call("COUNT", spares.nothing(book, line)), ONE), ZERO, product)
    if rolled_up and metric.over_members == "weighted":
        return weighted_average(book, line)
    if rolled_up and metric.over_members == "sum":
        return total_over_members(book, line)
    if rolled_up and metric.formula is not None and aggregates(metric.formula) and _in_groups(line.where):
        return total_over_members(book, line)
    lowering = Lowering(book, metric.axes, line.where, row)
    if metric.formula is not None:
        return lowering.formula(metric.formula, metric.undefined)
    point = line.where[metric.member_axis]
    assert point is not None  # formulas per member have no total of their own; it is a sum
    tree = lowering.formula(metric.by_member[point.member], metric.undefined)
    # a member without a name is left out of the total, so its own formula is blank
    return when(equals(call("COUNTA", member_reference(book, point)), ZERO), EMPTY, tree)


def _in_groups(where: Where) -> bool:
    return any(point is not None and point.group for point in where)


def _target_line(book: Book, canvas: Canvas, line: Line, row: int) -> None:
    format = book.formats.of(book.model.metrics[line.metric.target_of])
    canvas.put(row, FIXED, target_number(book, line.metric), "calc", format)
    if line.metric.timed:
        canvas.across(row, FIRST, book.frame.last, target_in_period(book, line.metric, row), "calc", format)
        draw_windows(book, canvas, line, row)


def _check_lines(book: Book, canvas: Canvas, check: Check) -> None:
    frame = book.frame
    for where in check_wheres(book, check):
        row = book.rows[f"check.{check.id}", where, "value"]
        canvas.put(row, ID, f"{check.id}{book.points(check.axes, where)}", "id")
        canvas.put(row, LABEL, shortened(in_words(book, check.formula), 10, SENTENCE), "label")  # in full on Checks
        canvas.put(row, MEMBER, member_words(book, where), "member")
        canvas.put(row, UNIT, "0 / 1", "unit")
        tree = Lowering(book, check.axes, where, row).verdict(check.formula)
        if not check.timed:
            canvas.put(row, FIXED, tree, "calc", "0")
            canvas.put(row, CURRENT, beside(FIXED), "calc", "0")
            continue
        canvas.across(row, FIRST, frame.last, tree, "calc", "0")
        line = frame.periods(OWN_ROW)
        failed = when(equals(call("COUNT", line), ZERO), EMPTY, call("SUM", line))
        first = when(equals(call("COUNTIFS", line, ONE), ZERO), EMPTY, call("MATCH", ONE, line, ZERO))
        canvas.put(row, CURRENT, failed, "calc", "0")
        key = index(frame.periods(KEYS, lock_row=True), beside(LAST_YEAR))
        canvas.put(row, COMPARISON, when(blank(beside(LAST_YEAR)), EMPTY, key), "calc")
        canvas.put(row, LAST_YEAR, first, "calc", "0")
        canvas.put(row, FIXED, when(blank(beside(LAST_YEAR)), EMPTY, ONE), "calc", "0")


def _anchors(book: Book, canvas: Canvas) -> None:
    for (id, where, kind), row in book.rows.items():
        if kind == "value" and id in book.model.metrics:
            metric = book.model.metrics[id]
            points = book.point_ids(metric.axes, where) if any(where) else []
            name = ".".join([f"row_{id}", *points])
            first, last = (FIRST, book.frame.last) if metric.timed else (FIXED, FIXED)
            canvas.anchor(name, canvas.area(row, first, row, last))
