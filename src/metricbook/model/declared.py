"""Dimensions and periods as the framework declares them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from metricbook.model.dimensions import OTHER, Dimension, Member, Periods, is_key
from metricbook.model.faults import Faults
from metricbook.model.kept import hidden_dimensions
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.ids import slug
from metricbook.source.schema import Dimension as Declared
from metricbook.source.schema import Member as DeclaredMember

FIRST = {"month": "2026-01", "quarter": "2026-Q1", "week": "2026-W01", "year": "2026"}
QUARTER_STARTS = (1, 4, 7, 10)
TIME_KEYS = ("grain", "count", "first", "fiscal_year_start", "covered")
MEMBER_KEYS = ("members", "groups", "of")


def periods_of(faults: Faults) -> Periods:
    """The time axis of a framework; a framework without one has a single year that nothing shows."""
    declared = faults.flat.framework.dimensions.get("period")
    if declared is None:
        return Periods("year", 1, FIRST["year"])
    grain = declared.grain or "month"
    first = declared.first or FIRST[grain]
    fiscal_start = declared.fiscal_year_start or 1
    if not is_key(first, grain):
        sentence = f"{first} is not a {grain}."
        faults.add("bad-period", ("dimensions", "period", "first"), sentence, f"Write it like {FIRST[grain]}.")
        first = FIRST[grain]
    if grain == "quarter" and fiscal_start not in QUARTER_STARTS:
        sentence = f"A fiscal year that begins in month {fiscal_start} cuts through the quarters."
        hint = "With quarters it begins in month 1, 4, 7 or 10; else let the periods be months."
        faults.add("bad-period", ("dimensions", "period", "fiscal_year_start"), sentence, hint)
    for key in MEMBER_KEYS:
        if getattr(declared, key) is not None:
            sentence = "The members of `period` follow from grain, count and first."
            faults.add("second-time", ("dimensions", "period", key), sentence, f"Leave out `{key}`.")
    return Periods(grain, declared.count or 12, first, fiscal_start, _covered(faults, declared))


def _covered(faults: Faults, declared: Declared) -> str:
    """The input that says how much of a period is covered; "" where there is none."""
    metric = faults.flat.framework.metrics.get(declared.covered or "")
    if declared.covered and (metric is None or metric.input is None or metric.unit != "months"):
        sentence = f"{declared.covered} is no input in months."
        near = "" if metric else did_you_mean(declared.covered, faults.flat.framework.metrics)
        hint = near or "Declare one with `unit: months`."
        faults.add("no-coverage", ("dimensions", "period", "covered"), sentence, hint)
    return declared.covered or ""


def dimensions_of(faults: Faults) -> dict[str, Dimension]:
    """Every dimension beside time that is not hidden."""
    hidden = hidden_dimensions(faults.flat.framework)
    every = faults.flat.framework.dimensions
    declared = {id: each for id, each in every.items() if id != "period" and id not in hidden}
    periods = periods_of(faults)
    whole = {id: _whole(faults, periods, id, each) for id, each in declared.items() if each.of is None}
    found = dict(whole)
    for id, each in declared.items():
        for key in TIME_KEYS:
            if getattr(each, key) is not None:
                sentence = f"{id} has a {key}; only `period` is a dimension of time."
                faults.add("second-time", ("dimensions", id, key), sentence, "Name it period.")
        if each.of is not None:
            found[id] = _part(faults, id, each, whole)
        elif not found[id].members:
            faults.add("no-members", ("dimensions", id), f"The dimension {id} has no members.", "Add `members:`.")
        _check_ids(faults, id, each)
    return {id: found[id] for id in declared}


def _whole(faults: Faults, periods: Periods, id: str, declared: Declared) -> Dimension:
    path: Steps = ("dimensions", id)
    members = _members(faults, periods, (*path, "members"), _labelled(declared.members))
    groups = declared.groups or {}
    for group, part in groups.items():
        members += _members(faults, periods, (*path, "groups", group, "members"), part.members, group)
    members += [Member(f"spare_{number}", "") for number in range(1, declared.spare + 1)]
    labels = tuple((group, part.label) for group, part in groups.items())
    other = declared.other or OTHER
    return Dimension(id, declared.label or _heading(id), tuple(members), labels, _total(declared), other=other)


def _members(
    faults: Faults, periods: Periods, path: Steps, said: Mapping[str, str | DeclaredMember], group: str = ""
) -> list[Member]:
    found = []
    for id, each in said.items():
        if isinstance(each, str):
            found.append(Member(id, each, group))
            continue
        closed = None
        if each.closed_after is not None:
            if is_key(each.closed_after, periods.grain):
                closed = replace(periods, first=each.closed_after).start(1) - dt.timedelta(days=1)
            else:
                hint = f"Write it like {FIRST[periods.grain]}."
                sentence = f"{each.closed_after} is not a {periods.grain}."
                faults.add("bad-period", (*path, id, "closed_after"), sentence, hint)
        found.append(Member(id, each.label, group, tuple(each.exports), closed))
    return found


def _part(faults: Faults, id: str, declared: Declared, whole: Mapping[str, Dimension]) -> Dimension:
    parent = whole.get(declared.of or "")
    if parent is None:
        hint = did_you_mean(declared.of or "", whole) or "A part is taken of a dimension with members of its own."
        sentence = f"{id} is a part of {declared.of}, which is no dimension."
        faults.add("unknown-dimension", ("dimensions", id, "of"), sentence, hint)
        return Dimension(id, _heading(id), ())
    if declared.groups or declared.spare:
        sentence = f"{id} is a part of {parent.id}; groups and spare members belong there."
        faults.add("part-of", ("dimensions", id), sentence, f"Declare them in {parent.id}.")
    known = {member.id: member for member in parent.members if member.label}
    wanted = [str(each) for each in declared.members or ()]
    if not wanted:
        faults.add("no-members", ("dimensions", id), f"The part {id} has no members.", "Add `members: [id, id]`.")
    for each in wanted:
        if each not in known:
            hint = did_you_mean(each, known) or f"There is {', '.join(known)}."
            sentence = f"{each} is not a member of {parent.id}."
            faults.add("unknown-member", ("dimensions", id, "members"), sentence, hint)
    members = tuple(replace(known[each], group="") for each in wanted if each in known)
    return Dimension(id, declared.label or parent.label, members, (), _total(declared), parent.id)


def _check_ids(faults: Faults, id: str, declared: Declared) -> None:
    """Ids of members and groups are looked up in brackets, so each stands for one thing."""
    seen = {f"spare_{number}" for number in range(1, declared.spare + 1)}
    for name, path in _ids(id, declared):
        if not name:
            sentence = f"A label of {id} gives no id."
            faults.add("member-id", path, sentence, "Give it one: {north: Север}.")
        elif name in seen:
            hint = "Give one of them another id: {other: Label}."
            faults.add("member-id", path, f"{name} stands for two things in {id}.", hint)
        seen.add(name)


def _ids(id: str, declared: Declared) -> Iterator[tuple[str, Steps]]:
    path: Steps = ("dimensions", id)
    if isinstance(declared.members, list):
        plain = [str(each) if declared.of else slug(each) for each in declared.members]
        yield from ((name, (*path, "members", number)) for number, name in enumerate(plain))
    else:
        yield from ((name, (*path, "members", name)) for name in declared.members or ())
    for group, part in (declared.groups or {}).items():
        yield group, (*path, "groups", group)
        yield from ((name, (*path, "groups", group, "members", name)) for name in part.members)


def _heading(id: str) -> str:
    return id.replace("_", " ").capitalize()


def _total(declared: Declared) -> str:
    if isinstance(declared.total, str):
        return declared.total
    return "Total" if declared.total else ""


def _labelled(members: dict[str, str | DeclaredMember] | list[str] | None) -> Mapping[str, str | DeclaredMember]:
    return {slug(label): label for label in members} if isinstance(members, list) else members or {}
