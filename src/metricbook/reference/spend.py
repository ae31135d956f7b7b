"""What a table of spend adds up to, by month and by channel, source, campaign, ad or content asset.

Sources: The Data School by Chartio, "The Top Metrics for a B2B CMO Dashboard"; GTM Tools, B2B marketing measurement
framework.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

TOTAL = "total"


@dataclass(frozen=True)
class SpendLine:
    """One invoice, or one day of a campaign: when, how much, and what it was for."""

    day: date
    amount: float
    labels: Mapping[str, str] = field(default_factory=dict)  # by channel, source, campaign, ad, asset


def marketing_spend(lines: Iterable[SpendLine], margin: str) -> dict[tuple[str, str], float]:
    """Spend by member and month, and "total" for all lines. Unit: currency. Clock: the month of the day.

    Source: The Data School, marketing spend by source, channel, campaign, ad and content asset.

    >>> marketing_spend([SpendLine(date(2026, 2, 3), 40.0, {"ad": "video"}), SpendLine(date(2026, 2, 9), 2.0)], "ad")
    {('video', '2026-02'): 40.0, ('total', '2026-02'): 42.0, ('', '2026-02'): 2.0}
    """
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for line in lines:
        for member in (line.labels.get(margin, ""), TOTAL):
            sums[member, f"{line.day:%Y-%m}"] += line.amount
    return dict(sums)
