"""The framework's own pages, block by block; only links to Calculations and Results."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from textwrap import wrap

from metricbook.formula.tree import Cell
from metricbook.layout import agenda, cards, explain, page_charts, page_head, records, table_drawing
from metricbook.layout.book import Book
from metricbook.layout.frame import INPUTS, NOT_CARRIED, OWN, RESERVED, ROWS, START
from metricbook.layout.page_grid import FIRST, LAST, NAME, WIDTHS, Page, status_rules
from metricbook.layout.plan import Print, Role
from metricbook.layout.shown import scorecard_of
from metricbook.source.schema import Block, TextTable

BODY = 6
TITLE_ROWS = (1, 4)
NAME_LENGTH = 31  # of a worksheet
NAME_LETTERS, COLUMN_LETTERS, INDENT = 32, 11, 2  # that the page's columns hold, as words run


def sheet_order(book: Book) -> list[str]:
    """The names of all sheets: Start, the pages, your own numbers, what is filled in, what is checked."""
    tables = [records.sheet_name(table) for table in book.model.tables.values()]
    absent = {START, OWN, INPUTS, *([] if tables else [ROWS]), *([] if book.settings.left else [NOT_CARRIED])}
    technical = [name for name in RESERVED if name not in absent]
    return [START, *sheet_names(book), OWN, INPUTS, *tables, *technical]


def sheet_names(book: Book) -> list[str]:
    """The name of each page's worksheet: its title, kept apart from the technical sheets and from each other."""
    names: list[str] = []
    tables = (records.sheet_name(table) for table in book.model.tables.values())
    taken = {name.lower() for name in (*RESERVED, *tables)}
    for page in book.model.pages:
        title = "".join(c for c in (page.title or page.sheet or "") if c not in "[]:*?/\\").strip("' ") or "Page"
        name, number = title[:NAME_LENGTH], 2
        while name.lower() in taken:
            name, number = f"{title[: NAME_LENGTH - 4]} ({number})", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def place(book: Book) -> None:
    """Say where the selectors stand: on the first page."""
    page_head.place(book, sheet_names(book)[0])


def draw(book: Book) -> None:
    """Draw every page."""
    for number, (spec, name) in enumerate(zip(book.model.pages, sheet_names(book), strict=True)):
        canvas = book.canvas(name, "page")
        canvas.widths |= WIDTHS
        page = Page(book, canvas, BODY)
        page_head.draw(page, spec, first=number == 0)
        if spec.at:
            page.pinned(spec.at)
            page.row += 1
        for blocks in _side_by_side(book, _without_repeated_lists(book, number)):
            page.begin_block()
            charts = [block.chart for block in blocks if block.chart is not None]
            tables = [block.table for block in blocks if block.table is not None]
            if charts:
                page_charts.draw(page, charts)
            elif tables:
                table_drawing.draw(page, tables)
            elif agenda.is_listing(blocks[0]):
                agenda.draw(page, blocks)
            else:
                _block(page, blocks[0])
        status_rules(canvas, page.row)
        canvas.freeze = Cell(BODY - 1, 1, fixed=True)
        scale, breaks = page.printed(TITLE_ROWS)
        canvas.print = Print(pages_wide=0, title_rows=TITLE_ROWS, break_above=breaks, largest=scale)


def _without_repeated_lists(book: Book, number: int) -> list[Block]:
    """The blocks of a page, without lists that stand on an earlier one: a page that is taken over brings its own."""
    before = [block for page in book.model.pages[:number] for block in page.blocks if agenda.is_listing(block)]
    return [
        block for block in book.model.pages[number].blocks if not any(agenda.is_same(block, each) for each in before)
    ]


def _side_by_side(book: Book, page_blocks: list[Block]) -> Iterator[list[Block]]:
    """The blocks of a page as they stand below each other; two that share the width are one of these."""
    waiting: list[Block] = []
    for block in page_blocks:
        if waiting and _share_the_width(book, waiting[0], block):
            yield [waiting.pop(), block]
            continue
        yield from ([each] for each in waiting)
        waiting = [block]
    yield from ([each] for each in waiting)


def _share_the_width(book: Book, left: Block, right: Block) -> bool:
    """Two charts, two lists, or two tables that are small."""
    if left.table is not None and right.table is not None:
        return table_drawing.beside(book, left.table, right.table)
    both_charts = left.chart is not None and right.chart is not None
    return both_charts or (agenda.is_listing(left) and agenda.is_listing(right))


def _block(page: Page, block: Block) -> None:
    card = scorecard_of(block)
    if block.headline is not None:
        cards.draw_cards(page, block.headline)
    elif block.explain is not None:
        explain.draw(page, block.explain)
    elif card is not None:
        cards.draw_scorecard(page, card)
    elif block.reference is not None:
        _text_table(page, block.reference)
    elif block.heading is not None:
        page.heading(block.heading)


def _text_table(page: Page, table: TextTable) -> None:
    """A table of plain words."""
    page.heading(table.title)
    starts = _starts(table)
    headings = dict(zip(starts, table.columns, strict=False))
    for column in range(NAME, LAST + 1):
        page.canvas.put(page.row, column, headings.get(column), "header_flow")
    page.row += 1
    widths = [
        (first < FIRST) * NAME_LETTERS + (after - max(first, FIRST)) * COLUMN_LETTERS - INDENT
        for first, after in pairwise([*starts, LAST + 1])
    ]
    for words in table.rows:
        lines = [wrap(text, width) for text, width in zip(words, widths, strict=False)]
        for number in range(max(map(len, lines))):
            said = dict(zip(starts, (each[number] if number < len(each) else None for each in lines), strict=False))
            role: Role = "cell_text" if number + 1 == max(map(len, lines)) else "item_text"
            for column in range(NAME, LAST + 1):
                page.canvas.put(page.row, column, said.get(column), role)
            page.row += 1
    page.row += 1


def _starts(table: TextTable) -> list[int]:
    """Where each column of words begins: the first takes the names' column, the others share the rest."""
    others = len(table.columns) - 1
    width = (LAST - FIRST + 1) // max(1, others)
    return [NAME, *(FIRST + number * width for number in range(others))]
