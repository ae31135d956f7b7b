"""Which of a client's own members stand in for those of the framework, whose sample data they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from metricbook.model.client_members import members_of
from metricbook.source.data import Row
from metricbook.source.schema import Dimension

Pairs = Mapping[str, str]


@dataclass(frozen=True)
class StandIns:
    """By dimension: members that are no longer there with those that stand in for them, and new ones left over."""

    pairs: Mapping[str, Pairs] = field(default_factory=dict)
    over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def beneath(self, others: Iterable[StandIns]) -> StandIns:
        """Through several client files, each over the one that it extends."""
        pairs = {id: dict(each) for id, each in self.pairs.items()}
        over = dict(self.over)
        for other in others:
            for id in {*other.pairs, *other.over}:
                here, below = self.pairs.get(id, {}), other.pairs.get(id, {})
                lent = {*below.values(), *other.over.get(id, ())}  # no framework's own
                kept = {before: after for before, after in here.items() if before not in lent}
                pairs[id] = kept | {before: here.get(after, after) for before, after in below.items()}
                over[id] = (*over.get(id, ()), *(here.get(name, name) for name in other.over.get(id, ())))
        return StandIns(pairs, over)

    def of(self, *dimensions: str) -> dict[str, str]:
        """The stand-ins in a dimension, or in the one that it is a part of too."""
        found: dict[str, str] = {}
        for id in dimensions:
            found |= self.pairs.get(id, {})
        return found

    def row(self, row: Row) -> Row:
        """A row of the sample data as it is said here."""
        if not any(name in self.pairs for name, _ in row.where):
            return row
        return replace(row, where=tuple((name, self.of(name).get(member, member)) for name, member in row.where))

    def notes(self, labels: Mapping[tuple[str, str], str]) -> Iterator[str]:
        """Whose sample data stand under another name, and for whom there are none."""
        for id in dict.fromkeys([*self.pairs, *self.over]):
            told = [f"that of {old} for {labels[id, new]}" for old, new in self.of(id).items() if (id, new) in labels]
            none = [labels[id, name] for name in self.over.get(id, ()) if (id, name) in labels]
            parts = [", ".join(told)] if told else []
            parts += [f"none for {', '.join(none)}"] if none else []
            if parts:
                yield f"Sample data by {id}: {'; '.join(parts)}"


def stand_ins(base: Mapping[str, Dimension], laid: Mapping[str, Dimension]) -> StandIns:
    """What stands in for what: what has its id still is itself, the others go group by group in their order."""
    pairs: dict[str, Pairs] = {}
    over: dict[str, tuple[str, ...]] = {}
    for id, each in base.items():
        found = dict(_pairs(each, laid[id]))
        new = tuple(name for name in members_of(laid[id]) if name not in {*members_of(each), *found.values()})
        pairs |= {id: found} if found else {}
        over |= {id: new} if new else {}
    return StandIns(pairs, over)


def _pairs(base: Dimension, own: Dimension) -> Iterator[tuple[str, str]]:
    there, here = members_of(base), members_of(own)
    lost = {id: _group_of(base, id) for id in there if id not in here}
    new = {id: _group_of(own, id) for id in here if id not in there}
    shared = (base.groups or {}).keys() & (own.groups or {}).keys()
    for group in [*sorted(shared), ""]:
        names = [id for id, home in new.items() if (home if home in shared else "") == group]
        for before, after in zip([id for id, home in lost.items() if group in ("", home)], names, strict=False):
            yield before, after
            del lost[before]


def _group_of(dimension: Dimension, member: str) -> str:
    return next((id for id, group in (dimension.groups or {}).items() if member in group.members), "")
