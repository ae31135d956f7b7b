"""What hiding a dimension means for record tables: rows may still say its members, and nobody asks about them.

Its column stays on the sheet as plain text, so that the same export can be pasted; criteria about it fall away.
"""

from __future__ import annotations

from dataclasses import replace

from metricbook.formula.aggregates import AGGREGATES, ANY_NUMBER, criteria, summed
from metricbook.formula.tree import Binary, Call, Name, Text, Tree, Unary
from metricbook.model.flat import Flat
from metricbook.model.kept import hidden_dimensions
from metricbook.source.records import Column, Records


def without_hidden(flat: Flat) -> Flat:
    """The framework with every column of a hidden dimension turned into plain text."""
    hidden = hidden_dimensions(flat.framework)
    tables = {id: _plain(table, hidden) for id, table in flat.framework.records.items()}
    return replace(flat, framework=flat.framework.model_copy(update={"records": tables})) if hidden else flat


def _plain(table: Records, hidden: set[str]) -> Records:
    columns = {id: _text(column) if _is_of(column, hidden) else column for id, column in table.columns.items()}
    return table.model_copy(update={"columns": columns})


def _is_of(column: Column, hidden: set[str]) -> bool:
    return column.type == "member" and column.of in hidden


def _text(column: Column) -> Column:
    return column.model_copy(update={"type": "text", "of": None, "required": False})


def unasked(tree: Tree, hidden: set[str]) -> Tree:
    """The formula without the criteria that name a hidden dimension."""
    match tree:
        case Unary(operand):
            return replace(tree, operand=unasked(operand, hidden))
        case Binary(_, left, right):
            return replace(tree, left=unasked(left, hidden), right=unasked(right, hidden))
        case Call(function, args) if function not in AGGREGATES:
            return replace(tree, args=tuple(unasked(arg, hidden) for arg in args))
        case Call():
            first = summed(tree)
            asked = [pair for pair in criteria(tree) if not (isinstance(pair[1], Name) and pair[1].id in hidden)]
            kept = [*([] if first is None else [first]), *(part for pair in asked for part in pair)]
            if len(kept) < 2 and criteria(tree):  # nothing else tells rows apart
                kept += [criteria(tree)[0][0], Text(ANY_NUMBER)]
            return replace(tree, args=tuple(kept))
    return tree
