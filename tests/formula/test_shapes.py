"""The workbook's shapes of formulas in three engines, over inputs that are missing, zero, wrong or complete.

Inputs are exact in binary wherever a shape compares them or divides by a difference: there engines need not agree
about 0.1 + 0.2, and the tables of `test_sheet_functions` say how ours decides.
"""

from pathlib import Path

import pytest
from books import Book, evaluated, written
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import PERIODS, Cells, book, line

from recalculate import Value, differences, formualizer, libreoffice

FULL: Cells = {
    **line(10, [100.0, 110.0, 120.0, 128.0, 90.0, 100.0, 105.0]),
    **line(11, [50.0, 60.0, 55.0, 64.0, 0.0, 50.0, 52.5]),
    **line(12, [8.0, 10.0, 0.0, 16.0, 12.0, 4.0, 5.0]),
    **line(13, [2.0, None, 4.0]),
    **line(14, [None, 40.0, None, None, 55.0]),
    **line(15, ["a", None, "b", "c", "d", "e", "f"]),
    **line(16, [1.0, None, 3.0]),
    **{"G17": 1024.0, "G18": 1200.0, "J19": 140.0, "G20": 2048.0},
}

BOOKS: dict[str, Book] = {
    "empty": book({}),
    "full": book(FULL),
    "a period chosen": book(FULL, {"C6": 45474.0}),
    "quarter to date": book(FULL, {"C7": "Quarter to date"}),
    "year to date": book(FULL, {"C7": "Year to date", "C5": 1.0}),
    "last year": book(FULL, {"C8": "Last year"}),
    "settings deleted": book(FULL, {"C7": None, "C8": None}),
    "a hole": book(FULL | {"J10": None}),
    "zeros": book(FULL | line(12, [0.0] * 7) | line(11, [0.0] * 7)),
    "text in numbers": book(FULL | {"K10": "1,200 ", "L12": "n/a"}),
    "one cell": book({"H10": 5.0}),
    "negative": book(FULL | line(10, [-8.0] * 7) | {"G17": -64.0}),
    "complete": book(
        FULL | {f"{c}{row}": float(row * 4 + i) for row in range(10, 17) for i, c in enumerate(PERIODS)}
    ),
}


def _cell(name: str, sheet: str, address: str) -> Value:
    return evaluated(BOOKS[name])[sheet][address]


@pytest.mark.parametrize("name", BOOKS)
def test_formualizer_agrees(name: str) -> None:
    assert differences(evaluated(BOOKS[name]), formualizer(written(BOOKS[name]))) == []


@pytest.mark.soffice
def test_libreoffice_agrees(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.xlsx" for name in BOOKS]
    for path in paths:
        path.write_bytes(written(BOOKS[path.stem]))
    (tmp_path / "out").mkdir()
    found = libreoffice(paths, tmp_path / "out")
    wrong = {
        path.stem: differences(evaluated(BOOKS[path.stem]), values) for path, values in zip(paths, found, strict=True)
    }
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize(
    ("name", "sheet", "address", "value"),
    [
        ("empty", "Calculations", "G13", 0.0),
        ("empty", "Calculations", "E22", ""),
        ("empty", "Results", "H6", "No data"),
        ("full", "Calculations", "G13", 7.0),  # the latest complete period
        ("full", "Calculations", "H3", "2024-04"),
        ("full", "Calculations", "E22", 105.0),
        ("full", "Calculations", "F22", 100.0),
        ("full", "Calculations", "E35", 31.5),  # (105 + 52.5) / 5
        ("full", "Calculations", "J35", "n/a"),  # nobody new in June
        ("full", "Calculations", "O35", ""),
        ("full", "Calculations", "E51", 1722.0),  # 1024 + 753 of row 10 - 55 of row 12
        ("full", "Calculations", "E74", "$158 ÷ 5 = $31.50"),
        ("full", "Calculations", "L28", 0.0),  # other inputs of that month are filled
        ("full", "Calculations", "O28", ""),
        ("full", "Calculations", "N26", 55.0),  # carried from August
        ("quarter to date", "Calculations", "E22", 105.0),
        ("year to date", "Calculations", "E22", 753.0),
        ("a hole", "Calculations", "L53", ""),
        ("text in numbers", "Calculations", "E73", 8.0),  # six more are the texts of row 15
        ("full", "Results", "G6", 3.0),  # 105 is more than 5 % below 128
        ("full", "Results", "H6", "Off track"),
        ("full", "Deals", "F5", 1.0),  # "Fax" is no member
    ],
)
def test_known_values(name: str, sheet: str, address: str, value: Value) -> None:
    assert _cell(name, sheet, address) == value


_quarters = st.integers(-400, 400).map(lambda number: number / 4)
_inputs = st.dictionaries(
    st.sampled_from([f"{column}{row}" for row in range(10, 17) for column in PERIODS]), _quarters, max_size=60
)


@settings(max_examples=25, deadline=None)
@given(_inputs, st.sampled_from(["Month", "Quarter to date", "Year to date"]), st.integers(1, 12))
def test_formualizer_agrees_on_random_inputs(inputs: dict[str, float], view: str, fiscal: int) -> None:
    given_book = book({**inputs, "G17": 256.0}, {"C7": view, "C5": float(fiscal)})
    assert differences(evaluated(given_book), formualizer(written(given_book))) == []
