"""Scorecards that choose their rows: `where` picks, among the metrics their file names, those with a direction."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from metricbook.problems import Problem, did_you_mean
from metricbook.source.document import Document, Steps
from metricbook.source.schema import Block, Framework, Metric, Scorecard

TIER = "tier"


def with_picks(
    framework: Framework, names: Collection[str], document: Document, problems: list[Problem]
) -> Framework:
    """The framework with every `where` and `order` replaced by the rows they mean."""
    pages = []
    for number, page in enumerate(framework.sheets):
        blocks: list[Block] = []
        for each, block in enumerate(page.blocks):
            card = block.scorecard
            if isinstance(card, Scorecard) and card.where is not None:
                path: Steps = ("sheets", number, "blocks", each, "scorecard")
                rows = _picked(framework, card, names, document, path, problems)
                card = card.model_copy(update={"rows": rows, "where": None, "order": None})
                block = block.model_copy(update={"scorecard": card})
            blocks.append(block)
        pages.append(page.model_copy(update={"blocks": blocks}))
    return framework.model_copy(update={"sheets": pages})


def _picked(
    framework: Framework,
    card: Scorecard,
    names: Collection[str],
    document: Document,
    path: Steps,
    problems: list[Problem],
) -> list[str]:
    wanted = card.where or {}
    before = len(problems)
    for key, value in wanted.items():
        _check(framework, key, value, document, (*path, "where", key), problems)
    if card.order is not None:
        _check(framework, card.order, None, document, (*path, "order"), problems)
    metrics = {id: framework.metrics[id] for id in framework.metrics if id in names}
    found = [id for id, metric in metrics.items() if metric.good and _fits(metric, wanted)]
    if not found and len(problems) == before:
        sentence = "No metric of this file has a direction and these attributes."
        hint = "A metric with `good:` and such `tags:` or `tier:` appears here."
        problems.append(Problem("empty-scorecard", sentence, hint, document.locate((*path, "where"))))
    steps = [*words(framework, card.order)] if card.order else []
    return sorted(found, key=lambda id: _rank(metrics[id], card.order or "", steps))


def words(framework: Framework, key: str) -> Mapping[str, str]:
    """What an attribute may be: the values of a tag, or the tiers."""
    if key == TIER:
        return {id: tier.label for id, tier in framework.tiers.items()}
    return framework.tags.get(key, {})


def _check(
    framework: Framework, key: str, value: str | None, document: Document, path: Steps, problems: list[Problem]
) -> None:
    at = document.locate(path)
    if key != TIER and key not in framework.tags:
        hint = did_you_mean(key, [*framework.tags, TIER]) or "Declare it under `tags:`."
        problems.append(Problem("unknown-tag", f"{key} is not a tag.", hint, at))
    elif value is not None and value not in words(framework, key):
        hint = did_you_mean(value, words(framework, key))
        problems.append(Problem("unknown-tag", f"{value} is not one of the {key} words.", hint, at))


def _fits(metric: Metric, wanted: Mapping[str, str]) -> bool:
    return all(
        (metric.tier if key == TIER else (metric.tags or {}).get(key)) == value for key, value in wanted.items()
    )


def _rank(metric: Metric, key: str, steps: list[str]) -> int:
    value = metric.tier if key == TIER else (metric.tags or {}).get(key)
    return steps.index(value) if value in steps else len(steps)
