"""The looks and words of a client as a workbook keeps them: taken over as far as they are what they should be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from metricbook.layout.kept_settings import settings_from
from metricbook.layout.settings import Settings, ShowIn
from metricbook.layout.wording import catalogue

_COLOUR = re.compile("([0-9A-Fa-f]{6})?")


def looks_of(lines: Iterable[str]) -> Settings | None:
    """The settings; None where somebody has changed the lines into something else."""
    try:
        found = settings_from(lines)
    except (ValueError, TypeError):
        return None
    texts = (found.client, found.currency, found.accent, *vars(found.prepared).values())
    mappings = (found.words, found.formats)
    sound = (
        all(isinstance(each, str) for each in texts)
        and bool(_COLOUR.fullmatch(found.accent))
        and found.show_in in get_args(ShowIn)
        and all(isinstance(each, float | int) and 0 <= each <= 1 for each in (found.at_risk, found.tolerance))
        and all(isinstance(each, dict) for each in mappings)
        and all(isinstance(text, str) for each in mappings for pair in each.items() for text in pair)
        and set(found.words) <= set(catalogue())
    )
    return found if sound else None
