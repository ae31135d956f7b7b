"""From a flat framework to the model: every name, unit, order and page proven, or every fault said at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from metricbook.formula.structure import forbidden_literals
from metricbook.formula.tree import names
from metricbook.model.asked import Asked, asked
from metricbook.model.axes import Axes, Shape
from metricbook.model.changes import changed
from metricbook.model.conditions import holds
from metricbook.model.declared import dimensions_of, periods_of
from metricbook.model.drafts import Draft, drafts, read_formula
from metricbook.model.faults import Faults
from metricbook.model.flat import Flat
from metricbook.model.hidden import without_hidden
from metricbook.model.kept import hidden_dimensions
from metricbook.model.model import Check, Model
from metricbook.model.order import needed, ordered
from metricbook.model.pages import check_pages, named
from metricbook.model.pins import Pins
from metricbook.model.profile import Chosen, choose, options
from metricbook.model.records import average_parts, in_rows, record_drafts, tables_of
from metricbook.model.rules import check_spec
from metricbook.model.scope import Scope, check_absent, check_names, is_absent
from metricbook.model.settle import all_totals, settle, settled_check
from metricbook.model.text import framework_text
from metricbook.source.schema import Check as CheckSpec
from metricbook.source.schema import Metric as Spec

Checks = list[tuple[Draft, CheckSpec]]


def prove(flat: Flat, wanted: Mapping[str, str] | None = None) -> Model:
    """The model of a framework for a profile. Raises Refused with every problem found."""
    flat = without_hidden(flat)
    faults = Faults(flat, list(flat.problems))
    matters = asked(flat)
    chosen = choose(faults, wanted or {}, matters.keys)
    every = {**record_drafts(faults), **drafts(faults, chosen)}
    every |= average_parts(every)
    scope = Scope(every, chosen.rivals, chosen.variants, flat.framework.dimensions)
    checks = _checks(faults, scope, chosen, every)
    axes = _axes(faults, scope)
    for draft in scope.drafts.values():
        check_names(scope, faults, draft)
        _check_literals(faults, draft)
        check_spec(axes, draft)
    for draft, _ in checks:
        check_names(scope, faults, draft)
        _check_literals(faults, draft)
    axes.infer()
    chosen, axes = _pinned(chosen, axes)
    return _settled(faults, chosen, axes, checks, matters)


def possible(flat: Flat, wanted: Mapping[str, str]) -> dict[str, str]:
    """Those choices of a profile that can be made here."""
    if not wanted:
        return {}
    known, keys = flat.framework.profile, asked(without_hidden(flat)).keys
    return {key: option for key, option in wanted.items() if key in keys and option in options(known[key])}


def _settled(faults: Faults, chosen: Chosen, axes: Axes, checks: Checks, matters: Asked) -> Model:
    """The second half of the proof, once every draft has its axes."""
    compiled, checks = _compiled(faults, axes.scope, chosen, checks)
    check_absent(axes.scope, faults, compiled)
    ids = ordered(axes.scope, faults, compiled)
    settled = settle(axes, chosen, ids)
    metrics = {id: metric for id, metric in settled.items() if not metric.table}
    totals = all_totals(axes, ids)
    proven = [_settle_check(axes, draft, spec, totals) for draft, spec in checks]
    profile = {key: chosen.profile[key] for key in matters.keys}
    left_out = _left_out(faults.flat, chosen, ids) | (faults.flat.framework.metrics.keys() - matters.metrics)
    text = framework_text(faults.flat, profile, left_out, _unchecked(faults.flat, checks))
    model = Model(
        framework=faults.flat.framework,
        periods=periods_of(faults),
        dimensions=axes.dimensions,
        metrics=metrics,
        rivals={id: ids_ for id, ids_ in chosen.rivals.items() if id in metrics},
        checks=tuple(check for check in proven if check is not None),
        pages=chosen.pages,
        north_star=chosen.north_star,
        profile=profile,
        tables=tables_of(faults.flat.framework, settled),
        files=faults.flat.files,
        text=text,
        fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16],
        tailored=faults.flat.tailored,
        stand_ins=faults.flat.stand_ins,
        notes=tuple(filter(None, (*faults.flat.notes, changed(faults.flat)))) if faults.flat.tailored else (),
    )
    check_pages(faults, model, chosen)
    faults.stop()
    return model


def _compiled(faults: Faults, scope: Scope, chosen: Chosen, checks: Checks) -> tuple[list[str], Checks]:
    """What is compiled: all that pages and the file's own checks name, and every formula of the file itself.

    A check of a used framework comes along where all that it compares is there already, one over a table where the
    table is there.
    """
    flat = faults.flat
    own = [(draft, spec) for draft, spec in checks if flat.is_own(draft.path) and not draft.table]
    ids = needed(scope, _roots(flat, scope, chosen, own))
    tables = {scope.drafts[id].table for id in ids}
    there = {*ids, *flat.framework.constants}

    def comes(draft: Draft, spec: CheckSpec) -> bool:
        if draft.table:
            return draft.table in tables
        return flat.is_own(draft.path) or there.issuperset(_checked(scope, [(draft, spec)]))

    kept = [each for each in checks if comes(*each)]
    return needed(scope, [*ids, *_checked(scope, kept)]), kept


def _checked(scope: Scope, checks: Checks) -> list[str]:
    return [operand.id for draft, _ in checks for tree in draft.trees() for _, operand in scope.operands(tree)]


def _axes(faults: Faults, scope: Scope) -> Axes:
    declared = faults.flat.framework.dimensions
    hidden = frozenset(hidden_dimensions(faults.flat.framework))
    return Axes(scope, dimensions_of(faults), hidden, "period" in declared, faults)


def _pinned(chosen: Chosen, axes: Axes) -> tuple[Chosen, Axes]:
    """Pages with `at:` show metrics of their own, which are drafts like any other."""
    pins = Pins(axes, chosen)
    pages = pins.pages()
    if pins.drafts:
        axes = replace(axes, scope=replace(axes.scope, drafts={**axes.scope.drafts, **pins.drafts}), shapes={})
        axes.infer()
    return replace(chosen, pages=pages), axes


def _checks(faults: Faults, scope: Scope, chosen: Chosen, every: dict[str, Draft]) -> Checks:
    """The checks that apply; what compares a metric that is not there has nothing to check."""
    found: Checks = []
    ids: set[str] = set()
    for number, spec in enumerate(faults.flat.framework.checks):
        if spec.id in ids:
            faults.add("same-check", ("checks", number, "id"), f"Two checks have the id {spec.id}.", "Rename one.")
        ids.add(spec.id)
        if not holds(spec.when, chosen.profile) or spec.id in faults.flat.framework.hide:
            continue
        tree = read_formula(faults, spec.formula, ("checks", number, "formula"), condition=True)
        draft = Draft(
            f"check {spec.id}", Spec(label=spec.message), ("checks", number), formula=tree, text=spec.formula
        )
        if spec.over is not None:
            every |= in_rows(faults, draft, spec.over)  # what it reads through keys
        if spec.over is not None and not draft.table:
            continue
        if tree is None or not any(is_absent(scope, faults, name) for name in names(tree)):
            found.append((draft, spec))
    return found


def _settle_check(axes: Axes, draft: Draft, spec: CheckSpec, totals: dict[str, tuple[bool, ...]]) -> Check | None:
    axes.shapes[draft.id] = Shape()
    return settled_check(axes, draft, spec, totals)


def _check_literals(faults: Faults, draft: Draft) -> None:
    for tree, spot in draft.written():
        for number, reason in forbidden_literals(tree):
            sentence = f"{number.value:g} stands in the formula of {draft.id}."
            faults.add("literal", spot, sentence, reason, number.span)


def _roots(flat: Flat, scope: Scope, chosen: Chosen, checks: Checks) -> list[str]:
    """What is compiled: all that pages and checks name, and every formula of the file itself."""
    own = [id for id, draft in scope.drafts.items() if draft.spec.formula is not None and id in flat.own]
    own += [id for id in scope.drafts if id in flat.new]
    return [*named(chosen, scope, chosen.pages), *_checked(scope, checks), *own, chosen.north_star]


def _left_out(flat: Flat, chosen: Chosen, ids: list[str]) -> set[str]:
    """Metrics of used frameworks that are there in this profile, and that nothing needs."""
    there = {id.partition(".")[0] for id in chosen.metrics}
    compiled = {id.partition(".")[0] for id in ids}
    return there - compiled - flat.own


def _unchecked(flat: Flat, checks: Checks) -> set[str]:
    """Checks of used frameworks that did not come along."""
    borrowed = {spec.id for number, spec in enumerate(flat.framework.checks) if not flat.is_own(("checks", number))}
    return borrowed - {spec.id for _, spec in checks}
