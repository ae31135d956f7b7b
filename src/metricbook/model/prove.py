"""From a chosen framework to the model: every name, unit, order and page proven, or every fault said at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from metricbook.formula.structure import forbidden_literals
from metricbook.model.axes import Axes, Shape, check_brackets
from metricbook.model.clocks import check_growth, check_unit
from metricbook.model.declared import dimensions_of, periods_of
from metricbook.model.drafts import Draft, Scope, check_names, drafts, read_formula, strangers
from metricbook.model.metric import Metric
from metricbook.model.model import Check, Model
from metricbook.model.order import needed, ordered
from metricbook.model.overlay import Flat
from metricbook.model.pages import check_pages, named
from metricbook.model.profile import Chosen, choose, holds
from metricbook.model.rollups import has_totals, over_members, over_periods
from metricbook.model.rules import check_declarations
from metricbook.model.units import known
from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.schema import Benchmark, Framework
from metricbook.source.schema import Metric as Spec


def prove(flat: Flat, wanted: Mapping[str, str] | None = None) -> Model:
    """The model of a framework for a profile. Raises Refused with every problem found."""
    problems: list[Problem] = []
    framework = flat.framework
    dimensions = dimensions_of(flat, problems)
    periods = periods_of(flat, problems)
    chosen = choose(flat, wanted or {}, problems)
    found = drafts(flat, chosen, problems)
    scope = Scope(flat, found, chosen.rivals, chosen.variants)
    checks = _checks(scope, chosen, problems)
    _check_all_names(scope, checks, problems)
    _stop(problems)
    axes = Axes(scope, dimensions, "period" in framework.dimensions, problems)
    axes.infer()
    ids = ordered(scope, needed(scope, _roots(scope, chosen, checks)), problems)
    _stop(problems)
    metrics = _settle(axes, chosen, ids)
    proven = tuple(_check(axes, draft, severity, message, metrics) for draft, severity, message in checks)
    text = framework_text(framework, chosen.profile)
    model = Model(
        framework=framework,
        periods=periods,
        dimensions=dimensions,
        metrics=metrics,
        rivals={id: ids_ for id, ids_ in chosen.rivals.items() if id in metrics},
        checks=proven,
        pages=chosen.pages,
        north_star=chosen.north_star,
        profile=chosen.profile,
        text=text,
        fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16],
    )
    check_pages(model, flat, problems)
    _stop(problems)
    return model


def framework_text(framework: Framework, profile: Mapping[str, str]) -> str:
    """The resolved framework as YAML that can be read back, with the chosen profile as its defaults."""
    data = framework.model_dump(exclude_defaults=True, by_alias=True, mode="json")
    for key, value in profile.items():
        data["profile"][key]["default"] = value
    return yaml.dump(data, sort_keys=False, allow_unicode=True, width=110, Dumper=_Plain)


class _Plain(yaml.SafeDumper):
    """Writes no anchors, so that the text reads back without aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _stop(problems: list[Problem]) -> None:
    if problems:
        raise Refused(sorted(set(problems), key=lambda each: (each.at, each.code, each.sentence)))


def _checks(scope: Scope, chosen: Chosen, problems: list[Problem]) -> list[tuple[Draft, str, str]]:
    found = []
    for number, check in enumerate(scope.flat.framework.checks):
        if not holds(check.when, chosen.profile):
            continue
        at = scope.flat.at("checks", number, "formula")
        tree = read_formula(check.formula, at, problems, condition=True)
        draft = Draft(check.id, Spec(label=check.message), ("checks", number), formula=tree, text=check.formula)
        found.append((draft, check.severity, check.message))
    return found


def _check_all_names(scope: Scope, checks: list[tuple[Draft, str, str]], problems: list[Problem]) -> None:
    for draft in (*scope.drafts.values(), *(draft for draft, _, _ in checks)):
        check_names(scope, draft, problems)
        for tree in draft.trees():
            for number, reason in forbidden_literals(tree):
                at = scope.flat.at(*draft.path, "formula")
                spot = Location(at.file, at.line, at.column + number.span[0], max(1, number.span[1] - number.span[0]))
                problems.append(Problem("literal", f"{number.value:g} stands in the formula of {draft.id}.", reason, spot))
    for draft in scope.drafts.values():
        spec, at = draft.spec, scope.flat.at(*draft.path, "unit")
        if spec.unit is None or spec.label is None:
            missing = "unit" if spec.unit is None else "label"
            problems.append(Problem("missing-key", f"{draft.id} has no {missing}.", f"Add `{missing}:`.", at))
        elif not known(spec.unit):
            hint = did_you_mean(spec.unit, ["currency", "count", "percent", "points", "ratio", "months", "days", "years", "score", "currency/month", "percent/month"])
            problems.append(Problem("unknown-unit", f"{draft.id} is in {spec.unit}, which is no unit here.", hint, at))
        if spec.weight is not None and spec.weight not in scope.drafts:
            hint = did_you_mean(spec.weight, scope.drafts)
            problems.append(Problem("unknown-metric", f"{draft.id} is weighted by {spec.weight}, which is not a metric here.", hint, scope.flat.at(*draft.path, "weight")))
    star = scope.flat.framework.north_star
    if isinstance(star, str) and star not in scope.drafts and star not in scope.flat.framework.hide:
        problems.append(Problem("unknown-metric", f"The north star {star} is not a metric here.", did_you_mean(star, scope.drafts), scope.flat.at("north_star")))


def _roots(scope: Scope, chosen: Chosen, checks: list[tuple[Draft, str, str]]) -> list[str]:
    own = [id for id, draft in scope.drafts.items() if draft.spec.formula is not None and scope.flat.documents[0].data.get("metrics", {}).get(id)]
    checked = [operand.id for draft, _, _ in checks for tree in draft.trees() for _, operand in scope.operands(tree)]
    return [*named(chosen, scope), *checked, *own, *([chosen.north_star] if chosen.north_star else [])]


def _settle(axes: Axes, chosen: Chosen, ids: list[str]) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    totals: dict[str, tuple[bool, ...]] = {}
    one_length = _one_length(axes)
    # two passes: a loop through PREVIOUS asks for totals of metrics that are settled later
    for _ in range(2):
        for id in ids:
            draft, shape = axes.scope.drafts[id], axes.shapes[id]
            totals[id] = has_totals(draft, shape, over_members(draft, shape), axes, totals)
    for id in ids:
        draft, shape = axes.scope.drafts[id], axes.shapes[id]
        metrics[id] = _metric(axes, chosen, draft, shape, totals[id])
        check_declarations(axes, draft, metrics[id])
        for key, tree in (("formula", draft.formula), *draft.by_member.items()):
            if tree is not None:
                path = (*draft.path, "formula") if key == "formula" else (*draft.path, "formula", key)
                check_brackets(axes, draft, tree, axes.scope.flat.at(*path))
                check_unit(axes, draft, tree, axes.scope.flat.at(*path))
        check_growth(axes, draft, axes.scope.flat.at(*draft.path, "formula"), one_length)
    return metrics


def _one_length(axes: Axes) -> bool:
    period = axes.scope.flat.framework.dimensions.get("period")
    return period is None or period.grain == "year"


def _metric(axes: Axes, chosen: Chosen, draft: Draft, shape: Shape, totals: tuple[bool, ...]) -> Metric:
    spec, id = draft.spec, draft.id
    variant, variant_label = chosen.variants.get(id, ("", ""))
    benchmark = spec.benchmark
    benchmarks = (benchmark,) if isinstance(benchmark, Benchmark) else tuple(benchmark or ())
    return Metric(
        id=id,
        label=spec.label or id,
        unit=spec.unit or "",
        axes=shape.axes,
        timed=shape.timed,
        over_periods=over_periods(draft, shape, axes),
        over_members=over_members(draft, shape),
        definition=spec.definition or "",
        input=spec.input,
        formula=draft.formula,
        by_member=draft.by_member,
        member_axis=shape.member_axis,
        totals=totals,
        undefined=draft.undefined,
        weight=spec.weight or "",
        good=spec.good,
        target=spec.target,
        target_of=draft.target_of,
        benchmarks=benchmarks,
        bands=tuple(spec.bands or ()),
        owner=spec.owner or "",
        tier=spec.tier or "",
        cadence=spec.cadence or "",
        source=spec.source or "",
        python=spec.python or id.replace(".", "_"),
        aliases=tuple(spec.aliases or ()),
        short=spec.short or "",
        signed=bool(spec.signed),
        decimals=spec.decimals,
        section=spec.section or "",
        tags=spec.tags or {},
        base=id.partition(".")[0] if variant_label and "." in id else "",
        variant=variant,
        variant_label=variant_label,
        formula_text=draft.text,
        at=axes.scope.flat.at(*draft.path),
    )


def _check(axes: Axes, draft: Draft, severity: str, message: str, metrics: Mapping[str, Metric]) -> Check:
    tree = draft.formula
    assert tree is not None  # a formula that cannot be parsed stopped the proof earlier
    shape = Shape()
    merged: list[tuple[str, ...]] = []
    for name, operand in axes.scope.operands(tree):
        shape.timed |= metrics[operand.id].timed
        for axis in axes.free(name, axes.shapes[operand.id].axes):
            axes.merge(merged, axis, draft)
    known_totals = {id: metric.totals for id, metric in metrics.items()}
    shape.axes = tuple(merged)
    totals = has_totals(draft, shape, "recompute", axes, known_totals)
    check_brackets(axes, draft, tree, axes.scope.flat.at(*draft.path, "formula"))
    return Check(draft.id, tree, severity, message, shape.axes, shape.timed, totals, axes.scope.flat.at(*draft.path))
