"""What a number in a line says about its period: which inputs count as filled, are essential, or hold zeros."""

from __future__ import annotations

from metricbook.layout import reading, spares
from metricbook.layout.book import Book, Line
from metricbook.layout.inputs import Block
from metricbook.layout.sections import counts_as_filled, counts_at_all, need_of
from metricbook.layout.windows import Counted


def counted(book: Book, blocks: tuple[Block, ...]) -> Counted:
    """What a number in a line says about its period, for every input as read."""
    read = [(line, book.rows[line.key]) for block in blocks for line, _ in block.rows if line.key in book.rows]
    filled = [(line, row) for line, row in read if counts_as_filled(line.metric)]
    other = [(line, row) for line, row in read if counts_at_all(line.metric) and not counts_as_filled(line.metric)]
    late = [line for line, _ in read if spares.begins_late(book.model, line)]
    none = [(line, book.row(line.metric.id, line.where, "nothing")) for line in late]
    zeros = [(line, row) for line, row in none if spares.adds_nothing(line.metric)]
    waived = [(line, row) for line, row in none if not spares.adds_nothing(line.metric) and _is_needed(line)]
    return Counted(
        filled=[row for _, row in filled],
        closable=[row for line, row in filled if reading.closable(line)],
        essential=[row for line, row in read if line.metric.timed and _is_needed(line)],
        essential_once=[row for line, row in read if not line.metric.timed and _is_needed(line)],
        other=[row for line, row in other if line.metric.timed],
        single=[row for line, row in other if not line.metric.timed],
        nothing=[row for line, row in zeros if counts_as_filled(line.metric)],
        nothing_other=[row for line, row in zeros if line.metric.timed and not counts_as_filled(line.metric)],
        nothing_single=[row for line, row in zeros if not line.metric.timed],
        excused=[row for line, row in waived if line.metric.timed],
        excused_once=[row for line, row in waived if not line.metric.timed],
    )


def _is_needed(line: Line) -> bool:
    """Is it a number that pages wait for?"""
    return need_of(line) == "essential" and line.metric.unit not in ("text", "choice", "member")
