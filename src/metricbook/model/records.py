"""Record tables on their way into the model: each column is a draft with one value per row of its table.

In a column's formula a bare name is this row, `table.column` a whole column, and `key.column` the row that the key
points to. Here all three become `table.column`; the last one through a helper column of its own, `table.key.column`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from metricbook.formula.aggregates import ANY_NUMBER
from metricbook.formula.tree import Binary, Call, Name, Text, Tree, Unary, names
from metricbook.model.drafts import Draft, read_formula
from metricbook.model.faults import Faults
from metricbook.model.metric import Metric
from metricbook.model.model import Table
from metricbook.model.record_columns import check_tables, label_of
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.records import Column, Records
from metricbook.source.schema import Framework, Input
from metricbook.source.schema import Metric as Spec

UNITS = {"key": "text", "text": "text", "member": "member", "choice": "choice", "flag": "count"}
"""What a pasted column is measured in, where that is not the name of its type."""

CAPACITY = 1000
PARTS = {"sum": "sum", "count": "rows counted"}
"""The two metrics that an average over rows is made of."""

Tables = Mapping[str, Records]


def record_drafts(faults: Faults) -> dict[str, Draft]:
    """A draft for each column of each table, and for each column of another table that one reads through a key."""
    tables = faults.flat.framework.records
    found: dict[str, Draft] = {}
    check_tables(faults)
    for table, records in tables.items():
        for id, column in records.columns.items():
            draft = _draft(faults, table, id, column)
            for through in _through(draft, tables):
                found[through.id] = through
            found[draft.id] = _in_row(draft, tables)
    return found


def key_of(tables: Tables, name: Name) -> str:
    """The table to whose rows a column points by their key; "" where it holds no keys."""
    table, column = name.id, name.part
    if "." in column:  # read through a key
        key, _, column = column.partition(".")
        table = tables[table].columns[key].of or ""
    found = tables[table].columns.get(column) if table in tables else None
    return "" if found is None or found.type != "key" else found.of or table


def _draft(faults: Faults, table: str, id: str, column: Column) -> Draft:
    path: Steps = ("records", table, "columns", id)
    unit = column.unit if column.type is None else UNITS.get(column.type, column.type)
    given = None if column.type is None else Input(options=column.options, of=column.of, required=column.required)
    by: list[str | list[str]] | None = [] if given is not None else None
    spec = Spec(label=label_of(id, column.label), unit=unit, by=by, input=given, definition=column.definition)
    draft = Draft(f"{table}.{id}", spec, path, table=table)
    if isinstance(column.formula, str):
        draft.formula = read_formula(faults, column.formula, (*path, "formula"))
        draft.text = column.formula
    for member, text in column.formula.items() if isinstance(column.formula, dict) else ():
        tree = read_formula(faults, text, (*path, "formula", member))
        if tree is not None:
            draft.by_member[member] = tree
        draft.text += f"{'; ' if draft.text else ''}{member}: {text}"
    return draft


def _through(draft: Draft, tables: Tables) -> Iterator[Draft]:
    """Helper columns for what a formula reads of other tables, `deal.amount`."""
    columns = tables[draft.table].columns
    for tree in draft.trees():
        for name in names(tree):
            key = columns.get(name.id)
            other = (key.of if key is not None and key.type == "key" else "") or ""
            if not name.part or key is None or other not in tables:
                continue
            read = tables[other].columns.get(name.part)
            if read is not None:
                yield _reading(draft.table, name, other, key, read)


def _reading(table: str, name: Name, other: str, key: Column, read: Column) -> Draft:
    unit = read.unit if read.type is None else UNITS.get(read.type, read.type)
    given = Input(options=read.options, of=read.of) if read.type in ("choice", "member") else None
    label = f"{label_of(name.id, key.label)}: {label_of(name.part, read.label)}"
    spec = Spec(label=label, unit=unit, definition=read.definition)
    tree = Call("OF", (Name(table, name.id), Name(other, name.part)))
    path: Steps = ("records", table, "columns", name.id)
    text = f"{name.id}.{name.part}"
    return Draft(f"{table}.{text}", spec, path, formula=tree, table=table, text=text, options=given)


def in_rows(faults: Faults, check: Draft, table: str) -> dict[str, Draft]:
    """Let a check be made in each row of a table; gives drafts for what it reads through keys."""
    tables = faults.flat.framework.records
    if table not in tables:
        hint = did_you_mean(table, tables) or "Declare it under `records:`."
        faults.add("unknown-name", (*check.path, "over"), f"{table} is no record table.", hint)
        return {}
    check.table = table
    found = {each.id: each for each in _through(check, tables)}
    _in_row(check, tables)
    return found


def tables_of(framework: Framework, settled: Mapping[str, Metric]) -> dict[str, Table]:
    """The tables that this workbook needs: those of which a column is read, and those to which one points."""
    read = {each.table for each in settled.values() if each.table}
    pointed = {
        column.of
        for id, records in framework.records.items()
        for name, column in records.columns.items()
        if column.type == "key" and f"{id}.{name}" in settled
    }
    found: dict[str, Table] = {}
    for id, records in framework.records.items():
        if id in read | pointed:
            columns = {each.id: each for each in settled.values() if each.table == id}
            pasted = {name: column for name, column in records.columns.items() if column.type is not None}
            label, capacity = label_of(id, records.label), records.capacity or CAPACITY
            found[id] = Table(id, label, records.definition, capacity, pasted, columns)
    return found


def _in_row(draft: Draft, tables: Tables) -> Draft:
    """The draft with every bare name and every `key.column` spelt as a column of its table."""
    columns = tables[draft.table].columns

    def spell(name: Name) -> Name:
        if not name.part and name.id in columns:
            return Name(draft.table, name.id, name.where, name.span)
        key = columns.get(name.id)
        if name.part and key is not None and key.type == "key" and key.of in tables:
            return Name(draft.table, f"{name.id}.{name.part}", name.where, name.span)
        return name

    draft.formula = None if draft.formula is None else renamed(draft.formula, spell)
    draft.by_member = {member: renamed(tree, spell) for member, tree in draft.by_member.items()}
    return draft


def renamed(tree: Tree, spell: Callable[[Name], Name]) -> Tree:
    """The tree with each of its names spelt anew."""
    match tree:
        case Name():
            return spell(tree)
        case Unary(operand):
            return replace(tree, operand=renamed(operand, spell))
        case Binary(_, left, right):
            return replace(tree, left=renamed(left, spell), right=renamed(right, spell))
        case Call(_, args):
            return replace(tree, args=tuple(renamed(arg, spell) for arg in args))
    return tree


def average_parts(drafts: Mapping[str, Draft]) -> dict[str, Draft]:
    """AVERAGEIFS as a quotient of two metrics, `x.sum` and `x.count`, so that totals and windows are right."""
    found: dict[str, Draft] = {}
    for draft in drafts.values():
        tree = draft.formula
        if draft.table or not (isinstance(tree, Call) and tree.function == "AVERAGEIFS"):
            continue
        column, *pairs = tree.args
        there = (column, Text(ANY_NUMBER))
        found |= _part(draft, "sum", draft.spec.unit or "", Call("SUMIFS", (column, *pairs, *there), tree.span))
        found |= _part(draft, "count", "count", Call("COUNTIFS", (*pairs, *there), tree.span))
        draft.formula = Binary("/", Name(f"{draft.id}.sum"), Name(f"{draft.id}.count"), tree.span)
    return found


def _part(draft: Draft, part: str, unit: str, tree: Tree) -> dict[str, Draft]:
    id = f"{draft.id}.{part}"
    label = f"{draft.spec.label or draft.id}, {PARTS[part]}"
    spec = Spec(label=label, unit=unit, by=draft.spec.by, python=f"{draft.id}_{part}")
    return {id: Draft(id, spec, draft.path, formula=tree, text=draft.text, spot=(*draft.path, "formula"))}
