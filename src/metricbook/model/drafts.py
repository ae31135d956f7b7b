"""Metrics on their way into the model: declared, parsed, but not yet placed on axes or ordered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.parse import parse
from metricbook.formula.structure import faults
from metricbook.formula.tree import Name, Text, Tree, names, walk
from metricbook.model.overlay import Flat
from metricbook.model.profile import Chosen
from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.schema import Input, Metric

WORDS = ("year", "quarter")
FACTS = ("elapsed", "months", "start", "end")


@dataclass
class Draft:
    """One metric with its formulas parsed; `path` is where it stands in the file."""

    id: str
    spec: Metric
    path: tuple[str | int, ...]
    formula: Tree | None = None
    by_member: dict[str, Tree] = field(default_factory=dict)
    undefined: Tree | None = None
    target_of: str = ""
    text: str = ""

    def trees(self) -> Iterator[Tree]:
        """Every formula of the metric."""
        yield from (tree for tree in (self.formula, *self.by_member.values(), self.undefined) if tree is not None)


@dataclass(frozen=True)
class Scope:
    """What a formula may name: drafts by id, the rivals of each, and where things were written."""

    flat: Flat
    drafts: Mapping[str, Draft]
    rivals: Mapping[str, tuple[str, ...]]
    variants: Mapping[str, tuple[str, str]]

    def resolve(self, name: Name) -> str | None:
        """The id of the draft that a name means; None for a word of the calendar, a period fact or a stranger."""
        if not name.part:
            return name.id if name.id in self.drafts else None
        if name.part == "target":
            return next((id for id in (f"{name.id}.target", f"{name.id}.from") if id in self.drafts), None)
        for id in self.rivals.get(name.id, ()):
            if self.variants[id][0] == name.part:
                return id
        return None

    def operands(self, tree: Tree) -> Iterator[tuple[Name, Draft]]:
        """The names of a formula that are metrics, with their drafts, selectors in brackets too."""
        for name in names(tree):
            id = self.resolve(name)
            if id is not None:
                yield name, self.drafts[id]
            for token in name.where:
                if token in self.drafts and self.drafts[token].spec.unit == "member":
                    yield Name(token), self.drafts[token]


def drafts(flat: Flat, chosen: Chosen, problems: list[Problem]) -> dict[str, Draft]:
    """Parse every formula of the chosen framework, constants and targets included."""
    found: dict[str, Draft] = {}
    for id, constant in flat.framework.constants.items():
        given = Input(initial=constant.value, need="optional", required=False)
        spec = Metric(label=constant.label, unit=constant.unit, by=[], input=given, definition=constant.definition,
                      source=constant.source, section="constants")  # fmt: skip
        found[id] = Draft(id, spec, ("constants", id))
    for id, spec in chosen.metrics.items():
        found[id] = _draft(flat, chosen, id, spec, problems)
        found |= _targets(flat, found[id], problems)
    return found


def _draft(flat: Flat, chosen: Chosen, id: str, spec: Metric, problems: list[Problem]) -> Draft:
    base = id.partition(".")[0]
    variant = chosen.variants.get(id, ("", ""))[0]
    path: tuple[str | int, ...] = ("metrics", base, "variants", variant) if variant else ("metrics", base)
    draft = Draft(id, spec, path)
    if isinstance(spec.formula, str):
        draft.formula = read_formula(spec.formula, flat.at(*path, "formula"), problems)
        draft.text = spec.formula
    elif spec.formula is not None:
        for member, text in spec.formula.items():
            tree = read_formula(text, flat.at(*path, "formula", member), problems)
            if tree is not None:
                draft.by_member[member] = tree
        draft.text = "; ".join(f"{member}: {text}" for member, text in spec.formula.items())
    if spec.undefined_if is not None:
        draft.undefined = read_formula(spec.undefined_if, flat.at(*path, "undefined_if"), problems, condition=True)
    return draft


def _targets(flat: Flat, draft: Draft, problems: list[Problem]) -> dict[str, Draft]:
    """The lines that a target stands on: `x.target`, or `x.from` and `x.to` of a range, and its formulas."""
    target = draft.spec.target
    if target is None or "." in draft.id:  # a rival definition is judged by the one in force
        return {}
    bounds = {"from": target.from_, "to": target.to} if target.from_ is not None or target.to is not None else {}
    lines = {f"{draft.id}.{name}": value for name, value in bounds.items() if value is not None}
    if not lines:
        lines = {f"{draft.id}.target": target.value}
    label = draft.spec.label or draft.id
    words = {"target": "target", "from": "target from", "to": "target to", "model": "what the plan needs"}
    found: dict[str, Draft] = {}
    for id, value in lines.items():
        word = words[id.rpartition(".")[2]]
        spec = Metric(label=f"{label}, {word}", unit=draft.spec.unit, by=[])
        found[id] = Draft(id, spec, (*draft.path, "target"), target_of=draft.id)
        if isinstance(value, str):
            key = id.rpartition(".")[2].replace("target", "value")
            own = Metric(label=f"{label}, own {word}", unit=draft.spec.unit, python=id.replace(".", "_"))
            tree = read_formula(value, flat.at(*draft.path, "target", key), problems)
            found[f"{id}_own"] = Draft(f"{id}_own", own, (*draft.path, "target"), formula=tree, text=value)
    if isinstance(target.model, str):
        id = f"{draft.id}.model"
        spec = Metric(label=f"{label}, {words['model']}", unit=draft.spec.unit, good=draft.spec.good, python=None)
        tree = read_formula(target.model, flat.at(*draft.path, "target", "model"), problems)
        found[id] = Draft(id, spec, (*draft.path, "target"), formula=tree, text=target.model)
    return found


def read_formula(text: str, at: Location, problems: list[Problem], condition: bool = False) -> Tree | None:
    """Parse a formula and check its shape; what is wrong is added to the problems."""
    try:
        tree = parse(text, at)
    except Refused as refused:
        problems.extend(refused.problems)
        return None
    problems.extend(faults(tree, at, check=condition))
    return tree


def check_names(scope: Scope, draft: Draft, problems: list[Problem]) -> None:
    """Every name in the draft's formulas must be a metric, a word of the calendar or a fact of the period."""
    spots = [(draft.formula, "formula"), *((tree, member) for member, tree in draft.by_member.items())]
    for tree, key in (*spots, (draft.undefined, "undefined_if")):
        path = (*draft.path, "formula", key) if key in draft.by_member else (*draft.path, key)
        if tree is not None:
            strangers(scope, tree, scope.flat.at(*path), draft.id, problems)


def strangers(scope: Scope, tree: Tree, at: Location, user: str, problems: list[Problem]) -> None:
    """Add a problem for each name of a formula that means nothing here."""
    for name in names(tree):
        if scope.resolve(name) is not None or (name.id == "period" and name.part in FACTS):
            continue
        if name.id in WORDS and not name.part:
            continue
        problems.append(_stranger(scope, name, user, _spot(at, name.span)))
    for node in walk(tree):
        if isinstance(node, Text) and not _is_option(scope, node.value):
            sentence = f'"{node.value}" is not an option of any input of this framework.'
            problems.append(Problem("unknown-text", sentence, "Text in a formula is the id of an option.", _spot(at, node.span)))


def _stranger(scope: Scope, name: Name, user: str, at: Location) -> Problem:
    written = f"{name.id}.{name.part}" if name.part else name.id
    if name.id == "period":
        return Problem("unknown-fact", f"{written} is no fact of a period.", f"There are {', '.join(FACTS)}.", at)
    if name.id in scope.flat.framework.metrics and name.id not in scope.drafts:
        sentence = f"{name.id} is hidden or does not apply in this profile, but {user} needs it."
        return Problem("needs-hidden", sentence, f"Leave out {user} too.", at)
    if name.part and name.id in scope.drafts:
        parts = [scope.variants[id][0] for id in scope.rivals.get(name.id, ())]
        hint = f"It has {', '.join(parts)}." if parts else "It has no variants and no target."
        return Problem("unknown-part", f"{name.id} has no {name.part}.", hint, at)
    hint = did_you_mean(written, [*scope.drafts, *FUNCTIONS]) or "Declare it under `metrics:` or `constants:`."
    return Problem("unknown-metric", f'"{written}" is not a metric here.', hint, at)


def _spot(at: Location, span: tuple[int, int]) -> Location:
    return Location(at.file, at.line, at.column + span[0], max(1, span[1] - span[0]))


def _is_option(scope: Scope, text: str) -> bool:
    return any(text in (draft.spec.input.options or {}) for draft in scope.drafts.values() if draft.spec.input)
