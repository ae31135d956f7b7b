"""A client's own members of dimensions: they keep the ids that the framework knows them by."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from metricbook.model.units import sums
from metricbook.source.ids import slug
from metricbook.source.part import Scalar
from metricbook.source.schema import Dimension, Input, Member, Metric

Given = Scalar | list[Scalar]
"""One value for all periods, or a list of them."""


def label_of(member: str | Member) -> str:
    """A member's label, however it was said."""
    return member if isinstance(member, str) else member.label


def members_of(dimension: Dimension) -> dict[str, str | Member]:
    """All the members of a dimension by id, those of its groups too."""
    given = dimension.members or {}
    found: dict[str, str | Member] = {}
    found |= {slug(label): label for label in given} if isinstance(given, list) else given
    for group in (dimension.groups or {}).values():
        found |= group.members
    return found


def with_known_ids(base: Dimension | None, own: Dimension) -> Dimension:
    """A list of members as ids with labels: one that the framework has keeps its id and its group."""
    if base is None or not isinstance(own.members, list) or own.of or base.of:
        return own
    there = members_of(base)
    by_label = {label_of(member).strip().casefold(): id for id, member in there.items()}
    members: dict[str, str | Member] = {}
    for said in own.members:
        if said in there:
            members[said] = there[said]
        else:
            members[by_label.get(said.strip().casefold(), slug(said))] = said
    if len(members) < len(own.members):  # one of them stands there twice, which is said elsewhere
        return own
    return own.model_copy(update={"members": members} if own.groups else _grouped(base, members))


def _grouped(base: Dimension, members: Mapping[str, str | Member]) -> dict[str, object]:
    """Members in the groups in which the framework has them; the others stand by themselves."""
    groups = {}
    for id, group in (base.groups or {}).items():
        kept = {name: member for name, member in members.items() if name in group.members}
        if kept:
            groups[id] = group.model_copy(update={"members": kept})
    inside = {name for group in groups.values() for name in group.members}
    return {
        "members": {name: member for name, member in members.items() if name not in inside},
        "groups": groups or None,
    }


def without_members(
    metrics: Mapping[str, Metric],
    base: Mapping[str, Dimension],
    laid: Mapping[str, Dimension],
    pairs: Mapping[str, Mapping[str, str]],
) -> dict[str, Metric]:
    """The metrics without first values of members that a client file has left out.

    What stands in for one of them, by dimension in `pairs`, takes over its sample data. Where a member has that of
    several, amounts are added; a rate or an average stays that of the first.
    """
    lost = {id: members_of(each).keys() - members_of(laid[id]).keys() for id, each in base.items()}
    gone = {id: lost[id] | lost.get(each.of or "", set()) for id, each in base.items()}
    taken = {id: {**pairs.get(each.of or "", {}), **pairs.get(id, {})} for id, each in base.items()}
    apart = {id for id, each in base.items() if each.total is False}
    if not any(gone.values()):
        return dict(metrics)
    return {id: _without(metric, gone, taken, apart) for id, metric in metrics.items()}


def _without(
    metric: Metric, gone: Mapping[str, set[str]], taken: Mapping[str, Mapping[str, str]], apart: set[str]
) -> Metric:
    axes = {name for axis in metric.by or () for name in ([axis] if isinstance(axis, str) else axis)}
    members = {member for name in axes for member in gone.get(name, ())}
    ours = {before: after for name in axes for before, after in taken.get(name, {}).items()}
    adds = not axes & apart and _adds(metric, axes)

    def each(given: Input | None) -> Input | None:
        if given is None:
            return None
        chosen = gone.get(given.of or "", set())
        update = {}
        for key in ("example", "initial"):
            value = getattr(given, key)
            if isinstance(value, dict) and members & value.keys():
                names = {name: (ours.get(name) or name) if key == "example" else name for name in value}
                order = [*(name for name in value if names[name] == name), *ours]
                there = [name for name in dict.fromkeys(order) if name in value]
                update[key] = _left([(names[name], value[name]) for name in there], members, adds) or None
            elif isinstance(value, str) and value in chosen:
                update[key] = None
        return given.model_copy(update=update) if update else given

    variants = metric.variants and {
        name: variant.model_copy(update={"input": each(variant.input)}) for name, variant in metric.variants.items()
    }
    return metric.model_copy(update={"input": each(metric.input), "variants": variants})


def _adds(metric: Metric, axes: set[str]) -> bool:
    """Do its values add up over members?"""
    stated = metric.rollup if isinstance(metric.rollup, dict) else {"period": metric.rollup}
    by_member = [how for name, how in stated.items() if name in axes - {"period"}]
    return "sum" in by_member if by_member else sums(metric.unit or "") and stated.get("period") != "none"


def _left(values: list[tuple[str, Given]], gone: set[str], adds: bool) -> dict[str, Given]:
    """Values by the members that are there; of several for one, the first is its own."""
    left: dict[str, Given] = {}
    for name, value in values:
        if name in left:
            left[name] = _sum(left[name], value) if adds else left[name]
        elif name not in gone:
            left[name] = value
    return left


def _sum(one: Given, other: Given) -> Given:
    """Two amounts, each one for all periods or a list of them, as one."""
    if isinstance(one, list) and isinstance(other, list):
        return [_plus(before, after) for before, after in zip_longest(one, other)]
    if isinstance(one, list):
        return [_plus(each, other) for each in one]
    if isinstance(other, list):
        return [_plus(one, each) for each in other]
    return _plus(one, other)


def _plus(one: Scalar, other: object) -> Scalar:
    """What is no number adds nothing."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        return one + other
    return other if one is None and isinstance(other, float | int) else one
