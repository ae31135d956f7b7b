"""Which input stands in which section of Inputs, and in what order."""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.layout.book import Line
from metricbook.model.metric import Metric, Where
from metricbook.model.model import Model
from metricbook.source.schema import Need

ESSENTIAL, MORE, WORDS, CHOICES, PHASED = "essential", "more", "words", "choices", "phased"


@dataclass(frozen=True)
class Section:
    """A part of Inputs: its id, title, lines, and whether it begins switched on."""

    id: str
    title: str
    lines: tuple[Line, ...]
    used: bool = True


def sections(model: Model) -> tuple[Section, ...]:
    """The sections that hold at least one input: essential numbers first, choices and phased targets last."""
    declared = {id: section.title for id, section in model.framework.sections.items()}
    order = {ESSENTIAL: "", **declared, MORE: "More numbers", WORDS: "In words", CHOICES: "Choices and constants",
             PHASED: "Targets by period"}  # fmt: skip
    lines: dict[str, list[Line]] = {id: [] for id in order}
    for metric in model.metrics.values():
        if metric.is_input or is_phased(model, metric):
            for where in input_wheres(model, metric):
                lines[section_of(model, metric, where)].append(Line(metric, where))
    found = []
    for id, title in order.items():
        if lines[id]:
            words = _start_here(lines[id]) if id == ESSENTIAL else title
            used = model.framework.sections[id].used if id in model.framework.sections else True
            found.append(Section(id, words, tuple(lines[id]), used))
    return tuple(found)


def _start_here(lines: list[Line]) -> str:
    """How many numbers one period takes; of numbers by member how many kinds."""
    count = len({line.metric.id for line in lines})
    what = "kinds of numbers" if len(lines) > count else "numbers" if count != 1 else "number"
    return f"Start here: {count} {what}"


def section_of(model: Model, metric: Metric, where: Where) -> str:
    """The section an input is typed in. A margin with a section of its own stands there, and is never essential."""
    if metric.target_of:
        return PHASED
    if metric.unit == "text":
        return WORDS
    if metric.section == "constants" or metric.unit in ("choice", "member"):
        return CHOICES
    if own := _margin_section(metric, where):
        return own
    if metric.input is not None and metric.input.need == "essential":
        return ESSENTIAL
    return metric.section if metric.section in model.framework.sections else MORE


def need_of(line: Line) -> Need:
    """How much the workbook loses without this line; what stands in a margin's own section is an addition."""
    given = line.metric.input
    if given is None:
        return "optional"
    return "useful" if given.need == "essential" and _margin_section(line.metric, line.where) else given.need


def _margin_section(metric: Metric, where: Where) -> str:
    found = (metric.margin_sections.get(point.dimension, "") for point in where if point is not None)
    return next(filter(None, found), "")


def margin_of(section: Section) -> str:
    """The dimension by which every line divides again what is typed elsewhere too; empty where one does not."""
    found = {again_by(line) for line in section.lines}
    return found.pop() if len(found) == 1 else ""


def again_by(line: Line) -> str:
    """The dimension by which a line divides again what another section asks for; empty where it moves the total."""
    firsts = {axis[0] for axis in line.metric.axes}
    of = [point.dimension for point in line.where if point is not None and point.dimension not in firsts]
    return of[0] if of and line.metric.margin_sections.get(of[0]) else ""


def is_phased(model: Model, metric: Metric) -> bool:
    """Is it a target that is given period by period?"""
    parent = model.metrics.get(metric.target_of)
    return bool(parent and parent.target and isinstance(parent.target.value, list) and metric.id.endswith(".target"))


def input_wheres(model: Model, metric: Metric) -> tuple[Where, ...]:
    """Where an input is typed: at every member, never at a total or group."""
    return tuple(
        where for where in model.wheres(metric) if all(point is not None and not point.group for point in where)
    )


def counts_as_filled(metric: Metric) -> bool:
    """Does a number here show that its period has begun? Prefilled and carried lines say nothing about it."""
    return counts_at_all(metric) and metric.timed and metric.input is not None and metric.input.blank == "missing"


def counts_at_all(metric: Metric) -> bool:
    """Does a number here show that somebody has begun to type? A prefilled one does not, nor does a choice."""
    return metric.is_input and not is_prefilled(metric) and metric.unit not in ("text", "choice", "member")


def is_prefilled(metric: Metric) -> bool:
    """Do numbers of an input stand there before anybody typed one?"""
    return metric.input is not None and metric.input.initial is not None
