"""What formulas may do with records: columns inside of COUNTIFS and the like, and criteria that can be met."""

from __future__ import annotations

from metricbook.formula.aggregates import aggregates, columns, compared, criteria
from metricbook.formula.tree import Call, Name, Text, Tree, names, walk
from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps


def check_records(axes: Axes, draft: Draft) -> None:
    """Add a fault where a draft's formulas look at rows in a way that means nothing."""
    for tree, spot in draft.written():
        for call in aggregates(tree):
            _check_call(axes, draft, call, spot)
        _check_names(axes, draft, tree, spot)


def _check_names(axes: Axes, draft: Draft, tree: Tree, spot: Steps) -> None:
    inside = {id(name) for call in aggregates(tree) for column in columns(call) for name in names(column)}
    inside |= {
        id(arg) for node in walk(tree) if isinstance(node, Call) and node.function == "OF" for arg in node.args
    }
    for name in names(tree):
        found = axes.scope.resolve(name)
        table = axes.scope.drafts[found].table if found else ""
        if id(name) in inside:
            continue
        if table and table != draft.table:
            sentence = f"{name.id}.{name.part} has one value in each row."
            hint = f"Look over its rows: SUMIFS({name.id}.{name.part}, …)."
            axes.faults.add("row-value", spot, sentence, hint, name.span)
        elif draft.table and not table and (name.id == "period" or (found and axes.shapes[found].timed)):
            sentence = f"{draft.id} is worked out row by row, and a row lies in no period."
            axes.faults.add(
                "row-in-time", spot, sentence, "Use columns, constants and inputs of one value.", name.span
            )


def _check_call(axes: Axes, draft: Draft, call: Call, spot: Steps) -> None:
    tables = {column.id for column in columns(call) if isinstance(column, Name)}
    if len(tables) > 1:
        sentence = f"{call.function} looks over {' and '.join(sorted(tables))} at once."
        axes.faults.add("two-tables", spot, sentence, "All its columns stand in one table.", call.span)
    for column, criterion in criteria(call):
        found = axes.scope.resolve(column) if isinstance(column, Name) else None
        if found is not None:
            _check_criterion(axes, draft, axes.scope.drafts[found], criterion, spot)


def _check_criterion(axes: Axes, draft: Draft, column: Draft, criterion: Tree, spot: Steps) -> None:
    unit, (_, wanted) = column.spec.unit, compared(criterion)
    span = getattr(wanted, "span", None)
    if isinstance(wanted, Text) and unit == "choice":
        options = (column.given.options if column.given else None) or {}
        if wanted.value not in options:
            hint = did_you_mean(wanted.value, options) or f"Its options are {', '.join(options)}."
            axes.faults.add("unknown-text", spot, f'"{wanted.value}" is not an option of {column.id}.', hint, span)
    elif isinstance(wanted, Text) and not wanted.value.startswith("<"):
        sentence = f"{column.id} is no choice, so it cannot be compared with a text."
        axes.faults.add("loose-text", spot, sentence, "Compare it with a column, a number or a dimension.", span)
    elif isinstance(wanted, Name) and wanted == Name("period") and unit != "date":
        sentence = f"{column.id} is no date, so it falls in no period."
        axes.faults.add("no-date", spot, sentence, "Name a column of dates beside `period`.", span)
    elif isinstance(wanted, Name) and not draft.table and wanted.id in axes.dimensions and not wanted.part:
        of = (column.given.of if column.given else None) or ""
        if unit != "member" or axes.dimensions[wanted.id].root != of:
            sentence = f"{column.id} holds no members of {wanted.id}."
            axes.faults.add("other-dimension", spot, sentence, f"Its column needs `of: {wanted.id}`.", span)
