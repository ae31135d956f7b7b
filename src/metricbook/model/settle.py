"""From drafts to metrics: every question about a metric answered, and its faults found on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from metricbook.model.axes import Axes
from metricbook.model.brackets import check_reads
from metricbook.model.clocks import check_units
from metricbook.model.divisions import check_divisions, check_statement
from metricbook.model.drafts import Draft
from metricbook.model.growth import check_growth
from metricbook.model.metric import Metric
from metricbook.model.model import Check
from metricbook.model.profile import Chosen
from metricbook.model.record_rules import check_records
from metricbook.model.rollups import check_rollup, others_of, over_members, over_periods, totals_of
from metricbook.model.rules import check_declarations
from metricbook.source.document import Steps
from metricbook.source.schema import Benchmark
from metricbook.source.schema import Check as CheckSpec

MEANING = ("unit", "by", "rollup", "weight", "formula", "undefined_if")

Totals = dict[str, tuple[bool, ...]]


def settle(axes: Axes, chosen: Chosen, ids: Sequence[str]) -> dict[str, Metric]:
    """The metrics of these drafts, in their order; what is wrong with them is added to the faults."""
    totals, others = all_totals(axes, ids), _all_others(axes, ids)
    lengths = _lengths(axes)
    metrics: dict[str, Metric] = {}
    for id in ids:
        draft = axes.scope.drafts[id]
        metrics[id] = _metric(axes, chosen, draft, totals[id], others[id])
        check_declarations(axes, draft, metrics[id])
    for check in (
        check_records,
        check_rollup,
        check_units,
        check_divisions,
        partial(check_reads, totals=totals),
        partial(check_growth, lengths=lengths),
    ):
        unclear = _unclear(axes)
        for id in (each for each in ids if each not in unclear):
            check(axes, axes.scope.drafts[id])
    return metrics


def _unclear(axes: Axes) -> set[str]:
    """Drafts of which the meaning is not clear yet, and all that are made of them: nothing more is said of those."""
    drafts = axes.scope.drafts
    found = {
        id for id, draft in drafts.items() if draft.lost or any(_touches(path, draft) for path in axes.faults.paths)
    }
    before = 0
    while len(found) > before:
        before = len(found)
        for id, draft in drafts.items():
            if any(operand.id in found for tree in draft.trees() for _, operand in axes.scope.operands(tree)):
                found.add(id)
    return found


def _touches(path: Steps, draft: Draft) -> bool:
    """Is a fault at this path one of the draft's meaning, and not only of its words or its target?"""
    if draft.spot and path == draft.spot:
        return True
    length = len(draft.path)
    return path[:length] == draft.path and (len(path) == length or path[length] in MEANING)


def all_totals(axes: Axes, ids: Sequence[str]) -> Totals:
    """For each draft and axis: is there a value at Total?"""
    totals: Totals = {}
    # as often as it takes: a loop through PREVIOUS asks for totals of metrics that are settled later
    for _ in range(len(ids) + 1):
        before = dict(totals)
        for id in ids:
            draft = axes.scope.drafts[id]
            totals[id] = totals_of(draft, axes, over_members(draft), totals)
        if totals == before:
            break
    return totals


def _all_others(axes: Axes, ids: Sequence[str]) -> Totals:
    """For each draft and axis: is there a value for records that match no member?"""
    others: Totals = {}
    for _ in range(len(ids) + 1):
        before = dict(others)
        for id in ids:
            others[id] = others_of(axes.scope.drafts[id], axes, others)
        if others == before:
            break
    return others


def settled_check(axes: Axes, draft: Draft, spec: CheckSpec, totals: Totals) -> Check | None:
    """A check with its axes; None where its formula cannot be read."""
    tree = draft.formula
    if tree is None:
        return None
    merged: list[tuple[str, ...]] = []
    timed = axes.open_axes(tree, merged, draft)
    axes.shapes[draft.id].axes, axes.shapes[draft.id].timed = tuple(merged), timed
    has_totals = totals_of(draft, axes, "recompute", totals)
    check_records(axes, draft)
    check_reads(axes, draft, totals)
    check_units(axes, draft)
    check_statement(axes, draft, tree, (*draft.path, "formula"))
    at = axes.faults.flat.at(*draft.path)
    return Check(spec.id, tree, spec.severity, spec.message, tuple(merged), timed, has_totals, at, draft.table)


def _lengths(axes: Axes) -> int:
    """How many lengths a window can have; with one length nothing can grow."""
    period = axes.faults.flat.framework.dimensions.get("period")
    return 1 if period is None or period.grain == "year" else 3


@dataclass(frozen=True)
class _Words:
    """What a metric is called beside its own label."""

    variant: str
    variant_label: str
    base: str


def _words(chosen: Chosen, draft: Draft) -> _Words:
    variant, label = chosen.variants.get(draft.id, ("", ""))
    rival_of = draft.id.partition(".")[0] if variant and "." in draft.id else ""
    return _Words(variant, label, draft.pinned or rival_of)


def _metric(axes: Axes, chosen: Chosen, draft: Draft, totals: tuple[bool, ...], others: tuple[bool, ...]) -> Metric:
    spec, id, shape = draft.spec, draft.id, axes.shapes[draft.id]
    words = _words(chosen, draft)
    tier = axes.faults.flat.framework.tiers.get(spec.tier or "")
    ranges = (spec.benchmark,) if isinstance(spec.benchmark, Benchmark) else tuple(spec.benchmark or ())
    return Metric(
        id=id,
        label=spec.label or id,
        short=spec.short or "",
        unit=spec.unit or "",
        axes=shape.axes,
        timed=shape.timed,
        over_periods=over_periods(draft, shape, axes),
        over_members=over_members(draft),
        definition=spec.definition or "",
        input=spec.input,
        formula=draft.formula,
        by_member=draft.by_member,
        member_axis=shape.member_axis,
        totals=totals,
        others=others,
        undefined=draft.undefined,
        weight=spec.weight or "",
        good=spec.good,
        target=spec.target,
        target_of=draft.target_of,
        benchmarks=ranges,
        bands=tuple(spec.bands or ()),
        owner=spec.owner or "",
        tier=spec.tier or "",
        cadence=spec.cadence or (tier.cadence if tier else ""),
        source=spec.source or "",
        python=spec.python or id.replace(".", "_"),
        aliases=tuple(spec.aliases or ()),
        signed=bool(spec.signed),
        last_year=spec.last_year is not False,
        decimals=spec.decimals,
        section=spec.section if isinstance(spec.section, str) else "",
        margin_sections=spec.section if isinstance(spec.section, dict) else {},
        tags=spec.tags or {},
        base=words.base,
        variant=words.variant,
        variant_label=words.variant_label,
        formula_text=draft.text,
        table=draft.table,
        at=axes.faults.flat.at(*draft.path),
    )
