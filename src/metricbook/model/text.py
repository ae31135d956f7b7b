"""The resolved framework as YAML: what the workbook keeps, and what the program reads back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import yaml

from metricbook.model.flat import Flat


def framework_text(
    flat: Flat, profile: Mapping[str, str], left_out: Collection[str] = (), unchecked: Collection[str] = ()
) -> str:
    """The framework as YAML that reads back, with the chosen profile as its defaults.

    `left_out` are metrics of used frameworks that nothing here needs, `unchecked` their checks that did not come.
    """
    data = flat.framework.model_dump(exclude_defaults=True, by_alias=True, mode="json")
    known = data.pop("profile", {})
    data |= {"profile": {key: {**known[key], "default": value} for key, value in profile.items()}} if profile else {}
    metrics: dict[str, Any] = data.get("metrics", {})
    data["metrics"] = {id: each for id, each in metrics.items() if id not in left_out}
    checks: list[dict[str, Any]] = [each for each in data.pop("checks", []) if each["id"] not in unchecked]
    data |= {"checks": checks} if checks else {}
    return yaml.dump(data, sort_keys=False, allow_unicode=True, width=110, Dumper=_Plain)


# libyaml's emitter is an order of magnitude faster; without it the slower one writes the same text
_Safe: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Plain(_Safe):  # type: ignore[misc]
    """Writes no anchors, so that the text reads back without aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Say a part that stands twice twice."""
        return True
