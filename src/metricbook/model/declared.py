"""Dimensions and periods as the framework declares them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from metricbook.model.dimensions import Dimension, Member, Periods, is_key
from metricbook.model.overlay import Flat
from metricbook.problems import Problem, did_you_mean
from metricbook.source.schema import Dimension as Declared

FIRST = {"month": "2026-01", "quarter": "2026-Q1", "week": "2026-W01", "year": "2026"}


def periods_of(flat: Flat, problems: list[Problem]) -> Periods:
    """The time axis of a framework; a framework without one has a single year that nothing shows."""
    declared = flat.framework.dimensions.get("period")
    if declared is None:
        return Periods("year", 1, FIRST["year"])
    grain = declared.grain or "month"
    first = declared.first or FIRST[grain]
    if not is_key(first, grain):
        at = flat.at("dimensions", "period", "first")
        problems.append(Problem("bad-period", f"{first} is not a {grain}.", f"Write it like {FIRST[grain]}.", at))
        first = FIRST[grain]
    return Periods(grain, declared.count or 12, first, declared.fiscal_year_start or 1)


def dimensions_of(flat: Flat, problems: list[Problem]) -> dict[str, Dimension]:
    """Every dimension beside time, parts of others after those they are part of."""
    declared = {
        id: each
        for id, each in flat.framework.dimensions.items()
        if id != "period" and id not in flat.framework.hide
    }
    whole = {id: _whole(id, each) for id, each in declared.items() if each.of is None}
    found = dict(whole)
    for id, each in declared.items():
        at = flat.at("dimensions", id)
        if each.grain is not None or each.count is not None:
            sentence = f"{id} has a grain; only `period` is a time dimension."
            problems.append(Problem("second-time", sentence, "Name it period.", at))
        if each.of is not None:
            found[id] = _part(flat, id, each, whole, problems)
        elif not found[id].members:
            problems.append(Problem("no-members", f"The dimension {id} has no members.", "Add `members:`.", at))
    return {id: found[id] for id in declared}


def _whole(id: str, declared: Declared) -> Dimension:
    members = [Member(each, label) for each, label in _labelled(declared.members).items()]
    groups = declared.groups or {}
    for group, part in groups.items():
        members += [Member(each, label, group) for each, label in part.members.items()]
    members += [Member(f"spare_{number}", "") for number in range(1, declared.spare + 1)]
    return Dimension(
        id,
        declared.label or id.replace("_", " ").capitalize(),
        tuple(members),
        tuple((group, part.label) for group, part in groups.items()),
        _total(declared),
    )


def _part(
    flat: Flat, id: str, declared: Declared, whole: Mapping[str, Dimension], problems: list[Problem]
) -> Dimension:
    parent = whole.get(declared.of or "")
    at = flat.at("dimensions", id, "of")
    if parent is None:
        hint = did_you_mean(declared.of or "", whole)
        problems.append(Problem("unknown-dimension", f"{id} is a part of {declared.of}, which is no dimension.", hint, at))
        return Dimension(id, id, ())
    wanted = declared.members if isinstance(declared.members, list) else list(declared.members or {})
    labels = {member.id: member for member in parent.members}
    for each in wanted:
        if each not in labels:
            hint = did_you_mean(str(each), labels)
            spot = flat.at("dimensions", id, "members")
            problems.append(Problem("unknown-member", f"{each} is not a member of {parent.id}.", hint, spot))
    members = tuple(labels[str(each)] for each in wanted if each in labels)
    label = declared.label or parent.label
    return Dimension(id, label, tuple(Member(m.id, m.label) for m in members), (), _total(declared), parent.id)


def _total(declared: Declared) -> str:
    if isinstance(declared.total, str):
        return declared.total
    return "Total" if declared.total else ""


def _labelled(members: dict[str, str] | list[str] | None) -> dict[str, str]:
    if isinstance(members, list):
        return {slug(label): label for label in members}
    return members or {}


def slug(label: str) -> str:
    """A label as an id.

    >>> slug("Paid search (US)")
    'paid_search_us'
    """
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_") or "member"
