"""COUNTIFS, SUMIFS and AVERAGEIFS over rows once more, in plain Python: nothing here knows the compiler.

A blank is None and meets no criterion; what is made of a blank is blank. "n/a" is the average of nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from random import Random

Day = dt.date
Value = float | str
MEMBERS = {"search": "Search", "social": "Social", "events": "Events"}
GROUPS = {"paid": ("search", "social"), "free": ("events",)}
TEAMS = {"north": "North", "south": "South"}
MODELS = ("first", "last", "linear")
LEAST = 5_000
MONTHS = [Day(2026, month, 1) for month in range(1, 10)]  # one more, to end the last


@dataclass(frozen=True)
class Deal:
    """A row of the first table, in the order of its pasted columns; names as they are pasted."""

    deal: str | float | None
    channel: str | None
    team: str | None
    lead_on: Day | None
    closed_on: Day | None
    outcome: str | None
    amount: float | None
    sales_led: float | None
    remark: str | None = None

    @property
    def won_on(self) -> Day | None:
        return self.closed_on if self.outcome == "Won" else None

    @property
    def days(self) -> int | None:
        return (self.closed_on - self.lead_on).days if self.closed_on and self.lead_on else None


@dataclass(frozen=True)
class Touch:
    """A row of the second table."""

    deal: str | float | None
    date: Day | None
    cost: float | None


def generated(seed: int, count: int = 40) -> tuple[list[Deal], list[Touch]]:
    """Rows with everything that exports have in them: blanks, strange names, keys twice, days of other years."""
    random = Random(seed)
    deals = [_deal(random, number) for number in range(count)]
    keys = [deal.deal for deal in deals if deal.deal is not None]
    touches = [
        Touch(
            random.choice([*keys, *keys, "nobody", None]),
            _day(random, 0.05),
            random.choice([None, 10.0, 20.5, 0.0]),
        )
        for _ in range(count * 3 // 2)
    ]
    return deals, touches


def _deal(random: Random, number: int) -> Deal:
    lead = _day(random, 0.05)
    closed = lead + dt.timedelta(days=random.randrange(1, 70)) if lead and random.random() < 0.7 else None
    outcome = random.choice(["Won", "Won", "Lost"]) if closed else "Open"
    return Deal(
        random.choice(
            [f"D-{number}", f"D-{number}", float(number + 100), None if number % 9 == 0 else f"D {number}"]
        ),
        random.choice([*MEMBERS.values(), *MEMBERS.values(), "Fairs", "events", None]),
        random.choice([*TEAMS.values(), None]),
        lead,
        closed,
        random.choice([outcome] * 9 + [None, "Maybe"]),
        random.choice([None, 0.0, 1_000.0, 5_000.0, random.randrange(1, 90) * 250.0]),
        random.choice([None, 1.0, 0.0]),
        random.choice([None, "=1+1", "late"]),
    )


def _day(random: Random, blank: float) -> Day | None:
    if random.random() < blank:
        return None
    return Day(2025, 12, 1) + dt.timedelta(days=random.randrange(0, 260))


@dataclass(frozen=True)
class Expected:
    """What every line of the framework must say about these rows."""

    all_deals: Sequence[Deal]
    touches: Sequence[Touch]

    @cached_property
    def deals(self) -> list[Deal]:
        """A row without a key is no record."""
        return [deal for deal in self.all_deals if deal.deal is not None]

    @cached_property
    def by_key(self) -> dict[str, Deal]:
        """The first row of each key; capitals make no difference."""
        return {_key(deal.deal): deal for deal in reversed(self.deals)}

    @cached_property
    def through(self) -> Day | None:
        """The last day that any record has."""
        days = [day for deal in self.deals for day in (deal.lead_on, deal.closed_on) if day]
        days += [touch.date for touch in self.touches if touch.date]
        return max(days, default=None)

    def months(self, count: Callable[[Day, Day], Value]) -> list[Value]:
        """A value for each month, from its first day and that of the next; blank after the last record."""
        there = self.through
        return [count(since, until) if there and since <= there else "" for since, until in pairwise(MONTHS)]

    def lines(self) -> Iterator[tuple[str, list[Value]]]:
        """Every line, by its id, with a value for each month."""
        for where, deals in self._by_channel():
            yield f"leads{where}", self.months(lambda a, b, d=deals: _count(d, lambda x: x.lead_on, a, b))
            yield f"won{where}", self.months(lambda a, b, d=deals: _count(d, lambda x: x.won_on, a, b))
            yield f"revenue{where}", self.months(lambda a, b, d=deals: _sum(_won(d, a, b), lambda x: x.amount))
            yield f"cycle{where}", self.months(lambda a, b, d=deals: _mean(_won(d, a, b), lambda x: x.days))
            yield f"rate{where}", self.months(lambda a, b, d=deals: _rate(d, a, b))
            if where != "[unlisted]":  # of several margins none has a line for the others
                yield f"reach{where}", self.months(lambda a, b, d=deals: _count(d, lambda x: x.lead_on, a, b))
        for id, label in TEAMS.items():
            mine = [deal for deal in self.deals if deal.team == label]
            yield f"reach[{id}]", self.months(lambda a, b, d=mine: _count(d, lambda x: x.lead_on, a, b))
            for where, deals in self._by_channel():
                both = [deal for deal in deals if deal in mine]
                line = f"crossed[{id}, {where[1:-1] or 'total'}]"
                yield line, self.months(lambda a, b, d=both: _count(d, lambda x: x.lead_on, a, b))
        yield from self._single()
        for model in MODELS:
            yield f"credited[{model}]", self.months(lambda a, b, m=model: self._credited(m, a, b))
        yield "credited_in_force", self.months(lambda a, b: self._credited("last", a, b))

    def ever(self) -> dict[str, float]:
        """How many deals each channel has, ever."""
        return {f"ever{where}": float(len(deals)) for where, deals in self._by_channel()}

    def quarter(self, month: int) -> dict[str, Value]:
        """Some lines over the quarter up to a month, counted from 0."""
        since, until = MONTHS[month // 3 * 3], MONTHS[month + 1]
        won = _won(self.deals, since, until)
        return {
            "leads": _count(self.deals, lambda x: x.lead_on, since, until),
            "revenue": _sum(won, lambda x: x.amount),
            "cycle": _mean(won, lambda x: x.days),
            "rate": _rate(self.deals, since, until),
            "pipeline": self._open(MONTHS[month], until),
            "credited[linear]": self._credited("linear", since, until),
        }

    def _by_channel(self) -> Iterator[tuple[str, list[Deal]]]:
        channels = {id: [d for d in self.deals if _same(d.channel, label)] for id, label in MEMBERS.items()}
        listed = [deal for deals in channels.values() for deal in deals]
        yield "", self.deals
        yield "[unlisted]", [deal for deal in self.deals if deal not in listed]
        yield from ((f"[{id}]", deals) for id, deals in channels.items())
        for group, members in GROUPS.items():
            yield f"[{group}]", [deal for member in members for deal in channels[member]]

    def _single(self) -> Iterator[tuple[str, list[Value]]]:
        deals = self.deals
        yield "pipeline", self.months(self._open)
        large = [deal for deal in deals if deal.amount is not None and deal.amount >= LEAST]
        yield "large", self.months(lambda a, b: _count(large, lambda x: x.lead_on, a, b))
        other = [deal for deal in deals if deal.outcome in ("Open", "Lost")]
        yield "not_won", self.months(lambda a, b: _count(other, lambda x: x.lead_on, a, b))
        sales = [deal for deal in deals if deal.sales_led]
        yield "by_sales", self.months(lambda a, b: _count(sales, lambda x: x.lead_on, a, b))
        new = self._new
        yield "touched", self.months(lambda a, b: _sum(new(a, b), lambda x: len(self._of(x))))
        yield "sure", self.months(lambda a, b: _sum(new(a, b), lambda x: x.amount or 0))
        yield "usual", self.months(lambda a, b: _sum(new(a, b), self._usual))
        yield "sooner", self.months(lambda a, b: _sum(_won(deals, a, b), self._sooner))
        yield "spent", self.months(lambda a, b: _sum(_won(deals, a, b), self._spent))
        yield (
            "winning",
            self.months(lambda a, b: float(sum(self._wins(t) for t in self.touches if _in(t.date, a, b)))),
        )

    def _new(self, since: Day, until: Day) -> list[Deal]:
        return [deal for deal in self.deals if _in(deal.lead_on, since, until)]

    def _of(self, deal: Deal) -> list[Touch]:
        """The touches that point to a row: those of its key, if it is the first with it."""
        if self.by_key[_key(deal.deal)] is not deal:
            return []
        return [touch for touch in self.touches if touch.deal is not None and _key(touch.deal) == _key(deal.deal)]

    def _sooner(self, deal: Deal) -> int:
        return sum(touch.date is not None and touch.date <= deal.won_on for touch in self._of(deal) if deal.won_on)

    def _spent(self, deal: Deal) -> float:
        return sum(touch.cost or 0 for touch in self._of(deal))

    def _usual(self, deal: Deal) -> float | None:
        """The mean amount of the deals of the same channel; nothing is the same as no channel."""
        label = next((each for each in MEMBERS.values() if _same(deal.channel, each)), None)
        mean = _mean([each for each in self.deals if label and _same(each.channel, label)], lambda x: x.amount)
        return mean if isinstance(mean, float) else None

    def _open(self, _: Day, until: Day) -> float:
        begun = [deal for deal in self.deals if deal.lead_on and deal.lead_on < until]
        return _sum(begun, lambda x: x.amount) - _sum(
            [deal for deal in begun if deal.closed_on and deal.closed_on < until], lambda x: x.amount
        )

    def _wins(self, touch: Touch) -> int:
        deal = self._deal_of(touch)
        return int(deal is not None and deal.outcome == "Won")

    def _deal_of(self, touch: Touch) -> Deal | None:
        return None if touch.deal is None else self.by_key.get(_key(touch.deal))

    def _credited(self, model: str, since: Day, until: Day) -> float:
        return float(sum(self._value(touch, model) for touch in self.touches if _in(touch.date, since, until)))

    def _value(self, touch: Touch, model: str) -> float:
        deal = self._deal_of(touch)
        if deal is None or deal.amount is None:
            return 0
        weights = [self._weight(each, model) for each in self._of(deal)]
        all_weights = sum(weight for weight in weights if weight is not None)
        return (self._weight(touch, model) or 0) / all_weights * deal.amount if all_weights else 0

    def _weight(self, touch: Touch, model: str) -> int | None:
        deal = self._deal_of(touch)
        if deal is None or touch.date is None:
            return None
        days = [each.date for each in self._of(deal) if each.date]
        return int({"first": touch.date == min(days), "last": touch.date == max(days), "linear": True}[model])


def _key(key: str | float | None) -> str | float | None:
    return key.casefold() if isinstance(key, str) else key


def _same(name: str | None, label: str) -> bool:
    return name is not None and name.casefold() == label.casefold()


def _in(day: Day | None, since: Day, until: Day) -> bool:
    return day is not None and since <= day < until


def _count(deals: Sequence[Deal], day: Callable[[Deal], Day | None], since: Day, until: Day) -> float:
    return float(sum(_in(day(deal), since, until) for deal in deals))


def _won(deals: Sequence[Deal], since: Day, until: Day) -> list[Deal]:
    return [deal for deal in deals if _in(deal.won_on, since, until)]


def _sum(deals: Sequence[Deal], number: Callable[[Deal], float | None]) -> float:
    return float(sum(number(deal) or 0 for deal in deals))


def _mean(deals: Sequence[Deal], number: Callable[[Deal], float | None]) -> Value:
    found = [value for value in map(number, deals) if value is not None]
    return sum(found) / len(found) if found else "n/a"


def _rate(deals: Sequence[Deal], since: Day, until: Day) -> Value:
    leads = _count(deals, lambda deal: deal.lead_on, since, until)
    return len(_won(deals, since, until)) / leads if leads else "n/a"
