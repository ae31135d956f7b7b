"""Exports that fill a record table: words that are no options, columns that nothing fills."""

from __future__ import annotations

from pathlib import Path

import pytest
from exporting import HERE, refused, taken

from metricbook.api import build_workbook
from metricbook.build import model_of
from metricbook.layout.lay_out import lay_out
from metricbook.problems import Refused

DEALS = "  - {file: deals.csv, records: deals, columns: {Nr: deal, Ergebnis: stage}}\n"
HEAD = "Nr,Channel,Opened,Ergebnis,Amount\n"
ROWS = "1,Email,2026-01-02,Gewonnen,5\n2,Email,2026-01-03,Verloren,6\n3,Email,2026-01-04,Gewonnen,7\n"


def test_a_word_that_is_no_option_is_refused_once_with_what_it_may_mean(tmp_path: Path) -> None:
    told = "members: {stage: {%s: open}}"
    assert refused(tmp_path, DEALS, {"deals.csv": HEAD + ROWS}) == [
        'deals.csv:2:20 unknown-option: "Gewonnen" under Ergebnis is no option of stage (2 rows). '
        f"Say what it means, `{told % 'Gewonnen'}`, or `ignore`. There is open (Open), won (Won), lost (Lost).",
        'deals.csv:3:20 unknown-option: "Verloren" under Ergebnis is no option of stage. '
        f"Say what it means, `{told % 'Verloren'}`, or `ignore`. There is open (Open), won (Won), lost (Lost).",
    ]


def test_what_the_words_mean_is_said_in_members(tmp_path: Path) -> None:
    data = DEALS.replace("}}", "}, members: {stage: {Gewonnen: won, Verloren: ignore}}}")
    found = taken(tmp_path, data, {"deals.csv": HEAD + ROWS})
    assert [(row[0], row[4]) for row in found.records["deals"]] == [("1", "Won"), ("3", "Won")]
    (use,) = found.uses
    assert (use.used, use.ignored) == (2, {'Ergebnis "Verloren"': 1})


def test_a_file_of_the_command_line_is_held_to_the_options_too(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Deal,Channel,Opened,Stage,Amount\n1,Fairs,2026-01-02,Wonn,5\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        build_workbook(HERE / "crm.yaml", records={"deals": path})
    (problem,) = caught.value.problems
    assert (problem.code, problem.at.line, problem.at.column) == ("unknown-option", 2, 20)
    assert problem.hint.startswith('Did you mean "Won"?')


def test_columns_that_nothing_fills_are_named(tmp_path: Path) -> None:
    rows = "Nr,Channel,Opened,Stage,Amount,Closed\n1,Email,2026-01-02,Won,5,\n"
    assert taken(tmp_path, DEALS.replace("Ergebnis", "Stage"), {"deals.csv": rows}).uses[0].notes == (
        "Deals: not filled: Closed",
    )
    held = DEALS.replace("Ergebnis: stage}", "}, at: {stage: won}")
    assert taken(tmp_path, held, {"deals.csv": rows.replace("Stage", "Phase")}).uses[0].notes == (
        "Deals: columns left aside: Phase",
        "Deals: not filled: Closed",
    )


def test_what_is_the_same_in_all_rows_is_said_in_at(tmp_path: Path) -> None:
    rows = "Nr,Kunde,Opened,Stage,Amount\n1,Roy,2026-01-02,Won,5\n"
    data = DEALS.replace("Ergebnis", "Stage")
    (fault,) = refused(tmp_path, data, {"deals.csv": rows})
    assert fault.endswith("Name one of Kunde so. Where all rows have the same: `at: {channel: …}`.")


def test_the_headings_of_a_table_stand_on_every_printed_page() -> None:
    sheet = next(each for each in lay_out(model_of(HERE / "crm.yaml")).sheets if each.name == "Deals")
    assert sheet.print.title_rows == (2, 2)
