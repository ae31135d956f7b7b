"""What an auditor checks in the file: one formula per row, one direction, few functions, no hidden numbers."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import count, takewhile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator

from metricbook.build import workbook_of
from metricbook.layout.records import FIRST_ROW
from metricbook.layout.settings import Settings
from proof.cases import together
from proof.formulas import Formula, formulas
from proof.opened import FIRST, WINDOW
from proof.pasted import model as records_model
from proof.pasted import pasted
from proof.scenarios import frameworks, generated, over

FUNCTIONS = {
    "ABS",
    "AND",
    "AVERAGE",
    "CHOOSE",
    "COUNT",
    "COUNTA",
    "COUNTIFS",
    "DATE",
    "EDATE",
    "FIXED",
    "IF",
    "INDEX",
    "ISNUMBER",
    "ISTEXT",
    "LEFT",
    "MATCH",
    "MAX",
    "MEDIAN",
    "MIN",
    "MOD",
    "MONTH",
    "NA",
    "NOT",
    "OR",
    "RANK",
    "RIGHT",
    "ROUND",
    "ROUNDDOWN",
    "ROUNDUP",
    "SUM",
    "SUMIFS",
    "YEAR",
}  # all of them in Excel 2007, LibreOffice 7 and Google Sheets; none volatile
NUMBERS = {0, 1, 2, 3, 4, 7, 12, 52, 100, 365, 1000}
# criteria that every number meets, every name in a row, and every cell that is not 0; other words stand on Lists
TEXTS = {"", "n/a", "<1E+300", ">0", "<>0"}
LONGEST, DEEPEST = 300, 4
LAST_FORMULA = 2_000
FRAMED = ("Inputs", "Calculations", "Checks")  # the same column is the same period on these

# Which sheet may read which. Every sheet shows the state of the checks; pages also what to fill in next, from Start.
READS = {
    "Start": {"Calculations", "Checks", "Lists", "Row calculations"},  # are there rows?
    "Inputs": {"Calculations", "Checks", "Lists", "Start"},
    "Notes": {"Calculations", "Checks"},
    "Lists": {"Checks"},
    "Targets": {"Calculations", "Checks", "Lists"},
    "Calculations": {"Inputs", "Lists", "Start", "Targets", "Checks", "the first page", "Row calculations"},
    "Row calculations": {"Deals", "Touches", "Calculations", "Lists"},
    "Deals": set(),
    "Touches": set(),
    "Results": {"Calculations", "Checks", "Lists", "Notes", "Start", "Targets"},
    "Checks": {"Calculations", "Inputs", "Lists", "Start", "Row calculations", "Deals", "Touches"},
    "Dictionary": {"Calculations", "Checks", "Lists", "Row calculations"},  # it shows formulas as they are
    "Chart data": {"Calculations", "Checks", "Lists", "Results", "Start"},
    "Framework": {"Checks"},
    "a page": {"Results", "Calculations", "Checks", "Lists", "Start"},
}
MODELS = ("growth", "growth one-off", "cm detail", "mechanisms", "weeks", "one period", "records")


@cache
def _workbook(name: str) -> bytes:
    if name == "records":
        return pasted(4).file()
    models = frameworks()
    weeks = {"weeks": over(models["mechanisms"], "week", 30, 4), "one period": over(models["growth"], "month", 1)}
    model = {**models, **weeks}[name]
    return workbook_of(model, Settings(inputs=generated(model, 41)))


@cache
def _formulas(name: str) -> tuple[Formula, ...]:
    return tuple(formulas(_workbook(name)))


def _by_row(name: str, sheets: tuple[str, ...]) -> dict[tuple[str, int], list[Formula]]:
    rows = defaultdict(list)
    for formula in _formulas(name):
        if formula.sheet in sheets:
            rows[formula.sheet, formula.row].append(formula)
    return rows


@cache
def _book(name: str) -> dict[str, dict[tuple[int, int], object]]:
    book = load_workbook(io.BytesIO(_workbook(name)))
    return {s.title: {(c.row, c.column): c.value for row in s.iter_rows() for c in row} for s in book.worksheets}


def _last_period(name: str) -> int:
    keys = (column for (row, column), value in _book(name)["Calculations"].items() if row == 6 and value is not None)
    return max(keys)


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_a_row_has_one_formula_all_the_way_across(name: str) -> None:
    last, several, part = _last_period(name), [], []
    for (sheet, row), found in _by_row(name, FRAMED).items():
        periods = [each for each in found if FIRST <= each.column <= last]
        several += [f"{sheet}!{row}: {each.text}" for each in periods if each.r1c1 != periods[0].r1c1]
        if periods and len(periods) != last - FIRST + 1:
            part.append(f"{sheet}!{row}: {len(periods)} of {last - FIRST + 1}")
    assert (several, part) == ([], [])


def test_a_column_of_rows_has_one_formula_all_the_way_down() -> None:
    columns = defaultdict(set)
    for each in _formulas("records"):
        if each.sheet == "Row calculations" and each.row >= FIRST_ROW:
            columns[each.column].add(each.r1c1)
    assert len(columns) > 40 and {len(found) for found in columns.values()} == {1}


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_a_line_of_a_chart_has_one_formula_in_every_period(name: str) -> None:
    rows = {row: _across(found) for (_, row), found in _by_row(name, ("Chart data",)).items() if row >= 8}
    lines = list(takewhile(bool, (rows.get(row) for row in count(8))))  # below them stand charts over members
    assert len(lines) > 1 and {len(set(line)) for line in lines} == {1} and len({len(line) for line in lines}) == 1


def _across(found: list[Formula]) -> list[str]:
    return [each.r1c1 for each in found if each.column >= FIRST]


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_the_three_windows_of_a_metric_have_one_formula(name: str) -> None:
    cells = _book(name)["Calculations"]
    ids = {cells.get((row, 1)) for row in range(1, 2_000)} - {None}
    metrics = {str(id).partition("[")[0] for id in ids} & set(_metric_ids(name))
    assert len(metrics) > 20
    for (_, row), found in _by_row(name, ("Calculations",)).items():
        if str(cells.get((row, 1))).partition("[")[0] in metrics:
            windows = [each for each in found if each.column in WINDOW.values()]
            assert len(windows) in (0, 3) and len({each.r1c1 for each in windows}) <= 1, windows


def _metric_ids(name: str) -> list[str]:
    models = {**frameworks(), "records": records_model()}
    return list(models[{"weeks": "mechanisms", "one period": "growth"}.get(name, name)].metrics)


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_values_flow_one_way(name: str) -> None:
    pages = [sheet for sheet in _book(name) if sheet not in READS]
    wrong = []
    for formula in _formulas(name):
        kind = "a page" if formula.sheet in pages else formula.sheet
        reads = {"the first page" if sheet == pages[0] else sheet for sheet in formula.sheets - {formula.sheet}}
        wrong += [f"{formula.sheet} reads {sheet}: {formula.text}" for sheet in reads - READS[kind]]
    assert wrong == []


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_of_a_page_only_the_three_selectors_are_read(name: str) -> None:
    pages = {sheet for sheet in _book(name) if sheet not in READS}
    read = {
        cell
        for formula in _formulas(name)
        for cell in formula.cells
        if cell[0] in pages and formula.sheet not in pages
    }
    named = {(str(sheet), *cell) for sheet, cell in _selectors(name)}
    assert read == named and len(read) == 3


def _selectors(name: str) -> Iterator[tuple[str, tuple[int, int]]]:
    book = load_workbook(io.BytesIO(_workbook(name)))
    for key in ("in_picked_period", "in_picked_view", "in_picked_comparison"):
        for sheet, address in book.defined_names[key].destinations:
            cell = book[sheet][address.replace("$", "").partition(":")[0]]
            yield sheet, (cell.row, cell.column)


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_only_functions_that_every_spreadsheet_has(name: str) -> None:
    assert {function for formula in _formulas(name) for function in formula.functions} <= FUNCTIONS
    sheets = load_workbook(io.BytesIO(_workbook(name))).worksheets
    areas = [area for sheet in sheets for area in sheet.conditional_formatting]
    rules = [formula for area in areas for rule in area.rules for formula in rule.formula]
    assert {found for rule in rules for found in Formula("", 1, 1, rule).functions} <= FUNCTIONS


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_no_number_is_hidden_in_a_formula(name: str) -> None:
    """Beside the calendar's and arithmetic's own, only the k of "fewer than k of these k cells are filled"."""
    for formula in _formulas(name):
        counted = {float(found) for found in re.findall(r"COUNTA?\([^()]*\)<([0-9]+)", formula.bare)}
        assert set(formula.numbers) - NUMBERS - counted == set(), formula
        assert set(formula.texts) <= TEXTS, formula


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_formulas_are_short_and_plain(name: str) -> None:
    """No names, whole columns, arrays, intersections or structured references; short and not deeply nested."""
    for formula in _formulas(name):
        assert len(formula.text) <= LONGEST, formula
        assert formula.nesting <= DEEPEST, formula
        assert formula.words == [], formula
        assert not set("{}@#[]; ") & set(re.sub(r"'[^']*'!", "", formula.bare)), formula


@pytest.mark.parametrize("name", together(("growth", "growth one-off", "cm detail", "records"), "structure"))
def test_shipped_frameworks_nest_at_most_three_deep(name: str) -> None:
    assert max(formula.nesting for formula in _formulas(name)) <= 3


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_every_match_is_exact(name: str) -> None:
    for formula in _formulas(name):
        calls = formula.bare.count("MATCH(")
        assert len(re.findall(r"MATCH\((?:[^()]|\([^()]*\))*,0\)", formula.bare)) == calls, formula


@pytest.mark.parametrize("name", together(MODELS, "structure"))
def test_no_cell_leads_back_to_itself_even_through_what_is_not_chosen(name: str) -> None:
    """INDEX, IF and CHOOSE read a part; a spreadsheet follows all of it and would warn of a circle."""
    needs = {(f.sheet, f.row, f.column): _precedents(f) for f in _formulas(name)}
    waiting = Counter({cell: sum(1 for each in read if each in needs) for cell, read in needs.items()})
    readers: dict[tuple[str, int, int], list[tuple[str, int, int]]] = defaultdict(list)
    for cell, read in needs.items():
        for each in read:
            readers[each].append(cell)
    ready = [cell for cell in needs if waiting[cell] == 0]
    done = 0
    while ready:
        done += 1
        for reader in readers[ready.pop()]:
            waiting[reader] -= 1
            if waiting[reader] == 0:
                ready.append(reader)
    circle = [cell for cell, count in waiting.items() if count > 0]
    assert done == len(needs), circle[:10]


_RANGE = re.compile(
    r"((?:'(?:[^']|'')+'|[A-Za-z_]+)!)?\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?(?![0-9A-Za-z_(])"
)


def _precedents(formula: Formula) -> set[tuple[str, int, int]]:
    found = set()
    for sheet, left, top, right, bottom in _RANGE.findall(formula.bare):
        name = sheet[:-1].strip("'").replace("''", "'") or formula.sheet
        columns = range(_number(left), _number(right or left) + 1)
        last = min(int(bottom or top), LAST_FORMULA)  # pasted columns are read to the end of the sheet
        found |= {(name, row, column) for row in range(int(top), last + 1) for column in columns}
    return found


@cache
def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@pytest.mark.parametrize("name", together(("growth", "cm detail", "mechanisms", "records"), "structure"))
def test_the_file_follows_the_schemas(name: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(_workbook(name))
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path)
    assert [error.description for error in result.errors] == []


def test_formulas_are_read_as_excel_reads_them() -> None:
    """The reader of formulas itself: a fault in it would let every test above pass."""
    formula = Formula(
        "Calc", 9, 11, """IF(COUNT(J8,$B$3,'A''b c'!K$9:L9)<3,"",IF(x_1=12,"R1C1 2",-ABS(J9*1E+300)))"""
    )
    assert formula.r1c1.startswith("IF(COUNT(R[-1]C[-1],R3C2,'A''b c'!R9C[0]:R[0]C[1])<3")
    assert formula.functions == ["IF", "COUNT", "IF", "ABS"] and formula.nesting == 3
    assert (formula.words, formula.texts, formula.numbers) == (["x_1"], ["", "R1C1 2"], [3.0, 12.0, 1e300])
    assert formula.sheets == {"Calc", "A'b c"} and ("A'b c", 9, 12) in _precedents(formula)
