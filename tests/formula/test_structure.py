import pytest

from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.parse import parse
from metricbook.formula.structure import faults, forbidden_literals
from metricbook.problems import Location

AT = Location("growth.yaml", 3, 10)

SOUND = [
    "(a - b) / b",
    "IF(a > 0, a, b)",
    "IF(AND(a > 0, NOT(b = 0)), a - b, 0)",
    "PREVIOUS(mrr, opening_mrr)",
    "PREVIOUS(mrr, opening_mrr, year)",
    "AGO(mrr[total], 3)",
    "AGO(mrr, quarter)",
    "ROLLING(mrr, 12)",
    "TODATE(spend, year)",
    "WHOLE(budget[total], quarter)",
    "COALESCE(nps, a / b)",
    "MAX(a, b, 0)",
    "COUNTIFS(deals.won_on, period)",
    'SUMIFS(deals.amount, deals.won_on, "<=" & period.end) - SUMIFS(deals.amount, deals.lost_on, "<=" & period.end)',
    'COUNTIFS(touches.deal, deal, touches.date, "<" & date)',
    "AVERAGEIFS(deals.days, deals.channel, channel, deals.won_on, period)",
]

FAULTY = {  # formula: (code, the part underlined, a piece of what is said)
    "a + SUMM(b)": ("unknown-function", "SUMM(b)", "Did you mean SUM?"),
    "VLOOKUP(a)": ("unknown-function", "VLOOKUP(a)", "There are: IF, AND"),
    "ABS(a, b)": ("function-arguments", "ABS(a, b)", "ABS takes 1 argument, not 2"),
    "PREVIOUS(a)": ("function-arguments", "PREVIOUS(a)", "takes 2 to 3 arguments, not 1"),
    "MAX()": ("function-arguments", "MAX()", "at least 1 argument, not 0"),
    "TODATE(a, 12)": ("function-arguments", "TODATE(a, 12)", "year or quarter"),
    "AGO(a, 1.5)": ("function-arguments", "AGO(a, 1.5)", "a whole number of periods"),
    "ROLLING(a, b)": ("function-arguments", "ROLLING(a, b)", "a whole number of periods"),
    "PREVIOUS(a, b, month)": ("function-arguments", "PREVIOUS(a, b, month)", "year or quarter"),
    "1 + PREVIOUS(a, b)": ("function-not-alone", "PREVIOUS(a, b)", "Give it its own metric"),
    "COALESCE(a, 0) / b": ("function-not-alone", "COALESCE(a, 0)", "Give it its own metric"),
    "CUMULATIVE(a + b)": ("function-not-alone", "CUMULATIVE(a + b)", "its own metric"),
    "IF(b > 0, a / b, 0)": ("divide-in-if", "a / b", "Make the division its own metric"),
    "a > b": ("loose-comparison", "a > b", "make it a check"),
    "a + (b > c)": ("loose-comparison", "b > c", "IF(…, 1, 0)"),
    "-(b > c)": ("loose-comparison", "b > c", "IF(…, 1, 0)"),
    "IF(a, b, c)": ("loose-comparison", "a", "A comparison belongs here"),
    "OF(deal, deals.amount)": ("unknown-function", "OF(deal, deals.amount)", "OF is not a function here"),
    "COUNTIFS(leads, 1)": ("no-column", "leads", "Write it like deals.amount"),
    "SUMIFS(a.x + a.y, a.z, period)": ("no-column", "a.x + a.y", "SUMIFS looks over a column of a table"),
    "SUMIFS(a.x, a.y, 1, a.z)": (
        "function-arguments",
        "SUMIFS(a.x, a.y, 1, a.z)",
        "in pairs. For example deals.chan",
    ),
    "COUNTIFS(a.x)": ("function-arguments", "COUNTIFS(a.x)", "COUNTIFS takes at least 2 arguments, not 1"),
    'COUNTIFS(a.x, "~" & b)': ("no-sign", 'COUNTIFS(a.x, "~" & b)', '"~" is no comparison. There is = <> < <= > >='),
    "COUNTIFS(a.x, 1) / b": ("function-not-alone", "COUNTIFS(a.x, 1)", "added and subtracted. Give them a metric or"),
    "-COUNTIFS(a.x, 1)": ("function-not-alone", "COUNTIFS(a.x, 1)", "can only be added and subtracted"),
    "COUNTIFS(a.x, 1) + b": ("function-not-alone", "COUNTIFS(a.x, 1)", "can only be added and subtracted"),
    "COUNTIFS(a.x, COUNTIFS(a.y, 1))": ("function-not-alone", "COUNTIFS(a.x, COUNTIFS(a.y, 1))", "added and subtr"),
    "AVERAGEIFS(a.x, a.y, 1) - AVERAGEIFS(a.x, a.y, 0)": (
        "function-not-alone",
        "AVERAGEIFS(a.x, a.y, 1)",
        "AVERAGEIFS stands alone, as the whole formula",
    ),
    "SUM(AND(a > 0, b > 0), 1)": ("loose-comparison", "AND(a > 0, b > 0)", "not a value"),
}


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_formula_has_no_faults(text: str) -> None:
    assert faults(parse(text, AT), AT) == []


@pytest.mark.parametrize("text", FAULTY)
def test_a_fault_is_named_at_its_place(text: str) -> None:
    code, part, said = FAULTY[text]
    [problem] = faults(parse(text, AT), AT)
    assert problem.code == code
    assert said in f"{problem.sentence}. {problem.hint}"
    assert problem.at == Location(AT.file, AT.line, AT.column + text.index(part), len(part))


def test_a_check_is_a_comparison_and_only_that() -> None:
    assert faults(parse("AND(mqls <= leads, sqls <= mqls)", AT), AT, check=True) == []
    assert faults(parse("arr = arr_again", AT), AT, check=True) == []
    [problem] = faults(parse("a + b", AT), AT, check=True)
    assert problem.sentence == "A check needs a comparison"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("mrr * 12 + 0 + 1 + 100 + 4 + 52 + 365", []),
        ("a * 3", [3.0]),
        ("(a + 0.5) / 7", [0.5, 7.0]),
        ("AGO(a, 3)", []),
        ("ROLLING(a, 6)", []),
        ("ROLLING(a, 1.5)", [1.5]),
        ("TODATE(a, 6)", [6.0]),
        ("MAX(a, 3)", [3.0]),
    ],
)
def test_numbers_of_ones_own_do_not_belong_into_formulas(text: str, numbers: list[float]) -> None:
    assert [number.value for number, _ in forbidden_literals(parse(text, AT))] == numbers


def test_the_examples_in_the_function_table_are_sound() -> None:
    for function in (each for each in FUNCTIONS.values() if each.kind != "row"):
        example = function.doc.split(": ", 1)[1].split(" or ")[0]
        assert example.startswith(function.name + "(")
        tree = parse(example, AT)
        is_check = function.name in ("AND", "OR", "NOT")
        assert faults(tree, AT, check=is_check) == [], example
