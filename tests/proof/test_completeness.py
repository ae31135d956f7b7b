"""Nothing is missing: every metric is in the frameworks that must hold it, and says all that its reader asks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from metricbook import reference
from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.profile import options
from metricbook.source.load import shipped
from metricbook.source.schema import Choice, Scorecard
from proof.cases import together
from proof.rollup import pinned
from proof.scenarios import framework

REQUIRED = Path(__file__).with_name("required_metrics.txt")
ESSENTIAL = 7
WORDS = ("text", "date", "choice", "member")


def required() -> dict[str, list[str]]:
    """Each required metric with the frameworks that must hold it."""
    lines = (line.partition("#")[0].strip() for line in REQUIRED.read_text(encoding="utf-8").splitlines())
    found = dict(line.split(": ") for line in lines if line)
    return {id: frameworks.split(", ") for id, frameworks in found.items()}


def profiles(model: Model) -> Iterator[dict[str, str]]:
    """The defaults, and each other option once: what any `when` or `follow` asks for is in one of them."""
    asked = {key: option for key, option in model.framework.profile.items() if key in model.profile}
    defaults = {key: option.default for key, option in asked.items()}
    yield defaults
    for key, option in asked.items():
        yield from ({**defaults, key: each} for each in options(option) if each != option.default)


@cache
def models(name: str) -> tuple[Model, ...]:
    """A shipped framework in profiles that between them compile all that it holds."""
    return tuple(framework(name, **profile) for profile in profiles(framework(name)))


@cache
def held(name: str) -> dict[str, Metric]:
    """Every metric that some profile of a framework compiles."""
    return {metric.id: metric for model in models(name) for metric in model.metrics.values()}


def own(name: str) -> list[Metric]:
    """Its metrics that people read about, rival definitions too: no settings, columns or lines of targets."""
    declared = models(name)[0].framework.metrics
    return [metric for metric in held(name).values() if metric.id in declared or metric.base]


@pytest.mark.parametrize(("id", "frameworks"), list(required().items()))
def test_a_required_metric_is_in_its_frameworks(id: str, frameworks: list[str]) -> None:
    assert [name for name in frameworks if name not in shipped() or id not in held(name)] == []


@pytest.mark.parametrize("name", together(shipped(), "profiles"))
def test_every_formula_has_a_reference_function(name: str) -> None:
    formulas = [each for each in held(name).values() if not each.is_input and not each.target_of and not pinned(each)]
    assert [each.id for each in formulas if each.python not in reference.registry()] == []


@pytest.mark.parametrize("name", together(shipped(), "profiles"))
@pytest.mark.parametrize("field", ["label", "unit", "definition", "owner", "tier", "source"])
def test_every_metric_says(field: str, name: str) -> None:
    assert [metric.id for metric in own(name) if not getattr(metric, field)] == []


@pytest.mark.parametrize("name", together(shipped(), "profiles"))
def test_every_metric_has_a_cadence_of_its_own_or_of_its_tier(name: str) -> None:
    tiers = {id for model in models(name) for id, tier in model.framework.tiers.items() if tier.cadence}
    assert [metric.id for metric in own(name) if not metric.cadence and metric.tier not in tiers] == []


@pytest.mark.parametrize("name", together(shipped(), "profiles"))
def test_every_tier_and_source_is_declared(name: str) -> None:
    framework = models(name)[0].framework
    wrong = [
        each.id for each in own(name) if each.tier not in framework.tiers or each.source not in framework.sources
    ]
    assert wrong == []


@pytest.mark.parametrize("name", together(shipped(), "profiles"))
def test_what_is_judged_has_a_direction(name: str) -> None:
    judged = {id for model in models(name) for id in _judged(model)}
    numbers = [metric for metric in own(name) if metric.unit not in WORDS]
    assert [metric.id for metric in numbers if metric.id in judged and metric.good is None] == []


def _judged(model: Model) -> Iterator[str]:
    """What stands on a scorecard with a status, and what has a target, a range or bands."""
    for metric in model.metrics.values():
        if metric.target or metric.benchmarks or metric.bands:
            yield metric.id
    for block in (block for page in model.pages for block in page.blocks):
        card = block.scorecard
        plain = card if isinstance(card, list) else []
        if isinstance(card, Scorecard) and (card.columns is None or "status" in card.columns):
            plain = card.rows or []
        for item in plain:
            id = (item.metric or "") if isinstance(item, Choice) else item
            yield model.north_star if id == "north_star" else id


@pytest.mark.parametrize("name", together(shipped(), "profiles"))
def test_an_essential_input_is_asked_for_in_words(name: str) -> None:
    inputs = [(metric.id, metric.input) for metric in own(name) if metric.input]
    assert [id for id, given in inputs if given.need == "essential" and not given.prompt] == []


@pytest.mark.parametrize("name", together(shipped(), "profiles"))
def test_a_workbook_begins_with_few_numbers(name: str) -> None:
    for model in models(name):
        essential = [each.id for each in model.metrics.values() if each.input and each.input.need == "essential"]
        least = 0 if model.tables else 1  # rows are pasted in instead
        assert least <= len(essential) <= ESSENTIAL, (dict(model.profile), essential)


@pytest.mark.parametrize("name", together(shipped(), "profiles"))
def test_every_profile_has_a_north_star_that_leads(name: str) -> None:
    """One metric above all. Not ARR nor revenue, which move when it is too late to change course."""
    for model in models(name):
        star = model.metrics[model.north_star]
        assert star.good == "higher", star.id
        assert star.id not in ("arr", "mrr", "revenue", "revenue_won"), star.id
