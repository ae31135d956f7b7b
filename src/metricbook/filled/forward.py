"""A later first period: balances begin with what the last period before it closed with, carried values go on.

An opening balance that was typed belongs to the first period. When periods fall away, it is the closing balance of
the last of them, worked out from the earlier numbers by the new workbook's own formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from metricbook.build import values_of
from metricbook.filled.carry import Carried, carry
from metricbook.filled.filled import Filled
from metricbook.filled.members import LIST
from metricbook.filled.report import Forward
from metricbook.formula.tree import Call, Name, walk
from metricbook.layout.book import formulas, points
from metricbook.layout.fields import VALUE
from metricbook.layout.frame import CALCULATIONS, FIRST
from metricbook.layout.lay_out import drawn, lay_out, plan_of
from metricbook.layout.plan import Address, Constant
from metricbook.layout.sections import input_wheres
from metricbook.layout.settings import Left, Settings
from metricbook.layout.spares import SPARE
from metricbook.model.dimensions import is_key
from metricbook.model.model import Model
from metricbook.problems import Location, Problem

Begun = Iterator[tuple[Address, Forward]]


@dataclass(frozen=True)
class Opening:
    """An input that a balance begins with, and the balance."""

    input: str
    balance: str


def forward(filled: Filled, model: Model, settings: Settings, carried: Carried) -> Carried:
    """What was carried over, with balances and carried values as they stand before the first period."""
    keys = tuple(key for key in filled.keys.get("inputs", ()) if is_key(key, model.periods.grain))
    if not keys or keys[0] == model.periods.key(0):
        return carried
    moved = _Moved(filled, model, settings, carried, keys)
    begun = [*moved.carried_values(), *moved.openings()]
    report = carried.report
    report = replace(report, forward=tuple(each for _, each in begun), findings=(*report.findings, *moved.findings))
    report = replace(
        report, dropped=(*(each for each in report.dropped if each.address not in moved.used), *moved.left)
    )
    anew = {address: each.new for address, each in begun if (each.old, each.new) != (None, None)}
    return replace(carried, typed={**carried.typed, **anew}, report=report)


def openings(model: Model) -> Iterator[Opening]:
    """The inputs that a balance begins with: `PREVIOUS(customers, opening_customers)`. One may begin only one."""
    found: dict[str, set[str]] = {}
    calls = (node for metric in model.metrics.values() for tree in formulas(metric) for node in walk(tree))
    for call in calls:
        if isinstance(call, Call) and call.function == "PREVIOUS":
            balance, opening, *year = call.args
            if year:  # it begins a whole year, which one number before it does not
                continue
            if isinstance(balance, Name) and isinstance(opening, Name) and opening.id in model.metrics:
                found.setdefault(opening.id, set()).add(balance.id)
    for opening_id, balances in found.items():
        metric = model.metrics[opening_id]
        if metric.is_input and not metric.timed and len(balances) == 1:
            yield Opening(opening_id, balances.pop())


@dataclass
class _Moved:
    """A workbook whose first period is another one now."""

    filled: Filled
    model: Model
    settings: Settings
    carried: Carried
    keys: tuple[str, ...]  # of the periods that it had
    left: list[Left] = field(default_factory=list)
    used: set[Address] = field(default_factory=set)  # what had been left over before and has its place again
    findings: list[Problem] = field(default_factory=list)

    def carried_values(self) -> Begun:
        """The last value of a line in which a blank means "as before", where the first period has none."""
        first = self.model.periods.key(0)
        earlier = [key for key in self.keys if key < first]
        for block, row in self.filled.lines:
            metric = self.model.metrics.get(row.partition("[")[0])
            if block != "inputs" or metric is None or metric.input is None or metric.input.blank != "carry":
                continue
            address = (block, row, first)
            held = [each for key in earlier if (each := self.filled.held.get((block, row, key)))]
            if held and isinstance(held[-1].value, float) and self.carried.typed.get(address) is None:
                yield address, Forward(metric.label, None, held[-1].value, f"as typed before {first}")

    def openings(self) -> Begun:
        """What balances begin with: as typed for this period once, else as the last period before it closed."""
        first, before = self.model.periods.key(0), self.model.periods.key(-1)
        found = list(openings(self.model))
        there = before in self.keys
        closed = self._closed(found, self.keys.index(before)) if found and there else {}
        for opening in found:
            balance = self.model.metrics[opening.balance].label
            for row in self._rows(opening, closed):
                address, known = ("inputs", row, VALUE), ("inputs", row, f"from {first}")
                old, label = self.carried.typed.get(address), self._label(opening, row)
                if known in self.filled.left:
                    self.used.add(known)
                    value = self.filled.left[known].held.value
                    new, why = value if isinstance(value, float | str) else None, f"as typed for {first}"
                elif there:
                    new = closed.get(row)
                    why = f"“{balance}” " + (
                        f"at the end of {before}" if new is not None else f"of {before} is not known"
                    )
                else:
                    self._said(label, old, first)
                    continue
                if old is not None:
                    then = f"from {self.keys[0]}"
                    self.left.append(Left(("inputs", row, then), label, "", old, f"was for {self.keys[0]}"))
                yield address, Forward(label, old, new, why)

    def _rows(self, opening: Opening, closed: Mapping[str, Constant]) -> list[str]:
        """The lines in which an opening was typed, and those of which the balance was used before."""
        typed = [row for (block, row, key), value in self.carried.typed.items() if block == "inputs" and key == VALUE
                 and value is not None and row.partition("[")[0] == opening.input]  # fmt: skip
        return [*typed, *(row for row in closed if row.partition("[")[0] == opening.input and row not in typed)]

    def _label(self, opening: Opening, row: str) -> str:
        """An opening in words, with its members as they are shown."""
        metric, said = self.model.metrics[opening.input], []
        axes, wheres = metric.axes, self.model.wheres(metric)
        by_row = {f"{metric.id}{points(self.model, axes, where)}": where for where in wheres}
        for point in (each for each in by_row.get(row, ()) if each is not None):
            root = self.model.dimensions[point.dimension].root
            shown = self.carried.typed.get((f"{LIST}{root}", point.member, "shown"))
            said.append(str(shown or self.model.member(point).label))
        return ", ".join([metric.label, *filter(None, said)])

    def _said(self, label: str, old: Constant, first: str) -> None:
        sentence = f"{label}, {old}, was typed for {self.keys[0]}; the first period is {first} now."
        self.findings.append(
            Problem("opening-moved", sentence, f"Type what {first} begins with.", Location(self.filled.file))
        )

    def _closed(self, found: list[Opening], last: int) -> dict[str, Constant]:
        """The balances at the end of the last period that falls away, by the line of their opening; None: not known.

        A line in which nothing was known before either is not used, and left out; of a spare member nothing is 0.
        """
        model = replace(self.model, periods=replace(self.model.periods, first=self.keys[0], count=len(self.keys)))
        everything = replace(self.filled, issued={})  # what was prefilled counted as well
        then = carry(everything, lay_out(model, self.settings), model)
        book = drawn(model, replace(self.settings, typed=then.typed, records=then.records))
        grid = values_of(plan_of(book))
        closed: dict[str, Constant] = {}
        for each in found:
            metric = model.metrics[each.input]
            for where in input_wheres(model, metric):
                if not book.has(each.balance, where):
                    continue
                line = book.row(each.balance, where)
                values = [grid.value(CALCULATIONS, line, FIRST + number) for number in range(last + 1)]
                late = any(point and point.member.startswith(SPARE) for point in where)
                if any(isinstance(value, float | int) and (value or not late) for value in values):
                    value, row = values[-1], f"{metric.id}{points(model, metric.axes, where)}"
                    closed[row] = float(value) if isinstance(value, float | int) else None
        return closed
