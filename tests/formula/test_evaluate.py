import pytest
from lowered import lowered

from metricbook.formula.evaluate import CircularReference, Error, Grid
from metricbook.formula.tree import OWN_ROW, Area, Binary, Call, Cell, Name, Number

H, S = 8, 19  # twelve periods


def _grid(formulas: dict[tuple[int, int, int], str], constants: dict[tuple[int, int], float | str | None]) -> Grid:
    """A grid with one sheet "S": formulas by (row, first, last), constants by (row, column)."""
    grid = Grid()
    grid.add_sheet("S", rows=200, columns=70)
    for (row, column), value in constants.items():
        grid.put("S", row, column, value)
    for (row, first, last), text in formulas.items():
        grid.fill("S", row, first, last, lowered(text, first))
    grid.calculate()
    return grid


def test_one_tree_serves_a_whole_run() -> None:
    grid = _grid({(9, H, S): "H8*2-$G$8"}, {(8, column): float(column) for column in range(7, 20)})
    assert grid.row("S", 9)[H : S + 1] == [column * 2 - 7.0 for column in range(H, S + 1)]


def test_one_tree_serves_rows_that_are_made_alike() -> None:
    """Row r holds r in A; B is twice that, C the sum of A and B and of A down to this row. C asks for B first."""
    grid = Grid()
    grid.add_sheet("S", rows=9, columns=3)
    a, b = Cell(OWN_ROW, 1, fixed=True), Cell(OWN_ROW, -1)
    so_far = Area(Cell(4, 1, fixed=True, lock_row=True), a)
    total, twice = Call("SUM", (Area(a, b), so_far)), Binary("*", a, Number(2.0))
    for row in (4, 5, 6):
        grid.put("S", row, 1, float(row))
        grid.fill("S", row, 3, 3, total)
        grid.fill("S", row, 2, 2, twice)
    grid.calculate()
    assert [grid.row("S", row)[2:4] for row in (4, 5, 6)] == [[8.0, 16.0], [10.0, 24.0], [12.0, 33.0]]


def test_a_formulas_own_row_is_on_its_own_sheet() -> None:
    grid = Grid()
    grid.add_sheet("S", rows=2, columns=2)
    grid.add_sheet("T", rows=2, columns=2)
    with pytest.raises(LookupError):
        grid.fill("S", 1, 1, 1, Cell(OWN_ROW, 2, fixed=True, sheet="T"))


def test_values_keep_their_kind() -> None:
    grid = _grid({(9, 1, 5): "A8"}, {(8, 1): 3, (8, 2): "x", (8, 3): "", (8, 4): None, (8, 5): True})
    assert grid.row("S", 9)[1:6] == [3.0, "x", "", 0.0, True]
    assert [type(value) for value in grid.row("S", 9)[1:6]] == [float, str, str, float, bool]


def test_an_error_is_a_value() -> None:
    assert _grid({(1, 1, 1): "1/B1"}, {}).value("S", 1, 1) == Error("#DIV/0!")


def test_cells_may_need_cells_that_come_later() -> None:
    grid = _grid({(1, 1, 3): "A2+1", (2, 1, 3): "A3+1", (3, 1, 3): "SUM($A4:A4)"}, {(4, 1): 1.0, (4, 2): 2.0})
    assert grid.row("S", 1)[1:4] == [3.0, 5.0, 5.0]


def test_a_window_left_of_its_periods_waits_for_all_of_them() -> None:
    grid = _grid({(1, 5, 5): "SUM($H1:$S1)", (1, H, S): "H2*2"}, {(2, column): 1.0 for column in range(H, S + 1)})
    assert grid.value("S", 1, 5) == 24.0


def test_a_bridge_runs_along_the_periods_through_several_lines() -> None:
    """Opening, growth and loss feed the ending, which is the next opening: sixty periods, lines in bad order."""
    grid = _grid(
        {
            (14, H, 67): "H11+H12-H13",
            (13, H, 67): "H11*0.25",
            (12, H, 67): "IF(H11>1000,0,H11*0.5)",
            (11, H, 67): "IF(H$5=1,$G11,G14)",
        },
        {(5, column): float(column - 7) for column in range(H, 68)} | {(11, 7): 100.0},
    )
    ending = 100.0
    for column in range(H, 68):
        ending += (0.0 if ending > 1000 else ending * 0.5) - ending * 0.25
        assert grid.value("S", 14, column) == pytest.approx(ending, rel=1e-12)


def test_a_chain_may_be_longer_than_pythons_stack() -> None:
    grid = Grid()
    grid.add_sheet("S", rows=6001, columns=1)
    for row in range(1, 6001):
        grid.fill("S", row, 1, 1, lowered(f"A{row + 1}+1", 1))
    grid.calculate()
    assert grid.value("S", 1, 1) == 6000.0


def test_only_the_chosen_branch_is_needed() -> None:
    grid = _grid({(1, 1, 1): 'IF(B1=0,"none",A2)', (2, 1, 1): "CHOOSE(1,5,A1)"}, {})
    assert grid.row("S", 1)[1] == "none"
    assert grid.value("S", 2, 1) == 5.0


def test_a_circle_is_reported_with_its_cells() -> None:
    with pytest.raises(CircularReference) as circle:
        _grid({(1, 1, 1): "B1", (1, 2, 2): "SUM(C1:D1)", (1, 3, 3): "2", (1, 4, 4): "INDEX(A1:B1,2)"}, {})
    assert circle.value.chain == [("S", 1, 2), ("S", 1, 4), ("S", 1, 2)]
    assert str(circle.value) == "S!B1 → S!D1 → S!B1"


def test_calculating_again_follows_changed_constants() -> None:
    grid = _grid({(1, 1, 1): "A2*2", (2, 1, 1): "A3+1"}, {(3, 1): 1.0})
    grid.put("S", 3, 1, 4.0)
    grid.calculate()
    assert grid.value("S", 1, 1) == 10.0


def test_other_sheets_are_read() -> None:
    grid = Grid()
    grid.add_sheet("Inputs", rows=3, columns=3)
    grid.add_sheet("Chart data", rows=3, columns=3)
    grid.put("Inputs", 2, 3, 7.0)
    grid.fill("Chart data", 1, 2, 3, lowered("Inputs!B2", 2))
    grid.calculate()
    assert grid.row("Chart data", 1)[2:] == [0.0, 7.0]


def test_faults_of_the_layout_do_not_pass() -> None:
    grid = Grid()
    grid.add_sheet("S", rows=3, columns=3)
    with pytest.raises(LookupError, match="outside of the sheet S"):
        grid.fill("S", 1, 1, 3, Cell(1, 1))  # the last one would read D1
    with pytest.raises(LookupError, match="outside of the sheet S"):
        grid.fill("S", 1, 1, 3, Cell(4, 0))
    with pytest.raises(TypeError, match="one value belongs here"):
        grid.fill("S", 1, 1, 3, Area(Cell(2, 0), Cell(3, 0)))
    with pytest.raises(TypeError, match="one value belongs here"):
        grid.fill("S", 1, 1, 3, Name("spend"))
    with pytest.raises(TypeError, match="too many arguments"):
        grid.fill("S", 1, 1, 3, Call("ABS", (Cell(2, 0), Cell(2, 0))))
