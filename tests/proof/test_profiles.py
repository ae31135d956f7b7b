"""Any two choices of a framework go together in a workbook that calculates; two engines agree where one is new.

Nothing in them is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, groupby, product
from operator import itemgetter

import pytest

from cut import cut_off
from metricbook.build import sample_of, sample_records, values_of
from metricbook.formula.evaluate import Grid
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Row, Settings
from metricbook.model.model import Model, Table
from metricbook.model.profile import options
from metricbook.source.load import shipped
from metricbook.workbook.write import write
from proof.scenarios import framework
from proof.test_recalculation import computed, errors
from recalculate import differences, formualizer

FEW = 40
"""Records in each table: enough for every kind of row, few enough for a second engine."""

MADE_OF_OTHERS = ("b2b_essentials", "cmo_dashboard", "gtm_measurement", "marketing_plan_kpis", "trends")
"""Their options are those of others, and choose there between formulas; here only between what pages show."""

Profile = tuple[tuple[str, str], ...]


def _profiles() -> Iterator[tuple[str, Profile]]:
    for name in shipped():
        choices = {key: tuple(options(option)) for key, option in framework(name).framework.profile.items()}
        asked = [key for key in choices if key in framework(name).profile]
        yield from (
            (name, tuple(zip(asked, each, strict=True))) for each in product(*(choices[key] for key in asked))
        )


def _few(model: Model) -> tuple[Model, dict[str, tuple[Row, ...]]]:
    """The model with small tables, and the first sample records of each."""
    rows = {name: loaded.rows[:FEW] for name, loaded in sample_records(model).items()}
    tables: dict[str, Table] = {id: replace(table, capacity=FEW) for id, table in model.tables.items()}
    return replace(model, tables=tables), rows


def _called(part: str | Profile) -> str:
    return part if isinstance(part, str) else " ".join(chosen for _, chosen in part)


def _workbook(name: str, profile: Profile) -> tuple[Plan, Grid]:
    model, rows = _few(framework(name, **dict(profile)))
    plan = lay_out(model, Settings(inputs=sample_of(model), records=rows))
    return plan, values_of(plan)


def _with_one_choice() -> Iterator[tuple[str, Profile]]:
    """The profiles that differ from the first in one option at most: every formula is in one of them."""
    for name, found in groupby(_profiles(), key=itemgetter(0)):
        every = [profile for _, profile in found]
        first = every[0]
        most = 0 if name in MADE_OF_OTHERS else 1
        yield from ((name, each) for each in every if sum(a != b for a, b in zip(each, first, strict=True)) <= most)


def _with_any_two() -> Iterator[tuple[str, Profile]]:
    """Profiles that hold any two options of a framework together at least once, beside those with one choice."""
    left = sorted({*_profiles()} - {*_with_one_choice()})
    seen = {pair for name, profile in _with_one_choice() for pair in _pairs(name, profile)}
    while left:
        best = max(left, key=lambda each: len(_pairs(*each) - seen))
        if not _pairs(*best) - seen:
            return
        seen |= _pairs(*best)
        left.remove(best)
        yield best


def _pairs(name: str, profile: Profile) -> set[tuple[str, Profile]]:
    return {(name, pair) for pair in combinations(profile, min(2, len(profile)))}


def _agrees(name: str, profile: Profile) -> None:
    plan, grid = _workbook(name, profile)
    expected = computed(plan, grid)
    assert errors(expected) == []
    assert cut_off(plan, grid) == []
    assert differences(expected, formualizer(write(plan, grid))) == []


@pytest.mark.parametrize(("name", "profile"), list(_with_one_choice()), ids=_called)
def test_two_engines_agree_on_every_choice(name: str, profile: Profile) -> None:
    _agrees(name, profile)


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "profile"), sorted({*_profiles()} - {*_with_one_choice()}), ids=_called)
def test_two_engines_agree_on_every_combination(name: str, profile: Profile) -> None:
    _agrees(name, profile)


@pytest.mark.parametrize(("name", "profile"), list(_with_any_two()), ids=_called)
def test_choices_go_together(name: str, profile: Profile) -> None:
    plan, grid = _workbook(name, profile)
    assert errors(computed(plan, grid)) == []
    assert cut_off(plan, grid) == []


def test_every_option_is_in_a_profile() -> None:
    chosen = {(name, option) for name, profile in (*_with_one_choice(), *_with_any_two()) for option in profile}
    assert chosen == {(name, option) for name, profile in _profiles() for option in profile}
