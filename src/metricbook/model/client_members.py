"""A client's own members of dimensions: they keep the ids that the framework knows them by."""

from __future__ import annotations

from collections.abc import Mapping

from metricbook.source.ids import slug
from metricbook.source.schema import Dimension, Input, Member, Metric


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
    """The metrics without first values of members that a client file has left out, and without their sample data.

    What stands in for one of them, by dimension in `pairs`, takes over its sample data.
    """
    lost = {id: members_of(each).keys() - members_of(laid[id]).keys() for id, each in base.items()}
    gone = {id: lost[id] | lost.get(each.of or "", set()) for id, each in base.items()}
    taken = {id: {**pairs.get(each.of or "", {}), **pairs.get(id, {})} for id, each in base.items()}
    return (
        {id: _without(metric, gone, taken) for id, metric in metrics.items()} if any(gone.values()) else dict(metrics)
    )


def _without(metric: Metric, gone: Mapping[str, set[str]], taken: Mapping[str, Mapping[str, str]]) -> Metric:
    axes = {name for axis in metric.by or () for name in ([axis] if isinstance(axis, str) else axis)}
    members = {member for name in axes for member in gone.get(name, ())}
    ours = {before: after for name in axes for before, after in taken.get(name, {}).items()}

    def each(given: Input | None) -> Input | None:
        if given is None:
            return None
        chosen = gone.get(given.of or "", set())
        update = {}
        for key in ("example", "initial"):
            value = getattr(given, key)
            if isinstance(value, dict) and members & value.keys():
                names = {name: ours.get(name, name) if key == "example" else name for name in value}
                left = {names[name]: part for name, part in value.items() if names[name] not in members}
                update[key] = left or None
            elif isinstance(value, str) and value in chosen:
                update[key] = None
        return given.model_copy(update=update) if update else given

    variants = metric.variants and {
        name: variant.model_copy(update={"input": each(variant.input)}) for name, variant in metric.variants.items()
    }
    return metric.model_copy(update={"input": each(metric.input), "variants": variants})
