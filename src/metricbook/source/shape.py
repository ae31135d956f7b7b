"""Shapes that the schema cannot say: exactly one kind per block, percents that are percents, quoted versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from metricbook.problems import Problem
from metricbook.source.document import Data, Document, Steps, value_at
from metricbook.source.faults import thing
from metricbook.source.pages import Block, Choice, Page
from metricbook.source.part import Part

BLOCKS = ("headline", "scorecard", "table", "chart", "reference", "worst", "actions", "explain", "heading")
AMOUNTS = ("input", "target", "benchmark", "bands", "variants")

_NAMES: dict[type[Part], str] = {Page: "a page", Block: "a block", Choice: "an item"}
_TOO_MUCH = 2
_TOO_WIDE = 10


def block_faults(document: Document) -> Iterator[Problem]:
    """Find blocks without a kind or with two, list items likewise, and pages that are both new and borrowed."""
    for page in _items(document.data, ("sheets",)):
        # `from` with `sheet` takes one page of a used framework, `from` alone all of them
        borrowed = value_at(document.data, (*page, "from")) is not None
        yield from _exactly_one(document, page, ("from", "blocks") if borrowed else ("sheet", "from"), Page)
        for block in _items(document.data, (*page, "blocks")):
            yield from _exactly_one(document, block, BLOCKS, Block)
            for path, part in leaves(document.data, block, down_to=dict):
                if isinstance(part, dict) and "when" in part and path != block:
                    yield from _exactly_one(document, path, ("metric", "heading"), Choice)


def _exactly_one(document: Document, path: Steps, choices: tuple[str, ...], kind: type[Part]) -> Iterator[Problem]:
    part = value_at(document.data, path)
    if not isinstance(part, dict):
        return
    there = [key for key in choices if part.get(key) is not None]
    listed = f"{', '.join(choices[:-1])} or {choices[-1]}"
    what = _NAMES[kind]
    # a key that is not known is reported anyway, and is probably the kind, misspelt
    if not there and set(part) <= {field.alias or name for name, field in kind.model_fields.items()}:
        sentence = f"{thing(document, path)}: {what} needs one of {listed}."
        yield Problem("no-kind", sentence, "", document.locate(path))
    if len(there) > 1:
        sentence = f'{thing(document, path)}: {what} has both "{there[0]}" and "{there[1]}".'
        yield Problem("two-kinds", sentence, f"It needs exactly one of {listed}.", document.key((*path, there[1])))


def percent_faults(document: Document) -> Iterator[Problem]:
    """Find 22 where 22% is meant, and 22% where the unit has no percents."""
    for kind, keys in (("metrics", AMOUNTS), ("constants", ("value",))):
        for name, part in _pairs(document.data, (kind,)):
            unit = part.get("unit") if isinstance(part, dict) else None
            if isinstance(unit, str):
                yield from amount_faults(document, (kind, name), keys, unit)


def amount_faults(document: Document, base: Steps, keys: Iterable[str], unit: str) -> Iterator[Problem]:
    """Find amounts under these keys of a part that do not fit its unit."""
    in_percent = unit.split("/")[0] in ("percent", "points")
    widest = _number(value_at(document.data, (*base, "input", "max")))
    for path in (path for key in keys for path, _ in leaves(document.data, (*base, key))):
        value = value_at(document.data, path)
        bound = path[-1] in ("min", "max")
        number = _number(value)
        if in_percent and number is not None and _too_much(number, bound, widest):
            yield _bare(document, path, number)
        if isinstance(value, str) and _is_percent(value) and not in_percent and unit != "ratio":
            sentence = f'{thing(document, path)}: "{value}" is a percent, but the unit is {unit}.'
            yield Problem("percent-elsewhere", sentence, "Write the number without %.", document.locate(path))


def _too_much(number: float, bound: bool, widest: float | None) -> bool:
    """Judge a number without %: from 2 on it is taken for a slip, unless the input's own `max` allows it."""
    if bound:
        return abs(number) >= _TOO_WIDE
    return abs(number) >= _TOO_MUCH and (widest is None or abs(number) > widest)


def _bare(document: Document, path: Steps, number: float) -> Problem:
    sentence = f"{thing(document, path)}: {number:g} is {number * 100:,.6g} %."
    hint = f"Write {number:g}% or {number / 100:g}; if so much is meant, write {number * 100:g}%."
    return Problem("bare-percent", sentence, hint, document.locate(path))


def leaves(data: Data, path: Steps, down_to: type | None = None) -> Iterator[tuple[Steps, Data]]:
    """Give every single value below a path with its own path; with `down_to=dict` every mapping instead."""
    value = value_at(data, path)
    if down_to is not None and isinstance(value, down_to):
        yield path, value
    match value:
        case dict():
            for key in value:
                yield from leaves(data, (*path, key), down_to)
        case list():
            for number in range(len(value)):
                yield from leaves(data, (*path, number), down_to)
        case _ if down_to is None and value is not None:
            yield path, value


def _number(value: Data) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_percent(text: str) -> bool:
    return text.endswith("%") and text[:-1].strip().lstrip("-+").replace(".", "", 1).isdigit()


def _items(data: Data, path: Steps) -> list[Steps]:
    part = value_at(data, path)
    return [(*path, number) for number in range(len(part))] if isinstance(part, list) else []


def _pairs(data: Data, path: Steps) -> list[tuple[str, Data]]:
    part = value_at(data, path)
    return list(part.items()) if isinstance(part, dict) else []
