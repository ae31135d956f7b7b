"""Exports of a client file, proven: what every heading means here, and that each number finds its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from metricbook.model.metric import Metric, Point
from metricbook.model.model import Model, Table
from metricbook.problems import Location
from metricbook.source.export import Export
from metricbook.source.table_body import Words

IGNORE = "ignore"
PERIOD = "period"


@dataclass(frozen=True)
class Spelt:
    """A place on an axis that a column says: its dimension, and the heading."""

    dimension: str
    heading: str


@dataclass(frozen=True)
class Into:
    """A heading whose numbers go into a metric. For each axis there are as many places as it has margins here."""

    heading: str
    metric: Metric
    axes: tuple[tuple[Point | Spelt, ...], ...]


@dataclass(frozen=True)
class Proven:
    """An export whose words all mean something. `spellings` are by dimension; a word of `IGNORE` is left aside."""

    export: Export
    file: str  # of the client's
    at: Location
    into: tuple[Into, ...] = ()
    table: Table | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # of a record table: its columns by heading
    spellings: Mapping[str, Words] = field(default_factory=dict)
    where: Mapping[str, Words] = field(default_factory=dict)
    period: int | None = None  # the one that holds for all rows

    def paths(self) -> list[Path]:
        """The files beside the client file, in the order of their names; without those that Excel has open."""
        named, folder = Path(self.export.file), Path(self.file).parent
        if "*" not in self.export.file:
            return [path for path in [folder / named] if path.is_file()]
        base = Path(named.anchor) if named.is_absolute() else folder
        found = sorted(base.glob(str(named.relative_to(named.anchor))))
        return [path for path in found if path.is_file() and not path.name.startswith("~$")]

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that must be there."""
        dated = [self.export.dated] if self.export.dated else []
        return tuple(dict.fromkeys([*dated, *self.export.columns, *self.export.where]))


def spellings_of(names: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What texts may call things: their words, their ids, and what is said here."""
    return {name: id for id, name in names.items()} | {id: id for id in names} | dict(said)


def member_spellings(model: Model, dimension: str, said: Mapping[str, str]) -> dict[str, str]:
    """What texts may call the members of a dimension: labels, ids, names in exports, and what is said here."""
    members = [member for member in model.dimensions[dimension].members if member.label]
    exports = {name: member.id for member in members for name in member.exports}
    return exports | spellings_of({member.id: member.label for member in members}, said)
