"""On which axes a metric has values: declared for inputs, inferred for formulas.

A formula is by every dimension of its operands that no bracket fixes. Operands that share a dimension are read at the
same member; margins are narrowed to what all operands share. A loop through PREVIOUS takes its axes from outside the
loop, so inference repeats until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from metricbook.formula.aggregates import aggregates, criteria
from metricbook.formula.tree import Name, Tree, names
from metricbook.model.dimensions import Dimension
from metricbook.model.drafts import Draft
from metricbook.model.faults import Faults
from metricbook.model.metric import Axis
from metricbook.model.scope import Scope
from metricbook.problems import did_you_mean

LIMIT = 2  # dimensions beside time


@dataclass
class Shape:
    """Axes and clock of a metric; `member_axis` is the axis with a formula of its own per member."""

    axes: tuple[Axis, ...] = ()
    timed: bool = False
    member_axis: int = 0


@dataclass(frozen=True)
class Axes:
    """Infers the shape of every draft. Hidden dimensions fall out of every `by`."""

    scope: Scope
    dimensions: Mapping[str, Dimension]
    hidden: frozenset[str]
    has_time: bool
    faults: Faults
    shapes: dict[str, Shape] = field(default_factory=dict)

    def infer(self) -> None:
        """Find the shapes of all drafts."""
        drafts = self.scope.drafts
        for draft in drafts.values():
            self.shapes[draft.id] = self._declared(draft)
        for _ in range(len(drafts) + 1):
            changed = [self._refine(draft) for draft in drafts.values()]
            if True not in changed:
                break
        for draft in drafts.values():
            self._check(draft)

    def open_axes(self, tree: Tree, into: list[Axis], user: Draft) -> bool:
        """Merge the axes that a formula leaves open into those found so far; gives whether it varies by period."""
        timed = any(name.id == "period" for name in names(tree))
        for name, operand in self.scope.operands(tree):
            timed |= self.shapes[operand.id].timed
            for axis in self.free(name, self.shapes[operand.id].axes):
                self._merge(into, axis, user)
        for axis in self._criteria(tree, user):
            self._merge(into, axis, user)
        return timed

    def _criteria(self, tree: Tree, user: Draft) -> Iterator[Axis]:
        """The dimensions by which a formula tells rows apart; those that `by` has as margins are one axis."""
        margins = [tuple(each) for each in user.spec.by or () if isinstance(each, list)]
        wanted = [wanted for call in aggregates(tree) for _, wanted in criteria(call)]
        for name in (each.id for each in wanted if isinstance(each, Name) and not each.part):
            if name in self.dimensions and self.scope.resolve(Name(name)) is None:
                axis = next((margin for margin in margins if name in margin), (name,))
                yield tuple(each for each in axis if each in self.dimensions)

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

    def on(self, token: str, axis: Axis) -> list[str]:
        """The dimensions of an axis that a token in brackets fixes: a member, a group, or a selector's dimension."""
        found = [name for name in axis if self.dimensions[name].knows(token)]
        return found or [name for name in axis if self.scope.selects(token) == name]

    def related(self, one: Axis, other: Axis) -> Axis:
        """What two axes share, as dimensions of the narrower: () where they have nothing in common."""
        shared: list[str] = []
        for left in one:
            for right in other:
                a, b = self.dimensions[left], self.dimensions[right]
                if a.root == b.root and (left == right or a.id == b.root or b.id == a.root):
                    shared.append(left if a.of else right)
        return tuple(shared)

    def is_part(self, axis: Axis, other: Axis) -> bool:
        """Has the axis only some of the members that the other has?"""
        return any(
            self.dimensions[name].of in other and name not in other for name in axis if self.dimensions[name].of
        )

    def _declared(self, draft: Draft) -> Shape:
        by = draft.spec.by
        if draft.target_of:
            return Shape()
        if draft.table and draft.by_member:
            return self._by_member(draft)
        if by is None:
            return Shape(timed=draft.spec.input is not None and self.has_time)
        listed = [[each] if isinstance(each, str) else each for each in by if each != "period"]
        for name in (name for axis in listed for name in axis):
            if name not in self.dimensions and name not in self.hidden:
                hint = did_you_mean(name, [*self.dimensions, "period"]) or "Declare it under `dimensions:`."
                self.faults.add("unknown-dimension", (*draft.path, "by"), f"{name} is not a dimension.", hint)
        axes = (tuple(name for name in axis if name in self.dimensions) for axis in listed)
        shape = Shape(tuple(axis for axis in axes if axis), "period" in by)
        self._check_margins(draft, shape.axes)
        if draft.by_member:
            self._find_member_axis(draft, shape)
        return shape

    def _by_member(self, draft: Draft) -> Shape:
        """The shape of a column with a formula per member: of the dimension that has these members."""
        keys = list(draft.by_member)
        for name, dimension in self.dimensions.items():
            if keys == [member.id for member in dimension.members]:
                return Shape(((name,),))
        sentence = f"{draft.id} has formulas for {', '.join(keys)}; these are the members of no dimension."
        hint = "Give one formula for each member of one dimension, in its order."
        self.faults.add("members-differ", (*draft.path, "formula"), sentence, hint)
        return Shape()

    def _check_margins(self, draft: Draft, axes: tuple[Axis, ...]) -> None:
        roots = [self.dimensions[name].root for axis in axes for name in axis]
        for root in sorted({root for root in roots if roots.count(root) > 1}):
            sentence = f"{draft.id} is by {root} twice."
            self.faults.add("same-dimension", (*draft.path, "by"), sentence, "A metric has each dimension once.")

    def _find_member_axis(self, draft: Draft, shape: Shape) -> None:
        keys = set(draft.by_member)
        members = [{member.id for name in axis for member in self.dimensions[name].members} for axis in shape.axes]
        if keys in members:
            shape.member_axis = members.index(keys)
            return
        sentence = f"{draft.id} has formulas for {', '.join(draft.by_member)}; not the members of its dimensions."
        hint = "Give one formula for each member of one dimension, and say `by:`."
        self.faults.add("members-differ", (*draft.path, "formula"), sentence, hint)

    def _refine(self, draft: Draft) -> bool:
        """Infer once more; True where something changed."""
        shape = self.shapes[draft.id]
        if draft.spec.input is not None:
            return False
        timed = shape.timed or (bool(draft.target_of) and self.shapes[draft.target_of].timed)
        axes = self._fixed_axes(draft, shape)
        for tree in draft.trees():
            timed |= self.open_axes(tree, axes, draft)
        declared = draft.spec.by is not None and not draft.target_of
        new = Shape(shape.axes if declared else tuple(axes), timed, shape.member_axis)
        self.shapes[draft.id] = new
        return new != shape

    def _fixed_axes(self, draft: Draft, shape: Shape) -> list[Axis]:
        return [shape.axes[shape.member_axis]] if draft.by_member and shape.axes else []

    def _merge(self, axes: list[Axis], axis: Axis, user: Draft) -> None:
        """Add an operand's axis to those found so far; one that shares dimensions narrows the axis it meets."""
        for number, known in enumerate(axes):
            shared = self.related(known, axis)
            if shared:
                axes[number] = shared
                return
            if {self.dimensions[n].root for n in known} & {self.dimensions[n].root for n in axis}:
                sentence = f"{user.id} reads {' and '.join((*known, *axis))}, two different parts of one dimension."
                self.faults.add("parts-differ", _spot(user), sentence, "Use the same part in both.")
                return
        axes.append(axis)

    def _check(self, draft: Draft) -> None:
        shape = self.shapes[draft.id]
        if len(shape.axes) > LIMIT:
            sentence = f"{draft.id} is by {in_words(shape.axes)}; two dimensions beside time are the most."
            key = "formula" if draft.spec.input is None else "by"
            spot = _spot(draft) if key == "formula" else (*draft.path, key)
            self.faults.add("too-many-dimensions", spot, sentence, "Fix one with brackets, such as [total].")
        if shape.timed and not self.has_time:
            sentence = f"{draft.id} is by period, but the framework declares no period."
            self.faults.add("no-period", draft.path, sentence, "Declare `period: {grain: month, count: 12}`.")
        if draft.spec.by is None or draft.spec.input is not None or draft.target_of:
            return
        inferred = self._fixed_axes(draft, shape)
        timed = True in [self.open_axes(tree, inferred, draft) for tree in draft.trees()]
        same = {frozenset(axis) for axis in inferred} == {frozenset(axis) for axis in shape.axes}
        if not same or (timed and "period" not in draft.spec.by):
            stated, found = in_words(shape.axes, "period" in draft.spec.by), in_words(inferred, timed)
            sentence = f"{draft.id} says by {stated}, but its formula is by {found}."
            self.faults.add(
                "by-differs", (*draft.path, "by"), sentence, "Leave `by` out; it follows from the formula."
            )


def _spot(draft: Draft) -> tuple[str | int, ...]:
    return next((spot for _, spot in draft.written()), draft.path)


def in_words(axes: Iterable[Axis], timed: bool = False) -> str:
    """Axes for a reader: "source/channel, segment"."""
    return ", ".join([*("/".join(axis) for axis in axes), *(["period"] if timed else [])]) or "no dimension"
