"""What the client chose: conditions settled, variants put in place, hidden parts left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from metricbook.model.conditions import holds
from metricbook.model.faults import Faults
from metricbook.model.kept import Kept, Places, hideable
from metricbook.model.names import block_id, block_title
from metricbook.problems import did_you_mean
from metricbook.source.document import Data, Steps
from metricbook.source.schema import Benchmark, Framework, Metric, Option, Page, Variant, When

FROM_VARIANT = ("formula", "input", "by", "rollup", "weight", "definition", "source", "python", "undefined_if")


@dataclass(frozen=True)
class Chosen:
    """The framework of one profile. `metrics` holds one plain metric per id; rivals are ids like `ltv.churn`."""

    metrics: Mapping[str, Metric]
    rivals: Mapping[str, tuple[str, ...]]  # metric: all its definitions, the one in force (its own id) first
    variants: Mapping[str, tuple[str, str]]  # id: (variant id, variant label)
    pages: tuple[Page, ...]
    places: Places  # where each page and block that is kept stands in the framework
    north_star: str
    profile: Mapping[str, str]


def choose(faults: Faults, wanted: Mapping[str, str], asked: Collection[str]) -> Chosen:
    """Settle a framework for the profile `wanted` (a missing key takes its default) of the keys that are `asked`."""
    framework = faults.flat.framework
    profile = _profile(faults, wanted, asked)
    _check_conditions(faults)
    _check_choices(faults)
    hidden = frozenset(framework.hide)
    for number, name in enumerate(framework.hide):
        if name not in hideable(framework):
            hint = (
                did_you_mean(name, hideable(framework))
                or _by_title(framework, name)
                or "Metrics, dimensions, sheets, blocks and checks have ids; `metricbook show` lists them."
            )
            faults.add("unknown-name", ("hide", number), f"There is nothing called {name} to hide.", hint)
    choosing = _Choosing(faults, profile)
    for id, metric in framework.metrics.items():
        if id not in hidden and holds(metric.when, profile):
            choosing.add(id, metric)
    absent = hidden | (framework.metrics.keys() - choosing.metrics.keys())
    star = _north_star(faults, profile, absent)
    kept = Kept(framework, profile, hidden, absent, star)
    pages, places = kept.pages()
    return Chosen(choosing.metrics, choosing.rivals, choosing.variants, pages, places, star, profile)


def _by_title(framework: Framework, name: str) -> str:
    """The id of what a reader sees under this name."""
    titles = {page.title or "": page.sheet or "" for page in framework.sheets}
    for part in (framework.metrics, framework.dimensions):
        titles |= {each.label or "": id for id, each in part.items()}
    blocks = [(page, block) for page in framework.sheets for block in page.blocks]
    for page, block in blocks:
        for title in (block_title(block), block_id(block).replace("_", " ")):
            titles.setdefault(title, f"{page.sheet}.{block_id(block)}")
    known = {title.casefold(): id for title, id in titles.items() if title and id in hideable(framework)}
    near = get_close_matches(name.casefold(), known, n=1, cutoff=0.8)
    return f'Did you mean "{known[near[0]]}"?' if near else ""


def options(option: Option) -> dict[str, str]:
    """Option ids with their words; a plain list has the ids as words."""
    return option.options if isinstance(option.options, dict) else {each: each for each in option.options}


@dataclass(frozen=True)
class _Choosing:
    """Puts plain metrics in the place of those with variants."""

    faults: Faults
    profile: Mapping[str, str]
    metrics: dict[str, Metric] = field(default_factory=dict)
    rivals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    variants: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, id: str, metric: Metric) -> None:
        metric = self._with_benchmark(id, metric)
        if not metric.variants:
            self.metrics[id] = metric
        elif metric.follow is not None:
            self._follow(id, metric, metric.follow, metric.variants)
        else:
            self._rivals(id, metric, metric.variants)

    def _with_benchmark(self, id: str, metric: Metric) -> Metric:
        """The range that was chosen stands first; without a choice it is the first that was written."""
        wanted = self.faults.flat.framework.choose.get(f"{id}.benchmark")
        ranges = metric.benchmark
        if wanted is None or ranges is None or isinstance(ranges, Benchmark):
            return metric
        return metric.model_copy(update={"benchmark": sorted(ranges, key=lambda each: each.id != wanted)})

    def _rivals(self, id: str, metric: Metric, variants: Mapping[str, Variant]) -> None:
        chosen = self.faults.flat.framework.choose
        in_force = chosen.get(id, metric.default or next(iter(variants)))
        if in_force not in variants:
            path: Steps = ("choose", id) if id in chosen else ("metrics", id, "default")
            hint = did_you_mean(in_force, variants) or f"Its variants are {', '.join(variants)}."
            self.faults.add("unknown-variant", path, f"{id} has no variant {in_force}.", hint)
            in_force = next(iter(variants))
        ids = {name: id if name == in_force else f"{id}.{name}" for name in variants}
        self.rivals[id] = (id, *(each for each in ids.values() if each != id))
        for name, each in ids.items():
            self.metrics[each] = _plain(metric, variants[name])
            self.variants[each] = (name, variants[name].label)

    def _follow(self, id: str, metric: Metric, key: str, variants: Mapping[str, Variant]) -> None:
        option = self.faults.flat.framework.profile.get(key)
        if option is None:
            hint = did_you_mean(key, self.faults.flat.framework.profile)
            sentence = f"{id} follows {key}, which is no profile key."
            self.faults.add("unknown-profile", ("metrics", id, "follow"), sentence, hint)
        elif set(variants) != set(options(option)):
            sentence = f"{id} follows {key}, so it needs exactly the variants {', '.join(options(option))}."
            self.faults.add("variants-differ", ("metrics", id, "variants"), sentence)
        elif self.profile[key] in variants:
            self.metrics[id] = _plain(metric, variants[self.profile[key]])
            self.variants[id] = (self.profile[key], "")


def _plain(metric: Metric, variant: Variant) -> Metric:
    own = {key: getattr(variant, key) for key in FROM_VARIANT if getattr(variant, key) not in (None, "")}
    return metric.model_copy(update={**own, "variants": None, "follow": None, "default": None})


def _profile(faults: Faults, wanted: Mapping[str, str], asked: Collection[str]) -> dict[str, str]:
    known = faults.flat.framework.profile
    for key in wanted:
        if key not in asked:
            hint = did_you_mean(key, asked) or (f"There is {', '.join(asked)}." if asked else "")
            sentence = f"Nothing here depends on {key}." if key in known else f"There is no profile key {key}."
            faults.add_nowhere("unknown-profile", sentence, hint)
    profile = {key: wanted.get(key, option.default) for key, option in known.items()}
    for key, value in profile.items():
        _check_option(faults, ("profile", key, "default"), key, value)
    return profile


def _check_option(faults: Faults, path: Steps, key: str, value: str) -> None:
    known = options(faults.flat.framework.profile[key])
    if value not in known:
        hint = did_you_mean(value, known) or f"Choose {' or '.join(known)}."
        faults.add("unknown-option", path, f"{value} is not an option of {key}.", hint)


def _check_conditions(faults: Faults) -> None:
    known = faults.flat.framework.profile
    for path, when in conditions(faults.flat.framework.model_dump(by_alias=True, exclude_none=True)):
        for key, want in when.items():
            if key not in known:
                hint = did_you_mean(key, known) or "Declare it under `profile:`."
                sentence = f"`when` asks for {key}, which is no profile key."
                faults.add("unknown-profile", (*path, key), sentence, hint)
                continue
            for each in [want] if isinstance(want, str) else want:
                _check_option(faults, (*path, key), key, each)


def conditions(data: Data, path: Steps = ()) -> Iterator[tuple[Steps, When]]:
    """Every `when:` inside a part of a framework, and where it stands."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "when" and isinstance(value, dict):
                yield (*path, key), value  # type: ignore[misc]
            else:
                yield from conditions(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from conditions(value, (*path, index))


def _check_choices(faults: Faults) -> None:
    """Each key of `choose` is a metric with variants, or the benchmark of a metric with several ranges."""
    framework = faults.flat.framework
    rivals = {id for id, metric in framework.metrics.items() if metric.variants and not metric.follow}
    ranges = {f"{id}.benchmark": metric.benchmark for id, metric in framework.metrics.items() if metric.benchmark}
    for key, wanted in framework.choose.items():
        if key not in rivals and key not in ranges:
            hint = did_you_mean(key, [*rivals, *ranges]) or f"There is {', '.join([*rivals, *ranges])}."
            faults.add("unknown-name", ("choose", key), f"There is nothing to choose for {key}.", hint)
        listed = ranges.get(key)
        ids = [each.id for each in listed] if isinstance(listed, list) else []
        if key in ranges and wanted not in ids:
            hint = did_you_mean(wanted, ids) or f"There is {', '.join(ids) or 'only one'}."
            faults.add("unknown-variant", ("choose", key), f"{key} has no range {wanted}.", hint)


def _north_star(faults: Faults, profile: Mapping[str, str], absent: frozenset[str]) -> str:
    """The metric above all in this profile; "" where there is none, or where it is hidden."""
    framework: Framework = faults.flat.framework
    stated = framework.north_star
    choices = {("north_star",): stated} if isinstance(stated, str) else {}
    fitting = [stated] if isinstance(stated, str) else []
    if isinstance(stated, list):
        choices = {("north_star", number): each.metric or "" for number, each in enumerate(stated)}  # type: ignore[misc]
        fitting = [each.metric or "" for each in stated if holds(each.when, profile)]
    for path, id in choices.items():
        if id not in framework.metrics:
            hint = did_you_mean(id, framework.metrics)
            faults.add("unknown-metric", path, f"The north star {id} is not a metric here.", hint)
    return next((id for id in fitting if id not in absent and id in framework.metrics), "")
