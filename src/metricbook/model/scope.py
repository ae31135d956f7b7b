"""What a formula may name: metrics, constants, variants, targets, words of the calendar, facts of the period."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from metricbook.formula.aggregates import AGGREGATES, aggregates, criteria
from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.tree import Binary, Call, Name, Text, Tree, names, walk
from metricbook.model.drafts import Draft
from metricbook.model.faults import Faults
from metricbook.model.orphans import hidden_at
from metricbook.model.units import WORDS
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps

SPANS = ("year", "quarter")
FACTS = ("elapsed", "months", "start", "end")


@dataclass(frozen=True)
class Scope:
    """The drafts by id, the rivals of each, and the dimensions that a criterion may name."""

    drafts: Mapping[str, Draft]
    rivals: Mapping[str, tuple[str, ...]]
    variants: Mapping[str, tuple[str, str]]
    dimensions: Collection[str] = ()

    def resolve(self, name: Name) -> str | None:
        """The id of the draft that a name means; None for a word of the calendar, a period fact or a stranger."""
        if not name.part:
            return name.id if name.id in self.drafts else None
        column = f"{name.id}.{name.part}"
        if column in self.drafts and self.drafts[column].table:
            return column
        if name.part == "target":
            return next((id for id in (f"{name.id}.target", f"{name.id}.from") if id in self.drafts), None)
        return next((id for id in self.rivals.get(name.id, ()) if self.variants[id][0] == name.part), None)

    def operands(self, tree: Tree) -> Iterator[tuple[Name, Draft]]:
        """The names of a formula that are metrics, with their drafts, selectors in brackets too."""
        for name in names(tree):
            id = self.resolve(name)
            if id is not None:
                yield name, self.drafts[id]
            yield from ((Name(token), self.drafts[token]) for token in name.where if self.selects(token))

    def means(self, name: Name) -> bool:
        """Does a name mean anything here?"""
        is_fact = name.id == "period" and name.part in FACTS
        return self.resolve(name) is not None or is_fact or (name.id in SPANS and not name.part)

    def is_criterion(self, name: Name) -> bool:
        """Is this what rows are told apart by, a dimension or the period?"""
        return not name.part and (name.id == "period" or name.id in self.dimensions)

    def selects(self, token: str) -> str:
        """The dimension of which an input chooses a member; "" where the token is no such input."""
        draft = self.drafts.get(token)
        given = draft.spec.input if draft and draft.spec.unit == "member" and not draft.table else None
        return (given.of if given else "") or ""


def check_names(scope: Scope, faults: Faults, draft: Draft) -> None:
    """Every name in the draft's formulas must be a metric, a word of the calendar or a fact of the period."""
    for tree, spot in draft.written():
        told_apart = {id(wanted) for call in aggregates(tree) for _, wanted in criteria(call)}
        for name in names(tree):
            if not scope.means(name) and not (id(name) in told_apart and scope.is_criterion(name)):
                _add_stranger(scope, faults, draft, name, spot)
        _check_words(scope, faults, tree, spot)


def is_absent(scope: Scope, faults: Faults, name: Name) -> bool:
    """Is the metric declared, but hidden or not there in this profile?"""
    return name.id in faults.flat.framework.metrics and name.id not in scope.drafts


def check_absent(scope: Scope, faults: Faults, compiled: Collection[str]) -> None:
    """A metric that is compiled cannot need one that is hidden or does not apply."""
    orphans: dict[str, list[str]] = {}
    for draft in (scope.drafts[id] for id in compiled):
        for tree, spot in draft.written():
            for name in (name for name in names(tree) if is_absent(scope, faults, name)):
                base = draft.id.partition(".")[0]
                if faults.flat.tailored and name.id in faults.flat.framework.hide:
                    orphans.setdefault(name.id, []).append(base)
                    faults.paths.add(spot)  # nothing more is said of it
                    continue
                sentence = f"{name.id} is hidden or does not apply in this profile, but {draft.id} needs it."
                faults.add("needs-hidden", spot, sentence, f"Leave out {base} too.", name.span)
    for id, users in orphans.items():
        users = list(dict.fromkeys(users))
        needs = f"{', '.join(users[:-1])} and {users[-1]} need" if len(users) > 1 else f"{users[0]} needs"
        hint = f"Hide {', '.join(_made_of(scope, id, compiled))} too."
        faults.add_at("needs-hidden", hidden_at(faults.flat, id), f"{id} is hidden, but {needs} it.", hint)
    if orphans:
        faults.stop()  # what comes next would be said of formulas that lack an operand


def _made_of(scope: Scope, id: str, compiled: Collection[str]) -> list[str]:
    """The metrics that need this one, directly or through others."""
    found = {id: None}
    before = 0
    while len(found) > before:
        before = len(found)
        for each in compiled:
            if any(name.id in found for tree in scope.drafts[each].trees() for name in names(tree)):
                found.setdefault(each.partition(".")[0])
    return list(found)[1:]


def _add_stranger(scope: Scope, faults: Faults, draft: Draft, name: Name, spot: Steps) -> None:
    written = f"{name.id}.{name.part}" if name.part else name.id
    tables = faults.flat.framework.records
    key, _, column = name.part.rpartition(".")
    table = name.id if not key else tables[name.id].columns[key].of or ""
    if name.part and table in tables:
        hint = did_you_mean(column, tables[table].columns) or "Name one of its columns."
        faults.add("unknown-column", spot, f"{table} has no column {column}.", hint, name.span)
    elif name.id in tables:
        sentence = f"{name.id} is a table, not one of its columns."
        faults.add(
            "unknown-column",
            spot,
            sentence,
            f"Write it like {name.id}.{next(iter(tables[name.id].columns), 'amount')}.",
            name.span,
        )
    elif name.id in scope.dimensions and not name.part:
        sentence = f"{name.id} is a dimension, and holds no value."
        hint = f"In COUNTIFS and SUMIFS it stands alone: COUNTIFS(deals.{name.id}, {name.id})."
        if name.id == "period":
            hint = 'Rows that fall in it: COUNTIFS(deals.won_on, period). Its days: "<=" & period.end.'
        faults.add("unknown-metric", spot, sentence, hint, name.span)
    elif name.id == "period":
        sentence = f"{written} is no fact of a period."
        faults.add("unknown-fact", spot, sentence, f"There are {', '.join(FACTS)}.", name.span)
    elif name.part and name.id in scope.drafts:
        parts = [scope.variants[id][0] for id in scope.rivals.get(name.id, ())]
        hint = f"It has {', '.join(parts)}." if parts else "It has no variants and no target."
        faults.add("unknown-part", spot, f"{name.id} has no {name.part}.", hint, name.span)
    elif not is_absent(scope, faults, name):
        columns = [] if draft.table not in tables else list(tables[draft.table].columns)
        hint = did_you_mean(written, [*columns, *scope.drafts, *FUNCTIONS])
        hint = hint or "Declare it under `metrics:` or `constants:`."
        faults.add("unknown-metric", spot, f'"{written}" is not a metric here.', hint, name.span)


def _check_words(scope: Scope, faults: Faults, tree: Tree, spot: Steps) -> None:
    """Choices are compared with their options, `billing = "yearly"`; words have no other place in a formula."""
    over_rows = [node for node in walk(tree) if isinstance(node, Call) and node.function in (*AGGREGATES, "OF")]
    compared = {id(part) for call in over_rows for arg in call.args for part in walk(arg)}
    compared |= {id(node) for node in walk(tree) if node == Text("")}  # BLANK
    for node in walk(tree):
        match node:
            case Binary("=" | "<>", Name() as name, Text() as text) | Binary(
                "=" | "<>", Text() as text, Name() as name
            ):
                compared |= {id(name), id(text)}
                _check_option(scope, faults, name, text, spot)
    for node in walk(tree):
        if id(node) in compared:
            continue
        if isinstance(node, Text):
            sentence = f'"{node.value}" can only be compared with a choice.'
            faults.add("loose-text", spot, sentence, 'For example: billing = "yearly".', node.span)
        if isinstance(node, Name) and (unit := _unit(scope, node)) in WORDS and unit != "date":
            written = f"{node.id}.{node.part}" if node.part else node.id
            sentence = f"{written} is {unit}, so nothing can be calculated with it."
            hint = f'Compare it: {written} = "…".' if unit == "choice" else "A formula is made of numbers."
            faults.add("word-in-formula", spot, sentence, hint, node.span)


def _check_option(scope: Scope, faults: Faults, name: Name, text: Text, spot: Steps) -> None:
    id = scope.resolve(name)
    if id is None:
        return
    given = scope.drafts[id].given
    options = (given.options if given else None) or {}
    if scope.drafts[id].spec.unit != "choice":
        sentence = f"{id} is no choice, so it cannot be compared with a text."
        faults.add("loose-text", spot, sentence, "Only an input with `unit: choice` can.", text.span)
    elif text.value not in options:
        hint = did_you_mean(text.value, options) or f"Its options are {', '.join(options)}."
        faults.add("unknown-text", spot, f'"{text.value}" is not an option of {id}.', hint, text.span)


def _unit(scope: Scope, name: Name) -> str:
    id = scope.resolve(name)
    return (scope.drafts[id].spec.unit or "") if id else ""
