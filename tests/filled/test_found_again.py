"""Cells are found by ids and keys: rows inserted, lines sorted, sheets renamed and moved change nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from filled.edited import TYPED, cell_of, edited, insert_columns, insert_rows, rename, row_of, sort_lines, typed
from metricbook.api import build_workbook
from metricbook.filled.filled import Filled
from metricbook.filled.read import read_filled
from small import small

Change = Callable[[Workbook], None]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The small workbook, filled in."""
    folder = tmp_path_factory.mktemp("found")
    return typed(build_workbook(small(folder)).content, folder / "typed.xlsx", TYPED).read_bytes()


@pytest.fixture
def changed(content: bytes, tmp_path: Path) -> Callable[[Change], Filled]:
    return lambda change: read_filled(edited(content, tmp_path / "changed.xlsx", change))


def values(filled: Filled) -> dict[Any, Any]:
    return {address: held.value for address in filled.held if (held := filled.typed(address))}


def in_front(book: Workbook) -> None:
    insert_rows(book, "Inputs", 1, 3)
    insert_columns(book, "Inputs", 1, 2)
    insert_rows(book, "Notes", 4, 1)


def in_between(book: Workbook) -> None:
    insert_rows(book, "Inputs", row_of(book, "Inputs", "spend[events]"), 2)
    insert_columns(book, "Inputs", 11, 1)
    insert_rows(book, "Lists", row_of(book, "Lists", "events"), 1)


def renamed(book: Workbook) -> None:
    rename(book, "Inputs", "Eingaben")
    rename(book, "Notes", "It's us")
    rename(book, "Lists", "Listen & Namen")
    book.move_sheet("Eingaben", offset=-2)


@pytest.mark.parametrize("change", [in_front, in_between, renamed])
def test_what_is_moved_is_found(change: Change, changed: Callable[[Change], Filled]) -> None:
    filled = changed(change)
    assert values(filled) == TYPED
    assert (filled.findings, filled.strays) == ((), ())


def test_sorted_lines_are_found_by_their_ids_and_it_is_said(changed: Callable[[Change], Filled]) -> None:
    def change(book: Workbook) -> None:
        first = row_of(book, "Inputs", "spend[paid]")
        sort_lines(book, "Inputs", first, row_of(book, "Inputs", "spend[events]"))

    filled = changed(change)
    assert values(filled) == TYPED
    assert [problem.code for problem in filled.findings] == ["sorted"]


def test_a_line_that_is_there_twice_is_taken_from_neither(changed: Callable[[Change], Filled]) -> None:
    def change(book: Workbook) -> None:
        book["Inputs"].cell(row_of(book, "Inputs", "spend[events]"), 1).value = "spend[paid]"

    filled = changed(change)
    lost = {address: value for address, value in TYPED.items() if address[1] in ("spend[paid]", "spend[events]")}
    assert values(filled) == {address: value for address, value in TYPED.items() if address not in lost}
    assert sorted(str(stray.held.value) for stray in filled.strays) == sorted(map(str, lost.values()))
    assert [problem.code for problem in filled.findings] == ["id-twice", "no-id"]


def test_a_line_without_its_id_is_named(changed: Callable[[Change], Filled]) -> None:
    def change(book: Workbook) -> None:
        book["Inputs"].cell(row_of(book, "Inputs", "budget"), 1).value = None

    filled = changed(change)
    assert ("inputs", "budget", "value") not in filled.held
    (problem,) = filled.findings
    assert (problem.code, problem.sentence.split(" is gone")[0]) == ("no-id", "The id of budget")
    assert [(stray.held.value, stray.why) for stray in filled.strays] == [(9000.0, "its line has no id")]


def test_what_is_typed_beside_the_lines_is_not_lost(changed: Callable[[Change], Filled]) -> None:
    def change(book: Workbook) -> None:
        at = row_of(book, "Inputs", "spend[events]")
        insert_rows(book, "Inputs", at)
        book["Inputs"].cell(at, 10).value = 777
        insert_columns(book, "Inputs", 12)
        book["Inputs"].cell(row_of(book, "Inputs", "margin"), 12).value = "guess"

    filled = changed(change)
    found = sorted((str(stray.held.value), stray.why) for stray in filled.strays)
    assert found == [("777.0", "its line has no id"), ("guess", "its column has no key")]


def test_a_key_that_was_written_over(changed: Callable[[Change], Filled]) -> None:
    filled = changed(lambda book: setattr(book["Inputs"]["K6"], "value", "2026-01"))
    assert [problem.code for problem in filled.findings] == ["id-twice"]
    assert not any(address[0] == "inputs" and address[2] in ("2026-01", "2026-02") for address in filled.held)


def test_the_row_of_keys_taken_out(changed: Callable[[Change], Filled]) -> None:
    filled = changed(lambda book: setattr(book["Inputs"]["A6"], "value", None))
    assert "no-keys" in [problem.code for problem in filled.findings]


def test_formulas_errors_and_truths_that_were_typed(content: bytes, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        cell_of(book, ("inputs", "wins[paid]", "2026-01")).value = True
        cell_of(book, ("inputs", "wins[paid]", "2026-02")).value = "#REF!"

    filled = read_filled(edited(content, tmp_path / "odd.xlsx", change))
    assert filled.held["inputs", "wins[paid]", "2026-01"].value is True
    assert filled.held["inputs", "wins[paid]", "2026-02"].error
