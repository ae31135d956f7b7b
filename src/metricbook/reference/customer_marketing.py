"""What customer marketing keeps, expands and earns through advocates, and what that returns on its cost.

Source of every function: Customer Marketing ROI Dashboard (a template without formulas but two, the retention value
and the ROI); where it is silent, the docstring says "decision". Clock: a year, and in a year under way the months
covered. Amounts marked "to date" cover these months; rates marked "twelve months" always cover a year.
Rates and shares are fractions (0.05 is 5 percent), points are differences of fractions.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At


def year_share(months_covered: float) -> float:
    """Share of the year that typed costs and revenue cover. Unit: fraction. Clock: the year. Source: decision.

    >>> year_share(9)
    0.75
    """
    return months_covered / 12


def retained_participants(participants_retained: float, participants: float) -> float:
    """Share of a program's participants who stayed. Unit: fraction. Clock: twelve months. Source: dashboard.

    >>> retained_participants(123, 150)
    0.82
    """
    return participants_retained / participants


def retained_non(others_retained: float, others: float) -> float:
    """Share of the customers outside a program who stayed. Unit: fraction. Clock: twelve months. Source: dashboard.

    >>> retained_non(240, 320)
    0.75
    """
    return others_retained / others


def retention_delta(retained_participants: float, retained_non: float) -> float:
    """Participants less non-participants. Unit: points. Clock: twelve months. Source: dashboard.

    >>> retention_delta(0.875, 0.75)
    0.125
    """
    return retained_participants - retained_non


def average_arr(total_arr: float, customers: float) -> float:
    """Recurring revenue of an average customer. Unit: currency. Clock: at the end, for a year. Source: dashboard.

    >>> average_arr(4_800_000, 400)
    12000.0
    """
    return total_arr / customers


def retention_lift(program_retention: float, other_retention: float) -> float:
    """Retention in programs less outside, not relative. Unit: points. Clock: twelve months. Source: dashboard.

    >>> retention_lift(0.875, 0.75)
    0.125
    """
    return program_retention - other_retention


def retention_relative_lift(program_retention: float, other_retention: float) -> float:
    """How much higher retention is in programs. Unit: fraction. Clock: twelve months. Source: decision, for reading.

    >>> retention_relative_lift(0.75, 0.6)
    0.25
    """
    return program_retention / other_retention - 1


def retention_value(retention_lift: float, average_arr: float, customers_in_programs: float) -> float:
    """Lift × ARR × customers. Unit: currency. Clock: a whole year. Source: dashboard, its own formula.

    Five points more of 420 customers with 24,000 each:

    >>> retention_value(0.05, 24_000, 420)
    504000.0
    """
    return retention_lift * average_arr * customers_in_programs


def retention_to_date(retention_value: float, year_share: float) -> float:
    """The retention value of the months covered. Unit: currency. Clock: to date. Source: decision.

    >>> retention_to_date(504_000, 0.75)
    378000.0
    """
    return retention_value * year_share


def expansion_rate(touch_expanded: float, touch_customers: float) -> float:
    """Expanded ÷ customers with the touch. Unit: fraction. Clock: to date. Source: dashboard.

    >>> expansion_rate(42, 120)
    0.35
    """
    return touch_expanded / touch_customers


def expansion_lift(expansion_rate: float, control: Annotated[float, At("expansion_rate[control]")]) -> float:
    """Expansion rate less that of customers without a touch. Unit: points. Clock: to date. Source: decision.

    >>> expansion_lift(0.375, 0.125)
    0.25
    """
    return expansion_rate - control


def budget_to_date(cost_budget: float, year_share: float) -> float:
    """The even part of the year's budget. Unit: currency. Clock: to date. Source: decision.

    >>> budget_to_date(24_000, 0.75)
    18000.0
    """
    return cost_budget * year_share


def cost_variance(cost_actual: float, budget_to_date: float) -> float:
    """Actual less budget; above 0 is over budget. Unit: currency. Clock: to date. Source: dashboard, sign a decision.

    >>> cost_variance(19_500, 18_000)
    1500
    """
    return cost_actual - budget_to_date


def expansion_revenue(attributed: Annotated[float, At("attributed_expansion[total]")]) -> float:
    """All attributed expansion, influenced left out. Unit: currency. Clock: to date. Source: dashboard.

    >>> expansion_revenue(155_000)
    155000
    """
    return attributed


def total_benefits(
    retention_to_date: float, expansion_revenue: float, advocacy_value: float, benefit_margin: float
) -> float:
    """A: the benefits, in revenue (margin 1) or profit. Unit: currency. Clock: to date. Source: dashboard.

    >>> total_benefits(378_000, 155_000, 102_000, 1)
    635000
    >>> total_benefits(378_000, 155_000, 102_000, 0.8)
    508000.0
    """
    return (retention_to_date + expansion_revenue + advocacy_value) * benefit_margin


def program_costs(
    programs: Annotated[float, At("cost_actual[programs]")],
    operations: Annotated[float, At("cost_actual[operations]")],
) -> float:
    """Programs and operations. Unit: currency. Clock: to date. Source: dashboard; operations in it is a decision.

    >>> program_costs(74_500, 35_700)
    110200
    """
    return programs + operations


def people_costs(people: Annotated[float, At("cost_actual[people]")]) -> float:
    """Headcount and contractors. Unit: currency. Clock: to date. Source: dashboard.

    >>> people_costs(116_000)
    116000
    """
    return people


def total_costs(program_costs: float, people_costs: float) -> float:
    """B: all costs. Unit: currency. Clock: to date. Source: dashboard.

    >>> total_costs(110_200, 116_000)
    226200
    """
    return program_costs + people_costs


def net_value(total_benefits: float, total_costs: float) -> float:
    """A − B. Unit: currency. Clock: to date. Source: dashboard.

    >>> net_value(508_000, 254_000)
    254000
    """
    return total_benefits - total_costs


def cm_roi(total_benefits: float, total_costs: float) -> float:
    """(A − B) ÷ B. Unit: fraction. Clock: both sides the same months. Source: dashboard, its own formula.

    >>> cm_roi(508_000, 254_000)
    1.0
    """
    return (total_benefits - total_costs) / total_costs


def program_investment(
    funded_program: str,
    advocacy: Annotated[float, At("cost_actual[advocacy_line]")],
    community: Annotated[float, At("cost_actual[community_line]")],
    events: Annotated[float, At("cost_actual[events_line]")],
    campaigns: Annotated[float, At("campaign_cost")],
) -> float:
    """The budget line of a program. Unit: currency. Clock: to date. Source: dashboard, links a decision.

    >>> program_investment("events", 21_500, 15_000, 38_000, 46_000)
    38000
    >>> program_investment("total", 21_500, 15_000, 38_000, 46_000)
    120500
    """
    by_program = {"advocacy": advocacy, "community": community, "events": events, "campaigns": campaigns}
    return sum(by_program.values()) if funded_program == "total" else by_program[funded_program]


def program_return(
    funded_program: str,
    advocacy_value: float,
    community_return: float,
    events_return: float,
    expansion_revenue: float,
    benefit_margin: float,
) -> float:
    """The benefits of a program, as counted. Unit: currency. Clock: to date. Source: dashboard, links a decision.

    >>> program_return("campaigns", 102_000, 88_000, 71_000, 155_000, 1)
    155000
    >>> program_return("total", 102_000, 88_000, 71_000, 155_000, 0.5)
    208000.0
    """
    by_program = {
        "advocacy": advocacy_value,
        "community": community_return,
        "events": events_return,
        "campaigns": expansion_revenue,
    }
    revenue = sum(by_program.values()) if funded_program == "total" else by_program[funded_program]
    return revenue * benefit_margin


def program_roi(program_return: float, program_investment: float) -> float:
    """(Return − investment) ÷ investment. Unit: fraction. Clock: to date. Source: dashboard, formula a decision.

    >>> program_roi(93_000, 62_000)
    0.5
    """
    return (program_return - program_investment) / program_investment


def unallocated_benefits(total_benefits: float, returns: Annotated[float, At("program_return[total]")]) -> float:
    """Benefits that no program claims. Unit: currency. Clock: to date. Source: decision.

    >>> unallocated_benefits(455_480, 414_500)
    40980
    """
    return total_benefits - returns


def unallocated_costs(total_costs: float, investments: Annotated[float, At("program_investment[total]")]) -> float:
    """Costs that no program claims. Unit: currency. Clock: to date. Source: decision.

    >>> unallocated_costs(226_200, 206_000)
    20200
    """
    return total_costs - investments


def total_benefits_model(total_costs: float, roi_goal: float) -> float:
    """Benefits that the ROI goal asks for. Unit: currency. Clock: to date. Source: decision.

    >>> total_benefits_model(226_200, 1)
    452400
    """
    return total_costs * (1 + roi_goal)


def total_costs_model(budget: Annotated[float, At("budget_to_date[total]")]) -> float:
    """Costs that the budget allows. Unit: currency. Clock: to date. Source: decision.

    >>> total_costs_model(247_000)
    247000
    """
    return budget


def net_value_model(total_costs: float, roi_goal: float) -> float:
    """Net value that the ROI goal asks for. Unit: currency. Clock: to date. Source: decision.

    >>> net_value_model(226_200, 0.5)
    113100.0
    """
    return total_costs * roi_goal


def cm_roi_model(roi_goal: float) -> float:
    """The ROI goal itself. Unit: fraction. Clock: to date. Source: decision.

    >>> cm_roi_model(1)
    1
    """
    return roi_goal
