import pytest

from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.parse import parse
from metricbook.formula.tree import Call, Name, walk
from metricbook.formula.words import words
from metricbook.problems import Location

LABELS = {
    "spend": "Marketing spend",
    "new": "New customers",
    "mrr": "MRR",
    "opening": "Opening MRR",
    "churn": "Churn",
    "channel": "Channel",
    "deals": "Deals",
}

WORDS = {
    "spend / new": "Marketing spend ÷ New customers",
    "(spend - new) / new": "(Marketing spend − New customers) ÷ New customers",
    "spend - (new - churn)": "Marketing spend − (New customers − Churn)",
    "mrr * 12": "MRR × 12",
    "-(spend + new)": "−(Marketing spend + New customers)",
    "spend - -new": "Marketing spend − (−New customers)",
    "new ^ 4": "New customers to the power of 4",
    'mrr & "!"': "MRR followed by “!”",
    "churn <= new": "Churn ≤ New customers",
    "churn <> new": "Churn ≠ New customers",
    "spend[paid]": "Marketing spend[paid]",
    "IF(churn > 0, churn, 0)": "if Churn > 0: Churn, otherwise 0",
    "AND(churn > 0, OR(new = 0, mrr = 0))": "Churn > 0 and (New customers = 0 or MRR = 0)",
    "NOT(churn > 0)": "not (Churn > 0)",
    "SUM(spend, new, churn)": "sum of Marketing spend, New customers and Churn",
    "MAX(spend, 0) / new": "(largest of Marketing spend and 0) ÷ New customers",
    "MIN(spend, new)": "smallest of Marketing spend and New customers",
    "AVERAGE(spend, new)": "average of Marketing spend and New customers",
    "MEDIAN(spend, new, mrr)": "median of Marketing spend, New customers and MRR",
    "COUNT(spend, new)": "how many of Marketing spend and New customers are filled",
    "ABS(spend - new)": "(Marketing spend − New customers) without its sign",
    "ROUNDUP(new, 0)": "New customers rounded up to a whole number",
    "ROUNDDOWN(new, 1)": "New customers rounded down to one decimal",
    "PREVIOUS(mrr, opening)": "MRR, one period earlier (in the first: Opening MRR)",
    "PREVIOUS(mrr, opening, year)": "MRR, one year earlier (in the first: Opening MRR)",
    "AGO(mrr, 3)": "MRR, 3 periods earlier",
    "AGO(mrr, 1)": "MRR, one period earlier",
    "AGO(mrr, quarter)": "MRR, one quarter earlier",
    "CUMULATIVE(new)": "sum of New customers since the first period",
    "TODATE(spend, year)": "sum of Marketing spend since the start of the fiscal year",
    "WHOLE(spend, quarter)": "Marketing spend of the whole fiscal quarter",
    "ROLLING(churn, 12)": "sum of Churn over the last 12 periods",
    "ROLLING(churn, year)": "sum of Churn over the last year",
    "COALESCE(mrr, opening)": "MRR, or Opening MRR where it is missing",
    "COUNTIFS(deals.channel, channel, deals.won_on, period)": (
        "rows where Deals: channel is Channel and Deals: won_on falls in the period"
    ),
    'SUMIFS(deals.amount, deals.won_on, "<=" & spend)': (
        "sum of Deals: amount over rows where Deals: won_on ≤ Marketing spend"
    ),
    "AVERAGEIFS(deals.amount, deals.channel, channel)": (
        "average of Deals: amount over rows where Deals: channel is Channel"
    ),
    "OF(deals.channel, deals.amount)": "Deals: amount of the row that Deals: channel points to",
    "IF(churn > 0, churn, BLANK)": "if Churn > 0: Churn, otherwise blank",
}


def _label(name: Name) -> str:
    part = f": {name.part}" if name.part else ""
    return LABELS[name.id] + part + (f"[{', '.join(name.where)}]" if name.where else "")


@pytest.mark.parametrize("text", WORDS)
def test_a_formula_in_words(text: str) -> None:
    assert words(parse(text, Location()), _label) == WORDS[text]


def test_phrases_are_said_in_a_client_s_words_with_their_parts_where_these_want_them() -> None:
    german = {
        "sum of {} since the start of the fiscal {}": "Summe seit Beginn: {} ({})",
        "year": "Jahr",
        "{} and {}": "{} und {}",
    }
    for text, said in (
        ("TODATE(spend, year)", "Summe seit Beginn: Marketing spend (Jahr)"),
        ("SUM(spend, new, churn)", "sum of Marketing spend, New customers und Churn"),
    ):
        assert words(parse(text, Location()), _label, lambda phrase: german.get(phrase, phrase)) == said


def test_every_function_has_words() -> None:
    trees = [parse(text, Location()) for text in WORDS]
    assert {node.function for tree in trees for node in walk(tree) if isinstance(node, Call)} == set(FUNCTIONS)
