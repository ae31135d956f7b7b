"""A client's looks and words as lines of YAML in the workbook, so that the same workbook can be built from itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from metricbook.layout.settings import Prepared, Settings

KEPT = ("client", "currency", "accent", "at_risk", "tolerance", "show_in", "prepared", "words", "formats")
"""What is kept of the settings. A logo is in the file as a picture, and what is typed stands in its cells."""


def lines_of(settings: Settings) -> list[str]:
    """What differs from the usual, each a line with its value as JSON, which is YAML too."""
    usual = Settings()
    said = {key: getattr(settings, key) for key in KEPT if getattr(settings, key) != getattr(usual, key)}
    return [f"{key}: {json.dumps(_plain(value), ensure_ascii=False)}" for key, value in said.items()]


def settings_from(lines: Iterable[str]) -> Settings:
    """The settings that these lines keep."""
    found: dict[str, Any] = {}
    for line in lines:
        key, _, value = line.partition(": ")
        if key in KEPT:
            found[key] = json.loads(value)
    if "prepared" in found:
        found["prepared"] = Prepared(**found["prepared"])
    return replace(Settings(), **found)


def _plain(value: Any) -> Any:
    return asdict(value) if isinstance(value, Prepared) else dict(value) if isinstance(value, dict) else value
