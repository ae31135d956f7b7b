import pytest

from metricbook.formula.parse import parse
from metricbook.formula.tree import Binary, Call, Name, Number, Text, Tree, Unary, names
from metricbook.problems import Location, Refused

AT = Location("frameworks/growth.yaml", 12, 20)
a, b, c = Name("a"), Name("b"), Name("c")

TREES: dict[str, Tree] = {
    "a": a,
    "12": Number(12.0),
    ".5": Number(0.5),
    "1E+300": Number(1e300),
    '"say ""hi"""': Text('say "hi"'),
    "ltv.churn": Name("ltv", "churn"),
    "period.elapsed": Name("period", "elapsed"),
    "cost[programs]": Name("cost", "", ("programs",)),
    "credited[lead, attribution_model]": Name("credited", "", ("lead", "attribution_model")),
    "arr.target[total]": Name("arr", "target", ("total",)),
    "a + b * c": Binary("+", a, Binary("*", b, c)),
    "(a + b) * c": Binary("*", Binary("+", a, b), c),
    "a - b - c": Binary("-", Binary("-", a, b), c),
    "a / b / c": Binary("/", Binary("/", a, b), c),
    "a ^ b ^ c": Binary("^", Binary("^", a, b), c),
    "a ^ -b": Binary("^", a, Unary(b)),
    "-(a ^ b)": Unary(Binary("^", a, b)),
    "(-a) ^ b": Binary("^", Unary(a), b),
    "-a * b": Binary("*", Unary(a), b),
    "a * b ^ c": Binary("*", a, Binary("^", b, c)),
    "--a": Unary(Unary(a)),
    'a & "x" = b': Binary("=", Binary("&", a, Text("x")), b),
    "a + b & c": Binary("&", Binary("+", a, b), c),
    "a<>b": Binary("<>", a, b),
    "a >= b + c": Binary(">=", a, Binary("+", b, c)),
    "If(a > b, a, b)": Call("IF", (Binary(">", a, b), a, b)),
    "sum( a,b , c )": Call("SUM", (a, b, c)),
    "TODATE(a[total], year)": Call("TODATE", (Name("a", "", ("total",)), Name("year"))),
}


@pytest.mark.parametrize("text", TREES)
def test_a_formula_becomes_a_tree(text: str) -> None:
    assert parse(text, AT) == TREES[text]


REFUSED = {  # formula: (its faulty part, a piece of what is said)
    "": ("", "The formula is empty"),
    "= a": ("=", 'A formula starts without "="'),
    "-a^b": ("-a^", "Write -(a^b) or (-a)^b"),
    "a^-b^c": ("-b^", "Write -(a^b) or (-a)^b"),
    "a == b": ("==", 'One "=" compares'),
    "a != b": ("!=", 'Write "<>"'),
    "a ** b": ("**", 'Write "^"'),
    "a ≤ b": ("≤", 'Write "<="'),
    "a × b": ("×", 'Write "*"'),
    "a – b": ("–", "dash"),
    "a * 20%": ("%", "is not an operator"),
    "a and b": ("and", "Write AND(a, b)"),
    "MAX(a or b)": ("or", "Write OR(a, b)"),
    "not a": ("not", "Write NOT(a)"),
    "a = 'won": ("'", "double quotes"),
    "“won”": ("“", "straight quotes"),
    '"won': ('"won', "not closed"),
    "MAX(a; b)": (";", "Write a comma"),
    "SUM(a:b)": (":", "one by one"),
    "a < b < c": ("<", "AND(a < b, b < c)"),
    "H12 / b": ("H12", "looks like a cell"),
    "Spend / b": ("Spend", "lower case: spend"),
    "a b": ("b", "An operator is missing"),
    "a * 1,200": (",", "numbers are written without"),
    "a)": (")", "closes nothing"),
    "(a": ("", "A parenthesis is not closed"),
    "MAX(a": ("", "The parenthesis of MAX is not closed"),
    "a[b": ("", "A bracket is not closed"),
    "a[2]": ("2", "Brackets hold the ids"),
    "a +": ("", "ends too early"),
    "a * / b": ("/", 'A value is missing before "/"'),
    "a # b": ("#", '"#" has no meaning'),
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_slip_is_refused_at_its_place_with_a_way_out(text: str) -> None:
    part, said = REFUSED[text]
    with pytest.raises(Refused) as refused:
        parse(text, AT)
    [problem] = refused.value.problems
    assert said in f"{problem.sentence}. {problem.hint}"
    start = text.rindex(part) if part else len(text)
    assert problem.at == Location(AT.file, AT.line, AT.column + start, max(1, len(part)))


def test_spans_tell_where_each_part_stands() -> None:
    text = "(a + cost[x]) / MAX(b, 1)"
    tree = parse(text, AT)
    assert [text[slice(*name.span)] for name in names(tree)] == ["a", "cost[x]", "b"]
    assert isinstance(tree, Binary) and isinstance(tree.right, Call)
    assert text[slice(*tree.right.span)] == "MAX(b, 1)"


@pytest.mark.parametrize(
    "text", ["(" * 3000 + "a" + ")" * 3000, "a" + " + a" * 5000, "-" * 4000 + "a"], ids=["deep", "long", "minus"]
)
def test_a_formula_beyond_all_bounds_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="too long to be checked"):
        parse(text, AT)


@pytest.mark.parametrize(
    "text", ["(" * 25 + "a" + ")" * 25, "a" + " + a" * 124, "-" * 249 + "a"], ids=["deep", "long", "minus"]
)
def test_a_formula_within_them_is_read(text: str) -> None:
    assert {name.id for name in names(parse(text, AT))} == {"a"}
