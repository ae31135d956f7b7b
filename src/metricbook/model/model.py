"""The model: a framework whose names, units, order and pages are proven consistent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metricbook.formula.tree import Tree
from metricbook.model.dimensions import UNLISTED, Dimension, Member, Periods
from metricbook.model.metric import NOWHERE, Axis, Metric, Point, Where
from metricbook.model.stand_ins import StandIns
from metricbook.problems import Location
from metricbook.source.schema import Column, Framework, Page


@dataclass(frozen=True)
class Check:
    """A statement that must hold at every coordinate. Its axes and clock follow from what it names."""

    id: str
    formula: Tree
    severity: str
    message: str
    axes: tuple[tuple[str, ...], ...]
    timed: bool
    totals: tuple[bool, ...]
    at: Location = NOWHERE
    over: str = ""  # the record table in whose rows it is made


@dataclass(frozen=True)
class Table:
    """A table of records. `pasted` are its columns on the worksheet, `columns` those that formulas read or work out.

    `columns` stand in an order in which each follows what it is made of; their ids begin with the table's.
    """

    id: str
    label: str
    definition: str
    capacity: int
    pasted: Mapping[str, Column]
    columns: Mapping[str, Metric]

    @property
    def key(self) -> str:
        """The column by which other tables point to a row; "" where there is none."""
        return next((id for id, column in self.pasted.items() if column.type == "key" and column.of is None), "")

    @property
    def date(self) -> str:
        """The column by which rows fall in periods: its first required date; "" where it has none."""
        return next((id for id in self.dates if self.pasted[id].required), "".join(self.dates[:1]))

    @property
    def dates(self) -> tuple[str, ...]:
        """Its columns of dates."""
        return tuple(id for id, column in self.pasted.items() if column.type == "date")


@dataclass(frozen=True)
class Model:
    """Everything the layout needs. `metrics` stand in an order in which each follows what it is made of."""

    framework: Framework
    periods: Periods
    dimensions: Mapping[str, Dimension]
    metrics: Mapping[str, Metric]
    rivals: Mapping[str, tuple[str, ...]]  # metric id: the ids of all its definitions, the one in force first
    checks: tuple[Check, ...]
    pages: tuple[Page, ...]
    north_star: str
    profile: Mapping[str, str]
    tables: Mapping[str, Table] = field(default_factory=dict)
    files: tuple[str, ...] = ()  # of the frameworks it is made of, each after those that it uses
    text: str = field(default="", repr=False)  # the resolved framework as YAML
    fingerprint: str = ""
    tailored: bool = False  # a client file lies over the framework
    notes: tuple[str, ...] = ()  # what is worth knowing about how it came about
    stand_ins: StandIns = field(default_factory=StandIns)  # own members, for sample data

    def members(self, metric: Metric, axis: int) -> tuple[Point, ...]:
        """All member points of one axis, dimension after dimension where it is margins."""
        return tuple(Point(name, member.id) for name in metric.axes[axis] for member in self.dimensions[name].members)

    def member(self, point: Point) -> Member:
        """The member a point stands on; a group has its own id and label."""
        dimension = self.dimensions[point.dimension]
        if point.group:
            return next(Member(id, label) for id, label in dimension.groups if id == point.member)
        if point.member == UNLISTED:
            return Member(UNLISTED, dimension.other)
        return next(member for member in dimension.members if member.id == point.member)

    def point_id(self, axis: Axis, point: Point) -> str:
        """A point's id on an axis; with its dimension where another of the axis' dimensions has the same id."""
        homes = [name for name in axis if point.member == UNLISTED or self.dimensions[name].knows(point.member)]
        return f"{point.dimension}.{point.member}" if len(homes) > 1 else point.member

    def adds(self, id: str, dimension: str) -> bool:
        """Do the values of a metric add up over the members of a dimension?"""
        metric = self.metrics.get(id)
        if metric is None or metric.over_members != "sum":
            return False
        roots = [{*axis, *(self.dimensions[name].root for name in axis)} for axis in metric.axes]
        return all(total for names, total in zip(roots, metric.totals, strict=True) if dimension in names)

    def wheres(self, metric: Metric) -> tuple[Where, ...]:
        """Every coordinate at which the metric has a line: members, groups of members, totals."""
        found: list[Where] = [()]
        for axis in range(len(metric.axes)):
            found = [(*where, point) for where in found for point in self.points(metric, axis)]
        return tuple(found)

    def points(self, metric: Metric, axis: int) -> tuple[Point | None, ...]:
        """Member points of an axis, what is on no list, groups where members add, and Total (None), if any."""
        points: list[Point | None] = list(self.members(metric, axis))
        if metric.others and metric.others[axis]:
            points += [Point(name, UNLISTED) for name in metric.axes[axis]]
        if metric.totals[axis]:
            points += [Point(name, id, True) for name in metric.axes[axis] for id, _ in self.dimensions[name].groups]
            points.append(None)
        return tuple(points)
