"""What exports may say, what is made of it, and what is refused: one small file for each rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from exporting import cells, refused, taken

PLAIN = "  - {file: a.csv, dated: Day, columns: {Cost: spend, Channel: channel}}\n"
LAST = "  - {file: a.csv, dated: Day, columns: {Customers: customers}}\n"
HEAD = "Day,Channel,Cost\n"


def spend(folder: Path, content: str | bytes, data: str = PLAIN) -> dict[str, dict[str, float | str]]:
    return cells(folder, data, {"a.csv": content})


# What is read


@pytest.mark.parametrize(
    "content",
    [
        HEAD.encode() + b"2026-01-31,Email,\"1,234.50\"\n",
        b"\xef\xbb\xbf" + HEAD.encode() + b"2026-01-31,Email,1234.5\r\n",
        "Day\tChannel\tCost\nJan 31, 2026\tEmail\t$1,234.50\n".encode("utf-16"),
        b"Day;Channel;Cost\n31.01.2026;Email;1.234,50\n",
        "Day;Channel;Cost\n31/01/2026;Email;1.234,50 €\n".encode("cp1252"),
        b"day , CHANNEL,cost\n2026/01/31,email, 1234.50 USD\n",
        b'Report\n"Jan 1, 2026 - Jan 31, 2026"\n\nDay,Channel,Cost\n2026-01-31 10:15,Email,1234.50\nTotal,,1234.50\n',
        b"Note,Day,Cost,Channel\n\"two\nlines, one \"\"cell\"\"\",2026-01-31,1234.50,Email\n",
    ],
    ids=["plain", "bom", "utf-16", "semicolons", "cp1252", "spelling", "titles", "quotes"],
)  # fmt: skip
def test_the_same_row_in_many_hands(tmp_path: Path, content: bytes) -> None:
    assert spend(tmp_path, content) == {"spend[email]": {"2026-01": 1234.5}}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234.50", 1234.5),
        ("$1,234", 1234),
        ("1 234", 1234),
        ("1234.5678", 1234.5678),
        ("12%", 0.12),
        ("USD 5", 5),
        ("CHF 900.-", 900),
        ("CHF 1’900.–", 1900),
        ("900,--", 900),
        ("Fr. 12.50", 12.5),
    ],
)
def test_numbers(tmp_path: Path, written: str, value: float) -> None:
    assert spend(tmp_path, f'{HEAD}2026-01-31,Email,"{written}"\n') == {"spend[email]": {"2026-01": value}}


@pytest.mark.parametrize("written", ["", " ", "--", " --", "-", "—", "n/a"])
def test_no_value_is_no_zero(tmp_path: Path, written: str) -> None:
    assert spend(tmp_path, f"{HEAD}2026-01-31,Email,{written}\n") == {}
    (use,) = taken(tmp_path, PLAIN).uses
    assert (use.used, use.ignored) == (0, {"without a number": 1})


def test_refunds_in_parentheses_are_taken_off_and_tenths_add_up_as_in_a_spreadsheet(tmp_path: Path) -> None:
    rows = "2026-01-01,Email,100\n2026-01-02,Email,(40)\n2026-02-01,Email,0.1\n2026-02-02,Email,0.2\n"
    assert spend(tmp_path, HEAD + rows) == {"spend[email]": {"2026-01": 60, "2026-02": 0.3}}


@pytest.mark.parametrize(
    ("written", "months"),
    [
        (("2026-01", "2026-02"), ("2026-01", "2026-02")),
        (("Jan 2026", "February 2026"), ("2026-01", "2026-02")),
        (("202601", "202604"), ("2026-01", "2026-04")),
        (("20260131", "20260401"), ("2026-01", "2026-04")),
        (("2/1/2026", "1/31/2026"), ("2026-02", "2026-01")),  # the second tells that months come first
        (("2/1/2026", "31/1/2026"), ("2026-01", "2026-01")),
        (("1-Feb-26", "15 Mar 2026"), ("2026-02", "2026-03")),
    ],
    ids=str,
)
def test_days_and_periods(tmp_path: Path, written: tuple[str, str], months: tuple[str, str]) -> None:
    found = spend(tmp_path, f"{HEAD}{written[0]},Email,1\n{written[1]},Organic search,2\n")
    assert (found["spend[email]"], found["spend[organic]"]) == ({months[0]: 1}, {months[1]: 2})


def test_the_client_may_say_which_comes_first(tmp_path: Path) -> None:
    rows = f"{HEAD}01/02/2026,Email,1\n"
    for order, month in (("day_first", "2026-02"), ("month_first", "2026-01")):
        data = PLAIN.replace("dated: Day", f"dated: Day, dates: {order}")
        assert spend(tmp_path, rows, data) == {"spend[email]": {month: 1}}


def test_a_file_of_one_member_and_one_period_says_so_at_once(tmp_path: Path) -> None:
    data = "  - {file: a.csv, at: {channel: email, period: 2026-02}, columns: {Cost: spend}}\n"
    assert spend(tmp_path, "Campaign,Cost\nSpring,5\nSummer,7\n", data) == {"spend[email]": {"2026-02": 12}}


def test_a_column_for_each_member(tmp_path: Path) -> None:
    data = '  - {file: a.csv, dated: Month, columns: {Search: "spend[paid_search]", Mail: "spend[email]"}}\n'
    assert spend(tmp_path, "Month,Search,Mail\n2026-01,5,7\n", data) == {
        "spend[paid_search]": {"2026-01": 5},
        "spend[email]": {"2026-01": 7},
    }


def test_members_are_known_by_id_label_name_in_exports_and_what_is_said(tmp_path: Path) -> None:
    data = PLAIN.replace("}}", '}, members: {channel: {"Brand *": paid_search, "* (test)": ignore}}}')
    rows = "2026-01-01,display,1\n2026-01-01,DISPLAY ADS,2\n2026-01-01,Display,4\n2026-01-01,brand uk,8\n"
    assert spend(tmp_path, f"{HEAD}{rows}2026-01-01,Mail (test),16\n", data) == {
        "spend[display]": {"2026-01": 7},
        "spend[paid_search]": {"2026-01": 8},
    }


def test_only_some_rows_are_asked_for(tmp_path: Path) -> None:
    data = PLAIN.replace("}}", "}, where: {Status: [Enabled, Ended*], Year: 2026}}")
    rows = "2026-01-01,Email,1,enabled,2026\n2026-01-01,Email,2,Ended in May,2026\n2026-01-01,Email,4,Paused,2026\n"
    more = "2026-01-01,Email,8,Enabled,2025\n"
    assert spend(tmp_path, f"Day,Channel,Cost,Status,Year\n{rows}{more}", data) == {"spend[email]": {"2026-01": 3}}
    assert taken(tmp_path, data).uses[0].ignored == {"Status is another": 1, "Year is another": 1}


def test_rows_left_aside_tell_how_far_the_file_goes(tmp_path: Path) -> None:
    data = PLAIN.replace("}}", "}, members: {channel: {Fairs: ignore}}, where: {Status: Enabled}}")
    head, row = "Day,Channel,Cost,Status\n", "2026-01-20,Email,1,Enabled\n"
    assert "2026-01 goes only up to 2026-01-20" in taken(tmp_path, data, {"a.csv": head + row}).uses[0].missing
    for aside in ("2026-01-31,Fairs,2,Enabled\n", "2026-01-31,Email,2,Paused\n"):
        (use,) = taken(tmp_path, data, {"a.csv": head + row + aside}).uses
        assert (use.last, use.missing[0].startswith("no rows")) == ("2026-01-20", True)
    (use,) = taken(tmp_path, data, {"a.csv": f"{head}{row}2026-01-31,Email,,Enabled\n"}).uses
    assert use.missing[0] == "2026-01 goes only up to 2026-01-20"


def test_rows_outside_the_workbook_are_counted(tmp_path: Path) -> None:
    rows = "2025-12-31,Email,1\n2026-01-01,Email,2\n2026-04-30,Email,4\n2026-05-01,Email,8\n"
    assert spend(tmp_path, HEAD + rows) == {"spend[email]": {"2026-01": 2, "2026-04": 4}}
    assert taken(tmp_path, PLAIN).uses[0].ignored == {"before 2026-01": 1, "after 2026-04": 1}


def test_several_files_are_one_export_and_platforms_add_up(tmp_path: Path) -> None:
    files = {"a-1.csv": f"{HEAD}2026-01-01,Email,1\n", "a-2.csv": f"{HEAD}2026-02-01,Email,2\n"}
    files["b.csv"] = "Day,Spent\n2026-01-09,4\n"
    other = "  - {file: b.csv, dated: Day, at: {channel: email}, columns: {Spent: spend}}\n"
    found = cells(
        tmp_path, PLAIN.replace("a.csv", "a-*.csv") + other, {**files, "b.csv": "Day,Spent\n2026-01-09,4\n"}
    )
    assert found == {"spend[email]": {"2026-01": 5, "2026-02": 2}}
    assert list(taken(tmp_path, PLAIN.replace("a.csv", "a-*.csv") + other).origins.values()) == [
        "a-1.csv … b.csv (3), 2026-01-01 – 2026-02-01"
    ]


def test_a_pattern_finds_files_in_folders_and_none_that_is_open(tmp_path: Path) -> None:
    data, row = PLAIN.replace("a.csv", "'*/a [1]*.csv'"), f"{HEAD}2026-01-01,Email,1\n"
    for name in ("jan/a 1.csv", "jan/~$a 1.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(row)
    assert cells(tmp_path, data) == {"spend[email]": {"2026-01": 1}}


def test_words_of_a_file_do_not_reach_the_terminal_as_they_are(tmp_path: Path) -> None:
    data = PLAIN.replace("}}", '}, members: {channel: {"*": ignore}}}')
    spend(tmp_path, f"{HEAD}2026-01-01,\x1b[31mRed,1\n2026-01-01,{'x' * 99},1\n", data)
    assert list(taken(tmp_path, data).uses[0].ignored or {}) == ['Channel "·[31mRed"', f'Channel "{"x" * 60}…"']


def test_what_has_no_row_is_blank_or_where_the_client_says_so_zero(tmp_path: Path) -> None:
    rows = f"{HEAD}2026-01-01,Email,1\n2026-01-01,Display,1\n2026-03-31,Email,2\n"
    assert spend(tmp_path, rows)["spend[display]"] == {"2026-01": 1}
    found = spend(tmp_path, rows, PLAIN.replace("dated", "missing: 0, dated"))
    assert found == {
        "spend[email]": {"2026-01": 1, "2026-02": 0, "2026-03": 2},
        "spend[display]": {"2026-01": 1, "2026-02": 0, "2026-03": 0},
    }


def test_total_wine_is_a_channel_like_others(tmp_path: Path) -> None:
    data = PLAIN.replace("}}", '}, members: {channel: {"Total*": email}}}')
    rows = "2026-01-01,Total Wine & More,5\n2026-01-02,Total,7\n--,Total,12\n"
    assert spend(tmp_path, HEAD + rows, data) == {"spend[email]": {"2026-01": 12}}  # a day makes it a row


def test_weekly_rows_count_in_the_month_of_their_day_and_this_is_said(tmp_path: Path) -> None:
    rows = "".join(f"2026-01-{day:02},Email,1\n" for day in (5, 12, 19, 26))
    assert spend(tmp_path, HEAD + rows) == {"spend[email]": {"2026-01": 4}}
    assert taken(tmp_path, PLAIN).uses[0].notes == ("its rows are a week apart; each counts in the month of its day",)


QUARTERS = """\
framework: crm
title: Quarters
dimensions:
  period: {grain: quarter, count: 2, first: 2026-Q1}
  channel: {label: Channel, members: {paid: Paid, email: Email}}
  campaign: {label: Campaign, members: {spring: Spring, autumn: Autumn}}
  funded: {of: channel, members: [paid]}
metrics:
  spend: {label: Spend, unit: currency, by: [[channel, campaign], period], rollup: sum, input: {}}
  clicks: {label: Clicks, unit: count, by: [funded, period], rollup: sum, input: {}}
sheets:
  - {sheet: main, title: Main, blocks: [{scorecard: [spend, clicks]}]}
"""


def test_a_row_counts_under_each_of_its_margins_and_parts_take_what_is_theirs(tmp_path: Path) -> None:
    data = "  - file: a.csv\n    dated: Day\n    columns: {Cost: spend, Clicks: clicks, A: channel, B: campaign}\n"
    rows = "2026-03-31,Paid,Spring,5,1\n2026-04-01,Email,Spring,7,2\n2026-Q2,Paid,Autumn,9,4\n"
    files = {"crm.yaml": QUARTERS, "a.csv": f"Day,A,B,Cost,Clicks\n{rows}"}
    assert cells(tmp_path, data, files) == {
        "spend[paid]": {"2026-Q1": 5, "2026-Q2": 9},
        "spend[email]": {"2026-Q2": 7},
        "spend[spring]": {"2026-Q1": 5, "2026-Q2": 7},
        "spend[autumn]": {"2026-Q2": 9},
        "clicks[paid]": {"2026-Q1": 1, "2026-Q2": 4},
    }


# What is refused


def said(folder: Path, rows: str, data: str = PLAIN, head: str = HEAD) -> list[str]:
    return refused(folder, data, {"a.csv": head + rows})


REFUSED = {
    "a strange word, once however often": (
        "2026-01-01,Emial,1\n2026-01-02,emial,1\n",
        ['a.csv:2:12 unknown-member: "Emial" under Channel is no member of channel. (2 rows) Did you mean "Email"? '
         "Say in `members: {channel: …}` which one it is, or `ignore`."],
    ),
    "no word": (
        "2026-01-01,,1\n",
        ["a.csv:2:12 unknown-member: (blank) under Channel is no member of channel. "
         "Say in `members: {channel: …}` which one it is, or `ignore`."],
    ),
    "no number": ("2026-01-01,Email,lots\n",
                  ['a.csv:2:18 unreadable-number: "lots" is no number. Write 1200, 0.22 or 22%.']),
    "an error of a spreadsheet": ("2026-01-01,Email,#REF!\n",
                                  ['a.csv:2:18 unreadable-number: "#REF!" is no number. Write 1200, 0.22 or 22%.']),
    "no date": (",Email,1\n2026-01-01,Email,1\n",
                ["a.csv:2:1 no-date: A row has no Day. Give it a date, or leave it out."]),
    "a strange date": ("soon,Email,1\n",
                       ['a.csv:2:1 unreadable-date: "soon" is no date. Write dates as 2026-01-31.']),
    "two dates in one": (
        "01/02/2026,Email,1\n",
        ['a.csv:2:1 unreadable-date: "01/02/2026" could be two days, depending on whether days or months come first. '
         "Say `dates: day_first` or `dates: month_first`."],
    ),
    "dates that contradict each other": (
        "01/31/2026,Email,1\n31/01/2026,Email,1\n",
        ["a.csv:2:1 unreadable-date: Days come first in some dates (31/01/2026) and months in others (01/31/2026), "
         "so none is certain. (2 rows) Say `dates: day_first` or `dates: month_first`."],
    ),
    "a quarter in a workbook by month": (
        "2026-Q1,Email,1\n",
        ['a.csv:2:1 long-span: "2026-Q1" lies in more than one month of this workbook. '
         "Export rows by day, or by month."],
    ),
    "a separator without quotes": (
        "2026-01-01,Email,1,234\n",
        ["a.csv:2:20 cell-count: This row has 4 cells, the headings 3. A cell with a separator inside needs quotes."],
    ),
    "less than nothing": (
        "2026-01-01,Email,-5\n",
        ["a.csv:2:18 out-of-bounds: spend[email] of 2026-01: -5 is out of bounds for spend. It must be at least 0."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), REFUSED.values(), ids=list(REFUSED))
def test_a_row_that_cannot_be_used(tmp_path: Path, rows: str, expected: list[str]) -> None:
    assert said(tmp_path, rows) == expected


def test_headings_that_are_not_there_or_twice(tmp_path: Path) -> None:
    assert said(tmp_path, "2026-01-01,Email,1\n", head="Day,Chanel,Cost\n") == [
        'a.csv:1:1 missing-column: There is no column "Channel". Did you mean "Chanel"?'
    ]
    assert said(tmp_path, "2026-01-01,Email,1,2\n", head="Day,Channel,Cost,cost\n") == [
        'a.csv:1:18 same-column: The column "cost" is here twice. '
        "Rename one of them in the file, or leave it out of the export."
    ]
    assert said(tmp_path, "", head="") == ["a.csv:0:0 no-rows: The file is empty."]
    data = PLAIN.replace("dated", "header_row: 9, dated")
    assert said(tmp_path, "2026-01-01,Email,1\n", data) == [
        "a.csv:0:0 no-headings: There is nothing on line 9, where the headings should be. Leave `header_row` out."
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path, PLAIN) == [
        'acme.yaml:4:12 no-file: There is no file "a.csv" beside the client file. Export it anew, or give its name.'
    ]


def test_downloads_that_overlap_would_count_twice(tmp_path: Path) -> None:
    first, second = "2026-01-30,Email,5\n2026-01-31,Email,7\n", "2026-01-31,Email,7\n2026-02-01,Email,9\n"
    data = PLAIN.replace("a.csv", "a*.csv")
    assert refused(tmp_path, data, {"a1.csv": HEAD + first, "a2.csv": HEAD + second}) == [
        "a2.csv:0:0 same-rows: 2026-01-31 stands in a1.csv and a2.csv with the same rows and would count twice. "
        "Keep one of the files, or export days that do not overlap."
    ]


def test_an_average_is_not_added_up(tmp_path: Path) -> None:
    data = "  - {file: a.csv, dated: Day, columns: {Score: nps}}\n"
    assert cells(tmp_path, data, {"a.csv": "Day,Score\n2026-01-31,40\n2026-02-28,42\n"}) == {
        "nps": {"2026-01": 40, "2026-02": 42}
    }
    assert said(tmp_path, "2026-01-30,40\n2026-01-31,42\n", data, "Day,Score\n") == [
        "a.csv:3:12 not-additive: nps of 2026-01 has 2 rows with different values; nps rolls up as average, so they "
        "cannot be added up. Export one row for each period and member, or amounts from which a formula makes it."
    ]


def test_two_exports_do_not_both_say_a_snapshot(tmp_path: Path) -> None:
    files = {"a.csv": "Day,Customers\n2026-01-31,40\n", "b.csv": "Day,Customers\n2026-01-31,41\n"}
    (found,) = refused(tmp_path, LAST + LAST.replace("a.csv", "b.csv"), files)
    assert found.startswith("b.csv:2:12 not-additive: customers of 2026-01 has 2 rows with different values")


MEANT = {
    "spendd": ("Cost: spendd, Channel: channel", "4:47 unknown-metric", 'Did you mean "spend"?'),
    "cost": ("Cost: cost, Channel: channel", "4:47 not-an-input", "Give the numbers it is made of."),
    "no channel": ("Cost: spend", "4:47 no-member", "Name the column that says it, or say `at: {channel: member}`"),
    "bracket": ('Cost: "spend[emial]", Channel: channel', "4:48 unknown-member", 'Did you mean "email"?'),
    "none": ("Channel: channel", "4:40 no-metric", "columns: {Cost: spend}"),
    "period": ("Cost: spend, Channel: channel, Day: period", "4:77 unknown-metric", "say `dated: Day`"),
    "twice": ("Cost: spend, A: channel, B: channel", "4:69 same-column", "Keep one of them."),
}


@pytest.mark.parametrize(("columns", "place", "hint"), MEANT.values(), ids=list(MEANT))
def test_words_of_the_client_file_that_mean_nothing(tmp_path: Path, columns: str, place: str, hint: str) -> None:
    data = f"  - {{file: a.csv, dated: Day, columns: {{{columns}}}}}\n"
    (found,) = refused(tmp_path, data)
    assert found.startswith(f"acme.yaml:{place}:") and hint in found


@pytest.mark.parametrize(
    ("key", "code", "hint"),
    [
        ("members: {chanel: {A: email}}", "unknown-dimension", 'Did you mean "channel"?'),
        ("members: {channel: {A: emial}}", "unknown-member", 'Did you mean "email"?'),
        ("at: {channel: emial, period: 2026-01}", "unknown-member", 'Did you mean "email"?'),
        ("at: {channel: email, perod: 2026-01}", "unknown-dimension", 'Did you mean "period"?'),
        ("at: {channel: email, period: 2027-01}", "unknown-period", "Write it like 2026-01."),
        ("at: {channel: email}", "no-dates", "Say `dated: Day` for a column of days"),
        ("at: {channel: email, period: 2026-01}, dated: Day", "two-dates", "Keep one of them."),
        ("records: dealz", "unknown-table", 'Did you mean "deals"?'),
        ("records: deals, dated: Day", "not-for-records", "Leave it out."),
        ("records: deals", "unknown-column", "There is deal, channel"),
    ],
)
def test_keys_of_the_client_file_that_mean_nothing(tmp_path: Path, key: str, code: str, hint: str) -> None:
    found = refused(tmp_path, f"  - {{file: a.csv, {key}, columns: {{Cost: spend}}}}\n")
    assert any(f" {code}: " in each and hint in each for each in found), found
