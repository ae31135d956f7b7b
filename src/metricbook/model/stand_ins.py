"""Which of a client's own members stand in for those of the framework, whose sample data they show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from metricbook.model.client_members import members_of
from metricbook.source.data import Row
from metricbook.source.schema import Dimension

Pairs = Mapping[str, str]
Adds = Callable[[str, str], bool]
"""Do the values of a metric add up over the members of a dimension?"""


@dataclass(frozen=True)
class StandIns:
    """By dimension: members that are no longer there with those that stand in for them, and new ones left over.

    `pairs` take a place each. The sample data of members for which no new one is left, `rest`, go to one that has
    sample data already, so that totals stay what they are.
    """

    pairs: Mapping[str, Pairs] = field(default_factory=dict)
    over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rest: Mapping[str, Pairs] = field(default_factory=dict)

    def beneath(self, others: Iterable[StandIns]) -> StandIns:
        """Through several client files, each over the one that it extends."""
        pairs = {id: dict(each) for id, each in self.pairs.items()}
        rest = {id: dict(each) for id, each in self.rest.items()}
        over = dict(self.over)
        for other in others:
            for id in {*other.pairs, *other.over, *other.rest}:
                here, more = self.pairs.get(id, {}), self.rest.get(id, {})
                below = other.pairs.get(id, {})
                lent = {*below.values(), *other.over.get(id, ())}  # no framework's own
                pairs[id] = {before: after for before, after in here.items() if before not in lent}
                pairs[id] |= {before: here.get(after, after) for before, after in below.items() if after not in more}
                rest[id] = {before: after for before, after in more.items() if before not in lent}
                rest[id] |= {before: more[after] for before, after in below.items() if after in more}
                rest[id] |= {
                    before: {**here, **more}.get(after, after) for before, after in other.rest.get(id, {}).items()
                }
                over[id] = (*over.get(id, ()), *(here.get(name, name) for name in other.over.get(id, ())))
        return StandIns(pairs, over, rest)

    def of(self, *dimensions: str) -> dict[str, str]:
        """The stand-ins in a dimension, or in the one that it is a part of too."""
        found: dict[str, str] = {}
        for id in dimensions:
            found |= {**self.pairs.get(id, {}), **self.rest.get(id, {})}
        return found

    def rows(self, rows: Iterable[Row], adds: Adds) -> list[Row]:
        """The rows of sample data as they are said here.

        Where a member has the numbers of several, amounts are added; a rate or an average stays that of the member
        whose place it takes.
        """
        found: dict[object, Row] = {}
        left: list[tuple[Row, list[str]]] = []
        for row in rows:
            more = [name for name, member in row.where if member in self.rest.get(name, ())]
            if more:
                left.append((self._said(row), more))
            else:
                said = self._said(row)
                found[said.metric, said.where, said.period, said.at] = said
        firsts = {(row.metric, row.where, row.period): key for key, row in found.items()}
        for row, more in left:
            key = firsts.setdefault((row.metric, row.where, row.period), row)
            if key not in found:
                found[key] = row
            elif all(adds(row.metric, name) for name in more):
                found[key] = _sum(found[key], row)
        return list(found.values())

    def _said(self, row: Row) -> Row:
        if not any(name in self.pairs or name in self.rest for name, _ in row.where):
            return row
        return replace(row, where=tuple((name, self.of(name).get(member, member)) for name, member in row.where))

    def notes(self, labels: Mapping[tuple[str, str], str]) -> Iterator[str]:
        """Whose sample data stand under another name, and for whom there are none."""
        for id in dict.fromkeys([*self.pairs, *self.rest, *self.over]):
            theirs: dict[str, list[str]] = {}
            for old, new in self.of(id).items():
                theirs.setdefault(new, []).append(old)
            own = {new for new in theirs if new not in self.pairs.get(id, {}).values()}
            told = [
                f"that of {' and '.join(old)}{' beside its own' if new in own else ''} for {labels[id, new]}"
                for new, old in theirs.items()
                if (id, new) in labels
            ]
            none = [labels[id, name] for name in self.over.get(id, ()) if (id, name) in labels]
            parts = [", ".join(told)] if told else []
            parts += [f"none for {', '.join(none)}"] if none else []
            if parts:
                yield f"Sample data by {id}: {'; '.join(parts)}"


def _sum(one: Row, other: Row) -> Row:
    """Two amounts as one; words cannot be added."""
    if isinstance(one.value, str) or isinstance(other.value, str):
        return one
    return replace(one, value=one.value + other.value)


def stand_ins(base: Mapping[str, Dimension], laid: Mapping[str, Dimension]) -> StandIns:
    """What stands in for what: what has its id still is itself, the others go group by group in their order."""
    pairs: dict[str, Pairs] = {}
    over: dict[str, tuple[str, ...]] = {}
    rest: dict[str, Pairs] = {}
    for id, each in base.items():
        found = dict(_pairs(each, laid[id]))
        more = dict(_rest(each, laid[id], found))
        new = tuple(name for name in members_of(laid[id]) if name not in {*members_of(each), *found.values()})
        pairs |= {id: found} if found else {}
        over |= {id: new} if new else {}
        rest |= {id: more} if more else {}
    return StandIns(pairs, over, rest)


def _pairs(base: Dimension, own: Dimension) -> Iterator[tuple[str, str]]:
    there, here = members_of(base), members_of(own)
    lost = {id: _group_of(base, id) for id in there if id not in here}
    new = {id: _group_of(own, id) for id in here if id not in there}
    shared = (base.groups or {}).keys() & (own.groups or {}).keys()
    for group in [*sorted(shared), ""]:
        names = [id for id, home in new.items() if (home if home in shared else "") == group]
        # what has a group here stays in it, so that its totals stay too
        homes = {group} if group else {*lost.values()} - shared
        for before, after in zip([id for id, home in lost.items() if home in homes], names, strict=False):
            yield before, after
            del lost[before]


def _rest(base: Dimension, own: Dimension, pairs: Pairs) -> Iterator[tuple[str, str]]:
    """Members without a stand-in, with the last member of their group that has sample data, or the last of all."""
    there, here = members_of(base), members_of(own)
    for before in [id for id in there if id not in here and id not in pairs]:
        group = _group_of(base, before)
        for some in (pairs.values(), [id for id in here if id in there]):
            names = list(some)
            at_home = [name for name in names if group and _group_of(own, name) == group]
            if at_home or names:
                yield before, (at_home or names)[-1]
                break


def _group_of(dimension: Dimension, member: str) -> str:
    return next((id for id, group in (dimension.groups or {}).items() if member in group.members), "")
