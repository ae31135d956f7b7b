"""`when`: what is there only under some options."""

from __future__ import annotations

from collections.abc import Mapping

from metricbook.source.schema import When


def holds(when: When | None, profile: Mapping[str, str]) -> bool:
    """Does a condition hold in this profile? No condition always does."""
    return all(profile.get(key) in ([want] if isinstance(want, str) else want) for key, want in (when or {}).items())
