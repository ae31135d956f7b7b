"""Excel files as data, the report of a build, and ledgers of any kind."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from exporting import cells, exported, refused, subject, taken
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from metricbook.api import build_workbook
from metricbook.cli import main

ADS = "  - {file: ads.xlsx, dated: Day, columns: {Cost: spend, Type: channel}}\n"
DEALS = "  - {file: deals.xlsx, records: deals, sheet: Export, columns: {Deal ID: deal}}\n"
DAY = dt.date(2026, 1, 31)


def book(*sheets: tuple[str, list[list[object]]], mac: bool = False) -> bytes:
    """An Excel file as another program writes it."""
    made = Workbook()
    if mac:
        made.epoch = CALENDAR_MAC_1904
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


ROWS: list[list[object]] = [
    ["Performance", None, None],
    [],
    ["Day", "Type", "Cost"],
    [DAY, "Email", 10.25],
    [dt.datetime(2026, 2, 1, 13, 30), "Email", "$1,000.50"],
    ["2026-02-03", "Display", 7],
    ["Total", None, 1017.75],
]


@pytest.mark.parametrize("mac", [False, True])
def test_a_sheet_with_dates_numbers_and_texts(tmp_path: Path, mac: bool) -> None:
    files = {"ads.xlsx": book(("Report", ROWS), mac=mac)}
    assert cells(tmp_path, ADS, files) == {
        "spend[email]": {"2026-01": 10.25, "2026-02": 1000.5},
        "spend[display]": {"2026-02": 7},
    }
    (use,) = taken(tmp_path, ADS, files).uses
    assert (use.rows, use.used, use.passed) == (3, 3, {"above the headings": 1, "total": 1})


def test_a_month_without_rows_is_named_where_months_with_rows_lie_around_it(tmp_path: Path) -> None:
    rows = [["Day", "Type", "Cost"], [DAY, "Email", 1], [dt.date(2026, 3, 31), "Email", 1]]
    (use,) = taken(tmp_path, ADS, {"ads.xlsx": book(("Report", rows))}).uses
    assert [words for words in use.missing if "for" not in words] == [
        "no rows in 2026-02"
    ]  # nor April, still to come


def test_a_place_in_a_workbook_is_named_as_excel_names_it(tmp_path: Path) -> None:
    rows = [["Day", "Type", "Cost"], [DAY, "Emial", 1]]
    (found,) = refused(tmp_path, ADS, {"ads.xlsx": book(("Report", rows))})
    assert found.startswith('ads.xlsx, Report!B2:0:0 unknown-member: "Emial" under Type is no member of channel.')
    (found,) = refused(tmp_path, ADS.replace("dated", "sheet: Reprot, dated"))
    assert 'has no sheet "Reprot". Did you mean "Report"?' in found


def test_a_file_that_only_says_it_is_a_workbook_is_refused(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, ADS, {"ads.xlsx": b"Day,Type,Cost\n"})
    assert "not-a-workbook" in found
    (found,) = refused(
        tmp_path, ADS.replace("xlsx", "xls"), {"ads.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600}
    )
    assert "old-format" in found


def test_records_of_a_sheet(tmp_path: Path) -> None:
    rows = [
        ["Deal ID", "Channel", "Opened", "Closed", "Stage", "Amount"],
        [10231, "Email", DAY, None, "Won", 5],
        ["D-2", "Fairs", "31/01/2026", DAY, "open", "1,200.50"],
    ]
    found = taken(tmp_path, DEALS, {"deals.xlsx": book(("Notes", [["x"]]), ("Export", rows))})
    assert found.records["deals"] == (
        ("10231", "Email", 46053.0, None, "Won", 5.0),
        ("D-2", "Fairs", 46053.0, 46053.0, "Open", 1200.5),
    )


def test_rows_of_a_table_may_be_left_aside(tmp_path: Path) -> None:
    data = DEALS.replace("}}", "}, where: {Owner: Dana}, members: {channel: {Fairs: ignore}}}")
    head = ["Deal ID", "Channel", "Opened", "Stage", "Amount", "Owner"]
    rows = [head, ["D1", "Email", DAY, "Won", 5, "Dana"], ["D2", "Fairs", DAY, "Won", 5, "Dana"],
            ["D3", "Email", DAY, "Won", 5, "Ben"], ["Grand Total", None, None, None, 15, None]]  # fmt: skip
    found = taken(tmp_path, data, {"deals.xlsx": book(("Export", rows))})
    assert [row[0] for row in found.records["deals"]] == ["D1"]
    (use,) = found.uses
    assert (use.rows, use.used, use.passed) == (3, 1, {"total": 1})
    assert use.ignored == {"Owner is another": 1, 'Channel "Fairs"': 1}


def test_what_holds_for_all_rows_of_a_table_is_said_once(tmp_path: Path) -> None:
    data = DEALS.replace("sheet", "at: {channel: email, stage: Won}, sheet")
    rows = [["Deal ID", "Opened", "Amount"], ["D1", DAY, 5], ["D2", DAY, 6]]
    found = taken(tmp_path, data, {"deals.xlsx": book(("Export", rows))})
    assert [(row[0], row[1], row[4]) for row in found.records["deals"]] == [
        ("D1", "Email", "Won"),
        ("D2", "Email", "Won"),
    ]
    wrong = DEALS.replace("sheet", "at: {channel: emial, stage: Won, amount: 5}, sheet")
    assert [each.partition(": ")[2] for each in refused(tmp_path, wrong)] == [
        '"emial" is not a member of channel. Did you mean "email"?',
        "amount is no column of words in deals. There is channel, stage.",
    ]


def test_data_and_records_of_the_command_line_may_be_workbooks_and_go_first(tmp_path: Path) -> None:
    path, _ = subject(tmp_path, ADS, {"ads.xlsx": book(("Report", ROWS))})
    tidy = [
        ["metric", "channel", "period", "value"],
        ["spend", "email", dt.date(2026, 1, 1), 99],
        ["budget", None, None, 5],
    ]
    (tmp_path / "own.xlsx").write_bytes(book(("Data", tidy)))
    deals = [["deal", "channel", "opened_on", "stage", "amount"], ["D1", "Email", DAY, "Won", 5]]
    (tmp_path / "deals.xlsx").write_bytes(book(("Deals", deals)))
    built = build_workbook(client=path, data=tmp_path / "own.xlsx", records={"deals": tmp_path / "deals.xlsx"})
    held = load_workbook(io.BytesIO(built.content))
    lines = {row[0]: row for row in held["Inputs"].iter_rows(values_only=True) if row[0]}
    assert [each for each in lines["spend[email]"] if isinstance(each, float | int)] == [99, 1000.5]
    assert lines["spend[email]"][-1] == "ads.xlsx, 2026-01-31 – 2026-02-01; own.xlsx, 2026-01"
    assert (5 in lines["budget"], lines["budget"][-1]) == (True, "own.xlsx")
    assert held["Deals"]["A3"].value == "D1"


# The command line


def test_the_report_of_a_build_in_words_and_as_data(tmp_path: Path) -> None:
    path, _ = subject(tmp_path, ADS, {"ads.xlsx": book(("Report", ROWS))})
    before = hashlib.sha256((tmp_path / "ads.xlsx").read_bytes()).hexdigest()
    done = CliRunner().invoke(main, ["build", "--client", str(path), "-o", str(tmp_path / "o.xlsx")])
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-3:] == [
        "ads.xlsx → spend: 3 of 3 rows used, 2026-01-31 to 2026-02-03",
        "  not a row: above the headings (1), total (1)",
        "  missing: 2026-02 goes only up to 2026-02-03; "
        "no rows for Paid search, Paid social, Organic search; no rows for Display in 2026-01",
    ]
    done = CliRunner().invoke(main, ["build", "--client", str(path), "-o", str(tmp_path / "o.xlsx"), "--json"])
    (answer,) = json.loads(done.stdout)["files"]
    assert (answer["data"][0]["used"], answer["data"][0]["missing"][0]) == (3, "2026-02 goes only up to 2026-02-03")
    assert hashlib.sha256((tmp_path / "ads.xlsx").read_bytes()).hexdigest() == before


def test_a_refused_export_is_told_with_its_report_and_nothing_is_written(tmp_path: Path) -> None:
    rows = [*ROWS, ["2026-02-04", "Emial", 5]]
    path, _ = subject(tmp_path, ADS, {"ads.xlsx": book(("Report", rows))})
    done = CliRunner().invoke(main, ["build", "--client", str(path), "-o", str(tmp_path / "o.xlsx")])
    assert (done.exit_code, (tmp_path / "o.xlsx").exists()) == (1, False)
    assert "ads.xlsx → spend: 3 of 4 rows used" in done.stderr
    assert '  refused: Type "Emial" (1)' in done.stderr and "unknown-member" in done.stderr
    done = CliRunner().invoke(main, ["build", "--client", str(path), "--json"])
    assert json.loads(done.stdout)["data"][0]["refused"] == {'Type "Emial"': 1}


def test_a_client_file_is_checked_with_its_exports(tmp_path: Path) -> None:
    path, _ = subject(tmp_path, ADS)
    assert "no-file" in CliRunner().invoke(main, ["check", str(path)]).stderr
    (tmp_path / "ads.xlsx").write_bytes(book(("Report", ROWS)))
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 0
    path.write_text(path.read_text().replace("Cost: spend", "Cost: spned"), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(path)])
    assert done.exit_code == 1 and 'Did you mean "spend"?' in done.stderr


def test_next_month_the_earlier_months_stay_and_say_where_they_came_from(tmp_path: Path) -> None:
    rows = ROWS[:4]
    path, _ = subject(tmp_path, ADS, {"ads.xlsx": book(("Report", rows))})
    first = tmp_path / "first.xlsx"
    first.write_bytes(build_workbook(client=path).content)
    (tmp_path / "ads.xlsx").write_bytes(book(("Report", [ROWS[2], [dt.date(2026, 2, 9), "Email", 20]])))
    held = load_workbook(io.BytesIO(build_workbook(client=path, filled_in=first).content))
    (row,) = [row for row in held["Inputs"].iter_rows() if row[0].value == "spend[email]"]
    assert [cell.value for cell in row if isinstance(cell.value, float | int)] == [10.25, 20]
    assert row[-1].value == "ads.xlsx, 2026-02-09; ads.xlsx, 2026-01-31"


def test_what_was_typed_over_a_loaded_number_stays_until_it_is_taken_back(tmp_path: Path) -> None:
    """A day restated by the file is taken over; a correction stands, is named, and stands in the month after too."""
    path, _ = subject(tmp_path, ADS, {"ads.xlsx": book(("Report", [*ROWS[:3], [dt.date(2026, 1, 9), "Email", 10]]))})
    typed = tmp_path / "typed.xlsx"
    held = load_workbook(io.BytesIO(build_workbook(client=path).content))
    email = next(row for row in held["Inputs"].iter_rows() if row[0].value == "spend[email]")
    (january,) = (cell for cell in email if cell.value == 10)
    february = email[january.column]
    (tmp_path / "ads.xlsx").write_bytes(
        book(("Report", [ROWS[2], [dt.date(2026, 1, 9), "Email", 12], [dt.date(2026, 2, 9), "Email", 20]]))
    )
    held.save(typed)
    assert _email(path, typed, january, february) == ([12, 20], [])  # nobody typed: the file's new number
    january.value, february.value = 999, 21
    held.save(typed)
    values, said = _email(path, typed, january, february)
    assert values == [999, 20]
    assert said == ["Inputs!" + january.coordinate + " Spend, Email: 999 instead of 12"]
    again = tmp_path / "again.xlsx"
    again.write_bytes(build_workbook(client=path, filled_in=typed).content)
    assert _email(path, again, january, february)[0] == [999, 20]


def _email(path: Path, typed: Path, *at: Cell) -> tuple[list[object], list[str]]:
    """What stands in cells of the workbook that is built anew, and which corrections it says were kept."""
    built = build_workbook(client=path, filled_in=typed)
    assert built.report is not None
    sheet = load_workbook(io.BytesIO(built.content))["Inputs"]
    said = [f"{each.label}: {each.typed:g} instead of {each.issued:g}" for each in built.report.corrected]
    return [sheet[cell.coordinate].value for cell in at], said


# Ledgers of any kind

CHANNELS = {"paid_search": "Google", "paid_social": "Meta", "email": "Email", "display": "display ads"}
MEANT = "members: {channel: {Google: paid_search, Meta: paid_social}}"
LEDGERS = st.lists(
    st.tuples(
        st.dates(dt.date(2025, 12, 20), dt.date(2026, 5, 10)),
        st.sampled_from(sorted(CHANNELS)),
        st.one_of(st.none(), st.integers(0, 10_000_000).map(lambda cents: Decimal(cents) / 100)),
        st.integers(0, 500),
    ),
    max_size=60,
)
DATES = {"iso": "%Y-%m-%d", "us": "%b %d, %Y", "german": "%d.%m.%Y"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ledger=LEDGERS, dates=st.sampled_from(sorted(DATES)), sign=st.sampled_from(",;\t"), shuffle=st.randoms())
def test_a_ledger_of_days_comes_to_what_a_pivot_of_it_comes_to(ledger, dates, sign, shuffle) -> None:  # type: ignore[no-untyped-def]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=sign)
    writer.writerow(["Some title"])
    writer.writerow(["Channel", "Cost", "Customers", "Day"])
    rows = list(ledger)
    shuffle.shuffle(rows)
    for day, channel, cost, count in rows:
        money = "--" if cost is None else f"{cost:,.2f}"
        writer.writerow([CHANNELS[channel], money, count, day.strftime(DATES[dates])])
    writer.writerow(["Total", "1.00", "1", ""])
    columns = "columns: {Cost: spend, Channel: channel, Customers: customers}"
    data = f"  - {{file: a.csv, dated: Day, {MEANT}, {columns}}}\n"
    with TemporaryDirectory() as folder:
        about = subject(Path(folder), data, {"a.csv": text.getvalue()})[1]
        found = exported(about.model, about.exports)
    keys = about.model.periods.keys()

    inside = [row for row in ledger if row[0].strftime("%Y-%m") in keys]
    spent: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    held: dict[str, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for day, channel, cost, count in inside:
        held[day.strftime("%Y-%m")][day] += count
        if cost is not None:
            spent[channel, day.strftime("%Y-%m")] += cost
    expected = {("spend", *key): float(total) for key, total in spent.items()}
    expected |= {("customers", "", month): float(days[max(days)]) for month, days in held.items()}
    assert {
        (id, where[0].member if where else "", keys[period]): value
        for (id, where, period), value in found.inputs.items()
    } == expected
    (use,) = found.uses
    assert use.rows == len(ledger)
    assert use.rows == use.used + sum((use.ignored or {}).values()) + sum((use.refused or {}).values())
    assert use.used == len(inside)
