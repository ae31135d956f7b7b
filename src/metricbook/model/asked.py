"""Which profile keys matter here: the file's own, and those of used frameworks on which something here depends.

Every profile has the same keys, so what is looked at is all that may be compiled in any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from metricbook.formula.tree import names
from metricbook.model.flat import Flat
from metricbook.model.names import items, split
from metricbook.model.profile import conditions
from metricbook.problems import Refused
from metricbook.source.part import Part
from metricbook.source.schema import Check, Choice, Metric, Variant

Ids = Iterator[str]


@dataclass(frozen=True)
class Asked:
    """The profile keys that matter, in the order of declaration, and the metrics that some profile compiles."""

    keys: tuple[str, ...]
    metrics: frozenset[str]


def asked(flat: Flat) -> Asked:
    """What a client is asked here, and for which metrics."""
    framework = flat.framework
    if not flat.used:
        return Asked(tuple(framework.profile), frozenset(framework.metrics))
    reach = _Reach(flat)
    wanted = set(reach.keys())
    keys = tuple(key for key in framework.profile if key in wanted or flat.is_own(("profile", key)))
    return Asked(keys, frozenset(framework.metrics.keys() & (reach.reached | flat.own)))


@dataclass
class _Reach:
    """Everything of a framework that a page, a check or an own formula reaches in some profile."""

    flat: Flat
    reached: set[str] = field(default_factory=set)  # metrics and tables

    def keys(self) -> Ids:
        """The profile keys that what is reached depends on."""
        framework = self.flat.framework
        self._walk([*self._star(), *self._shown(), *self._own()])
        own = [check for number, check in enumerate(framework.checks) if self.flat.is_own(("checks", number))]
        self._walk(_named(self.flat, [check.formula for check in own]))
        parts: list[Part] = [*framework.sheets, *own, *(each for each in framework.checks if self._comes(each))]
        parts += [each for each in framework.north_star or [] if isinstance(each, Choice)]
        parts += [framework.metrics[id] for id in framework.metrics if id in self.reached | self.flat.own]
        for part in parts:
            for _, when in conditions(part.model_dump(exclude_none=True)):
                yield from when
            if isinstance(part, Metric) and part.follow:
                yield part.follow

    def _comes(self, check: Check) -> bool:
        """A check of a used framework comes along where all that it compares is there already."""
        if check.over:
            return check.over in self.reached
        return set(_named(self.flat, [check.formula])) & self._declared() <= self.reached

    def _declared(self) -> set[str]:
        return self.flat.framework.metrics.keys() | self.flat.framework.records.keys()

    def _walk(self, roots: Iterable[str]) -> None:
        framework, waiting = self.flat.framework, [*roots]
        while waiting:
            id = waiting.pop()
            if id in self.reached or id not in self._declared():
                continue
            self.reached.add(id)
            if id in framework.metrics:
                waiting += _made_of(self.flat, framework.metrics[id])
            else:
                columns = framework.records[id].columns.values()
                waiting += [name for column in columns for name in _named(self.flat, _texts(column.formula))]
                waiting += [column.of for column in columns if column.of]

    def _star(self) -> Ids:
        star = self.flat.framework.north_star
        yield from [star] if isinstance(star, str) else [each.metric or "" for each in star or []]

    def _shown(self) -> Ids:
        for page in self.flat.framework.sheets:
            yield from page.at.values()
            for block in page.blocks:
                yield from block.table.at.values() if block.table else []
                yield from (split(name)[0] for name in items(block))

    def _own(self) -> Ids:
        """The file's own formulas, which are compiled whether shown or not."""
        for id in self.flat.own:
            metric = self.flat.framework.metrics[id]
            if id in self.flat.new or any(each.formula for each in _definitions(metric)):
                yield id


def _made_of(flat: Flat, metric: Metric) -> Ids:
    """What a metric reads, in each of its variants and targets."""
    target = metric.target
    if target is not None:
        beside = (target.value, target.history, target.model, target.from_, target.to)
        yield from _named(flat, [text for text in (*beside, target.opening) if isinstance(text, str)])
    for each in _definitions(metric):
        yield from _named(flat, [*_texts(each.formula), *_texts(each.undefined_if), *_texts(each.weight)])


def _definitions(metric: Metric) -> list[Metric | Variant]:
    return [metric, *(metric.variants or {}).values()]


def _texts(formula: str | Mapping[str, str] | None) -> list[str]:
    return [formula] if isinstance(formula, str) else list((formula or {}).values())


def _named(flat: Flat, formulas: Iterable[str]) -> Ids:
    """The names in formulas, selectors in brackets too; what cannot be read is said elsewhere."""
    for text in formulas:
        try:
            tree = flat.parsed(text)
        except Refused:
            continue
        for name in names(tree):
            yield name.id
            yield from name.where
