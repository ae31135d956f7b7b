"""The scenarios of a framework: every case under which its workbook must be right, listed without working any out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from random import Random

import pytest

from metricbook.model.dimensions import Grain
from metricbook.model.model import Model
from proof.scenarios import (
    COMPARISONS,
    VIEWS,
    Inputs,
    Key,
    Scenario,
    Typed,
    frameworks,
    generated,
    over,
    read_as,
    relabelled,
    sample,
    serial,
    until,
    wheres,
    without,
)

# thousands of lines: of these fewer scenarios, chosen to differ most
LARGE = ("roi", "funnel", "attribution", "gtm", "plan", "plan one-off")
# made of others, whose formulas are proven there: one scenario is enough
MADE_OF_OTHERS = ("trends", "essentials", "cmo")

# together they use everything; the other profiles run a part
MANY = ("growth", "advocacy", "cm detail", "mechanisms")
THROUGHOUT = ("growth", "mechanisms")
EVERY = 4  # of the many views, one in so many is recalculated; the references prove the others


def cases() -> Iterator[Scenario]:
    """Scenarios of every framework, to be compared with reference functions."""
    for name in frameworks():
        every = scenarios(name)
        part = every[7:8] if name in MADE_OF_OTHERS else every[1 : 3 if name in LARGE else 4]
        yield from every if name in (*MANY, "growth one-off") else part
        if name in MANY:
            yield from members(name)[:: 1 if name in THROUGHOUT else 3]
        if name in THROUGHOUT:
            yield from views(name)[:: 1 if name == "mechanisms" else 3]


def recalculated() -> Iterator[Scenario]:
    """Those of them that another engine recalculates: all where every mechanism is, some of the others."""
    for name in frameworks():
        every = scenarios(name)
        if name in THROUGHOUT:
            yield from every
            yield from (*members(name), *views(name))[::EVERY]
        elif name not in MADE_OF_OTHERS:
            yield from every[2:3]


def marked(scenarios: Iterable[Scenario]) -> list[object]:
    """Scenarios as parameters; tests of the same one run together, so that its workbook is calculated once."""
    return [pytest.param(each, id=each.name, marks=pytest.mark.xdist_group(each.name)) for each in scenarios]


def together(names: Iterable[str], what: str) -> list[object]:
    """Names as parameters; tests of the same one run on one worker, which makes what they share once."""
    return [pytest.param(name, id=name, marks=pytest.mark.xdist_group(f"{what} of {name}")) for name in names]


@cache
def scenarios(name: str) -> tuple[Scenario, ...]:
    """Every scenario of one framework."""
    return tuple(_scenarios(name, frameworks()[name]))


@cache
def views(name: str) -> tuple[Scenario, ...]:
    """Every view and comparison at every grain, with different fiscal years, lengths and reporting periods."""
    return tuple(_views(name, frameworks()[name]))


@cache
def members(name: str) -> tuple[Scenario, ...]:
    """Spare members named, members closed and members without a name."""
    return tuple(_members(name, frameworks()[name]))


def _scenarios(name: str, model: Model) -> Iterator[Scenario]:
    half = model.periods.count // 2
    short = over(model, model.periods.grain, 1)

    @cache
    def full() -> Inputs:
        return generated(model, 1)

    def scenario(title: str, inputs: Callable[[], Inputs], model: Model = model) -> Scenario:
        return Scenario(f"{name}: {title}", model, inputs)

    def unused(line: str) -> Scenario:
        return scenario(f"{line} unused", lambda: _without_line(full(), line))

    yield scenario("empty", dict)
    yield scenario("sample", lambda: sample(model))
    yield scenario("generated", full)
    yield scenario("many zeros", lambda: generated(model, 2, zeros=0.4))
    yield scenario(
        "all zeros", lambda: {key: 0.0 if isinstance(each, float) else each for key, each in full().items()}
    )
    yield scenario("future blank", lambda: until(full(), half))
    yield scenario("a hole in the middle", lambda: without(full(), lambda key: key[2] == half - 1))
    yield scenario("one cell in nine blank", lambda: _thinned(full(), 9))
    yield scenario("one cell in two blank", lambda: _thinned(full(), 2))
    yield scenario("one member missing", lambda: _one_member_missing(model, full()))
    optional = [each.id for each in model.metrics.values() if each.input and each.input.blank != "missing"]
    yield from map(unused, optional[:3])
    yield scenario(
        "text in numbers",
        lambda: {key: "1,200 " if number % 7 == 3 else value for number, (key, value) in enumerate(full().items())},
    )
    yield scenario("one period", lambda: generated(short, 3), short)


def _views(name: str, model: Model) -> Iterator[Scenario]:
    lengths: tuple[tuple[Grain, int, int, str], ...] = (
        ("month", 24, 10, ""), ("month", 13, 4, "2025-02"), ("quarter", 13, 4, "2025-Q3"),
        ("week", 60, 10, "2024-W49"), ("year", 3, 4, ""),
    )  # fmt: skip
    for grain, count, fiscal, first in lengths:
        if grain == "year" and name == "mechanisms":
            continue  # it looks at quarters, which years do not have
        other = over(model, grain, count, fiscal, first)
        picks = (None, count // 4, count // 2, count - 2)
        pairs = [(view, compare) for view in VIEWS[grain] for compare in COMPARISONS]
        for number, (view, compare) in enumerate(pairs[:: 6 if count > 50 else 1]):
            pick = picks[number % len(picks)]
            title = f"{count} {grain}s, fiscal {fiscal}, {view} against {compare}, period {pick}"
            yield Scenario(f"{name}: {title}", other, partial(_picked, other, pick, view, compare))
    for grain, count, fiscal, first in (
        ("month", 3, 1, "2025-11"),
        ("week", 14, 1, "2025-W50"),
        ("quarter", 2, 12, ""),
    ):
        other = over(model, grain, count, fiscal, first)
        title = f"{count} {grain}s, fiscal {fiscal}, year to date"
        yield Scenario(f"{name}: {title}", other, partial(_to_date, other))
    odd = partial(_with_odd_words, model)
    yield Scenario(f"{name}: unknown words in the selectors", model, odd)


def _picked(model: Model, pick: int | None, view: str, compare: str) -> Inputs:
    count = model.periods.count
    day = None if pick is None else serial(model.periods, pick)
    return read_as(until(generated(model, count), count - 2), day, view, compare)


def _to_date(model: Model) -> Inputs:
    return read_as(generated(model, model.periods.count), None, "Year to date", "Previous")


def _with_odd_words(model: Model) -> Inputs:
    return read_as(generated(model, 9), 12_345.0, "Fortnight", "Never")


def _members(name: str, model: Model) -> Iterator[Scenario]:
    used = {model.dimensions[name].root for each in model.metrics.values() for axis in each.axes for name in axis}
    for id, dimension in model.dimensions.items():
        spares = [each.id for each in dimension.members if each.id.startswith("spare_")]
        first = dimension.members[0].id
        if dimension.of or id not in used:
            continue
        group = dimension.groups[0][0] if dimension.groups else ""
        titled: dict[str, Mapping[str, tuple[str, str]]] = {}
        if spares:
            titled |= {f"a spare {id} named": {spares[0]: ("Podcasts", group)}}
            titled |= {f"a spare {id} of no group": {spares[0]: ("Podcasts", "")}}
        titled |= {f"a {id} without a name": {first: ("", dimension.members[0].group)}}
        titled |= {f"no {id} has a name": {each.id: ("", each.group) for each in dimension.members}}
        for seed, (title, labels) in enumerate(titled.items(), 25 - len(titled)):
            named = relabelled(model, id, labels)
            yield Scenario(f"{name}: {title}", named, partial(generated, named, seed))
        if spares:
            named = relabelled(model, id, {spares[0]: ("Podcasts", group)})
            yield Scenario(f"{name}: a spare {id} begun late", named, partial(_begun_late, named, spares[0]))
        closed = {(id, first): serial(model.periods, model.periods.count // 2) + 10}
        yield Scenario(f"{name}: a {id} closed", model, partial(_closed, model, first), closed)


def _closed(model: Model, member: str) -> Inputs:
    half = model.periods.count // 2
    full = until(generated(model, 25), half + 2)
    open = until(full, half)
    return {**full, **{key: None for key in full if key not in open and _is_at(key, member)}}


def _begun_late(model: Model, member: str) -> Inputs:
    """Nothing is typed for the member until the middle, and what has one value never is."""
    half = model.periods.count // 2
    return without(generated(model, 26), lambda key: _is_at(key, member) and (key[2] is None or key[2] < half))


def _without_line(inputs: Inputs, id: str) -> dict[Key, Typed]:
    return without(inputs, lambda key: key[0] == id)


def _is_at(key: Key, member: str) -> bool:
    return any(point is not None and point.member == member for point in key[1])


def _thinned(inputs: Inputs, share: int) -> dict[Key, Typed]:
    random = Random(share)
    return {key: value for key, value in inputs.items() if random.randrange(share)}


def _one_member_missing(model: Model, inputs: Inputs) -> dict[Key, Typed]:
    lost = {(metric.id, where) for metric in model.metrics.values() if metric.is_input and metric.axes
            for where in list(wheres(model, metric))[1:2]}  # fmt: skip
    return without(inputs, lambda key: key[:2] in lost)
