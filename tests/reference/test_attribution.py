"""The attribution references: published journeys, journeys worked by hand, and what holds for every journey."""

import doctest
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metricbook.reference import Undefined, attributed, attribution
from metricbook.reference.attribution import MODELS, Journey, Rules, Touch, credited_amounts, touch_credits

START = date(2026, 1, 1)
WON = "customer"


@pytest.mark.parametrize("module", [attribution, attributed])
def test_examples_in_docstrings(module):
    assert doctest.testmod(module).failed == 0


def journey(*days, won=None, lead=(), opportunity=(), value=100):
    """A journey by the numbers of its days; `lead` and `opportunity` are the places of marked touches, from 0."""
    touches = [Touch(START + timedelta(day), place in lead, place in opportunity) for place, day in enumerate(days)]
    return Journey(tuple(touches), {WON: START + timedelta(max(days) if won is None else won)}, Fraction(value))


def percents(one, model, rules=attribution.STANDARD):
    return [round(float(100 * credit), 2) for credit in touch_credits(one, WON, model, rules)]


# --- published examples -----------------------------------------------------------------------------------------

# github.com/coreyhaines31/marketingskills, attribution-models.md: five touches over 38 days, a deal of 12,000.
# Its time decay (half-life of a week) is rounded to 5.
PUBLISHED = journey(0, 5, 12, 30, 38, value=12_000)


@pytest.mark.parametrize(
    ("model", "amounts"),
    [
        ("first", [12_000, 0, 0, 0, 0]),
        ("last", [0, 0, 0, 0, 12_000]),
        ("linear", [2_400] * 5),
        ("u_shaped", [4_800, 800, 800, 800, 4_800]),
        ("decay", [175, 290, 575, 3_415, 7_545]),
    ],
)
def test_a_published_journey(model, amounts):
    assert [float(each) for each in credited_amounts(PUBLISHED, model)] == pytest.approx(amounts, abs=2.6)


def test_salesforce_u_shape_of_four_touches():
    # Salesforce Help, Supported Multi-Touch Attribution Models: 40, 10, 10, 40
    assert percents(journey(0, 1, 2, 3), "u_shaped") == [40, 10, 10, 40]


def test_leadsources_w_shape_of_seven_touches():
    # leadsources.io, W-Shaped Attribution: three milestones, four others with 2.5% each
    seven = journey(*range(7), lead=[2], opportunity=[6])
    assert percents(seven, "w_shaped") == [30, 2.5, 30, 2.5, 2.5, 2.5, 30]


@pytest.mark.parametrize(("days", "left"), [(0, 1), (7, 0.5), (14, 0.25), (21, 0.125), (28, 0.0625)])
def test_published_half_lives(days, left):
    # adriennevermorel.com, Time-decay attribution model: what is left of a touch after so many days
    old, new = touch_credits(journey(0, days), WON, "decay")
    assert float(old / new) == left


# --- by hand ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_a_single_touch_gets_all(model):
    assert percents(journey(0, won=90), model) == [100]
    assert percents(journey(0, lead=[0], opportunity=[0]), model) == [100]


@pytest.mark.parametrize("model", ["linear", "u_shaped"])
def test_two_touches_share_evenly(model):
    assert percents(journey(0, 30), model) == [50, 50]


@pytest.mark.parametrize(
    ("lead", "opportunity", "expected"),
    [
        ([1], [2], [30, 30, 30, 10]),
        ([0], [2], [60, 5, 30, 5]),  # the first touch made the lead
        ([1], [1], [30, 60, 5, 5]),  # one touch made both
        ([0], [0], [90, 3.33, 3.33, 3.33]),
        ([1], [], [42.86, 42.86, 7.14, 7.14]),  # 30 : 30 : 5 : 5
        ([], [], [75, 8.33, 8.33, 8.33]),  # 30 to 10
        ([1, 2], [3], [25, 25, 25, 25]),  # two marked as having made the lead: one milestone more
    ],
)
def test_milestones_missing_or_shared(lead, opportunity, expected):
    assert percents(journey(0, 1, 2, 3, lead=lead, opportunity=opportunity), "w_shaped") == expected


def test_touches_of_one_day_share_what_one_would_get():
    assert percents(journey(0, 0, 5, 9), "first") == [50, 50, 0, 0]
    assert percents(journey(0, 5, 9, 9), "last") == [0, 0, 50, 50]
    assert percents(journey(0, 0, 5, 9), "u_shaped") == [20, 20, 20, 40]
    assert percents(journey(3, 3, 3), "u_shaped") == [33.33, 33.33, 33.33]
    assert percents(journey(0, 0, 5, 9, lead=[2], opportunity=[3]), "w_shaped") == [16.67, 16.67, 33.33, 33.33]


@pytest.mark.parametrize("model", MODELS)
def test_a_touch_after_the_win_counts_for_nothing(model):
    late = journey(0, 4, 8, 20, won=8, lead=[1], opportunity=[3])
    assert percents(late, model) == [*percents(journey(0, 4, 8, lead=[1]), model), 0]


@pytest.mark.parametrize("model", MODELS)
def test_nobody_gets_credit_where_nothing_counts(model):
    assert percents(journey(5, 9, won=4), model) == [0, 0]
    assert touch_credits(Journey((), {WON: START}), WON, model) == []
    assert touch_credits(journey(0, 1), "mql", model) == [0, 0]


def test_the_weights_are_settings():
    assert percents(journey(0, 1, 2), "u_shaped", Rules(u_ends=Fraction(1, 4), u_middle=Fraction(1, 2))) == [
        25,
        50,
        25,
    ]
    assert percents(journey(0, 30), "decay", Rules(half_life=Fraction(30))) == [33.33, 66.67]
    with pytest.raises(Undefined):
        touch_credits(journey(0, 30), WON, "decay", Rules(half_life=Fraction(0)))


# --- every journey ----------------------------------------------------------------------------------------------


@st.composite
def journeys(draw):
    """One to twelve touches within four months, in any order, some after the win, milestones anywhere or nowhere."""
    days = draw(st.lists(st.integers(0, 120), min_size=1, max_size=12))
    places = st.sets(st.integers(0, len(days) - 1), max_size=2)
    won = draw(st.integers(0, 130))
    return journey(*days, won=won, lead=draw(places), opportunity=draw(places), value=draw(st.integers(1, 10**7)))


any_model = st.sampled_from(sorted(MODELS))


def counts(one):
    return [touch.on <= one.reached[WON] for touch in one.touches]


@given(journeys(), any_model)
def test_credits_add_up_to_one_exactly_and_amounts_to_the_value(one, model):
    whole = 1 if any(counts(one)) else 0
    assert sum(touch_credits(one, WON, model)) == whole
    assert sum(credited_amounts(one, model)) == whole * one.value


@given(journeys(), any_model)
def test_no_credit_is_negative_and_none_goes_to_touches_after_the_stage(one, model):
    for credit, counted in zip(touch_credits(one, WON, model), counts(one), strict=True):
        assert 0 <= credit <= (1 if counted else 0)


@given(journeys(), any_model, st.randoms())
def test_the_order_of_rows_changes_nothing(one, model, random):
    places = random.sample(range(len(one.touches)), len(one.touches))
    mixed = Journey(tuple(one.touches[place] for place in places), one.reached)
    credits_then = touch_credits(one, WON, model)
    assert touch_credits(mixed, WON, model) == [credits_then[place] for place in places]


@given(journeys())
def test_touches_of_one_day_without_marks_get_the_same(one):
    for model in MODELS:
        seen = {}
        for touch, credit in zip(one.touches, touch_credits(one, WON, model), strict=True):
            if not (touch.made_lead or touch.made_opportunity):
                assert seen.setdefault(touch.on, credit) == credit


@given(journeys())
def test_later_touches_decay_less(one):
    credited = sorted(zip((touch.on for touch in one.touches), touch_credits(one, WON, "decay"), strict=True))
    kept = [credit for day, credit in credited if day <= one.reached[WON]]
    assert kept == sorted(kept)
