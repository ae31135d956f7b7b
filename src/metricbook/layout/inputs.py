"""Inputs: every number that is typed, once, in sections; beneath each section the results it moves.

A section is a block between two locked rows. Formulas reach a number only by its row id between those rows, so
cutting, inserting or sorting inside a block moves values and never re-points a formula.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from metricbook.formula.tree import Area, Cell, Text, Tree
from metricbook.layout.book import Book, Line
from metricbook.layout.canvas import Canvas
from metricbook.layout.fields import VALUE, WHERE_FROM, ask, key_row
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CALCULATIONS, FIRST, FIXED, ID, INPUTS, LABEL, LAST_YEAR, LINE, MEMBER, UNIT
from metricbook.layout.input_fields import asked_for, given_for, issued_for, origins_of, where_from
from metricbook.layout.plan import Print, Role, Rule, Validation
from metricbook.layout.sections import CHOICES, PHASED, Section, again_by, margin_of, need_of, sections
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    beside,
    call,
    equals,
    head,
    index,
    join,
    text_or_empty,
    when,
)
from metricbook.model.data import bounds
from metricbook.model.metric import Metric, Point

HEADER, KEYS, MARKER, BODY = 5, 6, 7, 8
NEED, BLANK = 6, 7
PREVIEWS = 3
LOADED: dict[bool, tuple[Role, Role]] = {
    False: ("input", "input_loaded"),
    True: ("input_words", "input_words_loaded"),
}
"""The looks of cells for numbers and for texts: to be typed into, and filled in from a file."""
MEANING = {"missing": "not known yet", "unused": "0 once others are in", "carry": "as before"}


@dataclass(frozen=True)
class Block:
    """Where a section stands: its locked first and last rows, and the row of each line."""

    section: Section
    top: int
    bottom: int
    rows: tuple[tuple[Line, int], ...]
    previews: tuple[str, ...]


def place(book: Book) -> tuple[Block, ...]:
    """Give every input line its row on Inputs."""
    blocks, row = [], BODY
    for section in sections(book.model):
        rows = tuple((line, row + 1 + number) for number, line in enumerate(section.lines))
        for line, at in rows:
            book.spots.setdefault(f"asked.{line.metric.id}", Cell(at, FIXED, fixed=True, sheet=INPUTS))
        bottom = row + 1 + len(rows)
        shown = previews(book, section)
        blocks.append(Block(section, row, bottom, rows, shown))
        row = bottom + 1 + len(shown) + 1
    return tuple(blocks)


def previews(book: Book, section: Section) -> tuple[str, ...]:
    """Up to three results that a section moves most directly: formulas that read it, those on pages first.

    Of a section that divides again what is typed elsewhere, results that are divided likewise.
    """
    if section.id in (CHOICES, PHASED):
        return ()
    margin = margin_of(section)
    ids = {line.metric.id for line in section.lines if margin or not again_by(line)}
    made = [
        metric.id
        for metric in book.model.metrics.values()
        if not metric.is_input and not metric.target_of and not metric.base and "." not in metric.id
        and metric.good and metric.timed and all(metric.totals) and ids & book.inputs_of(metric.id)
        and (not margin or any(margin in axis for axis in metric.axes))
    ]  # fmt: skip
    direct = sorted(made, key=lambda id: (len(book.inputs_of(id) - ids), made.index(id)))
    return tuple(direct[:PREVIEWS])


def adds(book: Book, block: Block) -> str:
    """What a section adds to the workbook, in words; where nothing is worked out, its own numbers by their margin."""
    margin = margin_of(block.section)
    own = dict.fromkeys(line.metric.id for line in block.section.lines) if margin else ()
    labels = ", ".join(book.model.metrics[id].label for id in block.previews or own)
    if margin:
        return f"Adds by {book.model.dimensions[margin].label.lower()}: {labels}"
    return f"Adds: {labels}" if labels else ""


def draw(book: Book, blocks: tuple[Block, ...]) -> None:
    """Draw the sheet."""
    canvas = book.canvas(INPUTS, "fill")
    last = book.frame.last
    where_from = last + 1
    _head(book, canvas, where_from)
    for block in blocks:
        _section(book, canvas, block, where_from)
    canvas.anchor("blk_inputs", canvas.area(KEYS, ID, blocks[-1].bottom if blocks else KEYS, where_from))
    widths = {ID: 20, LABEL: 32, MEMBER: 20, UNIT: 9, LINE: 9, NEED: 9, BLANK: 18, LAST_YEAR: 2, FIXED: 12}
    canvas.widths |= {**widths, **dict.fromkeys(range(FIRST, last + 1), 11), where_from: 30}
    canvas.freeze = Cell(BODY, LINE, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(1, MARKER), title_columns=(ID, FIXED),
                         break_before=tuple(range(FIRST + 12, last + 1, 12)))  # fmt: skip


def _head(book: Book, canvas: Canvas, where_from: int) -> None:
    last = book.frame.last
    canvas.put(1, LABEL, "Inputs", "title")
    canvas.put(2, LABEL, 'Type in the yellow cells. A blank means "not known yet"; type 0 for none. '
               "Percent: 80%. Amounts in full: 210000.", "question")  # fmt: skip
    canvas.put(3, LABEL, book.spots["next_sentence"], "heading")
    canvas.put(4, LABEL, book.spots["master_words"], "quiet")
    canvas.link_to_start(1, MEMBER)
    heads = {LABEL: "Metric", MEMBER: "Of which", UNIT: "Unit", LINE: "Filled", NEED: "Need", BLANK: "A blank means"}
    for column in range(ID, FIRST):
        canvas.put(HEADER, column, heads.get(column, "One value" if column == FIXED else None), "header")
    starts = Cell(book.marks["start"], sheet=CALCULATIONS, lock_row=True)
    canvas.across(HEADER, FIRST, last, starts, "date_header", DATE[book.model.periods.grain])
    canvas.put(HEADER, where_from, "Where from (report, account, date)", "header")
    key_row(canvas, KEYS, {FIXED: VALUE, where_from: WHERE_FROM})
    canvas.across(KEYS, FIRST, last, tuple(book.model.periods.keys()), "key", "@")
    number = Cell(book.marks["number"], sheet=CALCULATIONS, lock_row=True)
    is_next = equals(number, book.mark("to_fill", here=False))
    canvas.across(MARKER, FIRST, last, when(is_next, book.say("next_marker"), EMPTY), "key")
    marked = equals(call("LEFT", head(MARKER), ONE), Text("▼"))
    canvas.rules.append(Rule(_local(HEADER, FIRST, HEADER, last), marked, "next_header"))


def _local(top: int, first: int, bottom: int, last: int) -> Area:
    return Area(Cell(top, first, fixed=True), Cell(bottom, last, fixed=True))


def _section(book: Book, canvas: Canvas, block: Block, where_from: int) -> None:
    section, top, last = block.section, block.top, book.frame.last
    canvas.put(top, LABEL, section.title, "heading")
    if added := adds(book, block):
        canvas.put(top, UNIT, added, "quiet")
    switch = book.spots.get(f"used.{section.id}")
    if switch is not None:
        off = equals(switch, book.spots["used.no_word"])
        canvas.put(top, ID, when(off, book.say("not_used"), EMPTY), "id")
        unused = call("NOT", equals(Cell(top, ID, fixed=True, lock_row=True), EMPTY))
        canvas.rules.append(Rule(_local(top + 1, LABEL, block.bottom - 1, last), unused, "off"))
    canvas.across(block.bottom, ID, where_from, None, "rule_line")
    canvas.heights[block.bottom] = 5
    seen = ""
    for line, row in block.rows:
        _line(book, canvas, block, line, row, first_of_metric=line.metric.id != seen)
        seen = line.metric.id
    _validations(book, canvas, block)
    if not _has_words(block):
        area = _local(top + 1, FIXED, block.bottom - 1, last)
        canvas.rules.append(Rule(area, call("ISTEXT", Cell(top + 1)), "wrong"))
    for number, id in enumerate(block.previews):
        row = block.bottom + 1 + number
        metric = book.model.metrics[id]
        canvas.put(row, LABEL, f"   {metric.label}", "preview_label")
        canvas.put(row, UNIT, "result", "preview_label")
        source = Cell(book.row(id), 0, sheet=CALCULATIONS)
        canvas.across(row, FIRST, last, source, "preview", book.formats.of(metric))
    names = [(line, row) for line, row in block.rows]
    canvas.anchor(f"blk_section_{section.id}", canvas.area(top, ID, block.bottom, where_from))
    for line, row in names:
        name = ".".join([f"in_{line.metric.id}", *book.point_ids(line.metric.axes, line.where)])
        first = FIRST if line.metric.timed else FIXED
        canvas.anchor(name, canvas.area(row, first, row, last if line.metric.timed else FIXED))


def _has_words(block: Block) -> bool:
    return any(line.metric.unit in ("text", "choice", "member") for line, _ in block.rows)


def _line(book: Book, canvas: Canvas, block: Block, line: Line, row: int, first_of_metric: bool) -> None:
    metric, last = line.metric, book.frame.last
    given = metric.input
    format = book.formats.of(metric)
    canvas.put(row, ID, book.line_id(line), "id")
    canvas.put(row, LABEL, metric.label, "label" if first_of_metric else "quiet")
    canvas.put(row, MEMBER, member_words(book, line.where), "member")
    canvas.put(row, UNIT, book.formats.word(metric.unit), "unit")
    place = call("MATCH", beside(ID), _local(block.top, ID, block.bottom, ID), ZERO)
    first, end = (FIRST, last) if metric.timed else (FIXED, FIXED)
    counting = "COUNTA" if metric.unit in ("text", "choice", "member") else "COUNT"
    held: Tree = (
        index(_local(block.top, first, block.bottom, end), place, ZERO)
        if metric.timed
        else index(_local(block.top, first, block.bottom, end), place)
    )
    canvas.put(row, LINE, call(counting, held), "calc", f'0" of {end - first + 1}"')
    if given is not None:
        canvas.put(row, NEED, need_of(line), "remark")
        canvas.put(row, BLANK, MEANING[given.blank], "remark")
        if _is_spare(book, line):  # not asked for before its member has a name
            unnamed = equals(Cell(row, MEMBER, fixed=True), EMPTY)
            canvas.rules.append(Rule(_local(row, LINE, row, BLANK), unnamed, "unseen"))
    asked = asked_for(book, line)
    keys = tuple(book.model.periods.keys()) if metric.timed else (VALUE,)
    issued, data, origins = issued_for(book, line), given_for(book, line), origins_of(book, line)
    is_text = metric.unit == "text"
    look, other = LOADED[is_text]
    marked = tuple(bool(origin) for origin in origins)
    ask(book, canvas, asked, (row, first), (look, format), keys, issued, data, other, marked)
    source = replace(asked, kind="text", options=(), words="", asked=False, label=f"{asked.label}: where from")
    at, said = (row, last + 1), (where_from(book, asked, keys, origins),)
    ask(book, canvas, source, at, ("where_from", "General"), (WHERE_FROM,), given=said)


def _is_spare(book: Book, line: Line) -> bool:
    """Does the line stand at a member that a client may name?"""
    found = [point for point in line.where if point is not None and not point.group]
    return len(line.where) == 1 and any(book.model.dimensions[each.dimension].is_spare(each.member) for each in found)


def _validations(book: Book, canvas: Canvas, block: Block) -> None:
    """One validation per metric of the section, over all its lines."""
    spans: dict[str, list[int]] = {}
    for line, row in block.rows:
        spans.setdefault(line.metric.id, []).append(row)
    for id, rows in spans.items():
        metric = book.model.metrics[id]
        first, last = (FIRST, book.frame.last) if metric.timed else (FIXED, FIXED)
        canvas.validations.append(validation(book, metric, _local(rows[0], first, rows[-1], last)))


def validation(book: Book, metric: Metric, area: Area) -> Validation:
    """What may be typed for a metric, and what is said about it."""
    given = metric.input
    unit = book.formats.word(metric.unit)
    prompt = (given.prompt if given else "") or _usual_prompt(metric)
    title = metric.label[:32]
    if metric.unit in ("choice", "member"):
        source = book.areas[f"options.{metric.id}"]
        return Validation(
            area, "list", title, prompt or "Choose from the list.", "Choose one from the list.", source=source
        )
    if metric.unit == "text":
        return Validation(area, "text", title, prompt or "In your own words.", "At most 255 characters.", high=255)
    low, high = bounds(metric)
    if metric.unit == "date":
        return Validation(area, "date", title, prompt or "A date.", "Type a date.", low=low)
    limits = _limits(low, high)
    return Validation(
        area, "decimal", title, prompt, f"{metric.label}: a number in {unit}{limits}."[:255], low=low, high=high
    )


def _limits(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f" between {low:g} and {high:g}"
    return f", at least {low:g}" if low is not None else f", at most {high:g}" if high is not None else ""


def _usual_prompt(metric: Metric) -> str:
    if metric.unit.startswith("percent"):
        return "Type the percent sign: 80%."
    if metric.unit.startswith("currency"):
        return "Full amounts: 210000, not 210."
    if metric.unit.startswith("rating"):
        return "Between 0 and 5."
    return "A number; leave it blank while it is not known."


def member_reference(book: Book, point: Point) -> Cell:
    """The cell on Lists that names a member."""
    root = book.model.dimensions[point.dimension].root
    return book.spots[f"member.{root}.{point.member}"]


def member_words(book: Book, where: tuple[Point | None, ...]) -> Tree | str:
    """The shown names of a coordinate's members: a live link to Lists, two with a dot between."""
    parts: list[Tree] = []
    for number, point in enumerate(where):
        if point is None:
            parts.append(book.say("total"))
        elif point.group:
            root = book.model.dimensions[point.dimension].root
            parts.append(book.spots[f"group_name.{root}.{point.member}"])
        else:
            parts.append(text_or_empty(member_reference(book, point)))
        if number + 1 < len(where):
            parts.append(book.say("dot"))
    if not parts or all(point is None for point in where):
        return "Total" if where else ""
    return join(*parts)
