"""Metrics on their way into the model: declared, parsed, but not yet placed on axes or ordered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from metricbook.formula.aggregates import aggregates
from metricbook.formula.structure import faults as faults_of
from metricbook.formula.tree import Tree
from metricbook.model.defaults import definitions
from metricbook.model.faults import Faults
from metricbook.model.flat import START
from metricbook.model.hidden import unasked
from metricbook.model.kept import hidden_dimensions
from metricbook.model.profile import Chosen
from metricbook.problems import Refused
from metricbook.source.document import Steps
from metricbook.source.schema import AmountOrFormula, Constant, Input, Metric, PeriodRollup

"""Where a formula begins while it is read: columns count from 0, and `Faults` knows where that stands in the file."""


@dataclass
class Draft:
    """One metric with its formulas parsed; `path` is where it stands in the file, `spot` where its formula does."""

    id: str
    spec: Metric
    path: Steps
    formula: Tree | None = None
    by_member: dict[str, Tree] = field(default_factory=dict)
    undefined: Tree | None = None
    target_of: str = ""
    text: str = ""
    spot: Steps = ()
    pinned: str = ""  # the metric that this one shows at a member
    table: str = ""  # of a column: the record table whose rows have a value each
    options: Input | None = None  # of a choice that a key points to: what it may be

    @property
    def given(self) -> Input | None:
        """How it is typed in, or how that is which it reads through a key."""
        return self.spec.input or self.options

    @property
    def over_rows(self) -> bool:
        """Is it a metric made of COUNTIFS or SUMIFS?"""
        return not self.table and self.formula is not None and bool(aggregates(self.formula))

    @property
    def lost(self) -> bool:
        """Has it a formula that could not be read, or is it two things at once?"""
        given = self.spec.formula
        wanted = len(given) if isinstance(given, dict) else int(given is not None)
        return len(list(self.defining())) < wanted or len(definitions(self.spec)) > 1

    def trees(self) -> Iterator[Tree]:
        """Every formula of the metric."""
        return (tree for tree, _ in self.written())

    def written(self) -> Iterator[tuple[Tree, Steps]]:
        """Every formula of the metric, with the place of its text."""
        yield from self.defining()
        if self.undefined is not None:
            yield self.undefined, (*self.path, "undefined_if")

    def defining(self) -> Iterator[tuple[Tree, Steps]]:
        """The formulas that give its value, with the places of their texts."""
        spot = self.spot or (*self.path, "formula")
        if self.formula is not None:
            yield self.formula, spot
        yield from ((tree, (*spot, member)) for member, tree in self.by_member.items())

    def rollup(self, axis: str) -> PeriodRollup | None:
        """The stated rollup along `period` or a dimension; one word alone speaks of periods."""
        stated = self.spec.rollup
        return stated.get(axis) if isinstance(stated, dict) else stated if axis == "period" else None


def drafts(faults: Faults, chosen: Chosen) -> dict[str, Draft]:
    """Parse every formula of the chosen framework, constants and targets included."""
    found = {id: _constant(id, each) for id, each in faults.flat.framework.constants.items()}
    for id, spec in chosen.metrics.items():
        found[id] = _draft(faults, chosen, id, spec)
        found |= _targets(faults, found[id])
    return found


def read_formula(faults: Faults, text: str, spot: Steps, condition: bool = False) -> Tree | None:
    """Parse the formula that stands at `spot` and check its shape; None where it cannot be read."""
    try:
        tree = faults.flat.parsed(text)
    except Refused as refused:
        faults.add_in_text(spot, refused.problems)
        return None
    faults.add_in_text(spot, faults_of(tree, START, check=condition))
    return unasked(tree, hidden_dimensions(faults.flat.framework))


def _constant(id: str, constant: Constant) -> Draft:
    given = Input(initial=constant.value, need="optional", required=False)
    spec = Metric(
        label=constant.label,
        unit=constant.unit,
        by=[],
        input=given,
        definition=constant.definition,
        source=constant.source,
        section="constants",
    )
    return Draft(id, spec, ("constants", id))


def _draft(faults: Faults, chosen: Chosen, id: str, spec: Metric) -> Draft:
    base = id.partition(".")[0]
    variant = chosen.variants.get(id, ("", ""))[0]
    draft = Draft(id, spec, ("metrics", base, "variants", variant) if variant else ("metrics", base))
    spot = (*draft.path, "formula")
    if isinstance(spec.formula, str):
        draft.formula = read_formula(faults, spec.formula, spot)
        draft.text = spec.formula
    elif spec.formula is not None:
        read = {member: read_formula(faults, text, (*spot, member)) for member, text in spec.formula.items()}
        draft.by_member = {member: tree for member, tree in read.items() if tree is not None}
        draft.text = "; ".join(f"{member}: {text}" for member, text in spec.formula.items())
    if spec.undefined_if is not None:
        draft.undefined = read_formula(faults, spec.undefined_if, (*draft.path, "undefined_if"), condition=True)
    return draft


TARGET_LINES = {"target": "target", "from": "target from", "to": "target to"}
TARGET_FORMULAS = {"model": "what the plan needs", "history": "what was reached before"}
TARGET_PARTS = (*TARGET_LINES, *(f"{line}_own" for line in TARGET_LINES), *TARGET_FORMULAS)


def _targets(faults: Faults, draft: Draft) -> dict[str, Draft]:
    """The lines that a target stands on: `x.target`, or `x.from` and `x.to` of a range, and its formulas."""
    target = draft.spec.target
    if target is None or "." in draft.id:  # a rival definition is judged by the one in force
        return {}
    lines: dict[str, AmountOrFormula | None] = {"from": target.from_, "to": target.to}
    lines = {name: value for name, value in lines.items() if value is not None} or {"target": target.value}
    found: dict[str, Draft] = {}
    for name, value in lines.items():
        found[f"{draft.id}.{name}"] = _target_part(draft, name, TARGET_LINES[name])
        found[f"{draft.id}.{name}"].target_of = draft.id
        if isinstance(value, str):
            own = _target_part(draft, f"{name}_own", f"own {TARGET_LINES[name]}")
            found[own.id] = _read(faults, own, value, "value" if name == "target" else name)
    for name, words in TARGET_FORMULAS.items():
        value = target.model if name == "model" else target.history
        if isinstance(value, str):
            part = _target_part(draft, name, words)
            found[part.id] = _read(faults, part, value, name)
    return found


def _target_part(draft: Draft, name: str, words: str) -> Draft:
    by: list[str | list[str]] | None = [] if name in TARGET_LINES else None
    label = f"{draft.spec.label or draft.id}, {words}"
    good = draft.spec.good if name == "model" else None
    python = f"{draft.id}_{name.removesuffix('_own')}"
    spec = Metric(label=label, unit=draft.spec.unit, good=good, by=by, python=python)
    return Draft(f"{draft.id}.{name}", spec, (*draft.path, "target"))


def _read(faults: Faults, part: Draft, text: str, key: str) -> Draft:
    part.spot, part.text = (*part.path, key), text
    part.formula = read_formula(faults, text, part.spot)
    return part
