"""Cells that are typed into: drawn with what stands in them, and remembered by what they are found again.

Rows are found by their ids in column A, columns by the keys in the block's key row, in which column A says "id";
single cells by their names. Ids and keys never change with words, so a workbook in any language is read alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from metricbook.formula.tree import Cell
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.plan import Constant, Field, Role

VALUE, WHERE_FROM = "value", "where_from"
"""The keys of the columns for one value and for where a number comes from."""


@dataclass(frozen=True)
class Asked:
    """What is asked for in a row: see `Field`."""

    block: str
    row: str
    label: str
    kind: Literal["number", "date", "text", "option"] = "number"
    options: tuple[tuple[str, str], ...] = ()
    words: str = ""
    earlier: tuple[str, ...] = ()
    asked: bool = False


def ask(
    book: Book,
    canvas: Canvas,
    asked: Asked,
    at: tuple[int, int],
    look: tuple[Role, str] = ("input_text", "General"),
    keys: tuple[str, ...] = (VALUE,),
    issued: tuple[Constant, ...] = (None,),
    given: tuple[Constant, ...] = (),
    other: Role = "input_text",
    marked: tuple[bool, ...] = (),
) -> None:
    """Draw the cells from `at` on, one for each key; those that are marked in the other role.

    What the build is given goes before what was typed into an earlier workbook, and this before what is issued. What
    was typed over what a file says goes before the file.
    """
    row, first = at
    held = list(issued)
    corrected = [(asked.block, asked.row, key) in book.settings.corrected for key in keys]
    for number, key in enumerate(keys):
        held[number] = book.settings.typed.get((asked.block, asked.row, key), held[number])
        if given and given[number] is not None and not corrected[number]:
            held[number] = given[number]
    begin = 0
    for is_other, cells in groupby(
        range(len(keys)), lambda number: bool(marked) and marked[number] and not corrected[number]
    ):
        end = begin + len(list(cells))
        part = tuple(held[begin:end])
        role = other if is_other else look[0]
        content = part if any(each is not None for each in part) else None
        canvas.across(row, first + begin, first + end - 1, content, role, look[1])
        begin = end
    start = Cell(row, first, sheet=canvas.name)
    loaded = tuple(each if mark else None for each, mark in zip(given, marked, strict=True)) if any(marked) else ()
    canvas.fields.append(Field(asked.block, asked.row, keys, start, asked.kind, asked.label, issued, asked.options,
                               asked.words, asked.earlier, asked.asked, loaded))  # fmt: skip


def ask_one(
    book: Book,
    canvas: Canvas,
    asked: Asked,
    at: tuple[int, int],
    look: tuple[Role, str],
    issued: Constant = None,
    given: Constant = None,
) -> None:
    """Draw a single cell, and name it so that it is found again."""
    ask(book, canvas, asked, at, look, issued=(issued,), given=(given,))
    canvas.anchor(name_of(asked.block, asked.row), canvas.area(at[0], at[1], at[0], at[1]))


def name_of(block: str, row: str) -> str:
    """The name of a single cell: `in_setting.at_risk`, `in_picked_view`."""
    return f"in_picked_{row}" if block == "picked" else f"in_{block}.{row}"


def key_row(canvas: Canvas, row: int, keys: dict[int, str]) -> None:
    """A grey row that says by which keys the columns beneath it are found."""
    canvas.put(row, 1, "id", "key")
    for column, key in keys.items():
        canvas.put(row, column, key, "key", "@")
