"""On which axes a metric has values: declared for inputs, inferred for formulas.

A formula is by every dimension of its operands that no bracket fixes. Operands that share a dimension are read at the
same member; margins are narrowed to what all operands share. A loop through PREVIOUS takes its axes from outside the
loop, so inference repeats until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from metricbook.formula.tree import Name, Tree, names
from metricbook.model.dimensions import Dimension
from metricbook.model.drafts import Draft, Scope
from metricbook.model.metric import Axis
from metricbook.problems import Location, Problem, did_you_mean

LIMIT = 2  # dimensions beside time


@dataclass
class Shape:
    """Axes and clock of a metric; `member_axis` is the axis with a formula of its own per member."""

    axes: tuple[Axis, ...] = ()
    timed: bool = False
    member_axis: int = 0
    known: bool = False


@dataclass(frozen=True)
class Axes:
    """Infers the shape of every draft."""

    scope: Scope
    dimensions: Mapping[str, Dimension]
    has_time: bool
    problems: list[Problem]
    shapes: dict[str, Shape] = field(default_factory=dict)

    def infer(self) -> dict[str, Shape]:
        """The shapes of all drafts."""
        drafts = self.scope.drafts
        for draft in drafts.values():
            self.shapes[draft.id] = self._declared(draft)
        for _ in range(len(drafts) + 1):
            if not any([self._refine(draft) for draft in drafts.values()]):
                break
        for draft in drafts.values():
            self._check(draft)
        return self.shapes

    def _declared(self, draft: Draft) -> Shape:
        by = draft.spec.by
        if draft.target_of:
            return Shape()
        if by is None:
            return Shape(timed=draft.spec.input is not None and self.has_time, known=draft.spec.input is not None)
        at = self.scope.flat.at(*draft.path, "by")
        axes = tuple(tuple([each] if isinstance(each, str) else each) for each in by if each != "period")
        for name in (name for axis in axes for name in axis if name not in self.dimensions):
            hint = did_you_mean(name, [*self.dimensions, "period"]) or "Declare it under `dimensions:`."
            self.problems.append(Problem("unknown-dimension", f"{name} is not a dimension.", hint, at))
        axes = tuple(tuple(name for name in axis if name in self.dimensions) for axis in axes)
        axes = tuple(axis for axis in axes if axis)
        shape = Shape(axes, "period" in by, known=draft.spec.input is not None)
        if draft.by_member:
            self._find_member_axis(draft, shape, at)
        return shape

    def _find_member_axis(self, draft: Draft, shape: Shape, at: Location) -> None:
        keys = set(draft.by_member)
        fitting = [
            number
            for number, axis in enumerate(shape.axes)
            if any({member.id for member in self.dimensions[name].members} == keys for name in axis)
        ]
        if fitting:
            shape.member_axis = fitting[0]
            return
        sentence = f"The formulas of {draft.id} are for {', '.join(draft.by_member)}; that is not every member of one of its dimensions."
        self.problems.append(Problem("members-differ", sentence, "Give one formula for each member.", at))

    def _refine(self, draft: Draft) -> bool:
        """Infer once more; True where something changed."""
        shape = self.shapes[draft.id]
        if draft.spec.input is not None:
            return False
        parent = draft.target_of
        timed = shape.timed or bool(parent and self.shapes[parent].timed)
        axes: list[Axis] = []
        if draft.by_member and shape.axes:
            axes.append(shape.axes[shape.member_axis])
        known = False
        for tree in draft.trees():
            for name, operand in self.scope.operands(tree):
                seen = self.shapes[operand.id]
                known |= seen.known
                timed |= seen.timed
                for axis in self.free(name, seen.axes):
                    self.merge(axes, axis, draft)
            timed |= any(name.id == "period" for name in names(tree))
        declared = draft.spec.by is not None and not parent
        new = Shape(shape.axes if declared and shape.axes else tuple(axes), timed, shape.member_axis, known or shape.known)
        if declared and not draft.by_member and {frozenset(a) for a in shape.axes} == {frozenset(a) for a in axes}:
            new.axes = shape.axes
        changed = (new.axes, new.timed, new.known) != (shape.axes, shape.timed, shape.known)
        self.shapes[draft.id] = new
        return changed

    def free(self, name: Name, axes: Iterable[Axis]) -> list[Axis]:
        """The axes of an operand that its brackets leave open."""
        left = list(axes)
        for token in name.where:
            if token == "total":
                return []
            fixed = next((axis for axis in left if self.on(token, axis)), None)
            if fixed is not None:
                left.remove(fixed)
        return left

    def on(self, token: str, axis: Axis) -> bool:
        """Does a token in brackets fix this axis: one of its members or groups, or a selector of its dimension?"""
        if any(self.dimensions[name].has(token) or token in dict(self.dimensions[name].groups) for name in axis):
            return True
        selector = self.scope.drafts.get(token)
        of = selector.spec.input.of if selector and selector.spec.input and selector.spec.unit == "member" else None
        return of in axis

    def related(self, one: Axis, other: Axis) -> Axis:
        """What two axes share, as dimensions of the narrower: () where they have nothing in common."""
        shared: list[str] = []
        for left in one:
            for right in other:
                a, b = self.dimensions[left], self.dimensions[right]
                if a.root == b.root and (left == right or a.id == b.root or b.id == a.root):
                    shared.append(left if a.of else right)
        return tuple(shared)

    def merge(self, axes: list[Axis], axis: Axis, draft: Draft) -> None:
        """Add an operand's axis to those found so far; one that shares dimensions narrows the axis it meets."""
        for number, known in enumerate(axes):
            shared = self.related(known, axis)
            if shared:
                axes[number] = shared
                return
            if {self.dimensions[n].root for n in known} & {self.dimensions[n].root for n in axis}:
                sentence = f"{draft.id} reads {' and '.join((*known, *axis))}, two different parts of one dimension."
                self._once(Problem("parts-differ", sentence, "Use the same part in both.", self._at(draft)))
                return
        axes.append(axis)

    def _check(self, draft: Draft) -> None:
        shape = self.shapes[draft.id]
        if len(shape.axes) > LIMIT:
            sentence = f"{draft.id} is by {' and '.join('/'.join(axis) for axis in shape.axes)}; two dimensions beside time are the most."
            self._once(Problem("too-many-dimensions", sentence, "Fix one with brackets, such as [total].", self._at(draft)))
        if shape.timed and not self.has_time:
            sentence = f"{draft.id} is by period, but the framework declares no period."
            self._once(Problem("no-period", sentence, "Declare `period: {grain: month, count: 12}`.", self._at(draft)))
        if draft.spec.by is None or draft.spec.input is not None or draft.target_of:
            return
        inferred: list[Axis] = [shape.axes[shape.member_axis]] if draft.by_member and shape.axes else []
        for tree in draft.trees():
            for name, operand in self.scope.operands(tree):
                for axis in self.free(name, self.shapes[operand.id].axes):
                    self.merge(inferred, axis, draft)
        if {frozenset(axis) for axis in inferred} != {frozenset(axis) for axis in shape.axes}:
            sentence = f"{draft.id} says by {_words(shape.axes)}, but its formula is by {_words(inferred)}."
            self._once(Problem("by-differs", sentence, "Leave `by` out; it follows from the formula.", self._at(draft, "by")))

    def _at(self, draft: Draft, key: str = "formula") -> Location:
        return self.scope.flat.at(*draft.path, key)

    def _once(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def check_brackets(axes: Axes, draft: Draft, tree: Tree, at: Location) -> None:
    """Every token in brackets must fix an axis of the metric before it."""
    for name in names(tree):
        id = axes.scope.resolve(name)
        left = list(axes.shapes[id].axes) if id else []
        for token in name.where:
            fixed = next((axis for axis in left if axes.on(token, axis)), None)
            if fixed is not None:
                left.remove(fixed)
            elif token != "total" or not id:
                known = [m.id for axis in left for d in axis for m in axes.dimensions[d].members]
                hint = did_you_mean(token, [*known, "total"]) or f"It is by {_words(left)}."
                spot = Location(at.file, at.line, at.column + name.span[0], max(1, name.span[1] - name.span[0]))
                sentence = f"{name.id}[{token}]: {token} is no member, group or selector of {name.id}."
                axes.problems.append(Problem("unknown-member", sentence, hint, spot))


def _words(axes: Iterable[Axis]) -> str:
    return ", ".join("/".join(axis) for axis in axes) or "no dimension"
