"""Drill-down: from a number to its calculation, from a name to its meaning, and back to Start."""

from __future__ import annotations

from metricbook.formula.excel import letters
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Sheet
from worked import read

TEXT = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  channel: {label: Channel, members: {paid: Paid, free: Free}}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {}}
  wins: {label: Wins, unit: count, by: [channel, period], rollup: sum, input: {}}
  cac: {label: CAC, unit: currency, good: lower, formula: spend / wins}
sheets:
  - sheet: main
    title: Main
    blocks:
      - headline: [cac]
      - scorecard: {rows: [cac], columns: [actual, status]}
      - table: {title: By month, rows: [spend], columns: period}
      - table: {title: By channel, rows: channel, columns: [wins], total: true}
"""


def sheets() -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in lay_out(read(TEXT)).sheets}


def links(sheet: Sheet) -> dict[str, str]:
    """Where each linked cell (or run of cells) leads."""
    return {
        f"{letters(each.at.column)}{each.at.row}" + (f":{letters(each.last.column)}" if each.last else ""): (
            f"{each.target.sheet}!{letters(each.target.column)}{each.target.row}"
        )
        for each in sheet.links
    }


def row_of(sheet: Sheet, id: str, column: int = 1) -> int:
    return next(run.row for run in sheet.runs if run.first == column and run.content == id)


def test_numbers_of_a_page_lead_to_their_calculation_and_names_to_the_dictionary() -> None:
    book = sheets()
    page, calculations = book["Main"], book["Calculations"]
    row = {id: row_of(calculations, id) for id in ("spend", "wins", "wins[paid]", "cac")}
    meaning = {id: f"Dictionary!B{row_of(book['Dictionary'], id)}" for id in ("spend", "cac")}
    found = links(page)
    card = row_of(page, "CAC", 2) + 1
    assert found[f"B{card}"] == f"Calculations!F{row['cac']}"
    score = max(run.row for run in page.runs if run.first == 2 and run.content == "CAC")
    assert (found[f"B{score}"], found[f"C{score}:E"]) == (meaning["cac"], f"Calculations!F{row['cac']}")
    months = row_of(page, "Spend", 2)
    assert (found[f"B{months}"], found[f"C{months}:E"]) == (meaning["spend"], f"Calculations!F{row['spend']}")
    paid = row_of(page, "By channel", 8) + 2  # beside the table by month; three columns for names, then wins
    assert found[f"K{paid}"] == f"Calculations!F{row['wins[paid]']}"
    assert found[f"K{paid + 2}"] == f"Calculations!F{row['wins']}"


def test_the_dictionary_leads_to_calculations_and_every_sheet_back_to_start() -> None:
    book = sheets()
    row = row_of(book["Dictionary"], "cac")
    assert links(book["Dictionary"])[f"C{row}"] == f"Calculations!F{row_of(book['Calculations'], 'cac')}"
    for name in ("Main", "Dictionary", "Calculations", "Results", "Inputs"):
        assert "Start!A1" in links(book[name]).values()
