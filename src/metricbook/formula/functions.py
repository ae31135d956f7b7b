"""The functions an author may use: one row each. A new one is a row here, its words in `words`, and a test case.

Kinds: `strict` functions and `logic` need every value they name; `skipping` ones pass over what is blank;
`period` functions look along the periods or decide about blanks, and stand alone as a metric's whole formula;
`records` functions look over the rows of a table, and `row` ones into another row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SPANS = ("year", "quarter")


@dataclass(frozen=True, slots=True)
class Function:
    """One function: how many arguments it takes (`most` None is any number), its kind and what it gives.

    `span` is the place of an argument that says how far: `year` or `quarter`, and a number of periods if `counts`.
    """

    name: str
    least: int
    most: int | None
    kind: Literal["strict", "skipping", "period", "logic", "records", "row"]
    doc: str
    span: int | None = None
    counts: bool = False


_TABLE = (
    Function("IF", 3, 3, "logic", "One of two values: IF(churn > 0, churn, 0)"),
    Function("AND", 1, None, "logic", "Whether all comparisons hold: AND(mqls <= leads, sqls <= mqls)"),
    Function("OR", 1, None, "logic", "Whether any comparison holds: OR(budget > 0, spend = 0)"),
    Function("NOT", 1, 1, "logic", "Whether a comparison does not hold: NOT(spend = 0)"),
    Function("MIN", 1, None, "skipping", "The smallest of the values that are there: MIN(spend, budget)"),
    Function("MAX", 1, None, "skipping", "The largest of the values that are there: MAX(spend, 0)"),
    Function("SUM", 1, None, "skipping", "The sum of the values that are there: SUM(events, ads)"),
    Function("AVERAGE", 1, None, "skipping", "The mean of the values that are there: AVERAGE(nps, csat)"),
    Function("MEDIAN", 1, None, "skipping", "The middle of the values that are there: MEDIAN(a, b, c)"),
    Function("COUNT", 1, None, "skipping", "How many of the values are there: COUNT(nps, csat)"),
    Function("ABS", 1, 1, "strict", "The value without its sign: ABS(spend - budget)"),
    Function("ROUNDUP", 2, 2, "strict", "Rounded away from zero to that many decimals: ROUNDUP(leads, 0)"),
    Function("ROUNDDOWN", 2, 2, "strict", "Rounded towards zero to that many decimals: ROUNDDOWN(leads, 0)"),
    Function(
        "PREVIOUS", 2, 3, "period", "One period earlier, with what stands before: PREVIOUS(mrr, opening_mrr)", 2
    ),
    Function("AGO", 2, 2, "period", "So many periods earlier: AGO(mrr, 3) or AGO(mrr, year)", 1, True),
    Function("CUMULATIVE", 1, 1, "period", "The running sum from the first period: CUMULATIVE(new_customers)"),
    Function("TODATE", 2, 2, "period", "The sum since the fiscal year or quarter began: TODATE(spend, year)", 1),
    Function("ROLLING", 2, 2, "period", "The sum of the last periods: ROLLING(churned_mrr, 12)", 1, True),
    Function("WHOLE", 2, 2, "period", "The sum of the whole fiscal year or quarter: WHOLE(budget, quarter)", 1),
    Function("COALESCE", 2, 2, "period", "The metric, or the other where it is blank or n/a: COALESCE(nps, 0)"),
    Function("COUNTIFS", 2, None, "records", "How many rows fit: COUNTIFS(deals.channel, channel)"),
    Function(
        "SUMIFS", 3, None, "records", "A column of the rows that fit: SUMIFS(deals.amount, deals.won_on, period)"
    ),
    Function("AVERAGEIFS", 3, None, "records", "The mean of it: AVERAGEIFS(deals.days, deals.won_on, period)"),
    Function("OF", 2, 2, "row", "A column of the row that a key points to: OF(deal, deals.amount)"),
)

FUNCTIONS = {function.name: function for function in _TABLE}
