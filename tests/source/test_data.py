"""Data files → rows, and rows that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.problems import Location, Refused
from metricbook.source.data import Row, read_data


def rows(folder: Path, text: str | bytes, name: str = "d.csv") -> list[tuple[object, ...]]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(row.metric, row.where, row.period, row.value) for row in read_data(path)]


def faults(folder: Path, text: str, name: str = "d.csv") -> list[tuple[str, int, int]]:
    with pytest.raises(Refused) as refused:
        rows(folder, text, name)
    return [(p.code, p.at.line, p.at.column) for p in refused.value.problems]


PAID = (("channel", "paid"),)


def test_tidy_csv(tmp_path: Path) -> None:
    text = '''\
metric,channel,period,value
spend,paid,2026-01,1200.5
spend,"Search, ""organic""",2026-01,-3

rate,,,22%
name,,,"Acme, Inc."
due,,,2026-01-31
blank,,2026-01,
'''
    assert rows(tmp_path, text) == [
        ("spend", PAID, "2026-01", 1200.5),
        ("spend", (("channel", 'Search, "organic"'),), "2026-01", -3.0),
        ("rate", (), "", 0.22),
        ("name", (), "", "Acme, Inc."),
        ("due", (), "", "2026-01-31"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfmetric,channel,value\r\nspend,paid,5\r\n",
        b"Metric;Channel;Value\nspend;paid;5",
        b"metric\tchannel\tvalue\nspend\tpaid\t5\n",
        b"value, channel, metric\n5, paid, spend\n",
        b'"metric","channel","value"\n"spend","paid","5"\n\n\n',
    ],
)
def test_csv_as_programs_save_it(tmp_path: Path, text: bytes) -> None:
    assert rows(tmp_path, text) == [("spend", PAID, "", 5.0)]


def test_a_row_knows_its_place(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text('metric,note,value\na,"two\nlines","5"\n', encoding="utf-8")
    assert read_data(path) == (Row("a", (("note", "two\nlines"),), "", 5.0, Location(str(path), 3, 9, 1)),)


@pytest.mark.parametrize(
    ("written", "sentence", "hint"),
    [
        ('"1,200"', '"1,200" is 1200 or 1.2, ', "Write 1200 or 1.2,"),
        ('"1,200,000"', '"1,200,000" is 1200000, ', "Write 1200000,"),
        ('"0,5"', '"0,5" is not written as a plain number', "Write 0.5."),
        ("€5", '"€5" is not written', "Write 1200, 0.22 or 22%."),
        ("1 200", '"1 200" is not written', "Write 1200"),
        ("(5)", '"(5)" is not written', "Write 1200"),
        ("1e999", '"1e999" is not written', "too large"),
    ],
)
def test_a_number_is_never_guessed(tmp_path: Path, written: str, sentence: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        rows(tmp_path, f"metric,value\nspend,{written}\n")
    (problem,) = refused.value.problems
    assert problem.sentence.startswith(sentence)
    assert hint in problem.hint


def test_a_point_has_two_readings_where_semicolons_separate(tmp_path: Path) -> None:
    assert faults(tmp_path, "metric;value\nspend;1.200\nrate;0.125\n") == [("two-readings", 2, 7)]
    assert rows(tmp_path, "metric,value\nspend,1.200\n") == [("spend", (), "", 1.2)]


def test_all_faulty_rows_are_reported_together(tmp_path: Path) -> None:
    text = "metric,channel,value\na,x,1\na,x,2\nb,1\nc,x,1,200\n,x,5\n"
    assert faults(tmp_path, text) == [
        ("same-row", 3, 5),
        ("missing-cells", 4, 3),
        ("extra-cells", 5, 7),
        ("no-metric", 6, 4),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("missing-column", 1, 1), ("missing-column", 1, 1)]),
        ("metric,vale\na,1\n", [("missing-column", 1, 1)]),
        ("metric,value,value\na,1,1\n", [("same-column", 1, 14)]),
        ("metric,,value\na,1,1\n", [("no-column-name", 1, 8)]),
        ('metric,value\n"a,1\nb,2\n', [("open-quote", 2, 1)]),
    ],
)
def test_a_faulty_table_is_refused(tmp_path: Path, text: str, found: list[tuple[str, int, int]]) -> None:
    assert faults(tmp_path, text) == found


def test_yaml_by_metric(tmp_path: Path) -> None:
    text = """\
new_arr: [1, null, 22%]
spend: {paid: {2026-01: 5, 2026-Q2: 6}, events: [7]}
crossed: {paid: {small: 8}}
opening: 4_200
year: {2026: 9}
name: Acme
"""
    assert rows(tmp_path, text, "d.yaml") == [
        ("new_arr", (), "#1", 1.0),
        ("new_arr", (), "#3", 0.22),
        ("spend", (("", "paid"),), "2026-01", 5.0),
        ("spend", (("", "paid"),), "2026-Q2", 6.0),
        ("spend", (("", "events"),), "#1", 7.0),
        ("crossed", (("", "paid"), ("", "small")), "", 8.0),
        ("opening", (), "", 4200.0),
        ("year", (), "2026", 9.0),
        ("name", (), "", "Acme"),
    ]


def test_faulty_yaml_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, "- a\n", "d.yaml") == [("wrong-type", 0, 0)]
    text = 'a: "1,200"\nb: true\nc: {2026-01: {paid: 5}}\n'
    assert faults(tmp_path, text, "d.yml") == [("two-readings", 1, 5), ("wrong-type", 2, 4), ("wrong-type", 3, 14)]
