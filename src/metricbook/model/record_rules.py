"""What formulas may do with records: columns inside of COUNTIFS and the like, and criteria that can be met."""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.aggregates import ANY_NUMBER, aggregates, columns, compared, criteria, summed
from metricbook.formula.tree import Call, Name, Text, Tree, names, walk
from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.model.records import key_of
from metricbook.model.scope import SPANS
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps

ANY = Text(ANY_NUMBER)


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
    added = summed(call)
    if isinstance(added, Name) and (held := _held(axes, added)) is not None and held.kind != "number":
        sentence = f"{added.id}.{added.part} holds {held.words}, which do not add up."
        axes.faults.add("word-in-formula", spot, sentence, "Name a column of numbers first.", added.span)
    for column, criterion in criteria(call):
        found = axes.scope.resolve(column) if isinstance(column, Name) else None
        if found is not None and isinstance(column, Name):
            _Criterion(axes, draft, axes.scope.drafts[found], column, spot).check(criterion)


@dataclass(frozen=True)
class _Criterion:
    """One column of a call and what it must be."""

    axes: Axes
    draft: Draft
    column: Draft
    name: Name
    spot: Steps

    def check(self, criterion: Tree) -> None:
        """Add a fault where no row can fit, or where fitting means nothing."""
        sign, wanted = compared(criterion)
        held = _held(self.axes, self.name)
        if held is None or wanted == ANY:
            return
        if held.kind == "text":
            hint = "Give it `type: key`, `choice` or `member`."
            self._add("unlike", f"{self.column.id} holds texts, which formulas do not read.", hint, self.name)
            return
        if sign not in ("=", "<>") and not held.measured:
            self._add("no-order", f"{self.column.id} holds {held.words}; none is more than another.", "", wanted)
            return
        if isinstance(wanted, Text):
            self._check_text(wanted, held)
        elif isinstance(wanted, Name) and self._is_list(wanted):
            self._check_list(wanted, held)
        elif isinstance(wanted, Name) and wanted.id in SPANS:
            hint = "Say `period`: a quarter adds its months up."
            self._add("unknown-metric", f"{wanted.id} is a word of the calendar, and no date.", hint, wanted)
        elif isinstance(wanted, Name):
            other = _held(self.axes, wanted)
            if other is not None and other != held:
                sentence = f"{self.column.id} holds {held.words}, and {_written(wanted)} {other.words}."
                self._add("unlike", sentence, "Compare it with what is of its own kind.", wanted)
        elif not held.measured:
            self._add("unlike", f"{self.column.id} holds {held.words}.", f"Compare it with {held.like}.", wanted)

    def _check_text(self, wanted: Text, held: Held) -> None:
        options = (self.column.given.options if self.column.given else None) or {}
        if wanted.value == "":
            sentence = "Blank cells cannot be looked for."
            self._add("loose-text", sentence, "Count all rows, and subtract those that are filled.", wanted)
        elif held.kind != "choice":
            sentence = f"{self.column.id} is no choice, so it cannot be compared with a text."
            self._add("loose-text", sentence, f"Compare it with {held.like}.", wanted)
        elif held.kind == "choice" and wanted.value not in options:
            hint = did_you_mean(wanted.value, options) or f"Its options are {', '.join(options)}."
            self._add("unknown-text", f'"{wanted.value}" is not an option of {self.column.id}.', hint, wanted)

    def _is_list(self, wanted: Name) -> bool:
        """Is it the period, or a dimension, of which every line has another part?"""
        return not self.draft.table and self.axes.scope.is_criterion(wanted) and not self.axes.scope.resolve(wanted)

    def _check_list(self, wanted: Name, held: Held) -> None:
        if wanted.id == "period":
            if held.kind != "date":
                sentence = f"{self.column.id} is no date, so it falls in no period."
                self._add("no-date", sentence, "Name a column of dates beside `period`.", wanted)
        elif wanted.id in self.axes.dimensions and held != Held("member", (self.axes.dimensions[wanted.id].root,)):
            sentence = f"{self.column.id} holds no members of {wanted.id}."
            hint = f"Its column needs `of: {self.axes.dimensions[wanted.id].root}`."
            self._add("other-dimension", sentence, hint, wanted)

    def _add(self, code: str, sentence: str, hint: str, wanted: Tree) -> None:
        self.axes.faults.add(code, self.spot, sentence, hint, getattr(wanted, "span", None) or self.name.span)


@dataclass(frozen=True)
class Held:
    """What a column's cells hold: numbers, dates, or names of one list."""

    kind: str
    of: tuple[str, ...] = ()

    @property
    def measured(self) -> bool:
        """Are there more and less?"""
        return self.kind in ("number", "date")

    @property
    def words(self) -> str:
        """For a sentence: "members of channel"."""
        words = {"member": "members of {}", "key": "keys of {}", "choice": "words ({})"}
        return words.get(self.kind, f"{self.kind}s").format(", ".join(self.of))

    @property
    def like(self) -> str:
        """What it can be compared with."""
        like = {"member": "a dimension", "key": "a key", "choice": "one of its options in quotes"}
        return like.get(self.kind, f"a {self.kind}")


def _held(axes: Axes, name: Name) -> Held | None:
    """What a column or metric holds; None for what is unknown."""
    if name.id == "period":
        return None if not name.part else Held("date" if name.part in ("start", "end") else "number")
    found = axes.scope.resolve(name)
    if found is None:
        return None
    draft = axes.scope.drafts[found]
    unit, given = draft.spec.unit or "", draft.given
    if unit == "member":
        of = (given.of if given else None) or ""
        return Held("member", (axes.dimensions[of].root if of in axes.dimensions else of,))
    if unit == "choice":
        return Held("choice", tuple((given.options if given else None) or ()))
    if unit == "text":
        key = key_of(axes.faults.flat.framework.records, name)
        return Held("key", (key,)) if key else Held("text")
    return Held("date" if unit == "date" else "number")


def _written(name: Name) -> str:
    return f"{name.id}.{name.part}" if name.part else name.id
