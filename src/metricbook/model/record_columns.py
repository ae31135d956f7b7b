"""What the declaration of a record table must respect, column by column."""

from __future__ import annotations

from collections.abc import Collection

from metricbook.model.faults import Faults
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.records import Column, Records


def label_of(id: str, label: str) -> str:
    """A label, or the id as one: "won_on" is "Won on"."""
    return label or id.replace("_", " ").capitalize()


def is_key(column: Column) -> bool:
    """Is this the column by which other tables point to a row?"""
    return column.type == "key" and column.of is None


def check_tables(faults: Faults) -> None:
    """Add a fault for each table or column of which the declaration makes no sense."""
    sheets: dict[str, str] = {}
    for id, records in faults.flat.framework.records.items():
        name = label_of(id, records.label)
        if sheets.setdefault(name.casefold()[:31], id) != id:
            sentence = f'Two tables are called "{name}", and each needs a worksheet of its own.'
            faults.add("same-sheet", ("records", id), sentence, "Give one another `label:`.")
        _check_table(faults, id, records)
        for column_id, column in records.columns.items():
            _check_column(faults, id, column_id, column)


def _check_table(faults: Faults, id: str, records: Records) -> None:
    pasted = {name: column for name, column in records.columns.items() if column.type is not None}
    if not pasted:
        sentence = f"{id} has no column to paste into."
        faults.add("missing-key", ("records", id), sentence, "Add `columns:` with a `type:`.")
    headers: dict[str, str] = {}
    for name, column in pasted.items():
        label = label_of(name, column.label)
        first = headers.setdefault(label.casefold(), name)
        if first != name:
            sentence = f'Two columns of {id} are called "{label}": {first} and {name}.'
            faults.add("same-column", ("records", id, "columns", name), sentence, "Give one another `label:`.")
    keys = [name for name, column in pasted.items() if is_key(column)]
    for name in keys[1:]:
        sentence = f"{id} has two keys of its own: {keys[0]} and {name}."
        hint = "Say `of:` and the table that one of them points to, or make it `type: text`."
        faults.add("same-column", ("records", id, "columns", name), sentence, hint)


def _check_column(faults: Faults, table: str, id: str, column: Column) -> None:
    path: Steps = ("records", table, "columns", id)
    if (column.type is None) == (column.formula is None):
        sentence = f"{table}.{id} is either pasted in (`type:`) or worked out (`formula:`)."
        faults.add("no-definition", path, sentence, "Say exactly one of the two.")
    elif column.formula is not None and column.unit is None:
        faults.add("missing-key", path, f"{table}.{id} has no unit.", "Add `unit:`.")
    if column.type == "choice" and not column.options:
        faults.add("missing-key", path, f"{table}.{id} is a choice without options.", "Add `options:`.")
    words = [word.casefold() for word in (column.options or {}).values()]
    if len(set(words)) < len(words):
        sentence = f"Two options of {table}.{id} have the same word."
        faults.add("same-label", (*path, "options"), sentence, "Capitals make no difference.")
    if column.type == "member" and column.of is None:
        faults.add("missing-key", path, f"{table}.{id} is a member of nothing.", "Add `of:` and a dimension.")
    if column.of is not None:
        _check_of(faults, f"{table}.{id}", column, column.of, (*path, "of"))


def _check_of(faults: Faults, name: str, column: Column, of: str, path: Steps) -> None:
    framework = faults.flat.framework
    if column.type not in ("member", "key"):
        sentence = f"{name} is neither member nor key, so it is of nothing."
        faults.add("unknown-name", path, sentence, "Drop `of:`, or say `type: member`.")
        return
    known: Collection[str] = framework.dimensions if column.type == "member" else framework.records
    if of not in known:
        hint = did_you_mean(of, known) or f"Name {'a dimension' if column.type == 'member' else 'a table'}."
        faults.add("unknown-name", path, f"{of} is nothing that {name} can be of.", hint)
    elif column.type == "key" and not any(map(is_key, framework.records[of].columns.values())):
        sentence = f"{name} points to {of}, which has no key."
        faults.add("missing-key", path, sentence, "Give it a column with `type: key`.")
