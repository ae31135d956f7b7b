"""What the client chose: conditions settled, followed variants put in place, hidden parts left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from metricbook.model.overlay import Flat
from metricbook.problems import Problem, did_you_mean
from metricbook.source.schema import Block, Choice, Framework, Metric, Option, Page, Table, Variant, When

FROM_VARIANT = ("formula", "input", "by", "rollup", "weight", "definition", "source", "python", "undefined_if")


@dataclass(frozen=True)
class Chosen:
    """The framework of one profile. `metrics` holds one plain metric per id; rivals are ids like `ltv.churn`."""

    metrics: Mapping[str, Metric]
    rivals: Mapping[str, tuple[str, ...]]  # metric: all its definitions, the one in force (its own id) first
    variants: Mapping[str, tuple[str, str]]  # id: (variant id, variant label)
    pages: tuple[Page, ...]
    north_star: str
    profile: Mapping[str, str]


def choose(flat: Flat, wanted: Mapping[str, str], problems: list[Problem]) -> Chosen:
    """Settle a framework for the profile `wanted` (missing keys take their default)."""
    framework = flat.framework
    profile = _profile(flat, wanted, problems)
    _check_conditions(flat, problems)
    hidden = set(framework.hide)
    metrics: dict[str, Metric] = {}
    rivals: dict[str, tuple[str, ...]] = {}
    variants: dict[str, tuple[str, str]] = {}
    for id, metric in framework.metrics.items():
        if id in hidden or not holds(metric.when, profile):
            continue
        if not metric.variants:
            metrics[id] = metric
            continue
        if metric.follow is not None:
            _follow(flat, id, metric, profile, metrics, variants, problems)
            continue
        in_force = framework.choose.get(id, metric.default or next(iter(metric.variants)))
        if in_force not in metric.variants:
            where = ("choose", id) if id in framework.choose else ("metrics", id, "default")
            hint = did_you_mean(in_force, metric.variants) or f"Its variants are {', '.join(metric.variants)}."
            problems.append(Problem("unknown-variant", f"{id} has no variant {in_force}.", hint, flat.at(*where)))
            in_force = next(iter(metric.variants))
        ids = {name: id if name == in_force else f"{id}.{name}" for name in metric.variants}
        rivals[id] = (id, *(each for name, each in ids.items() if name != in_force))
        for name, each in ids.items():
            metrics[each] = _plain(metric, metric.variants[name])
            variants[each] = (name, metric.variants[name].label)
    pages = tuple(page for page in _kept_pages(framework, profile, hidden, metrics))
    return Chosen(metrics, rivals, variants, pages, _north_star(framework, profile), profile)


def holds(when: When | None, profile: Mapping[str, str]) -> bool:
    """Does a condition hold in this profile? No condition always does."""
    return all(profile.get(key) in ([want] if isinstance(want, str) else want) for key, want in (when or {}).items())


def options(option: Option) -> dict[str, str]:
    """Option ids with their words; a plain list has the ids as words."""
    return option.options if isinstance(option.options, dict) else {each: each for each in option.options}


def _profile(flat: Flat, wanted: Mapping[str, str], problems: list[Problem]) -> dict[str, str]:
    known = flat.framework.profile
    for key in wanted:
        if key not in known:
            problems.append(Problem("unknown-profile", f"There is no profile key {key}.", did_you_mean(key, known)))
    profile = {key: wanted.get(key, option.default) for key, option in known.items()}
    for key, value in profile.items():
        if value not in options(known[key]):
            hint = did_you_mean(value, options(known[key])) or f"Choose {' or '.join(options(known[key]))}."
            at = flat.at("profile", key, "default")
            problems.append(Problem("unknown-option", f"{value} is not an option of {key}.", hint, at))
    return profile


def _check_conditions(flat: Flat, problems: list[Problem]) -> None:
    for path, when in _conditions(flat.framework.model_dump(by_alias=True, exclude_none=True)):
        for key, want in when.items():
            option = flat.framework.profile.get(key)
            at = flat.at(*path, key)
            if option is None:
                hint = did_you_mean(key, flat.framework.profile) or "Declare it under `profile:`."
                problems.append(Problem("unknown-profile", f"`when` asks for {key}, which is no profile key.", hint, at))
                continue
            for each in [want] if isinstance(want, str) else want:
                if each not in options(option):
                    hint = did_you_mean(each, options(option)) or f"Its options are {', '.join(options(option))}."
                    problems.append(Problem("unknown-option", f"{each} is not an option of {key}.", hint, at))


def _conditions(data: Any, path: tuple[str | int, ...] = ()) -> Iterable[tuple[tuple[str | int, ...], When]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "when" and isinstance(value, dict):
                yield (*path, key), value
            else:
                yield from _conditions(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _conditions(value, (*path, index))


def _follow(
    flat: Flat,
    id: str,
    metric: Metric,
    profile: Mapping[str, str],
    metrics: dict[str, Metric],
    variants: dict[str, tuple[str, str]],
    problems: list[Problem],
) -> None:
    key = metric.follow or ""
    variants_of = metric.variants or {}
    option = flat.framework.profile.get(key)
    if option is None:
        hint = did_you_mean(key, flat.framework.profile)
        problems.append(Problem("unknown-profile", f"{id} follows {key}, which is no profile key.", hint, flat.at("metrics", id, "follow")))
        return
    if set(variants_of) != set(options(option)):
        sentence = f"{id} follows {key}, so it needs exactly the variants {', '.join(options(option))}."
        problems.append(Problem("variants-differ", sentence, "", flat.at("metrics", id, "variants")))
        return
    name = profile[key]
    if name in variants_of:
        metrics[id] = _plain(metric, variants_of[name])
        variants[id] = (name, "")


def _plain(metric: Metric, variant: Variant) -> Metric:
    own = {key: getattr(variant, key) for key in FROM_VARIANT if getattr(variant, key) not in (None, "")}
    return metric.model_copy(update={**own, "variants": None, "follow": None, "default": None})


def _north_star(framework: Framework, profile: Mapping[str, str]) -> str:
    if framework.north_star is None or isinstance(framework.north_star, str):
        return framework.north_star or ""
    fitting = [choice.metric for choice in framework.north_star if holds(choice.when, profile)]
    return (fitting[0] if fitting else None) or ""


def _kept_pages(
    framework: Framework, profile: Mapping[str, str], hidden: set[str], metrics: Mapping[str, Metric]
) -> Iterable[Page]:
    absent = {id for id in framework.metrics if id not in metrics} | hidden
    for page in framework.sheets:
        if page.sheet in hidden or not holds(page.when, profile):
            continue
        kept = [block for block in page.blocks if holds(block.when, profile) and not _hidden(page, block, hidden)]
        blocks = [each for each in (_kept_block(block, profile, absent) for block in kept) if each is not None]
        yield page.model_copy(update={"blocks": blocks})


def _hidden(page: Page, block: Block, hidden: set[str]) -> bool:
    if f"{page.sheet}.{block_id(block)}" in hidden:
        return True
    axes = {block.table.rows, block.table.columns} if block.table and _is_axes(block.table) else set()
    return bool(axes & hidden) or bool(block.chart and block.chart.over in hidden)


def _is_axes(table: Table) -> bool:
    return isinstance(table.rows, str) and isinstance(table.columns, str)


def block_id(block: Block) -> str:
    """A block's own id, or its title as an id: "ARR bridge" is arr_bridge."""
    title = next((part.title for part in (block.table, block.chart, block.reference) if part is not None), "")
    if not title and block.scorecard is not None and not isinstance(block.scorecard, list):
        title = block.scorecard.title
    return block.id or "_".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


def _kept_block(block: Block, profile: Mapping[str, str], absent: set[str]) -> Block | None:
    """The block without the items that do not apply; None where nothing is left of it."""

    def kept(items: Any) -> Any:
        if not isinstance(items, list):
            return items
        return [_name(each) for each in items if _applies(each, profile, absent)]

    for key, fields in (("scorecard", ("rows",)), ("table", ("rows", "columns")), ("chart", ("metrics",))):
        part = getattr(block, key)
        if part is None:
            continue
        if isinstance(part, list):
            return block.model_copy(update={key: kept(part)}) if kept(part) else None
        update = {each: kept(getattr(part, each)) for each in fields}
        return None if [] in update.values() else block.model_copy(update={key: part.model_copy(update=update)})
    if block.headline is not None:
        return block.model_copy(update={"headline": kept(block.headline)}) if kept(block.headline) else None
    return block


def _applies(item: str | Choice, profile: Mapping[str, str], absent: set[str]) -> bool:
    name = item if isinstance(item, str) else item.metric or ""
    if isinstance(item, Choice) and not holds(item.when, profile):
        return False
    return name.partition(".")[0] not in absent


def _name(item: str | Choice) -> str | Choice:
    return item.metric if isinstance(item, Choice) and item.metric else item
