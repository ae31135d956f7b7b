"""Who gets the credit for a lead, an MQL or a customer: six models over the touches of a journey.

A journey is what happened with one lead or deal: touches with dates, and the dates on which it became a lead, an MQL
and a customer. The rules, the same for every model and stage:

- Only touches up to the stage's date count, that day included. A journey cut like this is all a model sees.
- Credits of a journey add up to exactly 1. They are fractions, so their sum is exact, and an amount is credited to
  the cent. Without a touch that counts nobody gets credit.
- A single touch gets all. Touches of the same day share what a single touch of that day would get as first or last.
- A second touch marked with the same milestone counts as one more; that is a slip, and a check says so.
- What has nobody to go to (no touches between, a milestone that is on no touch) is shared out by the others in
  proportion to their own weights. A touch that is two milestones gets both weights.

Sources of the weights: 40/20/40 on first, between and last, Matomo's help (Multi Channel Conversion Attribution) and
Salesforce's (Supported Multi-Touch Attribution Models); 30/30/30/10, attribyte.xyz and leadsources.io (W-shaped
attribution); a half-life of seven days, Google Ads API (AttributionModelEnum). Some put the second peak of the U on
the touch that made the lead. For leads that is the last touch; for customers it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from metricbook.reference.conventions import Undefined

Weights = list[Fraction]


@dataclass(frozen=True)
class Touch:
    """One contact on the way: when, and whether it made the person a lead or opened the opportunity."""

    on: date
    made_lead: bool = False
    made_opportunity: bool = False
    team: str = "marketing"
    labels: Mapping[str, str] = field(default_factory=dict)  # by source, channel, campaign, asset; blank is absent


@dataclass(frozen=True)
class Journey:
    """All touches of one lead or deal in any order, the date of each stage it has reached, and its amount."""

    touches: tuple[Touch, ...]
    reached: Mapping[str, date]
    value: Fraction = Fraction(0)


@dataclass(frozen=True)
class Rules:
    """The weights that the models share out, and the time in which a touch loses half of its weight (days)."""

    u_ends: Fraction = Fraction(40, 100)
    u_middle: Fraction = Fraction(20, 100)
    w_milestones: Fraction = Fraction(30, 100)
    w_others: Fraction = Fraction(10, 100)
    half: Fraction = Fraction(1, 2)
    half_life: Fraction = Fraction(7)


STANDARD = Rules()


def touch_credits(journey: Journey, stage: str, model: str, rules: Rules = STANDARD) -> Weights:
    """Each touch's part of a stage, in the order of the journey's touches. Unit: count. Clock: the stage's date.

    Five touches between 1 January and the order of 8 February, the last one that day; each gets a fifth:

    >>> days = [date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 13), date(2026, 1, 31), date(2026, 2, 8)]
    >>> bought = Journey(tuple(map(Touch, days)), {"customer": date(2026, 2, 8)}, Fraction(12_000))
    >>> [str(credit) for credit in touch_credits(bought, "customer", "linear")]
    ['1/5', '1/5', '1/5', '1/5', '1/5']

    A journey that never reached the stage gives no credit, nor does a touch after it:

    >>> touch_credits(bought, "mql", "linear") == [0, 0, 0, 0, 0]
    True
    """
    reached = journey.reached.get(stage)
    counted = [place for place, touch in enumerate(journey.touches) if reached is not None and touch.on <= reached]
    credits_of = [Fraction(0)] * len(journey.touches)
    if reached is None or not counted:
        return credits_of
    parts = MODELS[model]([journey.touches[place] for place in counted], reached, rules)
    for place, part in zip(counted, parts, strict=True):
        credits_of[place] = part
    return credits_of


def first_touch(touches: Sequence[Touch], reached: date, rules: Rules = STANDARD) -> Weights:
    """All to the first touch: what begins a journey. Unit: count. Clock: the stage's date. Source: Hatch.

    >>> _percents(first_touch, "2026-03-01", "2026-03-05", "2026-03-09")
    '100 0 0'

    Two on the first day share it:

    >>> _percents(first_touch, "2026-03-01", "2026-03-01", "2026-03-09")
    '50 50 0'
    """
    return _day_shares(touches, min(touch.on for touch in touches))


def last_touch(touches: Sequence[Touch], reached: date, rules: Rules = STANDARD) -> Weights:
    """All to the last touch: what completes a journey. Unit: count. Clock: the stage's date. Source: Salesforce.

    >>> _percents(last_touch, "2026-03-01", "2026-03-05", "2026-03-09")
    '0 0 100'
    """
    return _day_shares(touches, max(touch.on for touch in touches))


def linear(touches: Sequence[Touch], reached: date, rules: Rules = STANDARD) -> Weights:
    """The same to each touch. Unit: count. Clock: the stage's date. Source: getmichaelai, Matomo.

    >>> _percents(linear, "2026-03-01", "2026-03-05", "2026-03-09", "2026-03-09", "2026-03-10")
    '20 20 20 20 20'
    """
    return [Fraction(1, len(touches))] * len(touches)


def u_shaped(touches: Sequence[Touch], reached: date, rules: Rules = STANDARD) -> Weights:
    """40% to the first, 40% to the last, 20% to all between. Unit: count. Clock: the stage's date.

    Source: getmichaelai names it; weights as Salesforce and Matomo have them. Four touches, two, one:

    >>> _percents(u_shaped, "2026-03-01", "2026-03-03", "2026-03-05", "2026-03-09")
    '40 10 10 40'
    >>> _percents(u_shaped, "2026-03-01", "2026-03-09"), _percents(u_shaped, "2026-03-01")
    ('50 50', '100')
    """
    first, last = first_touch(touches, reached), last_touch(touches, reached)
    between = [start == 0 and end == 0 for start, end in zip(first, last, strict=True)]
    middle = _shared(between)
    ends = [rules.u_ends * (start + end) for start, end in zip(first, last, strict=True)]
    return _to_one([end + rules.u_middle * part for end, part in zip(ends, middle, strict=True)])


def w_shaped(touches: Sequence[Touch], reached: date, rules: Rules = STANDARD) -> Weights:
    """30% to each of first touch, touch that made the lead, touch that opened the opportunity; 10% to all others.

    Unit: count. Clock: the stage's date. Source: getmichaelai names it; weights and this example, leadsources.io.
    Seven touches, of which the third made the lead and the last opened the opportunity:

    >>> days = [f"2026-03-0{day}" for day in range(1, 8)]
    >>> _percents(w_shaped, *days, lead=3, opportunity=7)
    '30 2.5 30 2.5 2.5 2.5 30'

    The first touch made the lead, so it has both weights; no touch is marked as having opened the opportunity, so its
    30% is shared out in proportion, 60 to 10:

    >>> _percents(w_shaped, "2026-03-01", "2026-03-05", "2026-03-09", lead=1, opportunity=3)
    '60 10 30'
    >>> _percents(w_shaped, "2026-03-01", "2026-03-05", lead=1)
    '85.714 14.286'
    """
    first = first_touch(touches, reached)
    marks = [part + touch.made_lead + touch.made_opportunity for part, touch in zip(first, touches, strict=True)]
    others = _shared([mark == 0 for mark in marks])
    return _to_one([rules.w_milestones * m + rules.w_others * o for m, o in zip(marks, others, strict=True)])


def time_decay(touches: Sequence[Touch], reached: date, rules: Rules = STANDARD) -> Weights:
    """More to the later ones: half as much for each half-life of seven days before the stage.

    Unit: count. Clock: the stage's date. Source: Google Ads API. Two weeks, one week and no day before: 1, 2, 4.

    >>> _percents(time_decay, "2026-03-01", "2026-03-08", "2026-03-15")
    '14.286 28.571 57.143'
    """
    if rules.half_life == 0:
        raise Undefined("nothing is left of any touch")
    ages = [Fraction((reached - touch.on).days) / rules.half_life for touch in touches]
    return _to_one([Fraction(float(rules.half) ** float(age)) for age in ages])


MODELS: dict[str, Callable[[Sequence[Touch], date, Rules], Weights]] = {
    "first": first_touch,
    "last": last_touch,
    "linear": linear,
    "u_shaped": u_shaped,
    "w_shaped": w_shaped,
    "decay": time_decay,
}


def credited_amounts(journey: Journey, model: str, rules: Rules = STANDARD) -> Weights:
    """Each touch's part of the journey's amount once it is a customer; adds up to the amount exactly.

    Unit: currency. Clock: the date of the win. The published journey of touch_credits, U-shaped:

    >>> days = [date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 13), date(2026, 1, 31), date(2026, 2, 8)]
    >>> bought = Journey(tuple(map(Touch, days)), {"customer": date(2026, 2, 8)}, Fraction(12_000))
    >>> [int(amount) for amount in credited_amounts(bought, "u_shaped")]
    [4800, 800, 800, 800, 4800]
    """
    return [credit * journey.value for credit in touch_credits(journey, "customer", model, rules)]


def value_per_lead(attr_value: float, attr_leads: float) -> float:
    """Credited revenue ÷ credited leads. Unit: currency. Clock: the period's. Source: The Data School.

    >>> value_per_lead(42_000, 300)
    140.0
    """
    return attr_value / attr_leads


def lead_to_customer(attr_customers: float, attr_leads: float) -> float:
    """Credited customers ÷ credited leads. Unit: percent. Clock: the period's. Source: The Data School.

    >>> lead_to_customer(4.5, 300)
    0.015
    """
    return attr_customers / attr_leads


def marketing_credit_share(marketing_credit: float, revenue_won: float) -> float:
    """Revenue credited to marketing ÷ revenue won. Unit: percent. Clock: the period's. Source: GTM Tools.

    >>> marketing_credit_share(40_000, 160_000)
    0.25
    """
    return marketing_credit / revenue_won


def sourced_of_influenced(ms_revenue: float, mi_revenue: float) -> float:
    """Marketing-sourced ÷ marketing-influenced revenue. Unit: percent. Clock: the period's. Source: GTM Tools.

    >>> sourced_of_influenced(60_000, 120_000)
    0.5
    """
    return ms_revenue / mi_revenue


def _percents(model: Callable[..., Weights], *days: str, lead: int = 0, opportunity: int = 0) -> str:
    """Percents of one journey, for the examples; the touches marked as milestones are counted from 1."""
    dates = [date.fromisoformat(day) for day in days]
    touches = [Touch(on, place == lead, place == opportunity) for place, on in enumerate(dates, 1)]
    return " ".join(f"{float(100 * part):.5g}" for part in model(touches, max(dates)))


def _day_shares(touches: Sequence[Touch], day: date) -> Weights:
    return _shared([touch.on == day for touch in touches])


def _shared(chosen: Sequence[bool]) -> Weights:
    """One, shared by the chosen; nothing where there are none."""
    return [Fraction(1, sum(chosen)) if each else Fraction(0) for each in chosen]


def _to_one(weights: Weights) -> Weights:
    whole = sum(weights)
    return [weight / whole for weight in weights]
