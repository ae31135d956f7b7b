"""What a client file changed, as a sentence: Changed from growth 1.0.0: 3 labels, 1 metric added, 1 block hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from metricbook.model.client_members import label_of, members_of
from metricbook.model.client_pages import KINDS
from metricbook.model.flat import Flat
from metricbook.model.names import block_id
from metricbook.source.schema import Metric

COUNTED = {
    "label": "label", "definition": "definition", "owner": "owner", "target": "target", "benchmark": "benchmark",
    "bands": "scale", "input": "prompt",
}  # fmt: skip
"""What a client may say of a metric otherwise, and how it is called when counted."""


def changed(flat: Flat) -> str:
    """The sentence; "" where nothing is another."""
    beneath = list(_frameworks(flat))
    names = " and ".join(f"{each.framework.framework} {each.framework.version}" for each in beneath)
    told = [*_metrics(flat, beneath), *_dimensions(flat, beneath), *_parts(flat, beneath), *_hidden(flat, beneath)]
    told += _looks(flat)
    return f"Changed from {names}: {', '.join(told)}." if told else ""


def _looks(flat: Flat) -> Iterator[str]:
    """The brand, and how many titles and fixed words are said otherwise."""
    said = [each.data for each in flat.client_documents if isinstance(each.data, dict)]
    yield from (["brand"] if any(data.get("brand") for data in said) else [])
    for key, word in (("titles", "title"), ("words", "word")):
        ids = {id for data in said if isinstance(found := data.get(key), dict) for id in found}
        yield from _counted(len(ids), word)


def _frameworks(flat: Flat) -> Iterator[Flat]:
    """The frameworks beneath all client files."""
    for each in flat.used if flat.tailored else ():
        yield from _frameworks(each)
    if not flat.tailored:
        yield flat


def _all(beneath: list[Flat], key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in beneath:
        found |= getattr(each.framework, key)
    return found


def _metrics(flat: Flat, beneath: list[Flat]) -> Iterator[str]:
    before, after = _all(beneath, "metrics"), flat.framework.metrics
    for key, word in COUNTED.items():
        count = sum(_said(after[id], key) != _said(before[id], key) for id in before.keys() & after.keys())
        yield from _counted(count, word)
    added = [id for id in after if id not in before]
    places = dict.fromkeys(_places(flat, set(added)))
    where = f" ({', '.join(places)})" if places else ""
    yield from (f"{each} added{where}" for each in _counted(len(added), "metric"))


def _said(metric: Metric, key: str) -> object:
    """What is said of a metric, without the sample's and the first values: those of lost members go by themselves."""
    if key == "input" and metric.input is not None:
        return metric.input.model_copy(update={"example": None, "initial": None})
    return getattr(metric, key)


def _places(flat: Flat, added: set[str]) -> Iterator[str]:
    """Where added metrics are shown, as a reader says it: Funnel › Scorecard."""
    for path, (_, home) in flat.added.items():
        number, place = path[1], path[3]
        if isinstance(number, int) and isinstance(place, int) and home[1] in added:
            page = flat.framework.sheets[number]
            block = page.blocks[place]
            kind = next((key for key in KINDS if getattr(block, key)), "")
            yield f"{page.title or page.sheet} › {(block_id(block) or kind).replace('_', ' ').capitalize()}"


def _dimensions(flat: Flat, beneath: list[Flat]) -> Iterator[str]:
    before, after = _all(beneath, "dimensions"), flat.framework.dimensions
    for id, dimension in after.items():
        if id == "period" or id not in before:
            continue
        there, here = members_of(before[id]), members_of(dimension)
        if list(there) != list(here) or any(label_of(there[name]) != label_of(here[name]) for name in here):
            yield f"members of {id}"
    yield from (f"{each} added" for each in _counted(len(after.keys() - before.keys()), "dimension"))
    if "period" in before and after["period"] != before["period"]:
        yield "periods"


def _parts(flat: Flat, beneath: list[Flat]) -> Iterator[str]:
    """Constants, tables, pages and checks."""
    before, after = _all(beneath, "constants"), flat.framework.constants
    yield from _counted(sum(after[id] != before[id] for id in before.keys() & after.keys()), "constant")
    profile, stated = _all(beneath, "profile"), flat.framework.profile
    yield from _counted(sum(stated[key].default != each.default for key, each in profile.items()), "option")
    yield from _counted(len(flat.framework.choose.items() - _all(beneath, "choose").items()), "variant")
    for key, word in (("sheets", "page"), ("checks", "check"), ("records", "table")):
        more = len(getattr(flat.framework, key)) - len(_together(beneath, key))
        yield from (f"{each} added" for each in _counted(max(0, more), word))


def _together(beneath: list[Flat], key: str) -> Mapping[str, object] | list[object]:
    if key == "records":
        return _all(beneath, key)
    parts = (part for each in beneath for part in getattr(each.framework, key))
    return list({getattr(part, "sheet", None) or part.id: part for part in parts})


def _hidden(flat: Flat, beneath: list[Flat]) -> Iterator[str]:
    """What is hidden, by its kind."""
    framework = flat.framework
    hidden = set(framework.hide) - {name for each in beneath for name in each.framework.hide}
    kinds = {
        "metric": framework.metrics.keys(),
        "dimension": framework.dimensions.keys(),
        "page": {page.sheet for page in framework.sheets},
        "block": {f"{page.sheet}.{block_id(block)}" for page in framework.sheets for block in page.blocks},
        "check": {check.id for check in framework.checks},
    }
    for word, known in kinds.items():
        yield from (f"{each} hidden" for each in _counted(len(hidden & set(known)), word))


def _counted(count: int, word: str) -> Iterator[str]:
    if count:
        yield f"{count} {word}{'s' if count > 1 else ''}"
