"""What an export has no rows for: periods, members, and members in some periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from metricbook.model.data import Key
from metricbook.model.exports import Proven, Spelt
from metricbook.model.metric import Where
from metricbook.model.model import Model
from metricbook.source.span_text import Span

MOST_NAMED = 8


def missing(model: Model, proven: Proven, keys: Collection[Key], spans: Collection[Span]) -> Iterator[str]:
    """In words. Periods before the first row of the file and after its last are none that it could have rows for."""
    found = sorted({period for _, _, period in keys if period is not None})
    if found and proven.export.dated:
        names = model.periods.keys()
        without = [number for number in range(found[0], found[-1]) if number not in found]
        if without:
            yield f"no rows in {_ranges(names, without)}"
        last = max(span.last for span in spans)
        if last.toordinal() + 1 < model.periods.start(found[-1] + 1).toordinal():
            yield f"{names[found[-1]]} goes only up to {last.isoformat()}"
    yield from _members(model, proven, keys)
    yield from _gaps(model, proven, keys, found)


def _members(model: Model, proven: Proven, keys: Collection[Key]) -> Iterator[str]:
    """Members with no row at all."""
    points = {point for _, where, _ in keys for point in where if point is not None}
    seen = {(point.dimension, point.member) for point in points}
    said = [place for into in proven.into for axis in into.axes for place in axis if isinstance(place, Spelt)]
    for dimension in dict.fromkeys(place.dimension for place in said):
        members = [each for each in model.dimensions[dimension].members if each.label]
        without = [each.label for each in members if (dimension, each.id) not in seen]
        if without and keys:
            yield f"no rows for {_listed(without)}"


def _gaps(model: Model, proven: Proven, keys: Collection[Key], found: Sequence[int]) -> Iterator[str]:
    """Members with rows in some of the periods only."""
    if proven.export.missing == 0:
        return
    periods: dict[tuple[str, Where], set[int]] = defaultdict(set)
    for id, where, period in keys:
        if period is not None:
            periods[id, where].add(period)
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (id, where), there in periods.items():
        without = [number for number in found if number not in there]
        if without:
            label = ", ".join(model.member(point).label for point in where if point is not None)
            said[label, _ranges(model.periods.keys(), without)].append(id)
    ids = {id for id, _ in periods}
    gaps = []
    for (label, when), of in said.items():
        what = [] if set(of) == ids else [model.metrics[id].label for id in of]
        gaps.append(f"{' and '.join(what) or 'rows'}{f' for {label}' if label else ''} in {when}")
    if gaps:
        yield f"no {_listed(gaps)}"


def _ranges(names: Sequence[str], numbers: Sequence[int]) -> str:
    """Periods, those in a row as a range: 2026-02, 2026-05 to 2026-12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(names[run[0]] + (f" to {names[run[-1]]}" if len(run) > 1 else "") for run in runs)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
