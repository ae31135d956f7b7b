"""What a table of deals adds up to: stages by source, channel, campaign or asset, pipeline and marketing's part.

A deal is one row: a lead, its dates, its amount, and who had touched it before the opportunity was opened. What has
no date for a stage has not reached it. The functions give sums by month, or by member and month, with "total" for all
deals, also those of no known member.

Sources: The Data School by Chartio, "The Top Metrics for a B2B CMO Dashboard"; Hatch, KPIs for a B2B marketing plan;
GTM Tools, B2B marketing measurement framework; getmichaelai.com, "7 Key B2B Marketing Metrics".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

Table = dict[tuple[str, str], float]
Line = dict[str, float]

TOTAL = "total"


@dataclass(frozen=True)
class Deal:
    """One lead or deal: what it has reached, where it came from, and who had a part in it."""

    reached: Mapping[str, date]  # lead, mql, sql, opened, closed, won
    amount: float = 0
    labels: Mapping[str, str] = field(default_factory=dict)  # by source, channel, campaign, asset
    first_touch_by: str = ""
    created_by: str = ""
    marketing_touches: int = 0
    sales_touches: int = 0

    def sourced(self, rule: str) -> bool:
        """Did marketing source it: alone, by the first touch, or because it created the opportunity?"""
        return {
            "alone": self.marketing_touches > 0 and self.sales_touches == 0,
            "first_touch": self.first_touch_by == "marketing",
            "created": self.created_by == "marketing",
        }[rule]

    @property
    def touched(self) -> bool:
        """Had marketing any part in it?"""
        return self.marketing_touches > 0 or "marketing" in (self.first_touch_by, self.created_by)

    @property
    def days(self) -> int:
        """Days from opening to the win."""
        return (self.reached["won"] - self.reached["opened"]).days


def leads(deals: Iterable[Deal], margin: str) -> Table:
    """Rows that became a lead. Unit: count. Clock: the month of the lead. Source: The Data School.

    >>> leads([Deal({"lead": date(2026, 2, 1)}, labels={"source": "direct"})], "source")["direct", "2026-02"]
    1.0
    """
    return _table(deals, "lead", margin, _one)


def mqls(deals: Iterable[Deal], margin: str) -> Table:
    """Rows that became an MQL. Unit: count. Clock: the month they did. Source: Hatch.

    >>> mqls([Deal({"lead": date(2026, 2, 1)})], "source")
    {}
    """
    return _table(deals, "mql", margin, _one)


def sqls(deals: Iterable[Deal], margin: str) -> Table:
    """Rows that became an SQL. Unit: count. Clock: the month they did. Source: Hatch.

    >>> sqls([Deal({"sql": date(2026, 3, 31)})], "channel")["total", "2026-03"]
    1.0
    """
    return _table(deals, "sql", margin, _one)


def opportunities(deals: Iterable[Deal], margin: str) -> Table:
    """Opportunities opened. Unit: count. Clock: the month of opening. Source: The Data School.

    >>> opportunities([Deal({"opened": date(2026, 4, 1)})] * 2, "asset")["total", "2026-04"]
    2.0
    """
    return _table(deals, "opened", margin, _one)


def wins(deals: Iterable[Deal], margin: str) -> Table:
    """Deals won. Unit: count. Clock: the month of the win. Source: The Data School.

    >>> wins([Deal({"closed": date(2026, 4, 1)})], "asset")
    {}
    """
    return _table(deals, "won", margin, _one)


def days_to_win(deals: Iterable[Deal], margin: str) -> Table:
    """Days from opening to the win, added up. Unit: days. Clock: the month of the win. Source: getmichaelai.

    >>> won = Deal({"opened": date(2026, 1, 1), "won": date(2026, 1, 15)}, labels={"channel": "organic"})
    >>> days_to_win([won], "channel")["organic", "2026-01"]
    14.0
    """
    return _table(deals, "won", margin, lambda deal: deal.days)


def pipeline_created(deals: Iterable[Deal]) -> Line:
    """Amounts opened, whatever became of them. Unit: currency. Clock: the month of opening. Source: Hatch.

    >>> pipeline_created([Deal({"opened": date(2026, 4, 1)}, 9_000)])
    {'2026-04': 9000.0}
    """
    return _line(deals, "opened")


def open_pipeline(deals: Iterable[Deal], end: date) -> float:
    """Amounts opened and not closed at the end of a day. Unit: currency. Clock: a snapshot. Source: Hatch.

    >>> deal = Deal({"opened": date(2026, 4, 1), "closed": date(2026, 5, 31)}, 9_000)
    >>> [open_pipeline([deal], day) for day in (date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31))]
    [0.0, 9000.0, 0.0]
    """
    return float(sum(deal.amount for deal in deals if _is_open(deal, end)))


def revenue_won(deals: Iterable[Deal]) -> Line:
    """Amounts won. Unit: currency. Clock: the month of the win. Source: Hatch.

    >>> revenue_won([Deal({"won": date(2026, 5, 2)}, 9_000)])
    {'2026-05': 9000.0}
    """
    return _line(deals, "won")


def sourced_pipeline(deals: Iterable[Deal], rule: str) -> Line:
    """Amounts opened that marketing sourced. Unit: currency. Clock: the month of opening. Source: as the rule's.

    >>> sourced_pipeline([Deal({"opened": date(2026, 4, 1)}, 9_000, created_by="marketing")], "created")
    {'2026-04': 9000.0}
    """
    return _line(_sourced(deals, rule), "opened")


def sourced_opportunities(deals: Iterable[Deal], rule: str) -> Line:
    """Opportunities that marketing sourced. Unit: count. Clock: the month of opening. Source: as the rule's.

    >>> sourced_opportunities([Deal({"opened": date(2026, 4, 1)}, first_touch_by="sales")], "first_touch")
    {}
    """
    return _line(_sourced(deals, rule), "opened", _one)


def sourced_wins(deals: Iterable[Deal], rule: str) -> Line:
    """Wins that marketing sourced. Unit: count. Clock: the month of the win. Source: as the rule's.

    >>> sourced_wins([Deal({"won": date(2026, 4, 1)}, marketing_touches=2)], "alone")
    {'2026-04': 1.0}
    """
    return _line(_sourced(deals, rule), "won", _one)


def sourced_revenue(deals: Iterable[Deal], rule: str) -> Line:
    """Amounts won that marketing sourced. Unit: currency. Clock: the month of the win. Source: as the rule's.

    >>> sourced_revenue([Deal({"won": date(2026, 4, 1)}, 9_000, marketing_touches=2, sales_touches=1)], "alone")
    {}
    """
    return _line(_sourced(deals, rule), "won")


def sourced_days(deals: Iterable[Deal], rule: str) -> Line:
    """Days to win of what marketing sourced. Unit: days. Clock: the month of the win. Source: as the rule's.

    >>> won = Deal({"opened": date(2026, 1, 1), "won": date(2026, 1, 31)}, created_by="marketing")
    >>> sourced_days([won], "created")
    {'2026-01': 30.0}
    """
    return _line(_sourced(deals, rule), "won", lambda deal: deal.days)


def sourced_open(deals: Iterable[Deal], rule: str, end: date) -> float:
    """Open pipeline that marketing sourced. Unit: currency. Clock: a snapshot. Source: as the rule's.

    >>> sourced_open([Deal({"opened": date(2026, 4, 1)}, 9_000, created_by="sales")], "created", date(2026, 4, 30))
    0.0
    """
    return open_pipeline(_sourced(deals, rule), end)


def touched_pipeline(deals: Iterable[Deal]) -> Line:
    """Amounts opened with a part of marketing. Unit: currency. Clock: the month of opening. Source: getmichaelai.

    >>> touched_pipeline([Deal({"opened": date(2026, 4, 1)}, 9_000, marketing_touches=1, sales_touches=4)])
    {'2026-04': 9000.0}
    """
    return _line((deal for deal in deals if deal.touched), "opened")


def mi_revenue(deals: Iterable[Deal]) -> Line:
    """Amounts won with a part of marketing. Unit: currency. Clock: the month of the win. Source: GTM Tools.

    >>> mi_revenue([Deal({"won": date(2026, 4, 1)}, 9_000, sales_touches=4)])
    {}
    """
    return _line((deal for deal in deals if deal.touched), "won")


def marketing_revenue(deals: Iterable[Deal], margin: str) -> Table:
    """The same by member and month. Unit: currency. Clock: the month of the win. Source: Hatch.

    >>> won = Deal({"won": date(2026, 4, 1)}, 9_000, {"channel": "events"}, marketing_touches=1)
    >>> marketing_revenue([won], "channel")["events", "2026-04"]
    9000.0
    """
    return _table((deal for deal in deals if deal.touched), "won", margin, _amount)


def _one(_: Deal) -> float:
    return 1


def _amount(deal: Deal) -> float:
    return deal.amount


def _sourced(deals: Iterable[Deal], rule: str) -> Iterator[Deal]:
    return (deal for deal in deals if deal.sourced(rule))


def _is_open(deal: Deal, end: date) -> bool:
    opened, closed = deal.reached.get("opened"), deal.reached.get("closed")
    return opened is not None and opened <= end and (closed is None or closed > end)


def _table(deals: Iterable[Deal], stage: str, margin: str, amount: Callable[[Deal], float]) -> Table:
    """Sums by member and month of a stage, and for all deals together."""
    sums: Table = defaultdict(float)
    for deal in deals:
        if stage in deal.reached:
            month = f"{deal.reached[stage]:%Y-%m}"
            for member in (deal.labels.get(margin, ""), TOTAL):
                sums[member, month] += amount(deal)
    return dict(sums)


def _line(deals: Iterable[Deal], stage: str, amount: Callable[[Deal], float] = _amount) -> Line:
    """Sums of all deals by month of a stage."""
    return {month: value for (member, month), value in _table(deals, stage, "", amount).items() if member == TOTAL}
