"""Checks: what must hold, whether it does, and how complete the inputs are; the master check sums it up."""

from __future__ import annotations

from metricbook.formula.tree import Area, Cell, Text, Tree
from metricbook.layout import own_inputs
from metricbook.layout.book import Book
from metricbook.layout.calculations import check_wheres
from metricbook.layout.canvas import Canvas
from metricbook.layout.check_row import (
    COUNTED,
    FAILS,
    HEADINGS,
    ID,
    RESULT,
    SEVERITY,
    WHAT,
    WHAT_WIDTH,
    WHERE,
    Check,
    draw_check,
)
from metricbook.layout.completeness import WIDE, Completeness
from metricbook.layout.dictionary import in_words
from metricbook.layout.fields import Asked, ask_one
from metricbook.layout.formats import DAY
from metricbook.layout.frame import CALCULATIONS, CHECKS, CURRENT, FIRST, FIXED, INPUTS, LAST_YEAR, MEMBER
from metricbook.layout.inputs import Block
from metricbook.layout.needs import Needs
from metricbook.layout.plan import Print, Rule, Validation
from metricbook.layout.record_checks import record_check_count, record_checks
from metricbook.layout.sections import CHOICES, WORDS
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    any_of,
    binary,
    blank,
    call,
    equals,
    fixed,
    index,
    join,
    minus,
    plus,
    times,
    when,
)
from metricbook.layout.start import prepared_by
from metricbook.model.metric import Metric, Point

UNNAMED = "No numbers stand in a line whose member has no name on Lists"
TWICE = "No two members of a dimension have the same name"
SIGNED = (("prepared", "Prepared by"), ("reviewed", "Reviewed by"), ("reviewed_on", "Reviewed on"))
BODY = 9
SAYS_OVER = 4  # columns of periods into which the sentence of a check runs over


def place(book: Book, blocks: tuple[Block, ...]) -> tuple[int, Completeness]:
    """Give checks and completeness their rows: how many checks there are, and the list beneath them."""
    canvas = Canvas(CHECKS, "check")
    book.spots["master_words"] = canvas.at(5, WHAT)
    book.spots["inputs_filled"] = canvas.at(6, COUNTED)
    book.spots["inputs_needed"] = canvas.at(7, COUNTED)
    across = [check for check in book.model.checks if not check.over]
    count = len(across) + record_check_count(book) + _built_in_count(book, blocks)
    return count, Completeness.placed(book, blocks, BODY + count + 2)


def draw(book: Book, blocks: tuple[Block, ...], count: int, completeness: Completeness, needs: Needs) -> None:
    """Draw the sheet."""
    canvas = book.canvas(CHECKS, "check")
    canvas.put(1, WHAT, "Checks", "title")
    canvas.link_to_start(1, WHAT + 1)
    canvas.put(2, WHAT, "OK, Look, or Not run while numbers are missing. 0 passes.", "question")
    canvas.put(3, WHAT, prepared_by(book.settings.prepared) or None, "quiet")
    found = [*_own(book), *record_checks(book), *_built_in(book, blocks, completeness)]
    assert len(found) == count  # the rows were given out before anything was drawn
    _summary(book, canvas, count, completeness)
    _sign_off(book, canvas)
    for column, heading in enumerate(HEADINGS, 1):
        canvas.put(BODY - 1, column, heading, "header")
    for number, check in enumerate(found):
        draw_check(book, canvas, check, BODY + number)
    results = Area(Cell(BODY, RESULT, fixed=True), Cell(BODY + count - 1, RESULT, fixed=True))
    for look, shape in (("good", "●"), ("fair", "▲"), ("bad", "■"), ("quiet", "○")):
        canvas.rules.append(Rule(results, equals(call("LEFT", Cell(BODY, 0), ONE), Text(shape)), look))  # type: ignore[arg-type]
    completeness.draw(book, canvas, needs)
    last = book.frame.last
    canvas.widths |= {
        ID: 24,
        WHAT: WHAT_WIDTH,
        SEVERITY: 12,
        FAILS: 12,
        WHERE: 26,
        RESULT: 12,
        COUNTED: 12,
        LAST_YEAR: 10,
        FIXED: 10,
    }
    canvas.widths |= dict.fromkeys(range(FIRST, last + 1), 11)
    canvas.freeze = Cell(7, 3, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(1, 6), title_columns=(ID, WHAT), break_before=_breaks(last))


def _breaks(last: int) -> tuple[int, ...]:
    """Printed pages: the checks with what they say, twelve periods each, the rest of the list in two."""
    return (*range(FIRST + SAYS_OVER, last + 1, 12), last + 1, last + 1 + len(WIDE))


def _summary(book: Book, canvas: Canvas, count: int, completeness: Completeness) -> None:
    counts = Area(fixed(BODY, COUNTED), fixed(BODY + count - 1, COUNTED))
    results = Area(fixed(BODY, RESULT), fixed(BODY + count - 1, RESULT))
    ok = call("COUNTIFS", results, book.spots["checked.1"])
    canvas.put(4, WHAT, "Checks that ask for a look (notes left aside)", "label")
    canvas.put(4, COUNTED, call("SUM", counts), "total", "0")
    say = book.say
    number = call("COUNTA", results)
    others = when(equals(ok, number), EMPTY, say("checks_others"))
    passed = join(say("passed"), ok, say("of"), number, say("checks_pass"), others)
    look = join(say("looked_at"), fixed(4, COUNTED), say("of"), number, say("checks_look"))
    fine, empty = equals(fixed(4, COUNTED), ZERO), equals(book.mark("any", here=False), ZERO)
    said = call("CHOOSE", plus(ONE, fine, times(fine, empty)), look, passed, say("nothing_filled"))
    canvas.put(5, WHAT, said, "state")
    canvas.put(6, WHAT, "Inputs filled up to the reporting period", "label")
    canvas.put(6, COUNTED, call("SUM", completeness.column("Filled so far")), "total", "#,##0")
    canvas.put(7, WHAT, "Inputs asked for up to the reporting period", "label")
    canvas.put(7, COUNTED, call("SUM", completeness.column("Asked so far")), "total", "#,##0")


def _sign_off(book: Book, canvas: Canvas) -> None:
    """Who made the workbook, who looked through it, and when: typed in by them."""
    names = {"prepared": book.settings.prepared.name or None, "reviewed": None}
    for row, (id, label) in enumerate(SIGNED, 4):
        canvas.put(row, SEVERITY, label, "label")
        if id in names:
            asked = Asked("signed", id, label, "text")
            ask_one(book, canvas, asked, (row, WHERE), ("setting", "General"), names[id])
        else:
            at = Cell(row, WHERE, fixed=True)
            ask_one(book, canvas, Asked("signed", id, label, "date"), (row, WHERE), ("setting", DAY))
            canvas.validations.append(Validation(Area(at, at), "date", label, "A date.", "Type a date.", low=1.0))


def _own(book: Book) -> list[Check]:
    """The framework's checks: failing lines are summed, the first is named."""
    found = []
    for check in (each for each in book.model.checks if not each.over):
        rows = [book.rows[f"check.{check.id}", where, "value"] for where in check_wheres(book, check)]
        top, bottom = rows[0], rows[-1]

        def column(number: int, top: int = top, bottom: int = bottom) -> Area:
            return Area(*(Cell(row, number, fixed=True, sheet=CALCULATIONS, lock_row=True) for row in (top, bottom)))

        fails = when(equals(call("COUNT", column(CURRENT)), ZERO), EMPTY, call("SUM", column(CURRENT)))
        where: Tree | str = ""
        if len(rows) > 1:
            where = _first_line(book, top, bottom)
        elif check.timed:
            where = _first_period(book, top)
        what = in_words(book, check.formula)
        found.append(Check(check.id, what, check.severity, fails, where, check.message))
    return found


def _first_line(book: Book, top: int, bottom: int) -> Tree:
    """The member of the first failing line."""
    flags, names = (Area(*(Cell(row, column, fixed=True, sheet=CALCULATIONS, lock_row=True) for row in (top, bottom)))
                    for column in (FIXED, MEMBER))  # fmt: skip
    return when(equals(call("COUNTIFS", flags, ONE), ZERO), EMPTY, index(names, call("MATCH", ONE, flags, ZERO)))


def _first_period(book: Book, row: int) -> Tree:
    first = Cell(row, LAST_YEAR, fixed=True, sheet=CALCULATIONS)
    keys = book.frame.periods(6, CALCULATIONS, lock_row=True)
    return when(blank(first), EMPTY, index(keys, first))


def _built_in_count(book: Book, blocks: tuple[Block, ...]) -> int:
    return len(_numeric(blocks)) + 4 + len(_added(book)) + len(_margins(book))


def _numeric(blocks: tuple[Block, ...]) -> list[Block]:
    return [block for block in blocks if block.section.id not in (WORDS, CHOICES)]


def _added(book: Book) -> list[str]:
    """Inputs that have a total over their members."""
    return [
        metric.id
        for metric in book.model.metrics.values()
        if metric.is_input
        and metric.over_members == "sum"
        and len(metric.axes) == 1
        and all(metric.totals)
        and metric.timed
    ]


def _built_in(book: Book, blocks: tuple[Block, ...], completeness: Completeness) -> list[Check]:
    """The checks that every workbook has."""
    outside, unnamed = (call("SUM", completeness.column(name)) for name in ("Out of bounds", "No member"))
    twice = [call("SUM", Area(*_twice(book, name))) for name in _listed(book)]
    return [
        *(_text_in(book, block) for block in _numeric(blocks)),
        _no_text(own_inputs.numbers(book), "own", own_inputs.TITLE),
        Check("out_of_bounds", "Every number lies between its least and its most", "warning", outside, ""),
        Check("numbers_without_member", UNNAMED, "error", unnamed, ""),
        Check("members_named_twice", TWICE, "error", plus(*twice) if twice else ZERO, ""),
        *(_adds_up(book, book.model.metrics[id]) for id in _added(book)),
        *(_margin(book, metric, number) for metric, number in _margins(book)),
    ]


def _text_in(book: Book, block: Block) -> Check:
    """No text stands where a number belongs."""
    area = Area(Cell(block.top, FIXED, fixed=True, sheet=INPUTS, lock_row=True),
                Cell(block.bottom, book.frame.last, fixed=True, sheet=INPUTS, lock_row=True))  # fmt: skip
    return _no_text(area, block.section.id, block.section.title)


def _no_text(area: Area, id: str, title: str) -> Check:
    what = f"No text where a number belongs: {title}"
    return Check(f"text_in_{id}", what, "error", minus(call("COUNTA", area), call("COUNT", area)), "")


def _adds_up(book: Book, metric: Metric) -> Check:
    """The members of an input add up to its total."""
    members = [book.row(metric.id, (point,)) for point in book.model.members(metric, 0)]
    rows = members[: len(book.model.dimensions[metric.axes[0][0]].members)]
    column = Area(*(Cell(row, CURRENT, fixed=True, sheet=CALCULATIONS, lock_row=True) for row in (rows[0], rows[-1])))
    total = book.value(metric.id, CURRENT)
    fails = when(blank(total), EMPTY, _differs(book, column, total))
    return Check(f"adds_up_{metric.id}", f"Members add up to the total: {metric.label}", "error", fails, "")


def _differs(book: Book, members: Area, total: Cell) -> Tree:
    """1 where members do not add up to their total within the tolerance, else 0."""
    gap = call("ABS", minus(call("SUM", members), total))
    return times(ONE, binary(">", gap, times(book.spots["tolerance"], call("ABS", total))))


def _margins(book: Book) -> list[tuple[Metric, int]]:
    """Inputs with several margins that each add up, and how many of them stand beside the first."""
    return [
        (metric, number)
        for metric in book.model.metrics.values()
        if metric.is_input
        and metric.timed
        and metric.over_members == "sum"
        and len(metric.axes) == 1
        and all(metric.totals)
        for number in range(1, len(metric.axes[0]))
    ]


def _margin(book: Book, metric: Metric, number: int) -> Check:
    """Every margin adds up to the same total; a margin of which nothing is filled is not compared."""
    names = metric.axes[0]
    rows = [
        book.row(metric.id, (Point(names[number], member.id),))
        for member in book.model.dimensions[names[number]].members
    ]
    column = Area(*(Cell(row, CURRENT, fixed=True, sheet=CALCULATIONS, lock_row=True) for row in (rows[0], rows[-1])))
    total = book.value(metric.id, CURRENT)
    absent = any_of([blank(total), equals(call("COUNT", column), ZERO)])
    label = book.model.dimensions[names[number]].label.lower()
    what = f"{metric.label} by {label} adds up to the same total"
    return Check(
        f"same_total_{metric.id}_{names[number]}",
        what,
        "error",
        when(absent, EMPTY, _differs(book, column, total)),
        "",
    )


def _listed(book: Book) -> list[str]:
    return [name.removeprefix("members.") for name in book.areas if name.startswith("members.")]


def _twice(book: Book, name: str) -> tuple[Cell, Cell]:
    area = book.areas[f"members.{name}"]
    return tuple(Cell(cell.row, 7, fixed=True, sheet=cell.sheet, lock_row=True) for cell in (area.first, area.last))  # type: ignore[return-value]
