"""Journeys made up for tests: rows of deals and touches as people paste them, and as the reference takes them.

The rows hold what goes wrong in exports: a lead without a touch, touches after the close or before anything else, two
on one day, milestones marked twice or never, a source that is on no list, a blank campaign, a missing amount.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

from metricbook.reference.attribution import Journey, Touch

Row = dict[str, str]

MARGINS = {
    "source": ("direct", "organic_search", "paid_ads", "referral_sites", "email", "offline"),
    "channel": ("paid_search", "paid_social", "organic", "events", "referral", "outbound"),
    "campaign": ("always_on", "product_launch", "webinar_series", "trade_fairs"),
    "asset": ("buyers_guide", "roi_calculator", "case_studies", "webinar", "no_asset"),
}
OPTIONAL = ("campaign", "asset")
UNLISTED = "podcast"


@dataclass(frozen=True)
class Rows:
    """The two tables, a mapping of column to text for each row; what is blank is an empty text."""

    deals: tuple[Row, ...]
    touches: tuple[Row, ...]


def generated(seed: int, deals: int = 40, first: date = date(2025, 1, 1), days: int = 240) -> Rows:
    """Journeys whose leads came within so many days; the same for the same seed."""
    random = Random(seed)
    rows = [_deal(random, f"D{number:03}", first, days) for number in range(1, deals + 1)]
    touches = [touch for deal in rows for touch in _touches(random, deal)]
    random.shuffle(touches)
    return Rows(tuple(rows), tuple(touches))


def read(deals: Path, touches: Path) -> Rows:
    """The two tables of CSV files."""
    with deals.open(encoding="utf-8") as one, touches.open(encoding="utf-8") as other:
        return Rows(tuple(csv.DictReader(one)), tuple(csv.DictReader(other)))


def journeys(rows: Rows) -> dict[str, Journey]:
    """Each deal with its touches, as the reference takes them."""
    touches: dict[str, list[Touch]] = defaultdict(list)
    for row in rows.touches:
        touches[row["deal"]].append(_touch(row))
    return {row["deal"]: Journey(tuple(touches[row["deal"]]), _stages(row), _amount(row)) for row in rows.deals}


def _touch(row: Row) -> Touch:
    labels = {margin: row[margin] for margin in MARGINS if row[margin]}
    marks = bool(row["made_lead"]), bool(row["made_opportunity"])
    return Touch(date.fromisoformat(row["date"]), *marks, team=row["team"], labels=labels)


def _stages(row: Row) -> Mapping[str, date]:
    won = row["closed_on"] if row["outcome"] == "won" else ""
    texts = {"lead": row["lead_on"], "mql": row["mql_on"], "opportunity": row["opened_on"], "customer": won}
    return {stage: date.fromisoformat(text) for stage, text in texts.items() if text}


def _amount(row: Row) -> Fraction:
    return Fraction(row["amount"] or 0)


def _deal(random: Random, key: str, first: date, days: int) -> Row:
    stages = ["lead_on", "mql_on", "sql_on", "opened_on", "closed_on"]
    reached = stages[: random.choice([1, 2, 3, 4, 5, 5, 5])]
    row: Row = dict.fromkeys(["deal", "channel", "source", "campaign", "asset", *stages, "outcome", "amount"], "")
    day = first + timedelta(random.randrange(days))
    for stage in reached:
        row[stage] = day.isoformat()
        day += timedelta(random.choice([0, 1, 5, 12, 40]))
    row |= {"deal": key, "outcome": random.choice(["won", "won", "lost"]) if "closed_on" in reached else "open"}
    row |= {margin: random.choice(members) for margin, members in MARGINS.items()}
    if "opened_on" in reached and random.random() < 0.95:
        row["amount"] = str(random.randrange(1_000, 40_000, 50))
    row |= {
        "first_touch_by": random.choice(["marketing", "sales"]),
        "created_by": random.choice(["marketing", "sales"]),
    }
    return row | {"marketing_touches": str(random.randrange(4)), "sales_touches": str(random.randrange(4))}


def _touches(random: Random, deal: Row) -> list[Row]:
    begun = date.fromisoformat(deal["lead_on"])
    last = date.fromisoformat(next(deal[s] for s in ("closed_on", "opened_on", "mql_on", "lead_on") if deal[s]))
    found = []
    for _ in range(random.choice([0, 1, 1, 2, 2, 3, 4, 6, 12])):
        day = begun + timedelta(random.randrange(-30, (last - begun).days + 15))
        row = {"deal": deal["deal"], "date": day.isoformat(), "team": random.choice(["marketing", "sales"])}
        for margin, members in MARGINS.items():
            others = ["", ""] if margin in OPTIONAL else [UNLISTED]
            row[margin] = random.choice([*members, *members, *others])
        found.append(row | {"made_lead": "", "made_opportunity": ""})
    for mark in ("made_lead", "made_opportunity"):
        for row in random.sample(found, min(len(found), random.choice([0, 1, 1, 1, 1, 2]))):
            row[mark] = "1"
    if len(found) > 2 and random.random() < 0.3:
        found[1]["date"] = found[0]["date"]
    return found
