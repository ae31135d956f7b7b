"""What is asked for in a line of Inputs, what the framework prefills there, and what a build is given for it."""

from __future__ import annotations

from typing import Literal

from metricbook.layout.book import Book, Line
from metricbook.layout.fields import WHERE_FROM, Asked
from metricbook.layout.plan import Constant
from metricbook.layout.sections import need_of
from metricbook.model.metric import Metric
from metricbook.model.spread import expand

LONGEST = 255
KINDS: dict[str, Literal["date", "text", "option"]] = {
    "date": "date", "text": "text", "choice": "option", "member": "option",
}  # fmt: skip


def asked_for(book: Book, line: Line) -> Asked:
    """What is asked for in a line, and by which ids it was known before."""
    metric = line.metric
    points = book.points(metric.axes, line.where)
    members = " · ".join(book.model.member(point).label or point.member for point in line.where if point)
    options: tuple[tuple[str, str], ...] = ()
    words = ""
    if metric.unit == "choice" and metric.input is not None:
        options, words = tuple((metric.input.options or {}).items()), f"options.{metric.id}"
    if metric.unit == "member" and metric.input is not None:
        dimension = book.model.dimensions[metric.input.of or ""]
        options, words = tuple((each.id, each.label) for each in dimension.members), f"list.{dimension.root}"
    return Asked(
        "inputs",
        f"{metric.id}{points}",
        f"{metric.label}, {members}" if members else metric.label,
        KINDS.get(metric.unit, "number"),
        options,
        words,
        tuple(f"{alias}{points}" for alias in metric.aliases),
        metric.input is not None and metric.input.required and need_of(line) != "optional",
    )


def _wanted(book: Book, metric: Metric) -> list[int | None]:
    return list(range(book.frame.count)) if metric.timed else [None]


def issued_for(book: Book, line: Line) -> tuple[Constant, ...]:
    """What the framework prefills."""
    metric = line.metric
    initial = metric.input.initial if metric.input is not None else _phases(book, metric)
    numbers = _wanted(book, metric)
    return tuple(_as_words(book, metric, expand(initial, line.where, number)) for number in numbers)


def given_for(book: Book, line: Line) -> tuple[Constant, ...]:
    """The data that is given to the build."""
    metric, typed = line.metric, book.settings.inputs
    numbers = _wanted(book, metric)
    return tuple(_as_words(book, metric, typed.get((metric.id, line.where, number))) for number in numbers)


def origins_of(book: Book, line: Line) -> tuple[str, ...]:
    """The file that each cell is filled in from; "" where it is not."""
    metric, loaded = line.metric, book.settings.loaded
    return tuple(loaded.get((metric.id, line.where, number), "") for number in _wanted(book, metric))


def where_from(book: Book, asked: Asked, keys: tuple[str, ...], origins: tuple[str, ...]) -> str | None:
    """The files of a line; before what was said of numbers of an earlier workbook that still stand in it."""
    files = "; ".join(dict.fromkeys(filter(None, origins)))
    typed = book.settings.typed
    others = (key for key, origin in zip(keys, origins, strict=True) if not origin)
    kept = any(typed.get((asked.block, asked.row, key)) is not None for key in others)
    earlier = str(typed.get((asked.block, asked.row, WHERE_FROM)) or "") if kept else ""
    if files and earlier and earlier not in files:
        files = f"{files}; {earlier}"
    return files[:LONGEST] or None


def _phases(book: Book, metric: Metric) -> list[float | str | bool | None] | None:
    target = book.model.metrics[metric.target_of].target
    return list(target.value) if target and isinstance(target.value, list) else None


def _as_words(book: Book, metric: Metric, value: Constant) -> Constant:
    """A choice stands in the cell by its words; the data names it by its id."""
    if metric.unit == "choice" and metric.input is not None:
        return (metric.input.options or {}).get(str(value), value) if value is not None else None
    if metric.unit == "member" and metric.input is not None and value is not None:
        members = book.model.dimensions[metric.input.of or ""].members
        return next((member.label for member in members if member.id == value), value)
    return value
