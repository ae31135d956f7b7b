import pytest
from hypothesis import given
from hypothesis import strategies as st

from metricbook.formula.excel import letters, template, text
from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.parse import parse
from metricbook.formula.tree import OWN_ROW, Area, Binary, Call, Cell, Name, Number, Text, Tree, Unary
from metricbook.problems import Location

here, left, up = Cell(8), Cell(8, -1), Cell(7)
locked = Cell(5, 0, lock_row=True)
fixed = Cell(20, 7, fixed=True, lock_row=True)
line = Area(Cell(22, 8, fixed=True), Cell(22, 31, fixed=True))

AT_COLUMN_H = {  # what stands in H12
    "H8": here,
    "G8": left,
    "H$5": locked,
    "$G$20": fixed,
    "$A12": Cell(12, 1, fixed=True),
    "Inputs!H8": Cell(8, sheet="Inputs"),
    "'Chart data'!$G$20": Cell(20, 7, True, "Chart data", True),
    "'Plan ''25'!H8": Cell(8, sheet="Plan '25"),
    "'Q1'!H8": Cell(8, sheet="Q1"),
    "'R'!H8": Cell(8, sheet="R"),
    "'{x}'!H8": Cell(8, sheet="{x}"),
    "$H22:$AE22": line,
    "Lists!$B$5:$B$9": Area(Cell(5, 2, True, "Lists", True), Cell(9, 2, True, "", True)),
    "SUM($H8:H8)": Call("SUM", (Area(Cell(8, 8, True), here),)),
    "INDEX($H22:$AE22,H$5):INDEX($H22:$AE22,H8)": Binary(
        ":", Call("INDEX", (line, locked)), Call("INDEX", (line, here))
    ),
    'IF(COUNT(H8,H7)<2,"",IF(H7=0,"n/a",H8/H7))': Call(
        "IF",
        (
            Binary("<", Call("COUNT", (here, up)), Number(2.0)),
            Text(""),
            Call("IF", (Binary("=", up, Number(0.0)), Text("n/a"), Binary("/", here, up))),
        ),
    ),
    '"{0} says ""hi"" {"': Text('{0} says "hi" {'),
    'H8&" %"': Binary("&", here, Text(" %")),
    "NA()": Call("NA", ()),
    "H8*1E+300": Binary("*", here, Number(1e300)),
    "H8-0.1": Binary("-", here, Number(0.1)),
    "H8-(H7-G8)": Binary("-", here, Binary("-", up, left)),
    "H8-H7-G8": Binary("-", Binary("-", here, up), left),
    "H8/(H7*G8)": Binary("/", here, Binary("*", up, left)),
    "(H8+H7)*G8": Binary("*", Binary("+", here, up), left),
    "-H8*H7": Binary("*", Unary(here), up),
    "-(H8*H7)": Unary(Binary("*", here, up)),
    "-(H8^H7)": Unary(Binary("^", here, up)),
    "(-H8)^H7": Binary("^", Unary(here), up),
    "H8^(-1)": Binary("^", here, Number(-1.0)),
    "1+(H8<H7)+(H8<G8)": Binary("+", Binary("+", Number(1.0), Binary("<", here, up)), Binary("<", here, left)),
    "(H8<H7)=(H7<H8)": Binary("=", Binary("<", here, up), Binary("<", up, here)),
}


@pytest.mark.parametrize("expected", AT_COLUMN_H)
def test_a_lowered_tree_in_excels_spelling(expected: str) -> None:
    assert template(AT_COLUMN_H[expected]).at(8) == expected


def test_a_template_is_filled_for_each_column_of_the_run() -> None:
    made = template(Binary("-", here, left))
    assert [made.at(column) for column in (2, 27, 28)] == ["B8-A8", "AA8-Z8", "AB8-AA8"]


def test_rows_that_are_made_alike_share_a_template() -> None:
    own, top = Cell(OWN_ROW, 3, fixed=True), Cell(5, 3, fixed=True, lock_row=True)
    made = template(Binary("-", Cell(OWN_ROW, -1), Call("SUM", (Area(top, own),))))
    assert [made.at(8, row) for row in (12, 13)] == ["G12-SUM($C$5:$C12)", "G13-SUM($C$5:$C13)"]


def test_where_lines_go_down_a_formulas_own_line_is_its_column() -> None:
    made = template(Binary("-", Cell(OWN_ROW, -1), Cell(OWN_ROW, 2, fixed=True, lock_row=True)), "Deals", {"Deals"})
    assert [made.at(8, column) for column in (3, 27)] == ["C7-$C$2", "AA7-$AA$2"]


@pytest.mark.parametrize(
    ("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_column_letters(column: int, name: str) -> None:
    assert letters(column) == name


def test_what_has_no_place_is_a_fault_of_the_layout() -> None:
    with pytest.raises(ValueError, match="no column 0"):
        template(left).at(1)
    with pytest.raises(TypeError, match="no cell yet"):
        template(Name("spend"))


_ids = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
_leaves = (
    st.floats(min_value=0, allow_infinity=False, allow_nan=False).map(abs).map(Number)
    | st.text(st.characters(codec="utf-8"), max_size=8).map(Text)
    | st.builds(Name, _ids, st.just("") | _ids, st.lists(_ids, max_size=2).map(tuple))
)


def _larger(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    operators = st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<>", "<", "<=", ">", ">="])
    calls = st.builds(Call, st.sampled_from(sorted(FUNCTIONS)), st.lists(trees, max_size=3).map(tuple))
    return st.builds(Unary, trees) | st.builds(Binary, operators, trees, trees) | calls


@given(st.recursive(_leaves, _larger, max_leaves=12))
def test_an_authors_text_reads_back_as_the_same_tree(tree: Tree) -> None:
    assert parse(text(tree), Location()) == tree


@pytest.mark.parametrize(
    "spelling",
    [
        "spend / new_customers",
        "(nps_promoters - nps_detractors) / nps_responses * 100",
        "ltv.churn * cost[programs, total]",
        'IF(a = "won", a + b, -c)',
        "PREVIOUS(mrr, opening_mrr, year)",
    ],
)
def test_an_authors_text_keeps_its_spelling(spelling: str) -> None:
    assert text(parse(spelling, Location())) == spelling
