"""What became of everything that was typed: kept in its place, under a new name, or beside the workbook."""

from __future__ import annotations

from dataclasses import dataclass, field

from metricbook.layout.plan import Constant
from metricbook.layout.settings import Left
from metricbook.problems import Problem


@dataclass(frozen=True)
class Renamed:
    """A line that has another id now."""

    old: str
    new: str
    label: str


@dataclass(frozen=True)
class Kept:
    """A cell that was filled in differently from what was issued, and is issued differently now; the typed stays."""

    label: str
    typed: Constant
    issued: Constant


@dataclass(frozen=True)
class ReadAs:
    """A text that was read as a number or a date, or could not be."""

    place: str
    label: str
    text: str
    value: Constant = None
    why: str = ""


@dataclass(frozen=True)
class Forward:
    """What begins anew with a later first period: a balance or a carried value, with what it was before."""

    label: str
    old: Constant
    new: Constant
    why: str


@dataclass(frozen=True)
class Report:
    """What carrying over did. Nothing typed is in none of these lists."""

    file: str
    source: str  # growth 1.0.0
    target: str
    carried: int = 0
    records: tuple[tuple[str, int], ...] = ()
    renamed: tuple[Renamed, ...] = ()
    kept: tuple[Kept, ...] = ()
    corrected: tuple[Kept, ...] = ()  # over what a file says
    read: tuple[ReadAs, ...] = ()
    unreadable: tuple[ReadAs, ...] = ()
    forward: tuple[Forward, ...] = ()
    new: tuple[str, ...] = ()
    dropped: tuple[Left, ...] = ()
    findings: tuple[Problem, ...] = field(default=())
